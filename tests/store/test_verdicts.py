"""What chats find wrong with incidents: one vote each."""

from dataclasses import replace

import pytest

from alerts.types import Verdict
from classifiers.taxonomy import Fault
from store.errors import NotStored
from store.store import Store
from tests.builders import NOW, NewIncident, make_chat, minutes


def vote(chat_id: int, incident_id: int, fault: Fault = Fault.WRONG_PLACE, after: float = 0) -> Verdict:
    return Verdict(chat_id, incident_id, fault, revision=1, at=NOW + minutes(after))


@pytest.fixture
def incident_id(store: Store, new_incident: NewIncident) -> int:
    """An incident; chats 1, 2, 3 and -4001 are stored."""
    with store.write() as tx:
        for chat_id in (1, 2, 3, -4001):
            tx.chats.put(make_chat(chat_id))
    return new_incident().id


def test_a_vote_is_kept_changed_and_taken_back(store: Store, incident_id: int) -> None:
    first = vote(1, incident_id)
    changed = replace(first, fault=Fault.OLD_NEWS, revision=2, at=NOW + minutes(5))
    with store.write() as tx:
        assert tx.verdicts.get(1, incident_id) is None
        tx.verdicts.put(first)
        tx.verdicts.put(first)
    with store.write() as tx:
        assert tx.verdicts.get(1, incident_id) == first
        assert tx.verdicts.get(2, incident_id) is None
        tx.verdicts.put(changed)
    with store.write() as tx:
        assert tx.verdicts.of_incident(incident_id) == [changed]
        assert tx.verdicts.remove(1, incident_id)
        assert not tx.verdicts.remove(1, incident_id)
    with store.read() as tx:
        assert tx.verdicts.of_incident(incident_id) == []


def test_votes_are_tallied_by_fault(store: Store, incident_id: int, new_incident: NewIncident) -> None:
    other = new_incident().id
    with store.write() as tx:
        for verdict in (
            vote(2, incident_id, Fault.NOT_AN_EVENT, after=3),
            vote(1, incident_id, after=2),
            vote(3, incident_id, after=1),
            vote(1, other, Fault.OLD_NEWS),
        ):
            tx.verdicts.put(verdict)
    with store.read() as tx:
        assert list(tx.verdicts.tally(incident_id).items()) == [(Fault.WRONG_PLACE, 2), (Fault.NOT_AN_EVENT, 1)]
        assert tx.verdicts.tally(4711) == {}
        assert [v.chat_id for v in tx.verdicts.of_incident(incident_id)] == [3, 1, 2]
        assert [(v.chat_id, v.incident_id) for v in tx.verdicts.all()] == [
            (1, other),
            (3, incident_id),
            (1, incident_id),
            (2, incident_id),
        ]


def test_a_vote_needs_a_chat_and_an_incident(store: Store, incident_id: int) -> None:
    for wrong in (vote(99, incident_id), vote(1, 4711)):
        with pytest.raises(NotStored), store.write() as tx:
            tx.verdicts.put(wrong)


def test_forgetting_a_chat_forgets_its_votes(store: Store, incident_id: int) -> None:
    with store.write() as tx:
        tx.verdicts.put(vote(1, incident_id))
        tx.verdicts.put(vote(2, incident_id))
        tx.chats.erase(1)
    with store.read() as tx:
        assert tx.verdicts.of_incident(incident_id) == [vote(2, incident_id)]


def test_votes_follow_a_group_that_becomes_a_supergroup(store: Store, incident_id: int) -> None:
    with store.write() as tx:
        tx.verdicts.put(vote(-4001, incident_id))
        tx.chats.migrate(-4001, -1001234567890123)
    with store.read() as tx:
        assert tx.verdicts.of_incident(incident_id) == [vote(-1001234567890123, incident_id)]


def test_of_two_votes_of_one_group_the_supergroup_s_stays(
    store: Store, incident_id: int, new_incident: NewIncident
) -> None:
    both, only_group = incident_id, new_incident().id
    with store.write() as tx:
        tx.verdicts.put(vote(-4001, both, Fault.OLD_NEWS))
        tx.verdicts.put(vote(-4001, only_group, Fault.WRONG_KIND))
        tx.verdicts.put(vote(1, both, Fault.NOT_AN_EVENT))
        tx.chats.migrate(-4001, 1)
    with store.read() as tx:
        assert list(tx.verdicts.all()) == [vote(1, both, Fault.NOT_AN_EVENT), vote(1, only_group, Fault.WRONG_KIND)]
