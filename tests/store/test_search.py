"""Full text over articles and alerts, alike on both databases."""

from datetime import timedelta

import pytest
from alembic import command

from classifiers.taxonomy import Signal
from incidents.types import Link, Relation
from store.address import parse
from store.engines import writing_engine
from store.migrations import config, migrate
from store.search import Also, Hit, Matter
from store.store import Store
from tests.builders import (
    NOW,
    NewIncident,
    make_article,
    make_chat,
    make_incident,
    make_located,
    make_reading,
)
from tests.telling import tell


def stored(store: Store, title: str, summary: str = "", **fields: object) -> int:
    with store.write() as tx:
        return tx.articles.add(make_article(title=title, summary=summary, **fields), "h").id


def articles(store: Store, words: str) -> list[int]:
    with store.read() as tx:
        hits, total = tx.search.find(words, 7, 0, 50)
    found = [hit.id for hit in hits if hit.matter is Matter.ARTICLE]
    assert total == len(hits)
    return found


def alerts(store: Store, words: str, chat_id: int | None = 7) -> list[int]:
    with store.read() as tx:
        hits, _ = tx.search.find(words, chat_id, 0, 50)
    return [hit.id for hit in hits if hit.matter is Matter.ALERT]


def test_words_of_titles_and_summaries_are_found_whatever_their_case_and_accents(store: Store) -> None:
    french = stored(store, "L’armée a quitté Uvira", "Des déplacés arrivent à Bujumbura.")
    arabic = stored(store, "قصف على أم درمان")
    russian = stored(store, "Обстрел Харькова")
    assert articles(store, "ARMEE") == [french]
    assert articles(store, "déplacés bujumbura") == [french]
    assert articles(store, "uvira harkov") == []
    assert articles(store, "ام درمان") == [arabic]
    assert articles(store, "харькова") == [russian]


def test_a_word_of_four_letters_finds_longer_ones_a_shorter_one_itself(store: Store) -> None:
    rebels = stored(store, "Rebels near Uvira")
    stored(store, "Unions strike")
    un = stored(store, "UN convoy")
    assert articles(store, "rebel") == [rebels]
    assert articles(store, "un") == [un]


def test_titles_rank_before_summaries_and_the_newer_before_the_older(store: Store) -> None:
    below = stored(store, "Fighting near the lake", "A clinic was looted in the evening.")
    older = stored(store, "Clinic looted")
    newer = stored(store, "Clinic looted")
    assert articles(store, "clinic looted") == [newer, older, below]


def test_what_may_stand_for_a_word_is_found_behind_it(store: Store) -> None:
    french = stored(store, "Un hôpital pillé à Walikale")
    facility = stored(store, "A health facility looted in Walikale")
    own = stored(store, "Hospital looted in Walikale")
    both = stored(store, "Hospital and health facility in Walikale")
    stored(store, "Un hôpital à Goma")
    stored(store, "Health in a facility, Walikale")
    also = [Also(("hospital",), (("hopital*",), ("health", "facil*")))]
    with store.read() as tx:
        hits, total = tx.search.find("hospital Walikale", 7, 0, 10, also)
        pages = [tx.search.find("hospital Walikale", 7, offset, 2, also)[0] for offset in (0, 1, 2, 3, 4)]
        none = tx.search.find("volcano Walikale", 7, 0, 10, also)
    assert ({hit.id for hit in hits[:2]}, {hit.id for hit in hits[2:]}) == ({own, both}, {french, facility})
    assert total == 4
    assert [[hit.id for hit in page] for page in pages] == [[h.id for h in hits[n : n + 2]] for n in range(5)]
    assert none == ([], 0)


def test_several_words_together_may_be_stood_for(store: Store) -> None:
    hospital = stored(store, "Hospital looted in Goma")
    own = stored(store, "Health facility looted in Goma")
    also = [Also(("health", "facility"), (("hospital*",),)), Also(("goma",), ())]
    with store.read() as tx:
        hits, total = tx.search.find("looted health facility Goma", 7, 0, 10, also)
    assert ([hit.id for hit in hits], total) == ([own, hospital], 2)


def test_results_are_paged(store: Store) -> None:
    ids = [stored(store, "Clinic looted") for _ in range(5)]
    with store.read() as tx:
        pages = [tx.search.find("clinic", 7, offset, 2) for offset in (0, 2, 4, 6)]
    assert [total for _, total in pages] == [5, 5, 5, 5]
    assert [hit for hits, _ in pages for hit in hits] == [Hit(Matter.ARTICLE, id) for id in reversed(ids)]


