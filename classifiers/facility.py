"""Which protected kind of site was attacked."""

import re
from dataclasses import dataclass

from classifiers.analysis import Analysis
from classifiers.taxonomy import Facility


@dataclass(frozen=True, slots=True)
class FacilityFinding:
    facility: Facility
    rule: str


_NOUNS = {
    Facility.HEALTH: r"hospitals?|clinics?|msf|h[oô]pita(?:l|ux)|hospitali|ambulances?",
    Facility.SCHOOL: r"schools?|universit\w+|[eé]coles?|shule|escuelas?",
    Facility.CAMP: r"camps?|kambi",
    Facility.WORSHIP: r"church\w*|mosques?|synagogue|[eé]glises?|kanisa|msikiti|iglesias?",
    Facility.UN: r"peacekeepers?|un base|monusco|unifil|unrwa",
    Facility.MARKET: r"markets?|marché|soko|mercado",
}
_ANY = {kind: re.compile(rf"\b(?:{words})\b", re.I) for kind, words in _NOUNS.items()}


def find_facility(analysis: Analysis) -> FacilityFinding:
    text = analysis.passage.text
    hits = [(match.start(), kind, match[0]) for kind, rx in _ANY.items() if (match := rx.search(text))]
    if not hits:
        return FacilityFinding(Facility.OTHER, "no kind of site is named")
    _, kind, word = min(hits)
    return FacilityFinding(kind, f"“{word}” is named")
