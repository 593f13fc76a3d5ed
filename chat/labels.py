"""Short words for places, areas, kinds and severities, on buttons and in lists."""

import re

from alerts.bidi import unmarked
from alerts.i18n import Translator
from alerts.i18n import mark as _
from alerts.mutes import Mute
from alerts.phrases import SEVERITIES, place_sort
from alerts.phrases import place_name as place_in_short
from alerts.types import Bar, Severity, Watch
from classifiers.taxonomy import SIGNALS, Fault, Signal
from incidents.types import Certainty
from pipeline.asking import is_rough, takes_radius
from places.gazetteer import Gazetteer
from places.types import Area, Place, Precision

_FAULTS = {
    Fault.NOT_AN_EVENT: _("not an event"),
    Fault.WRONG_PLACE: _("wrong place"),
    Fault.WRONG_KIND: _("wrong kind"),
    Fault.OLD_NEWS: _("old news"),
}
_SURENESS = {
    Certainty.POSSIBLE: _("also mere claims"),
    Certainty.LIKELY: _("reported as fact, or surer"),
    Certainty.OBSERVED: _("corroborated or confirmed"),
}
SURE_ENOUGH = tuple(_SURENESS)  # what a watch can ask for, the least sure first
_KILOMETRES = re.compile(r"\d+ (?=(?:km|كم)\b)")


def place_name(place: Place, t: Translator) -> str:
    if place.precision is Precision.COUNTRY:
        return t.country(place.country)
    return t.place(place.name, place.country)


def place_label(place: Place, gazetteer: Gazetteer, t: Translator) -> str:
    """ "Walikale, town, North Kivu, DR Congo"."""
    parts = [place_name(place, t), t.text(place_sort(place))]
    chain = {parent.precision: parent for parent in gazetteer.admin_chain(place)}
    for level in (Precision.ADMIN1, Precision.COUNTRY):
        if level is not place.precision and level in chain:
            parts.append(place_name(chain[level], t))
    return t.series(parts)


def area_name(place: Place, radius_km: int | None, t: Translator) -> str:
    """What a watch of this place is called: "200 km around Walikale", "North Kivu, DR Congo", "Ukraine"."""
    return unmarked(_area_name(place, radius_km, t))


def _area_name(place: Place, radius_km: int | None, t: Translator) -> str:
    name = place_name(place, t)
    if radius_km is None and is_rough(place):
        radius_km = round(place.uncertainty_km)
    if radius_km is not None and takes_radius(place):
        return t.text("{radius} km around {name}", radius=radius_km, name=name)
    if place.precision is Precision.ADMIN2:
        return f"{name} ({t.text(place_sort(place))})"
    return name if place.precision is Precision.COUNTRY else t.series([name, t.country(place.country)])


def resized_name(area: Area, radius_km: int, t: Translator) -> str:
    """The name of a circle with another radius: its own "200 km" follows; one that is called without gets it."""
    if _KILOMETRES.match(area.name):
        return _KILOMETRES.sub(f"{radius_km} ", area.name, count=1)
    return unmarked(t.text("{radius} km around {name}", radius=radius_km, name=area.name))


def point_name(lat: float, lon: float, t: Translator) -> str:
    """ "1.4° S, 28.1° E"."""
    south_north = (
        t.text("{degrees}° S", degrees=f"{-lat:.1f}") if lat < 0 else t.text("{degrees}° N", degrees=f"{lat:.1f}")
    )
    west_east = (
        t.text("{degrees}° W", degrees=f"{-lon:.1f}") if lon < 0 else t.text("{degrees}° E", degrees=f"{lon:.1f}")
    )
    return f"{south_north}, {west_east}"


def kind_name(kind: Signal, t: Translator) -> str:
    return t.text(SIGNALS[kind].name)


def muted_name(mute: Mute, t: Translator) -> str:
    """The place or kind that is muted."""
    if mute.place is not None:
        return place_in_short(mute.place, t)
    return kind_name(mute.kind, t) if mute.kind else ""


def fault_name(fault: Fault, t: Translator) -> str:
    return t.text(_FAULTS[fault])


def severity_and_above(severity: Severity, t: Translator) -> str:
    """ "Moderate or graver"."""
    if severity is Severity.EXTREME:
        return t.text("only Extreme")
    if severity is Severity.MINOR:
        return t.text("everything")
    return t.text("{severity} or graver", severity=t.text(SEVERITIES[severity]))


def sureness(certainty: Certainty, t: Translator) -> str:
    """How sure an event must be, in the words that alerts begin with."""
    return t.text(_SURENESS[certainty])


def bar_words(bar: Bar, t: Translator) -> str:
    """ "Moderate or graver, reported as fact or surer"."""
    severity = severity_and_above(bar.severity, t)
    if bar.certainty not in SURE_ENOUGH[1:]:
        return severity
    return t.text("{severity}, {sureness}", severity=severity, sureness=sureness(bar.certainty, t))


def kinds_of(watch: Watch, t: Translator) -> str:
    if not watch.kinds:
        return t.text("all kinds of events")
    return t.listing([kind_name(kind, t) for kind in Signal if kind in watch.kinds])
