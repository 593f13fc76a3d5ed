"""What a text says outright: who does what to what, as readable patterns over the lexicon's concepts.

The statistical model learns mostly from titles with one signal each and misses the second and third of a longer
report. In a text that is relevant in any case, a pattern raises the log-odds of its signal by a fixed step, in every
language that the lexicon reads. Steps were chosen on labelled items kept out of training
(docs/decisions/0004-model.md); patterns that did not help there are not in the table. The share beside each: of the
relevant training items that match it, those with its signal.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.concepts import ConceptName as C
from classifiers.lexicon import Concept
from classifiers.taxonomy import Signal
from classifiers.untaken import Short, Span, default_words, overlaps

ARMED = frozenset({C.REBEL, C.MILITIA, C.JIHADIST, C.GUNMEN, C.ARMY, C.TROOPS})
TAKE = frozenset({C.CAPTURE, C.ENTER, C.RETAKE})
GROUND = frozenset({C.TOWN, C.VILLAGE, C.BASE, C.AIRPORT, C.BORDER})
SITES = frozenset(
    {
        C.HOSPITAL,
        C.CLINIC,
        C.MEDIC,
        C.AMBULANCE,
        C.SCHOOL,
        C.CAMP,
        C.AID_WORKER,
        C.CONVOY,
        C.CHURCH,
        C.MOSQUE,
        C.UN,
        C.POWER,
        C.WATER,
        C.MARKET,
        C.JOURNALIST,
        C.PORT,
        C.STATION,
        C.BRIDGE,
        C.HOUSE,
    }
)
FIRE = frozenset({C.UNDER_FIRE, C.LOOT, C.BURN, C.SHELL})
STRIKE = frozenset({C.SHELL, C.AIRSTRIKE, C.DRONE, C.MISSILE, C.BOMB, C.EXPLOSION, C.MINE})
PEOPLE = frozenset({C.CIVILIAN, C.RESIDENT, C.VILLAGE, C.HOUSE})
LEAVE = frozenset({C.FLEE, C.DISPLACED, C.EVACUATE})
CRUELTY = frozenset({C.MASSACRE, C.EXECUTE, C.ABDUCT, C.RAPE, C.TORTURE})
ANY: frozenset[C] = frozenset()
HARM = STRIKE | FIRE | CRUELTY | {C.KILL, C.INJURE, C.CLASH, C.AMBUSH, C.ATTACK, C.DESTROY, C.COUP, C.MUTINY, C.RIOT}
LEADS = 0.5  # what a pattern adds to how likely its signal is the most important one
FALL_LEADS = 2.0  # the same of a town's fall: who asks what happened is told of it before the clinic hit in its course
UNTAKEN = -6.0  # log-odds that a capture loses where the text tells only of what falls short of one (untaken.py)
CALMED = -3.0  # log-odds that every signal loses where the title tells of nothing but a situation under control
RETURNS = 4.0  # log-odds of an easing where the title tells that people come home
FOUGHT = 2.0  # log-odds of a clash where attackers are thrown back; where a town is neared, by a title's fighters
_SIGNALS = tuple(Signal)
_NAME = re.compile(r"(?:\s+[^\W\d_]{1,9}){0,3}?\s+(?:al-|el-)?[A-ZÀ-ÖØ-ÞА-ЯЁ][^\W\d_]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One of `first` within `gap` characters of one of `second`, in the same field, before it if `ordered`.

    `second` empty: `first` alone is enough. `title`: only there. `named`: a name follows the second.
    `raises`: log-odds.
    """

    signal: Signal
    first: frozenset[C]
    second: frozenset[C] = ANY
    gap: int = 40
    ordered: bool = False
    title: bool = False
    named: bool = False
    raises: float = 2.0


