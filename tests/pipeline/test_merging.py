"""Incidents found to be one or two: those told are corrected once, and nobody is told the same thing twice."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from alerts.types import Chat, ChatKind, Language, Reason, Watch
from classifiers.taxonomy import Signal
from incidents.types import Cause, Incident, Link, Relation, Report
from pipeline.channel import IncidentRef, Urgency
from pipeline.deliver import Deliverer
from pipeline.fuse import Recorded, record
from pipeline.history import detail
from places.types import Area, AreaKind
from store.store import Store
from tests.incidents.test_regroup import BOTH, CLINIC, MARKET, SCHOOL, TEMPLE

LATER = BOTH.article.published
ONE, OTHER = 1001, 1002


@dataclass
class Phone:
    """A channel that keeps what each chat sees; `gate`: sends wait for it."""

    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    rings: list[tuple[int, str]] = field(default_factory=list)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event | None = None
    number: int = 0

    async def send(
        self, chat_id: int, text: str, *, about: IncidentRef, urgency: Urgency, reply_to: int | None = None
    ) -> int:
        self.started.set()
        if self.gate is not None:
            await self.gate.wait()
        self.number += 1
        self.rings.append((chat_id, text))
        if reply_to is None:
            self.shown[chat_id, self.number] = text
        return self.number

    async def edit(self, chat_id: int, message_id: int, text: str, *, about: IncidentRef) -> None:
        self.shown[chat_id, message_id] = text

    async def send_digest(self, chat_id: int, text: str, *, about: Sequence[IncidentRef], urgency: Urgency) -> None:
        self.rings.append((chat_id, text))

    def of(self, chat_id: int) -> list[str]:
        return [text for (chat, _), text in self.shown.items() if chat == chat_id]


def subscribe(store: Store, *chats: int) -> None:
    with store.write() as tx:
        for chat in chats:
            tx.chats.put(Chat(chat, ChatKind.PRIVATE, Language.EN))
            tx.chats.add_watch(Watch(0, chat, Area(AreaKind.WORLD, "World")))


def take(store: Store, report: Report) -> Recorded:
    return record(store, report, "hash", report.article.published)


def deliverer(store: Store, phone: Phone) -> Deliverer:
    return Deliverer(store, phone, lambda: LATER, jitter=lambda: 0.0)


def incident(recorded: Recorded) -> Incident:
    assert recorded.incident is not None
    return recorded.incident


async def test_who_was_told_of_both_gets_one_silent_edit_that_points_to_the_other(store: Store) -> None:
    subscribe(store, ONE)
    phone = Phone()
    take(store, CLINIC)
    take(store, SCHOOL)
    await deliverer(store, phone).drain()
    assert len(phone.of(ONE)) == 2
    merged = take(store, BOTH)
    before = len(phone.rings)
    await deliverer(store, phone).drain()
    whole, pointing = sorted(phone.of(ONE))
    assert incident(merged).cause is Cause.MERGE
    assert "CORROBORATED by" in whole
    assert pointing.startswith("MERGED with T-0001, the same event: ")
    assert len(phone.of(ONE)) == 2
    assert len(phone.rings) - before <= 1  # the corroboration of the whole rings; the merge does not


async def test_who_knows_only_the_lesser_keeps_that_message_and_nobody_is_told_twice(store: Store) -> None:
    """The chat subscribed after the greater incident was spread."""
    phone = Phone()
    take(store, CLINIC)
    await deliverer(store, phone).drain()
    subscribe(store, ONE)
    take(store, SCHOOL)
    await deliverer(store, phone).drain()
    [told] = phone.of(ONE)
    take(store, BOTH)
    await deliverer(store, phone).drain()
    [now] = phone.of(ONE)
    assert now != told
    assert now.rstrip().split()[-1].startswith("T-0001/")
    found = detail([store], store.edition, 2, ONE)
    assert found is not None
    assert found.incident.id == 1


@pytest.mark.parametrize("known", [True, False], ids=["told of the other before", "told of neither"])
async def test_two_incidents_merged_while_an_alert_is_being_sent(store: Store, known: bool) -> None:
    subscribe(store, ONE)
    phone = Phone()
    sender = deliverer(store, phone)
    take(store, CLINIC)
    if known:
        await sender.drain()
        take(store, SCHOOL)
    phone.gate = asyncio.Event()
    phone.started.clear()
    sending = asyncio.create_task(sender.drain())
    await phone.started.wait()
    if not known:
        take(store, SCHOOL)
    merged = await asyncio.to_thread(take, store, BOTH)
    phone.gate.set()
    await sending
    await sender.drain()
    texts = phone.of(ONE)
    standing = [text for text in texts if not text.startswith("MERGED")]
    assert len(standing) == 1
    assert f"T-{incident(merged).id:04d}" in standing[0]
    assert "CORROBORATED by" in standing[0]
    assert len(texts) == (2 if known else 1)


async def test_an_incident_found_to_be_two_is_corrected_once(store: Store) -> None:
    subscribe(store, ONE)
    phone = Phone()
    for report in TEMPLE:
        take(store, report)
    with store.write() as tx:
        [known] = tx.incidents.all()
    strays = [take(store, report) for report in MARKET[:2]]
    stray = incident(strays[-1])
    assert stray.id != known.id
    with store.write() as tx:  # as if both had been taken for one
        [temple] = tx.incidents.newest([known.id])
        tx.incidents.revise(mixed(temple, stray))
        tx.incidents.revise(gone(stray, temple.id))
    await deliverer(store, phone).drain()
    phone.rings.clear()
    split = take(store, MARKET[2])
    await deliverer(store, phone).drain()
    assert incident(split).cause is Cause.SPLIT
    [other] = incident(split).linked(Relation.SPLIT_INTO)
    corrections = [text for _, text in phone.rings if text.startswith("CORRECTED")]
    assert len(corrections) == 1
    assert f"T-{other:04d}" in corrections[0]
    with store.read() as tx:
        assert [alert.reason for alert in tx.alerts.of_incident(other)] == [Reason.NEW]
        parted = tx.incidents.get(other)
    assert parted is not None
    assert parted.kind is Signal.CIVILIANS_ATTACKED
    assert parted.injured == 2


def mixed(temple: Incident, stray: Incident) -> Incident:
    witnesses = (*temple.witnesses, *stray.witnesses)
    return replace(temple, revision=temple.revision + 1, witnesses=witnesses, last_seen=stray.last_seen)


def gone(stray: Incident, into: int) -> Incident:
    return replace(stray, revision=stray.revision + 1, links=(Link(Relation.MERGED_INTO, into),))
