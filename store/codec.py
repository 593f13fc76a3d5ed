"""Values to JSON columns and back.

`encode` and `decode` are each other's inverse for every value of the earlier stages, save for text that no database
can hold (see store.columns.storable). A field added later needs a default: rows of before lack it.
"""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from classifiers.types import Reading
from feeds.types import Article
from incidents.types import Incident, Witness
from places.types import Located
from store.columns import storable

to_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))

V = TypeVar("V")
Json = dict[str, Any]


class Codec(Generic[V]):
    """How one type of value is written; `without`: fields that are kept elsewhere and given to `decode`."""

    def __init__(self, of: type[V], *without: str) -> None:
        self._adapter: TypeAdapter[V] = TypeAdapter(of)
        self._without = set(without)

    def encode(self, value: V) -> Json:
        # No warnings: a mapping of another kind than dict is as good.
        body = self._adapter.dump_python(value, mode="json", exclude=self._without, fallback=_plain, warnings=False)
        return cast(Json, _storable(body))

    def text(self, value: V) -> "JsonText":
        """The JSON of what `encode` gives, to be stored in a column: made in a quarter of the time."""
        try:
            body = self._adapter.dump_json(value, exclude=self._without, fallback=_plain, warnings=False).decode()
        except PydanticSerializationError:  # a lone surrogate
            body = None
        return JsonText(to_json(self.encode(value)) if body is None or "\\u0000" in body else body)

    def decode(self, body: Json, **kept_elsewhere: object) -> V:
        return self._adapter.validate_python({**body, **kept_elsewhere})


class JsonText(str):
    """The JSON of a value: goes into a column as it is."""

    __slots__ = ()


def column_json(value: object) -> str:
    """How the engines write a JSON column."""
    return value if isinstance(value, JsonText) else to_json(value)


ARTICLE = Codec(Article)
READING = Codec(Reading)
LOCATED = Codec(Located)
WITNESS = Codec(Witness)
INCIDENT = Codec(Incident, "witnesses")


def _plain(value: object) -> object:
    """Mappings of other kinds than dict."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value
