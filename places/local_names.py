"""What provinces and well-known towns are called in the languages of the interface: data/local_names.tsv.

The gazetteer's own names by language are few, and those of provinces are not to be relied on (a neighbour's for some).
A name that is written alike in a language is left out of the table.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from places.text import fold

PATH = Path(__file__).with_name("data") / "local_names.tsv"


def local_name(name: str, country: str, language: str) -> str:
    """The name in `language` of what the gazetteer calls `name` in `country`; `name` where none is known."""
    return _names().get((country, name), {}).get(language) or name


def own_names(written: str) -> tuple[tuple[str, str], ...]:
    """Country and gazetteer's name of what is called so in some language: "واليكالي" is ("CD", "Walikale")."""
    return owners().get(fold(written), ())


@cache
def owners() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Of every folded name in the table: country and gazetteer's name of those called so."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for owner, names in _names().items():
        for key in sorted({fold(name) for name in names.values() if name}):
            found[key] = (*found.get(key, ()), owner)
    return found


@cache
def _names() -> Mapping[tuple[str, str], Mapping[str, str]]:
    head, *rows = (line.split("\t") for line in PATH.read_text(encoding="utf-8").splitlines())
    return {(country, name): dict(zip(head[2:], values, strict=True)) for country, name, *values in rows}
