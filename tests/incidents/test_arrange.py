"""Which reports are one event follows from the reports, not from their order."""

import itertools

import numpy as np
import pytest

from incidents.arrange import TOGETHER, event_of, groups
from incidents.fuse import witness_of
from incidents.similarity import UNLIKE
from tests.incidents.stories import MUBI, PINGA, report
from tests.incidents.test_regroup import MARKET, TEMPLE

SAME, OTHER = TOGETHER + 3.0, UNLIKE + 0.1
CHAIN = TOGETHER - 0.3  # less like than two of one event, but like enough with others beside it


def arranged(count: int, scores: dict[tuple[int, int], float], rest: float = OTHER) -> set[frozenset[int]]:
    """The groups that these log-odds make of so many reports; pairs that are not given have `rest`."""
    table = np.full((count, count), rest)
    for (one, other), score in scores.items():
        table[one, other] = table[other, one] = score
    return sets(groups(table))


def sets(numbers: list[int]) -> set[frozenset[int]]:
    return {frozenset(at for at, number in enumerate(numbers) if number == group) for group in numbers}


@pytest.mark.parametrize(
    ("score", "expected"), [(TOGETHER, {frozenset({0, 1})}), (TOGETHER - 0.01, {frozenset({0}), frozenset({1})})]
)
def test_two_reports_are_one_event_from_a_likeness_on(score: float, expected: set[frozenset[int]]) -> None:
    assert arranged(2, {(0, 1): score}) == expected


def test_a_report_that_is_like_a_few_of_many_joins_them() -> None:
    many = dict.fromkeys(itertools.combinations(range(5), 2), SAME)
    assert arranged(6, {**many, (0, 5): SAME, (1, 5): SAME}) == {frozenset(range(6))}


def test_one_odd_likeness_between_two_stories_does_not_make_them_one() -> None:
    stories = {pair: SAME for half in (range(3), range(3, 6)) for pair in itertools.combinations(half, 2)}
    assert arranged(6, {**stories, (0, 3): CHAIN + 1}) == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}


def test_what_cannot_be_one_event_is_not_made_one_by_a_report_that_is_like_both() -> None:
    bridge = {(0, 1): SAME, (1, 2): SAME - 0.1}
    assert arranged(3, bridge, rest=UNLIKE) == {frozenset({0, 1}), frozenset({2})}
    assert arranged(3, bridge, rest=CHAIN) == {frozenset({0, 1, 2})}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_reports_changes_nothing(seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(-1.5, 1.5, (12, 12))
    scores = np.maximum((scores + scores.T) / 2, UNLIKE)
    order = chance.permutation(12)
    shuffled = sets(groups(scores[np.ix_(order, order)]))
    assert {frozenset(int(order[at]) for at in group) for group in shuffled} == sets(groups(scores))


@pytest.mark.parametrize("number", range(6))
def test_each_report_finds_those_of_its_own_event(number: int) -> None:
    told = [witness_of(r, r.article.published) for r in (*TEMPLE, *MARKET)]
    others = [w for w in told if w is not told[number]]
    found = {w.article_id for w in event_of(told[number], others)} | {told[number].article_id}
    assert found == ({1, 2, 3} if number < 3 else {4, 5, 6})


def test_alone_it_is_alone() -> None:
    one, other = (report(1, "Rebels capture Mubi", place=MUBI), report(2, "Rebels capture Pinga", place=PINGA))
    witness = witness_of(one, one.article.published)
    assert event_of(witness, []) == []
    assert event_of(witness, [witness_of(other, other.article.published)]) == []
