"""Use case of searching: everything that was read, and the alerts that a chat was told."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from alerts.phrases import FACILITIES
from alerts.severity import severity
from alerts.types import Edition, Language
from classifiers.taxonomy import Facility
from classifiers.thesaurus import BEGINNING, Kin, Phrase, kin_of
from feeds.types import Article
from pipeline.history import shown
from store.search import MOST_ASKED, Also, Hit, Matter
from store.store import Store, Transaction
from store.types import Told
from store.words import words_of

MOST = 200  # results that can be paged to: the best ones


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """`incident_id`: the incident that rests on it, where the chat was told of that one."""

    edition: Edition
    article: Article
    incident_id: int | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`page` counts from 0 and is within 0 to pages - 1; `pages` is at least 1. `total` may be more than they show.

    `kin`: what was searched for as well, in place of words of the search.
    """

    rows: tuple[FoundArticle | Told, ...]
    total: int
    page: int
    pages: int
    kin: tuple[Kin, ...] = ()


def search(
    stores: Sequence[Store],
    chat_id: int,
    words: str,
    page: int,
    size: int,
    operator: bool = False,
    language: Language = Language.EN,
) -> SearchPage:
    """One page of what holds all the words, the best first, then of what holds words for the same in any language; a
    page beyond is the last. `language`: the one that the words are taken for first.

    What was read is for all to see; of alerts only those the chat was told, for an operator all. Where there are
    several stores their results take turns: ranks of two databases do not compare.
    """
    asking = None if operator else chat_id
    kin = kin_of(words, language.value)
    also = [_also(one) for one in kin]
    with ExitStack() as stack:
        opened = [stack.enter_context(store.read()) for store in stores]
        found = [tx.search.find(words, asking, 0, MOST, also) for tx in opened]
        ranked = sorted(
            ((rank, number, hit) for number, (hits, _) in enumerate(found) for rank, hit in enumerate(hits)),
            key=lambda entry: entry[:2],
        )[:MOST]
        pages = max(1, -(-len(ranked) // size))
        page = min(page, pages - 1)
        here = ranked[page * size : (page + 1) * size]
        rows = [_row(opened[number], stores[number].edition, hit, asking) for _, number, hit in here]
    return SearchPage(tuple(rows), sum(total for _, total in found), page, pages, tuple(kin))


def _also(kin: Kin) -> Also:
    """What a word is kin to, with the kind of site by which alerts call it."""
    sites = [_site(kin.facility)] if kin.facility else []
    return Also(tuple(words_of(kin.form, MOST_ASKED)), (*sites, *kin.phrases))


def _site(facility: Facility) -> Phrase:
    """The words of "Health facility attacked" that say what was."""
    *site, _attacked = words_of(FACILITIES[facility], MOST_ASKED)
    return (*site[:-1], site[-1] + BEGINNING)


def _row(tx: Transaction, edition: Edition, hit: Hit, chat_id: int | None) -> FoundArticle | Told:
    if hit.matter is Matter.ARTICLE:
        return FoundArticle(edition, tx.articles.get(hit.id).article, _incident_of(tx, hit.id, chat_id))
    (incident,) = tx.incidents.newest([hit.id])
    delivery = None if chat_id is None else shown(tx, hit.id, chat_id)
    grave = delivery.severity if delivery else severity(incident)
    return Told(edition, incident, grave, incident.first_seen, ())


def _incident_of(tx: Transaction, article_id: int, chat_id: int | None) -> int | None:
    incident = tx.incidents.of_article(article_id)
    if incident is None or (chat_id is not None and shown(tx, incident.id, chat_id) is None):
        return None
    return incident.id
