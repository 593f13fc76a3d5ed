"""Plain statements for what is written for every report: an ORM's unit of work costs five times as much.

Rows written so are not in the session's identity map until they are read; what is waiting there is flushed first.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Delete, Table, Update, insert
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from store.tables import Table as Mapped

Values = Mapping[str, Any]


def inserted(session: Session, of: type[Mapped], values: Values) -> int:
    """Insert one row; its new id."""
    table = _table(of)
    session.flush()
    result = session.connection().execute(insert(table).returning(table.c.id), dict(values))
    return int(result.scalar_one())


def insert_rows(session: Session, of: type[Mapped], rows: Sequence[Values]) -> None:
    session.flush()
    if rows:
        session.connection().execute(insert(_table(of)), [dict(row) for row in rows])


def execute(session: Session, statement: Update | Delete) -> int:
    """How many rows were changed."""
    session.flush()
    return cast("CursorResult[Any]", session.connection().execute(statement)).rowcount


def _table(of: type[Mapped]) -> Table:
    return cast(Table, of.__table__)
