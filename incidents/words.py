"""Words of a report as likeness sees them, and near-copies."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from classifiers.text import fold, words

WORDS = 100  # of a report: title and the start of its summary tell the event, the rest is background
SHINGLE = 4
COPIED = 0.5  # share of the shorter text's shingles; two outlets in their own words share under a tenth
FEWEST_SHINGLES = 6


def plain_words(text: str, hidden: Iterable[tuple[int, int]] = ()) -> tuple[str, ...]:
    """Folded words of `text` in order, those that touch a hidden (start, end) span left out, at most WORDS."""
    shown = list(text)
    for start, end in hidden:
        for index in range(max(start, 0), min(end, len(shown))):
            shown[index] = " "
    return tuple(fold(word) for word in words("".join(shown))[:WORDS])


@lru_cache(maxsize=1 << 15)
def shingles(sequence: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Every run of SHINGLE words."""
    return frozenset(sequence[i : i + SHINGLE] for i in range(len(sequence) - SHINGLE + 1))


def copied(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether one text is the other's copy or shortened copy."""
    mine, theirs = shingles(tuple(left)), shingles(tuple(right))
    fewer = min(len(mine), len(theirs))
    return fewer >= FEWEST_SHINGLES and len(mine & theirs) >= COPIED * fewer
