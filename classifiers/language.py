"""Tells the language of a text: by its script, then by its small words, and by py3langid where these leave doubt."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from py3langid.langid import MODEL_FILE, LanguageIdentifier

_READ = 600  # characters; a title and the first sentence decide
_WORD = re.compile(r"[^\W\d_]+")
_FALLBACK = "en"
# Kirundi and Kinyarwanda share nearly all small words; they differ in how they write these sounds.
_KIRUNDI = re.compile(r"vy[aeiou]|\bc[aio]?\b|\bcane|umusi\b|canke", re.IGNORECASE)
_KINYARWANDA = re.compile(r"by[aeiou]|cy[aeiou]?|umunsi\b", re.IGNORECASE)
_ENOUGH = 2.0  # weight of small words that settles it: two that no other language has
_CLEAR = 1.3  # times the next language's weight
_AGREES = 0.6  # of the best language's weight: what the declared language must have
_SURE = 0.99  # py3langid's probability to go against what was declared
_MOST_KEPT = 1024  # texts: a model and the rules ask for the language of the same ones, a batch at a time
_FEW_LETTERS = 20  # fewer say too little
_CANDIDATES = {"en", "fr", "es", "pt", "de", "it", "nl", "tr", "pl", "sw", "rw", "ln", "so", "sv", "id", "vi", "ro"}
_THREE_LETTERS = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "swa": "sw",
    "spa": "es",
    "por": "pt",
    "ara": "ar",
    "rus": "ru",
}
_OTHER_CODES = {"lin": "ln", "run": "rn", "kin": "rw", "ukr": "uk", "fas": "fa", "per": "fa", "iw": "he", "in": "id"}
_SCRIPTS = {
    "ar": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "ru": "\u0400-\u04ff",
    "el": "\u0370-\u03ff",
    "he": "\u0590-\u05ff",
    "am": "\u1200-\u137f",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f",
    "my": "\u1000-\u109f",
    "km": "\u1780-\u17ff",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
    "ko": "\uac00-\ud7af",
    "zh": "\u4e00-\u9fff",
    "ja": "\u3040-\u30ff",
}
_FOREIGN = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_LETTER_OF = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}
# Letters that only some languages of a script have; the first language with any is it.
_KIN = {
    "ar": (("ur", "ٹڈڑےںھہ"), ("ps", "ټډړښځۍ"), ("ckb", "ێۆڵەڕ"), ("fa", "پچژگکی"), ("ar", "ةىأإ")),
    "ru": (("uk", "іїєґ"), ("be", "ў"), ("sr", "јљњђћџ"), ("ru", "ыэё")),
    "zh": (("ja", "のをにはがでした"),),
    "am": (("ti", "ዝኣዚኩ"),),
}
_FAMILY = {kin: base for base, kins in _KIN.items() for kin, _ in kins} | {
    "bg": "ru",
    "mk": "ru",
    "ne": "hi",
    "mr": "hi",
}


def detect(text: str, declared: str | None = None) -> str:
    """The ISO 639-1 code of the text's language.

    `declared` (ISO 639 code or locale) is believed where the text does not speak against it: one feed can carry
    several languages. A text that shows no language has the declared one, else English. Never raises.
    """
    return _detect(text[:_READ], _normal(declared))


@lru_cache(maxsize=_MOST_KEPT)
def _detect(sample: str, believed: str | None) -> str:
    script = _script(sample)
    if script is not None:
        kin = believed if believed and _FAMILY.get(believed, believed) == script else script
        return _by_letters(sample, script) or kin
    return _of_latin(sample, believed)


@lru_cache(maxsize=_MOST_KEPT)
def _normal(declared: str | None) -> str | None:
    if not declared:
        return None
    code = re.split(r"[-_]", declared.strip().lower())[0]
    code = _THREE_LETTERS.get(code) or _OTHER_CODES.get(code) or code
    return code if code.isascii() and code.isalpha() and len(code) == 2 else None


def _script(text: str) -> str | None:
    """The base language of the script that most letters have; None: Latin or no letters."""
    if text.isascii() or not _FOREIGN.search(text):
        return None
    letters = sum(map(str.isalpha, text))
    for language, letter in _LETTER_OF.items():
        if len(letter.findall(text)) * 2 > letters > 0:
            return language
    return None


def _by_letters(text: str, script: str) -> str | None:
    for language, letters in _KIN.get(script, ()):
        if sum(text.count(letter) for letter in letters) > 1:
            return language
    return None


def _of_latin(text: str, believed: str | None) -> str:
    found = _by_words(text, believed)
    if found != believed and found in ("rn", "rw"):
        return "rn" if len(_KIRUNDI.findall(text)) >= len(_KINYARWANDA.findall(text)) else "rw"
    return found


def _by_words(text: str, believed: str | None) -> str:
    weights = _weigh(text)
    best, most = max(weights.items(), key=lambda item: item[1], default=(_FALLBACK, 0.0))
    if believed is not None and 0 < _AGREES * most <= weights[believed]:
        return believed
    runner_up = max((weight for language, weight in weights.items() if language != best), default=0.0)
    if most >= _ENOUGH and most >= _CLEAR * runner_up:
        return best
    if sum(map(str.isalpha, text)) < _FEW_LETTERS:
        return believed or _FALLBACK
    guess, probability = _ask_langid(text)
    if probability >= _SURE:
        return guess
    return believed or (best if most > 0 else _FALLBACK)


def _weigh(text: str) -> defaultdict[str, float]:
    """How much of the text is small words of each language; one that k languages share counts 1/k."""
    weights: defaultdict[str, float] = defaultdict(float)
    shares = _stop_words()
    for word in _WORD.findall(text.lower()):
        if word in shares:
            for language, weight in shares[word]:
                weights[language] += weight
    return weights


@cache
def _stop_words() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """For each small word the languages that have it, with their share."""
    lists: dict[str, str] = yaml.safe_load((Path(__file__).parent / "stop_words.yaml").read_text("utf-8"))
    having: dict[str, list[str]] = {}
    for language, listed in lists.items():
        for word in set(listed.split()):
            having.setdefault(word, []).append(language)
    return {word: tuple((language, 1 / len(all_)) for language in all_) for word, all_ in having.items()}


def _ask_langid(text: str) -> tuple[str, float]:
    language, probability = _langid().classify(text.encode("utf-8", "replace"))
    return str(language), float(probability)


@cache
def _langid() -> Any:
    """Restricted to languages that news comes in: free choice takes a headline full of names for Slovenian."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if label in _CANDIDATES])
    return identifier
