"""Migrations build the tables, on both databases, all or nothing."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import CommandLine
from sqlalchemy import create_engine, inspect, text

from errors import InvalidInput
from store.address import parse
from store.engines import writing_engine
from store.migrations import config, migrate
from store.schema import SEARCH_INDEX, Table
from store.store import Store
from tests.databases import Server
from tests.migrations_current import differences

ROOT = Path(__file__).resolve().parents[2]


def tables_of(url: str) -> set[str]:
    engine = create_engine(parse(url))
    try:
        return {name for name in inspect(engine).get_table_names() if not name.startswith(f"{SEARCH_INDEX}_")}
    finally:
        engine.dispose()


def test_an_empty_database_gets_all_tables_and_can_be_opened(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/folder/tocsin.sqlite"

    migrate(url)

    assert tables_of(url) == {*Table.metadata.tables, SEARCH_INDEX, "alembic_version"}
    Store.open(url).close()


def test_migrating_again_changes_nothing(url: str) -> None:
    before = tables_of(url)

    migrate(url)

    assert tables_of(url) == before


def test_the_tables_in_the_code_are_those_that_the_migrations_build(url: str) -> None:
    assert differences(str(parse(url).render_as_string(hide_password=False))) == []


def test_differences_are_found(sqlite_url: str) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("ALTER TABLE chats ADD COLUMN nickname TEXT")
        connection.execute("DROP INDEX ix_outbox_due")

    found = "\n".join(differences(sqlite_url))

    assert "nickname" in found
    assert "ix_outbox_due" in found


def test_a_database_of_the_first_version_is_brought_up_to_date(own_url: str) -> None:
    engine = writing_engine(parse(own_url))
    with engine.begin() as connection:
        command.downgrade(config(connection), "0001")
        connection.execute(text("INSERT INTO chats VALUES (7, 'private', 'en', 'UTC', 'active', NULL, NULL)"))
    engine.dispose()
    assert "verdicts" not in tables_of(own_url)
    with pytest.raises(InvalidInput, match=r"bot\.py migrate"):
        Store.open(own_url)

    migrate(own_url)

    store = Store.open(own_url)
    with store.read() as tx:
        assert tx.chats.get(7) is not None
        assert list(tx.verdicts.all()) == []
    store.close()


def test_the_first_migration_can_be_taken_back(own_url: str) -> None:
    engine = writing_engine(parse(own_url))
    with engine.begin() as connection:
        command.downgrade(config(connection), "base")
    engine.dispose()

    assert tables_of(own_url) == {"alembic_version"}
    migrate(own_url)
    Store.open(own_url).close()


def test_a_failed_migration_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "half.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE outbox (id INTEGER)")

    with pytest.raises(InvalidInput, match="outbox"):
        migrate(f"sqlite:///{path}")

    assert tables_of(f"sqlite:///{path}") == {"outbox"}


def test_a_database_of_a_newer_version_is_left_alone(own_url: str) -> None:
    engine = create_engine(parse(own_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(InvalidInput, match="newer version"):
        migrate(own_url)
    with pytest.raises(InvalidInput, match="newer version"):
        Store.open(own_url)


def test_an_empty_postgres_database_is_not_opened_but_migrated(pg_server: Server) -> None:
    with pg_server.database(template="template0") as url:
        with pytest.raises(InvalidInput, match=r"bot\.py migrate"):
            Store.open(url)
        migrate(url)
        Store.open(url).close()


def test_alembic_itself_works_on_a_given_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = ["-c", str(ROOT / "alembic.ini")]
    on_file = [*settings, "-x", f"url=sqlite:///{tmp_path}/own.sqlite"]

    CommandLine().main([*on_file, "upgrade", "head"])
    CommandLine().main([*on_file, "check"])
    CommandLine().main([*settings, "-x", "url=postgresql://db.example/tocsin", "upgrade", "head", "--sql"])
    assert "CREATE TABLE outbox" in capsys.readouterr().out
    Store.open(f"sqlite:///{tmp_path}/own.sqlite").close()

    for arguments in (settings, [*settings, "-x", "url=mysql://db.example/tocsin"]):
        with pytest.raises(SystemExit):
            CommandLine().main([*arguments, "current"])
    assert capsys.readouterr().out.count("FAILED") == 2


def test_migrating_an_unreachable_server_is_one_line(pg_server: Server) -> None:
    url = pg_server.url("no_such_database")

    with pytest.raises(InvalidInput, match="no_such_database") as caught:
        migrate(url)

    assert "\n" not in str(caught.value)
    assert isinstance(caught.value.__cause__.__cause__, psycopg.Error)  # type: ignore[union-attr]
