"""Full text over articles and alerts (store/search.py): FTS5 on SQLite, a tsvector on PostgreSQL."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from store.search import row_values

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BATCH = 500


def upgrade() -> None:
    dialect = op.get_context().dialect.name
    if dialect == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 2')"
        )
    else:
        op.execute("CREATE TABLE search_index (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_search_index_words ON search_index USING gin (words)")
    if not op.get_context().as_sql:
        _index_what_is_stored(dialect)


def downgrade() -> None:
    op.execute("DROP TABLE search_index")


def _index_what_is_stored(dialect: str) -> None:
    """Articles by their newest version; incidents by the names and titles kept with them until their next revision."""
    articles = sa.text(
        "SELECT a.id, v.body FROM articles a JOIN article_versions v ON v.article_id = a.id AND v.version = a.version "
        "WHERE a.id > :last ORDER BY a.id LIMIT :batch"
    ).columns(sa.column("id", sa.Integer), sa.column("body", sa.JSON))
    incidents = sa.text(
        "SELECT id, search_text FROM incidents WHERE id > :last AND merged_into IS NULL ORDER BY id LIMIT :batch"
    )
    for id, body in _all(articles):
        _insert(dialect, row_values(dialect, 2 * id, body["title"], body["summary"]))
    for id, search_text in _all(incidents):
        _insert(dialect, row_values(dialect, 2 * id + 1, "", search_text))


def _all(statement: sa.Executable) -> Iterator[Any]:
    last = 0
    while rows := op.get_bind().execute(statement, {"last": last, "batch": BATCH}).all():
        yield from rows
        last = rows[-1][0]


def _insert(dialect: str, values: dict[str, object]) -> None:
    if dialect == "sqlite":
        statement = "INSERT INTO search_index (rowid, title, body) VALUES (:row, :title, :body)"
    else:
        statement = "INSERT INTO search_index (rowid, words) VALUES (:row, CAST(:title || :body AS tsvector))"
    op.get_bind().execute(sa.text(statement), values)
