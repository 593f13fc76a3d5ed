"""What is judged irrelevant is not located, and nothing would come of it if it were."""

from dataclasses import replace

import pytest

from incidents.fuse import fuse
from incidents.types import Report
from pipeline.assess import NOWHERE, Assessor, text_of
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
    assert relevant == [located(report, assessor) for report in relevant]


def test_the_place_of_what_is_not_relevant_changes_nothing(assessor: Assessor, reports: list[Report]) -> None:
    known = make_incident(make_witness(ARTICLE), id=1)
    irrelevant = [report for report in reports if not report.reading.relevant]
    assert len(irrelevant) > len(reports) / 8
    for report in irrelevant:
        assert report.located is NOWHERE
        for candidates in ([], [known]):
            assert fuse(report, candidates, NOW) == fuse(located(report, assessor), candidates, NOW)
