"""/publishers: how far each source is trusted, by the letters of the Admiralty code."""

from alerts.phrases import RELIABILITIES, plain
from chat.operators.feeds import key_of
from chat.presses import Press, fitting
from chat.screens import Answer, Button, Screen, in_rows
from chat.turn import StalePress, Turn
from feeds.types import Publisher, Reliability

PAGE = 12
WORDS = 40


async def publishers(turn: Turn) -> Answer:
    """/publishers, /publishers WORDS."""
    return Answer((_list(turn, turn.text, 0),))


async def turned(turn: Turn) -> Answer:
    return Answer((_list(turn, turn.field(1), turn.number(0)),))


def _list(turn: Turn, words: str, page: int) -> Screen:
    t = turn.t
    known = turn.services.feeds.catalogue().publishers
    found = sorted((p for p in known if _is_meant(p, words)), key=lambda p: (p.name.casefold(), p.id))
    if not found:
        return Screen(t.text("No publisher is called so. /publishers lists all."))
    pages = -(-len(found) // PAGE)
    page = max(0, min(page, pages - 1))
    rows = list(enumerate(found, 1))[page * PAGE : (page + 1) * PAGE]
    lines = [t.plural("{count} publisher:", "{count} publishers:", len(found))]
    lines += [f"{number}. {plain(p.name, 60)}: {p.reliability.value}" for number, p in rows]
    kept_words = fitting(words.replace("|", " "), WORDS)
    turning = [Button("◀", Press.PUBLISHERS.data(page - 1, kept_words))] if page else []
    turning += [Button("▶", Press.PUBLISHERS.data(page + 1, kept_words))] if page < pages - 1 else []
    numbers = in_rows([Button(str(number), Press.PUBLISHER.data(key_of(p.id))) for number, p in rows], 6)
    return Screen("\n".join(lines), (*numbers, tuple(turning)) if turning else numbers)


def _is_meant(publisher: Publisher, words: str) -> bool:
    text = f"{publisher.name} {publisher.id} {publisher.home or ''}".casefold()
    return all(word in text for word in words.casefold().split())


def _found(turn: Turn) -> Publisher:
    wanted = turn.field(0)
    for publisher in turn.services.feeds.catalogue().publishers:
        if key_of(publisher.id) == wanted:
            return publisher
    raise StalePress


async def show(turn: Turn) -> Answer:
    return Answer((_card(turn, _found(turn)),))


def _card(turn: Turn, publisher: Publisher) -> Screen:
    t = turn.t
    written = turn.services.feeds.written_grade(publisher.id)
    lines = [
        f"{plain(publisher.name, 60)} ({publisher.id})",
        t.text(
            "Reliability: {code}, {words}.",
            code=publisher.reliability.value,
            words=t.text(RELIABILITIES[publisher.reliability]),
        ),
        t.text("It counts for what the publisher reports from now on."),
    ]
    if written is not None and written is not publisher.reliability:
        lines.append(t.text("feeds.yaml says {code}.", code=written.value))
    key = key_of(publisher.id)
    letters = [
        Button(f"✓ {letter}" if letter is publisher.reliability else letter.value, Press.GRADE.data(key, letter.value))
        for letter in Reliability
    ]
    as_written = Button(t.text("As in feeds.yaml"), Press.GRADE.data(key, ""))
    back = Button(t.text("All publishers"), Press.PUBLISHERS.data(0, ""))
    last = (as_written, back) if written is not None else (back,)
    return Screen("\n".join(lines), (*in_rows(letters, 6), last))


async def graded(turn: Turn) -> Answer:
    publisher, letter = _found(turn), turn.field(1)
    try:
        grade = Reliability(letter) if letter else None
    except ValueError as error:
        raise StalePress from error
    await turn.do(turn.services.feeds.grade, publisher.id, grade)
    return Answer((_card(turn, _found(turn)),), toast=turn.t.text("Changed."))
