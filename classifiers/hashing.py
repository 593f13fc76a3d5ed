"""MurmurHash3 (32 bits) of many short strings at once: what `sklearn.utils.murmurhash3_32` gives, string by string.

One call hashes all words that a batch of texts shows for the first time, with all their letter groups.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Words32 = NDArray[np.uint32]
Places = NDArray[np.int64]

_FIRST, _SECOND = np.uint32(0xCC9E2D51), np.uint32(0x1B873593)
_STEP = np.uint32(0xE6546B64)
_BLOCK = 4  # bytes


class Strings:
    """Strings laid out in UTF-8, one behind the other."""

    def __init__(self, strings: Sequence[str]) -> None:
        encoded = "".join(strings).encode()
        self._bytes = np.frombuffer(encoded, np.uint8).astype(np.uint32)
        # where each character starts, and behind the last one where the last ends
        self._characters = np.append(np.flatnonzero((self._bytes & 0xC0) != 0x80), len(encoded))
        sizes = np.array([len(string) for string in strings], dtype=np.int64)
        self._ends = np.cumsum(sizes)
        self._starts = self._ends - sizes

    def hashes(self, seed: int) -> Words32:
        """(strings,): of each string."""
        return self._hash(self._starts, self._ends, seed)

    def groups(self, size: int, seed: int) -> tuple[Words32, Places]:
        """Of every run of `size` characters within a string, in order; and how many each string has."""
        counts = np.maximum(self._ends - self._starts - size + 1, 0)
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        firsts = np.repeat(self._starts, counts) + offsets
        return self._hash(firsts, firsts + size, seed), counts

    def _hash(self, firsts: Places, lasts: Places, seed: int) -> Words32:
        """Of the characters from each of `firsts` to before each of `lasts`."""
        starts, stops = self._characters[firsts], self._characters[lasts]
        lengths = stops - starts
        hashed = np.empty(len(firsts), dtype=np.uint32)
        for length in np.unique(lengths):
            chosen = np.flatnonzero(lengths == length)
            hashed[chosen] = self._hash_equal(starts[chosen], int(length), seed)
        return hashed

    def _hash_equal(self, starts: Places, length: int, seed: int) -> Words32:
        """Of `length` bytes from each of `starts` on."""
        state = np.full(len(starts), seed, dtype=np.uint32)
        whole = length - length % _BLOCK
        for first in range(0, whole, _BLOCK):
            state ^= _scramble(self._number(starts + first, _BLOCK))
            state = _turn(state, 13) * np.uint32(5) + _STEP
        if length > whole:
            state ^= _scramble(self._number(starts + whole, length - whole))
        return _finish(state ^ np.uint32(length))

    def _number(self, starts: Places, count: int) -> Words32:
        """`count` bytes as one number, the first the lowest."""
        number = self._bytes[starts]
        for place in range(1, count):
            number = number | self._bytes[starts + place] << np.uint32(8 * place)
        return number


def _scramble(number: Words32) -> Words32:
    return _turn(number * _FIRST, 15) * _SECOND


def _turn(number: Words32, by: int) -> Words32:
    return number << np.uint32(by) | number >> np.uint32(32 - by)


def _finish(state: Words32) -> Words32:
    state = (state ^ state >> np.uint32(16)) * np.uint32(0x85EBCA6B)
    state = (state ^ state >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    return state ^ state >> np.uint32(16)
