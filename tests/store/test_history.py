"""Looking back at what a chat was told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from alerts.types import Edition, Reason, Severity
from classifiers.taxonomy import Signal
from incidents.types import Certainty, Incident, Link, Relation
from places.types import Area, AreaKind
from store.store import Store
from store.types import HistoryFilter, StatusWord, Told
from tests.builders import NOW, NewIncident, NewWatch, make_alert, make_place
from tests.incidents.stories import KHARTOUM, NORTH_KIVU

CHAT, OTHER = 1001, 2002
DAY = timedelta(days=1)


def tell(store: Store, incident: Incident, watch_id: int, at: datetime, chat_id: int = CHAT, sent: bool = True) -> None:
    with store.write() as tx:
        tx.outbox.want(
            chat_id,
            incident.id,
            revision=incident.revision,
            reason=Reason.NEW,
            severity=Severity.SEVERE,
            watch_ids=[watch_id],
            now=at,
            next_at=at,
        )
        if sent:
            tx.outbox.sent(chat_id, incident.id, revision=incident.revision, message_id=7, now=at)


def listed(store: Store, offset: int = 0, limit: int = 10, **filter: object) -> list[int]:
    with store.read() as tx:
        lines, _ = tx.history.told(CHAT, HistoryFilter(**filter), offset, limit)  # type: ignore[arg-type]
    return [line.incident.id for line in lines]


def test_the_last_told_come_first_in_pages(store: Store, new_incident: NewIncident, new_watch: NewWatch) -> None:
    watch, elsewhere = new_watch(CHAT), new_watch(OTHER)
    told = [new_incident() for _ in range(5)]
    for days, incident in enumerate(told):
        tell(store, incident, watch.id, NOW + days * DAY)
    tell(store, new_incident(), watch.id, NOW, sent=False)
    tell(store, new_incident(), elsewhere.id, NOW, chat_id=OTHER)

    with store.read() as tx:
        page, total = tx.history.told(CHAT, HistoryFilter(), 1, 2)
    assert total == 5
    assert page == [
        Told(Edition.LIVE, incident, Severity.SEVERE, NOW + days * DAY, (watch.id,))
        for days, incident in ((3, told[3]), (2, told[2]))
    ]
    assert listed(store, offset=9) == []


def test_an_incident_is_shown_as_known_now_and_dated_when_first_told(
    store: Store, new_incident: NewIncident, new_watch: NewWatch
) -> None:
    incident, watch = new_incident(), new_watch(CHAT)
    tell(store, incident, watch.id, NOW)
    with store.write() as tx:
        revised = tx.incidents.revise(replace(incident, revision=2, disputed=True))
    tell(store, revised, watch.id, NOW + DAY)
    with store.write() as tx:
        tx.outbox.lost_message(CHAT, incident.id)

    with store.read() as tx:
        (line,), total = tx.history.told(CHAT, HistoryFilter(), 0, 10)
    assert (line.incident, line.told_at, total) == (revised, NOW, 1)


def test_the_edition_is_that_of_the_store(
    url: str, store: Store, new_incident: NewIncident, new_watch: NewWatch
) -> None:
    tell(store, new_incident(), new_watch(CHAT).id, NOW)
    sample = Store.open(url, Edition.SAMPLE)
    with sample.read() as tx:
        assert tx.history.told(CHAT, HistoryFilter(), 0, 10)[0][0].edition is Edition.SAMPLE
    sample.close()


def test_filters(store: Store, new_incident: NewIncident, new_watch: NewWatch) -> None:
    here, there = new_watch(CHAT), new_watch(CHAT)
    fall = new_incident(signals=(Signal.TERRITORY_CAPTURED, Signal.DISPLACEMENT))
    clash = new_incident(kind=Signal.ARMED_CLASH, signals=(Signal.ARMED_CLASH,))
    tell(store, fall, here.id, NOW)
    tell(store, clash, there.id, NOW + DAY)

    assert listed(store, watch_id=here.id) == [fall.id]
    assert listed(store, watch_id=77_000) == []
    assert listed(store, kind=Signal.DISPLACEMENT) == [fall.id]
    assert listed(store, kind=Signal.ARMED_CLASH) == [clash.id]
    assert listed(store, since=NOW + DAY) == [clash.id]
    assert listed(store, until=NOW + DAY) == [fall.id]
    assert listed(store, since=NOW, until=NOW + 2 * DAY) == [clash.id, fall.id]
    assert listed(store, since=NOW, watch_id=there.id, kind=Signal.ARMED_CLASH) == [clash.id]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("WALIKALE",), True),  # the place
        (("kivu",), True),  # its province
        (("m23",), True),  # an actor
        (("DEPLACES", "goma"), True),  # a headline, without its accents
        (("déplacés",), True),
        (("goma", "bukavu"), False),  # all must occur
        (("100%",), True),
        (("100_",), False),  # no wildcard
        (("%",), True),
        (("' OR 1=1 --",), False),
        ((" ",), True),
        ((), True),
    ],
)
def test_words(
    store: Store, new_incident: NewIncident, new_watch: NewWatch, words: tuple[str, ...], found: bool
) -> None:
    incident = new_incident(title="Déplacés à Goma: 100% des abris sont pleins", place=make_place(name="Walikale"))
    tell(store, incident, new_watch(CHAT).id, NOW)

    assert listed(store, words=words) == ([incident.id] if found else [])


def test_what_was_worth_an_alert_whoever_was_told(store: Store, new_incident: NewIncident) -> None:
    """Not what was withdrawn or merged, nor what nobody could be told of; as it is now."""
    old, new, quiet, wrong, lesser = (new_incident(first_seen=NOW - days * DAY) for days in (9, 2, 2, 2, 2))
    with store.write() as tx:
        for incident in (old, new, wrong, lesser):
            tx.alerts.add(make_alert(incident))
        revised = tx.incidents.revise(replace(new, revision=2, disputed=True))
        tx.incidents.revise(replace(wrong, revision=2, withdrawn=True))
        tx.incidents.revise(replace(lesser, revision=2, links=(Link(Relation.MERGED_INTO, new.id),)))
    assert quiet.id
    with store.read() as tx:
        assert tx.history.alerted(None, NOW) == [replace(old, witnesses=()), replace(revised, witnesses=())]
        assert tx.history.alerted(NOW - 2 * DAY, NOW) == [replace(revised, witnesses=())]
        assert tx.history.alerted(None, NOW - 2 * DAY) == [replace(old, witnesses=())]
    later = replace(revised, revision=revised.revision + 1, killed=9)
    with store.write() as tx:
        tx.incidents.revise(later)
    for _ in range(2):  # once read, once remembered
        with store.read() as tx:
            assert tx.history.alerted(NOW - 2 * DAY, NOW) == [replace(later, witnesses=())]


def test_filters_by_status_severity_and_place(store: Store, new_incident: NewIncident, new_watch: NewWatch) -> None:
    watch = new_watch(CHAT)
    made = {
        "claimed": new_incident(certainty=Certainty.POSSIBLE),
        "disputed": new_incident(certainty=Certainty.LIKELY, disputed=True, place=KHARTOUM),
        "corroborated": new_incident(certainty=Certainty.OBSERVED, place=NORTH_KIVU),
        "withdrawn": new_incident(withdrawn=True),
        "retracted": new_incident(certainty=Certainty.UNLIKELY),
        "eased": new_incident(eased=True),
    }
    for days, incident in enumerate(made.values()):
        tell(store, incident, watch.id, NOW + days * DAY)
    names = {incident.id: name for name, incident in made.items()}

    def found(**filter: object) -> list[str]:
        return sorted(names[id] for id in listed(store, **filter))  # type: ignore[arg-type]

    expected = {
        StatusWord.CLAIMED: ["claimed"],
        StatusWord.REPORTED: ["disputed"],
        StatusWord.CORROBORATED: ["corroborated"],
        StatusWord.DISPUTED: ["disputed"],
        StatusWord.WITHDRAWN: ["retracted", "withdrawn"],
        StatusWord.EASED: ["eased"],
    }
    assert {status: found(status=status) for status in StatusWord} == expected
    assert found(min_severity=Severity.SEVERE) == sorted(made)
    assert found(min_severity=Severity.EXTREME) == []
    sudan = Area(AreaKind.COUNTRY, "Sudan", "SD")
    assert found(area=sudan) == ["disputed"]
    assert found(area=sudan, words=("walikale",)) == sorted(made)  # all are told with that title
    assert found(area=sudan, words=("nowhere",), status=StatusWord.EASED) == []
    province = Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu")
    assert len(listed(store, area=province)) == 5
    assert listed(store, area=province, limit=2, offset=1) == [made["retracted"].id, made["withdrawn"].id]


def test_the_gravest_first(store: Store, new_incident: NewIncident, new_watch: NewWatch) -> None:
    watch = new_watch(CHAT)
    made = [new_incident() for _ in range(3)]
    for days, (incident, severity) in enumerate(
        zip(made, (Severity.EXTREME, Severity.MODERATE, Severity.SEVERE), strict=True)
    ):
        tell(store, incident, watch.id, NOW + days * DAY)
        with store.write() as tx:
            tx.outbox.want(
                CHAT,
                incident.id,
                revision=1,
                reason=Reason.UPDATED,
                severity=severity,
                watch_ids=[],
                now=NOW,
                next_at=NOW,
            )
    assert listed(store, gravest_first=True) == [made[0].id, made[2].id, made[1].id]


def test_what_was_told_for_the_first_time_of_late(store: Store, new_incident: NewIncident) -> None:
    old, new, merged = new_incident(), new_incident(place=KHARTOUM), new_incident()
    with store.write() as tx:
        assert tx.history.first_alert() is None
        tx.alerts.add(make_alert(old, at=NOW - 40 * DAY))
        tx.alerts.add(make_alert(old, at=NOW - DAY, reason=Reason.UPDATED))
        tx.alerts.add(make_alert(new, at=NOW - 2 * DAY, severity=Severity.MODERATE))
        tx.alerts.add(make_alert(new, at=NOW - DAY, reason=Reason.ESCALATED, severity=Severity.EXTREME))
        tx.alerts.add(make_alert(merged, at=NOW - DAY))
        tx.incidents.revise(replace(merged, revision=2, links=(Link(Relation.MERGED_INTO, new.id),)))
    with store.read() as tx:
        assert tx.history.first_alert() == NOW - 40 * DAY
        (past,) = tx.history.past(NOW - 30 * DAY)
    assert (past.place, past.signals) == (KHARTOUM, new.signals)
    assert [(alert.at, alert.reason, alert.severity) for alert in past.alerts] == [
        (NOW - 2 * DAY, Reason.NEW, Severity.MODERATE),
        (NOW - DAY, Reason.ESCALATED, Severity.EXTREME),
    ]
