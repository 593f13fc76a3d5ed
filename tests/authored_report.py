"""How well the bot reads the authored items: python -m tests.authored_report prints figures and every error.

tests/data/authored.jsonl holds items written for this project, with the hard cases named by tags; nothing is trained
on them. A figure's errors are told by id, so that one can look at kinds of errors. `read_all` loads the whole stack.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jsonl
from classifiers.analysis import Analyst
from classifiers.model import default_model
from classifiers.reader import Reader
from classifiers.taxonomy import Facility, Signal, Status
from classifiers.types import ArticleText, Reading
from places.evaluate import main_is_right
from places.gazetteer import Gazetteer
from places.locate import Locator
from places.text import fold
from places.types import Located

AUTHORED = Path(__file__).parent / "data" / "authored.jsonl"
UNCLEAR_FIGURES = "figures_vague"  # "dozens", "300 families": no one number is right


@dataclass(frozen=True, slots=True)
class Item:
    """An authored item: the text and what a careful reader says of it (the words of LABELS in docs/glossary.md)."""

    id: str
    text: ArticleText
    relevant: bool
    signals: tuple[Signal, ...]
    facility: Facility | None
    status: Status | None
    place: str | None
    country: str | None
    admin1: str | None
    actor: str | None
    figures: tuple[int | None, int | None, int | None]  # killed, injured, displaced
    disputed: bool
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    item: Item
    reading: Reading
    located: Located
    place_right: bool  # meaningful where the item has a place


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` in 0 to 1 over `items` items; `errors`: one line for each item that is wrong, its id first."""

    value: float
    items: int
    errors: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.value:.3f} of {self.items}" + "".join(f"\n    {error}" for error in self.errors)


def load(path: Path = AUTHORED) -> list[Item]:
    return [_item(where, row) for where, row in jsonl.read(path)]


def _item(where: str, row: dict[str, object]) -> Item:
    def word(name: str) -> str | None:
        value = row[name]
        return None if value is None else str(value)

    def number(name: str) -> int | None:
        value = row[name]
        return value if isinstance(value, int) else None

    facility, status, signals, tags = word("facility"), word("status"), row["signals"], row["tags"]
    assert isinstance(signals, list), where
    assert isinstance(tags, list), where
    published = jsonl.parse_time(row["published"], where)
    return Item(
        id=str(row["id"]),
        text=ArticleText(str(row["title"]), str(row["summary"]), word("language"), published, word("home")),
        relevant=row["relevant"] is True,
        signals=tuple(Signal(signal) for signal in signals),
        facility=Facility(facility) if facility else None,
        status=Status(status) if status else None,
        place=word("place"),
        country=word("country"),
        admin1=word("admin1"),
        actor=word("actor"),
        figures=(number("killed"), number("injured"), number("displaced")),
        disputed=row["disputed"] is True,
        tags=frozenset(tags),
    )


def read_all(items: Sequence[Item]) -> list[Answer]:
    """The readings of the model and rules in the repository, and the places, found for every item."""
    gazetteer = Gazetteer.load()
    locator = Locator(gazetteer)
    readings = Reader(default_model()).read([item.text for item in items])
    return [_answer(item, reading, locator) for item, reading in zip(items, readings, strict=True)]


def _answer(item: Item, reading: Reading, locator: Locator) -> Answer:
    located = locator.locate(item.text, reading.language, reading.background)
    right = item.place is not None and main_is_right(item.place, item.country, located, locator.gazetteer)
    return Answer(item, reading, located, right)


def figures(answers: Sequence[Answer]) -> dict[str, Figure]:
    """Every figure by name. Status, facility and casualties count items found relevant; places all relevant items."""
    relevant = [a for a in answers if a.item.relevant]
    found = [a for a in relevant if a.reading.relevant]
    return {
        **_relevance_figures(answers),
        **_signal_figures(answers),
        **_rule_figures(found),
        **_place_figures(relevant),
        **_tag_figures(answers),
    }


def _relevance_figures(answers: Sequence[Answer]) -> dict[str, Figure]:
    def of(part: Sequence[Answer]) -> Figure:
        return _f1(part, lambda a: a.item.relevant, lambda a: a.reading.relevant, _relevance_error)

    languages = sorted({a.item.text.language or "?" for a in answers})
    each = {f"relevance F1, {code}": of([a for a in answers if a.item.text.language == code]) for code in languages}
    return {"relevance F1": of(answers), **each}


def _signal_figures(answers: Sequence[Answer]) -> dict[str, Figure]:
    def of(signal: Signal) -> Figure:
        return _f1(answers, lambda a: signal in a.item.signals, lambda a: signal in a.reading.labels, _signal_error)

    each = {f"{signal} F1": of(signal) for signal in Signal}
    mean = sum(figure.value for figure in each.values()) / len(each)
    both = [a for a in answers if a.item.relevant and a.reading.relevant]
    first = _share(both, lambda a: a.item.signals[0] == a.reading.labels[0], _signal_error)
    return {"signals macro-F1": Figure(mean, len(answers), ()), **each, "first signal": first}


