"""Until when to pause, as people write it: "3 days", "2 h", "until Monday 08:00", "jusqu'à demain". Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta

from babel.dates import get_day_names

from alerts.i18n import zone
from alerts.types import Language
from store.words import folded

WAKING = time(8)  # where a day is named and no hour
LONGEST = timedelta(days=90)


def _words(text: str) -> frozenset[str]:
    return frozenset(map(folded, text.split()))


_UNITS = {
    timedelta(minutes=1): "m min mins minute minutes dakika minuto minutos دقيقه دقيقة دقائق",
    timedelta(hours=1): "h hr hrs hour hours heure heures saa hora horas ساعه ساعة ساعات",
    timedelta(days=1): "d day days j jour jours siku dia dias يوم ايام أيام",
    timedelta(weeks=1): "w week weeks semaine semaines sem wiki juma semana semanas اسبوع أسبوع اسابيع أسابيع",
}
_LENGTHS = {word: length for length, words in _UNITS.items() for word in _words(words)}
_TODAY = _words("today aujourd'hui aujourd’hui leo hoy hoje اليوم")
_TOMORROW = _words("tomorrow demain kesho mañana amanhã غدا")
_UNTIL = _words("until till jusqu'à jusqu’à jusqu'au jusqu’au jusque hadi mpaka hasta até حتى إلى")
_FILLING = _UNTIL | _words("to for at on the pendant pour à au le kwa el la las durante por para às as o لمدة")
_AMOUNT = re.compile(r"(\d{1,4})\s*([^\W\d]+)|([^\W\d]+)\s+(\d{1,4})")  # "3 days"; Swahili says "siku 3"
_CLOCK = re.compile(r"(\d{1,2})(?:[:h](\d{2})|h)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?")


def parse_pause(written: str, now: datetime, time_zone: str, language: Language) -> datetime | None:
    """The end of a pause (UTC), later than `now`; None where the text names none.

    A weekday is the next one, a clock time its next occurrence, a day without an hour means 08:00 of the chat's time.
    """
    said = written.casefold().split()
    words = [word for word in said if folded(word) not in _FILLING]
    if not any(folded(word) in _UNTIL for word in said):
        length = _length(" ".join(words))
        if length is not None:
            return now + length if length else None
    local = now.astimezone(zone(time_zone))
    clock, rest = _clock_of([word for word in words if folded(word) != "saa"])
    if not rest:
        return _at_clock(clock, local) if clock is not None else None
    day = _day(rest[0], clock or WAKING, local, language) if len(rest) == 1 else None
    if day is None:
        return None
    end = datetime.combine(day, clock or WAKING, local.tzinfo).astimezone(UTC)
    return end if end > now else None


def _length(text: str) -> timedelta | None:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    number, unit = (match[1], match[2]) if match[1] else (match[4], match[3])
    each = _LENGTHS.get(folded(unit))
    return each * int(number) if each else None


def _clock_of(words: list[str]) -> tuple[time | None, list[str]]:
    """The clock time among the words, and the other words."""
    for number, word in enumerate(words):
        match = _CLOCK.fullmatch(word)
        if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
            return time(int(match[1]), int(match[2] or 0)), words[:number] + words[number + 1 :]
    return None, words


def _at_clock(clock: time, local: datetime) -> datetime:
    day = local.date()
    while (end := datetime.combine(day, clock, local.tzinfo).astimezone(UTC)) <= local:
        day += timedelta(days=1)
    return end


def _day(word: str, clock: time, local: datetime, language: Language) -> date | None:
    today, name = local.date(), folded(word.strip(","))
    if name in _TODAY:
        return today
    if name in _TOMORROW:
        return today + timedelta(days=1)
    weekday = _weekdays(language).get(name)
    if weekday is not None:
        ahead = (weekday - today.weekday()) % 7
        passed = ahead == 0 and clock <= local.time()
        return today + timedelta(days=7 if passed else ahead)
    return _date(name, today)


def _weekdays(language: Language) -> dict[str, int]:
    """Names of days, Monday 0, in the reader's language and in English."""
    names: dict[str, int] = {}
    for locale in (Language.EN.value, language.value):
        for width in ("wide", "abbreviated"):
            for number, name in get_day_names(width, locale=locale).items():
                names[folded(name.rstrip("."))] = int(number)
    return names


def _date(name: str, today: date) -> date | None:
    try:
        if match := _ISO.fullmatch(name):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_MONTH.fullmatch(name):
            year = int(match[3] or today.year)
            found = date(year, int(match[2]), int(match[1]))
            return found if match[3] or found >= today else found.replace(year=year + 1)
    except ValueError:
        return None
    return None
