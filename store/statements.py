"""Plain statements for what is written for every report: an ORM's unit of work costs five times as much.

Rows written so are not in the session's identity map until they are read; what is waiting there is flushed first.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Delete, Insert, Table, Update, insert
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from store.tables import Table as Mapped

Values = Mapping[str, Any]


def inserted(session: Session, of: type[Mapped], values: Values) -> int:
    """Insert one row; its new id."""
    session.flush()
    return int(session.connection().execute(_inserting_one(of), dict(values)).scalar_one())


def insert_rows(session: Session, of: type[Mapped], rows: Sequence[Values]) -> None:
    session.flush()
    if rows:
        session.connection().execute(_inserting(of), [dict(row) for row in rows])


def execute(session: Session, statement: Insert | Update | Delete, values: Values | None = None) -> int:
    """How many rows were changed. `values` fill the statement's bound parameters, and are set where it sets none."""
    session.flush()
    return cast("CursorResult[Any]", session.connection().execute(statement, values)).rowcount


# Each is built once: building a statement takes longer than carrying it out.
@cache
def _inserting(of: type[Mapped]) -> Insert:
    return insert(_table(of))


@cache
def _inserting_one(of: type[Mapped]) -> ReturningInsert[Any]:
    table = _table(of)
    return insert(table).returning(table.c.id)


def _table(of: type[Mapped]) -> Table:
    return cast(Table, of.__table__)
