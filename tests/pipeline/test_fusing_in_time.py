"""Fusing over days and weeks: old news that comes again, towns that change hands, tolls that rise, our own errors."""

from datetime import timedelta

import pytest

from alerts.types import Edition, Reason, Severity
from classifiers.taxonomy import Signal, Status
from errors import InvalidInput
from feeds.types import PublisherKind
from incidents.types import Cause, Certainty, Relation, Report
from pipeline.fuse import Recorded, record
from pipeline.status import control
from pipeline.withdraw import withdraw
from store.store import Store
from tests.builders import NOW
from tests.incidents.stories import MUBI, WALIKALE, hours, outlet, report

STRIKE = (Signal.REMOTE_VIOLENCE,)
TEXT = (
    "Fighters came down from the hills at dawn, shopkeepers said by telephone, and soldiers left their posts at the "
    "bridge without a fight while families hid in the church."
)
DAYS = 24.0


def take(store: Store, one: Report) -> Recorded:
    return record(store, one, "hash", one.article.published)


def test_a_month_old_story_republished_by_an_aggregator_wakes_nobody(store: Store) -> None:
    first = take(store, report(1, "M23 rebels march into Walikale", TEXT))
    source = outlet("All News", kind=PublisherKind.AGGREGATOR)
    copy = report(2, "M23 rebels march into Walikale", TEXT, after=30 * DAYS, article={"source": source})
    again = take(store, copy)
    assert first.incident is not None
    assert again.incident is not None
    assert again.incident.id == first.incident.id
    assert again.incident.cause is Cause.DEPENDENT_REPORT
    assert again.incident.last_seen == first.incident.last_seen
    assert again.alert is not None
    assert again.alert.reason is Reason.UPDATED  # a silent edit for those who were told
    later = take(
        store, report(3, "Rebels march into Walikale again", "Gunfire was heard at noon.", after=30 * DAYS + 2)
    )
    assert later.incident is not None
    assert later.incident.id != first.incident.id


def test_an_aggregators_old_story_does_not_join_what_goes_on_at_the_place(store: Store) -> None:
    fallen = take(store, report(1, "M23 rebels march into Walikale", TEXT))
    left = take(store, report(2, "Rebels leave Walikale", "People came home.", after=15 * DAYS, actor="M23"))
    source = outlet("All News", kind=PublisherKind.AGGREGATOR)
    again = take(
        store,
        report(3, "M23 rebels march into Walikale", TEXT, after=15 * DAYS + 2, article={"source": source}),
    )
    assert fallen.incident is not None
    assert left.incident is not None
    assert again.incident is not None
    assert left.incident.id != fallen.incident.id
    assert again.incident.id == fallen.incident.id
    assert again.incident.last_seen == fallen.incident.last_seen


def test_a_town_that_changes_hands_twice_in_a_week_is_two_incidents_with_a_thread(store: Store) -> None:
    taken = take(store, report(1, "M23 rebels capture Walikale", TEXT))
    back = report(
        2, "Army retakes Walikale from M23", "Soldiers entered the town at dawn.", after=3 * DAYS, actor="FARDC"
    )
    retaken = take(store, back)
    assert taken.incident is not None
    assert retaken.incident is not None
    assert retaken.incident.id != taken.incident.id
    assert retaken.incident.linked(Relation.FOLLOWS) == (taken.incident.id,)
    assert taken.incident.linked(Relation.FOLLOWS) == ()


def test_control_of_a_town_is_what_was_told_last_with_who_says_so(store: Store) -> None:
    claim = {"status": Status.CLAIMED, "claimant": "M23", "disputed": True, "disputed_by": "FARDC"}
    taken = take(store, report(1, "M23 says it captured Walikale", by="Echo", **claim))
    take(store, report(2, "Army retakes Walikale from M23", by="Times", after=3 * DAYS, actor="FARDC"))
    take(store, report(3, "M23 rebels capture Mubi", place=MUBI, after=3 * DAYS))
    (edition, now), (_, before) = control([store], WALIKALE, NOW + timedelta(days=4))
    assert edition is Edition.LIVE
    assert (now.held_by, now.according_to, now.certainty) == ("FARDC", ("Times",), Certainty.LIKELY)
    assert now.since == NOW + hours(3 * DAYS)
    assert (before.held_by, before.according_to, before.disputed_by) == ("M23", ("M23",), ("FARDC",))
    assert taken.incident is not None
    assert before.incident_id == taken.incident.id
    assert control([store], WALIKALE, NOW + timedelta(days=400)) == []


def test_what_was_withdrawn_holds_no_town(store: Store) -> None:
    taken = take(store, report(1, "M23 rebels capture Walikale"))
    assert taken.incident is not None
    withdraw(store, taken.incident.id, "it was another town", NOW)
    assert control([store], WALIKALE, NOW) == []


def test_a_higher_toll_edits_silently_until_it_crosses_a_step_of_severity(store: Store) -> None:
    def toll(number: int, killed: int, after: float) -> Report:
        title = f"Shelling of Walikale market kills {killed}"
        return report(number, title, labels=STRIKE, actor=None, killed=killed, after=after, by="Echo")

    first = take(store, toll(1, 3, 0))
    more = take(store, toll(2, 5, 2))
    grave = take(store, toll(3, 12, 4))
    found = [(r.alert.reason, r.alert.severity) for r in (first, more, grave) if r.alert]
    assert found == [
        (Reason.NEW, Severity.MODERATE),
        (Reason.UPDATED, Severity.MODERATE),
        (Reason.ESCALATED, Severity.SEVERE),
    ]


def test_our_own_error_is_withdrawn_once_with_its_cause_and_takes_no_more_reports(store: Store) -> None:
    taken = take(store, report(1, "M23 rebels capture Walikale"))
    assert taken.incident is not None
    gone = withdraw(store, taken.incident.id, "  the photo was\nof 2012 ", NOW)
    assert (gone.withdrawn, gone.cause, gone.cause_text) == (
        True,
        Cause.WITHDRAWAL,
        "Withdrawn by us: the photo was of 2012",
    )
    assert withdraw(store, taken.incident.id, "again", NOW) == gone
    with store.read() as tx:
        assert [a.reason for a in tx.alerts.of_incident(gone.id)] == [Reason.NEW, Reason.WITHDRAWN]
        assert [r.cause for r in tx.incidents.revisions(gone.id)] == [Cause.FIRST_REPORT, Cause.WITHDRAWAL]
    more = take(store, report(2, "M23 rebels capture Walikale town", after=1))
    assert more.incident is not None
    assert more.incident.id != gone.id


@pytest.mark.parametrize("number", [0, 77])
def test_only_what_is_stored_can_be_withdrawn(store: Store, number: int) -> None:
    with pytest.raises(InvalidInput, match="is not stored"):
        withdraw(store, number, "", NOW)


def test_a_background_piece_joins_nothing(store: Store) -> None:
    take(store, report(1, "M23 rebels march into Walikale", TEXT))
    recalled = report(2, "A year of war in North Kivu", "Walikale fell in March.", background=((0, 60),), after=5)
    assert take(store, recalled).incident is None
    with store.read() as tx:
        [incident] = tx.incidents.all()
    assert len(incident.witnesses) == 1
