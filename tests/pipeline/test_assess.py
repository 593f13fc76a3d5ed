"""What is judged irrelevant is not located, and nothing would come of it if it were."""

from dataclasses import replace

import pytest

from incidents.fuse import fuse
from incidents.types import Report
from pipeline.assess import NOWHERE, Assessor, is_of_talks, text_of
from places.types import Precision
from tests.authored_report import load
from tests.builders import NOW, make_article, make_incident, make_source, make_witness

ARTICLE = 7


@pytest.fixture(scope="module")
def reports(assessor: Assessor) -> list[Report]:
    return assessor.assess(
        [
            make_article(
                id=ARTICLE,
                title=item.text.title,
                summary=item.text.summary,
                language=item.text.language,
                published=item.text.published or NOW,
                source=make_source(home=item.text.home),
            )
            for item in load()
        ]
    )


def located(report: Report, assessor: Assessor) -> Report:
    text, reading = text_of(report.article), report.reading
    return replace(report, located=assessor.locator.locate(text, reading.language, reading.background))


def test_what_is_relevant_is_located(assessor: Assessor, reports: list[Report]) -> None:
    relevant = [report for report in reports if report.reading.relevant]
    assert len(relevant) > len(reports) / 4
    plain = [report for report in relevant if not is_of_talks(report.article.title, report.reading)]
    assert plain == [located(report, assessor) for report in plain]


@pytest.mark.parametrize(
    ("title", "summary", "country"),
    [
        (
            "M23 rebels pull out of peace talks in Luanda",
            "The rebels said they would not attend the talks with the Congolese government.",
            "CD",
        ),
        (
            "Soudan : les FSR annoncent un cessez-le-feu",
            "La trêve commencera lundi. Les paramilitaires disent ne pas vouloir prendre El Obeid.",
            "SD",
        ),
    ],
)
def test_talks_and_truces_are_told_of_the_conflict(assessor: Assessor, title: str, summary: str, country: str) -> None:
    [report] = assessor.assess([make_article(title=title, summary=summary, language=None, published=NOW)])
    main = report.located.main
    assert main is not None
    assert (main.place.precision, main.place.country) == (Precision.COUNTRY, country)


def test_a_truce_in_a_town_stays_there(assessor: Assessor) -> None:
    article = make_article(title="Ceasefire agreed in El Fasher", summary="The army and the RSF agreed.", published=NOW)
    [report] = assessor.assess([article])
    assert report.located.main is not None
    assert report.located.main.place.name == "El Fasher"


def test_the_place_of_what_is_not_relevant_changes_nothing(assessor: Assessor, reports: list[Report]) -> None:
    known = make_incident(make_witness(ARTICLE), id=1)
    irrelevant = [report for report in reports if not report.reading.relevant]
    assert len(irrelevant) > len(reports) / 8
    for report in irrelevant:
        assert report.located is NOWHERE
        for candidates in ([], [known]):
            assert fuse(report, candidates, NOW) == fuse(located(report, assessor), candidates, NOW)
