"""/review and /withdraw: what chats found wrong, and taking back what was told."""

from alerts.reviews import ReviewDecision
from alerts.severity import severity
from alerts.types import Edition
from alerts.view import AlertView, parse_public_id, public_id
from alerts.wording import render
from chat.labels import fault_name
from chat.presses import Press
from chat.screens import Answer, Button, Screen, said
from chat.texts import clip
from chat.turn import StalePress, Turn
from errors import InvalidInput
from pipeline import reviewing
from pipeline.reviewing import Reviewable

_ROOM = 3_000  # for the alert, beside what is said of it
_REASON = 300


async def review(turn: Turn) -> Answer:
    """/review: what waits, one at a time."""
    return Answer((await _next(turn, None),))


async def _next(turn: Turn, after: int | None, head: str = "") -> Screen:
    """The first that waits, or the one behind `after`."""
    t = turn.t
    waiting = await turn.do(reviewing.to_review, turn.services.store)
    if not waiting:
        return Screen("\n".join(filter(None, [head, t.text("Nothing waits for review.")])))
    ids = [found.incident.id for found in waiting]
    at = (ids.index(after) + 1) % len(ids) if after in ids else 0
    found = waiting[at]
    number = t.plural(
        "{number} of {count} that waits for review:",
        "{number} of {count} that wait for review:",
        len(ids),
        number=at + 1,
    )
    incident_id = found.incident.id
    rows = (
        (
            Button(t.text("Withdraw…"), Press.REVIEW.data(incident_id, "ask")),
            Button(t.text("It was right"), Press.REVIEW.data(incident_id, ReviewDecision.KEPT.value)),
        ),
        (
            Button(t.text("Learn from it"), Press.REVIEW.data(incident_id, ReviewDecision.MARKED.value)),
            Button(t.text("Next"), Press.REVIEW.data(incident_id, "next")),
        ),
    )
    return Screen("\n\n".join(filter(None, [head, number, _alert(turn, found), _votes(turn, found)])), rows)


def _alert(turn: Turn, found: Reviewable) -> str:
    view = AlertView(
        incident=found.incident,
        severity=severity(found.incident),
        edition=Edition.LIVE,
        language=turn.chat.language,
        time_zone=turn.chat.time_zone,
        now=turn.now,
    )
    return clip(render(view), _ROOM)


def _votes(turn: Turn, found: Reviewable) -> str:
    t = turn.t
    lines = [
        t.plural("{count} person says: {fault}", "{count} people say: {fault}", count, fault=fault_name(fault, t))
        for fault, count in found.votes.items()
    ]
    lines.append(t.plural("{count} chat was told of it.", "{count} chats were told of it.", found.told))
    return "\n".join(lines)


async def reviewed(turn: Turn) -> Answer:
    """A decision on the shown incident, or the next one."""
    incident_id, wanted, t = turn.number(0), turn.field(1), turn.t
    if wanted == "next":
        return Answer((await _next(turn, incident_id),))
    found = await turn.do(reviewing.reviewable, turn.services.store, incident_id)
    if found is None:
        raise StalePress
    name = public_id(Edition.LIVE, incident_id)
    if wanted == "ask":
        yes = Button(t.text("Withdraw it"), Press.REVIEW.data(incident_id, ReviewDecision.WITHDRAWN.value))
        return said(
            _question(turn, name, found.told), (yes, Button(t.text("Next"), Press.REVIEW.data(incident_id, "next")))
        )
    try:
        decision = ReviewDecision(wanted)
    except ValueError as error:
        raise StalePress from error
    await turn.do(reviewing.decide, turn.services.store, incident_id, decision, turn.now)
    done = {
        ReviewDecision.KEPT: t.text("{id} stands, and its votes teach nothing.", id=name),
        ReviewDecision.MARKED: t.text("{id} stands, and training learns from it as from an editor's word.", id=name),
        ReviewDecision.WITHDRAWN: _withdrawn(turn, name, found.told),
    }
    return Answer((await _next(turn, None, done[decision]),))


def _question(turn: Turn, name: str, told: int) -> str:
    return turn.t.plural(
        "Withdraw {id}? {count} chat was told of it and hears at once that it was wrong. This cannot be undone.",
        "Withdraw {id}? {count} chats were told of it and hear at once that it was wrong. This cannot be undone.",
        told,
        id=name,
    )


def _withdrawn(turn: Turn, name: str, told: int) -> str:
    return turn.t.plural(
        "{id} is withdrawn; {count} chat hears of it.", "{id} is withdrawn; {count} chats hear of it.", told, id=name
    )


async def withdraw(turn: Turn) -> Answer:
    """/withdraw ID REASON."""
    t = turn.t
    written, _, reason = turn.text.partition(" ")
    wanted = parse_public_id(written)
    reason = " ".join(reason.split())
    if wanted is None or not reason:
        return said(t.text("Which one, and why? Write for example: /withdraw 417 the video is of 2019"))
    if len(reason) > _REASON:
        return said(t.text("That is too long: at most {count} characters.", count=t.number(_REASON)))
    edition, incident_id = wanted
    name = public_id(*wanted)
    if edition is Edition.SAMPLE:
        return said(t.text("{id} is of the sample, which tells no news: there is nothing to withdraw.", id=name))
    found = await turn.do(reviewing.reviewable, turn.services.store, incident_id)
    if found is None:
        return said(t.text("There is no {id} to withdraw; it may be withdrawn or merged already.", id=name))
    draft_id = await turn.do(reviewing.draft_withdrawal, turn.services.store, incident_id, reason, turn.now)
    why = t.text("Reason: {reason}", reason=reason)
    yes = Button(t.text("Withdraw it"), Press.WITHDRAW.data(draft_id, "yes"))
    no = Button(t.text("Leave it"), Press.WITHDRAW.data(draft_id, "no"))
    return said("\n\n".join([_alert(turn, found), why, _question(turn, name, found.told)]), (yes, no))


async def withdrawal_answered(turn: Turn) -> Answer:
    draft_id, t, store = turn.number(0), turn.t, turn.services.store
    if turn.field(1) != "yes":
        await turn.do(reviewing.drop_draft, store, draft_id)
        return said(t.text("Nothing was withdrawn."))
    try:
        gone = await turn.do(reviewing.confirm_withdrawal, store, draft_id, turn.now)
    except InvalidInput as error:  # it was merged meanwhile
        raise StalePress from error
    if gone is None:
        raise StalePress
    told = await turn.do(reviewing.told, store, gone.id)
    return said(_withdrawn(turn, public_id(Edition.LIVE, gone.id), told))
