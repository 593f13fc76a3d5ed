"""What a person does with the bot, typed, pressed, shared and uploaded, in every kind of chat and two languages."""

from collections.abc import Callable
from typing import Any

import pytest

from alerts.i18n import Translator
from alerts.types import Language
from chat.i18n import translator
from chat.services import Services
from emulator.client import Control
from places.types import AreaKind
from tests.person import Person

ADMIN = 1
CSV = b"name,lat,lon,radius_km\nClinique du Lac,-1.7,29.2,20\n"
KINDS: dict[str, dict[str, Any]] = {
    "private": {"id": 7},
    "group": {"id": -1001, "type": "group", "title": "Desk", "admins": [ADMIN]},
    "forum": {"id": -100321, "is_forum": True, "title": "Desk", "admins": [ADMIN]},
    "channel": {"id": -1005, "type": "channel", "title": "News", "admins": [ADMIN]},
}
FIELDS = ("time", "start", "end", "zone", "now", "formats")  # of the texts below
SAID = {
    "/map North Kivu 30": "I know of nothing there that was worth an alert. That nothing is reported is no safety.",
    "/trend North Kivu": "I know of nothing there that was worth an alert. That nothing is reported is no safety.",
    "/level North Kivu": "This measures what is reported; what nobody reports it cannot see.",
    "/alerts": "I have told you of nothing yet. /watches shows what you watch.",
    "/export": "Write a place, a period and a format, each if you like: /export North Kivu 2025-03 csv. "
    "The formats are {formats}; a period is a date or a number of days.",
    "/settings": "Settings of this chat:",
    "/digest 07:30": "Alerts: together in a digest every day at {time}; Extreme at once",
    "/quiet 22:00-06:00": "Quiet from {start} to {end} ({zone}): only Extreme alerts come then. "
    "/timezone changes the zone.",
    "/timezone Goma": "Times are shown in {zone} now. It is {now} there.",
    "/mutes": "Nothing is muted. The Mute button under an alert keeps silent about what you choose.",
    "/share": "My links",
    "/forget": "Erase everything",
}


@pytest.fixture(params=[Language.EN, Language.FR])
def t(request: pytest.FixtureRequest) -> Translator:
    return translator(request.param)


@pytest.fixture(params=KINDS)
async def someone(
    request: pytest.FixtureRequest, telegram: Control, person: Callable[..., Person], t: Translator
) -> Person:
    """An administrator there; where there are topics, in one of them."""
    chat = KINDS[request.param]
    await telegram.post("chats", **chat)
    there = person(chat["id"], ADMIN if "admins" in chat else None)
    assert (await there.ask(f"/language {t.language.value}")).text.startswith(t.text("I speak English now."))
    return there


async def test_a_watch_is_typed_pressed_and_changed(someone: Person, running: Services, t: Translator) -> None:
    which = await someone.ask("/watch Walikale")
    radii = await someone.press(which.buttons[0], which)
    saved = await someone.press("100 km", radii)
    assert t.text("{radius} km around {name}", radius=100, name="Walikale") in saved.text
    graver = await someone.press(t.text("Severity"), saved)
    assert t.text("Changed.") in (await someone.press(graver.buttons[0], graver)).text
    listed = await someone.ask("/watches")
    assert t.plural("You watch {count} area:", "You watch {count} areas:", 1) in listed.text
    await someone.press(t.text("{number}. Remove", number=1), listed)
    assert running.subscriptions.watches(someone.chat_id) == []


async def test_a_file_of_bases_is_uploaded_and_named(someone: Person, running: Services, t: Translator) -> None:
    shown = await someone.send_file("bases.csv", CSV, caption="/import")
    await someone.press(t.plural("Save {count}", "Save all {count}", 1), shown)
    [watch] = running.subscriptions.watches(someone.chat_id)
    assert watch.area.name == t.text("{radius} km around {name}", radius=20, name="Clinique du Lac")
    assert watch.area.name in (await someone.ask("/map Clinique du Lac")).text


async def test_every_question_is_answered_in_the_chat_s_language(someone: Person, t: Translator) -> None:
    await someone.ask("/watch Ukraine")
    for asked, words in SAID.items():
        answer = await someone.ask(asked)
        said = f"{answer.text} {' '.join(answer.buttons)}"
        own = t.text(words, **dict.fromkeys(FIELDS, "\0"))
        assert max(own.split("\0"), key=len).strip() in said, (asked, answer.text)


async def test_a_place_is_typed_or_shared_in_private(
    telegram: Control, person: Callable[..., Person], running: Services, t: Translator
) -> None:
    ana = person(7)
    await ana.ask(f"/language {t.language.value}")
    assert t.text("Watching: {area}", area="Ukraine") in (await ana.ask("Ukraine")).text
    shared = await ana.share(-1.4211, 28.0703)
    await ana.press("50 km", shared)
    _, circle = running.subscriptions.watches(7)
    assert (circle.area.kind, circle.area.lat, circle.area.lon) == (AreaKind.CIRCLE, -1.4, 28.1)
