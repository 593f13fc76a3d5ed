"""/alert and the buttons under alerts: all that is known of one incident. What a chat was told: chat/told.py."""

from dataclasses import replace

from alerts.severity import severity as severity_of
from alerts.types import Edition
from alerts.watches import matching
from alerts.wording import (
    AlertView,
    parse_public_id,
    public_id,
    render,
    render_detail,
    render_sources,
    render_why,
)
from chat.alert_buttons import alert_rows, back_row
from chat.labels import fault_name
from chat.screens import Answer, Screen, said
from chat.turn import StalePress, Turn
from incidents.types import Incident
from pipeline import history
from pipeline.history import IncidentDetail
from store.types import Delivery


async def alert(turn: Turn) -> Answer:
    """/alert N: all that is known of an incident, and what of it this chat was told."""
    written = turn.text.strip()
    wanted = parse_public_id(written)
    if wanted is None:
        return said(turn.t.text("Which one? Write its number, for example: /alert 417. /alerts lists them."))
    found = await _found(turn, *wanted)
    if written[:1].isdigit() and (found is None or found.told is None):  # it may be meant for the sample as well
        sample = await _found(turn, Edition.SAMPLE, wanted[1])
        found = sample if sample and (found is None or sample.told) else found
    if found is None:
        return said(turn.t.text("I know no incident {id}. /alerts lists those I told you of.", id=public_id(*wanted)))
    return await _detail(turn, found)


async def detail_pressed(turn: Turn) -> Answer:
    found = await _found(turn, *incident_of(turn))
    if found is None:
        raise StalePress
    return replace(await _detail(turn, found), anew=True)


async def sources_pressed(turn: Turn) -> Answer:
    """Who says what, in the alert's place."""
    edition, incident_id = incident_of(turn)
    found = await _found(turn, edition, incident_id)
    if found is None:
        raise StalePress
    text = render_sources(_view(turn, edition, found.incident, found.told))
    return said(text, back_row(edition, incident_id, turn.t))


async def shown_again(turn: Turn) -> Answer:
    """The alert as it is now, with its own buttons, in the place of what was shown instead."""
    edition, incident_id = incident_of(turn)
    found = await _found(turn, edition, incident_id)
    if found is None:
        raise StalePress
    text = render(await _own_view(turn, found))
    return said(text, *alert_rows(edition, incident_id, turn.t))


async def why_pressed(turn: Turn) -> Answer:
    """How the sources of an alert were read, in its place."""
    edition, incident_id = incident_of(turn)
    stores, chat_id = turn.services.stores, turn.chat.id
    found = await turn.do(history.readings, stores, edition, incident_id, chat_id)
    if found is None:
        raise StalePress
    text = await turn.do(render_why, _view(turn, edition, found.incident, found.told), found.reports, found.more)
    return said(text, back_row(edition, incident_id, turn.t))


def incident_of(turn: Turn) -> tuple[Edition, int]:
    """The incident that a button under an alert speaks of; raises StalePress."""
    try:
        return Edition(turn.field(0)), turn.number(1)
    except ValueError as error:
        raise StalePress from error


async def _found(turn: Turn, edition: Edition, incident_id: int) -> IncidentDetail | None:
    stores, chat_id = turn.services.stores, turn.chat.id
    return await turn.do(history.detail, stores, edition, incident_id, chat_id, turn.operator)


async def _detail(turn: Turn, found: IncidentDetail) -> Answer:
    view = await _own_view(turn, found)
    texts = await turn.do(render_detail, view, found.revisions, found.alerts, found.told, _votes(turn, found))
    return Answer(tuple(Screen(text) for text in texts))


async def _own_view(turn: Turn, found: IncidentDetail) -> AlertView:
    """With the chat's watches that match."""
    view = _view(turn, found.edition, found.incident, found.told)
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    matched = matching(watches, found.incident, view.severity)
    return replace(view, watches=tuple((watch.area.name, match) for watch, match in matched))


def _votes(turn: Turn, found: IncidentDetail) -> str:
    """What chats find wrong with the incident: for an operator's eyes, so not in a group."""
    if not (turn.operator and turn.private):
        return ""
    lines = [
        turn.t.plural(
            "{count} person says: {fault}", "{count} people say: {fault}", count, fault=fault_name(fault, turn.t)
        )
        for fault, count in found.votes.items()
    ]
    return "\n".join(lines)


def _view(turn: Turn, edition: Edition, incident: Incident, told: Delivery | None) -> AlertView:
    return AlertView(
        incident=incident,
        severity=told.severity if told else severity_of(incident),
        edition=edition,
        language=turn.chat.language,
        time_zone=turn.chat.time_zone,
        now=turn.now,
    )
