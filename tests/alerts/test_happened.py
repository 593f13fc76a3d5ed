"""The day of the event stands in the alert where it is not the day of the first report."""

from datetime import timedelta

import pytest

from alerts.types import Language
from alerts.wording import render
from tests.alerts.walikale import view
from tests.builders import NOW, make_incident, make_witness

TUESDAY = NOW.date() - timedelta(days=1)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (Language.EN, "Happened: 18 March 2025, by what is reported."),
        (Language.FR, "Survenu : 18 mars 2025, d’après les articles."),
    ],
)
def test_an_earlier_day_is_told(language: Language, line: str) -> None:
    incident = make_incident(make_witness(1, happened=TUESDAY))
    assert line in render(view(incident, language)).splitlines()


@pytest.mark.parametrize("days", [(None,), (NOW.date(),), (TUESDAY, NOW.date())], ids=["none", "today", "doubtful"])
def test_no_other_day_is(days: tuple[object, ...]) -> None:
    incident = make_incident(*(make_witness(number, happened=day) for number, day in enumerate(days, 1)))
    assert "Happened" not in render(view(incident, Language.EN))
