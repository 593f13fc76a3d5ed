"""The default classifier: linear scores of hashed words, letters and concepts, calibrated by a second stage.

Where these leave a chance that a text is relevant, a sentence encoder is asked too, and a second stage that reads both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from classifiers.background import spans, without
from classifiers.encoder import Encoder
from classifiers.features import MAX_SUMMARY, MAX_TITLE, WIDTH, Extractor
from classifiers.language import detect
from classifiers.lexicon import default_lexicon
from classifiers.patterns import FALL_LEADS, LEADS, said_outright
from classifiers.scoring import Floats, SecondStage, choose, lengths, logit, sigmoid, weigh
from classifiers.taxonomy import Signal
from classifiers.text import clip, fold, words
from classifiers.types import ArticleText, Scores
from classifiers.weights import OUTPUTS, Weights, load_weights, rarity_values
from errors import InvalidInput

DEFAULT_MODEL = Path(__file__).parent / "models" / "linear.npz"
MAX_LABELS = 3
ASK_FROM = (
    0.04  # relevance by words alone below which the encoder is not asked: about one in seven items of a feed is above
)
_MAX_EVIDENCE = 6
_BATCH = 256
_SIGNALS = tuple(Signal)
_LEADS = np.array([FALL_LEADS if signal is Signal.TERRITORY_CAPTURED else LEADS for signal in _SIGNALS])


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a second stage makes of one text."""

    probabilities: Floats  # (outputs,)
    lead: Floats  # (signals,)
    thresholds: Floats  # (outputs,)
    status: tuple[float, ...] | None = None  # what the encoder answered, where it was asked


def _by(second: SecondStage, scores: Floats, lengths: Floats) -> list[_Judged]:
    pairs = zip(second.mixer.probabilities(scores, lengths), second.leading(scores), strict=True)
    return [_Judged(row, lead, second.thresholds) for row, lead in pairs]


