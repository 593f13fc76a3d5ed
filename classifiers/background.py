"""Finds what a text tells of earlier events: "which fell in January", "tombée fin janvier", "iliyotekwa Januari".

What puts a clause in the past is a date well before publication or words such as "last month". Then
- a clause beside the main one is background ("after taking Goma in January"), and so is a participle of its own
  ("Goma, captured in January");
- behind the first sentence, so is a whole sentence, unless it also speaks of now or of plans.
The main clause of the first sentence never is. What happened hours or days before is still news, and no background;
but it is another event than the one told, and its dead are others: `recalled` finds such clauses.
The words stand in `past.yaml`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from classifiers.required import Cover, Sought, either, occurs, plain

Span = tuple[int, int]

_TEXTS_KEPT = 512  # several ask for the past of the same texts, a batch at a time
_OLD = timedelta(days=14)  # older than this at publication is background
_SOON = timedelta(days=120)  # a date without a year is taken for a plan up to here, else for last year's
_REACH = 18  # words between what opens a clause and its date
_NEAR = 5  # words between a participle and its date
_ITEM = 4  # words of a list's item: a comma between longer ones ends the clause
_SENTENCE = 30  # words; longer ones are several run together
_TAIL = 6  # words that may follow the date in a clause set off by commas
_LAST_DAY = 28  # of a month that is named without a day
# The look ahead says nothing new and makes the search twice as fast.
_SENTENCE_END = re.compile(r"(?=[\s.!?؟…;])(?:[.!?؟…]+[\"”»’)]*\s+|\n+|\s\|\s|;\s|[.!?؟…]+$)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-ZА-Я]|[A-Z]\.[A-Z]|Gen|Col|Lt|Maj|Capt|Sgt|Mr|Mrs|Dr|St|No|Gén|Jan|Feb|Aug|Sept|Oct|Nov|Dec))$"
)
_PAUSE = re.compile(r"[,:،()—–]|\s-\s")
_COMMA = re.compile("[,،]")
_AND = frozenset(("and", "et", "na", "y", "e", "и"))
_HARD_PAUSE = re.compile(r"[:()—–]|\s-\s")
_POSSESSIVE = re.compile(r"['’]s\b")
_OF = re.compile(r"\b(?:of|d[eu]|del|d[ao]|de\sla|de\sl['’]|[wyz]a|cha|la)\s*$", re.IGNORECASE)
_OF_IT = re.compile(r"(?:of|del|du|d[ao]|[wyz]a)\s", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-ZА-Я]")  # a name such as "Lost" or a headline's first word
_BLANK_RUN = re.compile(r"\s+")
_BLANKS = r"\s+"
_LANGUAGE_WORDS = Path(__file__).parent / "past.yaml"


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of one language; see past.yaml for their meaning. Where none of `telling` occurs, all is news."""

    months: tuple[re.Pattern[str], ...]
    parts: Mapping[str, int]
    telling: Cover
    date: Sought
    ago: Sought
    opener: re.Pattern[str]
    past: re.Pattern[str]
    agent: re.Pattern[str]
    carrier: re.Pattern[str]
    lag: Sought
    shortly: re.Pattern[str]
    held: Sought
    anniversary: Sought
    recent: re.Pattern[str]
    ahead: re.Pattern[str]
    join: re.Pattern[str]


@cache
def _languages() -> Mapping[str, _Words]:
    content = yaml.safe_load(_LANGUAGE_WORDS.read_text("utf-8"))
    return {language: _compile(values) for language, values in content.items()}


def _compile(values: Mapping[str, Any]) -> _Words:
    parts: Mapping[str, int] = values["parts"]
    months = str(values["months"]).split()

    def pattern(key: str) -> re.Pattern[str]:
        spelled = _joined(values[key]).replace("<parts>", "|".join(parts)).replace("<months>", "|".join(months))
        return re.compile(rf"(?<!\w)(?:{spelled.replace(' ', _BLANKS)})(?!\w)", re.IGNORECASE)

    keys = ("date", "ago", "lag", "held", "anniversary")
    date, ago, lag, held, anniversary = telling = [Sought.of(pattern(key)) for key in keys]
    return _Words(
        months=tuple(re.compile(month, re.IGNORECASE) for month in months),
        parts=parts,
        telling=either(telling),
        date=date,
        ago=ago,
        lag=lag,
        held=held,
        anniversary=anniversary,
        opener=pattern("opener"),
        past=pattern("past"),
        shortly=pattern("shortly"),
        agent=pattern("agent"),
        carrier=pattern("carrier"),
        recent=pattern("recent"),
        ahead=pattern("ahead"),
        join=re.compile(_joined(values["join"]), re.IGNORECASE),
    )


