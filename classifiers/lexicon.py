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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import yaml

from classifiers.concepts import ConceptName
from classifiers.text import fold
from errors import InvalidInput

__all__ = ["Concept", "ConceptName", "Lexicon", "default_lexicon"]

_WORDS = Path(__file__).parent / "words"
_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]+[^\W_]*)*")
_INNERMOST = re.compile(r"\(([^()]*)\)")
_MAYBE = re.compile(r"([^\s()])\?|\)\?")
_PART = re.compile(r"<(\w+)>")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a]")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
_SHARED = {"ln": ("ln", "fr"), "uk": ("uk", "ru"), "rw": ("rn",)}  # borrows words, or is close kin
_MAX_KEPT = 200_000
_MIN_STEM = 2  # letters before a `*`


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept found at text[start:end], which is `form`."""

    start: int
    end: int
    name: ConceptName
    form: str


@dataclass(frozen=True, slots=True, eq=False)
class _Word:
    """What one word of a pattern may be, folded. `capitals`: only as an acronym. `free`: any word."""

    exact: frozenset[str]
    stems: tuple[str, ...]
    prefixes: re.Pattern[str] | None = None
    capitals: bool = False
    free: bool = False

    def matches(self, written: str, folded: str) -> bool:
        if self.free:
            return True
        if self.capitals and not written.isupper():
            return False
        return any(root in self.exact or root.startswith(self.stems) for root in _roots(folded, self.prefixes))


@dataclass(frozen=True, slots=True, eq=False)
class _Pattern:
    name: ConceptName
    first: _Word
    rest: tuple[_Word, ...]


def _roots(folded: str, prefixes: re.Pattern[str] | None) -> Iterator[str]:
    """The word itself, then what is left of it without each of the prefixes it may have."""
    yield folded
    if prefixes is not None:
        for length in range(1, len(folded) - _MIN_STEM + 1):
            if prefixes.fullmatch(folded, 0, length):
                yield folded[length:]


class _Index:
    """The patterns of one language by their first word."""

    def __init__(self, patterns: Iterator[_Pattern]) -> None:
        self._exact: dict[str, list[_Pattern]] = {}
        self._stems: dict[str, list[_Pattern]] = {}
        self._prefixes: re.Pattern[str] | None = None
        for pattern in patterns:
            self._prefixes = self._prefixes or pattern.first.prefixes
            for form in pattern.first.exact:
                self._exact.setdefault(form, []).append(pattern)
            for stem in pattern.first.stems:
                self._stems.setdefault(stem, []).append(pattern)

    def starting(self, folded: str) -> Iterator[_Pattern]:
        for root in _roots(folded, self._prefixes):
            found = list(self._exact.get(root, ()))
            for length in range(_MIN_STEM, len(root) + 1):
                found += self._stems.get(root[:length], ())
            yield from (p for p in found if root is folded or p.first.prefixes)


_Known = tuple[str, tuple[_Pattern, ...]]  # a word folded, and the patterns that may start with it, longest first


class Lexicon:
    """Patterns by language. Remembers the words it has seen; apart from speed, calls do not influence each other."""

    def __init__(self, patterns: Mapping[str, Iterator[_Pattern]]) -> None:
        self._indexes = {language: _Index(found) for language, found in patterns.items()}
        self._known: dict[tuple[str, ...], dict[str, _Known]] = {}

    @classmethod
    def load(cls, folder: Path = _WORDS) -> "Lexicon":
        """Every `<language>.yaml` of `folder`. Raises InvalidInput naming file and concept of what does not hold."""
        return cls({path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))})

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._indexes)

    def concepts(self, text: str, language: str | None) -> list[Concept]:
        """Concepts in order of place, the longest match at each; several where one form carries several.

        `language` is ISO 639-1; where it is None or unknown, English and French and those of the text's script.
        """
        languages = self._chosen(text, language)
        known = self._known.setdefault(languages, {})
        if len(known) > _MAX_KEPT:
            known.clear()
        tokens = []
        for match in _TOKEN.finditer(text):
            written = match.group()
            word = known.get(written)
            if word is None:
                word = known[written] = self._learn(written, languages)
            tokens.append((match.start(), match.end(), written, word))
        return _match(text, tokens)

    def _chosen(self, text: str, language: str | None) -> tuple[str, ...]:
        wanted = _SHARED.get(language or "", (language or "",))
        chosen = tuple(name for name in wanted if name in self._indexes)
        if chosen:
            return chosen
        script = "ar" if _ARABIC_LETTER.search(text) else "ru" if _CYRILLIC_LETTER.search(text) else ""
        return tuple(name for name in ("en", "fr", script) if name in self._indexes)

    def _learn(self, written: str, languages: tuple[str, ...]) -> _Known:
        folded = _key(written)
        found = {
            pattern
            for language in languages
            for pattern in self._indexes[language].starting(folded)
            if written.isupper() or not pattern.first.capitals
        }
        return folded, tuple(sorted(found, key=lambda p: (-len(p.rest), p.name)))


@cache
def default_lexicon() -> Lexicon:
    """The lexicon of `words/`, read once."""
    return Lexicon.load()


_Token = tuple[int, int, str, _Known]


def _match(text: str, tokens: list[_Token]) -> list[Concept]:
    found: list[Concept] = []
    free_from = 0
    for place, (start, _, _, (_, patterns)) in enumerate(tokens):
        if not patterns or place < free_from:
            continue
        length, names = 0, []
        for pattern in patterns:
            if len(pattern.rest) + 1 < length:
                break
            if pattern.name not in names and _follows(text, tokens, place, pattern.rest):
                length = len(pattern.rest) + 1
                names.append(pattern.name)
        if names:
            free_from = place + length
            end = tokens[free_from - 1][1]
            found += [Concept(start, end, name, text[start:end]) for name in names]
    return found


def _follows(text: str, tokens: list[_Token], place: int, rest: tuple[_Word, ...]) -> bool:
    if place + len(rest) >= len(tokens):
        return False
    end = tokens[place][1]
    for word, (start, stop, written, (folded, _)) in zip(rest, tokens[place + 1 :], strict=False):
        if not _joined(text[end:start]) or not word.matches(written, folded):
            return False
        end = stop
    return True


def _joined(gap: str) -> bool:
    """Words belong together over blanks or over marks without blanks ("U.N.", "air-strike"), not over ", "."""
    return gap == " " or (gap.isspace() and "\n" not in gap) or not any(c.isspace() for c in gap)


@dataclass(frozen=True, slots=True)
class _Parts:
    named: Mapping[str, str]
    prefixes: re.Pattern[str]


def _read(path: Path) -> Iterator[_Pattern]:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise InvalidInput(str(path), "is no YAML", "concepts with their patterns") from error
    if not isinstance(content, dict):
        raise InvalidInput(str(path), "is no mapping", "concepts with their patterns")
    parts = _Parts(content.pop("parts", {}), re.compile(content.pop("prefixes", "")))
    for key, patterns in content.items():
        if key not in ConceptName.__members__ or not isinstance(patterns, str):
            raise InvalidInput(f"{path}, {key}", "is no concept with text", "a name of ConceptName and its patterns")
        for pattern in patterns.split(","):
            yield from _compile(f"{path}, {key}", ConceptName[key], pattern, parts)


def _compile(where: str, name: ConceptName, pattern: str, parts: _Parts) -> Iterator[_Pattern]:
    try:
        spelled = _spell_out(pattern, parts)
        bracketed_blank = any(word.count("(") != word.count(")") for word in spelled.split())
        for phrase in _expand(spelled) if bracketed_blank else {spelled}:
            for chosen in product(*(_word(word, parts) for word in phrase.split())):
                first, *rest = [word for word in chosen if word is not None]
                yield _Pattern(name, first, tuple(rest))
    except (KeyError, ValueError) as error:
        raise InvalidInput(where, f"cannot use pattern {pattern!r}", "words as classifiers/lexicon.py tells") from error


def _spell_out(pattern: str, parts: _Parts) -> str:
    """Parts, which may name other parts, and `?` written as alternatives."""
    while _PART.search(pattern):
        pattern = _PART.sub(lambda m: parts.named[m.group(1)], pattern)
    return _MAYBE.sub(lambda m: f"({m.group(1)}|)" if m.group(1) else "|)", pattern)


def _word(spelled: str, parts: _Parts) -> list[_Word | None]:
    """What a word of a pattern may be; None: missing."""
    written = _expand(spelled.removeprefix("~"))
    missing: list[_Word | None] = [None] if "" in written else []
    written.discard("")
    if written == {"_"}:
        return [_Word(frozenset(), (), free=True), *missing]
    capitals = all(form.isupper() and len(form) > 1 for form in written)
    stems = tuple(sorted(_key(form[:-1]) for form in written if form.endswith("*")))
    exact = frozenset(_key(form) for form in written if not form.endswith("*"))
    if any("*" in form[:-1] or form == "_" for form in written) or any(len(stem) < _MIN_STEM for stem in stems):
        raise ValueError(spelled)
    return [_Word(exact, stems, parts.prefixes if spelled[0] == "~" else None, capitals), *missing]


def _key(word: str) -> str:
    """As `fold` spells it, but M23 is not M62."""
    return word.casefold() if any(c.isdigit() for c in word) else fold(word)


def _expand(spelled: str) -> set[str]:
    inner = _INNERMOST.search(spelled)
    if inner is None:
        if "(" in spelled or ")" in spelled:
            raise ValueError(spelled)
        return {spelled}
    before, after = spelled[: inner.start()], spelled[inner.end() :]
    return {form for choice in inner.group(1).split("|") for form in _expand(before + choice + after)}
