"""What every classifier must hold to, whatever it is made of: `check(make)` runs it all.

`make` builds a fresh classifier. The texts are written to be awkward, not to be understood.
"""

from collections.abc import Callable

from classifiers.taxonomy import Signal
from classifiers.text import words
from classifiers.types import ArticleText, Classifier, Scores

AWKWARD = [
    ArticleText("", ""),
    ArticleText(" \n\t ", "\u200b\ufeff"),
    ArticleText("?!…—", "🙂🔥 ©"),
    ArticleText("a", ""),
    ArticleText("Rebels seize town", "", "en"),
    ArticleText("Rebels seize town", "", "xx-not-a-language"),
    ArticleText("Rebels seize town", "", None),
    ArticleText("Waasi wauteka mji", "Wakazi wakimbia", "fr"),
    ArticleText("قُتِلَ عشرةُ مدنيّين", "في قصف", "ar"),
    ArticleText("叛军占领城镇", "居民逃离", "zh"),
    ArticleText("E\u0301vacue\u0301s de l'ho\u0302pital", "re\u0301fugie\u0301s", "fr"),
    ArticleText("\x00\x01\ud800 surrogate", "null\x00byte"),
    ArticleText("<b>Shelling</b> &amp; fire", "<script>alert(1)</script>"),
    ArticleText("shelling " * 20_000, "x" * 200_000),
    ArticleText("1 2 3 4.5 6,000", "99"),
    ArticleText("M23 دخلت город Walikale 城镇", "Rebels захватили قرية", "en"),
    ArticleText("Wali\u200bkale \u202eelakilaW\u202c", "\u2066M23\u2069 \u200fدخلت\u200f", "ar"),
    ArticleText("🔥" * 400, "💥🚨", "fr"),
]
PLAIN = [
    ArticleText("Shells hit hospital as army and rebels fight for the town", "Nine patients were killed.", "en"),
    ArticleText("Striker fires hat-trick to capture the cup", "The stadium erupted.", "en"),
    ArticleText("Des rebelles s'emparent d'un village", "Les habitants fuient.", "fr"),
]
TEXTS = [*AWKWARD, *PLAIN]
MOST_LABELS = 3


def assert_conforms(make: Callable[[], Classifier]) -> None:
    classifier = make()
    scores = classifier.score(TEXTS)
    check_shape(scores)
    for text, score in zip(TEXTS, scores, strict=True):
        check_one(text, score)
    check_order(classifier, scores)
    assert make().score(TEXTS) == scores, "another instance says something else"
    assert classifier.name, "a reading must say which model made it"


def check_shape(scores: list[Scores]) -> None:
    assert len(scores) == len(TEXTS)
    assert all(set(score.signals) == set(Signal) for score in scores)


def check_one(text: ArticleText, score: Scores) -> None:
    assert 0 <= score.relevance <= 1
    assert all(0 <= p <= 1 for p in score.signals.values())
    assert len(score.labels) <= MOST_LABELS
    assert len(set(score.labels)) == len(score.labels)
    assert bool(score.labels) or not score.evidence, "evidence without a judgement"
    present = set(words(text.joined))
    assert set(score.evidence) <= present, "evidence must be words of the text as written"


def check_order(classifier: Classifier, scores: list[Scores]) -> None:
    """One by one, backwards and repeated, a text gets what it got among the others."""
    assert classifier.score([]) == []
    assert [classifier.score([text])[0].labels for text in TEXTS] == [score.labels for score in scores]
    backwards = classifier.score(TEXTS[::-1])[::-1]
    many = classifier.score(TEXTS * 20)
    for again in (backwards, many[: len(TEXTS)], many[-len(TEXTS) :]):
        for one, other in zip(again, scores, strict=True):
            assert one.labels == other.labels
            assert abs(one.relevance - other.relevance) < 1e-5
