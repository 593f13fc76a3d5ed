"""Files of bases: however they were saved, and whatever is wrong with them."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.types import Severity, Watch
from classifiers.taxonomy import Signal
from pipeline.bases import RADIUS_KM, Bases, Problem, read_bases, table
from pipeline.bases_table import MAX_BYTES, MAX_ROWS, Flaw, Unreadable, read_rows
from pipeline.watch_sets import IfKnown, Offer, plan
from places.gazetteer import Gazetteer
from places.types import Area, AreaKind

Read = Callable[[bytes], Bases]


@pytest.fixture(scope="session")
def read() -> Read:
    gazetteer = Gazetteer.load()
    return lambda data: read_bases(read_rows(data), gazetteer, lambda name, radius: f"{radius} km around {name}")


def areas(bases: Bases) -> list[tuple[str, float | None, float | None, float | None]]:
    return [(o.watch.area.name, o.watch.area.lat, o.watch.area.lon, o.watch.area.radius_km) for o in bases.offers]


TWO = [("20 km around Bunia", 1.6, 30.3, 20.0), ("35 km around Béni", 0.5, 29.5, 35.0)]
POINT = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [30.2525, 1.5626]}}


@pytest.mark.parametrize(
    "data",
    [
        "name,lat,lon,radius_km\nBunia,1.5626,30.2525,20\nBéni,0.4911,29.4731,35\n".encode(),
        "\ufeffName;Latitude;Longitude;Radius (km)\r\nBunia;1,5626;30,2525;20\r\nBéni;0,4911;29,4731;35".encode(),
        "Nom\tLat.\tLong.\tRayon\nBunia\t1.5626\t30.2525\t20 km\n\n\nBéni\t0.4911\t29.4731\t35\n".encode("utf-16"),
        'NOM;note;latitude;longitude;RAYON_KM\n"Bunia";"a;b\nc";1.5626;30.2525;20\nBéni;;0.4911;29.4731;35\n'.encode(
            "latin-1"
        ),
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {**POINT, "properties": {"name": "Bunia", "radius_km": 20}},
                    {
                        "geometry": {"type": "Point", "coordinates": [29.4731, 0.4911, 1100]},
                        "properties": {"Nom": "Béni", "Rayon": "35"},
                    },
                ],
            }
        ).encode(),
    ],
    ids=["utf-8", "semicolons", "utf-16", "latin-1", "geojson"],
)
def test_bases_are_read_however_they_were_saved(read: Read, data: bytes) -> None:
    found = read(data)
    assert found.flawed == ()
    assert areas(found) == TWO


@pytest.mark.parametrize(
    ("line", "problem", "found"),
    [
        ("A,93.1,30.2,20", Problem.LATITUDE, "93.1"),
        ("A,1.5,181,20", Problem.LONGITUDE, "181"),
        ("A,north,30.2,20", Problem.NO_NUMBER, "north"),
        ("A,NaN,30.2,20", Problem.NO_NUMBER, "NaN"),
        ("A,1.5,inf,20", Problem.NO_NUMBER, "inf"),
        ("A,,30.2,20", Problem.NO_POSITION, ""),
        ("A,0,0,20", Problem.NO_POSITION, ""),
        ("A", Problem.NO_POSITION, ""),
        (",1.5,30.2,20", Problem.NO_NAME, ""),
        ("\u202e\u200b,1.5,30.2,20", Problem.NO_NAME, ""),
        ("A,1.5,30.2,abc", Problem.NO_NUMBER, "abc"),
        ("A,1.5,30.2,0", Problem.RADIUS, "0"),
        ("A,1.5,30.2,1e400", Problem.NO_NUMBER, "1e400"),
        ("A,1.5,30.2,nan", Problem.NO_NUMBER, "nan"),
    ],
)
def test_a_bad_line_is_named(read: Read, line: str, problem: Problem, found: str) -> None:
    bases = read(f"name,lat,lon,radius\nB,1.5,30.2,20\n{line}\n".encode())
    (flawed,) = bases.flawed
    assert (flawed.line, flawed.problem, flawed.found) == (3, problem, found)


def test_lines_are_counted_as_an_editor_counts_them(read: Read) -> None:
    (flawed,) = read(b'name,lat,lon\n"two\nlines",1.5,30.2\n\nA,93.1,30.2\n').flawed
    assert flawed.line == 5


def test_without_a_radius_there_is_one(read: Read) -> None:
    assert areas(read(b"name,lat,lon\nA,1.5,30.2\n")) == [(f"{RADIUS_KM} km around A", 1.5, 30.2, float(RADIUS_KM))]


def test_bases_of_one_rounded_point_are_one_watch(read: Read) -> None:
    found = read(b"name,lat,lon,radius\nOffice,1.561,30.251,20\nStore,1.57,30.26,30\n")
    assert found.joined == 1
    assert areas(found) == [("20 km around Office; 30 km around Store", 1.6, 30.3, 30.0)]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "<b>Bunia</b>", "@admin /stop", "a" * 500, "x\u202ey\tz\0"])
def test_hostile_names_are_made_harmless(read: Read, name: str) -> None:
    data = json.dumps({"features": [{**POINT, "properties": {"name": name}}]}).encode()
    ((shown, *_),) = areas(read(data))
    assert len(shown) < 100
    assert not set(shown) & set("\u202e\t\0")
    assert "@admin" not in shown


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        (b"", Flaw.EMPTY),
        (b"\xef\xbb\xbf \n", Flaw.EMPTY),
        (b"name,lat,lon\n", Flaw.EMPTY),
        (b"what,where\n1,2\n", Flaw.NO_COLUMNS),
        (b"just some words", Flaw.NO_COLUMNS),
        (b"PK\x03\x04\x00\x00\x08\x00", Flaw.NOT_TEXT),
        (b"\xff\xfe\x00", Flaw.NOT_TEXT),
        (b'name,lat,lon\n"' + b"x" * 200_000, Flaw.NOT_TEXT),
        (b"{", Flaw.NOT_JSON),
        (b"[" * 200_000, Flaw.NOT_JSON),
        (b'{"features": [{"a": NaN}]}', Flaw.NOT_JSON),
        (b'{"features": [' + b"9" * 5000 + b"]}", Flaw.NOT_JSON),
        (b"[1, 2]", Flaw.NOT_GEOJSON),
        (b'{"features": "none"}', Flaw.NOT_GEOJSON),
        (b"x" * (MAX_BYTES + 1), Flaw.TOO_LARGE),
        (b"name,lat,lon\n" + b"A,1,1\n" * (MAX_ROWS + 1), Flaw.TOO_MANY),
        (json.dumps({"features": [{}] * (MAX_ROWS + 1)}).encode(), Flaw.TOO_MANY),
    ],
)
def test_what_is_no_list_of_bases_says_why(read: Read, data: bytes, flaw: Flaw) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.flaw is flaw


@pytest.mark.parametrize(
    "feature",
    [
        7,
        {},
        {"geometry": None, "properties": None},
        {"geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}, "properties": {"name": "A"}},
        {"geometry": {"type": "Point", "coordinates": ["1", 2]}, "properties": {"name": "A"}},
        {"geometry": {"type": "Point", "coordinates": [10**300, 2]}, "properties": {"name": "A"}},
        {"geometry": {"type": "Point", "coordinates": [True, 2]}, "properties": {"name": "A"}},
        {"geometry": {"type": "Point", "coordinates": [1]}, "properties": {"name": {"x": 1}}},
    ],
)
def test_a_feature_that_is_no_point_is_a_bad_line(read: Read, feature: object) -> None:
    (flawed,) = read(json.dumps({"features": [feature]}).encode()).flawed
    assert flawed.line == 1
    assert flawed.problem in (Problem.NO_NAME, Problem.NO_POSITION)


@pytest.mark.parametrize(
    "row",
    [
        "X,admin1,CD,Nowhere,,",
        "X,country,XX,,,",
        "X,admin2,CD,North Kivu,,",
        "X,planet,,,,",
        "X,country,CD,,,[1]",
        "X,country,CD,,,{",
        'X,country,CD,,,"{""min_severity"": ""Huge""}"',
        'X,country,CD,,,"{""kinds"": NaN}"',
    ],
)
def test_areas_and_settings_that_are_none_are_bad_lines(read: Read, row: str) -> None:
    found = read(f"name,area,country,admin1,admin2,settings\n{row}\n".encode())
    assert next(flawed.problem for flawed in found.flawed) in (Problem.AREA, Problem.SETTINGS)
    assert found.offers == ()


WATCHES = [
    Watch(1, 7, Area(AreaKind.WORLD, "The whole world")),
    Watch(2, 7, Area(AreaKind.COUNTRY, "=SUM(A1)", "CD"), Severity.EXTREME),
    Watch(3, 7, Area(AreaKind.ADMIN1, "Nord-Kivu", "CD", "North Kivu"), kinds=frozenset({Signal.UNREST})),
    Watch(4, 7, Area(AreaKind.ADMIN2, "Walikale", "CD", "North Kivu", "Walikale")),
    Watch(5, 7, Area(AreaKind.CIRCLE, "20 km around Bunia", lat=1.6, lon=30.3, radius_km=20.0), Severity.MINOR),
]


def test_exported_watches_are_imported_as_they_were(read: Read) -> None:
    found = read(table(WATCHES))
    assert found.flawed == ()
    assert [replace(offer.watch, id=w.id, chat_id=7) for offer, w in zip(found.offers, WATCHES, strict=True)] == WATCHES
    assert [offer.watch.area.name for offer in found.offers] == [watch.area.name for watch in WATCHES]
    assert {offer.known for offer in found.offers} == {IfKnown.WHOLE}


def test_importing_ones_own_export_changes_nothing(read: Read) -> None:
    town = Area(AreaKind.CIRCLE, "Walikale", "CD", "North Kivu", "Walikale", lat=-1.4305, lon=28.0752, radius_km=50.0)
    watches = [*WATCHES, Watch(6, 7, town)]
    added, wanted = plan(watches, read(table(watches)).offers)
    assert (added.new, added.changed, wanted) == (0, 0, [])


def test_a_plain_list_moves_no_settings() -> None:
    area = Area(AreaKind.CIRCLE, "30 km around Bunia", lat=1.6, lon=30.3, radius_km=30.0)
    _, (changed,) = plan(WATCHES, [Offer(Watch(0, 0, area), IfKnown.AREA)])
    assert changed == replace(WATCHES[4], area=area)


JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.builds(lambda rows: b"name,lat,lon,radius\n" + rows, st.binary(max_size=200)))
def test_any_bytes_are_read_or_refused(read: Read, data: bytes) -> None:
    try:
        found = read(data)
    except Unreadable:
        return
    assert all(-90 <= (offer.watch.area.lat or 0) <= 90 for offer in found.offers)


@settings(max_examples=150, deadline=None)
@given(st.lists(JSON, max_size=4))
def test_any_json_is_read_or_refused(read: Read, features: list[Any]) -> None:
    try:
        found = read(json.dumps({"features": features}).encode())
    except Unreadable:
        return
    assert len(found.offers) + len(found.flawed) + found.joined == len(features)
