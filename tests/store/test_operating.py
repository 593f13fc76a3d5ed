"""What operators decide, what they have not confirmed, whom they let in, and how much there is of everything."""

from datetime import timedelta

import pytest

from alerts.reviews import ReviewDecision
from alerts.types import ChatState, Language, Verdict
from classifiers.taxonomy import Fault
from feeds.choices import FeedChoice, FeedChoiceKind
from feeds.schedule import FeedState, FeedStatus
from feeds.types import Reliability
from store.counts import Made, Waiting
from store.errors import NotStored
from store.store import Store
from tests.builders import NOW, NewIncident, NewWatch, make_catalogue, make_chat, make_feed, minutes

URL = "https://herald.example/feed"
WEEK = timedelta(days=7)


def test_the_last_word_on_a_feed_counts(store: Store) -> None:
    with store.write() as tx:
        tx.operating.choose(FeedChoice(URL, FeedChoiceKind.ADDED, "fr"), NOW)
        tx.operating.choose(FeedChoice("other", FeedChoiceKind.REMOVED), NOW - minutes(1))
        tx.operating.choose(FeedChoice(URL, FeedChoiceKind.REMOVED), NOW)
        assert tx.operating.choices() == [
            FeedChoice("other", FeedChoiceKind.REMOVED),
            FeedChoice(URL, FeedChoiceKind.REMOVED),
        ]
        tx.operating.unchoose(URL)
        assert [choice.url for choice in tx.operating.choices()] == ["other"]


def test_grades_can_be_taken_back(store: Store) -> None:
    with store.write() as tx:
        tx.operating.grade("herald", Reliability.B)
        tx.operating.grade("herald", Reliability.D)
        assert tx.operating.grades() == {"herald": Reliability.D}
        tx.operating.grade("herald", None)
        assert tx.operating.grades() == {}


def test_a_draft_is_taken_once_and_dies_unconfirmed(store: Store) -> None:
    with store.write() as tx:
        first, second = tx.operating.add_draft("Hello", NOW), tx.operating.add_draft("Later", NOW + minutes(5))
        assert tx.operating.take_draft(first) == "Hello"
        assert tx.operating.take_draft(first) is None
        tx.operating.cleanup_drafts(NOW + minutes(6))
        assert tx.operating.take_draft(second) is None


def test_what_waits_for_review_is_what_nobody_decided_since(store: Store, new_incident: NewIncident) -> None:
    few, many, gone = new_incident("few"), new_incident("many"), new_incident("gone", withdrawn=True)
    votes = [(1, few), (1, many), (2, many), (1, gone)]
    with store.write() as tx:
        for chat_id in (1, 2, 3):
            tx.chats.put(make_chat(chat_id))
        for chat_id, incident in votes:
            tx.verdicts.put(Verdict(chat_id, incident.id, Fault.WRONG_PLACE, 1, NOW))
        assert tx.operating.to_review() == [many.id, few.id]
        tx.operating.review(many.id, ReviewDecision.KEPT, NOW + minutes(1))
        assert tx.operating.to_review() == [few.id]
        assert tx.operating.reviews() == {many.id: ReviewDecision.KEPT}
        tx.verdicts.put(Verdict(3, many.id, Fault.NOT_AN_EVENT, 1, NOW + minutes(2)))
        assert tx.operating.to_review() == [many.id, few.id]


def test_a_code_lets_one_chat_in_until_it_dies(store: Store) -> None:
    with store.write() as tx:
        invite = tx.invites.add("h1", NOW, NOW + WEEK)
        assert not tx.invites.use("h2", 7, NOW)
        assert not tx.invites.use("h1", 7, NOW + WEEK)
        assert tx.invites.use("h1", 7, NOW)
        assert not tx.invites.use("h1", 8, NOW)
        assert tx.invites.admitted(7)
        assert not tx.invites.admitted(8)
        tx.chats.migrate(7, -1007)
        assert tx.invites.chats() == {-1007}
        assert tx.invites.revoke(invite.id) == (True, -1007)
        assert tx.invites.revoke(invite.id) == (False, None)
        assert not tx.invites.admitted(-1007)


def test_unused_codes_go_when_they_die_and_used_ones_with_their_chat(store: Store) -> None:
    with store.write() as tx:
        tx.invites.add("h1", NOW, NOW + WEEK)
        used = tx.invites.add("h2", NOW, NOW + WEEK)
        tx.invites.use("h2", 7, NOW)
        assert [(i.id == used.id, i.used) for i in tx.invites.all(NOW)] == [(True, True), (False, False)]
        tx.invites.cleanup(NOW + WEEK)
        assert [i.id for i in tx.invites.all(NOW)] == [used.id]
        tx.chats.erase(7)
        assert tx.invites.all(NOW) == []


def test_a_feed_that_is_paused_while_it_is_polled_stays_paused(store: Store) -> None:
    with store.write() as tx:
        tx.feeds.sync(make_catalogue(make_feed(URL)), NOW)
        tx.feeds.pause(URL)
        tx.feeds.save(FeedState(URL, NOW, newest=NOW))
        (state,) = tx.feeds.all()
        assert (state.status, state.newest, tx.feeds.due(NOW, 5)) == (FeedStatus.PAUSED, NOW, [])
        tx.feeds.resume(URL, NOW)
        (state,) = tx.feeds.due(NOW, 5)
        assert state.status is FeedStatus.HEALTHY
        with pytest.raises(NotStored):
            tx.feeds.pause("unknown")


def test_everything_is_counted(store: Store, new_incident: NewIncident, new_watch: NewWatch) -> None:
    new_incident("recent")
    new_incident("older", first_seen=NOW - timedelta(days=3))
    new_watch(1)
    new_watch(1)
    with store.write() as tx:
        tx.chats.put(make_chat(2, language=Language.FR, state=ChatState.PAUSED))
    with store.read() as tx:
        counts = tx.counts
        assert counts.chats() == {(ChatState.ACTIVE, Language.EN): 1, (ChatState.PAUSED, Language.FR): 1}
        assert counts.watches() == 2
        assert counts.since(NOW - timedelta(days=1)) == Made(articles=2, incidents=1, alerts=0)
        assert counts.since(NOW - WEEK).incidents == 2
        assert counts.waiting(NOW) == Waiting(0, None)
