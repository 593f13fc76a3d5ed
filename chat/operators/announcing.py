"""/broadcast: the operator's own words to every chat, asked about first."""

from chat.presses import Press
from chat.screens import Answer, Button, said
from chat.texts import clip
from chat.turn import StalePress, Turn
from pipeline import reviewing, tell_notices

MOST = 3_000  # UTF-16 units, so that what is written before it has room


async def broadcast(turn: Turn) -> Answer:
    """/broadcast TEXT."""
    t = turn.t
    if not turn.text:
        return said(t.text("What shall I tell all chats? Write for example: /broadcast The bot rests tonight."))
    if clip(turn.text, MOST) != turn.text:
        return said(t.text("That is too long: at most {count} characters.", count=t.number(MOST)))
    size = await turn.do(tell_notices.broadcast_size, turn.services.store)
    draft_id = await turn.do(reviewing.draft, turn.services.store, turn.text, turn.now)
    text = t.plural(
        "This goes to {count} chat, as it stands here:\n\n{text}",
        "This goes to {count} chats, as it stands here:\n\n{text}",
        size,
        text=turn.text,
    )
    yes = Button(t.text("Send it"), Press.BROADCAST.data(draft_id, "yes"))
    return said(text, (yes, Button(t.text("Drop it"), Press.BROADCAST.data(draft_id, "no"))))


async def answered(turn: Turn) -> Answer:
    draft_id, t, store = turn.number(0), turn.t, turn.services.store
    if turn.field(1) != "yes":
        await turn.do(reviewing.drop_draft, store, draft_id)
        return said(t.text("Dropped. Nobody was told."))
    if not await turn.do(tell_notices.broadcast, store, draft_id, turn.now):
        raise StalePress
    return said(t.text("It is on its way; chats that sleep hear of it in their morning."))
