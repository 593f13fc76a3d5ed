"""How like a report is to the witnesses of an incident: a few features and one readable table of learned weights.

A report is compared with each witness, which gives the log-odds that both tell of one event. Its likeness to the
incident is half the best of these, half the mean of the three best, so that one odd witness does not draw everything to
it. What follows from likeness: incidents.arrange. Where the weights come from: incidents.train and
docs/decisions/0005-fusing.md.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache, lru_cache
from heapq import nlargest, nsmallest
from operator import attrgetter, mul
from pathlib import Path
from types import MappingProxyType

from classifiers.concepts import ConceptName
from classifiers.taxonomy import Signal
from errors import InvalidInput
from incidents.families import FAMILY, Family, distance, window
from incidents.types import Incident, Witness
from incidents.words import alike, plain_words
from places.areas import distance_km
from places.types import Place, Precision

BEST = 3
BEST_COUNTS = 0.5  # the rest is the mean of the three best
COMPARED = 30  # witnesses of an incident; more change little and cost time
MANY, FEW = 100, 5  # of so many witnesses a few will do: a flood must not take minutes
UNLIKE = -3.0  # the least that a pair counts, and what two accounts count that cannot be compared

WEIGHTS_FILE = Path(__file__).parent / "likeness.json"

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
DEGREE_KM = 111.19  # of latitude, at least: two places are no nearer than their parallels

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
RECALLS = 0.2  # likeness of a recalling clause and a headline; what is recalled is told in other words
SEVERAL = 3
ONE_FALL = 0.3  # log-odds at least that two reports of a town's fall on one day tell of one: towns fall once
ONE_NEWS = timedelta(hours=30)  # word of a fall goes round for a day, and the next evening it is denied
SOON = timedelta(hours=6)  # within which "another" tells of the same event as the rest


@dataclass(frozen=True, slots=True)
class Likeness:
    """The features of a report and a witness: 0 to 1, apart from `place`, which is APART for places apart, and `days`
    between them. Those from `other_actor` on speak against one event."""

    place: float
    named: float  # other places both name
    main_named: float  # one's place is named by the other
    title: float
    words: float
    concepts: float
    same_actor: float
    same_toll: float
    lead: float  # the same leading signal
    other_actor: float
    days: float
    kinds: float
    another: float
    tolls: float

    def score(self, weights: Mapping[str, float]) -> float:
        """Log-odds of being one event."""
        score: float = weights[BIAS] + sum(map(mul, map(weights.__getitem__, FEATURES), _VALUES(self)))
        return score


FEATURES = tuple(field.name for field in fields(Likeness))
_VALUES = attrgetter(*FEATURES)
BIAS = "bias"


@cache
def default_weights() -> Mapping[str, float]:
    """The weights of the features and the bias, as incidents.train fitted them, read once."""
    weights: dict[str, float] = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    if set(weights) != {*FEATURES, BIAS}:
        raise InvalidInput(str(WEIGHTS_FILE), f"found {sorted(weights)}", f"a weight for each of {[*FEATURES, BIAS]}")
    return MappingProxyType(weights)


def compared(witnesses: Sequence[Witness], report: Witness) -> list[Witness]:
    """The witnesses that stand for all beside a report: the nearest in time that were not taken back, in whatever
    order they came in."""
    standing = [w for w in witnesses if not w.retracted and w is not report]
    most = COMPARED if len(witnesses) < MANY else FEW
    if len(standing) <= most:
        return standing
    return nsmallest(most, standing, key=lambda w: (apart(w, report), w.article_id))


def likeness_to(report: Witness, incident: Incident) -> float | None:
    """How like a report, seen as a witness, is to an incident: half the best pair, half the mean of the best few; None:
    they cannot be one event."""
    if not in_time(report, incident) or distance(report.signals, incident.signals) is None:
        return None
    found = [pair_score(report, witness) for witness in compared(incident.witnesses, report)]
    if all(score is None for score in found):
        return None
    best = nlargest(BEST, (UNLIKE if score is None else max(score, UNLIKE) for score in found))
    return BEST_COUNTS * best[0] + (1 - BEST_COUNTS) * sum(best) / len(best)


def pair_score(one: Witness, other: Witness) -> float | None:
    """Log-odds that two accounts tell of one event; None: of no kinds that go together, of no place they share, or so
    far apart in time that the event was over."""
    if _share_no_place(one, other, place_likeness(one, other)):
        return None
    ordered = (one.published, one.article_id) <= (other.published, other.article_id)
    return _pair_score(one, other) if ordered else _pair_score(other, one)


@lru_cache(maxsize=1 << 14)  # the reports of a story are compared anew with every further one
def _pair_score(one: Witness, other: Witness) -> float | None:
    if apart(one, other) > window((*one.signals, *other.signals)):
        return None
    features = likeness(one, other)
    if features is None:
        return None
    score = features.score(default_weights())
    return max(score, ONE_FALL) if is_one_fall(one, other, features.place) else score


def in_time(report: Witness, incident: Incident) -> bool:
    """Whether the incident is still open to a report of that time, or was not yet over."""
    moments = (report.published,) if report.happened is None else (report.at, report.published)
    gap = min(max(incident.first_seen - at, at - incident.last_seen) for at in moments)
    return gap <= window((*report.signals, *incident.signals))


def apart(one: Witness, other: Witness) -> timedelta:
    """How far apart in time the events are that two reports tell of: by the days they give where both give one; who
    gives none may tell of what was just published or of the day that the other gives."""
    published = abs(one.published - other.published)
    if one.happened is None and other.happened is None:
        return published
    told = abs(one.at - other.at)
    return told if one.happened and other.happened else min(told, published)


def likeness(report: Witness, witness: Witness) -> Likeness | None:
    """Compare two accounts; None: of no kinds that go together, or of no place that they share."""
    kinds = distance(report.signals, witness.signals)
    if kinds is None:
        return None
    place = place_likeness(report, witness)
    if _share_no_place(report, witness, place):
        return None
    if are_two_falls(report, witness, place) or are_fall_and_attack(report, witness):
        return None
    mine, theirs = _others_named(report, witness), _others_named(witness, report)
    words = words_likeness(report, witness)
    actors = actor_likeness(report.actor, witness.actor)
    return Likeness(
        place=place,
        named=overlap(mine, theirs),
        main_named=float(_names_main(report, witness) or _names_main(witness, report)),
        title=words if report.language != witness.language else alike(headline(report), headline(witness)),
        words=words,
        concepts=overlap(report.concepts, witness.concepts),
        same_actor=float(actors == 1.0),
        same_toll=float(
            place > 0 and report.killed is not None and report.killed > 1 and report.killed == witness.killed
        ),
        lead=float(report.signals[0] is witness.signals[0]),
        other_actor=float(actors == 0.0),
        days=apart(report, witness) / timedelta(days=1),
        kinds=kinds,
        another=float(says_another(report, witness)),
        tolls=float(tolls_conflict(report, witness)),
    )


def _share_no_place(report: Witness, witness: Witness, place: float) -> bool:
    """Whether their places are apart, and no place finer than a country is named in both."""
    return place < 0 and not any(name in witness.named and is_fine(name) for name in report.named)


def is_fine(place_id: str) -> bool:
    """Whether the id is that of a place finer than a country: half of the world's news names the same few states."""
    return not place_id.startswith("c:")


