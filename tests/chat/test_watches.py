"""Changing and removing what is watched, by buttons."""

from alerts.types import Severity
from chat.services import Services
from classifiers.taxonomy import Signal
from pipeline.subscriptions import MAX_WATCHES
from tests.builders import make_area, make_chat
from tests.person import Person


async def test_a_card_changes_radius_severity_and_kinds(ana: Person, running: Services) -> None:
    await ana.ask("/watch Goma 100")
    radii = await ana.press("Radius")
    assert "✓ 100 km" in radii.buttons
    assert "Watching: 300 km around Goma" in (await ana.press("300 km")).text
    severities = await ana.press("Severity")
    assert "✓ Moderate or graver" in severities.buttons
    assert "Severity: only Extreme" in (await ana.press("only Extreme")).text
    await ana.press("Kinds")
    await ana.press("People fleeing")
    chosen = await ana.press("Territory captured")
    assert "✓ People fleeing" in chosen.buttons
    assert "✓ Territory captured" in chosen.buttons
    card = await ana.press("◀ Back")
    assert "Events: Territory captured and People fleeing" in card.text
    (watch,) = running.subscriptions.watches(7)
    assert watch.area.radius_km == 300
    assert watch.min_severity is Severity.EXTREME
    assert watch.kinds == {Signal.TERRITORY_CAPTURED, Signal.DISPLACEMENT}
    await ana.press("Kinds")
    assert "✓ All kinds" in (await ana.press("All kinds")).buttons


async def test_countries_have_no_radius_button(ana: Person) -> None:
    card = await ana.ask("/watch Sudan")
    assert card.buttons == ("Severity", "Kinds", "Remove", "All watches")


async def test_the_list_edits_and_removes(ana: Person, running: Services) -> None:
    assert "You watch nothing yet" in (await ana.ask("/watches")).text
    await ana.ask("/watch Ukraine")
    await ana.ask("/watch Sudan")
    listed = await ana.ask("/watches")
    assert listed.text.splitlines() == [
        "You watch 2 areas:",
        "1. Ukraine: Moderate or graver, all kinds of events",
        "2. Sudan: Moderate or graver, all kinds of events",
    ]
    assert "Watching: Sudan" in (await ana.press("2. Change", listed)).text
    await ana.press("All watches", listed)
    assert "Removed: Ukraine" in (await ana.press("1. Remove", listed)).text
    assert [watch.area.country for watch in running.subscriptions.watches(7)] == ["SD"]


async def test_a_button_pressed_twice_has_a_plain_answer(ana: Person) -> None:
    await ana.ask("/watch Ukraine")
    first = await ana.ask("/watches")
    second = await ana.ask("/watches")
    await ana.press("1. Remove", first)
    assert "out of date" in await ana.toast("1. Remove", second)
    assert "out of date" in await ana.toast("1. Change", second)


async def test_many_watches_are_turned_by_pages(ana: Person, running: Services) -> None:
    for number in range(10):
        running.subscriptions.add_watch(make_chat(7), make_area(lat=float(number), name=f"Place {number}"))
    listed = await ana.ask("/watches")
    assert "8. Place 7" in listed.text
    assert "Place 8" not in listed.text
    following = await ana.press("▶")
    assert "10. Place 9" in following.text
    assert "1. Place 0" in (await ana.press("◀")).text


async def test_fifty_watches_are_the_most(ana: Person, running: Services) -> None:
    for number in range(MAX_WATCHES):
        running.subscriptions.add_watch(make_chat(7), make_area(lat=float(number)))
    assert "50 watches" in (await ana.ask("/watch Ukraine")).text
    assert len(running.subscriptions.watches(7)) == MAX_WATCHES


async def test_the_same_place_again_changes_its_watch(ana: Person, running: Services) -> None:
    await ana.ask("/watch Goma 100")
    again = await ana.ask("/watch Goma 25")
    assert again.text.startswith("You watched this already")
    assert [watch.area.radius_km for watch in running.subscriptions.watches(7)] == [25]


async def test_a_radius_around_a_country_is_left_out_and_said_so(ana: Person, running: Services) -> None:
    assert "watched as a whole" in (await ana.ask("/watch 200 km around Ukraine")).text
    assert [watch.area.radius_km for watch in running.subscriptions.watches(7)] == [None]


async def test_a_region_without_borders_can_be_given_a_radius(ana: Person, running: Services) -> None:
    running.subscriptions.add_watch(make_chat(7), make_area(name="Darfur, Sudan", radius_km=412.3))
    await ana.ask("/watches")
    await ana.press("1. Change")
    await ana.press("Radius")
    assert "Watching: 300 km around Darfur, Sudan" in (await ana.press("300 km")).text
    await ana.press("Radius")
    assert "Watching: 500 km around Darfur, Sudan" in (await ana.press("500 km")).text
