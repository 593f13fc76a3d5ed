"""Judging what a chat was told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.types import Edition, Verdict
from classifiers.taxonomy import Fault
from pipeline import history
from pipeline.verdicts import NotTold, vote, voted
from store.migrations import migrate
from store.store import Store
from tests.builders import NOW, make_chat
from tests.telling import tell

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def stores(sqlite_store: Store, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    url = f"sqlite:///{tmp_path}/sample.sqlite"
    migrate(url)
    sample = Store.open(url, Edition.SAMPLE)
    for store in (sqlite_store, sample):
        with store.write() as tx:
            tx.chats.put(make_chat(7))
            tx.chats.put(make_chat(8))
    yield sqlite_store, sample
    sample.close()


def test_a_vote_goes_to_the_edition_it_speaks_of(stores: tuple[Store, Store]) -> None:
    live, sample = tell(stores[0], 7), tell(stores[1], 7)
    assert live.id == sample.id
    assert voted(stores, Edition.SAMPLE, sample.id, 7) is None
    vote(stores, Edition.SAMPLE, sample.id, 7, Fault.WRONG_KIND, NOW)
    assert voted(stores, Edition.SAMPLE, sample.id, 7) is Fault.WRONG_KIND
    assert voted(stores, Edition.LIVE, live.id, 7) is None


def test_a_vote_is_changed_and_taken_back(stores: tuple[Store, Store]) -> None:
    incident = tell(stores[0], 7)
    vote(stores, Edition.LIVE, incident.id, 7, Fault.WRONG_KIND, NOW)
    vote(stores, Edition.LIVE, incident.id, 7, Fault.OLD_NEWS, LATER)
    with stores[0].read() as tx:
        assert tx.verdicts.of_incident(incident.id) == [Verdict(7, incident.id, Fault.OLD_NEWS, 1, LATER)]
    for _ in range(2):
        vote(stores, Edition.LIVE, incident.id, 7, None, LATER)
        assert voted(stores, Edition.LIVE, incident.id, 7) is None


def test_only_what_was_told_can_be_judged(stores: tuple[Store, Store]) -> None:
    incident, waiting = tell(stores[0], 7), tell(stores[0], 7, message_id=None)
    for edition, incident_id, chat_id in (
        (Edition.LIVE, incident.id, 8),
        (Edition.LIVE, incident.id, 9),
        (Edition.LIVE, waiting.id, 7),
        (Edition.LIVE, 4711, 7),
        (Edition.SAMPLE, incident.id, 7),
    ):
        with pytest.raises(NotTold):
            voted(stores, edition, incident_id, chat_id)
        with pytest.raises(NotTold):
            vote(stores, edition, incident_id, chat_id, Fault.OLD_NEWS, NOW)
    with pytest.raises(NotTold):
        vote(stores[:1], Edition.SAMPLE, incident.id, 7, None, NOW)


def test_the_tally_is_for_operators(stores: tuple[Store, Store]) -> None:
    incident = tell(stores[0], 7)
    vote(stores, Edition.LIVE, incident.id, 7, Fault.WRONG_PLACE, NOW)
    own = history.detail(stores, Edition.LIVE, incident.id, 7)
    assert own is not None
    assert own.votes == {}
    seen = history.detail(stores, Edition.LIVE, incident.id, 8, operator=True)
    assert seen is not None
    assert seen.votes == {Fault.WRONG_PLACE: 1}
