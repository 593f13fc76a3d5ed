"""How sure one can be of an incident: the ladder of the Common Alerting Protocol's certainty, by who stands behind it.

| who says so                                                        | certainty | status      |
|--------------------------------------------------------------------|-----------|-------------|
| every source has taken it back                                     | Unlikely  | as before   |
| only warnings                                                      | Possible  | WARNED      |
| a party, however many outlets repeat it; or only denials           | Possible  | CLAIMED / DENIED |
| one publisher, as fact, however often; or several of one owner, or | Likely    | REPORTED    |
| with one agency's or one another's words                           |           |             |
| two or more independent publishers, as fact                        | Observed  | REPORTED    |
| explicit confirmation (losing side, UN, ICRC, MSF, investigators)  | Observed  | CONFIRMED   |

A denial sets `disputed` and lowers nothing. Whoever takes a town and confirms that, claims it; an army that says it
holds a town reported taken denies that (holding.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from classifiers.parties import same_party
from classifiers.taxonomy import Signal, Status
from feeds.types import PublisherKind
from incidents.families import bears_out
from incidents.holding import as_denials
from incidents.types import Certainty, Witness
from incidents.words import Texts

AS_FACT = frozenset({Status.REPORTED, Status.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Assessment:
    """Names are in order of publication. `independent`: how many independent publishers report it as fact."""

    certainty: Certainty
    status: Status
    disputed: bool
    disputed_by: tuple[str, ...]
    claimants: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    independent: int


class Dependence(Enum):
    """Why a report as fact is no further witness beside those before it."""

    OUTLET = auto()  # the outlet has reported it before
    OWNER = auto()  # an outlet of the same owner has
    WIRE = auto()  # the text is an agency's that another outlet has had
    WORDS = auto()  # the words are another outlet's


@dataclass(frozen=True, slots=True)
class Basis:
    """Who stands behind an incident. `independent`: the first report as fact of each independent publisher; `further`:
    what an outlet reported after that; `kin`: outlets of an owner already counted; `copies`: an agency's or an outlet's
    text already counted. `denials` only deny it: nobody stands behind the event in them."""

    independent: tuple[Witness, ...]
    claims: tuple[Witness, ...]
    further: tuple[Witness, ...]
    kin: tuple[Witness, ...]
    copies: tuple[Witness, ...]
    denials: tuple[Witness, ...]

    @property
    def as_fact(self) -> tuple[Witness, ...]:
        """All that report it as fact, the independent ones first."""
        return (*self.independent, *self.further, *self.kin, *self.copies)


class Heard:
    """Reports as fact, and on which of them a further one depends."""

    def __init__(self, witnesses: Iterable[Witness] = ()) -> None:
        self._sources: dict[str, set[str]] = {}
        self._texts = Texts()
        for witness in witnesses:
            self.add(witness)

    def add(self, witness: Witness) -> None:
        self._sources.setdefault(witness.source.independence, set()).add(witness.source.publisher_id)
        self._texts.add(witness.words)

    def dependence(self, witness: Witness) -> Dependence | None:
        """None: it is an independent witness."""
        source = witness.source
        outlets = self._sources.get(source.independence)
        if outlets is not None and source.publisher_id in outlets:
            return Dependence.OUTLET
        if outlets is not None and source.by_agency:
            return Dependence.WIRE
        if self._texts.holds(witness.words):
            return Dependence.WORDS
        return None if outlets is None else Dependence.OWNER


def status_of(witness: Witness) -> Status:
    """What the witness is worth: whoever speaks for a party to the conflict reports no facts, it claims; and so does
    whoever confirms to have taken a town."""
    partisan = witness.source.kind is PublisherKind.PARTISAN
    return Status.CLAIMED if witness.status in AS_FACT and (partisan or _own_capture(witness)) else witness.status


def _own_capture(witness: Witness) -> bool:
    """Whether the side that takes a town is the one that confirms it."""
    if witness.status is not Status.CONFIRMED or not witness.confirmed_by or not witness.actor:
        return False
    return witness.signals[0] is Signal.TERRITORY_CAPTURED and same_party(witness.confirmed_by, witness.actor)


def claimant_of(witness: Witness) -> str | None:
    """The party whose claim it is; None: no claim, or the party is not named."""
    if status_of(witness) is not Status.CLAIMED:
        return None
    own = witness.confirmed_by if _own_capture(witness) else None
    return witness.claimant or witness.source.partisan_of or own


def basis(witnesses: Sequence[Witness]) -> Basis:
    """Sort the witnesses that still stand by what they are worth."""
    independent: list[Witness] = []
    claims: list[Witness] = []
    denials: list[Witness] = []
    dependent: dict[Dependence, list[Witness]] = {dependence: [] for dependence in Dependence}
    heard = Heard()
    for witness in _standing(witnesses):
        status = status_of(witness)
        if status not in AS_FACT:
            (denials if status is Status.DENIED else claims).append(witness)
            continue
        dependence = heard.dependence(witness)
        (independent if dependence is None else dependent[dependence]).append(witness)
        heard.add(witness)
    return Basis(
        independent=tuple(independent),
        claims=tuple(claims),
        further=tuple(dependent[Dependence.OUTLET]),
        kin=tuple(dependent[Dependence.OWNER]),
        copies=tuple(_standing([*dependent[Dependence.WIRE], *dependent[Dependence.WORDS]])),
        denials=tuple(denials),
    )


def independent_witnesses(witnesses: Sequence[Witness]) -> int:
    """How many independent publishers report it as fact."""
    return len(basis(witnesses).independent)


def assess(witnesses: Sequence[Witness], kind: Signal | None = None) -> Assessment:
    """Climb the ladder. With `kind` only those count who say that an event of this kind happened."""
    standing = _standing(witnesses)
    about = [w for w in standing if kind is None or bears_out(w.signals, kind)]
    count = independent_witnesses(about)
    confirmed_by = _names(w.confirmed_by for w in about if status_of(w) is Status.CONFIRMED)
    certainty, status = _rung(about, count)
    if not standing:
        certainty, status = Certainty.UNLIKELY, _rung(witnesses, 0)[1]
    return Assessment(
        certainty=certainty,
        status=status,
        disputed=any(denies(w) for w in standing),
        disputed_by=_names(w.disputed_by for w in standing if denies(w)),
        claimants=_names(claimant_of(w) for w in about),
        confirmed_by=confirmed_by,
        independent=count,
    )


def _rung(about: Sequence[Witness], independent: int) -> tuple[Certainty, Status]:
    said = {status_of(w) for w in about}
    if Status.CONFIRMED in said:
        return Certainty.OBSERVED, Status.CONFIRMED
    if Status.REPORTED in said:
        return Certainty.OBSERVED if independent > 1 else Certainty.LIKELY, Status.REPORTED
    for status in (Status.CLAIMED, Status.DENIED):
        if status in said:
            return Certainty.POSSIBLE, status
    return Certainty.POSSIBLE, Status.WARNED


def denies(witness: Witness) -> bool:
    """Whether somebody denies the event in it, whatever else it says."""
    return witness.disputed_by is not None or witness.status is Status.DENIED


def _standing(witnesses: Iterable[Witness]) -> list[Witness]:
    return as_denials(sorted((w for w in witnesses if not w.retracted), key=lambda w: (w.published, w.article_id)))


def _names(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
