"""How like a report is to the witnesses of an incident: a few features and one readable table of weights.

A report is compared with each witness; the incident's likeness is mostly the best of these, partly the mean of the five
best, so that one odd witness does not draw everything to it. It joins the most like incident at JOINS or above: the
same town, kind and day alone do not suffice, the accounts must also share some words or a toll. How the figures were
chosen: docs/decisions/0005-fusing.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from incidents.families import distance, window
from incidents.types import Incident, Witness
from incidents.words import alike, plain_words
from places.areas import distance_km
from places.types import Place, Precision

JOINS = 0.515
BEST = 5
BEST_COUNTS = 0.7  # the rest is the mean of the five best
COMPARED = 20  # the latest witnesses of an incident; more change little and cost time


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts for; the last four are taken away."""

    place: float = 0.30
    named: float = 0.20
    title: float = 0.76
    words: float = 0.84
    actors: float = 0.13
    figures: float = 0.10
    days: float = 0.20
    lead: float = 0.05
    kinds: float = 0.5
    markers: float = 0.6
    tolls: float = 0.30


WEIGHTS = Weights()

# How well two places agree.
SAME_TOWN = 1.0
OUTSKIRTS = 0.7
SAME_DISTRICT = 0.9
SAME_PROVINCE = 0.65
INSIDE = 0.55  # a province-level report and a town of that province
NEIGHBOURS = 0.35
SAME_COUNTRY = 0.4  # both known to the country only
SOMEWHERE_IN = 0.25  # a country-level report and a town of that country
MENTIONED = 0.2  # another place, which the other's text names
APART = -0.3
FAR = -0.6  # two towns that are surely not the same

SURE = 0.6  # confidence of a place that is not doubted

TOWN_KM = 4.0
OUTSKIRTS_KM = 12.0
NEAR_KM = 40.0

# Two reports in different languages share few words: what their concepts say counts instead, within these bounds.
FOREIGN = (0.12, 0.35)

# Words by which a title says that this is one more event, not the one told before; en, fr, sw, es, pt.
ANOTHER = frozenset(
    {
        *("again", "another", "second", "third", "fresh", "renewed"),
        *("nouveau", "nouvelle", "nouvel", "encore", "deuxieme", "seconde", "autre"),
        *("tena", "nyingine", "mwingine", "pili"),
        *("otra", "otro", "nueva", "nuevo", "segunda", "segundo", "outra", "outro", "nova", "novo"),
    }
)
SEVERAL = 3
SOON = timedelta(hours=6)  # within which "another" tells of the same event as the rest


@dataclass(frozen=True, slots=True)
class Likeness:
    """The features of a report and a witness: 0 to 1, apart from `place`, which is APART for places apart, and `days`
    between them."""

    place: float
    named: float
    title: float
    words: float
    actors: float
    figures: float
    days: float
    lead: float
    kinds: float
    markers: float
    tolls: float

    def score(self, weights: Weights = WEIGHTS) -> float:
        gains = (
            weights.place * self.place
            + weights.named * self.named
            + weights.title * self.title
            + weights.words * self.words
            + weights.actors * self.actors
            + weights.figures * self.figures
            + weights.lead * self.lead
        )
        losses = (
            weights.days * self.days
            + weights.kinds * self.kinds
            + weights.markers * self.markers
            + weights.tolls * self.tolls
        )
        return gains - losses


def score(report: Witness, incident: Incident) -> float | None:
    """How like a report, seen as a witness, is to an incident; None: they cannot be one event."""
    if not in_time(report, incident) or distance(report.signals, incident.signals) is None:
        return None
    witnesses = [w for w in incident.witnesses[-COMPARED:] if not w.retracted]
    found = [features.score() for w in witnesses if (features := likeness(report, w)) is not None]
    best = sorted(found, reverse=True)[:BEST]
    return BEST_COUNTS * best[0] + (1 - BEST_COUNTS) * sum(best) / len(best) if best else None


def in_time(report: Witness, incident: Incident) -> bool:
    """Whether the incident is still open to a report of that time, or was not yet over."""
    gap = max(incident.first_seen - report.published, report.published - incident.last_seen)
    return gap <= window((*report.signals, *incident.signals))


