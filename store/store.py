"""The store: short transactions over everything that is kept. Synchronous and safe to use from many threads."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

from alerts.types import Edition
from errors import InvalidInput
from store.address import WHERE, file_of, parse, shown
from store.alerts import Alerts
from store.articles import Articles
from store.chats import Chats
from store.counts import Counts
from store.digests import Digests
from store.engines import reading_engine, translated, usable, writing_engine
from store.feeds import Feeds
from store.history import History
from store.incident_cache import MOST_BARE, IncidentCache
from store.incidents import Incidents
from store.invites import Invites
from store.levels import Levels
from store.migrations import require_current
from store.mutes import Mutes
from store.notices import Notices
from store.operating import Operating
from store.outbox import Outbox
from store.receipts import Receipts
from store.search import Search
from store.shares import Shares
from store.statements import BatchingSession
from store.topics import Topics
from store.verdicts import Verdicts

_WRITE_LOCK = 0x746F63_01


class Transaction:
    """One state of the database, seen and changed through one object per matter; not to be shared by threads."""

    def __init__(self, session: BatchingSession, edition: Edition, cache: IncidentCache, bare: IncidentCache) -> None:
        self.feeds = Feeds(session)
        self.articles = Articles(session)
        self.incidents = Incidents(session, cache)
        self.alerts = Alerts(session, self.incidents)
        self.outbox = Outbox(session, self.incidents, self.alerts)
        self.receipts = Receipts(session)
        self.digests = Digests(session, self.outbox)
        self.chats = Chats(session)
        self.history = History(session, edition, self.incidents, bare)
        self.verdicts = Verdicts(session)
        self.mutes = Mutes(session)
        self.levels = Levels(session)
        self.notices = Notices(session)
        self.operating = Operating(session)
        self.invites = Invites(session)
        self.counts = Counts(session)
        self.search = Search(session)
        self.shares = Shares(session)
        self.topics = Topics(session)


class Store:
    """Opened by `Store.open`. Errors of the database arrive as store.errors.StoreError."""

    def __init__(self, writing: Engine, reading: Engine, edition: Edition) -> None:
        self.edition = edition
        self.cache = IncidentCache()
        self.bare = IncidentCache(MOST_BARE)
        self._writing = writing
        self._reading = reading

    @classmethod
    def open(cls, url: str, edition: Edition = Edition.LIVE) -> "Store":
        """Open a migrated database.

        Raises InvalidInput (one line, without passwords) when the address is wrong, the database cannot be reached,
        or its schema is not the one this version works with.
        """
        address = parse(url)
        if (file := file_of(address)) is not None and not file.exists():
            raise InvalidInput(WHERE, f"no file {file}", "a migrated database: run `python bot.py migrate`")
        store = cls(writing_engine(address), reading_engine(address), edition)
        try:
            with usable(address), store._reading.connect() as connection:
                require_current(connection, shown(address))
        except InvalidInput:
            store.close()
            raise
        return store

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One short transaction; one at a time in the whole database. Commits on leaving, on an error leaves nothing.

        Nothing slow belongs inside: every other writer waits.
        """
        with translated(), BatchingSession(self._writing) as session:
            with session.begin():
                if self._writing.dialect.name == "postgresql":
                    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITE_LOCK})
                tx = Transaction(session, self.edition, self.cache, self.bare)
                yield tx
                session.flush()
            tx.incidents.committed()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """One state of the database, whatever others write meanwhile; writing in it is an error."""
        with translated(), BatchingSession(self._reading) as session:
            yield Transaction(session, self.edition, self.cache, self.bare)

    def close(self) -> None:
        self._writing.dispose()
        self._reading.dispose()
