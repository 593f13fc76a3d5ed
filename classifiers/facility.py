"""Which kind of protected site was attacked: of the sites a text names, whichever its grammar makes the target."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from classifiers.analysis import Analysis
from classifiers.concepts import ConceptName
from classifiers.lexicon import Concept
from classifiers.passage import Passage
from classifiers.phrases import Found, PhraseBook
from classifiers.taxonomy import Facility
from classifiers.wordfile import read_words

_FILE = Path(__file__).parent / "sites.yaml"
_KIN = {"ln": ("ln", "fr"), "rn": ("rn", "fr"), "rw": ("rn", "fr"), "uk": ("ru",)}
_HARM_NAMES = """ATTACK UNDER_FIRE SHELL AIRSTRIKE DRONE MISSILE BOMB EXPLOSION MINE KILL INJURE MASSACRE ABDUCT LOOT
BURN DESTROY CAPTURE ENTER SIEGE EVACUATE"""
_HARM = frozenset(ConceptName[name] for name in _HARM_NAMES.split())
_OWNERS = frozenset((Facility.HEALTH, Facility.AID, Facility.UN, Facility.SCHOOL, Facility.WORSHIP, Facility.MEDIA))
_OWNABLE = frozenset((Facility.RESIDENTIAL, Facility.TRANSPORT, Facility.OTHER))
_OF_WORDS = "of by belonging for de du des d par pour del por da do pelo wa ya za la cha na ل ب"
_OF = frozenset(_OF_WORDS.split())
_OWNER = 4  # words between a thing and its owner, at most
_NEAR, _FAR = 14, 60  # letters between a harm and its target

# What each trait of a named site adds; the kind with the highest sum counts, "other" where nothing is named. Fitted on
# the training items' facilities (softmax over the kinds named in an item), then rounded.
WEIGHTS: Mapping[str, float] = {
    "harmed after far": 0.7,
    "harmed after near": 0.6,
    "harmed before far": 0.3,
    "harmed before near": 0.7,
    "in summary": -0.1,
    "in title": 0.3,
    "kind aid": 0.6,
    "kind health": 1.0,
    "kind market": 0.2,
    "kind media": -1.1,
    "kind other": -1.5,
    "kind residential": -0.3,
    "kind school": 2.0,
    "kind transport": -0.7,
    "kind un": -1.3,
    "kind utility": 0.1,
    "kind worship": 0.9,
    "named 1.": 0.7,
    "named 2.": 0.3,
    "named 3.": -0.3,
    "named 4.": -0.7,
    "named first": 0.7,
    "speaks": -0.7,
}
# Where no site is named, a word that only hints at one.
_HINTS = {
    ConceptName.UN: Facility.UN,
    ConceptName.POWER: Facility.UTILITY,
    ConceptName.WATER: Facility.UTILITY,
    ConceptName.AID_WORKER: Facility.AID,
    ConceptName.CONVOY: Facility.AID,
    ConceptName.AIRPORT: Facility.TRANSPORT,
    ConceptName.STATION: Facility.TRANSPORT,
    ConceptName.PORT: Facility.TRANSPORT,
    ConceptName.BRIDGE: Facility.TRANSPORT,
    ConceptName.HOUSE: Facility.RESIDENTIAL,
    ConceptName.VILLAGE: Facility.RESIDENTIAL,
}


@dataclass(frozen=True, slots=True)
class FacilityFinding:
    """`rule`: one short English line saying why."""

    facility: Facility
    rule: str


class Sites:
    """The book of `sites.yaml`. Pure after loading."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        languages = {language for words in content.values() for language in words}
        self._books = {language: _book(content, language) for language in languages}

    @classmethod
    def load(cls, path: Path = _FILE) -> "Sites":
        """Raises InvalidInput naming the file and what it lacks."""
        return cls(read_words(path, *Facility))

    def find(self, passage: Passage) -> list[Found[Facility]]:
        book = self._books.get(passage.language, self._books["en"])
        return _owned(passage, [site for site in book.find(passage.tokens) if not passage.in_background(site.first)])


@cache
def default_sites() -> Sites:
    """The sites of `sites.yaml`, read once."""
    return Sites.load()


def _book(content: Mapping[str, Any], language: str) -> PhraseBook[Facility]:
    names = _KIN.get(language, (language,))
    return PhraseBook(
        (word, Facility(kind)) for kind, words in content.items() for name in names for word in words.get(name, ())
    )


def _owned(passage: Passage, sites: Sequence[Found[Facility]]) -> list[Found[Facility]]:
    """A house, truck or building takes the kind of whose it is: "a house used by MSF", "hospital building"."""
    found = list(sites)
    for number, (one, other) in enumerate(pairwise(sites)):
        between = {token.folded for token in passage.tokens[one.last : other.first]}
        if passage.clauses[one.last - 1] != passage.clauses[other.first] or other.first - one.last > _OWNER:
            continue
        if one.value in _OWNABLE and other.value in _OWNERS and between & _OF:
            found[number] = replace(one, value=other.value)
        elif other.value in _OWNABLE and one.value in _OWNERS and between <= {"s"}:
            found[number + 1] = replace(other, value=one.value)
    return found


def traits(passage: Passage, sites: Sequence[Found[Facility]], concepts: Sequence[Concept]) -> dict[Facility, set[str]]:
    """What speaks for each kind named, by the names of WEIGHTS."""
    harms = [concept for concept in concepts if concept.name in _HARM]
    speech = [concept.start for concept in concepts if concept.name is ConceptName.SAY]
    found: dict[Facility, set[str]] = defaultdict(set)
    for number, site in enumerate(sites):
        kind = found[site.value]
        if not kind:
            kind |= {f"kind {site.value}", f"named {min(len(found), 4)}."}
        kind.add("in title" if passage.in_title(site.first) else "in summary")
        if number == 0:
            kind.add("named first")
        kind |= _harmed(passage, site, harms)
        if any(0 <= said - site.end <= _NEAR for said in speech):
            kind.add("speaks")  # "medics say"
    return found


def _harmed(passage: Passage, site: Found[Facility], harms: Sequence[Concept]) -> set[str]:
    found = set()
    for harm in harms:
        gap = site.start - harm.end if harm.end <= site.start else harm.start - site.end
        between = passage.text[min(site.end, harm.end) : max(site.start, harm.start)]
        if gap > _FAR or "\n" in between or ". " in between:
            continue
        side = "harmed before" if harm.end <= site.start else "harmed after"
        found.add(f"{side} {'near' if gap <= _NEAR else 'far'}")
    return found


def find_facility(analysis: Analysis, sites: Sites | None = None) -> FacilityFinding:
    """The kind of site attacked in a text that tells of such an attack."""
    book = sites or default_sites()
    named = book.find(analysis.passage)
    if not named:
        return _hinted(analysis.concepts)
    scores = {
        kind: sum(WEIGHTS.get(trait, 0.0) for trait in sorted(why))
        for kind, why in traits(analysis.passage, named, analysis.concepts).items()
    }
    best = max(scores, key=lambda kind: scores[kind])
    word = next(analysis.passage.text[site.start : site.end] for site in named if site.value is best)
    return FacilityFinding(best, f"“{word}” is named where harm is told")


def _hinted(concepts: Sequence[Concept]) -> FacilityFinding:
    for concept in concepts:
        if concept.name in _HINTS:
            return FacilityFinding(_HINTS[concept.name], f"“{concept.form}” hints at it")
    return FacilityFinding(Facility.OTHER, "no kind of site is named")
