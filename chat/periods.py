"""Spans of time to look back at: the last days, or a day, month or year of the calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.i18n import Translator, zone

MOST_DAYS = 365
_CODE = re.compile(r"\d{1,3}|\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """`code`: "" for all time, a number of last days ("7"), or a date: "2025", "2025-03", "2025-03-19"."""

    code: str = ""

    def bounds(self, now: datetime, time_zone: str) -> tuple[datetime | None, datetime | None]:
        """From when, and until when (exclusive); dates are those of the zone."""
        if not self.code:
            return None, None
        if len(self.code) <= 3:
            return now - timedelta(days=int(self.code)), None
        year, month, day = ([int(part) for part in self.code.split("-")] + [0, 0])[:3]
        start = datetime(year, month or 1, day or 1, tzinfo=zone(time_zone))
        if day:
            return start, start + timedelta(days=1)
        if month:
            return start, start.replace(year=year + month // 12, month=month % 12 + 1)
        return start, start.replace(year=year + 1)

    def name(self, t: Translator) -> str:
        if not self.code:
            return t.text("all time")
        if len(self.code) <= 3:
            return t.plural("the last {count} day", "the last {count} days", int(self.code))
        return self.code


ALL_TIME = Period()
_DAYS = "d|days?|j|jours?|siku|d[ií]as?|يوم|يوما|يومًا|أيام|ايام"
_LAST_DAYS = re.compile(rf"(?P<before>.*?)\b(?P<days>\d{{1,3}})\s*(?:{_DAYS})", re.ASCII | re.IGNORECASE)
_DAYS_LAST = re.compile(r"(?P<before>.*?)\bsiku\s+(?P<days>\d{1,3})", re.ASCII | re.IGNORECASE)  # as Swahili says it


def trailing_period(text: str) -> tuple[str, Period]:
    """What comes before the period at the end of a text, and the period: "North Kivu 2025-03", "Walikale 30 days"."""
    text = text.strip()
    if match := _LAST_DAYS.fullmatch(text) or _DAYS_LAST.fullmatch(text):
        before, last = match["before"], match["days"]
    else:
        before, _, last = text.rpartition(" ")
    period = parse_period(last) if last else None
    return (before.strip(), period) if period is not None else (text, ALL_TIME)


def parse_period(text: str) -> Period | None:
    """The period of a code or of a date as people write it; None where it is neither up to MOST_DAYS days nor a
    date of the years 1970 to 9998."""
    text = text.strip().replace("/", "-")
    if not text:
        return Period()
    if not _CODE.fullmatch(text):
        return None
    if len(text) <= 3:
        return Period(text) if 1 <= int(text) <= MOST_DAYS else None
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    try:
        date(year, month, day)
    except ValueError:
        return None
    return Period(text) if 1970 <= year <= 9998 else None
