"""One process serves a database."""

import subprocess
import sys
from pathlib import Path

import pytest

from errors import InvalidInput
from store.errors import AlreadyRunning
from store.lock import ProcessLock

ROOT = Path(__file__).resolve().parents[2]
HOLD = (
    "import sys; from store.lock import ProcessLock\n"
    "with ProcessLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()\n"
)


def test_a_second_lock_is_refused_until_the_first_is_released(url: str) -> None:
    with ProcessLock(url), pytest.raises(AlreadyRunning) as caught:
        ProcessLock(url).acquire()

    assert isinstance(caught.value, InvalidInput)
    assert caught.value.where == "DATABASE_URL"
    assert "\n" not in str(caught.value)
    with ProcessLock(url):
        pass


def test_another_process_is_refused_and_a_killed_one_leaves_no_lock(url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning) as caught:
            ProcessLock(url).acquire()
        holder.kill()
        holder.wait(timeout=30)

    if url.startswith("sqlite"):
        assert f"process {holder.pid}" in str(caught.value)
        ProcessLock(url).acquire()


def test_databases_do_not_lock_each_other(sqlite_url: str, pg_url: str, tmp_path: Path) -> None:
    with ProcessLock(sqlite_url), ProcessLock(pg_url), ProcessLock(f"sqlite:///{tmp_path}/other.sqlite"):
        pass


def test_a_lock_can_be_taken_before_the_file_is_made_but_not_without_its_folder(tmp_path: Path) -> None:
    with ProcessLock(f"sqlite:///{tmp_path}/new.sqlite"):
        assert not (tmp_path / "new.sqlite").exists()
    with pytest.raises(InvalidInput, match="cannot be used"):
        ProcessLock(f"sqlite:///{tmp_path}/missing/new.sqlite").acquire()


def test_an_unreachable_server_is_one_line() -> None:
    with pytest.raises(InvalidInput) as caught:
        ProcessLock("postgresql://bot:hunter2@127.0.0.1:9/tocsin").acquire()
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)
