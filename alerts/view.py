"""What an alert text is made from, and the public ids of incidents."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from alerts.i18n import Translator, load, zone
from alerts.types import Edition, Language, Severity
from incidents.types import Incident
from places.areas import AreaMatch

_PUBLIC_ID = re.compile(r"\s*(?:([A-Za-z])\s*-?\s*)?0*(\d{1,12})(?:\s*/\s*\d{1,6})?\s*", re.ASCII)


@dataclass(frozen=True)
class AlertView:
    """One incident as one reader is shown it.

    `time_zone` is an IANA name. `watches`: names of the reader's watches that match, in their own words, each with how
    surely the incident lies in it. `notes`: whole lines in the reader's language, of what bears on the alert at `now`.
    """

    incident: Incident
    severity: Severity
    edition: Edition
    language: Language
    time_zone: str
    now: datetime
    watches: tuple[tuple[str, AreaMatch], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def translator(self) -> Translator:
        return load(self.language)

    @cached_property
    def public_id(self) -> str:
        return public_id(self.edition, self.incident.id, self.incident.revision)

    def moment(self, moment: datetime) -> str:
        return moment_of(moment, self.now, self.time_zone, self.translator)

    def stamped(self, text: str) -> str:
        return stamped(text, self.edition, self.language)


def moment_of(moment: datetime, now: datetime, time_zone: str, t: Translator) -> str:
    """A time in the reader's zone, with the year where it is not this one."""
    local = zone(time_zone)
    same_year = moment.astimezone(local).year == now.astimezone(local).year
    return t.time(moment, local) if same_year else t.full_time(moment, local)


def stamped(text: str, edition: Edition, language: Language) -> str:
    """The text as it may leave: whatever comes from the sample says so in its first word."""
    return load(language).text("SAMPLE · {text}", text=text) if edition is Edition.SAMPLE else text


def public_id(edition: Edition, incident_id: int, revision: int | None = None) -> str:
    """ "T-0417", with a revision "T-0417/2"."""
    base = f"{edition.value}-{incident_id:04d}"
    return base if revision is None else f"{base}/{revision}"


def parse_public_id(text: str) -> tuple[Edition, int] | None:
    """Read "417", "T-0417", "t0417/2" or "S-0003"; without a letter it is a live one. None: it is no id."""
    match = _PUBLIC_ID.fullmatch(text)
    if match is None:
        return None
    letter = (match.group(1) or Edition.LIVE.value).upper()
    number = int(match.group(2))
    return (Edition(letter), number) if letter in set(Edition) and number else None
