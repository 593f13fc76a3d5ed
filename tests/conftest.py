"""Databases for every suite: SQLite files and a real PostgreSQL server, both built by the migrations."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.incident_cache import IncidentCache
from store.migrations import migrate
from store.store import Store
from tests.databases import Server, empty_file, serving


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


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    store = Store.open(sqlite_url)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of either kind; its schema is to be left as it is."""
    if request.param == "postgres":
        return str(request.getfixturevalue("pg_url"))
    file: Path = request.getfixturevalue("shared_file")
    empty_file(file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def shared_file(migrated_file: Path) -> Path:
    """The SQLite file that tests share in turn."""
    return Path(shutil.copy(migrated_file, migrated_file.with_name("shared.sqlite")))


@pytest.fixture(scope="session")
def open_stores() -> Iterator[dict[str, Store]]:
    """Stores by address, kept open: each new one would compile all its statements anew."""
    stores: dict[str, Store] = {}
    yield stores
    for store in stores.values():
        store.close()


@pytest.fixture
def store(url: str, open_stores: dict[str, Store]) -> Store:
    """An empty store over either kind of database."""
    if url not in open_stores:
        open_stores[url] = Store.open(url)
    open_stores[url].cache = IncidentCache()  # the rows it knew are gone
    return open_stores[url]
