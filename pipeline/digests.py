"""Send digests: what was held back for a chat, in one message or a few, each marked after the service took it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from alerts.digest import comes_together, gathering, importance, unreachable_until
from alerts.digest_text import Entry, Heading, page
from alerts.levels import LevelView, render_rise_in_short
from alerts.types import ChatState, Severity
from alerts.view import AlertView
from pipeline.channel import (
    Channel,
    ChannelError,
    ChatGone,
    ChatMoved,
    IncidentRef,
    Refused,
    Urgency,
)
from pipeline.retry import retry_at
from pipeline.steps import is_muted, waits
from store.digests import Digest
from store.errors import NotStored
from store.levels import Rise
from store.store import Store, Transaction
from store.tellings import Telling
from store.types import Delivery

log = logging.getLogger(__name__)

MESSAGES = 4  # of one digest; what does not fit is counted, and told by /alerts


@dataclass(frozen=True, slots=True)
class Page:
    """One message of a digest: `shown`: what stands in it; `told`: what the chat knows of with it; `rises`: of
    regions' levels."""

    text: str
    shown: tuple[Delivery, ...]
    told: tuple[Delivery, ...]
    rises: tuple[Telling[Rise], ...] = ()

    @property
    def severity(self) -> Severity:
        """Of the gravest that stands in it."""
        found = [*(delivery.severity for delivery in self.shown), *(rise.about.severity for rise in self.rises)]
        return max(found, key=lambda severity: severity.rank)


class Digester:
    """Sends one chat's digest at a time; used by pipeline.deliver.Deliverer, which sends nothing else to it then."""

    def __init__(
        self, store: Store, channel: Channel, clock: Callable[[], datetime], jitter: Callable[[], float]
    ) -> None:
        self._store = store
        self._channel = channel
        self._clock = clock
        self._jitter = jitter

    async def send(self, digest: Digest) -> None:
        """Send what is held for the chat. A failure leaves what was not told yet for the next try."""
        number = 1
        while found := await asyncio.to_thread(self._next, digest, number):
            try:
                await self._send(found, digest)
            except ChannelError as error:
                log.warning("chat %s, digest: %s", digest.chat.id, type(error).__name__)
                if not await asyncio.to_thread(self._failed, digest, found, error):
                    return
            else:
                await asyncio.to_thread(self._told, found, digest)
            number += 1

    async def _send(self, found: Page, digest: Digest) -> None:
        chat, gravest = digest.chat, found.severity
        refs = [IncidentRef(self._store.edition, d.incident.id, chat.language) for d in found.shown]
        await self._channel.send_digest(chat.id, found.text, about=refs, urgency=Urgency[gravest.name])

    def _next(self, digest: Digest, number: int) -> Page | None:
        """The digest's next message, as of now; None where none is left, or it must wait after all."""
        now, chat_id = self._clock(), digest.chat.id
        with self._store.read() as tx:
            current, owed = tx.digests.of(chat_id), tx.outbox.owed_to(chat_id)
            mutes, rises = tx.mutes.of_chat(chat_id, now), tx.levels.waiting(chat_id, now)
        if current is None or current.chat.state is not ChatState.ACTIVE:
            return None
        held = [delivery for delivery in owed if _belongs(delivery, now)]
        muted = [delivery for delivery in held if is_muted(delivery, mutes, now)]
        if muted:
            self._drop(chat_id, muted, "muted")
            held = [delivery for delivery in held if delivery not in muted]
        asleep = unreachable_until(current.chat, now)
        alone = number == 1 and not rises and not comes_together(current.why, len(held))
        if asleep or not (held or rises) or alone:
            with self._store.write() as tx:
                _put_aside(tx, current, bool(held), asleep, now)
            return None
        held.sort(key=lambda delivery: importance(delivery.severity, delivery.incident.last_seen))
        return self._page(current, held, rises, number, now)

    def _page(
        self, digest: Digest, held: Sequence[Delivery], rises: Sequence[Telling[Rise]], number: int, now: datetime
    ) -> Page:
        chat, last = digest.chat, number >= MESSAGES
        heading = Heading(
            digest.why, digest.opened, now, self._store.edition, chat.language, chat.time_zone, number=number, last=last
        )
        edition, language = self._store.edition, chat.language
        rising = [render_rise_in_short(LevelView(rise.about.standing, edition, language)) for rise in rises]
        text, count = page([self._entry(delivery, now) for delivery in held], heading, rising)
        return Page(text, tuple(held[:count]), tuple(held if last else held[:count]), tuple(rises))

    def _entry(self, delivery: Delivery, now: datetime) -> Entry:
        view = AlertView(
            incident=delivery.incident,
            severity=delivery.severity,
            edition=self._store.edition,
            language=delivery.chat.language,
            time_zone=delivery.chat.time_zone,
            now=now,
        )
        return Entry(view, delivery.pending_reason)

    def _told(self, found: Page, digest: Digest) -> None:
        now = self._clock()
        with self._store.write() as tx:
            for rise in found.rises:
                with suppress(NotStored):
                    tx.levels.told(digest.chat.id, rise.about_id, now)
            for delivery in found.told:
                with suppress(NotStored):  # the chat may have been erased meanwhile
                    key = digest.chat.id, delivery.incident.id
                    tx.outbox.digested(*key, revision=delivery.wanted_revision, now=now)

    def _drop(self, chat_id: int, deliveries: Sequence[Delivery], problem: str) -> None:
        with self._store.write() as tx, suppress(NotStored):
            for delivery in deliveries:
                tx.outbox.drop(chat_id, delivery.incident.id, problem)

    def _failed(self, digest: Digest, found: Page, error: ChannelError) -> bool:
        """Whether the rest of the digest may be sent all the same."""
        chat_id, attempts = digest.chat.id, digest.attempts + 1
        if isinstance(error, Refused):
            self._drop(chat_id, found.told, error.description)
            with self._store.write() as tx, suppress(NotStored):
                for rise in found.rises:
                    tx.levels.drop(chat_id, rise.about_id, error.description)
            return True
        with self._store.write() as tx, suppress(NotStored):
            match error:
                case ChatGone():
                    tx.chats.retire(chat_id)
                case ChatMoved():
                    tx.chats.migrate(chat_id, error.new_chat_id)
                case _:
                    next_at = retry_at(attempts, error, self._clock(), self._jitter())
                    tx.digests.retry(chat_id, attempts=attempts, next_at=next_at, problem=type(error).__name__)
        return False


def _belongs(delivery: Delivery, now: datetime) -> bool:
    """Whether it is told with the digest: what was held, and what came since and would be."""
    waiting = waits(delivery, now)
    return delivery.held or (waiting is not None and waiting.why is not None)


def _put_aside(tx: Transaction, digest: Digest, has_more: bool, asleep: datetime | None, now: datetime) -> None:
    """What becomes of a digest that is not sent now: it waits, is told one by one, or is finished."""
    chat_id = digest.chat.id
    if asleep:
        tx.digests.retry(chat_id, attempts=digest.attempts, next_at=asleep, problem="asleep")
    elif has_more:
        tx.digests.release(chat_id)
    else:
        tx.digests.finish(chat_id, gathering(digest.chat, now), now)
