"""Full text over articles and alerts: FTS5 on SQLite, tsvector on PostgreSQL.

Both hold the folded words of store.words, so that they find the same. Each makes the table (store.tables.SEARCH_INDEX)
in its own way, see alembic/versions/0005_search.py. A row's number is twice the id of an article, or one more than
twice the id of an incident.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import TextClause, text

from alerts.i18n import load
from alerts.phrases import place_name, signal_name
from alerts.types import Language
from classifiers.taxonomy import Facility, Signal
from classifiers.thesaurus import BEGINNING, Phrase
from feeds.types import Article
from incidents.types import Incident
from places.types import Place
from store.statements import BatchingSession
from store.words import words_of

MOST_TITLE, MOST_BODY = 100, 600  # words that are indexed of one text
MOST_ASKED = 12
TITLES = 20  # of an incident's reports; all of them are found as articles
PREFIX_FROM = 4  # letters from which a word also finds longer ones ("rebel": "rebels")


class Matter(StrEnum):
    ARTICLE = "article"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Hit:
    """`id`: of the article, or of the incident that the alert tells of."""

    matter: Matter
    id: int


@dataclass(frozen=True, slots=True)
class Also:
    """`words`: of what is asked, folded, one behind the other; `phrases`: any of which may stand for them."""

    words: tuple[str, ...]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Dialect:
    put: TextClause
    find: TextClause
    count: TextClause


# The alerts that others were told stay theirs; :chat NULL sees all.
_VISIBLE = """
    (search_index.rowid % 2 = 0 OR CAST(:chat AS BIGINT) IS NULL OR EXISTS (
        SELECT 1 FROM outbox
        WHERE outbox.chat_id = :chat AND outbox.incident_id = search_index.rowid / 2 AND outbox.told_at IS NOT NULL
    ))
"""
_SQLITE_FROM = f"FROM search_index WHERE search_index MATCH :query AND {_VISIBLE}"
_POSTGRES_FROM = f"FROM search_index WHERE words @@ CAST(:query AS tsquery) AND {_VISIBLE}"
_PAGE = "LIMIT :limit OFFSET :offset"
_DIALECTS = {
    "sqlite": _Dialect(
        text("INSERT OR REPLACE INTO search_index (rowid, title, body) VALUES (:row, :title, :body)"),
        text(f"SELECT rowid {_SQLITE_FROM} ORDER BY bm25(search_index, 4.0, 1.0), rowid DESC {_PAGE}"),
        text(f"SELECT count(*) {_SQLITE_FROM}"),
    ),
    "postgresql": _Dialect(
        text(
            "INSERT INTO search_index (rowid, words) VALUES (:row, CAST(:title || :body AS tsvector)) "
            "ON CONFLICT (rowid) DO UPDATE SET words = excluded.words"
        ),
        text(
            f"SELECT rowid {_POSTGRES_FROM} "
            f"ORDER BY ts_rank('{{0.1, 0.2, 0.25, 1.0}}', words, CAST(:query AS tsquery)) DESC, rowid DESC {_PAGE}"
        ),
        text(f"SELECT count(*) {_POSTGRES_FROM}"),
    ),
}
_REMOVE = text("DELETE FROM search_index WHERE rowid = :row")


class Search:
    def __init__(self, session: BatchingSession) -> None:
        self._session = session
        self._name = session.get_bind().dialect.name

    def put_article(self, article: Article) -> None:
        """Index this version of an article in place of any other."""
        self._put(2 * article.id, article.title, article.summary)

    def put_alert(self, incident: Incident, before: Incident | None) -> None:
        """Index what is told of an incident; one that was merged into another is found as that one."""
        row = 2 * incident.id + 1
        if incident.merged_into is not None:
            self._session.later(_REMOVE, [{"row": row}])
        elif before is None or _alert_texts(before) != _alert_texts(incident):
            self._put(row, *_alert_texts(incident))

    def remove_articles(self, article_ids: Collection[int]) -> None:
        if article_ids:
            self._session.execute(_REMOVE, [{"row": 2 * id} for id in article_ids])

    def find(
        self, asked: str, chat_id: int | None, offset: int, limit: int, also: Sequence[Also] = ()
    ) -> tuple[list[Hit], int]:
        """A page of what holds all words of `asked`, the best first, then the newest; behind it what holds, instead of
        some words, what `also` puts for them; and how many there are in all.

        Of alerts only those that the chat was told; None: all. `asked` is whatever somebody typed: it has no operators.
        Words in a title count four times those below it.
        """
        words = words_of(asked, MOST_ASKED)
        if not words:
            return [], 0
        own, wider = _queries(self._name, words, also)
        hits, total = self._page(own, chat_id, offset, limit)
        if wider is not None:
            further, more = self._page(wider, chat_id, max(0, offset - total), limit - len(hits))
            hits, total = hits + further, total + more
        return hits, total

    def _page(self, query: str, chat_id: int | None, offset: int, limit: int) -> tuple[list[Hit], int]:
        values = {"query": query, "chat": chat_id}
        dialect = _DIALECTS[self._name]
        total = self._session.scalar(dialect.count, values) or 0
        rows = self._session.scalars(dialect.find, {**values, "offset": offset, "limit": limit})
        return [_hit(row) for row in rows], total

    def _put(self, row: int, title: str, body: str) -> None:
        put = _DIALECTS[self._name].put
        self._session.later(put, [row_values(self._name, row, title, body)])


def row_values(dialect: str, row: int, title: str, body: str) -> dict[str, object]:
    """What an index row is made of: words apart for FTS5, a tsvector's text for PostgreSQL, titles with weight A."""
    titles, bodies = words_of(title, MOST_TITLE), words_of(body, MOST_BODY)
    if dialect == "sqlite":
        return {"row": row, "title": " ".join(titles), "body": " ".join(bodies)}
    return {"row": row, "title": _lexemes(titles, 1, "A"), "body": _lexemes(bodies, len(titles) + 1, "C")}


