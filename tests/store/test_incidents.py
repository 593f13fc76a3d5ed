"""Incidents, their revisions and witnesses."""

import random
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from classifiers.taxonomy import Signal
from incidents.lookup import sought_under
from incidents.types import Cause, Incident, Link, Relation, Witness
from store.errors import NotStored, StaleRevision, StoreError
from store.incident_cache import IncidentCache
from store.incidents import folded
from store.store import Store, Transaction
from tests.builders import NOW, NewIncident, make_article, make_incident, make_place, make_witness, minutes

DAY = timedelta(days=1)
HERE = sought_under(make_witness(1, place=make_place()))


def next_of(incident: Incident, *witnesses: Witness, **fields: object) -> Incident:
    return replace(incident, revision=incident.revision + 1, witnesses=witnesses or incident.witnesses, **fields)  # type: ignore[arg-type]


def stored_witnesses(store: Store, number: int) -> list[Witness]:
    with store.write() as tx:
        return [make_witness(tx.articles.add(make_article(), "h").id, title=f"Report {n}") for n in range(number)]


def test_an_incident_comes_back_as_it_was(store: Store) -> None:
    witnesses = stored_witnesses(store, 2)
    incident = make_incident(*witnesses, killed=12, disputed_by=("FARDC",), place=make_place(name="Ngungu"))
    with store.write() as tx:
        stored = tx.incidents.add(incident)

    assert stored == replace(incident, id=stored.id)
    with store.read() as tx:
        assert tx.incidents.get(stored.id) == stored
        assert tx.incidents.get(stored.id + 1) is None
        assert tx.incidents.revisions(stored.id) == [stored]
        assert tx.incidents.revisions(stored.id + 1) == []


def test_revisions_stay_as_they_were(store: Store) -> None:
    one, two, three = stored_witnesses(store, 3)
    with store.write() as tx:
        first = tx.incidents.add(make_incident(one))
        second = tx.incidents.revise(next_of(first, one, two, cause=Cause.INDEPENDENT_REPORT))
        edited = replace(one, title="Report 0, corrected")
        third = tx.incidents.revise(next_of(second, edited, two, three, cause=Cause.REVISED_REPORT, withdrawn=True))

    with store.read() as tx:
        assert tx.incidents.revisions(first.id) == [first, second, third]
        assert tx.incidents.get(first.id) == third
        assert list(tx.incidents.all()) == [third]


def test_any_change_of_witnesses_comes_back_in_its_order(store: Store) -> None:
    """Insertions, removals, edits and moves, at random, against a list kept in memory."""
    chance = random.Random(20250319)
    pool = stored_witnesses(store, 12)
    with store.write() as tx:
        history = [tx.incidents.add(make_incident(pool[0]))]
        for number in range(40):
            chosen = list(history[-1].witnesses)
            chance.choice([_insert, _insert, _remove, _edit, _move])(chance, chosen, pool, number)
            history.append(tx.incidents.revise(next_of(history[-1], *chosen)))

    with store.read() as tx:
        assert tx.incidents.revisions(history[0].id) == history
        assert tx.incidents.get(history[0].id) == history[-1]


def _insert(chance: random.Random, chosen: list[Witness], pool: list[Witness], number: int) -> None:
    chosen.insert(chance.randint(0, len(chosen)), chance.choice(pool))


def _remove(chance: random.Random, chosen: list[Witness], pool: list[Witness], number: int) -> None:
    if len(chosen) > 1:
        chosen.pop(chance.randrange(len(chosen)))


def _edit(chance: random.Random, chosen: list[Witness], pool: list[Witness], number: int) -> None:
    place = chance.randrange(len(chosen))
    chosen[place] = replace(chosen[place], title=f"Edit {number}")


def _move(chance: random.Random, chosen: list[Witness], pool: list[Witness], number: int) -> None:
    chance.shuffle(chosen)


