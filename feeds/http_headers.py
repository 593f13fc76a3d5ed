"""What an answer's headers say about time: how long it stays fresh, when to come back."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_YEAR_S = 366 * 24 * 3600


def fresh_for_s(headers: Mapping[str, str]) -> int | None:
    """Seconds that a cache may keep the answer (RFC 9111: max-age less Age, else Expires less Date); None: not said."""
    control = headers.get("Cache-Control", "").lower()
    if "no-store" in control or "no-cache" in control:
        return None
    if found := re.search(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", control):
        return max(0, min(int(found[1]), _YEAR_S) - _count(headers.get("Age", "")))
    return _seconds_until(headers.get("Expires"), headers)


def retry_after_s(headers: Mapping[str, str]) -> int | None:
    """Seconds until the server wants to be asked again (RFC 9110: a number, or a date read against Date)."""
    value = headers.get("Retry-After")
    if value and value.strip().isascii() and value.strip().isdigit():
        return min(_count(value), _YEAR_S)
    return _seconds_until(value, headers)


def _count(value: str) -> int:
    text = value.strip()
    return int(text[:10]) if text.isascii() and text.isdigit() else 0


def _seconds_until(value: str | None, headers: Mapping[str, str]) -> int | None:
    moment, now = _date(value), _date(headers.get("Date"))
    if moment is None or now is None:
        return None
    return max(0, min(int((moment - now).total_seconds()), _YEAR_S))


def _date(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value or "")
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
