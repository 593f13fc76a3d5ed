"""What operators decided beside feeds.yaml. Pure: both in, the catalogue that is used out.

feeds.yaml says what a feed is; an operator's word says whether it is read. So a feed that was added and stands in
feeds.yaml too is as described there, and one that was removed stays out although it stands there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from feeds.origin import publisher_for_url
from feeds.types import Catalogue, Feed, Publisher, Reliability


class FeedChoiceKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """`language`: of an added feed, as it declares it."""

    url: str
    kind: FeedChoiceKind
    language: str | None = None


def chosen(
    written: Catalogue, choices: Iterable[FeedChoice], grades: Mapping[str, Reliability] | None = None
) -> Catalogue:
    """The catalogue of feeds.yaml with what operators decided: feeds in and out, and reliabilities by publisher id.

    A feed of no known publisher brings one along, called by its domain. Publishers stay, with or without feeds: their
    names are what aggregators' entries are matched to.
    """
    decided = {choice.url: choice for choice in choices}
    publishers = {publisher.id: publisher for publisher in written.publishers}
    removed = {url for url, choice in decided.items() if choice.kind is FeedChoiceKind.REMOVED}
    feeds = [feed for feed in written.feeds if feed.url not in removed]
    known = {feed.url for feed in written.feeds}
    for choice in decided.values():
        if choice.kind is FeedChoiceKind.ADDED and choice.url not in known:
            publisher = publisher_for_url(choice.url, written)
            publishers.setdefault(publisher.id, publisher)
            feeds.append(Feed(choice.url, publisher.id, choice.language))
    graded = tuple(_graded(publisher, grades or {}) for publisher in publishers.values())
    return Catalogue(graded, tuple(feeds))


def _graded(publisher: Publisher, grades: Mapping[str, Reliability]) -> Publisher:
    return replace(publisher, reliability=grades.get(publisher.id, publisher.reliability))
