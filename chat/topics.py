"""/topic: which watches are told of in the forum topic where it is said."""

from chat.presses import Press
from chat.screens import Answer, Button, Screen, in_rows, said
from chat.turn import StalePress, Turn

GENERAL = 0  # on a button: the General topic, which has no number of its own


async def topic(turn: Turn) -> Answer:
    """/topic, in a forum."""
    t = turn.t
    if not turn.forum:
        return said(
            t.text("This chat has no topics. Where a group has them, /topic said in one chooses what is told there.")
        )
    return Answer((await _screen(turn, turn.thread_id or GENERAL),))


async def chosen(turn: Turn) -> Answer:
    """A watch was moved to a topic."""
    thread, watch_id, to = turn.number(0), turn.number(1), turn.number(2)
    if min(thread, to) < GENERAL or not await turn.do(
        turn.services.topics.set, turn.chat.id, watch_id, None if to == GENERAL else to
    ):
        raise StalePress
    return Answer((await _screen(turn, thread),))


async def _screen(turn: Turn, thread: int) -> Screen:
    """`thread`: the topic in which the screen stands."""
    t = turn.t
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    if not watches:
        return Screen(t.text("You watch nothing yet. Write the name of a place, or /watch."))
    topics = await turn.do(turn.services.topics.topics, turn.chat.id)
    buttons = []
    for watch in watches:
        there = topics[watch.id].thread_id if watch.id in topics else GENERAL
        label = f"✓ {watch.area.name}" if there == thread else watch.area.name
        to = GENERAL if there == thread else thread
        buttons.append(Button(label, Press.TOPIC.data(thread, watch.id, to)))
    if thread == GENERAL:
        text = t.text(
            "Marked watches are told of here, in General. Press one of the others to bring it back from its topic."
        )
    else:
        text = t.text(
            "Marked watches are told of in this topic. Press one to choose or drop it; what is dropped goes to "
            "General. Digests and levels always come in General."
        )
    return Screen(text, in_rows(buttons, 1))
