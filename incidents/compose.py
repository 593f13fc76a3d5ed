"""An incident as a function of its witnesses: an edit, a merge or a retraction only changes who they are."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from classifiers.parties import named_ones
from classifiers.taxonomy import Facility, Signal, Status
from incidents.certainty import assess
from incidents.families import GRAVITY
from incidents.types import Cause, Incident, Witness
from places.types import Place, Precision

FEW = 5  # up to so many witnesses each signal counts; beyond, one needs SUPPORT of them
SUPPORT = 0.15
STALE_TOLL = timedelta(hours=12)  # a figure that is so much older than the newest has been overtaken
ACTORS = 4

_GRAVITY = {signal: place for place, signal in enumerate(GRAVITY)}
_FINENESS = {Precision.PLACE: 0, Precision.ADMIN2: 1, Precision.ADMIN1: 2, Precision.COUNTRY: 3}


def compose(
    witnesses: Sequence[Witness],
    previous: Incident | None,
    cause: Cause,
    cause_text: str,
    fallback: Place | None = None,
) -> Incident:
    """The incident these witnesses tell of: revision 1 with id 0, or the one after `previous`.

    `fallback` is the place where no witness has one; at least one of the two must be there.
    """
    standing = [w for w in witnesses if not w.retracted] or list(witnesses)
    signals = _signals(standing)
    place, confidence = _place(standing, previous)
    assessment = assess(witnesses, signals[0])
    return Incident(
        id=previous.id if previous else 0,
        revision=previous.revision + 1 if previous else 1,
        cause=cause,
        cause_text=cause_text,
        kind=signals[0],
        signals=signals,
        facility=_facility(standing) if Signal.FACILITY_ATTACKED in signals else None,
        place=place,
        place_confidence=confidence,
        actors=_actors(standing),
        status=assessment.status,
        certainty=assessment.certainty,
        disputed=assessment.disputed,
        disputed_by=assessment.disputed_by,
        claimants=assessment.claimants,
        confirmed_by=assessment.confirmed_by,
        killed=_figure([(w, w.killed) for w in standing]),
        injured=_figure([(w, w.injured) for w in standing]),
        displaced=_figure([(w, w.displaced) for w in standing]),
        withdrawn=previous.withdrawn if previous else False,
        first_seen=min(w.published for w in witnesses),
        last_seen=max(w.published for w in witnesses),
        witnesses=tuple(witnesses),
        links=previous.links if previous else (),
        missing=_figure([(w, w.missing) for w in standing]),
    )


def _signals(witnesses: Sequence[Witness]) -> tuple[Signal, ...]:
    """The kind first: what most put first, or the fall of a town; then the others, most often named first.

    The fall of a town is told on the first word of it, also where many have reported the fighting before.
    """
    leading = Counter(w.signals[0] for w in witnesses)
    named = Counter(signal for w in witnesses for signal in w.signals)
    captured = Signal.TERRITORY_CAPTURED
    kind = captured if captured in leading else min(leading, key=lambda s: (-leading[s], _GRAVITY[s]))
    fewest = 1 if len(witnesses) <= FEW else SUPPORT * len(witnesses)
    others = [s for s, n in named.items() if s is not kind and n >= fewest]
    return kind, *sorted(others, key=lambda s: (-named[s], _GRAVITY[s]))


def _place(witnesses: Sequence[Witness], previous: Incident | None) -> tuple[Place, float]:
    """The finest place; of several equally fine the one that most confidence speaks for."""
    weights: dict[str, float] = {}
    best: dict[str, Witness] = {}
    for witness in witnesses:
        if witness.place is None:
            continue
        weights[witness.place.id] = weights.get(witness.place.id, 0.0) + witness.place_confidence
        if witness.place.id not in best or _sureness(witness) > _sureness(best[witness.place.id]):
            best[witness.place.id] = witness
    found = [(w, w.place) for w in best.values() if w.place is not None]
    if found:
        witness, place = min(found, key=lambda f: (_FINENESS[f[1].precision], -weights[f[1].id]))
        return place, witness.place_confidence
    if previous is None:
        raise ValueError("the first witness of an incident needs a place")
    return previous.place, previous.place_confidence


def _sureness(witness: Witness) -> tuple[bool, float]:
    """How surely a witness tells a place: who says "in" the town before who says "near" it."""
    return witness.place is not None and not witness.place.near, witness.place_confidence


def _figure(stated: Sequence[tuple[Witness, int | None]]) -> int | None:
    """The lowest of what each source said last, overtaken tolls left out."""
    last: dict[str, tuple[Witness, int]] = {}
    for witness, figure in stated:
        if figure is None or witness.status is Status.WARNED:
            continue
        key = witness.source.independence
        if key not in last or witness.published >= last[key][0].published:
            last[key] = witness, figure
    if not last:
        return None
    newest = max(witness.published for witness, _ in last.values())
    return min(figure for witness, figure in last.values() if newest - witness.published <= STALE_TOLL)


def _facility(witnesses: Sequence[Witness]) -> Facility | None:
    counted = Counter(w.facility for w in witnesses if w.facility is not None)
    return counted.most_common(1)[0][0] if counted else None


def _actors(witnesses: Sequence[Witness]) -> tuple[str, ...]:
    """Who did it as most tell it: whoever only one in three names is somebody else in the story. "Rebels" beside the
    M23 are those, and "soldiers" those of an army that is named."""
    told = [w.actor for w in witnesses if w.actor and w.status is not Status.DENIED]
    counted = Counter(told or [w.actor for w in witnesses if w.actor])
    often = [actor for actor, times in counted.most_common(ACTORS) if times * 3 > max(counted.values())]
    return tuple(named_ones(often))
