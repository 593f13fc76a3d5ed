"""Finds what words stand for, in many languages: "s'est emparé de", "walitwaa" and "seized" are all CAPTURE.

The words stand in `words/<language>.yaml`, each concept with its patterns, separated by commas:

- words apart by spaces; case and accents do not matter, except that a word in capitals (`UN`) must be in capitals;
- `*` at a word's end: any further letters (`empar*`);
- `(a|b|)`: one of these, also inside a word, over words and nested; `<name>`: what the file's `parts` give for it;
- `?`: the letter or brackets before may be missing (`soldiers?`), hence `(the)?` is a word that may be missing;
- `_`: any one word (`took _ hostage`);
- `~` at a word's start: a run of letters may come before that is one of the file's `prefixes`, a regular expression.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from classifiers.concepts import ConceptName
from classifiers.lexicon_file import MIN_STEM, Pattern, Word, read_patterns, spelling
from classifiers.text import Cut, cut

__all__ = ["Concept", "ConceptName", "Lexicon", "default_lexicon"]

_WORDS = Path(__file__).parent / "words"
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a]")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
_SHARED = {"ln": ("ln", "fr"), "uk": ("uk", "ru"), "rw": ("rn",)}  # borrows words, or is close kin
_MAX_KEPT = 200_000
_CENTRAL = 3  # patterns of each concept and language that stand first in its file: its plainest words
_TEXTS_KEPT = 512  # several ask for the concepts of the same texts, a batch at a time


class Concept(NamedTuple):
    """A concept found at text[start:end], which is `form`. Named tuples are made fastest."""

    start: int
    end: int
    name: ConceptName
    form: str


@dataclass(slots=True, eq=False)
class _Node:
    """Where the first words of some patterns lead: onward by the number of the next word, and what ends here."""

    onward: dict[int, "_Node"] = field(default_factory=dict)
    names: set[ConceptName] = field(default_factory=set)


class _Known(NamedTuple):
    """A spelling. `numbers`: of the patterns' words that it is; `starts`: where it leads as a pattern's first word,
    with the patterns that end there (`names`, sorted) and the words that may follow (`onward`)."""

    numbers: frozenset[int]
    starts: tuple[_Node, ...]
    names: tuple[ConceptName, ...]
    onward: frozenset[int]


class _Index:
    """The patterns of one language as a tree of words. `numbered` gives equal words one number and grows."""

    def __init__(self, patterns: Iterable[Pattern], numbered: dict[Word, int]) -> None:
        self.root = _Node()
        self.central: dict[ConceptName, list[Pattern]] = {}
        words: dict[int, Word] = {}
        for pattern in patterns:
            node = self.root
            plainest = self.central.setdefault(pattern.name, [])
            if len(plainest) < _CENTRAL:
                plainest.append(pattern)
            for word in pattern.words:
                number = numbered.setdefault(word, len(numbered))
                words[number] = word
                node = node.onward.setdefault(number, _Node())
            node.names.add(pattern.name)
        self._words = words
        self.free = frozenset(number for number, word in words.items() if word.free)
        self._prefixes = next((word.prefixes for word in words.values() if word.prefixes), None)
        self._longest = max((len(stem) for word in words.values() for stem in word.stems), default=0)
        self._exact: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        for number, word in words.items():
            for form in word.exact:
                self._exact.setdefault(form, []).append(number)
            for stem in word.stems:
                self._stems.setdefault(stem, []).append(number)

    def meant(self, written: str, folded: str) -> set[int]:
        """The numbers of the words that a spelling is, free ones left out."""
        found = set(self._beginning(folded))
        for root in self._roots(folded):
            found.update(n for n in self._beginning(root) if self._words[n].prefixes)
        return found if written.isupper() else {n for n in found if not self._words[n].capitals}

    def _roots(self, folded: str) -> Iterator[str]:
        """What is left of a word without each of the prefixes that it may have."""
        if self._prefixes is not None:
            for length in range(1, len(folded) - MIN_STEM + 1):
                if self._prefixes.fullmatch(folded, 0, length):
                    yield folded[length:]

    def _beginning(self, root: str) -> list[int]:
        found = list(self._exact.get(root, ()))
        for length in range(MIN_STEM, min(len(root), self._longest) + 1):
            if stem := self._stems.get(root[:length]):
                found += stem
        return found

    def starts(self, numbers: Iterable[int]) -> Iterator[_Node]:
        """Where words lead that begin a pattern."""
        onward = self.root.onward
        return (onward[number] for number in numbers if number in onward)


class Lexicon:
    """Patterns by language. Remembers the words it has seen; apart from speed, calls do not influence each other."""

    def __init__(self, patterns: Mapping[str, Iterable[Pattern]]) -> None:
        numbered: dict[Word, int] = {}
        self._indexes = {language: _Index(found, numbered) for language, found in patterns.items()}
        self._known: dict[tuple[str, ...], dict[str, _Known]] = {}
        self._free: dict[tuple[str, ...], _Known] = {}  # of words that patterns do not name
        self._recent = lru_cache(maxsize=_TEXTS_KEPT)(self._find)

    @classmethod
    def load(cls, folder: Path = _WORDS) -> "Lexicon":
        """Every `<language>.yaml` of `folder`. Raises InvalidInput naming file and concept of what does not hold."""
        return cls({path.stem: read_patterns(path) for path in sorted(folder.glob("*.yaml"))})

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._indexes)

    def central(self, name: ConceptName) -> Mapping[str, Sequence[Pattern]]:
        """The first patterns of a concept by language, which are its plainest words."""
        return {language: index.central[name] for language, index in self._indexes.items() if name in index.central}

    def concepts(self, text: str, language: str | None) -> list[Concept]:
        """Concepts in order of place, the longest match at each; several where one form carries several.

        `language` is ISO 639-1; where it is None or unknown, English and French and those of the text's script.
        """
        return list(self._recent(text, language))

    def _find(self, text: str, language: str | None) -> list[Concept]:
        languages = self._chosen(text, language)
        known = self._known.setdefault(languages, {})
        if languages not in self._free:
            numbers = frozenset().union(*(self._indexes[language].free for language in languages))
            self._free[languages] = _Known(numbers, (), (), frozenset())
        if len(known) > _MAX_KEPT:
            known.clear()
        parts = cut(text)
        words = [known.get(written) or self._learn(written, languages, known) for written in parts.words]
        return _match(text, parts, words)

    def _chosen(self, text: str, language: str | None) -> tuple[str, ...]:
        wanted = _SHARED.get(language or "", (language or "",))
        chosen = tuple(name for name in wanted if name in self._indexes)
        if chosen:
            return chosen
        script = "ar" if _ARABIC_LETTER.search(text) else "ru" if _CYRILLIC_LETTER.search(text) else ""
        return tuple(name for name in ("en", "fr", script) if name in self._indexes)

    def _learn(self, written: str, languages: tuple[str, ...], known: dict[str, _Known]) -> _Known:
        folded = spelling(written)
        indexes = [self._indexes[language] for language in languages]
        meant = [index.meant(written, folded) for index in indexes]
        if not any(meant):
            learnt = self._free[languages]
        else:
            starts = tuple(node for index, own in zip(indexes, meant, strict=True) for node in index.starts(own))
            onward = frozenset().union(*(node.onward for node in starts))
            learnt = _Known(self._free[languages].numbers.union(*meant), starts, _names(starts), onward)
        known[written] = learnt
        return learnt


@cache
def default_lexicon() -> Lexicon:
    """The lexicon of `words/`, read once."""
    return Lexicon.load()


def _names(nodes: Iterable[_Node]) -> tuple[ConceptName, ...]:
    return tuple(sorted({name for node in nodes for name in node.names}))


def _match(text: str, parts: Cut, words: Sequence[_Known]) -> list[Concept]:
    found: list[Concept] = []
    free_from = 0
    for place, word in enumerate(words):
        if not word.starts or place < free_from:
            continue
        last, names = place, word.names
        if word.onward and place + 1 < len(words) and not word.onward.isdisjoint(words[place + 1].numbers):
            last, names = _longest(parts.gaps, words, place)
        if names:
            start, end = parts.starts[place], parts.ends[last]
            form = text[start:end]
            found += [Concept(start, end, name, form) for name in names]
            free_from = last + 1
    return found


def _longest(gaps: Sequence[str], words: Sequence[_Known], place: int) -> tuple[int, tuple[ConceptName, ...]]:
    """The place of the last word of the longest pattern that begins at `place`, and what it stands for."""
    reached, names = place, words[place].names
    nodes: Sequence[_Node] = words[place].starts
    for last in range(place + 1, len(words)):
        numbers = words[last].numbers
        nodes = [node.onward[n] for node in nodes if node.onward for n in numbers if n in node.onward]
        if not nodes or not _joined(gaps[last]):
            break
        if ending := _names(nodes):
            reached, names = last, ending
    return reached, names


def _joined(gap: str) -> bool:
    """Words belong together over blanks or over marks without blanks ("U.N.", "air-strike"), not over ", "."""
    return gap == " " or (gap.isspace() and "\n" not in gap) or not any(c.isspace() for c in gap)