def _rule_figures(found: Sequence[Answer]) -> dict[str, Figure]:
    hit = [a for a in found if Signal.FACILITY_ATTACKED in set(a.item.signals) & set(a.reading.labels)]
    stated = [a for a in found if UNCLEAR_FIGURES not in a.item.tags]
    some = [a for a in stated if any(figure is not None for figure in a.item.figures)]
    acted = [a for a in found if a.item.actor]
    return {
        "status": _share(found, lambda a: a.reading.status is a.item.status, _status_error),
        "claimed F1": _f1(
            found,
            lambda a: a.item.status is Status.CLAIMED,
            lambda a: a.reading.status is Status.CLAIMED,
            _status_error,
        ),
        "disputed F1": _f1(
            found,
            lambda a: a.item.disputed,
            lambda a: a.reading.disputed or a.reading.status is Status.DENIED,
            _status_error,
        ),
        "facility": _share(hit, lambda a: a.reading.facility is a.item.facility, _facility_error),
        "figures": _share(stated, lambda a: _figures(a.reading) == a.item.figures, _figures_error),
        "figures where stated": _share(some, lambda a: _figures(a.reading) == a.item.figures, _figures_error),
        "actor": _share(acted, _same_actor, _actor_error),
    }


def _place_figures(relevant: Sequence[Answer]) -> dict[str, Figure]:
    placed = [a for a in relevant if a.item.place]
    english = [a for a in placed if a.item.text.language == "en"]
    return {
        "country": _share(
            [a for a in relevant if a.item.country], lambda a: _country(a) == a.item.country, _place_error
        ),
        "place": _share(placed, lambda a: a.place_right, _place_error),
        "place, en": _share(english, lambda a: a.place_right, _place_error),
        "admin1": _share([a for a in relevant if a.item.admin1], _same_admin1, _place_error),
    }


def _tag_figures(answers: Sequence[Answer]) -> dict[str, Figure]:
    """How often relevance is right among the items with a tag; main place, too, for tags about places."""
    tags = sorted({tag for a in answers for tag in a.item.tags})
    result = {}
    for tag in tags:
        tagged = [a for a in answers if tag in a.item.tags]
        result[f"tag {tag}"] = _share(tagged, lambda a: a.item.relevant == a.reading.relevant, _relevance_error)
        placed = [a for a in tagged if a.item.place]
        if "place" in tag or tag in {"talks_venue", "dateline", "demonym", "background_clause"}:
            result[f"tag {tag}, place"] = _share(placed, lambda a: a.place_right, _place_error)
    return result


def _share(answers: Sequence[Answer], right: Callable[[Answer], bool], tell: Callable[[Answer], str]) -> Figure:
    wrong = [a for a in answers if not right(a)]
    value = 1 - len(wrong) / len(answers) if answers else 1.0
    return Figure(value, len(answers), tuple(map(tell, wrong)))


def _f1(
    answers: Sequence[Answer],
    truth: Callable[[Answer], bool],
    found: Callable[[Answer], bool],
    tell: Callable[[Answer], str],
) -> Figure:
    pairs = [(truth(a), found(a)) for a in answers]
    hits, total = sum(t and f for t, f in pairs), sum(t + f for t, f in pairs)
    wrong = tuple(tell(a) for a, (t, f) in zip(answers, pairs, strict=True) if t != f)
    return Figure(2 * hits / total if total else 1.0, len(answers), wrong)


def _country(answer: Answer) -> str | None:
    return answer.located.main.place.country if answer.located.main else None


def _same_admin1(answer: Answer) -> bool:
    main, wanted = answer.located.main, fold(answer.item.admin1 or "")
    named = fold(main.place.admin1 or main.place.name) if main else ""
    return bool(named) and (wanted in named or named in wanted)


def _same_actor(answer: Answer) -> bool:
    """By wording, or as one of the actors that the item's wording names ("RSF" for "Rapid Support Forces")."""
    wanted, found = answer.item.actor or "", answer.reading.actor or ""
    known = {mention.name for mention in _analyst().analyse(wanted, answer.reading.language, ()).mentions}
    return bool(found) and (found in known or fold(found) in fold(wanted) or fold(wanted) in fold(found))


@cache
def _analyst() -> Analyst:
    return Analyst()


def _figures(reading: Reading) -> tuple[int | None, int | None, int | None]:
    return reading.killed, reading.injured, reading.displaced


def _error(answer: Answer, wanted: object, found: object) -> str:
    return f"{answer.item.id} wanted {wanted}, found {found} | {answer.item.text.title}"


def _relevance_error(answer: Answer) -> str:
    found = f"{_words(answer.reading.labels)} at {answer.reading.relevance:.2f}"
    return _error(answer, _words(answer.item.signals), found)


def _signal_error(answer: Answer) -> str:
    return _error(answer, _words(answer.item.signals), _words(answer.reading.labels))


def _status_error(answer: Answer) -> str:
    wanted, found = answer.item, answer.reading
    return _error(
        answer,
        f"{wanted.status}{' disputed' if wanted.disputed else ''}",
        f"{found.status}{' disputed' if found.disputed else ''}",
    )


def _facility_error(answer: Answer) -> str:
    return _error(answer, answer.item.facility, answer.reading.facility)


def _figures_error(answer: Answer) -> str:
    return _error(answer, answer.item.figures, _figures(answer.reading))


def _actor_error(answer: Answer) -> str:
    return _error(answer, answer.item.actor, answer.reading.actor)


def _place_error(answer: Answer) -> str:
    item, main = answer.item, answer.located.main
    found = f"{main.mention.name} = {main.place.name}, {main.place.admin1}, {main.place.country}" if main else None
    return _error(answer, f"{item.place}, {item.admin1}, {item.country}", found)


def _words(signals: Iterable[Signal]) -> str:
    return "+".join(signals) or "nothing"


def main() -> None:
    results = figures(read_all(load()))
    print(f"{'figure':34} {'value':>6} {'items':>6} {'errors':>6}")
    for name, figure in results.items():
        print(f"{name:34} {figure.value:6.3f} {figure.items:6} {len(figure.errors):6}")
    for name, figure in results.items():
        if figure.errors:
            print(f"\n{name}: {figure}")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
