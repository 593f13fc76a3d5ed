"""What the rules share: a text's words, combatants, concepts and utterances, found once."""

from dataclasses import dataclass
from datetime import datetime

from classifiers.background import spans
from classifiers.combatants import Combatants, Mention, default_combatants
from classifiers.language import detect
from classifiers.lexicon import Concept, Lexicon, default_lexicon
from classifiers.passage import Passage, Span, cut
from classifiers.phrases import Tokenizer
from classifiers.speech import Speech, Utterance, default_speech

MOST_READ = 4000  # characters; the news of an item stands in its title and first sentences


@dataclass(frozen=True, slots=True)
class Analysis:
    passage: Passage
    mentions: tuple[Mention, ...]
    concepts: tuple[Concept, ...]  # background left out
    utterances: tuple[Utterance, ...]  # background left out


class Analyst:
    """Reads texts for the rules. Pure after loading; keeps spellings for speed alone."""

    def __init__(
        self, combatants: Combatants | None = None, speech: Speech | None = None, lexicon: Lexicon | None = None
    ) -> None:
        self._combatants = combatants or default_combatants()
        self._speech = speech or default_speech()
        self._lexicon = lexicon or default_lexicon()
        self._tokenizer = Tokenizer()

    def language(self, text: str, declared: str | None) -> str:
        """ISO 639-1; the declared language is believed only where the text agrees."""
        return detect(text, declared)

    def background(self, text: str, language: str, published: datetime | None) -> tuple[Span, ...]:
        """Spans of `text` that tell of earlier events."""
        return spans(text, language, published)

    def analyse(self, text: str, language: str, background: tuple[Span, ...] = ()) -> Analysis:
        """`text` is title, newline, summary; what stands behind its first MOST_READ characters is not read."""
        text = text[:MOST_READ]
        passage = cut(text, language, background, self._tokenizer)
        mentions = tuple(self._combatants.mentions(passage))
        concepts = tuple(
            concept
            for concept in self._lexicon.concepts(text, language)
            if not any(start <= concept.start < end for start, end in background)
        )
        return Analysis(passage, mentions, concepts, tuple(self._speech.utterances(passage, mentions)))