def likeness(report: Witness, witness: Witness) -> Likeness | None:
    """Compare two accounts; None: of no kinds that go together, or of no place that they share."""
    kinds = distance(report.signals, witness.signals)
    named = overlap(_others_named(report, witness), _others_named(witness, report))
    place = place_likeness(report, witness)
    if kinds is None or (place < 0 and not named):
        return None
    words = words_likeness(report, witness)
    return Likeness(
        place=place,
        named=named,
        title=words if report.language != witness.language else alike(title(report.title), title(witness.title)),
        words=words,
        actors=actor_likeness(report.actor, witness.actor),
        figures=float(
            place > 0 and report.killed is not None and report.killed > 1 and report.killed == witness.killed
        ),
        days=abs(report.published - witness.published) / timedelta(days=1),
        kinds=kinds,
        lead=float(report.signals[0] is witness.signals[0]),
        markers=float(says_another(report, witness)),
        tolls=float(tolls_conflict(report, witness)),
    )


def place_likeness(report: Witness, witness: Witness) -> float:
    """How well the two places agree."""
    place, other = report.place, witness.place
    if place is None or other is None:
        return 0.0
    if place.id == other.id:
        return _SAME[place.precision]
    if place.precision is Precision.PLACE and other.precision is Precision.PLACE:
        apart = distance_km(place, other)
        if apart <= TOWN_KM:
            return SAME_TOWN
        if apart <= OUTSKIRTS_KM:
            return OUTSKIRTS
        if apart <= max(NEAR_KM, place.uncertainty_km + other.uncertainty_km):
            return NEIGHBOURS
        if min(report.place_confidence, witness.place_confidence) >= SURE:
            return FAR
    elif _holds(*sorted((place, other), key=_coarseness)):
        return SOMEWHERE_IN if Precision.COUNTRY in (place.precision, other.precision) else INSIDE
    return MENTIONED if _named(report, other) or _named(witness, place) else APART


_SAME = {
    Precision.PLACE: SAME_TOWN,
    Precision.ADMIN2: SAME_DISTRICT,
    Precision.ADMIN1: SAME_PROVINCE,
    Precision.COUNTRY: SAME_COUNTRY,
}


def _others_named(witness: Witness, other: Witness) -> frozenset[str]:
    """The places a text names beside the one that both are about, which `place` counts."""
    same = witness.place is not None and other.place is not None and witness.place.id == other.place.id
    return frozenset(witness.named) - ({witness.place.id} if same and witness.place else set())


def _named(witness: Witness, place: Place) -> bool:
    return place.precision is not Precision.COUNTRY and place.id in witness.named


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


def overlap(left: Iterable[str], right: Iterable[str]) -> float:
    """Share of what both have in what either has."""
    mine, theirs = frozenset(left), frozenset(right)
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def words_likeness(report: Witness, witness: Witness) -> float:
    """Likeness of all words; of concepts where the languages differ."""
    if report.language == witness.language:
        return alike(report.words, witness.words)
    low, high = FOREIGN
    return max(low, high * overlap(report.concepts, witness.concepts), alike(report.words, witness.words))


@lru_cache(maxsize=1 << 14)
def title(text: str) -> tuple[str, ...]:
    return plain_words(text)


def actor_likeness(actor: str | None, other: str | None) -> float:
    """1: the same actor; 0: another; half of it where one side names none."""
    return 0.5 if not actor or not other else float(actor.casefold() == other.casefold())


def says_another(report: Witness, witness: Witness) -> bool:
    """Whether the later of the two says in its title that it tells of one more event."""
    earlier, later = sorted((report, witness), key=lambda w: w.published)
    return later.published - earlier.published > SOON and not ANOTHER.isdisjoint(title(later.title))


def tolls_conflict(report: Witness, witness: Witness) -> bool:
    """Whether two tolls are too far apart for one event.

    A later one may be higher, hardly threefold; where several were killed, nobody counts only the injured hours later.
    """
    earlier, later = sorted((report, witness), key=lambda w: w.published)
    if earlier.killed is not None and later.killed is not None:
        low, high = sorted((earlier.killed, later.killed))
        return 3 * low < high
    only_injured = later.killed is None and later.injured is not None
    return only_injured and (earlier.killed or 0) >= SEVERAL and later.published - earlier.published > SOON
