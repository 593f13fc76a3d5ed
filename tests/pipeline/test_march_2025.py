"""The report of March 2025, in several words: what is said, where, by whom, and what is only recalled."""

import pytest

from classifiers.taxonomy import Facility, Signal
from incidents.fuse import fuse
from pipeline.assess import Assessor
from tests.builders import NOW, make_article

WORDINGS = {
    "en": (
        "M23 rebels enter Walikale, MSF clinic under fire, residents flee",
        "The Congolese army denied on Wednesday that the North Kivu town had fallen. The rebels seized Goma in January "
        "and Bukavu in February.",
    ),
    "en, another": (
        "Eastern Congo: M23 moves into Walikale as MSF hospital is hit by gunfire",
        "Residents fled the town in North Kivu as the rebels entered Walikale on Wednesday. The army denied losing it. "
        "The group, which captured Goma in January and Bukavu in February, says that it protects civilians.",
    ),
    "fr": (
        "Nord-Kivu : les rebelles du M23 entrent à Walikale",
        "Une base de Médecins sans frontières a été touchée par des tirs et de nombreux habitants ont fui, tandis que "
        "l'armée dément avoir perdu la ville. Le M23 a déjà pris Goma en janvier et Bukavu en février.",
    ),
}


@pytest.mark.parametrize("words", WORDINGS)
def test_what_is_new_is_read_and_what_is_recalled_is_not(assessor: Assessor, words: str) -> None:
    title, summary = WORDINGS[words]
    [report] = assessor.assess([make_article(title=title, summary=summary, language=words[:2])])
    reading, main = report.reading, report.located.main
    assert set(reading.labels) == {Signal.TERRITORY_CAPTURED, Signal.FACILITY_ATTACKED, Signal.DISPLACEMENT}
    assert reading.facility is Facility.HEALTH
    assert reading.actor == "M23"
    assert reading.disputed
    assert main is not None
    assert (main.place.name, main.place.admin1, main.place.country) == ("Walikale", "North Kivu", "CD")
    fusion = fuse(report, [], NOW)
    assert fusion is not None
    assert fusion.incident.kind is Signal.TERRITORY_CAPTURED
    assert fusion.incident.place.name == "Walikale"


def test_a_text_that_only_recalls_makes_no_incident(assessor: Assessor) -> None:
    [report] = assessor.assess(
        [make_article(title="A walk through Goma's markets", summary="The city fell to M23 rebels in January.")]
    )
    assert fuse(report, [], NOW) is None
