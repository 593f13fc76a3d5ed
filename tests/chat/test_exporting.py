"""/export: files of what a chat was told."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

import feedparser
import pytest

from alerts.exports.formats import Format
from chat import exporting
from chat.exporting import parse
from chat.periods import ALL_TIME, Period, trailing_period
from chat.services import Services
from emulator.client import Control
from tests.builders import NOW, make_chat, make_place
from tests.person import Person
from tests.telling import tell

KHARKIV = make_place(
    id="gn:706483", name="Kharkiv", country="UA", admin1="Kharkiv Oblast", admin2=None, lat=50.0, lon=36.2
)


@pytest.fixture
def told(running: Services) -> Services:
    """Chat 7 was told of Walikale today and of Kharkiv last month, chat 8 of another."""
    with running.store.write() as tx:
        tx.chats.put(make_chat(7))
        tx.chats.put(make_chat(8))
    tell(running.store, 7)
    tell(running.store, 7, title="Shells hit Kharkiv", place=KHARKIV, at=NOW - timedelta(days=33))
    tell(running.store, 8, title="Not for chat seven")
    return running


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("told")
async def test_all_that_was_told_as_csv(ana: Person) -> None:
    sent = await ana.ask("/export csv")
    assert sent.text.startswith("2 incidents as CSV: everything I told you.")
    assert "0.1 degree" in sent.text
    assert sent.file is not None
    assert sent.file[0] == "tocsin.csv"
    assert [row["id"] for row in rows(await ana.open(sent))] == ["T-0001", "T-0002"]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("asked", "found", "name"),
    [
        ("North Kivu csv", ["T-0001"], "tocsin-north-kivu-dr-congo.csv"),
        ("Ukraine CSV", ["T-0002"], "tocsin-ukraine.csv"),
        ("2025-02 csv", ["T-0002"], "tocsin-2025-02.csv"),
        ("7 csv", ["T-0001"], "tocsin-7-days.csv"),
        ("Ukraine 60 days .csv", ["T-0002"], "tocsin-ukraine-60-days.csv"),
        ("200 km around Goma 2025 csv", ["T-0001"], "tocsin-200-km-around-goma-2025.csv"),
        ("world csv", ["T-0001", "T-0002"], "tocsin.csv"),
    ],
)
async def test_places_and_periods(ana: Person, asked: str, found: list[str], name: str) -> None:
    sent = await ana.ask(f"/export {asked}")
    assert sent.file is not None, sent
    assert sent.file[0] == name
    assert [row["id"] for row in rows(await ana.open(sent))] == found


@pytest.mark.usefixtures("told")
async def test_the_other_formats(ana: Person) -> None:
    geojson = json.loads(await ana.open(await ana.ask("/export Ukraine geojson")))
    assert [feature["id"] for feature in geojson["features"]] == ["T-0002"]
    sent = await ana.ask("/export Ukraine cap")
    assert sent.file is not None
    assert sent.file[0] == "tocsin-ukraine-cap.zip"
    with zipfile.ZipFile(io.BytesIO(await ana.open(sent))) as archive:
        assert archive.namelist() == ["T-0002-1.xml"]
    atom = feedparser.parse(await ana.open(await ana.ask("/export Ukraine atom")))
    assert len(atom.entries) == 1
    (acled,) = rows(await ana.open(await ana.ask("/export Ukraine acled")))
    assert acled["location"] == "Kharkiv"


@pytest.mark.usefixtures("told")
async def test_without_a_format_buttons_offer_them(ana: Person) -> None:
    asked = await ana.ask("/export Ukraine 2025-02")
    assert asked.text.startswith("In which format shall I send this: Ukraine, 2025-02?")
    assert asked.buttons == ("CSV", "GeoJSON", "CAP 1.2", "Atom", "ACLED")
    sent = await ana.press_for_new("GeoJSON")
    assert sent.file is not None
    assert sent.file[0] == "tocsin-ukraine-2025-02.geojson"
    assert "CSV" in (await ana.ask("/export")).buttons


@pytest.mark.usefixtures("told")
async def test_a_place_too_long_for_a_button_is_written_with_its_format(ana: Person) -> None:
    asked = await ana.ask("/export 200 km around Democratic Republic of the Congo 2025-03-19")
    assert asked.buttons == ("CSV", "CAP 1.2")
    assert "/export North Kivu 2025-03 csv" in asked.text


@pytest.mark.usefixtures("told")
async def test_nothing_unknown_and_misspelt_have_plain_answers(ana: Person) -> None:
    nothing = await ana.ask("/export France csv")
    assert nothing.text == "France: I told you of nothing there. /alerts shows what I told you."
    unknown = await ana.ask("/export zzzzqq csv")
    assert unknown.text.startswith("I know no place called “zzzzqq”.")
    assert "csv, geojson, cap, atom and acled" in unknown.text
    neither = await ana.ask("/export Ukraine pdf")
    assert neither.text.startswith("I know neither a place nor a format called “Ukraine pdf”.")
    misspelt = await ana.ask("/export Walikalle csv")
    assert misspelt.file is None
    assert "Places that are called alike: Walikale" in misspelt.text
    assert "from 1 to 1,000" in (await ana.ask("/export abc km around Walikale csv")).text


async def test_a_chat_that_was_told_nothing(ana: Person) -> None:
    assert "I told you of nothing" in (await ana.ask("/export csv")).text


@pytest.mark.usefixtures("told")
async def test_in_french(ana: Person) -> None:
    await ana.ask("/language")
    await ana.press("Français")
    sent = await ana.ask("/export Nord-Kivu 2025-03 csv")
    assert sent.text.startswith("1 incident en CSV : Nord-Kivu, RD Congo, 2025-03.")
    (row,) = rows(await ana.open(sent))
    assert row["title"].startswith("RAPPORTÉ")
    assert (await ana.ask("/export France csv")).text.startswith("France : je ne vous ai rien signalé là.")
    assert "Je ne connais pas de lieu" in (await ana.ask("/export zzzzqq csv")).text
    assert "Dans quel format" in (await ana.ask("/export Ukraine 30 jours")).text


async def test_members_of_a_group_may_export_what_it_was_told(
    person: Callable[..., Person], running: Services, telegram: Control
) -> None:
    await telegram.post("chats", id=-1001, type="supergroup", title="Lakes desk", admins=[1])
    with running.store.write() as tx:
        tx.chats.put(make_chat(-1001))
    tell(running.store, -1001)
    sent = await person(-1001, 2).ask("/export csv")
    assert sent.quoted == "/export csv"
    assert sent.file is not None


@pytest.mark.usefixtures("told")
async def test_a_chat_that_takes_no_files_is_told_so(ana: Person, telegram: Control) -> None:
    refusal = {"code": 400, "description": "Bad Request: not enough rights to send documents to the chat"}
    await telegram.post("faults", kind="error", method="senddocument", times=1, **refusal)
    assert "This chat takes no files." in (await ana.ask("/export csv")).text


@pytest.mark.usefixtures("told")
async def test_a_file_that_would_be_too_large_is_not_sent(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MAX_FILE", 100)
    sent = await ana.ask("/export csv")
    assert sent.file is None
    assert "too large" in sent.text


@pytest.mark.usefixtures("told")
async def test_the_sample_is_exported_and_marked(ana: Person, running: Services) -> None:
    assert running.sample_store is not None
    with running.sample_store.write() as tx:
        tx.chats.put(make_chat(7))
    tell(running.sample_store, 7)
    found = rows(await ana.open(await ana.ask("/export csv")))
    (sample,) = [row for row in found if row["id"] == "S-0001"]
    assert sample["title"].startswith("SAMPLE")


def test_what_is_asked_for() -> None:
    assert parse("North Kivu 2025-03 csv").place == "North Kivu"
    assert parse("North Kivu 2025-03 csv").period == Period("2025-03")
    assert parse("Cap Haitien").format is None
    assert parse("Cap Haitien cap").format is Format.CAP
    assert parse("").period == ALL_TIME
    assert parse("Kivu|csv").place == "Kivu"


@pytest.mark.parametrize(
    ("text", "before", "code"),
    [
        ("Walikale 30", "Walikale", "30"),
        ("Walikale 30 days", "Walikale", "30"),
        ("Walikale siku 30", "Walikale", "30"),
        ("Kivu del Norte 7 días", "Kivu del Norte", "7"),
        ("شمال كيفو 30 يومًا", "شمال كيفو", "30"),
        ("Walikale 30j", "Walikale", "30"),
        ("Walikale 200", "Walikale", "200"),
        ("Walikale 365 days", "Walikale", "365"),
        ("Walikale 366", "Walikale 366", ""),
        ("Walikale 366 days", "Walikale 366 days", ""),
        ("Walikale 2025/03/19", "Walikale", "2025/03/19"),
        ("2025", "", "2025"),
        ("", "", ""),
        ("Day", "Day", ""),
        ("30 days of Sodom", "30 days of Sodom", ""),
    ],
)
def test_a_period_at_the_end_of_a_text(text: str, before: str, code: str) -> None:
    assert trailing_period(text) == (before, Period(code.replace("/", "-")))
