"""Plain statements for what is written for every report: an ORM's unit of work costs five times as much.

Rows written so are not in the session's identity map until they are read.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Delete, Engine, Executable, Insert, Table, Update, insert
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from store.tables import Table as Mapped

Values = Mapping[str, Any]


class BatchingSession(Session):
    """A session in which rows wait for further ones, so that one statement writes those of many reports.

    They are written by `flush`, which whatever reads through the ORM calls first, and Store.write before it commits.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        self._waiting: dict[Executable, list[Values]] = {}

    def later(self, statement: Executable, rows: Sequence[Values]) -> None:
        """Carry the statement, one that is built once, out for each of the rows, after those that wait already."""
        self._waiting.setdefault(statement, []).extend(rows)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        self.flush_objects()
        waiting, self._waiting = self._waiting, {}
        for statement, rows in waiting.items():
            self.connection().execute(statement, rows)

    def flush_objects(self) -> None:
        """Write what was changed through the ORM; rows wait on."""
        super().flush()


def inserted(session: BatchingSession, of: type[Mapped], values: Values) -> int:
    """Insert one row that refers to none that waits; its new id."""
    session.flush_objects()
    return int(session.connection().execute(_inserting_one(of), dict(values)).scalar_one())


def inserted_all(session: BatchingSession, of: type[Mapped], rows: Sequence[Values]) -> Sequence[int]:
    """Insert rows that refer to none that waits; their new ids, in order."""
    session.flush_objects()
    return session.connection().execute(_inserting_many(of), rows).scalars().all()


def insert_rows(session: BatchingSession, of: type[Mapped], rows: Sequence[Values]) -> None:
    """Insert rows, later in the transaction; tables in the order in which rows came to them first."""
    if rows:
        session.flush_objects()
        session.later(_inserting(of), rows)


def execute(session: BatchingSession, statement: Update | Delete, values: Values | None = None) -> int:
    """How many rows were changed. `values` fill the statement's bound parameters, and are set where it sets none."""
    session.flush()
    return _changed(session, statement, values)


def execute_ahead(session: BatchingSession, statement: Update | Delete, values: Values) -> int:
    """As `execute`, for a table in which no rows wait: those that wait elsewhere wait on."""
    session.flush_objects()
    return _changed(session, statement, values)


def _changed(session: BatchingSession, statement: Update | Delete, values: Values | None) -> int:
    return cast("CursorResult[Any]", session.connection().execute(statement, values)).rowcount


# Each is built once: building a statement takes longer than carrying it out.
@cache
def _inserting(of: type[Mapped]) -> Insert:
    return insert(_table(of))


@cache
def _inserting_one(of: type[Mapped]) -> ReturningInsert[Any]:
    table = _table(of)
    return insert(table).returning(table.c.id)


@cache
def _inserting_many(of: type[Mapped]) -> ReturningInsert[Any]:
    table = _table(of)
    return insert(table).returning(table.c.id, sort_by_parameter_order=True)


def _table(of: type[Mapped]) -> Table:
    return cast(Table, of.__table__)
