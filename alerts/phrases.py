"""Words for the values of the earlier stages, and outside text made harmless. Message ids; translated where used."""

import re
import unicodedata
from collections.abc import Mapping

from alerts.i18n import Translator
from alerts.i18n import mark as _
from alerts.types import Reason, Severity
from classifiers.taxonomy import SIGNALS, Facility, Signal, Status
from feeds.types import Reliability
from incidents.credibility import Credibility
from incidents.types import Certainty
from places.types import Place, Precision

FACILITIES: Mapping[Facility, str] = {
    Facility.HEALTH: _("Health facility attacked"),
    Facility.SCHOOL: _("School attacked"),
    Facility.CAMP: _("Camp of displaced people attacked"),
    Facility.AID: _("Aid work attacked"),
    Facility.WORSHIP: _("Place of worship attacked"),
    Facility.UN: _("UN site or staff attacked"),
    Facility.UTILITY: _("Power, water or network attacked"),
    Facility.MARKET: _("Market attacked"),
    Facility.MEDIA: _("Media attacked"),
    Facility.TRANSPORT: _("Transport attacked"),
    Facility.RESIDENTIAL: _("Homes attacked"),
    Facility.OTHER: _("Protected site attacked"),
}

SEVERITIES: Mapping[Severity, str] = {
    Severity.EXTREME: _("Extreme"),
    Severity.SEVERE: _("Severe"),
    Severity.MODERATE: _("Moderate"),
    Severity.MINOR: _("Minor"),
}

CERTAINTIES: Mapping[Certainty, str] = {
    Certainty.OBSERVED: _("Observed"),
    Certainty.LIKELY: _("Likely"),
    Certainty.POSSIBLE: _("Possible"),
    Certainty.UNLIKELY: _("Unlikely"),
}

STATUSES: Mapping[Status, str] = {
    Status.REPORTED: _("reports it as fact"),
    Status.CLAIMED: _("passes on a claim"),
    Status.CONFIRMED: _("reports a confirmation"),
    Status.DENIED: _("reports a denial"),
    Status.WARNED: _("passes on a warning"),
}

RELIABILITIES: Mapping[Reliability, str] = {
    Reliability.A: _("completely reliable"),
    Reliability.B: _("usually reliable"),
    Reliability.C: _("fairly reliable"),
    Reliability.D: _("not usually reliable"),
    Reliability.E: _("unreliable"),
    Reliability.F: _("reliability not known"),
}

CREDIBILITIES: Mapping[Credibility, str] = {
    Credibility.CONFIRMED: _("confirmed by other sources"),
    Credibility.PROBABLE: _("probably true"),
    Credibility.POSSIBLE: _("possibly true"),
    Credibility.DOUBTFUL: _("doubtful"),
    Credibility.IMPROBABLE: _("improbable"),
    Credibility.UNKNOWN: _("its truth cannot be judged"),
}

REASONS: Mapping[Reason, str] = {
    Reason.NEW: _("new"),
    Reason.UPDATED: _("updated"),
    Reason.CORROBORATED: _("corroborated"),
    Reason.CONFIRMED: _("confirmed"),
    Reason.ESCALATED: _("escalated"),
    Reason.DISPUTED: _("disputed"),
    Reason.CORRECTED: _("corrected"),
    Reason.WITHDRAWN: _("withdrawn"),
    Reason.EASED: _("eased"),
    Reason.EXPIRED: _("expired"),
    Reason.LEVEL_RISING: _("level rising"),
}

# What the places stage gives as reasons, where {place} is a name.
_PLACE_REASONS = (
    _("the only place of that name"),
    _("the kind of place named beside it"),
    _("size, and the other places named"),
    _("nationality"),
    _("where this actor is at home"),
    _("the capital of {place}"),
    _("several places of that name in {place}"),
    _("not in the gazetteer; the feed is from there"),
    _("not in the gazetteer; named beside {place}"),
    _("not known; the text is about {place}"),
)

_SORTS = {
    Precision.PLACE: _("town"),
    Precision.ADMIN2: _("district"),
    Precision.ADMIN1: _("province"),
    Precision.COUNTRY: _("country"),
}
_TERRITORY = _("territory")
_TERRITORIES_OF = ("CD",)

_COMMAND = re.compile(r"(?<!\S)/(?=\w)")
_SCHEME = re.compile(r"\b(?:https?|tg)://", re.IGNORECASE)
_MENTION = re.compile(r"(?<!\w)@(?=\w)")
_MARKS = re.compile(r"([\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{3})[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+")
_JOINERS = "\u200c\u200d"  # part of Persian and of Indian spellings


def plain(text: str, limit: int) -> str:
    """Outside text as one harmless line of at most `limit` characters, cut with an ellipsis.

    Without control and direction characters, piles of accents, and what a chat would make tappable (commands,
    mentions, addresses).
    """
    shown = "".join(_harmless(c) for c in text)
    shown = _MARKS.sub(r"\1", " ".join(shown.split()))
    shown = _MENTION.sub("＠", _COMMAND.sub("∕", _SCHEME.sub("", shown)))
    return shortened(shown, limit)


def capital(line: str) -> str:
    """A line that may begin with a name in small letters ("l’armée")."""
    return line[:1].upper() + line[1:]


def shortened(line: str, limit: int) -> str:
    """Our own text, whose marks of direction stay, cut to `limit` characters with an ellipsis."""
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _harmless(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") and character not in _JOINERS else character


def signal_name(signal: Signal, facility: Facility | None) -> str:
    """Message id for a signal; an attacked site is called by its type."""
    if signal is Signal.FACILITY_ATTACKED and facility is not None:
        return FACILITIES[facility]
    return SIGNALS[signal].name


def local_name(name: str, place: Place, t: Translator) -> str:
    """The name of a place, or of what it lies in, in the reader's language where one is known."""
    return plain(t.place(name, place.country), 60)


def place_name(place: Place, t: Translator) -> str:
    """ "Walikale (DR Congo)": the place in short."""
    country = t.country(place.country)
    here = t.apart(local_name(place.name, place, t))
    name = country if place.precision is Precision.COUNTRY else f"{here} ({country})"
    return t.text("near {place}", place=name) if place.near else name


def place_sort(place: Place) -> str:
    """Message id for what kind of place it is."""
    territory = place.precision is Precision.ADMIN2 and place.country in _TERRITORIES_OF
    return _TERRITORY if territory else _SORTS[place.precision]


def place_reason(reason: str) -> tuple[str, str] | None:
    """The message id for a reason of the places stage, and the name that fills its {place}; None: it has no words."""
    for message in _PLACE_REASONS:
        before, named, after = message.partition("{place}")
        if reason == message and not named:
            return message, ""
        if named and reason.startswith(before) and reason.endswith(after):
            return message, reason[len(before) : len(reason) - len(after)]
    return None


def place_line(place: Place, t: Translator) -> str:
    """The place with all it lies in, and how exactly it is known, in words."""
    inner = [local_name(n, place, t) for n in (place.name, place.admin2, place.admin1) if n]
    if place.precision is Precision.COUNTRY:
        inner = []
    names = t.series(dict.fromkeys([*inner, t.country(place.country)]))
    if place.precision is not Precision.PLACE:
        return t.text("somewhere in {place}, exact place unknown", place=names)
    if place.near:
        km = round(place.uncertainty_km)
        return t.text("near {place}, within about {km} km", place=names, km=km)
    if place.uncertainty_km >= EXACT_KM:
        return t.text("{place}, within {km} km, exact place unknown", place=names, km=round(place.uncertainty_km))
    return names


EXACT_KM = 10.0
