"""/search: full text over everything that was read, and over the alerts that the chat was told."""

from collections.abc import Sequence

from alerts.i18n import zone
from alerts.phrases import FACILITIES, plain
from alerts.types import Edition
from alerts.view import public_id, stamped
from alerts.wording import render_line
from chat.presses import MAX_BYTES, Press, fitting
from chat.screens import Answer, Button, Rows, in_rows, said
from chat.turn import Turn
from classifiers.thesaurus import Kin
from pipeline import searching
from pipeline.searching import FoundArticle, SearchPage
from store.types import Told
from store.words import folded

SIZE = 5
KIN = 6  # words that are named of all that was searched for beside a word
TITLE, NAME, LINK = 200, 60, 300


async def search(turn: Turn) -> Answer:
    """/search WORDS."""
    words = " ".join(turn.text.replace("|", " ").split())
    if not any(character.isalnum() for character in words):
        return said(turn.t.text("Which words? Write for example: /search hospital Walikale"))
    return await _shown(turn, _as_carried(words), 0)


async def turned(turn: Turn) -> Answer:
    """A page was pressed."""
    return await _shown(turn, turn.field(1), max(0, turn.number(0)))


def _as_carried(words: str) -> str:
    """No more words than a button carries, so that the next page shows the same search."""
    return fitting(words, MAX_BYTES - len(Press.SEARCH.data(searching.MOST, "").encode()))


async def _shown(turn: Turn, words: str, number: int) -> Answer:
    stores, chat_id = turn.services.stores, turn.chat.id
    every = turn.operator and turn.private
    page = await turn.do(searching.search, stores, chat_id, words, number, SIZE, every, turn.chat.language)
    lines = [_line(turn, row) for row in page.rows]
    return said("\n\n".join([_head(turn, words, page), *lines]), *_buttons(turn, words, page))


def _head(turn: Turn, words: str, page: SearchPage) -> str:
    t = turn.t
    also = [t.text("Also searched: {words}.", words=t.series(kin)) for kin in [_kin(page.kin, turn)] if kin]
    if not page.total:
        nothing = t.text(
            "I found nothing with all of these words: {words}. Fewer words, or the beginnings of words, find more.",
            words=words,
        )
        return " ".join([nothing, *also])
    parts = [
        t.plural(
            "{count} text with “{words}”.", "{count} texts with “{words}”, the best first.", page.total, words=words
        )
    ]
    if page.pages > 1:
        parts.append(t.text("Page {page} of {pages}.", page=page.page + 1, pages=page.pages))
    return " ".join([*parts, *also])


def _kin(found: Sequence[Kin], turn: Turn) -> list[str]:
    """What was searched for as well, a few words of it: the kind of site, then single words."""
    t, told = turn.t, []
    for kin in found:
        site = [_lowered(t.text(FACILITIES[kin.facility]))] if kin.facility else []
        told += [*site, *[word for word in kin.words if not folded(kin.form).startswith(word)][:KIN]]
    return told


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _line(turn: Turn, row: FoundArticle | Told) -> str:
    if isinstance(row, Told):
        return render_line(row, turn.chat.language, turn.chat.time_zone)
    article, t = row.article, turn.t
    line = t.text(
        "{time} · {name}: {title}",
        time=t.full_time(article.published, zone(turn.chat.time_zone)),
        name=plain(article.source.name, NAME),
        title=plain(article.title, TITLE),
    )
    if row.incident_id is not None:
        line = f"{line} ({public_id(row.edition, row.incident_id)})"
    if article.link and len(article.link) <= LINK:
        line = f"{line}\n{article.link}"
    return stamped(line, row.edition, turn.chat.language)


def _buttons(turn: Turn, words: str, page: SearchPage) -> Rows:
    t = turn.t
    told = dict.fromkeys(incident for row in page.rows if (incident := _incident(row)) is not None)
    details = [Button(public_id(*incident), Press.DETAIL.data(incident[0].value, incident[1])) for incident in told]
    turning = []
    if page.page:
        turning.append(Button(t.text("◀ Better"), Press.SEARCH.data(page.page - 1, words)))
    if page.page < page.pages - 1:
        turning.append(Button(t.text("More ▶"), Press.SEARCH.data(page.page + 1, words)))
    return tuple(row for row in (*in_rows(details, 3), tuple(turning)) if row)


def _incident(row: FoundArticle | Told) -> tuple[Edition, int] | None:
    """The incident that a result belongs to, where the chat may see its details."""
    if isinstance(row, Told):
        return row.edition, row.incident.id
    return None if row.incident_id is None else (row.edition, row.incident_id)
