"""Values to JSON columns and back.

`encode` and `decode` are each other's inverse for every value of the earlier stages, save for text that no database
can hold (see store.columns.storable). A field added later needs a default: rows of before lack it.
"""

import json
from collections.abc import Mapping
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter

from classifiers.types import Reading
from feeds.types import Article
from incidents.types import Incident, Witness
from places.types import Located
from store.columns import storable

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
        return cast(Json, body if _is_storable(body) else _storable(body))

    def decode(self, body: Json, **kept_elsewhere: object) -> V:
        return self._adapter.validate_python({**body, **kept_elsewhere})


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


_AS_TEXT = json.JSONEncoder(ensure_ascii=False)


def _is_storable(body: object) -> bool:
    """Whether there is nothing to replace: told of the whole at once, as of nearly all, in a tenth of the time."""
    text = _AS_TEXT.encode(body)
    return "\\u0000" not in text and storable(text) == text


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value
