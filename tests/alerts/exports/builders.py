"""Incidents to export, each with its revisions and alerts."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from alerts.exports.items import ExportItem, Reader
from alerts.types import Edition, Language, Reason, Severity
from classifiers.taxonomy import Status
from incidents.types import Cause, Certainty
from places.types import Precision
from tests.builders import NOW, make_alert, make_incident, make_place, make_source, make_witness, minutes

READER = Reader(Language.EN, "Africa/Kinshasa", NOW)
FRENCH = Reader(Language.FR, "Africa/Kinshasa", NOW)


def make_item(number: int = 417, edition: Edition = Edition.LIVE, at: datetime = NOW, **fields: Any) -> ExportItem:
    """One report and the alert about it."""
    incident = make_incident(make_witness(number), **{"id": number, **fields})
    return ExportItem(edition, (incident,), (make_alert(incident, at=at),), Severity.SEVERE)


def story(number: int = 417) -> ExportItem:
    """Reported, quietly copied, corroborated and disputed, then withdrawn by us."""
    first = make_incident(make_witness(1), id=number)
    copy = replace(first, revision=2, cause=Cause.DEPENDENT_REPORT)
    second = make_witness(2, source=make_source(name="Kivu Echo", independence="publisher:kivu-echo"))
    corroborated = replace(
        first,
        revision=3,
        cause=Cause.INDEPENDENT_REPORT,
        witnesses=(*first.witnesses, second),
        certainty=Certainty.OBSERVED,
        disputed=True,
        disputed_by=("FARDC",),
    )
    withdrawn = replace(corroborated, revision=4, cause=Cause.WITHDRAWAL, withdrawn=True)
    told = (
        make_alert(first, at=NOW),
        make_alert(copy, at=NOW + minutes(5), reason=Reason.UPDATED),
        make_alert(corroborated, at=NOW + minutes(20), reason=Reason.CORROBORATED),
        make_alert(withdrawn, at=NOW + minutes(90), reason=Reason.WITHDRAWN),
    )
    return ExportItem(Edition.LIVE, (first, copy, corroborated, withdrawn), told, Severity.SEVERE)


def varied() -> list[ExportItem]:
    """One of each kind that a format must be able to say."""
    country = make_place(
        id="c:CD", name="DR Congo", precision=Precision.COUNTRY, admin1=None, admin2=None, uncertainty_km=900.0
    )
    waters = make_place(id="w", name="Black Sea", country="XZ", admin1=None, admin2=None, uncertainty_km=300.0)
    return [
        story(),
        make_item(1, status=Status.CLAIMED, certainty=Certainty.POSSIBLE, claimants=("M23",), killed=12),
        make_item(2, status=Status.WARNED, certainty=Certainty.POSSIBLE, actors=()),
        make_item(3, certainty=Certainty.UNLIKELY),
        make_item(4, status=Status.CONFIRMED, certainty=Certainty.OBSERVED, confirmed_by=("MSF",)),
        make_item(5, place=country),
        make_item(6, place=waters, eased=True),
        make_item(7, Edition.SAMPLE),
    ]