def test_inserting_after_the_same_one_for_ever_keeps_the_order(store: Store) -> None:
    """Halving a gap runs out of doubles after about fifty times."""
    zeroth, first, *others = stored_witnesses(store, 70)
    with store.write() as tx:
        incident = tx.incidents.add(make_incident(zeroth, first))
        for count in range(1, len(others)):
            incident = tx.incidents.revise(next_of(incident, zeroth, first, *reversed(others[:count])))
        assert tx.incidents.get(incident.id) == incident


@pytest.mark.parametrize("revision", [1, 2, 4])
def test_a_revision_must_follow_the_stored_one(store: Store, new_incident: NewIncident, revision: int) -> None:
    first = new_incident()
    with store.write() as tx:
        second = tx.incidents.revise(next_of(first))

    with pytest.raises(StaleRevision) as caught, store.write() as tx:
        tx.incidents.revise(replace(first, revision=revision))

    assert (caught.value.stored, caught.value.offered) == (2, revision)
    with store.read() as tx:
        assert tx.incidents.get(first.id) == second


def test_an_unknown_incident_cannot_be_revised(store: Store) -> None:
    with pytest.raises(NotStored), store.write() as tx:
        tx.incidents.revise(make_incident(id=77, revision=2))


def test_open_incidents_are_found_by_kind_signal_and_time(store: Store, new_incident: NewIncident) -> None:
    fall = new_incident(signals=(Signal.TERRITORY_CAPTURED, Signal.DISPLACEMENT))
    clash = new_incident(kind=Signal.ARMED_CLASH, signals=(Signal.ARMED_CLASH,), last_seen=NOW)
    new_incident(last_seen=NOW - 5 * DAY)
    new_incident(withdrawn=True)
    since = NOW - DAY

    with store.read() as tx:
        assert tx.incidents.open(HERE, [Signal.TERRITORY_CAPTURED], since) == [fall]
        assert tx.incidents.open(HERE, [Signal.DISPLACEMENT], since) == [fall]
        assert tx.incidents.open(HERE, list(Signal), since) == [clash, fall]
        assert tx.incidents.open(HERE, [Signal.UNREST], since) == []
        assert tx.incidents.open(HERE, [], since) == []
        assert tx.incidents.open(HERE, list(Signal), fall.last_seen) == [clash, fall]


def test_open_incidents_are_found_as_they_are_now(store: Store, new_incident: NewIncident) -> None:
    first = new_incident()
    with store.write() as tx:
        second = tx.incidents.revise(
            next_of(first, kind=Signal.UNREST, signals=(Signal.UNREST,), last_seen=NOW + minutes(5))
        )
    with store.read() as tx:
        assert tx.incidents.open(HERE, [Signal.UNREST], NOW) == [second]
        assert tx.incidents.open(HERE, [Signal.TERRITORY_CAPTURED], NOW - DAY) == []


def test_open_incidents_are_found_by_place(store: Store, new_incident: NewIncident) -> None:
    here = new_incident()
    far = make_place(id="gn:379252", name="Khartoum", country="SD", admin1="Khartoum", admin2=None, lat=15.5, lon=32.5)
    there = new_incident(place=far)
    with store.read() as tx:
        assert tx.incidents.open(HERE, list(Signal), NOW - DAY) == [here]
        assert tx.incidents.open([far.id, here.place.id], list(Signal), NOW - DAY) == [there, here]
    with store.write() as tx:
        moved = tx.incidents.revise(next_of(here, place=far))
    with store.read() as tx:
        assert tx.incidents.open(HERE, list(Signal), NOW - DAY) == []
        assert tx.incidents.open([far.id], list(Signal), NOW - DAY) == [there, moved]


def test_what_was_merged_is_read_back_but_no_longer_listed(store: Store, new_incident: NewIncident) -> None:
    whole, lesser = new_incident(), new_incident(title="Report 2")
    with store.write() as tx:
        gone = tx.incidents.revise(next_of(lesser, links=(Link(Relation.MERGED_INTO, whole.id),)))
    with store.read() as tx:
        assert tx.incidents.open(HERE, list(Signal), NOW - DAY) == [whole]
        assert list(tx.incidents.all()) == [whole]
        assert tx.incidents.get(lesser.id) == gone
        assert tx.incidents.of_article(lesser.witnesses[0].article_id) is None


