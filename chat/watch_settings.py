"""The buttons that change a watch, each within its card's own message. A press says what is to be, so that pressing
twice is pressing once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from alerts.types import Bar, Severity, Watch
from alerts.watches import night_of
from chat import previews
from chat.cards import changed, watch_of
from chat.labels import SURE_ENOUGH, kind_name, resized_name, severity_and_above, sureness
from chat.presses import Press
from chat.screens import Answer, Button, Screen, in_rows
from chat.turn import StalePress, Turn
from classifiers.taxonomy import Signal
from incidents.types import Certainty
from pipeline import asking
from pipeline.asking import BadRadius
from places.types import AreaKind

CARD_RADII_KM = (10, 25, 50, 100, 200, 300, 500, 1000)
KINDS = tuple(Signal)
SEVERITY_OF_RANK = {severity.rank: severity for severity in Severity}
CERTAINTY_OF_RANK = {certainty.rank: certainty for certainty in SURE_ENOUGH}
AS_BY_DAY = ""


class Option(NamedTuple):
    """A choice: how its button is labelled, the watch that it would make, and what the button carries."""

    label: str
    would: Watch
    data: str


async def show_radii(turn: Turn) -> Answer:
    watch = await watch_of(turn)
    _require_circle(watch)
    options = [
        Option(
            _km(turn, radius),
            replace(watch, area=replace(watch.area, radius_km=float(radius))),
            Press.RADIUS.data(watch.id, radius),
        )
        for radius in CARD_RADII_KM
    ]
    question = turn.t.text("{area}. Which radius?", area=watch.area.name)
    by_kind = Button(turn.t.text("By kind of event"), Press.KIND_RADII.data(watch.id))
    return await _choosing(turn, watch, question, options, 4, by_kind)


async def set_radius(turn: Turn) -> Answer:
    watch, radius = await watch_of(turn), _radius(turn, 1)
    _require_circle(watch)
    area = asking.resized(watch.area, radius, resized_name(watch.area, radius, turn.t))
    return await changed(turn, await turn.do(turn.subscriptions.set_radius, turn.chat.id, watch.id, area))


async def show_kind_radii(turn: Turn) -> Answer:
    """Which kind is to have a radius of its own?"""
    watch = await watch_of(turn)
    _require_circle(watch)
    return Answer((_kind_radii(turn, watch),))


def _kind_radii(turn: Turn, watch: Watch) -> Screen:
    t = turn.t
    buttons = [
        Button(_with_radius(turn, kind, watch.radii.get(kind)), Press.KIND_RADIUS.data(watch.id, number))
        for number, kind in enumerate(KINDS)
        if not watch.kinds or kind in watch.kinds
    ]
    text = t.text("{area}. Which kind of event shall have a radius of its own?", area=watch.area.name)
    back = Button(t.text("◀ Back"), Press.RADII.data(watch.id))
    return Screen(text, (*in_rows(buttons, 1), (back,)))


def _with_radius(turn: Turn, kind: Signal, radius: float | None) -> str:
    name = kind_name(kind, turn.t)
    return name if radius is None else f"{name}: {_km(turn, round(radius))}"


async def show_kind_radius(turn: Turn) -> Answer:
    watch, kind = await watch_of(turn), _kind(turn)
    _require_circle(watch)
    current = watch.radii.get(kind)
    number = KINDS.index(kind)
    buttons = [
        Button(_marked(_km(turn, radius), radius == current), Press.SET_KIND_RADIUS.data(watch.id, number, radius))
        for radius in CARD_RADII_KM
    ]
    plain = Button(
        _marked(turn.t.text("As the watch"), current is None), Press.SET_KIND_RADIUS.data(watch.id, number, "")
    )
    back = Button(turn.t.text("◀ Back"), Press.KIND_RADII.data(watch.id))
    text = turn.t.text("{area}. Which radius for: {kind}?", area=watch.area.name, kind=kind_name(kind, turn.t))
    return Answer((Screen(text, (*in_rows(buttons, 4), (plain, back))),))


async def set_kind_radius(turn: Turn) -> Answer:
    watch, kind = await watch_of(turn), _kind(turn)
    _require_circle(watch)
    radius = _radius(turn, 2) if turn.field(2) else None
    done = await turn.do(turn.subscriptions.set_kind_radius, turn.chat.id, watch.id, kind, radius)
    return await changed(turn, done)


async def show_severities(turn: Turn) -> Answer:
    watch = await watch_of(turn)
    options = [
        Option(severity_and_above(s, turn.t), replace(watch, min_severity=s), Press.SEVERITY.data(watch.id, s.rank))
        for s in Severity
    ]
    question = turn.t.text("{area}. How grave must an event be to tell you?", area=watch.area.name)
    return await _choosing(turn, watch, question, options, 1)


async def set_severity(turn: Turn) -> Answer:
    watch = await watch_of(turn)
    bar = replace(watch.day, severity=_severity(turn, 1))
    return await changed(turn, await turn.do(turn.subscriptions.set_day, turn.chat.id, watch.id, bar))


async def show_certainties(turn: Turn) -> Answer:
    watch = await watch_of(turn)
    options = [
        Option(sureness(c, turn.t), replace(watch, min_certainty=c), Press.CERTAINTY.data(watch.id, c.rank))
        for c in SURE_ENOUGH
    ]
    question = turn.t.text("{area}. How sure must an event be to tell you?", area=watch.area.name)
    return await _choosing(turn, watch, question, options, 1)


async def set_certainty(turn: Turn) -> Answer:
    watch = await watch_of(turn)
    bar = replace(watch.day, certainty=_certainty(turn, 1))
    return await changed(turn, await turn.do(turn.subscriptions.set_day, turn.chat.id, watch.id, bar))


async def show_night(turn: Turn) -> Answer:
    return Answer((_night(turn, await watch_of(turn)),))


async def set_night(turn: Turn) -> Answer:
    """Severity and certainty that ring at night; AS_BY_DAY: no bar of its own."""
    watch = await watch_of(turn)
    bar = None if turn.field(1) == AS_BY_DAY else Bar(_severity(turn, 1), _certainty(turn, 2))
    changed_watch = await turn.do(turn.subscriptions.set_night, turn.chat.id, watch.id, bar)
    if changed_watch is None:
        raise StalePress
    return Answer((_night(turn, changed_watch),))


def _night(turn: Turn, watch: Watch) -> Screen:
    t, bar = turn.t, watch.night
    start, end = (f"{moment:%H:%M}" for moment in night_of(turn.chat))
    now = bar or watch.day
    severities = [
        (severity_and_above(s, t), bar is not None and s is bar.severity, Bar(s, now.certainty)) for s in Severity
    ]
    certainties = [(sureness(c, t), bar is not None and c is bar.certainty, Bar(now.severity, c)) for c in SURE_ENOUGH]
    buttons = [
        Button(_marked(label, chosen), Press.SET_NIGHT.data(watch.id, b.severity.rank, b.certainty.rank))
        for label, chosen, b in (*severities, *certainties)
    ]
    plain = Button(_marked(t.text("As by day"), bar is None), Press.SET_NIGHT.data(watch.id, AS_BY_DAY))
    text = t.text(
        "{area}. What may ring at night, {start} to {end}? The rest of what you watch waits until morning. Choose how "
        "grave and how sure; /quiet sets the hours for all watches.",
        area=watch.area.name,
        start=start,
        end=end,
    )
    return Screen(
        text,
        (*in_rows(buttons[: len(Severity)], 2), *in_rows(buttons[len(Severity) :], 1), (plain, _back(turn, watch))),
    )


async def show_kinds(turn: Turn) -> Answer:
    return Answer((_kinds(turn, await watch_of(turn)),))


async def set_kind(turn: Turn) -> Answer:
    """One kind in or out, or "*": all kinds."""
    kind = None if turn.field(1) == "*" else _kind(turn)
    wanted = kind is None or turn.field(2) == "1"
    watch = await turn.do(turn.subscriptions.set_kind, turn.chat.id, turn.number(0), kind, wanted)
    if watch is None:
        raise StalePress
    return Answer((_kinds(turn, watch),))


def _kinds(turn: Turn, watch: Watch) -> Screen:
    t = turn.t
    buttons = [
        Button(
            _marked(kind_name(kind, t), kind in watch.kinds),
            Press.KIND.data(watch.id, number, int(kind not in watch.kinds)),
        )
        for number, kind in enumerate(KINDS)
    ]
    everything = Button(_marked(t.text("All kinds"), not watch.kinds), Press.KIND.data(watch.id, "*"))
    text = t.text("{area}. Which kinds of events? Press to choose or drop one.", area=watch.area.name)
    return Screen(text, (*in_rows(buttons, 2), (everything, _back(turn, watch))))


async def _choosing(
    turn: Turn, watch: Watch, question: str, options: Sequence[Option], in_a_row: int, *more: Button
) -> Answer:
    """A question, with what each choice would have sent of late; the present one is marked. `more`: beside "Back"."""
    lines = [question, *await previews.of_choices(turn, [(option.label, option.would) for option in options])]
    buttons = [Button(_marked(option.label, option.would == watch), option.data) for option in options]
    return Answer((Screen("\n".join(lines), (*in_rows(buttons, in_a_row), (*more, _back(turn, watch)))),))


def _back(turn: Turn, watch: Watch) -> Button:
    return Button(turn.t.text("◀ Back"), Press.CARD.data(watch.id))


def _km(turn: Turn, radius: int) -> str:
    return turn.t.text("{radius} km", radius=turn.t.number(radius))


def _marked(label: str, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def _require_circle(watch: Watch) -> None:
    if watch.area.kind is not AreaKind.CIRCLE:
        raise StalePress


def _radius(turn: Turn, index: int) -> int:
    radius = asking.parse_radius(turn.field(index))
    if isinstance(radius, BadRadius):
        raise StalePress
    return radius


def _kind(turn: Turn) -> Signal:
    number = turn.number(1)
    if not 0 <= number < len(KINDS):
        raise StalePress
    return KINDS[number]


def _severity(turn: Turn, index: int) -> Severity:
    severity = SEVERITY_OF_RANK.get(turn.number(index))
    if severity is None:
        raise StalePress
    return severity


def _certainty(turn: Turn, index: int) -> Certainty:
    certainty = CERTAINTY_OF_RANK.get(turn.number(index))
    if certainty is None:
        raise StalePress
    return certainty