def test_the_newest_version_is_found_and_what_was_cleaned_up_is_not(store: Store) -> None:
    id = stored(store, "Clinic looted")
    with store.write() as tx:
        revised = tx.articles.revise(id, make_article(title="Hospital looted"), "h2")
    assert articles(store, "clinic") == []
    assert articles(store, "hospital") == [id]
    with store.write() as tx:
        tx.articles.add_reading(revised, make_reading(), make_located())
        assert tx.articles.cleanup(NOW + timedelta(days=1), NOW) == 1
    assert articles(store, "hospital") == []


def test_alerts_are_found_by_kind_in_every_language_place_and_actor(store: Store) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(7))
    told = tell(store, 7, title="Walikale falls", actors=("AFC",)).id
    for words in ("territory captured", "territoire pris", "north kivu", "AFC", "RD Congo", "walikale falls"):
        assert alerts(store, words) == [told], words
    assert alerts(store, "displaced") == []


def test_alerts_that_others_were_told_stay_theirs(store: Store, new_incident: NewIncident) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(7))
        tx.chats.put(make_chat(8))
    others = tell(store, 8, title="Walikale falls").id
    unsent = tell(store, 7, title="Walikale falls", message_id=None).id
    assert alerts(store, "walikale falls") == []
    assert alerts(store, "walikale falls", 8) == [others]
    assert alerts(store, "walikale falls", None) == [unsent, others]


def test_a_revision_is_found_at_once_and_a_merged_incident_no_more(store: Store, new_incident: NewIncident) -> None:
    first = new_incident("Walikale falls")
    changed = make_incident(
        *first.witnesses, id=first.id, revision=2, kind=Signal.DISPLACEMENT, signals=(Signal.DISPLACEMENT,)
    )
    with store.write() as tx:
        tx.incidents.revise(changed)
    assert alerts(store, "territory captured", None) == []
    assert alerts(store, "people fleeing", None) == [first.id]
    other = new_incident("Another")
    merged = make_incident(*first.witnesses, id=first.id, revision=3, links=(Link(Relation.MERGED_INTO, other.id),))
    with store.write() as tx:
        tx.incidents.revise(merged)
    assert alerts(store, "walikale falls", None) == []


def test_what_was_not_committed_is_not_found(store: Store) -> None:
    def stop() -> None:
        with store.write() as tx:
            tx.articles.add(make_article(title="Clinic looted"), "h")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stop()
    assert articles(store, "clinic") == []


@pytest.mark.parametrize(
    "hostile",
    [
        '"', "'", "';--", 'a" OR "b', "clinic' & 'x", "clinic:*", "(clinic", "clinic AND", "NEAR(clinic, 2)", "title:x",
        "^clinic*", "clinic | !", "\\", "%_", "\0clinic", "\ud800", "clinic <-> x", "-clinic", "😀",
    ],
)  # fmt: skip
def test_hostile_words_are_only_words(store: Store, hostile: str) -> None:
    stored(store, "Clinic looted", 'a "quoted" sum\'mary with \\ and :')
    with store.read() as tx:
        hits, total = tx.search.find(hostile, 7, 0, 10)
    assert len(hits) == total
    assert total <= 1


def test_a_text_of_any_length_is_indexed_and_asked_for(store: Store) -> None:
    id = stored(store, "clinic " * 20_000, "x" * 100_000)
    assert articles(store, "clinic " * 1000) == [id]
    assert articles(store, "x" * 5000) == [id]


def test_what_was_stored_before_is_indexed_by_the_migration(own_url: str) -> None:
    store = Store.open(own_url)
    with store.write() as tx:
        tx.chats.put(make_chat(7))
    told = tell(store, 7, title="Walikale falls")
    clinic = stored(store, "Clinic looted", "In Masisi.")
    store.close()
    engine = writing_engine(parse(own_url))
    with engine.begin() as connection:
        command.downgrade(config(connection), "0004")
    engine.dispose()

    migrate(own_url)

    store = Store.open(own_url)
    assert articles(store, "clinic masisi") == [clinic]
    assert alerts(store, "walikale falls m23") == [told.id]
    store.close()
