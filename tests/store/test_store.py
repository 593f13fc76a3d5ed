"""Opening, transactions, threads and crashes."""

import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from alerts.types import Edition
from errors import InvalidInput
from store.address import parse
from store.errors import StoreError
from store.store import Store
from tests.builders import make_article, make_chat, make_incident, make_watch, make_witness
from tests.databases import Server

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "no file"), (b"", "no or an older schema"), (b"this is no database, only text\n" * 90, "not a database")],
)
def test_a_file_that_is_no_migrated_database_is_refused(tmp_path: Path, content: bytes | None, problem: str) -> None:
    path = tmp_path / "some.sqlite"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(InvalidInput, match=problem) as caught:
        Store.open(f"sqlite:///{path}")

    assert caught.value.where == "DATABASE_URL"
    assert path.exists() == (content is not None)


def test_an_unreachable_server_is_one_line_without_password() -> None:
    with pytest.raises(InvalidInput) as caught:
        Store.open("postgresql://bot:hunter2@127.0.0.1:9/tocsin")

    assert "127.0.0.1:9" in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_user_is_told_so(pg_server: Server) -> None:
    url = pg_server.url("migrated").replace("postgres:@", "nobody:hunter2@")

    with pytest.raises(InvalidInput, match="nobody") as caught:
        Store.open(url)

    assert "hunter2" not in str(caught.value)


def test_the_edition_is_kept(sqlite_url: str) -> None:
    store = Store.open(sqlite_url, Edition.SAMPLE)
    assert store.edition is Edition.SAMPLE
    store.close()


def test_an_error_inside_a_transaction_leaves_nothing(store: Store) -> None:
    def interrupted() -> None:
        with store.write() as tx:
            article = tx.articles.add(make_article(key="k"), "h")
            tx.incidents.add(make_incident(make_witness(article.id)))
            tx.chats.put(make_chat())
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        interrupted()

    with store.read() as tx:
        assert tx.articles.known(["k"]) == {}
        assert list(tx.incidents.all()) == []
        assert tx.chats.get(1001) is None


def test_a_killed_process_leaves_nothing_half_written(url: str) -> None:
    code = (
        "import os, sys; from store.store import Store; from tests.builders import *\n"
        "store = Store.open(sys.argv[1])\n"
        "with store.write() as tx: tx.chats.put(make_chat(1))\n"
        "with store.write() as tx: tx.chats.put(make_chat(2)); os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, url], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr

    store = Store.open(url)
    with store.write() as tx:
        assert tx.chats.get(1) is not None
        assert tx.chats.get(2) is None
    store.close()


def test_writing_in_a_reading_transaction_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError, match=r"read-?only"), store.read() as tx:
        tx.chats.put(make_chat())

    with store.write() as tx:
        assert tx.chats.get(1001) is None
        tx.chats.put(make_chat())


def test_a_reader_sees_one_state_whatever_is_written_meanwhile(store: Store) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(1))
    with store.read() as before:
        assert before.chats.count() == 1
        with store.write() as tx:
            tx.chats.put(make_chat(2))
        assert before.chats.count() == 1
        assert before.chats.subscribers(None, 10) == []
    with store.read() as after:
        assert after.chats.count() == 2


def test_concurrent_writers_lose_no_update(store: Store) -> None:
    """Each of two threads reads an incident and writes its next revision, many times over, without a retry."""
    rounds = 15
    with store.write() as tx:
        article = tx.articles.add(make_article(), "h")
        incident = tx.incidents.add(make_incident(make_witness(article.id)))
    together = threading.Barrier(2)

    def work(name: str) -> None:
        together.wait(timeout=30)
        for number in range(rounds):
            with store.write() as tx:
                now = tx.incidents.get(incident.id)
                assert now is not None
                actors = (*now.actors, f"{name} {number}")
                tx.incidents.revise(make_incident(*now.witnesses, id=now.id, revision=now.revision + 1, actors=actors))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work, name) for name in ("one", "two")]:
            done.result(timeout=60)

    with store.read() as tx:
        final = tx.incidents.get(incident.id)
    assert final is not None
    assert final.revision == 1 + 2 * rounds
    assert set(final.actors) == {"M23", *(f"{name} {number}" for name in ("one", "two") for number in range(rounds))}


def test_one_store_serves_many_threads(store: Store) -> None:
    def work(chat_id: int) -> int:
        with store.write() as tx:
            tx.chats.put(make_chat(chat_id))
            watch = tx.chats.add_watch(make_watch(chat_id))
        with store.read() as tx:
            assert tx.chats.watches(chat_id) == [watch]
        return watch.id

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(work, range(1, 25)))

    assert len(set(ids)) == 24
    with store.read() as tx:
        assert tx.chats.count() == 24


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(StoreError), store.write() as tx:
        tx.incidents.add(make_incident(make_witness(article_id=77)))


def test_the_stored_words_are_those_of_the_project(url: str) -> None:
    store = Store.open(url)
    with store.write() as tx:
        article = tx.articles.add(make_article(), "h")
        tx.incidents.add(make_incident(make_witness(article.id)))
        tx.chats.put(make_chat())
    store.close()

    engine = create_engine(parse(url))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT kind FROM incidents")) == "territory_captured"
        assert connection.scalar(text("SELECT state FROM chats")) == "active"
    engine.dispose()


def test_sqlite_keeps_a_write_ahead_log(sqlite_url: str, sqlite_store: Store) -> None:
    engine = create_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_a_file_that_may_not_be_written_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    folder = tmp_path / "locked"
    folder.mkdir()
    path.rename(folder / "tocsin.sqlite")
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(folder, os.W_OK):  # root may write anywhere: take the file's place by a folder instead
        folder.chmod(stat.S_IRWXU)
        (folder / "tocsin.sqlite-wal").mkdir()

    with pytest.raises(InvalidInput, match="cannot be used"):
        Store.open(f"sqlite:///{folder}/tocsin.sqlite")

    folder.chmod(stat.S_IRWXU)
