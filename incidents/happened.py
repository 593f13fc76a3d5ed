"""On which day the event happened, where the text says so: "on Tuesday", "hier", "jana", "19 марта". Pure.

Words of our own rather than a parser of dates: what counts is which day is the event's, not a plan's, a statement's or
another event's, and in doubt publication is the better guess. The words: incidents.day_words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from incidents.day_words import DAY_WORDS, DayWords

OLDEST = 7  # days before publication; an older day is more likely another event's
BARE = 3  # days back that a weekday may lie that is not said to be last week's; further back it is more likely a plan
_BEFORE = 40  # characters before a day that may say that it is not the event's
_BREAK = re.compile(r"[.!?؟]+[\"”’»)]*\s+(?=\D)|\n")  # "Jan. 25" is no end of a sentence
_YEAR = r"(?:,? (?:de )?(?P<year>(?:19|20)\d\d))?"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Patterns:
    words: DayWords
    day: re.Pattern[str]
    dates: re.Pattern[str]
    months: tuple[re.Pattern[str], ...]
    other: re.Pattern[str]
    past_before: re.Pattern[str]
    past_behind: re.Pattern[str]
    coming: re.Pattern[str]


def happened_on(text: str, language: str, published: datetime, hidden: Sequence[Span] = ()) -> date | None:
    """The day, UTC's or the event's own, that `text` (title, newline, summary) gives its event.

    The first sentence that names a day decides; one that names two contradicts itself and decides for none. Days after
    publication, or OLDEST before it, are none; neither is what stands in `hidden` spans (other events). None: it says
    no day, or `language` has no words.
    """
    patterns = _patterns(language)
    if patterns is None:
        return None
    for start, sentence in _sentences(text):
        days = set(_days(sentence, start, patterns, published.date(), hidden))
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def moment_of(happened: date | None, published: datetime) -> datetime:
    """When to take the event as having been: at noon of an earlier day, else when it was published."""
    if happened is None or happened >= published.date():
        return published
    return datetime.combine(happened, time(12), tzinfo=published.tzinfo)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """With their offsets; without captions of pictures, which a credit in brackets follows."""
    start = 0
    for stop in _BREAK.finditer(text):
        if not text.startswith("(", stop.end()):
            yield start, text[start : stop.start()]
        start = stop.end()
    yield start, text[start:]


def _days(sentence: str, offset: int, patterns: _Patterns, today: date, hidden: Sequence[Span]) -> Iterator[date]:
    for match in [*patterns.dates.finditer(sentence), *patterns.day.finditer(sentence)]:
        start, end = match.span()
        if any(low <= offset + start and offset + end <= high for low, high in hidden):
            continue
        if patterns.other.search(sentence, max(0, start - _BEFORE), start) or patterns.coming.match(sentence, end):
            continue
        day = _date(match, patterns, today) if match.re is patterns.dates else _relative(match, patterns, today)
        if day is not None and timedelta(0) <= today - day <= timedelta(days=OLDEST):
            yield day


def _relative(match: re.Match[str], patterns: _Patterns, today: date) -> date | None:
    kind = match.lastgroup or ""
    if kind == "count":
        count = match["count"].lower()
        return today - timedelta(days=patterns.words.numbers.get(count) or int(count))
    if kind in _FIXED:
        return today - timedelta(days=_FIXED[kind])
    back = (today.weekday() - int(kind.removeprefix("weekday"))) % 7
    text, start, end = match.string, match.start(), match.end()
    if patterns.past_before.search(text, max(0, start - _BEFORE), start) or patterns.past_behind.match(text, end):
        return today - timedelta(days=back or 7)
    return today - timedelta(days=back) if back <= BARE else None


_FIXED = {"today": 0, "yesterday": 1, "day_before": 2}


def _date(match: re.Match[str], patterns: _Patterns, today: date) -> date | None:
    number, name = match["day"] or match["day2"], match["month"] or match["month2"]
    month = next(n for n, pattern in enumerate(patterns.months, 1) if pattern.fullmatch(name))
    year = int(match["year"]) if match["year"] else today.year - (month > today.month)
    try:
        return date(year, month, int(number))
    except ValueError:  # 31 June
        return None


@cache
def _patterns(language: str) -> _Patterns | None:
    words = DAY_WORDS.get(language)
    if words is None:
        return None
    weekdays = [f"(?P<weekday{number}>{day})" for number, day in enumerate(words.weekdays)]
    fixed = [f"(?P<{name}>{getattr(words, name)})" for name in ("day_before", "yesterday", "today")]
    return _Patterns(
        words=words,
        day=_whole("|".join((*fixed, words.ago, *weekdays))),
        dates=_whole(_dates(words) + _YEAR),
        months=tuple(re.compile(month, re.IGNORECASE) for month in words.months),
        other=re.compile(rf"(?<!\w)(?:{words.other})\s+$", re.IGNORECASE),
        past_before=re.compile(rf"(?<!\w)(?:{words.past})\s+$", re.IGNORECASE),
        past_behind=re.compile(rf"\s+(?:{words.past})(?!\w)", re.IGNORECASE),
        coming=re.compile(rf"\s+{words.coming}(?!\w)", re.IGNORECASE),
    )


def _dates(words: DayWords) -> str:
    """The pattern of a day of a month; of two ways of writing it the second has groups day2 and month2."""
    months = "|".join(words.months)
    ways = (
        way.replace("DAY", rf"(?P<day{n}>\d{{1,2}})").replace("MONTH", f"(?P<month{n}>{months})")
        for n, way in zip(("", "2"), words.dates, strict=True)
    )
    return f"(?:{'|'.join(ways)})"


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
