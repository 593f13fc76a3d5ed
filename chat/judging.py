"""The "Wrong?" button of an alert: a chat's one vote on what is wrong with it, kept within the alert's own buttons."""

from chat.alert_buttons import alert_rows, fault_rows
from chat.labels import fault_name
from chat.looking_back import incident_of
from chat.screens import Answer
from chat.turn import StalePress, Turn
from classifiers.taxonomy import Fault
from pipeline import verdicts
from pipeline.verdicts import NotTold


async def wrong_pressed(turn: Turn) -> Answer:
    """Show what may be wrong, with what this chat said before."""
    edition, incident_id = incident_of(turn)
    try:
        voted = await turn.do(verdicts.voted, turn.services.stores, edition, incident_id, turn.chat.id)
    except NotTold as error:
        raise StalePress from error
    return Answer(rows=fault_rows(edition, incident_id, voted, turn.t))


async def judged(turn: Turn) -> Answer:
    """A fault was chosen, or the vote taken back."""
    edition, incident_id = incident_of(turn)
    fault = _fault(turn)
    try:
        await turn.do(verdicts.vote, turn.services.stores, edition, incident_id, turn.chat.id, fault, turn.now)
    except NotTold as error:
        raise StalePress from error
    return Answer(toast=_thanks(turn, fault), rows=alert_rows(edition, incident_id, turn.t))


def _fault(turn: Turn) -> Fault | None:
    try:
        return Fault(turn.field(2)) if turn.field(2) else None
    except ValueError as error:
        raise StalePress from error


def _thanks(turn: Turn, fault: Fault | None) -> str:
    if fault is None:
        return turn.t.text("Your vote is taken back.")
    return turn.t.text(
        "Thank you, noted: {fault}. “Wrong?” again changes it or takes it back.", fault=fault_name(fault, turn.t)
    )


async def left(turn: Turn) -> Answer:
    """Back to the alert's own buttons."""
    return Answer(rows=alert_rows(*incident_of(turn), turn.t))
