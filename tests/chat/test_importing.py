"""Bases from a file: a preview, one tap to save all or none, and a plain answer to whatever else is sent."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from alerts.types import Severity
from chat.services import Services
from emulator.client import Control
from pipeline.subscriptions import MAX_WATCHES
from tests.builders import make_area, make_chat, make_watch
from tests.person import Person

GROUP = -1001
BASES = "name;lat;lon;radius_km\nBunia;1,5626;30,2525;20\nBéni;0,4911;29,4731;35\n".encode()


async def test_a_file_is_shown_before_it_is_saved(ana: Person, running: Services, watched: list[int]) -> None:
    shown = await ana.send_file("bases.csv", BASES)
    assert shown.text.splitlines()[:3] == ["2 bases in bases.csv:", "· 20 km around Bunia", "· 35 km around Béni"]
    assert shown.buttons == ("Save all 2", "Discard")
    assert running.subscriptions.watches(7) == []
    assert "Added: 2 watches." in (await ana.press("Save all 2")).text
    first, second = running.subscriptions.watches(7)
    assert (first.area.name, first.area.lat, first.area.lon, first.area.radius_km) == (
        "20 km around Bunia",
        1.6,
        30.3,
        20.0,
    )
    assert (second.area.lat, second.area.lon) == (0.5, 29.5)
    assert watched == [7]


async def test_discarding_saves_nothing(ana: Person, running: Services) -> None:
    await ana.send_file("bases.csv", BASES)
    assert "Nothing was saved." in (await ana.press("Discard")).text
    assert running.subscriptions.watches(7) == []


async def test_geojson_is_read_too(ana: Person, running: Services) -> None:
    geometry = {"type": "Point", "coordinates": [30.2525, 1.5626]}
    features = [{"type": "Feature", "geometry": geometry, "properties": {"name": "Bunia", "radius_km": 20}}]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    await ana.send_file("bases.geojson", data)
    await ana.press("Save 1")
    (watch,) = running.subscriptions.watches(7)
    assert (watch.area.lat, watch.area.lon, watch.area.radius_km) == (1.6, 30.3, 20.0)


async def test_bad_lines_are_named_and_nothing_can_be_saved(ana: Person, running: Services) -> None:
    shown = await ana.send_file("b.csv", BASES + b"A;93,1;30;20\nB;1;2;abc\n;1;2;3\n" + b"C;1;181;3\n" * 12)
    assert "15 lines cannot be read, so nothing was saved." in shown.text
    assert "line 4: latitude 93,1 is not between -90 and 90" in shown.text
    assert "line 5: “abc” is not a number" in shown.text
    assert "line 6: the name is missing" in shown.text
    assert "and 5 more" in shown.text
    assert shown.buttons == ()
    assert running.subscriptions.watches(7) == []


async def test_a_large_file_is_refused_before_it_is_loaded(ana: Person, telegram: Control) -> None:
    shown = await ana.send_file("bases.csv", bytes((5 << 20) + 1))
    assert "too large: I read files of up to 5 MB" in shown.text
    assert (await telegram.get("calls", method="getFile"))["calls"] == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bases.csv", b"\n", "There are no bases"),
        ("bases.csv", b"PK\x03\x04\0\0", "is no text"),
        ("bases.csv", b"one,two\n1,2\n", "no line of headers"),
        ("bases.json", b"{", "no JSON that I can read"),
        ("bases.json", b"[" * 100_000, "no JSON that I can read"),
        ("bases.geojson", b"{}", "no GeoJSON"),
        ("bases.csv", b"name,lat,lon\n" + b"A,1,1\n" * 2001, "up to 2,000 lines"),
        ("bases.xlsx", b"PK", "CSV and GeoJSON"),
        ("holiday.jpg", b"\xff\xd8", "CSV and GeoJSON"),
        ("noending", b"x", "CSV and GeoJSON"),
    ],
)
async def test_other_files_have_a_plain_answer(ana: Person, name: str, data: bytes, words: str) -> None:
    assert words in (await ana.send_file(name, data)).text


async def test_hostile_names_reach_nobody_as_they_are(ana: Person, running: Services) -> None:
    shown = await ana.send_file("b.csv", "name,lat,lon\n<b>@all</b> /stop \u202egnp,1.5,30.2\n".encode())
    assert "<b>" in shown.text, "text is text: it is not read as markup"
    assert "@all" not in shown.text
    assert "/stop" not in shown.text
    assert "\u202e" not in shown.text


async def test_too_many_are_refused_whole(ana: Person, running: Services) -> None:
    rows = "".join(f"B{n},{n / 10 + 1},30,20\n" for n in range(MAX_WATCHES + 1))
    shown = await ana.send_file("b.csv", f"name,lat,lon,radius\n{rows}".encode())
    assert f"more than {MAX_WATCHES} watches" in shown.text
    assert shown.buttons == ()
    assert running.subscriptions.watches(7) == []


async def test_the_file_is_read_again_when_it_is_saved(ana: Person, running: Services, telegram: Control) -> None:
    shown = await ana.send_file("b.csv", BASES)
    await telegram.post("faults", kind="not_found", method="getFile", times=1)
    assert "does not give me this file" in (await ana.press("Save all 2", shown)).text
    assert running.subscriptions.watches(7) == []


async def test_pressed_twice_it_is_saved_once(ana: Person, running: Services) -> None:
    first, second = await ana.send_file("b.csv", BASES), await ana.send_file("b.csv", BASES)
    await ana.press("Save all 2", first)
    assert "left as they were: 2" in (await ana.press("Save all 2", second)).text
    assert len(running.subscriptions.watches(7)) == 2


async def test_a_new_list_changes_the_radius_and_keeps_what_is_asked(ana: Person, running: Services) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(7))
        own = tx.chats.add_watch(
            make_watch(7, area=make_area(name="x", lat=1.6, lon=30.3, radius_km=50.0), min_severity=Severity.EXTREME)
        )
    shown = await ana.send_file("b.csv", BASES)
    assert "1 is watched already and will be changed; now it is: x." in shown.text
    assert "Changed: 1 watch." in (await ana.press("Save all 2")).text
    changed = running.subscriptions.watch(7, own.id)
    assert changed is not None
    assert (changed.area.radius_km, changed.min_severity) == (20.0, Severity.EXTREME)


async def test_own_watches_as_a_file_are_read_again(
    ana: Person, person: Callable[..., Person], running: Services
) -> None:
    for words in ("/watch North Kivu", "/watch Ukraine", "/watch 200 km around Walikale"):
        await ana.ask(words)
    asked = await ana.ask("/import")
    assert "name, lat, lon, radius_km" in asked.text
    sent = await ana.press_for_new("My watches as a file", asked)
    assert sent.file is not None
    assert sent.file[0] == "tocsin-watches.csv"
    ben = person(8)
    await ben.send_file(*await contents(ana, sent))
    await ben.press("Save all 3")
    mine, theirs = running.subscriptions.watches(7), running.subscriptions.watches(8)
    assert [w.area.name for w in theirs] == [w.area.name for w in mine]
    again = await ana.send_file(*await contents(ana, sent))
    assert "3 are watched already just so." in again.text


async def contents(someone: Person, sent: Any) -> tuple[str, bytes]:
    return sent.file[0], await someone.open(sent)


async def test_in_french(ana: Person, running: Services) -> None:
    await ana.ask("/language fr")
    assert "Envoyez-moi vos bases" in (await ana.ask("/import")).text
    assert "ligne 2 : la latitude 93 n’est pas entre -90 et 90" in (
        await ana.send_file("b.csv", b"nom,lat,lon\nA,93,1\n")
    ).text.replace("\u00a0", " ")
    shown = await ana.send_file("b.csv", BASES)
    assert "2 bases dans b.csv" in shown.text
    await ana.press("Enregistrer les 2")
    assert [w.area.name for w in running.subscriptions.watches(7)] == ["20 km autour de Bunia", "35 km autour de Béni"]


async def test_in_a_group_a_file_is_read_when_an_administrator_asks(
    person: Callable[..., Person], telegram: Control, running: Services
) -> None:
    await telegram.post("chats", id=GROUP, type="supergroup", title="Desk", admins=[1])
    admin, member = person(GROUP, 1), person(GROUP, 2)
    await admin.post_file("bases.csv", BASES)
    assert "Only administrators" in (await member.send_file("bases.csv", BASES, caption="/import")).text
    shown = await admin.send_file("bases.csv", BASES, caption="/import@fake123456_bot")
    assert len(await admin.all()) == 2, "the file without /import was left alone"
    assert "Only administrators" in await member.toast("Save all 2", shown)
    await admin.press("Save all 2", shown)
    assert len(running.subscriptions.watches(GROUP)) == 2
