"""Read and locate articles: everything that can be known of one before the others are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.combatants import Kind
from classifiers.concepts import ConceptName as C
from classifiers.lexicon import default_lexicon
from classifiers.parties import party
from classifiers.reader import Reader
from classifiers.taxonomy import Signal
from classifiers.types import ArticleText, Reading
from feeds.types import Article, PublisherKind
from incidents.types import Report
from places.locate import Locator
from places.talks import in_conflict
from places.types import Located

NOWHERE = Located(main=None)
_WORLDWIDE = frozenset({PublisherKind.WIRE, PublisherKind.INTERNATIONAL, PublisherKind.AGGREGATOR})
_TALKS = frozenset({Signal.DEESCALATION, Signal.CEASEFIRE_BROKEN})
_TALKED_OF = frozenset({C.TRUCE, C.TALKS, C.COLLAPSE_TALKS, C.AGREE, C.EXTEND, C.VIOLATE})


@dataclass(frozen=True, slots=True)
class Assessor:
    """The models and the gazetteer. Takes seconds to load and works without I/O."""

    reader: Reader
    locator: Locator

    def assess(self, articles: Sequence[Article]) -> list[Report]:
        """One report for each article, in order; only what is relevant is located."""
        texts = [text_of(article) for article in articles]
        readings = self.reader.read(texts)
        return [
            Report(article, reading, self._locate(text, reading) if reading.relevant else NOWHERE)
            for article, text, reading in zip(articles, texts, readings, strict=True)
        ]

    def _locate(self, text: ArticleText, reading: Reading) -> Located:
        located = self.locator.locate(text, reading.language, reading.background)
        if not is_of_talks(text.title, reading):
            return located
        who = party(reading.actor) if reading.actor else None
        home = who.country if who is not None and who.kind is Kind.GROUP else None
        return in_conflict(located, len(text.title), home, self.locator.gazetteer)


def is_of_talks(title: str, reading: Reading) -> bool:
    """Whether the news is first of a truce or of talks, and the title names them."""
    if reading.labels[0] not in _TALKS:
        return False
    named = {concept.name for concept in default_lexicon().concepts(title, reading.language)}
    return not named.isdisjoint(_TALKED_OF)


def text_of(article: Article) -> ArticleText:
    """Only who writes for one country means its places by their bare names."""
    source = article.source
    home = None if source.kind in _WORLDWIDE else source.home
    return ArticleText(article.title, article.summary, article.language, article.published, home)
