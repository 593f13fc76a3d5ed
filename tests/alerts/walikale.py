"""The story to get right, as incidents: a claim and a denial, a first outlet, a second one, an agency copy."""

from dataclasses import replace
from typing import Any

from alerts.severity import severity
from alerts.types import Edition, Language
from alerts.view import AlertView
from classifiers.taxonomy import Facility, Signal, Status
from incidents.types import Incident
from places.areas import AreaMatch
from tests.builders import NOW
from tests.incidents.stories import hours, outlet, report, told

OKAPI = report(
    1,
    "Les rebelles du M23 entrent à Walikale",
    "Des tirs ont touché la base de MSF, des familles fuient vers la forêt.",
    labels=(Signal.TERRITORY_CAPTURED, Signal.FACILITY_ATTACKED, Signal.DISPLACEMENT),
    facility=Facility.HEALTH,
    language="fr",
    status=Status.CLAIMED,
    claimant="M23",
    disputed=True,
    disputed_by="FARDC",
    killed=12,
    by="Radio Okapi",
    article={"link": "https://okapi.example/walikale"},
)
RFI = report(
    2,
    "M23 rebels seize Walikale in eastern Congo",
    "The town fell on Wednesday, residents said by telephone.",
    killed=30,
    injured=1,
    by="RFI",
    after=1,
    article={"link": "https://rfi.example/walikale"},
)
ACTUALITE = report(
    3,
    "Walikale in rebel hands",
    "Soldiers left their posts in the night; shops are shut.",
    by="Actualite.cd",
    after=2,
    article={"link": "https://actualite.example/walikale"},
)
AVENIR = report(
    4,
    "Congo: M23 takes Walikale",
    "The group holds the mining centre.",
    after=3,
    article={"source": outlet("L'Avenir", independence="publisher:RFI", wire="AFP"), "link": None},
)
STORY = (OKAPI, RFI, ACTUALITE, AVENIR)
WATCH = (("200 km around Walikale", AreaMatch.INSIDE),)


def after(count: int) -> Incident:
    """Incident 417 as known after so many of the reports."""
    (incident,) = told(*STORY[:count])
    return replace(incident, id=417)


def view(incident: Incident, language: Language = Language.EN, **fields: Any) -> AlertView:
    defaults: dict[str, Any] = {
        "incident": incident,
        "severity": severity(incident),
        "edition": Edition.LIVE,
        "language": language,
        "time_zone": "Africa/Kinshasa",
        "now": NOW + hours(incident.revision),
        "watches": WATCH,
    }
    return AlertView(**{**defaults, **fields})
