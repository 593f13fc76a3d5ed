"""A newcomer: language, first region, place names, a shared location."""

import pytest

from alerts.types import Language
from chat.services import Services
from places.types import AreaKind
from tests.person import Person


async def test_start_speaks_both_languages_and_leads_to_a_first_watch(
    ana: Person, running: Services, watched: list[int]
) -> None:
    hello = await ana.ask("/start")
    assert "warns you of armed conflict" in hello.text
    assert "Choisissez une langue" in hello.text
    assert hello.buttons == ("English", "Français", "Kiswahili", "Español", "Português", "العربية")
    regions = await ana.press("English")
    assert "Which region" in regions.text
    assert "Walikale, 200 km around" in regions.buttons
    saved = await ana.press("Walikale, 200 km around")
    assert "Watching: 200 km around Walikale" in saved.text
    assert "Severity: Moderate or graver" in saved.text
    (watch,) = running.subscriptions.watches(7)
    assert (watch.area.kind, watch.area.radius_km) == (AreaKind.CIRCLE, 200)
    assert watch.area.lat == pytest.approx(-1.42, abs=0.1)
    assert watched == [7]


async def test_in_french_everything_is_french(ana: Person, running: Services) -> None:
    await ana.ask("/start")
    regions = await ana.press("Français")
    assert "Quelle région" in regions.text
    assert "RD Congo" in regions.buttons
    saved = await ana.press("RD Congo")
    assert saved.text.startswith("Enregistré.")
    chat = running.subscriptions.chat(7)
    assert chat is not None
    assert chat.language is Language.FR
    assert "Vous surveillez" in (await ana.ask("/watches")).text


@pytest.mark.parametrize(
    ("button", "kind"),
    [
        ("North Kivu", AreaKind.ADMIN1),
        ("DR Congo", AreaKind.COUNTRY),
        ("Sudan", AreaKind.COUNTRY),
        ("Ukraine", AreaKind.COUNTRY),
        ("The whole world", AreaKind.WORLD),
    ],
)
async def test_every_first_region_is_saved(ana: Person, running: Services, button: str, kind: AreaKind) -> None:
    await ana.ask("/start")
    await ana.press("English")
    await ana.press(button)
    (watch,) = running.subscriptions.watches(7)
    assert watch.area.kind is kind


async def test_another_place_is_typed(ana: Person, running: Services) -> None:
    await ana.ask("/start")
    await ana.press("English")
    assert "Write the name" in (await ana.press("Another place…")).text
    assert "Watching: Haiti" in (await ana.ask("Haiti")).text
    assert [watch.area.country for watch in running.subscriptions.watches(7)] == ["HT"]


@pytest.mark.parametrize(
    "text",
    [
        "/watch 200 km around Walikale",
        "/watch Walikale 200",
        "/watch@fake123456_bot 200km Walikale",
        "200 km around Walikale",
    ],
)
async def test_one_line_saves_a_circle(ana: Person, running: Services, text: str) -> None:
    shown = await ana.ask(text)
    assert "Watching: 200 km around Walikale" in shown.text
    (watch,) = running.subscriptions.watches(7)
    assert (watch.area.kind, watch.area.radius_km) == (AreaKind.CIRCLE, 200)


@pytest.mark.parametrize("text", ["/watch Ukraine", "Украина"])
async def test_a_country_is_saved_at_once_in_any_language(ana: Person, running: Services, text: str) -> None:
    assert "Watching: Ukraine" in (await ana.ask(text)).text
    assert [watch.area.country for watch in running.subscriptions.watches(7)] == ["UA"]


async def test_a_region_without_borders_is_asked_about_and_says_how_wide_it_is(ana: Person, running: Services) -> None:
    which = await ana.ask("/watch Kivu")
    assert which.text == "Which one do you mean?"
    assert [label.split(",")[0] for label in which.buttons] == ["North Kivu", "South Kivu", "Kivu"]
    assert running.subscriptions.watches(7) == []
    assert "Watching: 280 km around Kivu" in (await ana.press(which.buttons[2])).text
    assert "Watching: 170 km around Donbas" in (await ana.ask("/watch Donbas")).text


