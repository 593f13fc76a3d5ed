"""The fake channel itself: it remembers in order, and a failed call leaves nothing."""

import pytest

from alerts.types import Edition, Language
from pipeline.channel import ChatGone, IncidentRef, Urgency
from tests.pipeline.channels import Memory

ABOUT = IncidentRef(Edition.LIVE, 1, Language.EN)


async def test_it_remembers_what_it_was_given() -> None:
    channel = Memory()
    first = await channel.send(7, "a", about=ABOUT, urgency=Urgency.SEVERE)
    second = await channel.send(8, "b", about=ABOUT, urgency=Urgency.MINOR, reply_to=first)
    await channel.edit(7, first, "c", about=ABOUT)
    assert (first, second) == (1, 2)
    assert [(s.chat_id, s.text, s.reply_to) for s in channel.sent] == [(7, "a", None), (8, "b", 1)]
    assert channel.edits == [(7, 1, "c")]


async def test_a_failure_is_raised_once_and_leaves_nothing() -> None:
    channel = Memory([ChatGone("blocked")])
    with pytest.raises(ChatGone):
        await channel.send(7, "a", about=ABOUT, urgency=Urgency.SEVERE)
    assert channel.sent == []
    await channel.edit(7, 1, "c", about=ABOUT)
    assert channel.edits == [(7, 1, "c")]


async def test_digests_are_remembered_with_what_they_tell_of() -> None:
    channel = Memory()
    await channel.send_digest(7, "a", about=[ABOUT], urgency=Urgency.SEVERE)
    assert channel.digests == [(7, "a", [1])]
