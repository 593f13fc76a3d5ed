"""/feeds and /publishers as an operator uses them."""

from datetime import timedelta

import pytest

from alerts.types import Language
from chat.services import Services
from feeds.schedule import FeedState, FeedStatus
from feeds.types import Reliability
from tests.builders import NOW, make_chat
from tests.chat.conftest import OPERATOR
from tests.person import Person
from tests.site import Site


@pytest.fixture
async def read(boss: Person, site: Site, running: Services) -> str:
    """The address of a feed that an operator added."""
    site.put("1", "Rebels enter Walikale", "…", NOW - timedelta(hours=3))
    await boss.ask(f"/feeds add {site.url}")
    await boss.press("Read this feed")
    return site.url


async def test_a_feed_is_shown_then_added_paused_and_removed(boss: Person, site: Site, running: Services) -> None:
    site.put("1", "Rebels enter <b>Walikale</b>", "…", NOW - timedelta(hours=3))
    site.put("2", "Choir wins a prize", "…", NOW - timedelta(hours=1))
    preview = await boss.ask(f"/feeds add {site.url} fr")
    assert preview.text.splitlines()[1:] == [
        "Publisher: 127.0.0.1, reliability F.",
        "2 entries, newest 19 March, 17:04.",
        "Language: French.",
        "· Rebels enter Walikale",
        "· Choir wins a prize",
    ]
    assert running.feeds.catalogue().feeds == ()
    assert (await boss.press("Read this feed")).text == f"Read from now on: {site.url}."
    assert [(feed.url, feed.language) for feed in running.feeds.catalogue().feeds] == [(site.url, "fr")]
    assert "State: not read yet." in (await boss.press("How it is")).text
    shown, toast = await boss.press_and_hear("Pause")
    assert "State: paused." in shown.text
    assert toast == "Changed."
    assert "State: not read yet." in (await boss.press("Read again")).text
    assert (await boss.press("Remove")).text.startswith(f"Read {site.url} no more?")
    assert (await boss.press("Remove")).text.startswith(f"Removed: {site.url}.")
    assert running.feeds.catalogue().feeds == ()


async def test_a_preview_is_confirmed_once(boss: Person, site: Site) -> None:
    preview = await boss.ask(f"/feeds add {site.url}")
    await boss.press("Read this feed", preview)
    assert "All feeds" in (await boss.last()).buttons
    again = await boss.ask(f"/feeds add {site.url}")
    assert again.text.startswith("This feed is read already.")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/feeds add", "Which address?"),
        ("/feeds add radio.example/rss", "That is no http or https address."),
        ("/feeds nobody", "No feed is called so."),
    ],
)
async def test_bad_input_has_a_plain_answer(boss: Person, typed: str, answer: str) -> None:
    assert (await boss.ask(typed)).text.startswith(answer)


async def test_a_page_that_is_no_feed_is_refused(boss: Person, site: Site, running: Services) -> None:
    page = site.url.replace("/rss", "/page")
    shown = await boss.ask(f"/feeds add {page}")
    assert shown.text.startswith("No feed can be had there: ")
    assert "a web page, not a feed" in shown.text
    assert shown.buttons == ()
    site.status = 403
    assert "HTTP 403" in (await boss.ask(f"/feeds add {site.url}")).text
    assert running.feeds.catalogue().feeds == ()


async def test_who_is_in_trouble_comes_first_and_says_why(boss: Person, read: str, running: Services) -> None:
    state = FeedState(
        read,
        NOW,
        status=FeedStatus.SILENT,
        newest=NOW - timedelta(days=9),
        gap_s=7_200,
        last_success=NOW,
        last_attempt=NOW,
        detail="no dates",
    )
    with running.store.write() as tx:
        tx.feeds.save(state)
    shown = await boss.ask("/feeds 127.0")
    assert shown.text.splitlines()[:2] == [
        "1 feed: 1 silent.",
        f"1. 127.0.0.1 ({read.removeprefix('http://')}): silent, newest item 10 March, 18:04",
    ]
    card = await boss.press("1")
    assert "Publishes every 2 hours; counts as silent after 40 hours." in card.text
    assert "no dates" in card.text


async def test_only_a_feed_that_was_read_is_healthy(boss: Person, read: str, running: Services) -> None:
    shown = await boss.ask("/feeds")
    assert shown.text.splitlines()[:2] == [
        "1 feed: 1 not read yet.",
        f"1. 127.0.0.1 ({read.removeprefix('http://')}): not read yet, newest item ?",
    ]
    assert "Feeds: 0 healthy" in (await boss.ask("/status")).text
    with running.store.write() as tx:
        tx.feeds.save(FeedState(read, NOW, last_success=NOW, last_attempt=NOW))
    assert (await boss.ask("/feeds")).text.startswith("1 feed: 1 healthy.")
    assert "State: healthy." in (await boss.press("1")).text


async def test_a_publisher_is_graded_and_the_grade_is_used(boss: Person, read: str, running: Services) -> None:
    shown = await boss.ask("/publishers")
    assert shown.text.splitlines() == ["1 publisher:", "1. 127.0.0.1: F"]
    card = await boss.press("1")
    assert "Reliability: F, reliability not known." in card.text
    graded, toast = await boss.press_and_hear("C")
    assert "Reliability: C, fairly reliable." in graded.text
    assert "✓ C" in graded.buttons
    assert toast == "Changed."
    assert [p.reliability for p in running.feeds.catalogue().publishers] == [Reliability.C]
    assert (await boss.ask("/publishers nobody")).text == "No publisher is called so. /publishers lists all."


async def test_in_french(boss: Person, site: Site, running: Services) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(OPERATOR, language=Language.FR))
    site.put("1", "Des rebelles entrent à Walikale", "…", NOW - timedelta(hours=3))
    assert "1 article, le plus récent du 19 mars" in (await boss.ask(f"/feeds add {site.url}")).text
    assert (await boss.press("Lire ce flux")).text.startswith("Lu dès maintenant : ")
    assert "1 flux : non encore lus : 1." in (await boss.press("Tous les flux")).text
