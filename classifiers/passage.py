"""A text cut into words, clauses and sentences once, for all the rules that read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.phrases import Token, Tokenizer

Span = tuple[int, int]

_ENDS = frozenset(".!?…؟।\n|;")
_PAUSES = frozenset(',:;،–—"“”«»‘-')
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "gen", "col", "maj", "lt", "sgt", "capt", "st", "no", "vs", "jan", "feb"))


@dataclass(frozen=True, slots=True)
class Passage:
    """`sentences` and `clauses` number the tokens' sentences and clauses from 0; the title ends before `title_end`.

    `background` are the spans of `text` that tell of earlier events; `language` is ISO 639-1.
    """

    text: str
    language: str
    tokens: tuple[Token, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    title_end: int
    background: tuple[Span, ...] = ()

    def in_background(self, place: int) -> bool:
        """Whether the token at `place` tells of earlier events."""
        start = self.tokens[place].start
        return any(first <= start < last for first, last in self.background)

    def in_title(self, place: int) -> bool:
        return self.tokens[place].start < self.title_end

    def back(self, place: int, most: int) -> Iterator[int]:
        """The places before `place` in its sentence, nearest first, at most `most`."""
        for other in range(place - 1, max(place - 1 - most, -1), -1):
            if self.sentences[other] != self.sentences[place]:
                return
            yield other

    def ahead(self, place: int, most: int) -> Iterator[int]:
        """The places from `place` on in its sentence, nearest first, at most `most`."""
        for other in range(place, min(place + most, len(self.tokens))):
            if self.sentences[other] != self.sentences[place]:
                return
            yield other


def cut(text: str, language: str, background: tuple[Span, ...], tokenizer: Tokenizer) -> Passage:
    """`text` is title, newline, summary, as in `ArticleText.joined`; without a newline all of it is the title."""
    tokens = tokenizer.tokens(text)
    sentences, clauses = [], []
    sentence = clause = 0
    end = 0
    for number, token in enumerate(tokens):
        gap = text[end : token.start]
        end = token.end
        if (number and len(gap) > 1) or gap == "\n":
            if _ends(gap, tokens[number - 1]):
                sentence += 1
                clause += 1
            elif not _PAUSES.isdisjoint(gap):
                clause += 1
        sentences.append(sentence)
        clauses.append(clause)
    newline = text.find("\n")
    title_end = len(text) if newline < 0 else newline
    return Passage(text, language, tuple(tokens), tuple(sentences), tuple(clauses), title_end, background)


def _ends(gap: str, before: Token) -> bool:
    """Whether a sentence ends in the gap; "U.S. forces" and "Gen. Burhan" go on."""
    if _ENDS.isdisjoint(gap):
        return False
    abbreviated = gap == ". " and (len(before.written) == 1 or before.folded in _TITLES)
    return not abbreviated
