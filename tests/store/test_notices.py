"""Notices: stored first, spread once, told once, dropped when they hold no more."""

from datetime import timedelta

import pytest

from alerts.notices import Notice, NoticeKind
from alerts.types import ChatState
from feeds.health import Trouble, TroubleKind
from places.types import Area, AreaKind
from store.errors import NotStored
from store.store import Store
from tests.builders import NOW, make_chat, minutes

SILENCE = Notice(
    NoticeKind.SILENCE, area=Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu"), usual=4, names=("A", "B", "C")
)
TROUBLE = Notice(NoticeKind.TROUBLE, troubles=(Trouble(TroubleKind.FEED, "u1", "Kivu", "CD", failing=True, last=NOW),))


@pytest.fixture
def notice_id(store: Store) -> int:
    """A notice; chats 1 to 3 are stored."""
    with store.write() as tx:
        for chat_id in (1, 2, 3):
            tx.chats.put(make_chat(chat_id))
        return tx.notices.add(SILENCE, NOW)


def test_a_notice_is_kept_whole(store: Store, notice_id: int) -> None:
    with store.write() as tx:
        second = tx.notices.add(TROUBLE, NOW)
        tx.notices.advance(notice_id, None)
    with store.read() as tx:
        pending = tx.notices.pending()
        assert pending is not None
        assert (pending.id, pending.notice, pending.at) == (second, TROUBLE, NOW)


def test_spreading_goes_on_from_its_cursor(store: Store, notice_id: int) -> None:
    with store.write() as tx:
        tx.notices.advance(notice_id, 2)
    with store.read() as tx:
        pending = tx.notices.pending()
        assert pending is not None
        assert (pending.cursor, pending.notice) == (2, SILENCE)


def test_each_chat_is_told_once(store: Store, notice_id: int) -> None:
    with store.write() as tx:
        tx.notices.want([1, 2, 3, 4711], notice_id, NOW)
        tx.notices.want([1], notice_id, NOW + minutes(9))  # a batch that was repeated after a crash
        tx.chats.put(make_chat(3, state=ChatState.PAUSED))
    with store.read() as tx:
        assert [telling.chat.id for telling in tx.notices.due(NOW, 10)] == [1, 2]
    with store.write() as tx:
        tx.notices.told(1, notice_id, NOW)
        tx.notices.drop(2, notice_id, "refused")
    with store.read() as tx:
        assert tx.notices.due(NOW + minutes(600), 10) == []
        assert tx.notices.told_of(notice_id, None, 10) == [1]
        assert tx.notices.told_of(notice_id, 1, 10) == []


def test_a_failed_telling_waits(store: Store, notice_id: int) -> None:
    with store.write() as tx:
        tx.notices.want([1], notice_id, NOW)
        tx.notices.retry(1, notice_id, attempts=1, next_at=NOW + minutes(5), problem="Unreachable")
    with store.read() as tx:
        assert tx.notices.due(NOW, 10) == []
        (telling,) = tx.notices.due(NOW + minutes(5), 10)
    assert (telling.attempts, telling.about.notice) == (1, SILENCE)


def test_what_holds_no_more_is_told_nobody(store: Store, notice_id: int) -> None:
    with store.write() as tx:
        tx.notices.want([1, 2], notice_id, NOW)
        tx.notices.told(1, notice_id, NOW)
        tx.notices.outdated(notice_id)
    with store.read() as tx:
        assert tx.notices.due(NOW, 10) == []
        assert tx.notices.pending() is None
        assert tx.notices.told_of(notice_id, None, 10) == [1]


def test_what_is_told_goes_with_the_chat(store: Store, notice_id: int) -> None:
    with store.write() as tx:
        tx.notices.want([1, 2], notice_id, NOW)
        tx.chats.erase(1)
        tx.chats.migrate(2, -100)
    with store.read() as tx:
        assert [telling.chat.id for telling in tx.notices.due(NOW, 10)] == [-100]
    with store.write() as tx, pytest.raises(NotStored):
        tx.notices.told(1, notice_id, NOW)


def test_a_trouble_is_open_until_it_is_closed(store: Store, notice_id: int) -> None:
    with store.write() as tx:
        tx.notices.open_trouble("region:CD/North Kivu", SILENCE, notice_id, NOW)
    with store.read() as tx:
        (trouble,) = tx.notices.troubles().values()
    assert (trouble.notice, trouble.since, trouble.notice_id) == (SILENCE, NOW, notice_id)
    with store.write() as tx:
        tx.notices.close_trouble(trouble.key)
    with store.read() as tx:
        assert tx.notices.troubles() == {}


def test_old_notices_go_and_a_lasting_trouble_stays(store: Store, notice_id: int) -> None:
    with store.write() as tx:
        tx.notices.want([1], notice_id, NOW)
        tx.notices.open_trouble("feed:u1", TROUBLE, notice_id, NOW)
        assert tx.notices.cleanup(NOW + minutes(1)) == 0  # it is not spread yet
        tx.notices.advance(notice_id, None)
        assert tx.notices.cleanup(NOW) == 0
        assert tx.notices.cleanup(NOW + timedelta(days=1)) == 1
    with store.read() as tx:
        assert tx.notices.due(NOW, 10) == []
        assert tx.notices.troubles()["feed:u1"].notice_id is None
    with store.write() as tx, pytest.raises(NotStored):
        tx.notices.advance(notice_id, None)
