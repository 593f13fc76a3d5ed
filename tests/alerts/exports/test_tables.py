"""CSV and the ACLED-shaped CSV, read back by the standard library's reader."""

import csv
import io
import re
from datetime import datetime

import pytest

from alerts.exports import acled, table
from alerts.exports.acled import event_types
from alerts.exports.cells import defused, written
from alerts.exports.formats import Render
from alerts.exports.items import ExportItem
from classifiers.taxonomy import SIGNALS, Facility, Signal
from places.types import Place, Precision
from tests.alerts.exports.builders import FRENCH, READER, make_item, varied
from tests.builders import make_incident, make_place, make_witness

Rows = list[dict[str, str]]


def read(data: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_row_for_each_incident_with_every_column() -> None:
    items = varied()
    rows = read(table.render(items, READER))
    assert [row["id"] for row in rows] == [item.id for item in items]
    assert [row["status"] for row in rows] == [
        "withdrawn", "claimed", "warned", "retracted", "confirmed", "reported", "reported", "reported",
    ]  # fmt: skip
    for row in rows:
        assert tuple(row) == table.COLUMNS
        assert None not in row.values()


def test_what_a_row_says() -> None:
    (row,) = read(table.render(varied()[:1], READER))
    assert row["revision"] == "4"
    assert row["disputed"] == "true"
    assert row["disputed_by"] == "FARDC"
    assert row["sources"] == "Lakes Herald; Kivu Echo"
    assert row["independent_outlets"] == "2"
    assert row["links"] == "https://herald.example/walikale"
    assert (row["country"], row["admin1"], row["pcode"], row["precision"]) == ("CD", "North Kivu", "CD61", "place")
    assert row["killed"] == ""
    assert datetime.fromisoformat(row["first_report"]) == varied()[0].incident.first_seen
    assert row["title"].startswith("WITHDRAWN, our error: Territory captured, Walikale")


def test_titles_are_in_the_readers_language_and_the_sample_is_marked() -> None:
    sample = varied()[-1:]
    assert read(table.render(sample, FRENCH))[0]["title"].startswith("SAMPLE (exemple)")
    assert "Territoire pris" in read(table.render(sample, FRENCH))[0]["title"]
    assert read(table.render(sample, FRENCH))[0]["kind"] == "territory_captured"
    assert "SAMPLE" in read(acled.render(sample, READER))[0]["notes"]


@pytest.mark.parametrize("render", [table.render, acled.render])
def test_nothing_is_finer_than_a_tenth_of_a_degree(render: Render) -> None:
    clinic = make_item(
        facility=Facility.HEALTH,
        kind=Signal.FACILITY_ATTACKED,
        signals=(Signal.FACILITY_ATTACKED,),
        place=make_place(lat=-1.42113, lon=28.07034, uncertainty_km=0.2),
    )
    (row,) = read(render([clinic], READER))
    assert (float(row["latitude"]), float(row["longitude"])) == (-1.4, 28.1)
    assert not re.search(rb"\d\.\d\d", render([clinic], READER))


def test_a_country_has_no_point() -> None:
    country = varied()[5]
    for render in (table.render, acled.render):
        (row,) = read(render([country], READER))
        assert row["latitude"] == row["longitude"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_formulas_are_defused_wherever_text_comes_from_outside(start: str) -> None:
    evil = f'{start}HYPERLINK("http://evil.example","x")'
    item = make_item(actors=(evil,), place=make_place(name=evil))
    for render in (table.render, acled.render):
        (row,) = read(render([item], READER))
        for name, value in row.items():
            if name not in ("latitude", "longitude"):
                assert not value.lstrip().startswith(("=", "+", "-", "@", "＝")), name


def test_numbers_stay_numbers_and_quotes_survive() -> None:
    data = written(("a", "b", "c"), [{"a": -1.4, "b": 'said "no", then\nleft', "c": None}])
    assert read(data) == [{"a": "-1.4", "b": 'said "no", then\nleft', "c": ""}]
    assert defused("Rebels enter") == "Rebels enter"


def test_no_incidents_are_a_header() -> None:
    assert read(table.render([], READER)) == []
    assert table.render([], READER).decode("utf-8-sig").strip() == ",".join(table.COLUMNS)


def test_the_shape_of_acled() -> None:
    row = read(acled.render(varied(), READER))[1]
    assert row["event_date"] == "2025-03-19"
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "")
    assert (row["actor1"], row["country"], row["admin1"]) == ("M23", "DR Congo", "North Kivu")
    assert (row["location"], row["geo_precision"], row["time_precision"]) == ("Walikale", "1", "2")
    assert (row["fatalities"], row["tocsin_status"], row["tocsin_revision"]) == ("12", "claimed", "1")
    assert row["notes"] == "CLAIMED by M23: Territory captured, Walikale (DR Congo). Rebels enter Walikale"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (make_place(uncertainty_km=60.0), "2"),
        (make_place(precision=Precision.ADMIN2), "2"),
        (make_place(precision=Precision.ADMIN1, admin2=None), "3"),
        (make_place(precision=Precision.COUNTRY, admin1=None, admin2=None), "3"),
    ],
)
def test_how_well_the_place_is_known(place: Place, code: str) -> None:
    assert read(acled.render([make_item(place=place)], READER))[0]["geo_precision"] == code


def test_every_signal_has_a_type_and_only_sub_types_of_the_codebook() -> None:
    for signal in Signal:
        event, sub = event_types(make_incident(make_witness(1), kind=signal, signals=(signal,)))
        assert event
        assert sub in ("", "Other", *SIGNALS[signal].acled)
    shelled = (Signal.FACILITY_ATTACKED, Signal.REMOTE_VIOLENCE)
    assert event_types(make_incident(make_witness(1), kind=shelled[0], signals=shelled))[0].startswith("Explosions")


def test_an_item_is_as_new_as_what_was_last_told_of_it() -> None:
    item: ExportItem = varied()[0]
    assert item.changed == item.alerts[-1].at