class LinearModel:
    """A `Classifier`. Texts longer than features.MAX_TITLE and MAX_SUMMARY are read up to there."""

    def __init__(self, weights: Weights, encoder: Encoder | None = None) -> None:
        """`encoder` None: words, letters and concepts alone. Raises InvalidInput for one it was not trained with."""
        self._lexicon = default_lexicon()
        self._extractor = Extractor(self._lexicon)
        self._weights = weights
        self._rarity = rarity_values(weights.rarity)
        self._table = np.zeros((WIDTH, len(weights.scales)), dtype=np.float32)
        self._table[weights.columns] = weights.steps * weights.scales
        self._encoder = encoder if weights.encoded is not None else None
        if encoder is not None and weights.encoded is not None and weights.encoded.encoder != encoder.name:
            raise InvalidInput("the sentence encoder", encoder.name, f"{weights.encoded.encoder}, as trained with")

    @classmethod
    def load(cls, path: Path | None = None, encoder: Encoder | None = None) -> Self:
        """The model of `path`, or the one in the repository. Raises InvalidInput as `load_weights` does."""
        return cls(load_weights(path or DEFAULT_MODEL), encoder)

    @property
    def name(self) -> str:
        return f"{self._weights.name}+{self._encoder.name}" if self._encoder else self._weights.name

    def score(self, texts: Sequence[ArticleText]) -> list[Scores]:
        scores: list[Scores] = []
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            scores += [self._scores(*one) for one in zip(batch, self._judge(batch), strict=True)]
        return scores

    def _judge(self, texts: Sequence[ArticleText]) -> list[_Judged]:
        spoken = [replace(text, language=detect(text.joined, text.language)) for text in texts]
        rows = weigh(self._extractor.rows(spoken), self._rarity)
        first = np.asarray(rows @ self._table, dtype=np.float32) + self._weights.first_bias
        judged = _by(self._weights.second, first, lengths(texts))
        asked = [place for place, one in enumerate(judged) if one.probabilities[0] >= ASK_FROM]
        if self._encoder is None or self._weights.encoded is None or not asked:
            return judged
        chosen, outputs = [texts[place] for place in asked], len(OUTPUTS)
        answers = self._encoder.answers(chosen)
        again = _by(self._weights.encoded.second, np.hstack([first[asked], answers[:, :outputs]]), lengths(chosen))
        for place, one, answer in zip(asked, again, answers, strict=True):
            judged[place] = replace(one, status=tuple(answer[outputs:].tolist()))
        return judged

    def _scores(self, text: ArticleText, judged: _Judged) -> Scores:
        row, lead, thresholds = judged.probabilities, judged.lead, judged.thresholds
        raised = np.zeros_like(lead)
        if row[0] >= thresholds[0]:
            raised = self._said_outright(text)
            row = np.concatenate([row[:1], sigmoid(logit(row[1:]) + raised)])
            lead = np.where(raised < 0, lead.min(), lead + _LEADS * (raised > 0))
        chosen = choose(row, thresholds, lead, raised, MAX_LABELS)
        if not chosen and raised.max() < 0:  # all is well: no news
            row = np.concatenate([sigmoid(logit(row[:1]) + raised.max()), row[1:]])
        return Scores(
            relevance=float(row[0]),
            signals={signal: float(p) for signal, p in zip(_SIGNALS, row[1:], strict=True)},
            labels=tuple(_SIGNALS[i] for i in chosen),
            evidence=self._evidence(text, chosen) if chosen else (),
            status=judged.status,
        )

    def _said_outright(self, text: ArticleText) -> Floats:
        shown = ArticleText(clip(text.title, MAX_TITLE), clip(text.summary, MAX_SUMMARY))
        joined, language = shown.joined, detect(text.joined, text.language)
        past = spans(joined, language, text.published)
        concepts = self._lexicon.concepts(joined, language)
        news = [c for c in concepts if not any(start <= c.start < end for start, end in past)]
        return said_outright(news, shown.title, without(joined, past))

    def _evidence(self, text: ArticleText, chosen: Sequence[int]) -> tuple[str, ...]:
        """The words that weighed most for relevance and the chosen signals, as first written."""
        said = words(f"{clip(text.title, MAX_TITLE)} {clip(text.summary, MAX_SUMMARY)}")
        first: dict[str, str] = {}
        for word in said:
            if len(word) > 2 and not word.isdigit():
                first.setdefault(fold(word), word)
        weighed = zip(self._weigh(list(first.values()), [0, *(1 + i for i in chosen)]), first.values(), strict=True)
        strongest = sorted(weighed, key=lambda pair: -pair[0])
        positive = [word for weight, word in strongest if weight > 0] or [word for _, word in strongest[:1]]
        return tuple(positive[:_MAX_EVIDENCE])

    def _weigh(self, said: Sequence[str], outputs: Sequence[int]) -> NDArray[np.float64]:
        """How much each word by itself speaks for the mean of some outputs."""
        own = [word.own for word in self._extractor.features(said)]
        each = np.repeat(np.arange(len(own)), [len(columns) for columns in own])
        cells = np.sort(each * WIDTH + np.concatenate([np.zeros(0, np.int32), *own]))
        # a word's columns may repeat, and count once
        each, columns = np.divmod(cells[np.diff(cells, prepend=-1) > 0], WIDTH)
        direction = self._weights.second.mixer.mix[:, outputs].mean(axis=1)
        weights = self._rarity[columns] * (self._table[columns] @ direction)
        return np.asarray(np.bincount(each, weights, minlength=len(said)), dtype=np.float64)


def default_model(*, encoder: bool = True) -> LinearModel:
    """The classifier in the repository, as the bot runs it; without the sentence encoder, smaller and faster.

    Raises InvalidInput naming the file that is missing or damaged.
    """
    return LinearModel.load(encoder=Encoder.load() if encoder else None)
