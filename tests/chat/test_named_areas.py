"""Places as commands name them: vague regions, the chat's own bases, and names in the reader's language."""

from collections.abc import Callable

import pytest

from alerts.types import ChatKind, Language
from chat.area_words import renamed
from chat.i18n import translator
from chat.services import Services
from pipeline.asking import circle
from places.gazetteer import Gazetteer
from tests.person import Person

CSV = b"name,lat,lon,radius_km\nBase 3,-1.4,28.1,50\nClinique du Lac,-1.7,29.2,20\n"


@pytest.fixture
async def with_bases(ana: Person, running: Services) -> Person:
    await ana.send_file("bases.csv", CSV)
    await ana.press("Save all 2")
    return ana


@pytest.mark.parametrize("command", ["/map Kivu", "/trend Kivu", "/level Kivu", "/export Kivu csv", "/watch Kivu"])
async def test_a_vague_region_is_asked_about_by_every_command(ana: Person, command: str) -> None:
    which = await ana.ask(command)
    assert which.text == "Which one do you mean?"
    assert [label.split(",")[0] for label in which.buttons] == ["North Kivu", "South Kivu", "Kivu"]


@pytest.mark.parametrize(
    ("command", "north", "kivu"),
    [
        ("/map Kivu 2025-03", "North Kivu, DR Congo: 2025-03", "280 km around Kivu: 2025-03"),
        ("/trend Kivu", "North Kivu, DR Congo", "280 km around Kivu"),
        ("/level Kivu", "North Kivu, DR Congo", "280 km around Kivu"),
        ("/export Kivu 2025-03 csv", "North Kivu, DR Congo, 2025-03", "280 km around Kivu, 2025-03"),
    ],
)
async def test_each_of_them_can_be_meant(ana: Person, command: str, north: str, kivu: str) -> None:
    which = await ana.ask(command)
    for label, area in ((which.buttons[0], north), (which.buttons[2], kivu)):
        assert area in (await ana.press_for_new(label, on=which)).text


async def test_in_french(ana: Person, running: Services) -> None:
    running.subscriptions.ensure(7, ChatKind.PRIVATE, Language.FR)
    t = translator(Language.FR)
    which = await ana.ask("/map Kivu 30")
    assert which.text == t.text("Which one do you mean?")
    assert [label.split(",")[0] for label in which.buttons] == ["Nord-Kivu", "Sud-Kivu", "Kivu"]
    assert (await ana.press_for_new(which.buttons[1], on=which)).text.startswith("Sud-Kivu, RD Congo")
    await ana.send_file("bases.csv", CSV)
    await ana.press(t.plural("Save {count}", "Save all {count}", 2))
    assert (await ana.ask("/level clinique du lac")).text.startswith("20 km autour de Clinique du Lac")
    clocks = await ana.ask("/timezone RDC")
    assert clocks.text.startswith("Quel fuseau horaire")
    assert "Africa/Lubumbashi" in (await ana.press("Lubumbashi", clocks)).text


async def test_a_vague_region_before_a_format(ana: Person) -> None:
    which = await ana.ask("/export Kivu")
    formats = await ana.press_for_new(which.buttons[1], on=which)
    assert "In which format shall I send this: South Kivu, DR Congo?" in formats.text
    assert "CSV" in formats.buttons


async def test_a_radius_counts_where_only_a_circle_is_known(ana: Person) -> None:
    which = await ana.ask("/watch Kivu 100")
    assert "Watching: 100 km around Kivu" in (await ana.press(which.buttons[-1])).text
    assert "100 km around Kivu" in (await ana.ask("/map Kivu 100 km")).text


async def test_in_swahili_the_unit_comes_first(ana: Person, running: Services) -> None:
    running.subscriptions.ensure(7, ChatKind.PRIVATE, Language.SW)
    assert "200 km kuzunguka Goma" in (await ana.ask("/watch km 200 kuzunguka Goma")).text


@pytest.mark.usefixtures("with_bases")
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("/map Base 3", "50 km around Base 3: the last 30 days"),
        ("/map Base 3 7", "50 km around Base 3: the last 7 days"),
        ("/map 20 km around Base 3", "20 km around Base 3: the last 30 days"),
        ("/map clinique du lac", "20 km around Clinique du Lac: the last 30 days"),
        ("/trend Base 3", "50 km around Base 3"),
        ("/level Base 3", "50 km around Base 3"),
        ("/export Base 3 csv", "50 km around Base 3: I told you of nothing there"),
        ("/alerts Base 3", "told you of nothing"),
    ],
)
async def test_a_base_is_named_as_in_its_file(ana: Person, asked: str, words: str) -> None:
    assert words in (await ana.ask(asked)).text


@pytest.mark.usefixtures("with_bases")
async def test_the_bases_of_another_chat_are_not_known(person: Callable[..., Person]) -> None:
    assert "I know no place called “Clinique du Lac”" in (await person(8).ask("/map Clinique du Lac")).text


async def test_names_follow_the_language(with_bases: Person, running: Services) -> None:
    ana = with_bases
    for asked in ("/watch 200 km around Walikale", "/watch North Kivu", "/watch Ukraine", "/watch world"):
        await ana.ask(asked)
    await ana.share(1.23, 30.18)
    await ana.press("100 km")
    await ana.ask("/language fr")
    names = [watch.area.name for watch in running.subscriptions.watches(7)]
    assert names == [
        "50 km autour de Base 3",
        "20 km autour de Clinique du Lac",
        "200 km autour de Walikale",
        "Nord-Kivu, RD Congo",
        "Ukraine",
        "Le monde entier",
        "100 km autour de 1.2° N, 30.2° E",
    ]
    sample = running.sample_store
    assert sample is not None
    with sample.read() as tx:
        assert {watch.area.name for watch in tx.chats.watches(7)} == set(names)
    assert "50 km autour de Base 3" in (await ana.ask("/map Base 3")).text


async def test_a_link_is_read_in_the_language_of_who_opens_it(
    ana: Person, person: Callable[..., Person], running: Services
) -> None:
    await ana.ask("/watch North Kivu")
    link = (await ana.ask("/share")).text.split("?start=")[1].split()[0]
    running.subscriptions.ensure(8, ChatKind.PRIVATE, Language.FR)
    ben = person(8)
    assert "Nord-Kivu, RD Congo" in (await ben.ask(f"/start {link}")).text
    await ben.press("Ajouter")
    assert [watch.area.name for watch in running.subscriptions.watches(8)] == ["Nord-Kivu, RD Congo"]


@pytest.mark.parametrize("language", Language)
def test_every_language_s_own_names_are_read_back(gazetteer: Gazetteer, language: Language) -> None:
    """There and back again: what is saved in one language is called in English as if it had been saved so."""
    t, english = translator(language), translator(Language.EN)
    for area, name in (
        (circle(-1.4, 28.1, 50, "50 km around Base 3"), "50 km around Base 3"),
        (circle(-1.4, 28.1, 50, "50 km around 1.4° S, 28.1° E"), "50 km around 1.4° S, 28.1° E"),
    ):
        assert renamed(renamed(area, gazetteer, t), gazetteer, english).name == name