def _lexemes(words: Sequence[str], first: int, weight: str) -> str:
    return "".join(f"'{word}':{position}{weight} " for position, word in enumerate(words, first))


def _queries(dialect: str, words: Sequence[str], also: Sequence[Also]) -> tuple[str, str | None]:
    """For what holds all words, the longer ones as beginnings, and for what else holds what may stand for them.

    Words are letters and digits: there is nothing to escape.
    """
    both, neither = (" AND ", " NOT ") if dialect == "sqlite" else (" & ", " & !")
    own = [_phrase(dialect, (_asked(word),)) for word in words]
    groups = list(own)
    for other in also:
        place = next((n for n in range(len(words)) if tuple(words[n : n + len(other.words)]) == other.words), None)
        if place is not None and other.phrases:
            here = slice(place, place + len(other.words))
            said = both.join(group for group in own[here] if group)
            groups[here] = [_any(dialect, [f"({said})", *(_phrase(dialect, p) for p in other.phrases)])]
            groups[place + 1 : place + 1] = [""] * (len(other.words) - 1)
    if groups == own:
        return both.join(own), None
    wider = both.join(group for group in groups if group)
    return both.join(own), f"({wider}){neither}({both.join(own)})"


def _asked(word: str) -> str:
    return word + BEGINNING if len(word) >= PREFIX_FROM else word


def _any(dialect: str, choices: Sequence[str]) -> str:
    return f"({(' OR ' if dialect == 'sqlite' else ' | ').join(choices)})"


def _phrase(dialect: str, words: Sequence[str]) -> str:
    """Words one behind the other; the last may be the beginning of one."""
    if dialect == "sqlite":
        text = " ".join(word.removesuffix(BEGINNING) for word in words)
        return f'"{text}"{BEGINNING if words[-1].endswith(BEGINNING) else ""}'
    return " <-> ".join(f"'{word[:-1]}':*" if word.endswith(BEGINNING) else f"'{word}'" for word in words)


def _hit(row: int) -> Hit:
    return Hit(Matter.ALERT if row % 2 else Matter.ARTICLE, row // 2)


def _alert_texts(incident: Incident) -> tuple[str, str]:
    """Title and body by which an alert is found: what its texts say in every language, and its reports' titles."""
    place = incident.place
    titles = list(dict.fromkeys(witness.title for witness in incident.witnesses))[:TITLES]
    said = (*_kinds_said(incident.signals, incident.facility), *_place_said(place))
    return "\n".join(said), "\n".join((place.admin2 or "", place.admin1 or "", *incident.actors, *titles))


@lru_cache(maxsize=1 << 12)
def _kinds_said(signals: tuple[Signal, ...], facility: Facility | None) -> tuple[str, ...]:
    """What happened in the words of every language."""
    translators = [load(language) for language in Language]
    return tuple(t.text(signal_name(signal, facility)) for signal in signals for t in translators)


@lru_cache(maxsize=1 << 12)
def _place_said(place: Place) -> tuple[str, ...]:
    """The place's name in every language."""
    return tuple(place_name(place, load(language)) for language in Language)