async def test_a_name_of_two_places_is_settled_by_buttons(ana: Person, running: Services) -> None:
    which = await ana.ask("Walikale")
    assert which.text == "Which one do you mean?"
    assert which.buttons == (
        "Walikale, town, North Kivu, DR Congo",
        "Walikale, territory, North Kivu, DR Congo",
    )
    assert running.subscriptions.watches(7) == []
    far = await ana.press("Walikale, town, North Kivu, DR Congo")
    assert far.buttons == ("25 km", "50 km", "100 km", "200 km")
    assert running.subscriptions.watches(7) == []
    assert "100 km around Walikale" in (await ana.press("100 km")).text
    again = await ana.ask("Walikale")
    assert "Walikale (territory)" in (await ana.press("Walikale, territory, North Kivu, DR Congo", again)).text
    assert [watch.area.kind for watch in running.subscriptions.watches(7)] == [AreaKind.CIRCLE, AreaKind.ADMIN2]


async def test_a_mistyped_name_is_asked_back(ana: Person, running: Services) -> None:
    asked = await ana.ask("/watch Nort Kivu")
    assert asked.text == "I know no place called “Nort Kivu”. Did you mean:"
    assert "North Kivu" in asked.buttons[0]
    assert running.subscriptions.watches(7) == []
    assert "Watching: North Kivu" in (await ana.press(asked.buttons[0])).text


@pytest.mark.parametrize("text", ["what is going on??", "xqzzkw", "/watch xqzzkw", "😀", "x" * 3000, "12345"])
async def test_what_is_no_place_gets_help(ana: Person, running: Services, text: str) -> None:
    assert "/help" in (await ana.ask(text)).text
    assert running.subscriptions.watches(7) == []


@pytest.mark.parametrize("radius", ["abc", "-5", "5000", "nan"])
async def test_a_bad_radius_is_explained(ana: Person, running: Services, radius: str) -> None:
    shown = await ana.ask(f"/watch {radius} km around Walikale")
    assert "from 1 to 1,000" in shown.text
    assert f"“{radius}”" in shown.text
    assert running.subscriptions.watches(7) == []


async def test_a_shared_location_is_rounded(ana: Person, running: Services) -> None:
    far = await ana.share(-1.4321, 28.0765)
    assert "1.4° S, 28.1° E" in far.text
    await ana.press("50 km")
    (watch,) = running.subscriptions.watches(7)
    assert (watch.area.lat, watch.area.lon, watch.area.radius_km) == (-1.4, 28.1, 50)
    assert watch.area.name == "50 km around 1.4° S, 28.1° E"


async def test_a_sticker_gets_help(ana: Person) -> None:
    shown = await ana.post(
        sticker={
            "file_id": "x",
            "file_unique_id": "y",
            "width": 1,
            "height": 1,
            "type": "regular",
            "is_animated": False,
            "is_video": False,
        }
    )
    assert "/help" in shown.text


async def test_watch_alone_says_how(ana: Person) -> None:
    assert "/watch 200 km around Walikale" in (await ana.ask("/watch")).text


async def test_an_unknown_command_gets_help(ana: Person) -> None:
    assert "/help" in (await ana.ask("/frobnicate now")).text


@pytest.mark.parametrize(
    ("written", "saved"),
    [
        ("/watch province du Nord Kivu", "Watching: North Kivu, DR Congo"),
        ("شمال كيفو", "Watching: North Kivu, DR Congo"),
        ("/watch 100 km around Goma ville", "Watching: 100 km around Goma"),
        ("100 km вокруг Гома", "Watching: 100 km around Goma"),
    ],
)
async def test_places_are_found_as_people_write_them(ana: Person, written: str, saved: str) -> None:
    assert saved in (await ana.ask(written)).text


async def test_a_side_of_a_country_is_asked_back(ana: Person) -> None:
    asked = await ana.ask("/watch Est de la RDC")
    assert asked.text == "I know no place called “Est de la RDC”. Did you mean:"
    assert "North Kivu, province, DR Congo" in asked.buttons
    assert "Watching: North Kivu, DR Congo" in (await ana.press("North Kivu, province, DR Congo")).text
