"""Bringing a database to the newest schema, and telling whether it is there."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from errors import InvalidInput
from store.address import WHERE, file_of, parse, shown
from store.engines import usable, writing_engine

_SCRIPTS = Path(__file__).resolve().parent.parent / "alembic"
_LOCK = 0x746F63_00  # one migration at a time on PostgreSQL; SQLite's write lock does the same there


def migrate(address: str) -> None:
    """Create the database's tables or bring them to the newest schema, all or nothing.

    Creates the folder of a SQLite file. Raises InvalidInput when the address cannot be used or the database was made
    by a newer version.
    """
    url = parse(address)
    with usable(url):
        if (file := file_of(url)) is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        engine = writing_engine(url)
        try:
            with engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                _refuse_newer(connection, shown(url))
                command.upgrade(config(connection), "head")
        finally:
            engine.dispose()


def config(connection: Connection) -> Config:
    """Alembic's configuration for running within the transaction of `connection`."""
    settings = Config()
    settings.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def require_current(connection: Connection, name: str) -> None:
    """Raise InvalidInput unless the schema is the newest; `name`: the database as shown to people."""
    _refuse_newer(connection, name)
    if _revisions(connection) != {_scripts().get_current_head()}:
        raise InvalidInput(WHERE, f"{name} has no or an older schema", "a migrated one: run `python bot.py migrate`")


def _refuse_newer(connection: Connection, name: str) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if _revisions(connection) - known:
        raise InvalidInput(WHERE, f"{name} was made by a newer version of Tocsin", "that version or a later one")


def _revisions(connection: Connection) -> set[str | None]:
    return set(MigrationContext.configure(connection).get_current_heads())


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_SCRIPTS))
