"""The formats by the names that people write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alerts.exports import acled, atom, cap, geojson, table
from alerts.exports.items import ExportItem, Reader

Render = Callable[[Sequence[ExportItem], Reader], bytes]


class Format(StrEnum):
    CSV = "csv"
    GEOJSON = "geojson"
    CAP = "cap"
    ATOM = "atom"
    ACLED = "acled"


@dataclass(frozen=True, slots=True)
class FormatFacts:
    """`name`: as its standard is called; `ending`: of its files. `history`: it tells of what went before; without,
    items need no more than their newest revision. `most`: incidents of one file: what about a second makes."""

    name: str
    ending: str
    render: Render
    history: bool = False
    most: int = 1000


FORMATS: Mapping[Format, FormatFacts] = {
    Format.CSV: FormatFacts("CSV", ".csv", table.render),
    Format.GEOJSON: FormatFacts("GeoJSON", ".geojson", geojson.render, history=True, most=250),
    Format.CAP: FormatFacts("CAP 1.2", "-cap.zip", cap.render, history=True, most=190),
    Format.ATOM: FormatFacts("Atom", ".atom", atom.render, history=True, most=250),
    Format.ACLED: FormatFacts("ACLED", "-acled.csv", acled.render),
}
