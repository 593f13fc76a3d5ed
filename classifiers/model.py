"""The default classifier: linear scores of hashed words, letters and concepts, calibrated by a second stage."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from classifiers.background import spans
from classifiers.features import MAX_SUMMARY, MAX_TITLE, WIDTH, Extractor
from classifiers.language import detect
from classifiers.lexicon import default_lexicon
from classifiers.patterns import LEADS, said_outright
from classifiers.scoring import Floats, Trees, choose, grow, lengths, logit, sigmoid, weigh
from classifiers.taxonomy import Signal
from classifiers.text import clip, fold, words
from classifiers.types import ArticleText, Scores
from classifiers.weights import Weights, load_weights, rarity_values

DEFAULT_MODEL = Path(__file__).parent / "models" / "linear.npz"
MAX_LABELS = 3
_MAX_EVIDENCE = 6
_BATCH = 256
_SIGNALS = tuple(Signal)


class LinearModel:
    """A `Classifier`. Texts longer than features.MAX_TITLE and MAX_SUMMARY are read up to there."""

    def __init__(self, weights: Weights) -> None:
        self._lexicon = default_lexicon()
        self._extractor = Extractor(self._lexicon)
        self._weights = weights
        self._rarity = rarity_values(weights.rarity)
        self._table = np.zeros((WIDTH, len(weights.scales)), dtype=np.float32)
        self._trees = Trees(weights.tree_inputs, weights.tree_thresholds, weights.tree_leaves)
        self._table[weights.columns] = weights.steps * weights.scales

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """The model of `path`, or the one in the repository. Raises InvalidInput as `load_weights` does."""
        return cls(load_weights(path or DEFAULT_MODEL))

    @property
    def name(self) -> str:
        return self._weights.name

    def score(self, texts: Sequence[ArticleText]) -> list[Scores]:
        scores: list[Scores] = []
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            probabilities, lead = self._judge(batch)
            scores += [self._scores(*one) for one in zip(batch, probabilities, lead, strict=True)]
        return scores

    def _judge(self, texts: Sequence[ArticleText]) -> tuple[Floats, Floats]:
        """Probabilities (texts, outputs), and how likely each signal leads (texts, signals)."""
        spoken = [replace(text, language=detect(text.joined, text.language)) for text in texts]
        rows = weigh(self._extractor.rows(spoken), self._rarity)
        first = np.asarray(rows @ self._table, dtype=np.float32) + self._weights.first_bias
        mixed = first @ self._weights.mix + self._weights.bias
        grown = grow(self._trees, np.hstack([first, lengths(texts)]))
        lead = np.asarray(first @ self._weights.lead + self._weights.lead_bias, dtype=np.float32)
        return sigmoid(np.asarray(mixed + grown, dtype=np.float32)), lead

    def _scores(self, text: ArticleText, row: Floats, lead: Floats) -> Scores:
        raised = np.zeros_like(lead)
        if row[0] >= self._weights.thresholds[0]:
            raised = self._said_outright(text)
            row = np.concatenate([row[:1], sigmoid(logit(row[1:]) + raised)])
            lead = lead + LEADS * (raised > 0)
        chosen = choose(row, self._weights.thresholds, lead, raised > 0, MAX_LABELS)
        return Scores(
            relevance=float(row[0]),
            signals={signal: float(p) for signal, p in zip(_SIGNALS, row[1:], strict=True)},
            labels=tuple(_SIGNALS[i] for i in chosen),
            evidence=self._evidence(text, chosen) if chosen else (),
        )

    def _said_outright(self, text: ArticleText) -> Floats:
        shown = ArticleText(clip(text.title, MAX_TITLE), clip(text.summary, MAX_SUMMARY))
        joined, language = shown.joined, detect(text.joined, text.language)
        past = spans(joined, language, text.published)
        concepts = self._lexicon.concepts(joined, language)
        news = [c for c in concepts if not any(start <= c.start < end for start, end in past)]
        return said_outright(news, shown.title, joined)

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
        direction = self._weights.mix[:, outputs].mean(axis=1)
        weights = self._rarity[columns] * (self._table[columns] @ direction)
        return np.asarray(np.bincount(each, weights, minlength=len(said)), dtype=np.float64)
