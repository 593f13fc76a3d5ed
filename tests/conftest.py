"""Databases for every suite: SQLite files and a real PostgreSQL server, both built by the migrations."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.migrations import migrate
from store.store import Store
from tests.databases import Server, serving


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    path = tmp_path / "tocsin.sqlite"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def pg_server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def pg_url(pg_server: Server) -> str:
    """A migrated, empty PostgreSQL database; its schema is to be left as it is."""
    return pg_server.emptied()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of either kind; its schema is to be left as it is."""
    name = {"sqlite": "sqlite_url", "postgres": "pg_url"}[request.param]
    return str(request.getfixturevalue(name))


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    store = Store.open(sqlite_url)
    yield store
    store.close()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store.open(url)
    yield store
    store.close()
