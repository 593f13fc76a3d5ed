"""What happened around Walikale in an invented month, of every kind, severity and certainty, for maps to show."""

from datetime import timedelta
from typing import Any

from alerts.maps import Frame, MapView, Sight
from alerts.types import Edition, Language, Severity
from classifiers.taxonomy import Signal
from incidents.types import Certainty
from places.types import Area, AreaKind, Place, Precision
from tests.builders import NOW, make_incident, make_place

AROUND = Area(AreaKind.CIRCLE, "200 km around Walikale", lat=-1.4211, lon=28.0703, radius_km=200.0)
GAZA = Area(AreaKind.ADMIN1, "Gaza Strip, Palestine", "PS", "Gaza Strip")
WORLD = Area(AreaKind.WORLD, "World")
DISPUTED = 7  # of the month's
SPOTS = {"Walikale": (-1.42, 28.07), "Goma": (-1.68, 29.23), "Bukavu": (-2.5, 28.86), "Masisi": (-1.4, 28.81)}
PROVINCE = make_place(
    id="a1:CD/North Kivu", name="North Kivu", precision=Precision.ADMIN1, admin2=None, lat=-0.7, lon=28.9
)


def spot(name: str) -> Place:
    lat, lon = SPOTS[name]
    return make_place(id=f"test:{name}", name=name, lat=lat, lon=lon)


def sight(number: int, kind: Signal = Signal.ARMED_CLASH, **fields: Any) -> Sight:
    """`severity` beside the fields of an incident."""
    severity = fields.pop("severity", Severity.SEVERE)
    seen = NOW - timedelta(days=number)
    incident = make_incident(id=number, kind=kind, signals=(kind,), first_seen=seen, last_seen=seen, **fields)
    return Sight(Edition.LIVE, incident, severity)


def month() -> tuple[Sight, ...]:
    """Three at each town, one of them disputed, and two somewhere in the province."""
    kinds, severities = list(Signal), list(Severity)
    sure = [Certainty.OBSERVED, Certainty.LIKELY, Certainty.POSSIBLE]
    found = [
        sight(
            n,
            kinds[n % 12],
            severity=severities[n % 4],
            certainty=sure[n % 3],
            place=spot(list(SPOTS)[n // 3]),
            disputed=n == DISPUTED,
        )
        for n in range(12)
    ]
    return (*found, sight(12, Signal.MOBILISATION, place=PROVINCE), sight(13, Signal.MOBILISATION, place=PROVINCE))


def frame(area: Area = AROUND, language: Language = Language.EN, edition: Edition = Edition.LIVE) -> Frame:
    period = {Language.FR: "les 30 derniers jours"}.get(language, "the last 30 days")
    return Frame(area, period, edition, language, "Africa/Lubumbashi", NOW)


def view(area: Area = AROUND, language: Language = Language.EN) -> MapView:
    found = month()
    return MapView(frame(area, language), found, found[3])
