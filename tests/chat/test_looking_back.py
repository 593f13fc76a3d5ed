"""/alerts, /alert and the buttons under them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from alerts.types import Severity
from chat.periods import Period, parse_period
from chat.presses import MAX_BYTES, Press
from chat.services import Services
from chat.told import Look
from classifiers.taxonomy import Signal, Status
from emulator.client import Control
from incidents.types import Certainty, Link, Relation
from store.types import StatusWord
from tests.builders import NOW, make_chat
from tests.incidents.stories import KHARTOUM
from tests.person import Person
from tests.telling import tell


def told(running: Services, count: int, chat_id: int = 7) -> None:
    """Tell the chat of so many incidents, one a day, the last now."""
    with running.store.write() as tx:
        tx.chats.put(make_chat(chat_id))
    for day in range(count):
        tell(running.store, chat_id, at=NOW - timedelta(days=count - 1 - day))


async def test_history_is_empty_at_first(ana: Person) -> None:
    assert "told you of nothing yet" in (await ana.ask("/alerts")).text


async def test_history_runs_over_pages_newest_first(ana: Person, running: Services) -> None:
    told(running, 7)
    first = await ana.ask("/alerts")
    assert first.text.startswith("I told you of 7 incidents, newest first. Page 1 of 2.")
    assert first.buttons[:5] == ("T-0007", "T-0006", "T-0005", "T-0004", "T-0003")
    assert first.text.index("T-0007") < first.text.index("T-0003")
    assert "Walikale" in first.text
    older = await ana.press("Older ▶")
    assert older.buttons[:2] == ("T-0002", "T-0001")
    assert "Older ▶" not in older.buttons
    assert (await ana.press("◀ Newer")).text == first.text


async def test_the_sample_is_listed_and_marked(ana: Person, running: Services) -> None:
    told(running, 1)
    assert running.sample_store is not None
    running.subscriptions.mirror(7)
    tell(running.sample_store, 7)
    shown = await ana.ask("/alerts")
    assert set(shown.buttons[:2]) == {"T-0001", "S-0001"}
    assert "SAMPLE" in shown.text
    assert (await ana.press_for_new("S-0001")).text.startswith("SAMPLE")


async def test_a_date_a_month_and_words(ana: Person, running: Services) -> None:
    told(running, 7)
    tell(running.store, 7, title="Clinic looted in Masisi", at=NOW)
    assert (await ana.ask("/alerts 2025-03-15")).text.startswith("I told you of 1 incident. Shown: 2025-03-15.")
    assert (await ana.ask("/alerts 2025-03")).text.startswith("I told you of 8 incidents")
    assert "nothing like this" in (await ana.ask("/alerts 2024")).text
    assert (await ana.ask("/alerts hospital")).text.endswith("Shown: words “hospital”.")
    found = await ana.ask("/alerts clinic LOOTED")
    assert found.text.startswith("I told you of 1 incident. Shown: words “clinic LOOTED”.")
    assert "nothing like this" in (await ana.ask("/alerts volcano")).text
    everything = await ana.press("Show everything")
    assert everything.text.startswith("I told you of 8 incidents")


async def test_filters_by_watch_kind_and_period(ana: Person, running: Services) -> None:
    await ana.ask("/watch Ukraine")
    (watch,) = running.subscriptions.watches(7)
    tell(running.store, 7, watch_ids=[watch.id], at=NOW)
    tell(running.store, 7, kind=Signal.DISPLACEMENT, signals=(Signal.DISPLACEMENT,), at=NOW - timedelta(days=9))
    await ana.ask("/alerts")
    await ana.press("Watch")
    by_watch = await ana.press("Ukraine")
    assert by_watch.text.startswith("I told you of 1 incident. Shown: Ukraine.")
    await ana.press("Show everything")
    await ana.press("Kind")
    by_kind = await ana.press("People fleeing")
    assert by_kind.text.startswith("I told you of 1 incident. Shown: People fleeing.")
    await ana.press("Period")
    both = await ana.press("the last 7 days")
    assert "nothing like this" in both.text
    assert "People fleeing, the last 7 days" in both.text


@pytest.mark.parametrize("number", ["1", "T-0001", "t1/1", " T-0001/1 "])
async def test_all_that_is_known_of_one_alert(ana: Person, running: Services, number: str) -> None:
    told(running, 1)
    shown = await ana.ask(f"/alert {number}")
    for part in ("REPORTED", "Walikale", "Lakes Herald", "https://herald.example/walikale", "SOURCES", "T-0001/1"):
        assert part in shown.text


async def test_the_details_button_answers_the_alert(ana: Person, running: Services, telegram: Control) -> None:
    told(running, 1)
    await ana.ask("/alerts")
    detail = await ana.press_for_new("T-0001")
    assert "SOURCES" in detail.text


async def test_what_was_told_to_others_can_be_read_but_not_that_it_was(
    person: Callable[..., Person], running: Services
) -> None:
    told(running, 1, chat_id=8)
    shown = await person(7).ask("/alert 1")
    assert "SOURCES" in shown.text
    assert "WHAT CHANGED\nThis chat was not told of it." in shown.text
    assert "told you of nothing yet" in (await person(7).ask("/alerts")).text
    assert "I know no incident T-0002." in (await person(7).ask("/alert 2")).text


async def test_the_history_says_since_when_this_chat_was_told(ana: Person, running: Services) -> None:
    told(running, 1)
    shown = await ana.ask("/alert 1")
    assert "This chat was first told on 19 March, 18:04; what it has says what is known now." in shown.text
    await ana.ask("/language fr")
    french = await ana.ask("/alert 1")
    assert "Première annonce ici le 19 mars, 18:04" in french.text
    assert "18:04 (UTC)" in french.text


async def test_the_earlier_fall_that_an_alert_names_can_be_read(ana: Person, running: Services) -> None:
    told(running, 0)
    told(running, 0, chat_id=8)
    before = tell(running.store, 8, at=NOW - timedelta(days=4))
    tell(running.store, 7, links=(Link(Relation.FOLLOWS, before.id),), actors=("Congolese army",))
    shown = await ana.ask("/alert 2")
    assert "This place changed hands before: T-0001." in shown.text
    assert "This chat was not told of it." in (await ana.ask("/alert T-0001")).text
    await ana.ask("/language fr")
    assert "Qui\u00a0: l’armée congolaise" in (await ana.ask("/alert T-0002")).text
    assert "Tenu par l’armée congolaise" in (await ana.ask("/status Walikale")).text


async def test_an_operator_sees_every_incident(person: Callable[..., Person], running: Services) -> None:
    told(running, 1, chat_id=8)
    assert "SOURCES" in (await person(7, user_id=4242).ask("/alert 1")).text


@pytest.mark.parametrize("text", ["/alert", "/alert abc", "/alert 0", "/alert X-12", "/alert 1/2/3"])
async def test_what_is_no_number_is_explained(ana: Person, text: str) -> None:
    assert "/alert 417" in (await ana.ask(text)).text


async def test_a_bare_number_may_be_the_samples(ana: Person, running: Services) -> None:
    await ana.ask("/watch Ukraine")
    assert running.sample_store is not None
    tell(running.sample_store, 7)
    assert (await ana.ask("/alert 1")).text.startswith("SAMPLE")


def test_a_long_search_fits_on_a_button() -> None:
    look = Look(
        page=12,
        watch_id=123456,
        kind=Signal.DEESCALATION,
        period=Period("2025-03-19"),
        severity=Severity.MODERATE,
        status=StatusWord.EASED,
        gravest_first=True,
        words="größer " * 20,
    )
    for press in (Press.HISTORY, Press.HISTORY_BY_WATCH):
        assert len(look.data(press).encode()) <= MAX_BYTES
    assert "größer größer" in look.data()


async def test_filters_by_severity_and_status_and_ordered_by_importance(ana: Person, running: Services) -> None:
    told(running, 0)
    claim = {"certainty": Certainty.POSSIBLE, "status": Status.CLAIMED}
    tell(running.store, 7, severity=Severity.MODERATE, at=NOW, **claim)
    tell(running.store, 7, severity=Severity.EXTREME, at=NOW - timedelta(days=3), disputed=True)
    tell(running.store, 7, severity=Severity.SEVERE, at=NOW - timedelta(days=2), certainty=Certainty.OBSERVED)
    tell(running.store, 7, severity=Severity.SEVERE, at=NOW - timedelta(days=1), withdrawn=True)
    listed = await ana.ask("/alerts")
    assert listed.buttons[:4] == ("T-0001", "T-0004", "T-0003", "T-0002")
    ranked = await ana.press("Gravest first")
    assert ranked.text.startswith("4 incidents that I told you of, the gravest first.")
    assert ranked.buttons[:4] == ("T-0002", "T-0004", "T-0003", "T-0001")
    await ana.press("Severity")
    grave = await ana.press("Severe or graver")
    assert grave.text.startswith("3 incidents that I told you of, the gravest first. Shown: Severe or graver.")
    assert (await ana.press("Newest first")).buttons[:3] == ("T-0004", "T-0003", "T-0002")
    await ana.press("Show everything")
    for status, found in (
        ("claimed by a party", "T-0001"),
        ("disputed", "T-0002"),
        ("corroborated or confirmed", "T-0003"),
        ("withdrawn", "T-0004"),
    ):
        await ana.press("How sure")
        shown = await ana.press(status)
        assert shown.text.startswith(f"I told you of 1 incident. Shown: {status}.")
        assert shown.buttons[0] == found
    await ana.press("How sure")
    assert "nothing like this" in (await ana.press("eased")).text
    await ana.press("How sure")
    assert (await ana.press("However sure")).text.startswith("I told you of 4 incidents")


async def test_a_place_in_any_language_with_a_period(ana: Person, running: Services) -> None:
    told(running, 3)
    tell(running.store, 7, place=KHARTOUM, at=NOW, title="Shelling in the capital")
    shown = await ana.ask("/alerts Nord-Kivu")
    assert shown.text.startswith("I told you of 3 incidents, newest first. Shown: North Kivu, DR Congo, or the words")
    assert (await ana.ask("/alerts 50 km around Walikale 2025-03-18")).text.startswith(
        "I told you of 1 incident. Shown: 2025-03-18, 50 km around Walikale, or the words"
    )
    named = await ana.ask("/alerts Sudan")
    assert named.buttons[0] == "T-0004"
    assert "T-0003" not in named.buttons
    await ana.ask("/language fr")
    assert (await ana.ask("/alerts Soudan 7 jours")).text.startswith(
        "Je vous ai parlé de 1 incident. Montré\u00a0: les 7 derniers jours, Soudan, ou les mots"
    )


async def test_a_place_runs_over_pages(ana: Person, running: Services) -> None:
    told(running, 7)
    assert (await ana.ask("/alerts Walikale")).text.startswith("I told you of 7 incidents, newest first. Page 1 of 2.")
    older = await ana.press("Older ▶")
    assert "100 km around Walikale, or the words" in older.text
    assert older.buttons[:2] == ("T-0002", "T-0001")


@pytest.mark.parametrize("text", ["2025-02-30", "0", "hospital", "20250319", "1969", "٣"])
def test_what_is_no_period(text: str) -> None:
    assert parse_period(text) is None


def test_a_day_is_the_day_of_the_readers_zone() -> None:
    period = parse_period("2025/03/19")
    assert period is not None
    since, until = period.bounds(NOW, "Africa/Kinshasa")
    assert since is not None
    assert until is not None
    assert since.isoformat() == "2025-03-19T00:00:00+01:00"
    assert until - since == timedelta(days=1)
    december = Period("2025-12").bounds(NOW, "UTC")[1]
    assert december is not None
    assert (december.year, december.month) == (2026, 1)


async def test_status_of_a_town_says_who_holds_it_and_who_says_so(ana: Person, running: Services) -> None:
    told(running, 0)
    incident = tell(running.store, 7, title="M23 rebels take Walikale", disputed_by=("FARDC",))
    answer = await ana.ask("/status Walikale")
    assert "what was reported, not what I know" in answer.text
    assert "Held by M23 since" in answer.text
    assert "according to Lakes Herald (Likely)" in answer.text
    assert "Denied by FARDC." in answer.text
    assert f"T-{incident.id:04d}" in answer.text
    assert "no report that Pinga" in (await ana.ask("/status Pinga")).text
    assert "I know no town" in (await ana.ask("/status zzzzqq")).text
    assert (await ana.ask("/status Walikalle")).text.startswith("I know no place called “Walikalle”.")
