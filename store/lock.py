"""One process serves a database: it alone polls the chat service and sends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool

from store.address import WHERE, file_of, parse, shown
from store.engines import usable
from store.errors import AlreadyRunning

_KEY = 0x746F63_02


class ProcessLock:
    """Held from `acquire` to `release`, or to the end of the process however it ends.

    SQLite: a lock on a file beside the database, on a local disk. PostgreSQL: an advisory lock of a connection of its
    own; should the server restart, the lock is lost with it.
    """

    def __init__(self, url: str) -> None:
        self._url = parse(url)
        self._held = ExitStack()

    def acquire(self) -> None:
        """Raises AlreadyRunning when another process (or another lock of this one) holds it, InvalidInput when the
        address cannot be used."""
        file = file_of(self._url)
        holding = _server_lock(self._url) if file is None else _file_lock(self._url, file)
        self._held.enter_context(holding)

    def release(self) -> None:
        self._held.close()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


@contextmanager
def _file_lock(url: URL, file: Path) -> Iterator[None]:
    # The file stays: were it removed, two processes could each hold a lock on a file of that name.
    with usable(url):
        descriptor = os.open(file.with_name(f"{file.name}-lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
            raise _already(url, f" (process {holder})" if holder else "") from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _server_lock(url: URL) -> Iterator[None]:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 10})
    with usable(url):
        connection = engine.connect()
    with connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}):
            raise _already(url)
        yield


def _already(url: URL, holder: str = "") -> AlreadyRunning:
    return AlreadyRunning(WHERE, f"{shown(url)} is served by another process{holder}", "one process for a database")
