"""Changing and removing what is watched, by buttons."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from alerts.types import Bar, Severity
from chat.services import Services
from classifiers.taxonomy import Signal
from emulator.client import Control
from incidents.types import Certainty
from pipeline.subscriptions import MAX_WATCHES
from tests.builders import NOW, make_area, make_chat
from tests.person import Person
from tests.telling import tell


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
    assert card.buttons == ("Severity", "Kinds", "How sure", "At night", "Remove", "All watches")


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
    assert again.text.startswith("You watched this already; it is changed.")
    once_more = await ana.ask("/watch Goma 25")
    assert once_more.text.startswith("You watch this already; nothing is changed.")
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


async def test_a_watch_asks_how_sure_and_what_may_ring_at_night(ana: Person, running: Services) -> None:
    await ana.ask("/watch North Kivu")
    asked = await ana.press("How sure")
    assert asked.buttons == (
        "✓ also mere claims",
        "reported as fact, or surer",
        "corroborated or confirmed",
        "◀ Back",
    )
    assert "Severity: Moderate or graver, reported as fact" in (await ana.press("reported as fact, or surer")).text
    night = await ana.press("At night")
    assert "What may ring at night, 22:00 to 06:00?" in night.text
    assert "✓ As by day" in night.buttons
    assert "✓ only Extreme" in (await ana.press("only Extreme")).buttons
    both = await ana.press("corroborated or confirmed")
    assert {"✓ only Extreme", "✓ corroborated or confirmed", "As by day"} <= set(both.buttons)
    card = await ana.press("◀ Back")
    assert "At night, 22:00 to 06:00: only Extreme, corroborated or confirmed" in card.text
    (watch,) = running.subscriptions.watches(7)
    assert watch.day == Bar(Severity.MODERATE, Certainty.LIKELY)
    assert watch.night == Bar(Severity.EXTREME, Certainty.OBSERVED)
    await ana.press("At night")
    await ana.press("As by day")
    assert "At night" not in (await ana.press("◀ Back")).text
    await ana.ask("/quiet 21:00-05:30")
    await ana.ask("/watches")
    card = await ana.press("1. Change")
    assert "At night, 21:00 to 05:30: only Extreme, by your quiet hours" in card.text


async def test_a_kind_is_given_a_radius_of_its_own(ana: Person, running: Services) -> None:
    await ana.ask("/watch Goma 100")
    await ana.press("Radius")
    kinds = await ana.press("By kind of event")
    assert len(kinds.buttons) == len(Signal) + 1
    radii = await ana.press("People fleeing")
    assert "✓ As the watch" in radii.buttons
    assert "People fleeing: within 300 km" in (await ana.press("300 km")).text
    await ana.press("Radius")
    await ana.press("By kind of event")
    await ana.press("People fleeing: 300 km")
    assert "within" not in (await ana.press("As the watch")).text
    assert running.subscriptions.watches(7)[0].radii == {}


async def test_a_kind_pressed_twice_is_chosen_once(ana: Person, running: Services) -> None:
    """Two cards of one watch show the same buttons; what the first did, the second does not undo."""
    await ana.ask("/watch Ukraine")
    twins = [await ana.ask("/watches") for _ in range(2)]
    for twin in twins:
        await ana.press("1. Change", twin)
        await ana.press("Kinds", twin)
    for twin in twins:
        await ana.press("People fleeing", twin)
    assert running.subscriptions.watches(7)[0].kinds == {Signal.DISPLACEMENT}


def fill(running: Services, days: int) -> None:
    """Chat 99 was told of one incident in Walikale each day, one in seven of them Extreme and corroborated."""
    with running.store.write() as tx:
        tx.chats.put(make_chat(99))
    for day in range(days):
        grave = day % 7 == 0
        tell(
            running.store,
            99,
            at=NOW - timedelta(days=days - 1 - day),
            severity=Severity.EXTREME if grave else Severity.SEVERE,
            certainty=Certainty.OBSERVED if grave else Certainty.LIKELY,
        )


async def test_what_it_would_have_sent_is_told_before_and_after_saving(ana: Person, running: Services) -> None:
    fill(running, 40)
    asked = await ana.ask("/watch Pinga")
    assert asked.text.splitlines() == [
        "Pinga, town, North Kivu, DR Congo. How far around?",
        "In the last 30 days you would have got:",
        "25 km: no alert",
        "50 km: no alert",
        "100 km: 31 alerts: 4 Extreme and 27 Severe",
        "200 km: 31 alerts: 4 Extreme and 27 Severe",
    ]
    saved = await ana.press("100 km")
    assert "In the last 30 days this watch would have sent 31 alerts: 4 Extreme and 27 Severe." in saved.text
    await ana.press("How sure")
    sure = await ana.press("corroborated or confirmed")
    assert "this watch would have sent 4 alerts: 4 Extreme." in sure.text
    severities = await ana.press("Severity")
    assert "only Extreme: 4 alerts: 4 Extreme" in severities.text
    await ana.press("◀ Back")
    await ana.press("Kinds")
    await ana.press("People fleeing")
    assert "In the last 30 days this watch would have sent nothing." in (await ana.press("◀ Back")).text


async def test_a_short_memory_says_so(ana: Person, running: Services) -> None:
    assert "I have no history yet" in (await ana.ask("/watch Ukraine")).text
    fill(running, 3)
    await ana.ask("/language fr")
    assert (await ana.ask("/watch Walikale 50")).text.endswith(
        "Depuis le 17 mars 2025, aussi loin que je me souvienne, cette surveillance aurait envoyé 3 alertes\u00a0: "
        "1 Extrême et 2 Grave."
    )


@pytest.mark.parametrize("chat_type", ["supergroup", "channel"])
async def test_administrators_set_the_watches_of_a_group(
    person: Callable[..., Person], telegram: Control, running: Services, chat_type: str
) -> None:
    await telegram.post("chats", id=-60, type=chat_type, admins=[11])
    admin, member = person(-60, user_id=11), person(-60, user_id=12)
    await admin.ask("/watch Ukraine")
    card = await admin.last()
    assert "Only administrators" in await member.toast("How sure", card)
    await admin.press("How sure", card)
    assert "Only administrators" in await member.toast("corroborated or confirmed", card)
    changed = await admin.press("corroborated or confirmed", card)
    assert "Severity: Moderate or graver, corroborated or confirmed" in changed.text
    await admin.press("At night", card)
    assert "✓ only Extreme" in (await admin.press("only Extreme", card)).buttons
    (watch,) = running.subscriptions.watches(-60)
    assert watch.night == Bar(Severity.EXTREME, Certainty.OBSERVED)


async def test_settings_in_french(ana: Person) -> None:
    await ana.ask("/language fr")
    saved = await ana.ask("/watch Goma 100")
    assert saved.buttons == (
        "Rayon",
        "Gravité",
        "Types",
        "Certitude",
        "La nuit",
        "Retirer",
        "Tous les lieux surveillés",
    )
    await ana.press("Certitude")
    assert "rapporté comme un fait, ou plus sûr" in (await ana.press("rapporté comme un fait, ou plus sûr")).text
    night = await ana.press("La nuit")
    assert "Qu’est-ce qui peut sonner la nuit, de 22:00 à 06:00\u00a0?" in night.text
    await ana.press("seulement extrême")
    assert "La nuit, de 22:00 à 06:00\u00a0: seulement extrême" in (await ana.press("◀ Retour")).text


async def test_the_first_regions_are_offered_with_what_they_would_have_sent(ana: Person, running: Services) -> None:
    await ana.ask("/start")
    assert "would have got" not in (await ana.press("English")).text
    fill(running, 40)
    await ana.ask("/start")
    offered = (await ana.press("English")).text.splitlines()
    assert "In the last 30 days you would have got:" in offered
    assert "200 km around Walikale: 31 alerts: 4 Extreme and 27 Severe" in offered
    assert "Ukraine: no alert" in offered
    assert "this watch would have sent 31 alerts" in (await ana.press("North Kivu")).text
