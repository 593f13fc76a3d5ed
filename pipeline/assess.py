"""Read and locate articles: everything that can be known of one before the others are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.reader import Reader
from classifiers.types import ArticleText
from feeds.types import Article
from incidents.types import Report
from places.locate import Locator
from places.types import Located

NOWHERE = Located(main=None)


@dataclass(frozen=True, slots=True)
class Assessor:
    """The models and the gazetteer. Takes seconds to load and works without I/O."""

    reader: Reader
    locator: Locator

    def assess(self, articles: Sequence[Article]) -> list[Report]:
        """One report for each article, in order; only what is relevant is located."""
        texts = [text_of(article) for article in articles]
        return [
            Report(
                article,
                reading,
                self.locator.locate(text, reading.language, reading.background) if reading.relevant else NOWHERE,
            )
            for article, text, reading in zip(articles, texts, self.reader.read(texts), strict=True)
        ]


def text_of(article: Article) -> ArticleText:
    return ArticleText(article.title, article.summary, article.language, article.published, article.source.home)