def test_an_article_beyond_the_witnesses_is_noted_and_changes_no_revision(
    store: Store, new_incident: NewIncident
) -> None:
    incident = new_incident()
    [further] = stored_witnesses(store, 1)
    with store.write() as tx:
        tx.incidents.attach(further.article_id, incident)
    store.cache = IncidentCache()
    with store.read() as tx:
        assert tx.incidents.get(incident.id) == incident
        assert tx.incidents.revisions(incident.id) == [incident]


def test_what_a_failed_transaction_wrote_is_seen_by_nobody(store: Store, new_incident: NewIncident) -> None:
    first = new_incident()
    with pytest.raises(StaleRevision), store.write() as tx:
        _revise_twice(tx, next_of(first, killed=3))
    with store.write() as tx:
        assert tx.incidents.get(first.id) == first
        second = tx.incidents.revise(next_of(first, killed=7))
    with store.read() as tx:
        assert tx.incidents.get(first.id) == second


def _revise_twice(tx: Transaction, incident: Incident) -> None:
    tx.incidents.revise(incident)
    assert tx.incidents.get(incident.id) == incident
    tx.incidents.revise(incident)


def test_the_cache_forgets_what_was_not_used_for_longest() -> None:
    cache = IncidentCache(most=2)
    one, two, three = (make_incident(make_witness(n), id=n) for n in (1, 2, 3))
    cache.put(one)
    cache.put(two)
    assert cache.get(1, 1) == one
    cache.put(three)
    assert (cache.get(1, 1), cache.get(2, 1), cache.get(3, 1)) == (one, None, three)
    assert cache.get(3, 2) is None
    cache.put(replace(three, revision=2))
    cache.put(three)
    assert cache.get(3, 2) == replace(three, revision=2)


def test_the_incident_of_an_article_is_the_one_resting_on_it_now(store: Store) -> None:
    one, two = stored_witnesses(store, 2)
    with store.write() as tx:
        first = tx.incidents.add(make_incident(one, two))
        second = tx.incidents.revise(next_of(first, one))
        other = tx.incidents.add(make_incident(two))

    with store.read() as tx:
        assert tx.incidents.of_article(one.article_id) == second
        assert tx.incidents.of_article(two.article_id) == other
        assert tx.incidents.of_article(77_000) is None
    with store.write() as tx:
        tx.incidents.revise(next_of(other, one))
        assert tx.incidents.of_article(two.article_id) is None


def test_the_kind_is_found_also_where_the_signals_leave_it_out(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident(kind=Signal.UNREST, signals=())
    with store.read() as tx:
        assert tx.incidents.open(HERE, [Signal.UNREST], NOW - DAY) == [incident]


def test_times_of_other_zones_are_kept_as_moments_and_naive_ones_refused(
    store: Store, new_incident: NewIncident
) -> None:
    here = NOW.astimezone(timezone(timedelta(hours=3)))
    incident = new_incident(last_seen=here)
    with store.read() as tx:
        assert tx.incidents.open(HERE, list(Signal), NOW) == [incident]
        assert tx.incidents.open(HERE, list(Signal), here) == [incident]
        assert tx.incidents.open(HERE, list(Signal), NOW + minutes(1)) == []
    with pytest.raises(StoreError, match="naive"):
        new_incident(last_seen=NOW.replace(tzinfo=None))


def test_all_incidents_come_by_id(store: Store, new_incident: NewIncident) -> None:
    stored = [new_incident(title=f"Report {number}") for number in range(3)]
    with store.read() as tx:
        assert list(tx.incidents.all()) == stored
        assert tx.incidents.newest([stored[2].id, 77_000, stored[0].id]) == [stored[2], stored[0]]


@pytest.mark.parametrize(
    ("text", "kept"), [("DÉPLACÉS", "deplaces"), ("Straße", "strasse"), ("Гома", "гома"), ("والیکالی", "والیکالی")]
)
def test_folding_forgets_case_and_accents(text: str, kept: str) -> None:
    assert folded(text) == kept
