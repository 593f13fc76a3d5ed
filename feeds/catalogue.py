"""feeds.yaml: what is polled and who publishes it."""

import re
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from errors import InvalidInput
from feeds.errors import shown
from feeds.types import Catalogue, Feed, Publisher, PublisherKind, Reliability
from feeds.urls import is_web_address

# ISO 3166-1 alpha-2, with the user-assigned XK for Kosovo that most data sets use.
_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"""
COUNTRIES = frozenset(_CODES.split())
EXPECTED = {
    "publishers": "a list of publishers",
    "feeds": "a list of feeds, each with a url",
    "id": "lower-case letters, digits and hyphens",
    "name": "a name of 1 to 100 characters",
    "kind": "wire, international, national, local, ngo, official, aggregator or partisan-of X",
    "home": "an ISO 3166-1 alpha-2 country code in capitals, such as CD",
    "owner": "lower-case letters, digits and hyphens",
    "reliability": "a letter from A to F",
    "url": "an http or https address",
    "language": "an ISO 639 language code in lower case, such as fr",
    "interval_s": "a whole number of seconds, 1 or more",
    "unverified": "true or false",
}


def _blank_is_none(value: object) -> object:
    return None if value in ("", "~", "null") else value


def _country(value: str | None) -> str | None:
    if value is not None and value not in COUNTRIES:
        raise PydanticCustomError("country", "not a country code")
    return value


def _address(value: object) -> object:
    if isinstance(value, str) and not is_web_address(value):
        raise PydanticCustomError("address", "not a web address")
    return value


Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
MaybeSlug = Annotated[Slug | None, BeforeValidator(_blank_is_none)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Feed(_Strict):
    url: Annotated[str, BeforeValidator(_address)]
    language: Annotated[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None, BeforeValidator(_blank_is_none)] = None
    interval_s: Annotated[Annotated[int, Field(ge=1)] | None, BeforeValidator(_blank_is_none)] = None
    unverified: bool = False


class _Publisher(_Strict):
    id: Slug
    name: Annotated[str, Field(min_length=1, max_length=100)]
    kind: str | dict[str, str]
    home: Annotated[str | None, BeforeValidator(_country), BeforeValidator(_blank_is_none)] = None
    owner: MaybeSlug = None
    reliability: Reliability = Reliability.F
    feeds: list[_Feed] = []


class _File(_Strict):
    publishers: Annotated[list[_Publisher], Field(min_length=1)]


Steps = tuple[int | str, ...]


def load(path: Path) -> Catalogue:
    """Read and validate a catalogue.

    Raises InvalidInput, one line naming file, line, field and what is expected, for anything that is wrong with it.
    """
    root, data = _read(path)
    lines = _Lines(path, root)
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        raise _explain(error.errors()[0], lines) from error
    _refuse_duplicates(file, lines)
    publishers = tuple(_publisher(p, lines, i) for i, p in enumerate(file.publishers))
    feeds = tuple(Feed(publisher_id=p.id, **f.model_dump()) for p in file.publishers for f in p.feeds)
    if not feeds:
        raise InvalidInput(str(path), "no feed in it", "at least one publisher with a feed")
    return Catalogue(publishers, feeds)


def _read(path: Path) -> tuple[yaml.Node, Any]:
    """The document as nodes, which know their lines, and as values: lists, mappings and strings.

    Every scalar is left as written: YAML 1.1 would read the country NO and the language no as false.
    """
    try:
        text = path.read_text("utf-8-sig")
        root = yaml.compose(text, Loader=yaml.BaseLoader)
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (safer than safe: no tags at all)
    except OSError as error:
        raise InvalidInput(str(path), f"cannot be read: {error.strerror}", "a feed catalogue in YAML") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(str(path), f"not UTF-8 at byte {error.start}", "YAML in UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise InvalidInput(where, f"not YAML ({error.problem})", "a feed catalogue in YAML") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InvalidInput(str(path), "not YAML", "a feed catalogue in YAML") from error
    if not isinstance(root, yaml.MappingNode):
        raise InvalidInput(str(path), "no mapping at its top", "`publishers:` and a list of publishers")
    return root, data


class _Lines:
    """Where each value of a document stands: path -> line, from 1."""

    def __init__(self, path: Path, root: yaml.Node) -> None:
        self._path = path
        self._lines: dict[Steps, int] = {}
        self._met: set[int] = set()
        self._visit(root, ())

    def place(self, where: Steps) -> str:
        """`file:line field` for people; the nearest enclosing line where the value itself is missing."""
        known = where
        while known and known not in self._lines:
            known = known[:-1]
        steps = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")
        return f"{self._path}:{self._lines.get(known, 1)} {steps}".rstrip()

    def _visit(self, node: yaml.Node, where: Steps) -> None:
        self._lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return
        if id(node) in self._met:  # an alias may repeat its anchor without end
            raise InvalidInput(self.place(where), "an alias (*name) of a list or mapping", "everything written out")
        self._met.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                self._visit(item, (*where, index))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                step = (*where, str(key.value))
                if step in self._lines:
                    place = f"{self._path}:{key.start_mark.line + 1}"
                    raise InvalidInput(place, f"{key.value!r} stands twice", "it once")
                self._lines[step] = key.start_mark.line + 1
                self._visit(value, step)


def _refuse_duplicates(file: _File, lines: _Lines) -> None:
    ids: set[str] = set()
    urls: set[str] = set()
    for i, publisher in enumerate(file.publishers):
        where: Steps = ("publishers", i, "id")
        if publisher.id in ids:
            raise InvalidInput(lines.place(where), f"{publisher.id!r} stands twice", "an id of its own")
        ids.add(publisher.id)
        for j, feed in enumerate(publisher.feeds):
            where = ("publishers", i, "feeds", j, "url")
            if feed.url in urls:
                raise InvalidInput(lines.place(where), f"{shown(feed.url)} stands twice", "each feed once")
            urls.add(feed.url)


def _publisher(row: _Publisher, lines: _Lines, index: int) -> Publisher:
    parsed = parse_kind(row.kind)
    if parsed is None:
        where: Steps = ("publishers", index, "kind")
        raise InvalidInput(lines.place(where), f"found {row.kind!r}", EXPECTED["kind"])
    kind, party = parsed
    return Publisher(row.id, row.name, kind, row.home, row.owner, row.reliability, party)


def parse_kind(value: str | dict[str, str]) -> tuple[PublisherKind, str | None] | None:
    """A kind as written, with the party of "partisan-of X", "partisan-of: X" or {partisan-of: X}; None if none."""
    if isinstance(value, dict):
        if list(value) != [PublisherKind.PARTISAN.value]:
            return None
        value = f"{PublisherKind.PARTISAN} {value[PublisherKind.PARTISAN.value]}"
    if party := re.fullmatch(r"partisan-of(?:[:\s]\s*(.*))?", value.strip()):
        return PublisherKind.PARTISAN, (party[1] or "").strip() or None
    plain = {kind.value: kind for kind in PublisherKind}
    return (plain[value.strip()], None) if value.strip() in plain else None


def _explain(error: ErrorDetails, lines: _Lines) -> InvalidInput:
    where: Steps = tuple(part for part in error["loc"] if part not in ("str", "dict[str,str]"))
    field = next((str(part) for part in reversed(where) if isinstance(part, str)), "")
    if error["type"] == "extra_forbidden":
        fields = {1: _File.model_fields, 3: _Publisher.model_fields}.get(len(where), _Feed.model_fields)
        expected = "only " + ", ".join(fields)
        return InvalidInput(lines.place(where), "unknown key", expected)
    if where and isinstance(where[-1], int):  # an item of a list that is no mapping
        field = "feeds" if "feeds" in where else "publishers"
    problem = "missing" if error["type"] == "missing" else _found(error["input"])
    return InvalidInput(lines.place(where), problem, EXPECTED.get(field, error["msg"]))


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "found a mapping"
    if isinstance(value, list):
        return "found a list" if value else "found an empty list"
    return f"found {str(value)[:80]!r}"
