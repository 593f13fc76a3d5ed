"""Stored beginnings that several modules build on."""

from collections.abc import Iterator

import pytest

from alerts.types import Watch
from incidents.types import Incident
from store.store import Store
from tests.builders import NewIncident, NewWatch, make_article, make_chat, make_incident, make_watch, make_witness


@pytest.fixture
def new_incident(store: Store) -> NewIncident:
    """Stores an incident of one report; fields as in make_incident, `title` that of the report."""

    def build(title: str = "Rebels enter Walikale", **fields: object) -> Incident:
        with store.write() as tx:
            article = tx.articles.add(make_article(title=title), "h")
            return tx.incidents.add(make_incident(make_witness(article.id, title=title), **fields))

    return build


@pytest.fixture
def new_watch(store: Store) -> NewWatch:
    """Stores a watch, and its chat where there is none."""

    def build(chat_id: int = 1001, **fields: object) -> Watch:
        with store.write() as tx:
            if tx.chats.get(chat_id) is None:
                tx.chats.put(make_chat(chat_id))
            return tx.chats.add_watch(make_watch(chat_id, **fields))

    return build


@pytest.fixture(params=["sqlite", "postgres"])
def own_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database of the test's own, to change the schema of."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    with request.getfixturevalue("pg_server").database() as url:
        yield url
