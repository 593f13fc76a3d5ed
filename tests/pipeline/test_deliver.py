"""Delivery: one live message for each incident and chat, nothing lost, nothing said twice on purpose."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import pytest

from alerts.mutes import MuteScope, mute_of
from alerts.types import Alert, Bar, ChatState, Reason, Severity
from incidents.types import Certainty, Incident
from pipeline.channel import ChannelError, ChatGone, ChatMoved, MessageGone, Refused, RetryLater, Unreachable, Urgency
from pipeline.deliver import Deliverer
from pipeline.steps import STALE
from store.store import Store
from store.types import Delivery
from tests.builders import (
    NOW,
    make_article,
    make_chat,
    make_incident,
    make_located,
    make_reading,
    make_watch,
    make_witness,
)
from tests.pipeline.channels import Memory

CHAT = 1001


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Scene:
    """A chat that watches Walikale, one incident, and a deliverer on a clock that a test moves."""

    store: Store
    channel: Memory
    clock: Clock
    deliverer: Deliverer
    incident: Incident

    def want(self, reason: Reason, severity: Severity = Severity.SEVERE) -> None:
        with self.store.write() as tx:
            tx.outbox.want(
                CHAT,
                self.incident.id,
                revision=self.incident.revision,
                reason=reason,
                severity=severity,
                watch_ids=[w.id for w in tx.chats.watches(CHAT)],
                now=self.clock(),
                next_at=self.clock(),
            )

    def revise(self) -> None:
        self.incident = replace(self.incident, revision=self.incident.revision + 1, killed=self.incident.revision)
        with self.store.write() as tx:
            tx.incidents.revise(self.incident)

    def row(self) -> Delivery:
        with self.store.read() as tx:
            found = tx.outbox.told(CHAT, self.incident.id)
        assert found is not None
        return found


@pytest.fixture
def scene(sqlite_store: Store) -> Scene:
    with sqlite_store.write() as tx:
        tx.chats.put(make_chat(CHAT))
        tx.chats.add_watch(make_watch(CHAT))
        article = tx.articles.add(make_article(), "hash")
        tx.articles.add_reading(article, make_reading(), make_located())
        incident = tx.incidents.add(make_incident(make_witness(article.id)))
    channel, clock = Memory(), Clock()
    return Scene(sqlite_store, channel, clock, Deliverer(sqlite_store, channel, clock, lambda: 0.0), incident)


async def test_a_new_incident_is_one_message_and_then_nothing(scene: Scene) -> None:
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    await scene.deliverer.drain()
    [said] = scene.channel.sent
    assert (said.chat_id, said.reply_to, said.urgency) == (CHAT, None, Urgency.SEVERE)
    assert "Walikale" in said.text
    assert scene.row().sent_revision == 1


async def test_an_update_edits_silently(scene: Scene) -> None:
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    scene.revise()
    scene.want(Reason.UPDATED)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 1
    assert [(chat, message) for chat, message, _ in scene.channel.edits] == [(CHAT, 1)]


async def test_corroboration_edits_and_rings_once(scene: Scene) -> None:
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    scene.revise()
    scene.want(Reason.CORROBORATED)
    await scene.deliverer.drain()
    assert len(scene.channel.edits) == 1
    assert [said.reply_to for said in scene.channel.sent] == [None, 1]
    assert "CORROBORATED" in scene.channel.sent[1].text


async def test_what_changed_before_the_first_message_is_said_in_it(scene: Scene) -> None:
    scene.want(Reason.NEW)
    scene.revise()
    scene.want(Reason.CORROBORATED)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 1
    assert scene.channel.edits == []
    assert scene.row().sent_revision == 2


async def test_a_newer_revision_than_the_alert_keeps_its_own_reply(scene: Scene) -> None:
    scene.want(Reason.NEW)
    scene.revise()  # committed, its alert not spread yet
    await scene.deliverer.drain()
    scene.want(Reason.DISPUTED)
    await scene.deliverer.drain()
    assert [said.reply_to for said in scene.channel.sent] == [None, 1]


@pytest.mark.parametrize("error", [Unreachable("no answer"), RetryLater("flood", 30.0)])
async def test_a_passing_failure_is_tried_again_later(scene: Scene, error: ChannelError) -> None:
    scene.channel.failures.append(error)
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    assert scene.channel.sent == []
    scene.clock.now += timedelta(seconds=31)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 1


async def test_a_reply_that_fails_is_still_owed_while_the_edit_is_not_repeated(scene: Scene) -> None:
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    scene.revise()
    scene.want(Reason.CONFIRMED)
    await scene.deliverer.tick()
    while len(scene.channel.edits) < 1:
        await scene.deliverer.drain()
    assert scene.row().pending_reason in (Reason.CONFIRMED, None)
    await scene.deliverer.drain()
    assert (len(scene.channel.edits), len(scene.channel.sent)) == (1, 2)


async def test_a_chat_that_is_gone_is_retired(scene: Scene) -> None:
    scene.channel.failures.append(ChatGone("blocked"))
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    with scene.store.read() as tx:
        chat = tx.chats.get(CHAT)
    assert chat is not None
    assert chat.state is ChatState.RETIRED
    scene.clock.now += timedelta(days=1)
    await scene.deliverer.drain()
    assert scene.channel.sent == []


async def test_a_group_that_moved_is_followed(scene: Scene) -> None:
    scene.channel.failures.append(ChatMoved("upgraded", -100777))
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    assert [said.chat_id for said in scene.channel.sent] == [-100777]


async def test_a_message_that_is_gone_is_sent_anew(scene: Scene) -> None:
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    scene.revise()
    scene.want(Reason.UPDATED)
    scene.channel.failures.append(MessageGone("not found"))
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 2
    assert scene.row().message_id == 2


async def test_what_is_refused_is_not_repeated(scene: Scene) -> None:
    scene.channel.failures.append(Refused("text too long"))
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    scene.clock.now += timedelta(days=1)
    await scene.deliverer.drain()
    assert scene.channel.sent == []


async def test_quiet_hours_hold_all_but_extreme(scene: Scene) -> None:
    with scene.store.write() as tx:
        tx.chats.put(make_chat(CHAT, quiet_from=time(17), quiet_until=time(6)))
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    assert scene.channel.sent == []
    scene.clock.now = NOW.replace(day=20, hour=6, minute=1)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 1


async def test_extreme_rings_at_night(scene: Scene) -> None:
    with scene.store.write() as tx:
        tx.chats.put(make_chat(CHAT, quiet_from=time(17), quiet_until=time(6)))
    scene.want(Reason.NEW, Severity.EXTREME)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 1


async def test_an_erased_chat_is_forgotten_by_sends_in_flight(scene: Scene) -> None:
    scene.want(Reason.NEW)
    await scene.deliverer.tick()
    with scene.store.write() as tx:
        tx.chats.erase(CHAT)
    await scene.deliverer.drain()
    with scene.store.read() as tx:
        assert tx.outbox.told(CHAT, scene.incident.id) is None


async def test_who_comes_back_late_is_not_told_old_news(scene: Scene) -> None:
    with scene.store.write() as tx:
        tx.chats.put(make_chat(CHAT, state=ChatState.PAUSED))
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    scene.clock.now += STALE + timedelta(hours=1)
    with scene.store.write() as tx:
        tx.chats.put(make_chat(CHAT))
    await scene.deliverer.drain()
    assert scene.channel.sent == []


async def test_an_error_is_owned_up_to_however_old_it_is(scene: Scene) -> None:
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    scene.clock.now += STALE + timedelta(days=10)
    scene.revise()
    scene.want(Reason.CORROBORATED)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 1, "old news does not ring"
    scene.revise()
    scene.want(Reason.WITHDRAWN)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 2


async def test_quiet_that_took_long_to_tell_rings_unless_that_is_old_news_too(scene: Scene) -> None:
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    scene.clock.now += STALE + timedelta(days=3)
    scene.revise()
    alert = Alert(0, scene.incident.id, 2, Reason.EASED, Severity.SEVERE, Certainty.OBSERVED, scene.clock())
    with scene.store.write() as tx:
        tx.alerts.add(alert)
    scene.clock.now += STALE + timedelta(hours=1)
    scene.want(Reason.EASED)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 1, "it was found before the chat could be told"
    scene.revise()
    with scene.store.write() as tx:
        tx.alerts.add(replace(alert, revision=3, at=scene.clock()))
    scene.want(Reason.EASED)
    await scene.deliverer.drain()
    assert [said.reply_to for said in scene.channel.sent] == [None, 1]
    assert scene.channel.sent[1].text.startswith("EASED")


async def test_a_mute_silences_all_but_what_was_wrong(scene: Scene) -> None:
    scene.want(Reason.NEW)
    await scene.deliverer.drain()
    mute = mute_of(MuteScope.PLACE, scene.incident, CHAT, NOW + timedelta(hours=6))
    with scene.store.write() as tx:
        tx.mutes.put(mute)
    scene.revise()
    scene.want(Reason.CORROBORATED)
    await scene.deliverer.drain()
    assert (len(scene.channel.sent), len(scene.channel.edits)) == (1, 1)
    scene.revise()
    scene.want(Reason.CORRECTED)
    await scene.deliverer.drain()
    assert (len(scene.channel.sent), len(scene.channel.edits)) == (2, 2)
    assert scene.channel.sent[1].text.startswith("CORRECTED")


async def test_what_is_muted_is_told_with_its_next_news_after_the_mute(scene: Scene) -> None:
    with scene.store.write() as tx:
        tx.mutes.put(mute_of(MuteScope.KIND, scene.incident, CHAT, NOW + timedelta(hours=6)))
    scene.want(Reason.NEW, Severity.EXTREME)
    await scene.deliverer.drain()
    scene.clock.now = NOW + timedelta(hours=7)
    await scene.deliverer.drain()
    assert scene.channel.sent == []
    scene.revise()
    scene.want(Reason.UPDATED)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 1


async def test_the_bar_of_a_watch_decides_what_may_ring_at_night(scene: Scene) -> None:
    with scene.store.write() as tx:
        (watch,) = tx.chats.watches(CHAT)
        tx.chats.put_watch(replace(watch, night=Bar(Severity.SEVERE)))
    scene.clock.now = NOW.replace(hour=23)
    scene.want(Reason.NEW, Severity.MODERATE)
    await scene.deliverer.drain()
    assert scene.channel.sent == []
    scene.clock.now = (NOW + timedelta(days=1)).replace(hour=6, minute=0)
    await scene.deliverer.drain()
    assert len(scene.channel.sent) == 1
