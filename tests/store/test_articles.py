"""Articles: identity, versions, readings, and tombstones."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store.errors import NotStored, StoreError
from store.store import Store
from store.types import AssessedArticle, KnownArticle
from tests.builders import NOW, make_article, make_incident, make_located, make_reading, make_witness

DAY = timedelta(days=1)


def test_an_added_article_is_known_by_its_key(store: Store) -> None:
    article = make_article()
    with store.write() as tx:
        stored = tx.articles.add(article, "hash")

    assert stored == replace(article, id=stored.id, version=1)
    with store.read() as tx:
        assert tx.articles.known([article.key, "another"]) == {article.key: KnownArticle(stored.id, 1, "hash")}
        assert tx.articles.get(stored.id) == AssessedArticle(stored, None, None)


def test_thousands_of_keys_can_be_asked_for(store: Store) -> None:
    with store.write() as tx:
        tx.articles.add(make_article(key="key 1500"), "h")
    with store.read() as tx:
        assert list(tx.articles.known([f"key {number}" for number in range(3000)])) == ["key 1500"]
        assert tx.articles.known([]) == {}


@pytest.mark.parametrize("key", ["k" * 20_000, "nul \0", "half \ud800", "clé é", ""])
def test_keys_may_be_anything(store: Store, key: str) -> None:
    with store.write() as tx:
        tx.articles.add(make_article(key=key, title="T \0 \ud800"), "h")
    with store.read() as tx:
        known = tx.articles.known([key])
        assert list(known) == [key]
        assert tx.articles.get(known[key].id).article.title == "T \ufffd \ufffd"


def test_a_key_is_stored_once(store: Store) -> None:
    article = make_article()
    with store.write() as tx:
        tx.articles.add(article, "h")
    with pytest.raises(StoreError), store.write() as tx:
        tx.articles.add(article, "h")


def test_a_revised_article_is_a_new_version_not_read_yet(store: Store) -> None:
    article = make_article()
    with store.write() as tx:
        first = tx.articles.add(article, "one")
        tx.articles.add_reading(first, make_reading(), make_located())
        second = tx.articles.revise(first.id, replace(article, title="Army denies it"), "two")

    assert (second.id, second.version) == (first.id, 2)
    with store.read() as tx:
        assert tx.articles.known([article.key]) == {article.key: KnownArticle(first.id, 2, "two")}
        assert tx.articles.get(first.id) == AssessedArticle(second, None, None)


def test_a_reading_belongs_to_its_version(store: Store) -> None:
    with store.write() as tx:
        first = tx.articles.add(make_article(), "one")
        second = tx.articles.revise(first.id, first, "two")
        tx.articles.add_reading(first, make_reading(model="late"), make_located())
        assert tx.articles.get(first.id).reading is None

        tx.articles.add_reading(second, make_reading(model="a"), make_located())
        tx.articles.add_reading(second, make_reading(model="b"), make_located(confidence=0.4))

    with store.read() as tx:
        assessed = tx.articles.get(first.id)
        assert assessed == AssessedArticle(second, make_reading(model="b"), make_located(confidence=0.4))


def test_what_is_not_stored_is_an_error(store: Store) -> None:
    with store.write() as tx:
        with pytest.raises(NotStored):
            tx.articles.get(77)
        with pytest.raises(NotStored):
            tx.articles.revise(77, make_article(), "h")
        with pytest.raises(NotStored):
            tx.articles.add_reading(make_article(id=77), make_reading(), make_located())


def test_cleaning_up_leaves_a_tombstone(store: Store) -> None:
    with store.write() as tx:
        old, young, told, unread = (
            tx.articles.add(make_article(fetched=NOW - days * DAY), "h") for days in (40, 1, 40, 40)
        )
        for article in (old, young, told):
            tx.articles.add_reading(article, make_reading(), make_located())
        tx.incidents.add(make_incident(make_witness(told.id)))

        assert tx.articles.cleanup(NOW - 30 * DAY, NOW) == 1
        assert tx.articles.cleanup(NOW - 30 * DAY, NOW) == 0

        known = tx.articles.known([article.key for article in (old, young, told, unread)])
        assert known[old.key] == KnownArticle(old.id, 1, "h")
        assert len(known) == 4
        with pytest.raises(NotStored):
            tx.articles.get(old.id)
        assert tx.articles.get(young.id).article == young
        assert tx.articles.get(told.id).article == told


def test_cleaning_up_takes_the_oldest_first_and_no_more_than_asked(store: Store) -> None:
    with store.write() as tx:
        stored = [tx.articles.add(make_article(fetched=NOW - days * DAY), "h") for days in (40, 60, 50)]
        for article in stored:
            tx.articles.add_reading(article, make_reading(), make_located())
        assert tx.articles.cleanup(NOW - 30 * DAY, NOW, limit=2) == 2
        assert tx.articles.get(stored[0].id).article == stored[0]
        assert [tx.articles.cleanup(NOW - 30 * DAY, NOW, limit=2) for _ in range(2)] == [1, 0]


def test_a_cleaned_up_article_can_be_revised(store: Store) -> None:
    with store.write() as tx:
        old = tx.articles.add(make_article(fetched=NOW - 40 * DAY), "h")
        tx.articles.add_reading(old, make_reading(), make_located())
        tx.articles.cleanup(NOW - 30 * DAY, NOW)

        again = tx.articles.revise(old.id, replace(old, fetched=NOW), "other")

        assert (again.id, again.version) == (old.id, 2)
        assert tx.articles.cleanup(NOW - 30 * DAY, NOW) == 0
