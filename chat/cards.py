"""A watch's card: what it watches, and the buttons that change it; and the list of all watches."""

from alerts.types import ChatState, Severity, Watch
from chat.labels import kind_name, kinds_of, resized_name, severity_and_above
from chat.presses import Press
from chat.screens import Answer, Button, Screen, in_rows
from chat.turn import StalePress, Turn
from classifiers.taxonomy import Signal
from pipeline import asking
from pipeline.asking import BadRadius
from places.types import AreaKind

CARD_RADII_KM = (10, 25, 50, 100, 200, 300, 500, 1000)
PAGE = 8
KINDS = tuple(Signal)
BY_RANK = {severity.rank: severity for severity in Severity}


def card(turn: Turn, watch: Watch, first_line: str = "") -> Screen:
    t = turn.t
    lines = [
        first_line,
        t.text("Watching: {area}", area=watch.area.name),
        t.text("Severity: {severity}", severity=severity_and_above(watch.min_severity, t)),
        t.text("Events: {kinds}", kinds=kinds_of(watch, t)),
    ]
    circle = watch.area.kind is AreaKind.CIRCLE
    change = [Button(t.text("Radius"), Press.RADII.data(watch.id))] if circle else []
    change += [
        Button(t.text("Severity"), Press.SEVERITIES.data(watch.id)),
        Button(t.text("Kinds"), Press.KINDS.data(watch.id)),
    ]
    last = (Button(t.text("Remove"), Press.REMOVE.data(watch.id)), _to_list(turn))
    return Screen("\n".join(filter(None, lines)), (tuple(change), last))


def _to_list(turn: Turn) -> Button:
    return Button(turn.t.text("All watches"), Press.WATCHES.data(0))


def _back(turn: Turn, watch: Watch) -> Button:
    return Button(turn.t.text("◀ Back"), Press.CARD.data(watch.id))


async def watches(turn: Turn) -> Answer:
    """/watches."""
    return Answer((await _list(turn, 0),))


async def page_of_watches(turn: Turn) -> Answer:
    return Answer((await _list(turn, turn.number(0)),))


async def _list(turn: Turn, page: int) -> Screen:
    t = turn.t
    found = await turn.do(turn.subscriptions.watches, turn.chat.id)
    if not found:
        return Screen(t.text("You watch nothing yet. Write the name of a place, or /watch."))
    pages = -(-len(found) // PAGE)
    page = max(0, min(page, pages - 1))
    shown = list(enumerate(found, 1))[page * PAGE : (page + 1) * PAGE]
    lines = [t.plural("You watch {count} area:", "You watch {count} areas:", len(found))]
    lines += [f"{number}. {line(turn, watch)}" for number, watch in shown]
    if turn.chat.state is ChatState.PAUSED:
        lines.append(t.text("Alerts are paused. /start sends them again."))
    rows = [
        (
            Button(t.text("{number}. Change", number=number), Press.CARD.data(watch.id)),
            Button(t.text("{number}. Remove", number=number), Press.REMOVE.data(watch.id)),
        )
        for number, watch in shown
    ]
    turning = [Button("◀", Press.WATCHES.data(page - 1))] if page else []
    turning += [Button("▶", Press.WATCHES.data(page + 1))] if page < pages - 1 else []
    return Screen("\n".join(lines), (*rows, tuple(turning)) if turning else tuple(rows))


def line(turn: Turn, watch: Watch) -> str:
    """ "200 km around Walikale: Moderate or graver, all kinds of events"."""
    t = turn.t
    return t.text(
        "{area}: {severity}, {kinds}",
        area=watch.area.name,
        severity=severity_and_above(watch.min_severity, t),
        kinds=kinds_of(watch, t),
    )


async def show_card(turn: Turn) -> Answer:
    return Answer((card(turn, await _watch(turn)),))


async def show_radii(turn: Turn) -> Answer:
    watch = await _watch(turn)
    current = watch.area.radius_km
    buttons = [
        Button(
            _marked(turn.t.text("{radius} km", radius=turn.t.number(radius)), radius == current),
            Press.RADIUS.data(watch.id, radius),
        )
        for radius in CARD_RADII_KM
    ]
    text = turn.t.text("{area}. Which radius?", area=watch.area.name)
    return Answer((Screen(text, (*in_rows(buttons, 4), (_back(turn, watch),))),))


async def set_radius(turn: Turn) -> Answer:
    watch, radius = await _watch(turn), asking.parse_radius(turn.field(1))
    if isinstance(radius, BadRadius) or watch.area.kind is not AreaKind.CIRCLE:
        raise StalePress
    area = asking.resized(watch.area, radius, resized_name(watch.area, radius, turn.t))
    return _changed(turn, await turn.do(turn.subscriptions.set_radius, turn.chat.id, watch.id, area))


async def show_severities(turn: Turn) -> Answer:
    watch = await _watch(turn)
    rows = [
        (
            Button(
                _marked(severity_and_above(severity, turn.t), severity is watch.min_severity),
                Press.SEVERITY.data(watch.id, severity.rank),
            ),
        )
        for severity in Severity
    ]
    text = turn.t.text("{area}. How grave must an event be to tell you?", area=watch.area.name)
    return Answer((Screen(text, (*rows, (_back(turn, watch),))),))


async def set_severity(turn: Turn) -> Answer:
    severity = BY_RANK.get(turn.number(1))
    if severity is None:
        raise StalePress
    return _changed(turn, await turn.do(turn.subscriptions.set_severity, turn.chat.id, turn.number(0), severity))


async def show_kinds(turn: Turn) -> Answer:
    return Answer((_kinds(turn, await _watch(turn)),))


async def toggle_kind(turn: Turn) -> Answer:
    everything = turn.field(1) == "*"
    number = 0 if everything else turn.number(1)
    if not 0 <= number < len(KINDS):
        raise StalePress
    kind = None if everything else KINDS[number]
    watch = await turn.do(turn.subscriptions.toggle_kind, turn.chat.id, turn.number(0), kind)
    if watch is None:
        raise StalePress
    return Answer((_kinds(turn, watch),))


def _kinds(turn: Turn, watch: Watch) -> Screen:
    t = turn.t
    buttons = [
        Button(_marked(kind_name(kind, t), kind in watch.kinds), Press.KIND.data(watch.id, number))
        for number, kind in enumerate(KINDS)
    ]
    everything = Button(_marked(t.text("All kinds"), not watch.kinds), Press.KIND.data(watch.id, "*"))
    text = t.text("{area}. Which kinds of events? Press to choose or drop one.", area=watch.area.name)
    return Screen(text, (*in_rows(buttons, 2), (everything, _back(turn, watch))))


async def remove(turn: Turn) -> Answer:
    removed = await turn.do(turn.subscriptions.remove_watch, turn.chat.id, turn.number(0))
    if removed is None:
        raise StalePress
    text = turn.t.text("Removed: {area}. You will hear no more of it.", area=removed.area.name)
    return Answer((Screen(text, ((_to_list(turn),),)),), toast=turn.t.text("Removed."))


def _changed(turn: Turn, watch: Watch | None) -> Answer:
    if watch is None:
        raise StalePress
    return Answer((card(turn, watch, turn.t.text("Changed.")),))


def _marked(label: str, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


async def _watch(turn: Turn) -> Watch:
    watch = await turn.do(turn.subscriptions.watch, turn.chat.id, turn.number(0))
    if watch is None:
        raise StalePress
    return watch
