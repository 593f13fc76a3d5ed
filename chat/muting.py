"""The "Mute" button of an alert, within the alert's own buttons, and /mutes."""

from datetime import timedelta

from alerts.i18n import mark_plural, zone
from alerts.mutes import LENGTHS, Mute, MuteScope
from alerts.types import Edition
from alerts.view import public_id
from chat.alert_buttons import alert_rows, length_rows, scope_rows
from chat.labels import kind_name
from chat.labels import muted_name as name_of
from chat.looking_back import incident_of
from chat.presses import Press
from chat.screens import Answer, Button, Screen
from chat.turn import StalePress, Turn
from pipeline import muting
from pipeline.muting import Muted
from pipeline.verdicts import NotTold

SHOWN = 20
MUTES = mark_plural("You muted {count} thing:", "You muted {count} things:")
_HOUR = timedelta(hours=1)


async def mute_pressed(turn: Turn) -> Answer:
    """Show what of the alert can be muted, and what is."""
    edition, incident_id = incident_of(turn)
    stores, chat_id = turn.services.stores, turn.chat.id
    try:
        found = await turn.do(muting.of_incident, stores, edition, incident_id, chat_id, turn.now)
    except NotTold as error:
        raise StalePress from error
    return Answer(rows=scope_rows(edition, incident_id, *found, turn.t))


async def scope_chosen(turn: Turn) -> Answer:
    """The place, the kind or the event: for how long?"""
    edition, incident_id = incident_of(turn)
    scope = _scope(turn)
    stores, chat_id = turn.services.stores, turn.chat.id
    try:
        _, muted = await turn.do(muting.of_incident, stores, edition, incident_id, chat_id, turn.now)
    except NotTold as error:
        raise StalePress from error
    return Answer(rows=length_rows(edition, incident_id, scope, scope in muted, turn.t))


async def length_chosen(turn: Turn) -> Answer:
    """So many hours, or 0: no longer."""
    edition, incident_id = incident_of(turn)
    scope, hours = _scope(turn), turn.number(3)
    stores, chat_id, about = turn.services.stores, turn.chat.id, (edition, incident_id)
    rows = alert_rows(edition, incident_id, turn.t)
    try:
        if not hours:
            await turn.do(muting.unmute, stores, *about, chat_id, scope, turn.now)
            return Answer(toast=turn.t.text("The mute has ended."), rows=rows)
        if timedelta(hours=hours) not in LENGTHS:
            raise StalePress
        muted = await turn.do(muting.mute, stores, *about, chat_id, scope, timedelta(hours=hours), turn.now)
    except NotTold as error:
        raise StalePress from error
    return Answer(toast=_muted_toast(turn, edition, muted), rows=rows)


def _scope(turn: Turn) -> MuteScope:
    try:
        return MuteScope(turn.field(2))
    except ValueError as error:
        raise StalePress from error


def _muted_toast(turn: Turn, edition: Edition, muted: Mute) -> str:
    return turn.t.text(
        "Muted until {time}: {name}. Withdrawals and corrections still come. /mutes ends it.",
        time=_until(turn, muted),
        name=_name(turn, edition, muted),
    )


async def mutes(turn: Turn) -> Answer:
    """/mutes."""
    return Answer((await _list(turn),))


async def ended(turn: Turn) -> Answer:
    """A mute of the list is to end."""
    edition, mute_id = incident_of(turn)
    stores, chat_id = turn.services.stores, turn.chat.id
    muted = await turn.do(muting.end, stores, edition, mute_id, chat_id, turn.now)
    if muted is None:
        raise StalePress
    return Answer((await _list(turn),), toast=turn.t.text("The mute has ended."))


async def _list(turn: Turn) -> Screen:
    t = turn.t
    found = await turn.do(muting.listed, turn.services.stores, turn.chat.id, turn.now)
    if not found:
        return Screen(t.text("Nothing is muted. The Mute button under an alert keeps silent about what you choose."))
    lines = [t.plural(*MUTES, len(found))]
    lines += [f"{number}. {line(turn, muted)}" for number, muted in enumerate(found[:SHOWN], 1)]
    lines.append(t.text("Withdrawals and corrections of what I told you still come."))
    rows = tuple(
        (Button(t.text("{number}. End", number=number), Press.MUTE_END.data(muted.edition.value, muted.mute.id)),)
        for number, muted in enumerate(found[:SHOWN], 1)
    )
    return Screen("\n".join(lines), rows)


def line(turn: Turn, muted: Muted) -> str:
    """ "Walikale, until 20 March, 00:04"."""
    name = _name(turn, muted.edition, muted.mute)
    if muted.incident is not None:
        name = f"{name} {kind_name(muted.incident.kind, turn.t)}"
    return turn.t.text("{name}, until {time}", name=name, time=_until(turn, muted.mute))


def _name(turn: Turn, edition: Edition, muted: Mute) -> str:
    if muted.incident_id is not None:
        return public_id(edition, muted.incident_id)
    return name_of(muted, turn.t)


def _until(turn: Turn, muted: Mute) -> str:
    return turn.t.time(muted.until, zone(turn.chat.time_zone))
