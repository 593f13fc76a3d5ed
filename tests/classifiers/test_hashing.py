"""Hashing many strings at once gives what hashing one after the other gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.utils import murmurhash3_32

from classifiers.hashing import Strings

WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def one_by_one(strings: list[str], seed: int) -> list[int]:
    return [int(murmurhash3_32(string, seed=seed, positive=True)) for string in strings]


@given(st.lists(WRITTEN, max_size=8), st.integers(0, 3))
def test_hashes_are_those_of_scikit_learn(strings: list[str], seed: int) -> None:
    assert Strings(strings).hashes(seed).tolist() == one_by_one(strings, seed)


@given(st.lists(WRITTEN, max_size=8), st.integers(1, 5))
def test_groups_are_the_runs_of_each_string(strings: list[str], size: int) -> None:
    runs = [[string[i : i + size] for i in range(len(string) - size + 1)] for string in strings]
    hashes, counts = Strings(strings).groups(size, seed=1)
    assert counts.tolist() == [len(of_one) for of_one in runs]
    assert hashes.tolist() == one_by_one([run for of_one in runs for run in of_one], 1)


def test_letters_of_several_bytes_are_kept_whole() -> None:
    hashes, _ = Strings(["<гома>", "🙂é"]).groups(3, seed=1)
    assert hashes.tolist() == one_by_one(["<го", "гом", "ома", "ма>"], 1)
    assert hashes.dtype == np.uint32
