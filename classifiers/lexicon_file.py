"""Reads the patterns of the lexicon: YAML files of concepts, written as classifiers/lexicon.py tells."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import yaml

from classifiers.concepts import ConceptName
from classifiers.text import fold
from errors import InvalidInput

MIN_STEM = 2  # letters before a `*`
_INNERMOST = re.compile(r"\(([^()]*)\)")
_MAYBE = re.compile(r"([^\s()])\?|\)\?")
_PART = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Word:
    """What one word of a pattern may be, folded. `capitals`: only as an acronym. `free`: any word."""

    exact: frozenset[str]
    stems: tuple[str, ...]
    prefixes: re.Pattern[str] | None = None
    capitals: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    name: ConceptName
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    named: Mapping[str, str]
    prefixes: re.Pattern[str]


def read_patterns(path: Path) -> Iterator[Pattern]:
    """Raises InvalidInput naming file and concept of what does not hold."""
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


def _compile(where: str, name: ConceptName, pattern: str, parts: _Parts) -> Iterator[Pattern]:
    try:
        spelled = _spell_out(pattern, parts)
        bracketed_blank = any(word.count("(") != word.count(")") for word in spelled.split())
        for phrase in _expand(spelled) if bracketed_blank else {spelled}:
            for chosen in product(*(_word(word, parts) for word in phrase.split())):
                words = tuple(word for word in chosen if word is not None)
                if not words:
                    raise ValueError(pattern)
                yield Pattern(name, words)
    except (KeyError, ValueError) as error:
        raise InvalidInput(where, f"cannot use pattern {pattern!r}", "words as classifiers/lexicon.py tells") from error


def _spell_out(pattern: str, parts: _Parts) -> str:
    """Parts, which may name other parts, and `?` written as alternatives."""
    while _PART.search(pattern):
        pattern = _PART.sub(lambda m: parts.named[m.group(1)], pattern)
    return _MAYBE.sub(lambda m: f"({m.group(1)}|)" if m.group(1) else "|)", pattern)


def _word(spelled: str, parts: _Parts) -> list[Word | None]:
    """What a word of a pattern may be; None: missing."""
    written = _expand(spelled.removeprefix("~"))
    missing: list[Word | None] = [None] if "" in written else []
    written.discard("")
    if written == {"_"}:
        return [Word(frozenset(), (), free=True), *missing]
    capitals = all(form.isupper() and len(form) > 1 for form in written)
    stems = tuple(sorted(spelling(form[:-1]) for form in written if form.endswith("*")))
    exact = frozenset(spelling(form) for form in written if not form.endswith("*"))
    if any("*" in form[:-1] or form == "_" for form in written) or any(len(stem) < MIN_STEM for stem in stems):
        raise ValueError(spelled)
    return [Word(exact, stems, parts.prefixes if spelled[0] == "~" else None, capitals), *missing]


def spelling(word: str) -> str:
    """As `fold` spells it, but M23 is not M62."""
    return word.casefold() if not word.isalpha() and any(map(str.isdigit, word)) else fold(word)


def _expand(spelled: str) -> set[str]:
    inner = _INNERMOST.search(spelled)
    if inner is None:
        if "(" in spelled or ")" in spelled:
            raise ValueError(spelled)
        return {spelled}
    before, after = spelled[: inner.start()], spelled[inner.end() :]
    return {form for choice in inner.group(1).split("|") for form in _expand(before + choice + after)}
