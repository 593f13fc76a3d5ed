"""Times as feeds write them."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "janv fevr mars avr mai juin juil aout sept oct nov dec",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene feb mar abr may jun jul ago set oct nov dic",
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
        "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    )
    for number, name in enumerate(names.split(), 1)
}
_WORDED = re.compile(
    r"(?P<day>\d{1,2})(?:er|ro|º|o)?\.?[\s-]+(?:de\s+)?(?P<month>[a-z]{3,10})\.?[\s-]+(?:de[l]?\s+)?(?P<year>\d{4})"
    r"(?:\D{1,6}?(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
    r"\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?"
)
_EARLIEST, _LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def parse_date(text: str | None) -> datetime | None:
    """An aware UTC time from RFC 3339, RFC 2822 or "20 mars 2025 à 14h05" (en, fr, es, pt, sw); naive means UTC.

    None when it cannot be read or is no year that news has (before 1990, after 2100).
    """
    text = (text or "").strip()[:100]
    for read in (_iso, _mail, _worded):
        moment = read(text)
        if moment is not None:
            break
    else:
        return None
    return in_range(moment)


def in_range(moment: datetime) -> datetime | None:
    """`moment` in UTC (naive ones are), None outside 1990 to 2100."""
    try:
        aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None
    return aware if _EARLIEST <= aware < _LATEST else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(re.sub(r"\s(?=[+-]\d{2}:?\d{2}$)", "", text))
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError):
        return None


def _worded(text: str) -> datetime | None:
    folded = unicodedata.normalize("NFKD", text.casefold())
    found = _WORDED.search("".join(letter for letter in folded if not unicodedata.combining(letter)))
    if found is None or found["month"] not in _MONTHS:
        return None
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    month, zone = _MONTHS[found["month"]], _zone(found["zone"])
    try:
        return datetime(int(found["year"]), month, int(found["day"]), hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _zone(text: str | None) -> timezone:
    digits = re.sub(r"\D", "", text or "")
    if not text or not digits:
        return UTC
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if text.startswith("-") else minutes)) if minutes < 24 * 60 else UTC
