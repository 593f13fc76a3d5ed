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
    """`name`: as its standard is called; `ending`: of its files."""

    name: str
    ending: str
    render: Render


FORMATS: Mapping[Format, FormatFacts] = {
    Format.CSV: FormatFacts("CSV", ".csv", table.render),
    Format.GEOJSON: FormatFacts("GeoJSON", ".geojson", geojson.render),
    Format.CAP: FormatFacts("CAP 1.2", "-cap.zip", cap.render),
    Format.ATOM: FormatFacts("Atom", ".atom", atom.render),
    Format.ACLED: FormatFacts("ACLED", "-acled.csv", acled.render),
}