PATTERNS: tuple[Pattern, ...] = (
    Pattern(Signal.TERRITORY_CAPTURED, ARMED, TAKE, 50, ordered=True),  # 0.70
    Pattern(
        Signal.TERRITORY_CAPTURED, ARMED, TAKE, 50, ordered=True, named=True, raises=4.0
    ),  # "rebels enter Walikale"
    Pattern(Signal.TERRITORY_CAPTURED, TAKE | {C.LOSE}, GROUND),  # 0.76
    Pattern(Signal.FACILITY_ATTACKED, SITES, FIRE, raises=3.0),  # 0.65
    Pattern(Signal.FACILITY_ATTACKED, SITES, FIRE | STRIKE | {C.ATTACK, C.DESTROY}, 30, title=True),  # 0.68
    Pattern(Signal.DISPLACEMENT, PEOPLE, LEAVE),  # 0.84
    Pattern(Signal.ARMED_CLASH, frozenset({C.CLASH, C.AMBUSH}), title=True),  # 0.67
    Pattern(Signal.CIVILIANS_ATTACKED, CRUELTY, title=True),  # 0.40
    Pattern(Signal.ACCESS_BLOCKED, frozenset({C.CLOSE}), frozenset({C.BORDER, C.AIRPORT})),  # 0.63
    Pattern(Signal.CEASEFIRE_BROKEN, frozenset({C.TRUCE, C.TALKS}), frozenset({C.REJECT}), 50),  # 0.97
    Pattern(Signal.MOBILISATION, frozenset({C.REINFORCE, C.CALL_UP, C.ULTIMATUM})),  # 0.72
    Pattern(Signal.UNREST, frozenset({C.COUP, C.MUTINY})),  # 0.44
    Pattern(Signal.DEESCALATION, frozenset({C.RELEASE, C.EXCHANGE, C.WITHDRAW}), title=True),  # 0.60
)


def said_outright(concepts: Iterable[Concept], title: str, text: str) -> NDArray[np.float32]:
    """(signals,): the log-odds that the strongest pattern met adds to each signal; less than 0 for a capture where the
    text tells only of what falls short of one, for all where its title only says that a situation is under control.

    `text` is title, newline, summary, its background barred; `concepts` are of it, those of its background left out.
    """
    short = _falls_short(text, len(title))
    untaken = [span for spans in short.values() for span in spans]
    named: dict[C, list[Concept]] = {}
    for concept in concepts:
        if concept.name not in TAKE or not overlaps(untaken, concept.start, concept.end):
            named.setdefault(concept.name, []).append(concept)
    raised = np.zeros(len(_SIGNALS), dtype=np.float32)
    for pattern in PATTERNS:
        if _met(pattern, named, len(title), text):
            place = _SIGNALS.index(pattern.signal)
            raised[place] = max(raised[place], pattern.raises)
    if _is_calm(short, named, len(title)):
        raised[:] = CALMED
    if short:
        raised[_SIGNALS.index(Signal.TERRITORY_CAPTURED)] = UNTAKEN
    if Short.RETURNED in short:
        raised[_SIGNALS.index(Signal.DISPLACEMENT)] = UNTAKEN
        raised[_SIGNALS.index(Signal.DEESCALATION)] = RETURNS
    if _is_fought(short, named, len(title)):
        clash = _SIGNALS.index(Signal.ARMED_CLASH)
        raised[clash] = max(raised[clash], FOUGHT)
    return raised


def _falls_short(text: str, boundary: int) -> dict[Short, list[Span]]:
    """What falls short of a capture; that people come home does so as the news itself, in the title."""
    found = default_words().found(text)
    if not any(start < boundary for start, _ in found.get(Short.RETURNED, ())):
        found.pop(Short.RETURNED, None)
    return found


def _is_calm(short: Mapping[Short, Sequence[Span]], named: Mapping[C, Sequence[Concept]], boundary: int) -> bool:
    """Whether the title only says that all is well."""
    reassured = any(start < boundary for start, _ in short.get(Short.REASSURED, ()))
    return reassured and not any(c.start < boundary for name in (HARM | LEAVE) & named.keys() for c in named[name])


def _is_fought(short: Mapping[Short, Sequence[Span]], named: Mapping[C, Sequence[Concept]], boundary: int) -> bool:
    """Whether what falls short of a capture is fighting."""
    fighters = any(c.start < boundary for name in ARMED & named.keys() for c in named[name])
    neared = any(start < boundary for start, _ in short.get(Short.NEARED, ()))
    return fighters and (neared or Short.REPELLED in short)


def _met(pattern: Pattern, named: dict[C, list[Concept]], boundary: int, text: str) -> bool:
    first = [c for name in pattern.first & named.keys() for c in named[name] if not pattern.title or c.start < boundary]
    if not first or not pattern.second:
        return bool(first)
    second = [c for name in pattern.second & named.keys() for c in named[name]]
    if pattern.named:
        second = [c for c in second if _NAME.match(text, c.end)]
    return any(_near(pattern, a, b, boundary) for a in first for b in second)


def _near(pattern: Pattern, a: Concept, b: Concept, boundary: int) -> bool:
    if (a.start < boundary) != (b.start < boundary):
        return False
    behind = b.start - a.end
    return 0 <= behind <= pattern.gap or (not pattern.ordered and 0 <= a.start - b.end <= pattern.gap)
