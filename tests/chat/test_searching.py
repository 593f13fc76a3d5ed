"""/search: full text over what was read and told."""

from collections.abc import Callable

import pytest

from chat.presses import MAX_BYTES
from chat.services import Services
from classifiers.taxonomy import Facility, Signal
from tests.builders import make_article, make_chat
from tests.person import Person
from tests.telling import tell


def read(running: Services, *titles: str) -> None:
    with running.store.write() as tx:
        for title in titles:
            tx.articles.add(make_article(title=title, summary=""), "h")


async def test_articles_and_alerts_are_found_with_source_link_and_details(ana: Person, running: Services) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(7))
    tell(running.store, 7, title="Clinic looted in Masisi")
    read(running, "A clinic in Geneva opens")
    found = await ana.ask("/search CLINIC")
    assert found.text.startswith("3 texts with “CLINIC”, the best first.")
    assert "Lakes Herald: Clinic looted in Masisi (T-0001)\nhttps://herald.example/walikale" in found.text
    assert "T-0001 · " in found.text
    assert found.buttons == ("T-0001",)
    assert "SOURCES" in (await ana.press_for_new("T-0001")).text


async def test_alerts_of_others_are_not_found_but_what_was_read_is(
    person: Callable[..., Person], running: Services
) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(8))
    tell(running.store, 8, title="Clinic looted")
    found = await person(7).ask("/search clinic looted")
    assert found.text.startswith("1 text with")
    assert "T-0001" not in found.text
    assert found.buttons == ()
    operator = await person(7, user_id=4242).ask("/search clinic looted")
    assert operator.text.startswith("2 texts with")
    assert operator.buttons == ("T-0001",)


async def test_pages_turn_by_buttons(ana: Person, running: Services) -> None:
    read(running, *(f"Clinic {number} looted" for number in range(12)))
    first = await ana.ask("/search clinic")
    assert "Page 1 of 3." in first.text
    assert first.text.count("Lakes Herald") == 5
    second = await ana.press("More ▶")
    last = await ana.press("More ▶")
    assert "Page 3 of 3." in last.text
    assert last.text.count("Lakes Herald") == 2
    assert last.buttons == ("◀ Better",)
    assert (await ana.press("◀ Better")).text == second.text


async def test_a_long_search_is_cut_to_what_a_button_carries(ana: Person, running: Services) -> None:
    read(running, *("größer " * 3 for _ in range(6)))
    first = await ana.ask("/search " + "größer " * 30)
    assert "More ▶" in first.buttons
    assert len(first.text.partition("“")[2].partition("”")[0].encode()) < MAX_BYTES
    assert "Page 2 of 2" in (await ana.press("More ▶")).text


@pytest.mark.parametrize("text", ["/search", "/search |", "/search ???", "/search “”"])
async def test_no_words_are_asked_for(ana: Person, text: str) -> None:
    assert "/search hospital Walikale" in (await ana.ask(text)).text


@pytest.mark.parametrize("text", ["volcano", '"', "a OR b'", "clinic* AND (", "{count} %s <b>", "x" * 300])
async def test_nothing_found_is_said_whatever_was_typed(ana: Person, text: str) -> None:
    answer = (await ana.ask(f"/search {text}")).text
    assert "I found nothing" in answer or "Which words?" in answer


async def test_the_sample_is_found_and_marked(ana: Person, running: Services) -> None:
    assert running.sample_store is not None
    read(running, "Clinic looted", "Clinic burned")
    with running.sample_store.write() as tx:
        tx.articles.add(make_article(title="Clinic shelled"), "h")
    found = await ana.ask("/search clinic")
    assert found.text.startswith("3 texts")
    assert found.text.index("burned") < found.text.index("SAMPLE") < found.text.index("looted")


async def test_a_word_finds_what_its_kind_is_called_in_any_language(ana: Person, running: Services) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(7))
    attacked = (Signal.FACILITY_ATTACKED,)
    tell(running.store, 7, title="Shots at MSF", kind=attacked[0], signals=attacked, facility=Facility.HEALTH)
    read(running, "Un hôpital pillé à Masisi", "Hospitali yaporwa Masisi", "Hospital looted", "Volcano erupts")
    found = await ana.ask("/search hospital")
    assert found.text.startswith(
        "4 texts with “hospital”, the best first. Also searched: health facility attacked, clinic, hopital, clinique, "
    )
    assert found.text.index("Hospital looted") < min(found.text.index("Un hôpital"), found.text.index("T-0001"))
    assert "Volcano" not in found.text
    assert found.buttons == ("T-0001",)
    assert "Also searched" not in (await ana.ask("/search volcano")).text
    nothing = await ana.ask("/search hospital Kalemie")
    assert "I found nothing" in nothing.text
    assert "Also searched: health facility attacked" in nothing.text
    await ana.ask("/language fr")
    french = await ana.ask("/search hôpital")
    assert "Cherché aussi\u00a0: structure de santé attaquée, hospital" in french.text
    assert french.buttons == ("T-0001",)


async def test_in_french(ana: Person, running: Services) -> None:
    read(running, "Un hôpital pillé à Masisi")
    await ana.ask("/language")
    await ana.press("Français")
    found = await ana.ask("/search hopital MASISI")
    assert found.text.startswith("1 texte avec « hopital MASISI ».")
    assert "Lakes Herald : Un hôpital pillé à Masisi" in found.text
    assert "Je n’ai rien trouvé" in (await ana.ask("/search volcan")).text
    assert "Quels mots" in (await ana.ask("/search")).text