def _joined(lines: str) -> str:
    return "".join(lines.splitlines())


@lru_cache(maxsize=_TEXTS_KEPT)
def spans(text: str, language: str | None, published: datetime | None = None) -> tuple[Span, ...]:
    """(start, end) of what is background in `text` (title, newline, summary), in order, apart from each other.

    `language` is ISO 639-1; of a language without words in past.yaml nothing is background. `published` tells which
    dates lie well back; without it a day of a month is taken for news and a bare month or year for the past.
    """
    words = _languages().get(language or "")
    if words is None or not occurs(words.telling, plain(text)):
        return ()
    found: list[Span] = []
    for number, (start, end) in enumerate(_sentences(text)):
        if occurs(words.telling, plain(text[start:end])):
            sentence = _Sentence(text[start:end], words, published and published.date(), leads=number == 0)
            found += [(start + first, start + last) for first, last in sentence.background()]
    return _merged(found)


def recalled(text: str, language: str | None) -> tuple[Span, ...]:
    """(start, end) of the clauses of `text` about the event just before the one told, in order, apart from each other:
    "hours after a shooting", "in retaliation for the raid". A sentence that is nothing else is none."""
    words = _languages().get(language or "")
    if words is None:
        return ()
    found: list[Span] = []
    for start, end in _sentences(text):
        for match in words.shortly.finditer(text, start, end):
            pause = _PAUSE.search(text, match.end(), end)
            if pause is not None or text[start : match.start()].strip():
                found.append((match.start(), pause.start() if pause else end))
    return _merged(found)


def without(text: str, past: Iterable[Span]) -> str:
    """`text` with bars in the place of what is background, so that nothing is found in it or across it."""
    for start, end in past:
        text = text[:start] + "|" * (end - start) + text[end:]
    return text


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        if stop.group()[0] == "." and _ABBREVIATED.search(text, max(start, stop.start() - 6), stop.start()):
            continue
        if text[start : stop.start()].strip():
            yield start, stop.start()
        start = stop.end()
    if text[start:].strip():
        yield start, len(text)


