"""The buttons under an alert."""

from collections.abc import Callable

import pytest

from alerts.mutes import MuteScope, mute_of
from alerts.types import Edition, Language
from chat.alert_buttons import alert_rows, fault_rows, length_rows, scope_rows
from chat.i18n import translator
from chat.services import Services
from classifiers.taxonomy import Fault
from emulator.client import Control
from tests.builders import NOW, make_incident, make_place
from tests.person import Person
from tests.telling import Alerted


async def test_sources_are_shown_in_the_alert_s_place(ana: Person, alerted: Alerted) -> None:
    await alerted()
    sources = await ana.press("Sources")
    assert sources.text.startswith("REPORTED: Territory captured, Walikale (DR Congo). T-0001/1\n\nSOURCES")
    assert "Lakes Herald (B2, usually reliable) reports it as fact" in sources.text
    assert sources.buttons == ("◀ Back",)
    back = await ana.press("◀ Back")
    assert back.text.startswith("REPORTED: Territory captured, Walikale (DR Congo)\n")
    assert back.buttons == OWN
    assert len(await ana.all()) == 1


async def test_why_is_shown_in_the_alert_s_place(ana: Person, alerted: Alerted) -> None:
    await alerted()
    why = await ana.press("Why?")
    assert why.text.startswith("REPORTED: Territory captured, Walikale (DR Congo). T-0001/1")
    assert "Read as: Territory captured 94%" in why.text
    assert "no claim, doubt or warning outweighs it" in why.text
    assert "“Walikale” taken for Walikale, town, North Kivu, DR Congo" in why.text
    assert (await ana.press("◀ Back")).buttons == OWN
    assert len(await ana.all()) == 1


async def test_why_is_answered_where_the_chat_was_forgotten(ana: Person, alerted: Alerted, running: Services) -> None:
    await alerted()
    running.subscriptions.forget(7)
    why = await ana.press("Why?")
    assert "Read as: Territory captured 94%" in why.text


OPERATOR = 4242  # as in conftest.py
OWN = ("Sources", "Map", "Why?", "Mute", "Wrong?")
FAULTS = ("Not an event", "Wrong place", "Wrong kind", "Old news")


async def test_a_verdict_is_given_changed_and_taken_back(ana: Person, alerted: Alerted, running: Services) -> None:
    incident = await alerted()

    def votes() -> dict[Fault, int]:
        with running.store.read() as tx:
            return tx.verdicts.tally(incident.id)

    asked = await ana.press("Wrong?")
    assert (asked.text, asked.buttons) == ("REPORTED", (*FAULTS, "◀ Back"))
    assert (await ana.press("Wrong place")).buttons == OWN
    assert votes() == {Fault.WRONG_PLACE: 1}

    again = await ana.press("Wrong?")
    assert again.buttons == ("Not an event", "✓ Wrong place", "Wrong kind", "Old news", "Take it back", "◀ Back")
    changed, thanks = await ana.press_and_hear("Old news")
    assert "noted: old news" in thanks
    assert changed.buttons == OWN
    assert votes() == {Fault.OLD_NEWS: 1}

    await ana.press("Wrong?")
    assert "taken back" in (await ana.press_and_hear("Take it back"))[1]
    assert votes() == {}
    (shown,) = await ana.all()
    assert shown.text == "REPORTED"


async def test_going_back_votes_nothing(ana: Person, alerted: Alerted, running: Services) -> None:
    incident = await alerted()
    await ana.press("Wrong?")
    assert (await ana.press("◀ Back")).buttons == OWN
    with running.store.read() as tx:
        assert tx.verdicts.get(7, incident.id) is None


async def test_the_same_vote_twice_is_one(ana: Person, alerted: Alerted, running: Services) -> None:
    incident = await alerted()
    await ana.press("Wrong?")
    await ana.press("Not an event")
    await ana.press("Wrong?")
    assert "Thank you" in (await ana.press_and_hear("✓ Not an event"))[1]
    with running.store.read() as tx:
        assert tx.verdicts.tally(incident.id) == {Fault.NOT_AN_EVENT: 1}


async def test_who_was_forgotten_cannot_vote(ana: Person, alerted: Alerted, running: Services) -> None:
    await alerted()
    await ana.press("Wrong?")
    running.subscriptions.forget(7)
    assert "out of date" in await ana.toast("Old news")
    with running.store.read() as tx:
        assert list(tx.verdicts.all()) == []


async def test_in_groups_administrators_speak_for_the_chat(
    person: Callable[..., Person], alerted: Alerted, telegram: Control, running: Services
) -> None:
    await telegram.post("chats", id=-50, type="group", admins=[11])
    incident = await alerted(-50)
    member, admin = person(-50, user_id=12), person(-50, user_id=11)
    assert "Only administrators" in await member.toast("Wrong?")
    assert "SOURCES" in (await member.press("Sources")).text
    await member.press("◀ Back")
    assert "Only administrators" in await member.toast("Mute")
    alert = (await admin.all())[0]
    await admin.press("Wrong?", on=alert)
    await admin.press("Wrong kind", on=alert)
    with running.store.read() as tx:
        assert tx.verdicts.tally(incident.id) == {Fault.WRONG_KIND: 1}


async def test_only_operators_see_the_votes_and_only_in_private(
    person: Callable[..., Person], alerted: Alerted, telegram: Control
) -> None:
    await alerted()
    await person(7).press("Wrong?")
    await person(7).press("Wrong place")
    assert "wrong place" not in (await person(7).ask("/alert 1")).text
    operator = person(7, user_id=OPERATOR)
    assert "\n1 person says: wrong place\n" in (await operator.ask("/alert 1")).text
    await telegram.post("chats", id=-50, type="group", admins=[OPERATOR])
    assert "wrong place" not in (await person(-50, user_id=OPERATOR).ask("/alert 1")).text


LONG = make_incident(place=make_place(name="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"))


@pytest.mark.parametrize("language", Language)
def test_what_the_buttons_carry_fits(language: Language) -> None:
    t = translator(language)
    rows = (
        *alert_rows(Edition.SAMPLE, 2**63 - 1, t),
        *fault_rows(Edition.SAMPLE, 2**63 - 1, Fault.NOT_AN_EVENT, t),
        *scope_rows(Edition.SAMPLE, 2**63 - 1, LONG, {MuteScope.PLACE: mute_of(MuteScope.PLACE, LONG, 1, NOW)}, t),
        *length_rows(Edition.SAMPLE, 2**63 - 1, MuteScope.INCIDENT, True, t),
    )
    labels = [button.label for row in rows for button in row]
    assert all(0 < len(label) <= 24 for label in labels)
    assert len(labels) == 20
