"""What a chat was told, selected and written as a file."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.exports.formats import FORMATS, Format
from alerts.exports.items import Reader
from alerts.types import Edition, Language, Reason
from pipeline import exporting
from pipeline.exporting import Export, export
from places.types import Area, AreaKind, Precision
from store.store import Store
from tests.builders import NOW, make_alert, make_area, make_chat, make_place
from tests.telling import tell

READER = Reader(Language.EN, "UTC", NOW)


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    with sqlite_store.write() as tx:
        tx.chats.put(make_chat(7))
    return sqlite_store


def exported(*stores: Store, area: Area | None = None, **bounds: Any) -> tuple[Export, list[dict[str, Any]]]:
    since, until = bounds.get("since"), bounds.get("until")
    made = export(stores, 7, area, since, until, Format.GEOJSON, READER)
    features = json.loads(made.data)["features"]
    assert made.count == len(features)
    return made, features


def ids(*stores: Store, **asked: Any) -> list[str]:
    return [feature["id"] for feature in exported(*stores, **asked)[1]]


def test_the_last_told_comes_first_and_time_is_when_it_was_told(store: Store) -> None:
    for days in (3, 1, 2):
        tell(store, 7, at=NOW - timedelta(days=days))
    tell(store, 7, message_id=None)
    assert ids(store) == ["T-0002", "T-0003", "T-0001"]
    assert ids(store, since=NOW - timedelta(days=2)) == ["T-0002", "T-0003"]
    assert ids(store, until=NOW - timedelta(days=2)) == ["T-0001"]


def test_what_may_lie_in_the_area_is_in_the_file(store: Store) -> None:
    province = make_place(id="a1:CD/North Kivu", precision=Precision.ADMIN1, admin2=None, uncertainty_km=150.0)
    tell(store, 7)
    tell(store, 7, place=province)
    tell(store, 7, place=make_place(country="UA", admin1="Donetsk Oblast", admin2=None, lat=48.0, lon=37.8))
    assert ids(store, area=make_area(radius_km=50.0)) == ["T-0002", "T-0001"]
    assert ids(store, area=Area(AreaKind.COUNTRY, "Ukraine", "UA")) == ["T-0003"]
    assert ids(store, area=Area(AreaKind.COUNTRY, "Sudan", "SD")) == []


def test_revisions_and_alerts_come_along(store: Store) -> None:
    incident = tell(store, 7)
    with store.write() as tx:
        revised = tx.incidents.revise(replace(incident, revision=2, disputed=True, disputed_by=("FARDC",)))
        tx.alerts.add(make_alert(revised, reason=Reason.DISPUTED))
    _, (feature,) = exported(store)
    assert [revision["disputed"] for revision in feature["properties"]["revisions"]] == [False, True]
    assert feature["properties"]["sources"][0]["name"] == "Lakes Herald"


def test_no_more_than_the_most_and_it_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {Format.GEOJSON: replace(FORMATS[Format.GEOJSON], most=3)}
    monkeypatch.setattr(exporting, "FORMATS", few)
    monkeypatch.setattr(exporting, "_BATCH", 2)
    for day in range(3):
        tell(store, 7, at=NOW + timedelta(days=day))
    assert not exported(store)[0].more
    tell(store, 7, at=NOW - timedelta(days=1))
    made, features = exported(store)
    assert made.more
    assert [feature["id"] for feature in features] == ["T-0003", "T-0002", "T-0001"]


def test_stores_are_merged_by_time(store: Store, tmp_path: Any, migrated_file: Any) -> None:
    path = tmp_path / "sample.sqlite"
    path.write_bytes(migrated_file.read_bytes())
    sample = Store.open(f"sqlite:///{path}", Edition.SAMPLE)
    with sample.write() as tx:
        tx.chats.put(make_chat(7))
    tell(store, 7, at=NOW)
    tell(sample, 7, at=NOW + timedelta(hours=1))
    tell(store, 7, at=NOW + timedelta(hours=2))
    assert ids(store, sample) == ["T-0002", "S-0001", "T-0001"]
    sample.close()