def _merged(found: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _is_list(between: str) -> bool:
    """Whether commas in there part the items of a list ("Goma, Bukavu and Sake"), not clauses."""
    items = _COMMA.split(between)
    last = items[-1].split()
    joined = any(word in _AND for word in last) or any(word.startswith("و") for word in last)
    return len(items) == 1 or (joined and all(len(item.split()) <= _ITEM for item in items[1:]))


class _Sentence:
    """One sentence and the rules for it. `leads`: it is the text's first, whose main clause is the news."""

    def __init__(self, text: str, words: _Words, published: date | None, *, leads: bool) -> None:
        self._text = text
        self._plain = plain(text)
        self._words = words
        self._published = published
        self._leads = leads
        self._dates = sorted(self._old_dates())

    def background(self) -> Iterator[Span]:
        reached = 0
        for start, end in self._dates:
            if start >= reached:
                for found in self._around(start, end):
                    reached = max(reached, found[1])
                    yield found
        yield from self._counted()
        yield from self._held()

    def _old_dates(self) -> Iterator[Span]:
        """Where the text names a time well before the news."""
        yield from (match.span() for match in self._words.ago.found(self._text, self._plain))
        for match in self._words.date.found(self._text, self._plain):
            if self._is_old(match):
                yield match.span()

    def _is_old(self, match: re.Match[str]) -> bool:
        year = match["year"] or match["only_year"]
        if self._published is None:
            return not (match["day"] or match["day2"])
        if not match["month"]:
            return int(year) < self._published.year
        month = next(n for n, name in enumerate(self._words.months, 1) if name.fullmatch(match["month"]))
        part = _BLANK_RUN.sub(" ", (match["part"] or "").lower())
        day = int(match["day"] or match["day2"] or self._words.parts.get(part, _LAST_DAY))
        told = date(int(year or self._published.year), month, min(max(day, 1), _LAST_DAY))
        if not year and told > self._published + _SOON:
            told = told.replace(year=told.year - 1)
        return self._published - told > _OLD

    def _around(self, start: int, end: int) -> Iterator[Span]:
        """The background that the date at `start` makes."""
        opened = self._opened(start)
        if opened is None:
            opened = self._participle(start)
        if opened is not None:
            yield opened, self._end(opened, end)
            return
        if self._words.opener.match(self._text, start):  # "since the war began" at the least
            yield start, end
        if not self._leads and not self._is_attribute(start, end):
            yield from self._whole(start, end)

    def _opened(self, date_start: int) -> int | None:
        """Where the clause beside the main one begins that the date stands in."""
        openers = list(self._words.opener.finditer(self._text, 0, date_start))
        for place, match in reversed(list(enumerate(openers))):
            between = self._text[match.end() : date_start]
            if len(between.split()) > _REACH or _HARD_PAUSE.search(between):
                return None
            if not _is_list(between) or self._words.recent.search(between):
                continue
            follows = place > 0 and not self._text[openers[place - 1].end() : match.start()].strip()
            return openers[place - 1].start() if follows else match.start()
        return None

    def _participle(self, date_start: int) -> int | None:
        """Where a participle with the date begins: "Goma, captured in January"; not "was captured in January"."""
        for match in reversed(list(self._words.past.finditer(self._text, 0, date_start))):
            between = self._text[match.end() : date_start]
            if len(between.split()) > _NEAR or _PAUSE.search(between):
                return None
            if between.strip() and not self._words.agent.match(between.strip()):
                continue
            before = self._text[: match.start()].split()
            if before and not self._words.carrier.fullmatch(before[-1]) and not _CAPITAL.match(match.group()):
                return match.start()
        return None

    def _end(self, opened: int, end: int) -> int:
        """Where the clause ends: behind the date, further dates joined to it, and what a comma then closes."""
        for start, stop in self._dates:
            if start >= end and self._words.join.fullmatch(self._text[end:start].rstrip() + " "):
                end = stop
        set_off = self._text[:opened].rstrip().endswith((",", "،", "(", "–", "—")) or not self._text[:opened].strip()
        pause = _PAUSE.search(self._text, end)
        tail = self._text[end : pause.start() if pause else len(self._text)]
        if not set_off or (pause is None and not self._text[:opened].strip()):
            return end
        if len(tail.split()) > _TAIL or self._words.recent.search(tail) or self._words.ahead.search(tail):
            return end
        return end + len(tail)

    def _is_attribute(self, start: int, end: int) -> bool:
        """Whether the date only says which ("in response to last week's attack")."""
        return bool(
            _POSSESSIVE.match(self._text, end) or _OF.search(self._text, 0, start) or _OF_IT.match(self._text, start)
        )

    def _whole(self, start: int, end: int) -> Iterator[Span]:
        """The sentence, or, where it also speaks of now or of plans, the date's part of it between pauses."""
        if len(self._text.split()) <= _SENTENCE and self._is_past(0, len(self._text)):
            yield 0, len(self._text)
            return
        first = max((match.end() for match in _PAUSE.finditer(self._text, 0, start)), default=0)
        pause = _PAUSE.search(self._text, end)
        last = pause.start() if pause else len(self._text)
        if _ITEM <= len(self._text[first:last].split()) <= _SENTENCE and self._is_past(first, last):
            yield first, last

    def _is_past(self, start: int, end: int) -> bool:
        return not self._words.recent.search(self._text, start, end) and not self._words.ahead.search(
            self._text, start, end
        )

    def _counted(self) -> Iterator[Span]:
        """ "Two months after the fall of ..." and anniversaries, up to the next pause."""
        for pattern in (self._words.lag, self._words.anniversary):
            for match in pattern.found(self._text, self._plain):
                pause = _PAUSE.search(self._text, match.end())
                if pause is not None or self._text[: match.start()].strip():
                    yield match.start(), pause.start() if pause else len(self._text)

    def _held(self) -> Iterator[Span]:
        """What a side "already controls"."""
        for match in self._words.held.found(self._text, self._plain):
            pause = _PAUSE.search(self._text, match.end())
            opened = self._opened(match.start())
            if opened is not None:
                yield opened, pause.start() if pause else len(self._text)
            elif not self._leads and self._is_past(0, len(self._text)):
                yield 0, len(self._text)
