"""How sure one can be of an incident: the ladder of the Common Alerting Protocol's certainty, by who stands behind it.

| who says so                                                        | certainty | status      |
|--------------------------------------------------------------------|-----------|-------------|
| every source has taken it back                                     | Unlikely  | as before   |
| only warnings                                                      | Possible  | WARNED      |
| a party, however many outlets repeat it; or only denials           | Possible  | CLAIMED / DENIED |
| one publisher, as fact                                             | Likely    | REPORTED    |
| two or more independent publishers, as fact                        | Observed  | REPORTED    |
| explicit confirmation (losing side, UN, ICRC, MSF, investigators)  | Observed  | CONFIRMED   |

A denial sets `disputed` and lowers nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from classifiers.taxonomy import Signal, Status
from feeds.types import PublisherKind
from incidents.families import bears_out
from incidents.types import Certainty, Witness
from incidents.words import Texts, copied

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


@dataclass(frozen=True, slots=True)
class Basis:
    """Who stands behind an incident. A copy belongs to a witness already counted: same owner, same wire, same words.
    `denials` only deny it: nobody stands behind the event in them."""

    independent: tuple[Witness, ...]
    claims: tuple[Witness, ...]
    copies: tuple[Witness, ...]
    denials: tuple[Witness, ...]


def status_of(witness: Witness) -> Status:
    """What the witness is worth: whoever speaks for a party to the conflict reports no facts, it claims."""
    partisan = witness.source.kind is PublisherKind.PARTISAN
    return Status.CLAIMED if partisan and witness.status in AS_FACT else witness.status


def claimant_of(witness: Witness) -> str | None:
    """The party whose claim it is; None: no claim, or the party is not named."""
    if status_of(witness) is not Status.CLAIMED:
        return None
    return witness.claimant or witness.source.partisan_of


def basis(witnesses: Sequence[Witness]) -> Basis:
    """Sort the witnesses that still stand by what they are worth."""
    independent: list[Witness] = []
    claims: list[Witness] = []
    copies: list[Witness] = []
    denials: list[Witness] = []
    heard: set[str] = set()
    texts = Texts()
    for witness in _standing(witnesses):
        status = status_of(witness)
        if status not in AS_FACT:
            (denials if status is Status.DENIED else claims).append(witness)
            continue
        known = witness.source.independence in heard or texts.holds(witness.words)
        (copies if known else independent).append(witness)
        heard.add(witness.source.independence)
        texts.add(witness.words)
    return Basis(tuple(independent), tuple(claims), tuple(copies), tuple(denials))


def depends(witness: Witness, earlier: Witness) -> bool:
    """Whether the two are no independent witnesses of each other."""
    return witness.source.independence == earlier.source.independence or copied(witness.words, earlier.words)


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
        disputed=any(_denies(w) for w in standing),
        disputed_by=_names(w.disputed_by for w in standing if _denies(w)),
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


def _denies(witness: Witness) -> bool:
    return witness.disputed_by is not None or witness.status is Status.DENIED


def _standing(witnesses: Iterable[Witness]) -> list[Witness]:
    return sorted((w for w in witnesses if not w.retracted), key=lambda w: (w.published, w.article_id))


def _names(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
