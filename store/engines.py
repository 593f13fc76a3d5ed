"""Engines for both databases, and the translation of their errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from errors import InvalidInput
from store.address import WHERE, explained, shown
from store.codec import column_json
from store.errors import StoreError, StoreUnavailable

_BUSY_S = 15.0  # how long a SQLite connection waits for another's short transaction
_CONNECT_S = 10  # how long a PostgreSQL server may take to answer


def writing_engine(url: URL) -> Engine:
    """Transactions that may write; on SQLite each takes the write lock at its start.

    A deferred SQLite transaction that reads, then writes, fails at once when another wrote in between.
    """
    if url.drivername == "sqlite":
        return _sqlite(url, begin="BEGIN IMMEDIATE", read_only=False)
    return _postgres(url)


def reading_engine(url: URL) -> Engine:
    """Transactions that see one state of the database and refuse to write."""
    if url.drivername == "sqlite":
        return _sqlite(url, begin="BEGIN", read_only=True)
    return _postgres(url, isolation_level="REPEATABLE READ", execution_options={"postgresql_readonly": True})


@contextmanager
def usable(url: URL) -> Iterator[None]:
    """Turn what a driver says when first spoken to into one line for the person who wrote the address."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        problem = f"{shown(url)} cannot be used: {explained(url, cause)}"
        raise InvalidInput(WHERE, problem, "a database that can be reached") from error


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's errors into StoreError."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise StoreUnavailable(_said(error)) from error
    except SQLAlchemyError as error:
        raise StoreError(_said(error)) from error


def _said(error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__


def _postgres(url: URL, **options: Any) -> Engine:
    arguments = {"connect_timeout": _CONNECT_S}
    return create_engine(url, json_serializer=column_json, pool_pre_ping=True, connect_args=arguments, **options)


def _sqlite(url: URL, *, begin: str, read_only: bool) -> Engine:
    engine = create_engine(url, json_serializer=column_json, connect_args={"timeout": _BUSY_S})
    pragmas = (
        "journal_mode = WAL",
        # A crash of the process loses nothing. A power cut may lose the last transactions, in order: the feed is then
        # fetched again, or a message sent again, which is what happens to what was in flight in any case.
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"query_only = {'ON' if read_only else 'OFF'}",
    )

    def prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # Python's own idea of when to BEGIN comes too late
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine
