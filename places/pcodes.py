"""P-codes, by which humanitarian data of OCHA name administrative areas: of provinces, where they are known here.

Codes of OCHA's Common Operational Datasets, as listed in OCHA's own code (admin1_info in github
OCHA-DAP/hdx-python-country). What is not in places/data/pcodes.tsv has none here, which does not mean that it has none:
left out are provinces that were split or renumbered since (Burundi, Iraq, Niger; the newest of the Central African
Republic and Ethiopia).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from places.types import Place

FILE = Path(__file__).with_name("data") / "pcodes.tsv"


def pcode_of(place: Place) -> str | None:
    """The P-code of the province that the place is or lies in; None: not known."""
    return None if place.admin1 is None else _codes().get((place.country, place.admin1))


@cache
def _codes() -> Mapping[tuple[str, str], str]:
    lines = FILE.read_text("utf-8").splitlines()[1:]
    return {(country, admin1): code for country, admin1, code in (line.split("\t") for line in lines)}
