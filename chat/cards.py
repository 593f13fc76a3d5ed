"""A watch's card: what it asks for, and the buttons that change it (chat/watch_settings.py); and the list of all."""

from alerts.types import Watch
from alerts.watches import night_of
from chat import previews
from chat.labels import bar_words, kind_name, kinds_of
from chat.pause_lines import pause_line
from chat.presses import Press
from chat.screens import Answer, Button, Screen
from chat.turn import StalePress, Turn
from classifiers.taxonomy import Signal
from pipeline import muting
from places.types import AreaKind

PAGE = 8


async def card(turn: Turn, watch: Watch, first_line: str = "") -> Screen:
    """All that the watch asks for and what it would have sent, with buttons to change it."""
    t = turn.t
    lines = [
        first_line,
        t.text("Watching: {area}", area=watch.area.name),
        t.text("Severity: {severity}", severity=bar_words(watch.day, t)),
        night_line(turn, watch),
        t.text("Events: {kinds}", kinds=kinds_of(watch, t)),
        *radius_lines(turn, watch),
        await previews.of_watch(turn, watch),
    ]
    circle = watch.area.kind is AreaKind.CIRCLE
    change = [Button(t.text("Radius"), Press.RADII.data(watch.id))] if circle else []
    change += [
        Button(t.text("Severity"), Press.SEVERITIES.data(watch.id)),
        Button(t.text("Kinds"), Press.KINDS.data(watch.id)),
    ]
    finer = (
        Button(t.text("How sure"), Press.CERTAINTIES.data(watch.id)),
        Button(t.text("At night"), Press.NIGHT.data(watch.id)),
    )
    last = (Button(t.text("Remove"), Press.REMOVE.data(watch.id)), _to_list(turn))
    return Screen("\n".join(filter(None, lines)), (tuple(change), finer, last))


def night_line(turn: Turn, watch: Watch) -> str:
    """What rings at night; nothing where the watch has no bar for the night and the chat no quiet hours."""
    t, quiet = turn.t, turn.chat.quiet_from is not None
    start, end = (f"{moment:%H:%M}" for moment in night_of(turn.chat))
    if watch.night is not None:
        bar = bar_words(watch.night, t)
        return t.text("At night, {start} to {end}: {severity}", start=start, end=end, severity=bar)
    if not quiet:
        return ""
    return t.text("At night, {start} to {end}: only Extreme, by your quiet hours", start=start, end=end)


def radius_lines(turn: Turn, watch: Watch) -> list[str]:
    """The kinds that are watched within a radius of their own."""
    t = turn.t
    if watch.area.kind is not AreaKind.CIRCLE:
        return []
    kinds = [kind for kind in Signal if kind in watch.radii and (not watch.kinds or kind in watch.kinds)]
    return [
        t.text("{kind}: within {radius} km", kind=kind_name(kind, t), radius=t.number(round(watch.radii[kind])))
        for kind in kinds
    ]


def _to_list(turn: Turn) -> Button:
    return Button(turn.t.text("All watches"), Press.WATCHES.data(0))


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
    lines += await _silence(turn)
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


async def _silence(turn: Turn) -> list[str]:
    """What keeps the watches from telling."""
    t = turn.t
    muted = await turn.do(muting.listed, turn.services.stores, turn.chat.id, turn.now)
    lines = [t.plural("{count} thing is muted: /mutes", "{count} things are muted: /mutes", len(muted))]
    return [*(lines if muted else []), *filter(None, [pause_line(turn)])]


def line(turn: Turn, watch: Watch) -> str:
    """ "200 km around Walikale: Moderate or graver, all kinds of events"."""
    t = turn.t
    return t.text(
        "{area}: {severity}, {kinds}",
        area=watch.area.name,
        severity=bar_words(watch.day, t),
        kinds=kinds_of(watch, t),
    )


async def show_card(turn: Turn) -> Answer:
    return Answer((await card(turn, await watch_of(turn)),))


async def remove(turn: Turn) -> Answer:
    removed = await turn.do(turn.subscriptions.remove_watch, turn.chat.id, turn.number(0))
    if removed is None:
        raise StalePress
    text = turn.t.text("Removed: {area}. You will hear no more of it.", area=removed.area.name)
    return Answer((Screen(text, ((_to_list(turn),),)),), toast=turn.t.text("Removed."))


async def changed(turn: Turn, watch: Watch | None) -> Answer:
    """The card of a watch after a change; `watch` None: it is gone."""
    if watch is None:
        raise StalePress
    return Answer((await card(turn, watch, turn.t.text("Changed.")),))


async def watch_of(turn: Turn) -> Watch:
    """The watch that a button names first; raises StalePress."""
    watch = await turn.do(turn.subscriptions.watch, turn.chat.id, turn.number(0))
    if watch is None:
        raise StalePress
    return watch
