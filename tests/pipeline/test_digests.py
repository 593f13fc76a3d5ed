"""Digests: what waited is told together, nothing twice and nothing lost."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import pytest

from alerts.types import Chat, ChatState, Reason, Rhythm, Severity
from incidents.types import Incident
from pipeline.channel import ChatGone, ChatMoved, Refused, RetryLater, Unreachable
from pipeline.deliver import Deliverer
from pipeline.digests import MESSAGES, Digester
from store.store import Store
from store.types import Delivery, HistoryFilter
from tests.builders import NOW, make_article, make_chat, make_incident, make_watch, make_witness
from tests.pipeline.channels import Memory

CHAT = 1001
HOURLY = make_chat(CHAT, rhythm=Rhythm.HOURLY)
NIGHT = make_chat(CHAT, quiet_from=time(17), quiet_until=time(6))
MORNING = NOW.replace(day=20, hour=6, minute=0)
HOUR = NOW.replace(hour=19, minute=0)


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Scene:
    """Incidents that a chat is to be told of, and a deliverer on a clock that a test moves."""

    store: Store
    channel: Memory
    clock: Clock
    deliverer: Deliverer

    def chat(self, chat: Chat) -> None:
        with self.store.write() as tx:
            tx.chats.put(chat)
            if not tx.chats.watches(chat.id):
                tx.chats.add_watch(make_watch(chat.id))

    def happens(self, severity: Severity = Severity.SEVERE, chat_id: int = CHAT) -> Incident:
        with self.store.write() as tx:
            article = tx.articles.add(make_article(), "hash")
            seen = self.clock()
            made = make_incident(make_witness(article.id, published=seen), first_seen=seen, last_seen=seen)
            incident = tx.incidents.add(made)
        self.want(incident, Reason.NEW, severity, chat_id)
        return incident

    def changes(self, incident: Incident, reason: Reason, severity: Severity = Severity.SEVERE) -> Incident:
        changed = replace(incident, revision=incident.revision + 1, killed=incident.revision)
        with self.store.write() as tx:
            tx.incidents.revise(changed)
        self.want(changed, reason, severity)
        return changed

    def want(self, incident: Incident, reason: Reason, severity: Severity, chat_id: int = CHAT) -> None:
        now = self.clock()
        with self.store.write() as tx:
            ids = [watch.id for watch in tx.chats.watches(chat_id)]
            wanted = {"revision": incident.revision, "reason": reason, "severity": severity}
            tx.outbox.want(chat_id, incident.id, **wanted, watch_ids=ids, now=now, next_at=now)  # type: ignore[arg-type]

    async def at(self, now: datetime) -> None:
        self.clock.now = now
        await self.deliverer.drain()

    def row(self, incident: Incident, chat_id: int = CHAT) -> Delivery:
        with self.store.read() as tx:
            found = tx.outbox.told(chat_id, incident.id)
        assert found is not None
        return found

    def history(self) -> list[int]:
        with self.store.read() as tx:
            return sorted(told.incident.id for told in tx.history.told(CHAT, HistoryFilter(), 0, 500)[0])

    def waits(self) -> bool:
        with self.store.read() as tx:
            return tx.digests.of(CHAT) is not None


@pytest.fixture
def scene(sqlite_store: Store) -> Scene:
    return restarted(sqlite_store, Memory(), Clock())


def restarted(store: Store, channel: Memory, clock: Clock) -> Scene:
    return Scene(store, channel, clock, Deliverer(store, channel, clock, lambda: 0.0))


async def test_an_hourly_chat_is_told_at_the_full_hour_in_one_message(scene: Scene) -> None:
    scene.chat(HOURLY)
    moderate, severe = scene.happens(Severity.MODERATE), scene.happens()
    await scene.at(HOUR - timedelta(seconds=1))
    assert (scene.channel.sent, scene.channel.digests) == ([], [])
    await scene.at(HOUR)
    [(chat_id, text, ids)] = scene.channel.digests
    assert (chat_id, ids) == (CHAT, [severe.id, moderate.id])
    assert text.startswith("DIGEST: 2 events")
    assert scene.history() == [moderate.id, severe.id]
    await scene.at(HOUR + timedelta(hours=5))
    assert (len(scene.channel.digests), scene.channel.sent, scene.waits()) == (1, [], False)


async def test_what_comes_after_a_digest_is_in_the_next_one_alone(scene: Scene) -> None:
    scene.chat(HOURLY)
    scene.happens()
    await scene.at(NOW)
    await scene.at(HOUR)
    second = scene.happens()
    await scene.at(HOUR + timedelta(minutes=59))
    assert len(scene.channel.digests) == 1
    await scene.at(HOUR + timedelta(minutes=60))
    assert [ids for _, _, ids in scene.channel.digests][1:] == [[second.id]]


async def test_extreme_comes_at_once_and_is_not_told_again(scene: Scene) -> None:
    scene.chat(HOURLY)
    scene.happens(Severity.EXTREME)
    other = scene.happens()
    await scene.at(NOW)
    assert len(scene.channel.sent) == 1
    await scene.at(HOUR)
    assert [ids for _, _, ids in scene.channel.digests] == [[other.id]]


async def test_what_becomes_extreme_while_it_waits_comes_at_once(scene: Scene) -> None:
    scene.chat(HOURLY)
    incident = scene.happens()
    await scene.at(NOW)
    scene.changes(incident, Reason.ESCALATED, Severity.EXTREME)
    await scene.at(NOW)
    assert len(scene.channel.sent) == 1
    await scene.at(HOUR)
    assert scene.channel.digests == []


@pytest.mark.parametrize("reason", [Reason.WITHDRAWN, Reason.CORRECTED])
async def test_an_error_that_a_digest_told_is_put_right_at_once(scene: Scene, reason: Reason) -> None:
    scene.chat(HOURLY)
    incident = scene.happens()
    await scene.at(NOW)
    await scene.at(HOUR)
    scene.changes(incident, reason)
    await scene.at(HOUR + timedelta(minutes=1))
    [said] = scene.channel.sent
    assert said.reply_to is None
    assert f"T-{incident.id:04d}/2" in said.text
    await scene.at(HOUR + timedelta(hours=3))
    assert (len(scene.channel.sent), len(scene.channel.digests), scene.channel.edits) == (1, 1, [])


async def test_other_changes_of_what_a_digest_told_are_in_the_next(scene: Scene) -> None:
    scene.chat(HOURLY)
    incident = scene.happens()
    await scene.at(NOW)
    await scene.at(HOUR)
    silent = scene.changes(incident, Reason.UPDATED)
    await scene.at(HOUR + timedelta(hours=1))
    assert len(scene.channel.digests) == 1
    scene.changes(silent, Reason.CORROBORATED)
    await scene.at(HOUR + timedelta(minutes=90))
    await scene.at(HOUR + timedelta(hours=2))
    assert "CORROBORATED" in scene.channel.digests[1][1]
    assert (scene.channel.sent, scene.channel.edits) == ([], [])


async def test_what_a_digest_told_and_becomes_extreme_gets_a_message_of_its_own(scene: Scene) -> None:
    scene.chat(HOURLY)
    incident = scene.happens()
    await scene.at(NOW)
    await scene.at(HOUR)
    graver = scene.changes(incident, Reason.ESCALATED, Severity.EXTREME)
    await scene.at(HOUR + timedelta(minutes=1))
    [said] = scene.channel.sent
    assert scene.row(graver).message_id == said.message_id
    scene.changes(graver, Reason.UPDATED, Severity.EXTREME)
    await scene.at(HOUR + timedelta(minutes=2))
    assert [(chat_id, message_id) for chat_id, message_id, _ in scene.channel.edits] == [(CHAT, said.message_id)]


@pytest.mark.parametrize(("count", "messages", "digests"), [(3, 3, 0), (4, 0, 1)])
async def test_after_a_quiet_night_a_few_come_one_by_one_and_more_together(
    scene: Scene, count: int, messages: int, digests: int
) -> None:
    scene.chat(NIGHT)
    for _ in range(count):
        scene.happens()
    await scene.at(MORNING - timedelta(seconds=1))
    assert scene.channel.sent == []
    await scene.at(MORNING)
    assert (len(scene.channel.sent), len(scene.channel.digests), scene.waits()) == (messages, digests, False)
    assert len(scene.history()) == count


async def test_a_pause_ends_with_one_summary_however_long_it_was(scene: Scene) -> None:
    until = NOW + timedelta(days=9)
    scene.chat(make_chat(CHAT, paused_until=until))
    first = scene.happens(Severity.EXTREME)
    await scene.at(NOW)
    scene.clock.now = NOW + timedelta(days=8)
    last = scene.happens()
    await scene.at(until - timedelta(seconds=1))
    assert (scene.channel.sent, scene.channel.digests) == ([], [])
    await scene.at(until)
    [(_, text, ids)] = scene.channel.digests
    assert ids == [first.id, last.id]
    assert text.startswith("DIGEST of the pause: 2 events since 19 March, 18:04.")
    scene.happens()
    await scene.at(until + timedelta(minutes=1))
    assert len(scene.channel.sent) == 1


async def test_nothing_to_tell_is_no_digest(scene: Scene) -> None:
    scene.chat(make_chat(CHAT, rhythm=Rhythm.DAILY, digest_at=time(19)))
    await scene.at(HOUR + timedelta(days=1))
    assert scene.channel.digests == []


async def test_what_is_withdrawn_before_the_digest_says_so_in_it(scene: Scene) -> None:
    scene.chat(HOURLY)
    incident = scene.happens()
    await scene.at(NOW)
    assert scene.waits()
    withdrawn = replace(incident, revision=2, withdrawn=True)
    with scene.store.write() as tx:
        tx.incidents.revise(withdrawn)
    scene.want(withdrawn, Reason.WITHDRAWN, Severity.SEVERE)
    await scene.at(HOUR)
    assert "WITHDRAWN" in scene.channel.digests[0][1]


def flood(scene: Scene, count: int = 90) -> list[int]:
    return [scene.happens().id for _ in range(count)]


async def test_a_long_digest_is_several_messages_of_whole_entries(scene: Scene) -> None:
    scene.chat(HOURLY)
    ids = flood(scene)
    await scene.at(NOW)
    await scene.at(HOUR)
    assert 1 < len(scene.channel.digests) < MESSAGES
    assert sorted(id for _, _, told in scene.channel.digests for id in told) == ids
    assert scene.channel.digests[1][1].startswith("DIGEST, continued (2).")


async def test_more_than_a_few_messages_are_counted_and_left_to_the_history(scene: Scene) -> None:
    scene.chat(HOURLY)
    ids = flood(scene, 260)
    await scene.at(NOW)
    await scene.at(HOUR)
    assert len(scene.channel.digests) == MESSAGES
    shown = sum(len(told) for _, _, told in scene.channel.digests)
    assert f"And {len(ids) - shown} more" in scene.channel.digests[-1][1]
    assert scene.history() == ids
    await scene.at(HOUR + timedelta(hours=1))
    assert len(scene.channel.digests) == MESSAGES


@pytest.mark.parametrize("error", [RetryLater("flood", 30.0), Unreachable("no answer")])
async def test_a_digest_that_fails_half_way_goes_on_where_it_stopped(scene: Scene, error: Exception) -> None:
    scene.chat(HOURLY)
    ids = flood(scene)
    await scene.at(NOW)
    scene.channel.fails_after(1, error)
    await scene.at(HOUR)
    assert len(scene.channel.digests) == 1
    await scene.at(HOUR + timedelta(seconds=31))
    assert sorted(id for _, _, told in scene.channel.digests for id in told) == ids


async def test_a_process_that_dies_between_two_messages_tells_the_rest_when_it_is_back(scene: Scene) -> None:
    scene.chat(HOURLY)
    ids = flood(scene)
    await scene.at(NOW)
    scene.channel.fails_after(1, RuntimeError("killed"))
    scene.clock.now = HOUR
    with scene.store.read() as tx:
        (due,) = tx.digests.due(HOUR, 10)
    with pytest.raises(RuntimeError, match="killed"):
        await Digester(scene.store, scene.channel, scene.clock, lambda: 0.0).send(due)
    again = restarted(scene.store, Memory(), Clock(HOUR + timedelta(hours=7)))
    await again.deliverer.drain()
    told = [id for _, _, told in (*scene.channel.digests, *again.channel.digests) for id in told]
    assert sorted(told) == ids


async def test_a_chat_that_blocks_in_the_middle_is_retired_and_hears_no_old_news(scene: Scene) -> None:
    scene.chat(HOURLY)
    flood(scene)
    await scene.at(NOW)
    scene.channel.fails_after(1, ChatGone("blocked"))
    await scene.at(HOUR)
    await scene.at(HOUR + timedelta(hours=2))
    with scene.store.read() as tx:
        chat = tx.chats.get(CHAT)
    assert chat is not None
    assert (chat.state, len(scene.channel.digests)) == (ChatState.RETIRED, 1)


async def test_a_group_that_moves_in_the_middle_is_followed(scene: Scene) -> None:
    scene.chat(HOURLY)
    ids = flood(scene)
    await scene.at(NOW)
    scene.channel.fails_after(1, ChatMoved("upgraded", -100777))
    await scene.at(HOUR)
    assert {chat_id for chat_id, _, _ in scene.channel.digests[1:]} == {-100777}
    assert sorted(id for _, _, told in scene.channel.digests for id in told) == ids


async def test_what_the_service_refuses_is_not_repeated(scene: Scene) -> None:
    scene.chat(HOURLY)
    scene.happens()
    await scene.at(NOW)
    scene.channel.fails_after(0, Refused("text too long"))
    await scene.at(HOUR)
    await scene.at(HOUR + timedelta(hours=2))
    assert (scene.channel.digests, scene.waits()) == ([], False)


async def test_an_erased_chat_leaves_no_digest(scene: Scene) -> None:
    scene.chat(HOURLY)
    scene.happens()
    await scene.at(NOW)
    assert scene.waits()
    with scene.store.write() as tx:
        tx.chats.erase(CHAT)
    assert not scene.waits()
    await scene.at(HOUR)
    assert scene.channel.digests == []


async def test_what_is_revised_as_the_digest_is_due_is_in_it(scene: Scene) -> None:
    scene.chat(HOURLY)
    incident = scene.happens()
    await scene.at(NOW)
    scene.clock.now = HOUR
    scene.changes(incident, Reason.UPDATED)
    await scene.at(HOUR)
    assert f"T-{incident.id:04d}/2" in scene.channel.digests[0][1]
