"""Articles, their versions and what was read of them."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, select, update

from classifiers.types import Reading
from feeds.types import Article
from places.types import Located
from store.batches import batches
from store.codec import ARTICLE, LOCATED, READING
from store.errors import NotStored
from store.search import Search
from store.statements import BatchingSession, execute, insert_rows, inserted_all
from store.tables import ArticleRow, ArticleVersionRow, ReadingRow, WitnessRow
from store.types import AssessedArticle, KnownArticle

Found = tuple[Reading, Located]


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article whose key is not known yet, and what was found in it if it was read."""

    article: Article
    content_hash: str
    found: Found | None = None


# Built once: it is carried out for every report that was revised.
_READ = (
    update(ArticleRow)
    .where(ArticleRow.id == bindparam("article"), ArticleRow.read_version < bindparam("read_version"))
    .values(read_version=bindparam("read_version"))
)


class Articles:
    def __init__(self, session: BatchingSession) -> None:
        self._session = session

    def known(self, keys: Collection[str]) -> dict[str, KnownArticle]:
        """Which of `keys` are stored, those whose texts were cleaned up included."""
        by_digest = {_digest(key): key for key in keys}
        found: dict[str, KnownArticle] = {}
        for digests in batches(by_digest):
            columns = (ArticleRow.digest, ArticleRow.id, ArticleRow.version, ArticleRow.content_hash)
            stored = select(*columns).where(ArticleRow.digest.in_(digests))
            for digest, id, version, content_hash in self._session.execute(stored):
                found[by_digest[digest]] = KnownArticle(id, version, content_hash)
        return found

    def add(self, article: Article, content_hash: str, found: Found | None = None) -> Article:
        """Store an article whose key is not known yet, and what was found in it if it was read; returned with its id,
        as version 1."""
        [stored] = self.add_all([NewArticle(article, content_hash, found)])
        return stored

    def add_all(self, new: Sequence[NewArticle]) -> list[Article]:
        """As `add`, of many at once; in order."""
        ids = inserted_all(self._session, ArticleRow, [_row_of(one) for one in new]) if new else ()
        return [
            self._added(replace(one.article, id=id, version=1), one.found) for id, one in zip(ids, new, strict=True)
        ]

    def revise(self, article_id: int, article: Article, content_hash: str) -> Article:
        """Store a new version beside the older ones; an article that was cleaned up comes back with it."""
        row = self._row(article_id)
        row.version += 1
        row.content_hash = content_hash
        row.fetched = article.fetched
        row.removed_at = None
        return self._add_version(replace(article, id=row.id, version=row.version))

    def add_reading(self, article: Article, reading: Reading, located: Located) -> None:
        """Store what was read of this version of the article, in place of an earlier reading of it."""
        if not execute(self._session, _READ, {"article": article.id, "read_version": article.version}):
            self._row(article.id)
            of_version = (ReadingRow.article_id == article.id) & (ReadingRow.version == article.version)
            execute(self._session, delete(ReadingRow).where(of_version))
        self._insert_reading(article, reading, located)

    def get(self, article_id: int) -> AssessedArticle:
        """The newest version. Raises NotStored for an unknown article and for one whose texts were cleaned up."""
        version, reading = ArticleVersionRow, ReadingRow
        statement = (
            select(version.body, reading.reading, reading.located)
            .join(ArticleRow, (version.article_id == ArticleRow.id) & (version.version == ArticleRow.version))
            .outerjoin(reading, (reading.article_id == version.article_id) & (reading.version == version.version))
            .where(ArticleRow.id == article_id)
        )
        row = self._session.execute(statement).first()
        if row is None:
            raise NotStored(f"article {article_id} is not stored")
        body, read, located = row
        return AssessedArticle(
            ARTICLE.decode(body),
            None if read is None else READING.decode(read),
            None if located is None else LOCATED.decode(located),
        )

    def cleanup(self, before: datetime, now: datetime, limit: int = 5000) -> int:
        """Remove the texts of articles fetched before `before` that no incident ever rested on; returns how many.

        At most `limit` at once, so that other writers need not wait long: repeat until it returns 0. Their keys stay,
        so that a feed which still offers them does not make them news again.
        """
        old = (
            select(ArticleRow.id)
            .where(ArticleRow.fetched < before, ArticleRow.removed_at.is_(None))
            .where(ArticleRow.read_version >= ArticleRow.version)
            .where(~exists().where(WitnessRow.article_id == ArticleRow.id))
            .order_by(ArticleRow.fetched)
            .limit(limit)
        )
        ids = self._session.scalars(old).all()
        for some in batches(ids):
            self._session.execute(delete(ArticleVersionRow).where(ArticleVersionRow.article_id.in_(some)))
            self._session.execute(update(ArticleRow).where(ArticleRow.id.in_(some)).values(removed_at=now))
        Search(self._session).remove_articles(ids)
        return len(ids)

    def _row(self, article_id: int) -> ArticleRow:
        row = self._session.get(ArticleRow, article_id)
        if row is None:
            raise NotStored(f"article {article_id} is not stored")
        return row

    def _added(self, article: Article, found: Found | None) -> Article:
        self._add_version(article)
        if found:
            self._insert_reading(article, *found)
        return article

    def _insert_reading(self, article: Article, reading: Reading, located: Located) -> None:
        row = {
            "article_id": article.id,
            "version": article.version,
            "reading": READING.text(reading),
            "located": LOCATED.text(located),
        }
        insert_rows(self._session, ReadingRow, [row])

    def _add_version(self, article: Article) -> Article:
        body = ARTICLE.text(article)
        row = {"article_id": article.id, "version": article.version, "body": body}
        insert_rows(self._session, ArticleVersionRow, [row])
        Search(self._session).put_article(article)
        return article


def _row_of(new: NewArticle) -> dict[str, object]:
    return {
        "digest": _digest(new.article.key),
        "version": 1,
        "content_hash": new.content_hash,
        "read_version": 1 if new.found else 0,
        "fetched": new.article.fetched,
        "removed_at": None,
    }


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
