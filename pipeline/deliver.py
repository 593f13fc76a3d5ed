"""Bring each chat's live message up to date: alerts to outbox rows, rows to messages, one in flight for each."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from alerts.i18n import load
from alerts.notices import silence_line
from alerts.topic_text import topic_closed
from alerts.types import Reason, Severity
from alerts.watches import covering
from alerts.wording import AlertView, render, render_reply
from incidents.types import Relation
from pipeline.channel import (
    Channel,
    ChannelError,
    IncidentRef,
    MessageGone,
    TopicClosed,
    Urgency,
)
from pipeline.digests import Digester
from pipeline.refusals import not_taken
from pipeline.spread import spread_all
from pipeline.steps import Step, is_muted, is_stale, next_step, waits
from pipeline.topics import GENERAL, Placement, placement
from pipeline.watch_feeds import lasting_silence
from store.digests import Digest
from store.errors import NotStored
from store.store import Store, Transaction
from store.types import Delivery

log = logging.getLogger(__name__)

K = TypeVar("K")

DIGESTS_IN_FLIGHT = 20
IN_FLIGHT = 60  # two seconds' worth of Telegram's overall limit: enough to keep it busy, little to repeat after a crash

URGENCY = {
    Severity.EXTREME: Urgency.EXTREME,
    Severity.SEVERE: Urgency.SEVERE,
    Severity.MODERATE: Urgency.MODERATE,
    Severity.MINOR: Urgency.MINOR,
}


@dataclass(frozen=True, slots=True)
class Message:
    """What is about to be sent. The text shows the newest revision; `delivery.wanted_revision` is the one it settles,
    since whatever is newer has its own alert on the way."""

    delivery: Delivery
    step: Step
    text: str
    placement: Placement = GENERAL


class Deliverer:
    """Sends what is due. Only one may run for a store (see store.lock); the rows in flight are its only memory."""

    def __init__(
        self, store: Store, channel: Channel, clock: Callable[[], datetime], jitter: Callable[[], float]
    ) -> None:
        self._store = store
        self._channel = channel
        self._clock = clock
        self._jitter = jitter
        self._in_flight: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._digester = Digester(store, channel, clock, jitter)
        self._digests: dict[int, asyncio.Task[None]] = {}  # in flight, by chat

    async def tick(self) -> int:
        """Spread what was decided to the chats, and start what is due and not yet in flight; how many were started."""
        await asyncio.to_thread(spread_all, self._store, self._clock())
        return await self._start_digests() + await self._start_messages()

    async def _start_digests(self) -> int:
        due = await asyncio.to_thread(self._due_digests)
        room = DIGESTS_IN_FLIGHT - len(self._digests)
        fresh = [digest for digest in due if digest.chat.id not in self._digests][:room]
        for digest in fresh:
            _keep(self._digests, digest.chat.id, asyncio.create_task(self._digester.send(digest)))
        return len(fresh)

    def _due_digests(self) -> list[Digest]:
        with self._store.read() as tx:
            return tx.digests.due(self._clock(), DIGESTS_IN_FLIGHT)

    async def _start_messages(self) -> int:
        room = IN_FLIGHT - len(self._in_flight)
        if room <= 0:
            return 0
        due = await asyncio.to_thread(self._due, IN_FLIGHT)
        fresh = [d for d in due if not self._is_in_flight(d)][:room]
        for delivery in fresh:
            key = (delivery.chat.id, delivery.incident.id)
            _keep(self._in_flight, key, asyncio.create_task(self._deliver(delivery)))
        return len(fresh)

    def _is_in_flight(self, delivery: Delivery) -> bool:
        """Whether a message is on its way of this incident, or of one that was merged into it meanwhile, or a digest
        that may tell of it."""
        if delivery.chat.id in self._digests:
            return True
        ids = (delivery.incident.id, *delivery.incident.linked(Relation.ABSORBED))
        return any((delivery.chat.id, id) in self._in_flight for id in ids)

    async def drain(self) -> None:
        """Send until nothing is due and nothing is in flight."""
        while await self.tick() or self._in_flight or self._digests:
            await asyncio.gather(*self._in_flight.values(), *self._digests.values())

    def _due(self, limit: int) -> list[Delivery]:
        """What may go out now; what the night holds back is put off to its end, what is stale or muted is dropped."""
        now = self._clock()
        with self._store.read() as tx:
            due = tx.outbox.due(now, limit)
            mutes = tx.mutes.of_chats([delivery.chat.id for delivery in due], now)
        muted = {(d.chat.id, d.incident.id) for d in due if is_muted(d, mutes.get(d.chat.id, ()), now)}
        unmuted = [delivery for delivery in due if (delivery.chat.id, delivery.incident.id) not in muted]
        ready = [delivery for delivery in unmuted if not is_stale(delivery, now) and not waits(delivery, now)]
        if len(ready) < len(due):
            with self._store.write() as tx, suppress(NotStored):
                for key in muted:
                    tx.outbox.drop(*key, "muted")
                for delivery in unmuted:
                    _put_off(tx, delivery, now)
        return ready

    async def _deliver(self, found: Delivery) -> None:
        message = await asyncio.to_thread(self._prepare, found)
        if message is None:
            return
        try:
            message_id = await self._send(message)
        except ChannelError as error:
            log.warning("chat %s, incident %s: %s", found.chat.id, found.incident.id, type(error).__name__)
            await asyncio.to_thread(self._failed, message, error)
        else:
            await asyncio.to_thread(self._sent, message, message_id)

    def _prepare(self, found: Delivery) -> Message | None:
        """The row's next message as of now, not as of when it was found due."""
        with self._store.read() as tx:
            delivery = tx.outbox.told(found.chat.id, found.incident.id)
            step = next_step(delivery) if delivery else None
            if delivery is None or step is None:
                return None
            topics = tx.topics.of_watches([watch.id for watch in delivery.watches])
            silence = lasting_silence(tx, delivery.incident.place)
            corrects = delivery.pending_reason is Reason.CORRECTED
            revisions = tx.incidents.revisions(delivery.incident.id) if corrects else ()
        matched = covering(delivery.watches, delivery.incident)
        view = AlertView(
            incident=delivery.incident,
            severity=delivery.severity,
            edition=self._store.edition,
            language=delivery.chat.language,
            time_zone=delivery.chat.time_zone,
            now=self._clock(),
            watches=tuple((watch.area.name, match) for watch, match in matched),
            notes=(silence_line(silence, load(delivery.chat.language)),) if silence else (),
        )
        reason = delivery.pending_reason if step is Step.REPLY else None
        text = render_reply(view, reason, revisions) if reason else render(view)
        placed = GENERAL if step is Step.EDIT else placement([watch for watch, _ in matched], topics)
        if placed.closed:
            areas = [watch.area.name for watch in placed.closed]
            text = f"{text}\n\n{topic_closed(areas, delivery.chat.language)}"
        return Message(delivery, step, text, placed)

    async def _send(self, message: Message) -> int:
        delivery, chat = message.delivery, message.delivery.chat
        about = IncidentRef(self._store.edition, delivery.incident.id, chat.language, message.placement.thread_id)
        if message.step is Step.EDIT and delivery.message_id is not None:
            await self._channel.edit(chat.id, delivery.message_id, message.text, about=about)
            return delivery.message_id
        reply_to = delivery.message_id if message.step is Step.REPLY else None
        urgency = URGENCY[delivery.severity]
        return await self._channel.send(chat.id, message.text, about=about, urgency=urgency, reply_to=reply_to)

    def _sent(self, message: Message, message_id: int) -> None:
        key, revision = (message.delivery.chat.id, message.delivery.incident.id), message.delivery.wanted_revision
        with self._store.write() as tx, suppress(NotStored):  # the chat may have been erased meanwhile
            for watch in message.placement.closed:  # the chat was told so now
                tx.topics.unbind(watch.chat_id, watch.id)
            if message.step is Step.REPLY:
                tx.outbox.replied(*key, revision)
            else:
                tx.outbox.sent(*key, revision=revision, message_id=message_id, now=self._clock())

    def _failed(self, message: Message, error: ChannelError) -> None:
        delivery, thread_id = message.delivery, message.placement.thread_id
        key, attempts = (delivery.chat.id, delivery.incident.id), delivery.attempts + 1
        now, jitter = self._clock(), self._jitter()
        with self._store.write() as tx, suppress(NotStored):
            match error:
                case MessageGone():
                    tx.outbox.lost_message(*key)
                case TopicClosed() if thread_id is not None:
                    tx.topics.close(key[0], thread_id)
                case _:
                    not_taken(tx, tx.outbox, key, error, attempts=attempts, now=now, jitter=jitter)


def _put_off(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    key = delivery.chat.id, delivery.incident.id
    if is_stale(delivery, now):
        tx.outbox.drop(*key, "too old to be news")
    elif waiting := waits(delivery, now):
        if waiting.why is None:
            tx.outbox.retry(*key, attempts=delivery.attempts, next_at=waiting.until, problem="quiet hours")
        else:
            tx.digests.hold(*key, waiting.until, waiting.why, now)


def _keep(tasks: dict[K, asyncio.Task[None]], key: K, task: asyncio.Task[None]) -> None:
    """Remember a task until it is done."""
    tasks[key] = task
    task.add_done_callback(lambda _: tasks.pop(key, None))
