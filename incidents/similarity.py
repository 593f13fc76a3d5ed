"""How like a report is to an incident: a few features and one readable table of weights.

Each feature lies between 0 and 1, apart from `kinds`, `markers` and `tolls`, which take away. A report joins the most
like incident at JOINS or above. Chosen by measurement (docs/decisions/0005-fusing.md).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from incidents.families import distance, window
from incidents.types import Incident, Witness
from incidents.words import alike
from places.geometry import distance_km
from places.types import Place, Precision

JOINS = 0.6


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts for."""

    place: float = 0.42
    words: float = 0.9
    actors: float = 0.1
    time: float = 0.14
    figures: float = 0.12
    kinds: float = 1.0
    markers: float = 0.12
    tolls: float = 0.15


WEIGHTS = Weights()

# How well two places agree.
SAME_TOWN = 1.0
SAME_DISTRICT = 0.9
SAME_PROVINCE = 0.65
INSIDE = 0.55  # a province-level report and a town of that province
NEIGHBOURS = 0.5
SAME_COUNTRY = 0.4  # both known to the country only
SOMEWHERE_IN = 0.25  # a country-level report and a town of that country
MENTIONED = 0.2  # another place of the same country, but each is named by the other's text

TOWN_KM = 15.0
NEAR_KM = 50.0

OTHER_LANGUAGE = 0.22  # what two reports of one event typically score when they share a language
WITNESSES = 12  # the latest of an incident that words are compared with; more change little and cost time

# Words by which a text says that this is one more event, not the one told before; en, fr, sw, es, pt.
ANOTHER = frozenset(
    {
        *("again", "another", "second", "third", "fresh", "renewed"),
        *("nouveau", "nouvelle", "nouvel", "encore", "deuxieme", "seconde", "autre"),
        *("tena", "nyingine", "mwingine", "pili"),
        *("otra", "otro", "nueva", "nuevo", "segunda", "segundo", "outra", "outro", "nova", "novo"),
    }
)
TITLE_WORDS = 14


@dataclass(frozen=True, slots=True)
class Likeness:
    """The features of one report and one incident; see Weights."""

    place: float
    words: float
    actors: float
    time: float
    figures: float
    kinds: float
    markers: float
    tolls: float

    def score(self, weights: Weights = WEIGHTS) -> float:
        gains = (
            weights.place * self.place
            + weights.words * self.words
            + weights.actors * self.actors
            + weights.time * self.time
            + weights.figures * self.figures
        )
        return gains - weights.kinds * self.kinds - weights.markers * self.markers - weights.tolls * self.tolls


def likeness(report: Witness, mentioned: Collection[Place], incident: Incident) -> Likeness | None:
    """Compare a report, seen as a witness, with an incident. None: they cannot be one event.

    `mentioned`: the other places that the report's text names.
    """
    kinds = distance(report.signals, incident.signals)
    time = time_likeness(report, incident)
    if kinds is None or time is None or report.place is None:
        return None
    place = place_likeness(report.place, mentioned, incident.place)
    if place is None:
        return None
    return Likeness(
        place=place,
        words=words_likeness(report, incident.witnesses),
        actors=actor_likeness(report.actor, incident.actors),
        time=time,
        figures=figure_likeness(report, incident),
        kinds=kinds,
        markers=float(says_another(report.words) and report.published > incident.first_seen + timedelta(hours=6)),
        tolls=toll_conflict(report, incident),
    )


def time_likeness(report: Witness, incident: Incident) -> float | None:
    """1 within the incident's own span, falling to 0 at the end of its window; None beyond."""
    gap = max(incident.first_seen - report.published, report.published - incident.last_seen, timedelta(0))
    limit = window((*report.signals, *incident.signals))
    return None if gap > limit else 1.0 - gap / limit


def place_likeness(place: Place, mentioned: Collection[Place], other: Place) -> float | None:
    """How well the places agree; None: apart."""
    if place.id == other.id:
        return {
            Precision.PLACE: SAME_TOWN,
            Precision.ADMIN2: SAME_DISTRICT,
            Precision.ADMIN1: SAME_PROVINCE,
            Precision.COUNTRY: SAME_COUNTRY,
        }[place.precision]
    if place.precision is Precision.PLACE and other.precision is Precision.PLACE:
        return _towns(place, mentioned, other)
    coarse, fine = sorted((place, other), key=_coarseness)
    if _holds(coarse, fine):
        return SOMEWHERE_IN if coarse.precision is Precision.COUNTRY else INSIDE
    return _named(mentioned, other)


def _towns(place: Place, mentioned: Collection[Place], other: Place) -> float | None:
    apart = distance_km(place.lat, place.lon, other.lat, other.lon)
    if apart <= TOWN_KM:
        return SAME_TOWN
    if apart <= max(NEAR_KM, place.uncertainty_km + other.uncertainty_km):
        return NEIGHBOURS
    return _named(mentioned, other)


def _named(mentioned: Collection[Place], other: Place) -> float | None:
    named = any(p.id == other.id for p in mentioned)
    return MENTIONED if named and other.precision is not Precision.COUNTRY else None


def _holds(coarse: Place, fine: Place) -> bool:
    if coarse.country != fine.country:
        return False
    if coarse.precision is Precision.COUNTRY:
        return True
    if coarse.precision is Precision.ADMIN1:
        return coarse.admin1 is not None and coarse.admin1 == fine.admin1
    return coarse.admin2 is not None and (coarse.admin1, coarse.admin2) == (fine.admin1, fine.admin2)


def _coarseness(place: Place) -> int:
    return (Precision.COUNTRY, Precision.ADMIN1, Precision.ADMIN2, Precision.PLACE).index(place.precision)


def words_likeness(report: Witness, witnesses: Sequence[Witness]) -> float:
    """The mean of the best and of the three best of the likenesses with the latest witnesses."""
    compared = (*witnesses[:1], *witnesses[1:][-WITNESSES:])
    best = sorted((_words(report, w) for w in compared), reverse=True)[:3]
    return (best[0] + sum(best) / len(best)) / 2 if best else 0.0


def _words(report: Witness, witness: Witness) -> float:
    shared = alike(report.words, witness.words)
    return max(shared, OTHER_LANGUAGE) if report.language != witness.language else shared


def actor_likeness(actor: str | None, actors: Sequence[str]) -> float:
    """1: the same actor; 0: another; half of it where one side names none."""
    if not actor or not actors:
        return 0.5
    return float(actor.casefold() in {a.casefold() for a in actors})


def figure_likeness(report: Witness, incident: Incident) -> float:
    """1 when a toll of two or more is the same to the man."""
    pairs = ((report.killed, [w.killed for w in incident.witnesses]), (report.displaced, [incident.displaced]))
    return float(any(figure is not None and figure > 1 and figure in known for figure, known in pairs))


def toll_conflict(report: Witness, incident: Incident) -> float:
    """1 when the tolls are far apart: a later one may be higher, hardly threefold, and not much lower."""
    if report.killed is None or incident.killed is None:
        return 0.0
    known = [w.killed for w in incident.witnesses if w.killed is not None] or [incident.killed]
    return float(report.killed * 3 < min(known) or report.killed > 3 * max(known) + 3)


@lru_cache(maxsize=1 << 14)
def says_another(sequence: tuple[str, ...]) -> bool:
    """Whether the title says that it is one more event."""
    return any(word in ANOTHER for word in sequence[:TITLE_WORDS])
