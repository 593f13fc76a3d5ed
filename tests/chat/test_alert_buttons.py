"""The buttons under an alert."""

from chat.services import Services
from tests.person import Person
from tests.telling import Alerted


async def test_details_answer_the_alert(ana: Person, alerted: Alerted) -> None:
    await alerted()
    detail = await ana.press_for_new("Details")
    assert "SOURCES" in detail.text
    assert detail.quoted == "REPORTED"


async def test_why_answers_the_alert_with_one_message(ana: Person, alerted: Alerted) -> None:
    await alerted()
    before = await ana.all()
    why = await ana.press_for_new("Why?")
    assert why.quoted == "REPORTED"
    assert "Read as: Territory captured 94%" in why.text
    assert "(rule: told as fact)" in why.text
    assert "“Walikale” taken for Walikale, town, North Kivu, DR Congo" in why.text
    assert (await ana.all())[:-1] == before


async def test_why_is_for_those_who_were_told(ana: Person, alerted: Alerted, running: Services) -> None:
    await alerted()
    running.subscriptions.forget(7)
    assert "out of date" in await ana.toast("Why?")