def _names_main(witness: Witness, other: Witness) -> bool:
    return other.place is not None and other.place.id in witness.named


def place_likeness(report: Witness, witness: Witness) -> float:
    """How well the two places agree."""
    place, other = report.place, witness.place
    if place is None or other is None:
        return 0.0
    if place.id == other.id:
        return _SAME[place.precision]
    if place.precision is Precision.PLACE and other.precision is Precision.PLACE:
        near = max(NEAR_KM, place.uncertainty_km + other.uncertainty_km)
        apart = distance_km(place, other) if abs(place.lat - other.lat) * DEGREE_KM <= near else math.inf
        if apart <= TOWN_KM:
            return SAME_TOWN
        if apart <= OUTSKIRTS_KM:
            return OUTSKIRTS
        if apart <= near:
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


def headline(witness: Witness) -> tuple[str, ...]:
    """The words of its title, without clauses about another event."""
    return witness.headline or _words_of(witness.title)


@lru_cache(maxsize=1 << 14)
def _words_of(text: str) -> tuple[str, ...]:
    return plain_words(text)


def actor_likeness(actor: str | None, other: str | None) -> float:
    """1: the same actor; 0: another; half of it where one side names none."""
    return 0.5 if not actor or not other else float(actor.casefold() == other.casefold())


def says_another(report: Witness, witness: Witness) -> bool:
    """Whether the later of the two says that it tells of one more event: in its title ("again"), or by recalling the
    earlier ("hours after a gunman killed seven"). Who reacts to an event recalls it too, but tells of no attack."""
    earlier, later = sorted((report, witness), key=lambda w: w.published)
    if later.published - earlier.published > SOON and not ANOTHER.isdisjoint(headline(later)):
        return True
    attacks = all(FAMILY[w.signals[0]] is Family.FIGHTING for w in (earlier, later))
    return attacks and bool(later.recalled) and alike(later.recalled, headline(earlier)) >= RECALLS


def is_one_fall(report: Witness, witness: Witness, place: float) -> bool:
    """Whether both tell first of the fall of one town within ONE_NEWS: in whatever words, and whichever side speaks."""
    captured = Signal.TERRITORY_CAPTURED
    return (
        place == SAME_TOWN
        and report.signals[0] is witness.signals[0] is captured
        and apart(report, witness) <= ONE_NEWS
    )


def are_two_falls(report: Witness, witness: Witness, place: float) -> bool:
    """Whether both tell of a fall, but of the next town down the road, or of one that the other side took back."""
    captured = Signal.TERRITORY_CAPTURED
    if report.signals[0] is not captured or witness.signals[0] is not captured:
        return False
    if place < OUTSKIRTS:
        towns = [w for w in (report, witness) if w.place is not None and w.place.precision is Precision.PLACE]
        return len(towns) == 2 and all(w.place_confidence >= SURE for w in towns)
    if actor_likeness(report.actor, witness.actor) == 1.0:
        return False
    retake = ConceptName.RETAKE.value
    return (retake in report.concepts) is not (retake in witness.concepts)


def are_fall_and_attack(report: Witness, witness: Witness) -> bool:
    """Whether one tells first of a town's fall and the other first of an attack on a protected site, neither of both:
    who asks after a clinic is told of the clinic."""
    captured, attacked = Signal.TERRITORY_CAPTURED, Signal.FACILITY_ATTACKED
    if {report.signals[0], witness.signals[0]} != {captured, attacked}:
        return False
    return not any({captured, attacked} <= set(one.signals) for one in (report, witness))


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
