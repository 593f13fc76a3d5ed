"""Pairs made from labels, and weights fitted on them."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from classifiers.taxonomy import Signal
from incidents.pairs import Labelled, pairs
from incidents.similarity import BIAS, FEATURES, default_weights
from incidents.train import AGAINST, PRIOR, features, fit
from tests.builders import NOW, make_witness
from tests.incidents.stories import MUBI, WALIKALE


def labelled(number: int, days: float, place: str = "Walikale", **fields: Any) -> Labelled:
    where = {"Walikale": WALIKALE, "Mubi": MUBI}[place]
    witness = make_witness(number, published=NOW + timedelta(days=days), place=where)
    defaults = {"country": "CD", "lead": Signal.ARMED_CLASH, "text": f"Clash at {place}", "chronicle": False}
    return Labelled(witness, place, **{**defaults, **fields})


def test_the_same_rare_place_and_day_are_one_event() -> None:
    [pair] = pairs([labelled(1, 0), labelled(2, 0.5)])
    assert pair.one
    assert pair.right.published - pair.left.published < timedelta(days=1)


@pytest.mark.parametrize(
    "items",
    [
        [labelled(1, 0, chronicle=True), labelled(2, 0.5, chronicle=True)],
        [labelled(1, 0), labelled(2, 0.5, lead=Signal.DEESCALATION)],
        [labelled(1, 0), labelled(2, 3)],
        [labelled(1, 0), labelled(2, 0.5, "Mubi", text="From Mubi to Walikale")],
        [labelled(1, 0), labelled(2, 0.5, country="RW")],
    ],
    ids=["a chronicle tells each once", "another kind", "days apart", "one names the other's place", "another country"],
)
def test_of_other_pairs_nothing_is_known(items: list[Labelled]) -> None:
    assert list(pairs(items)) == []


def test_a_place_that_is_in_the_news_all_the_time_teaches_nothing() -> None:
    assert list(pairs([labelled(n, 0.01 * n) for n in range(9)])) == []


def test_two_places_of_a_country_are_two_events() -> None:
    items = [labelled(n, 0.01 * n, ("Walikale", "Mubi")[n % 2], lead=list(Signal)[n]) for n in range(10)]
    found = [pair for pair in pairs(items) if pair.left.place != pair.right.place]
    assert found
    assert not any(pair.one for pair in found)


def test_weeks_apart_a_place_is_told_of_twice_and_taken_for_days_apart() -> None:
    found = list(pairs([labelled(n, 20 * n) for n in range(60)]))
    assert found
    assert all(not pair.one and pair.right.published - pair.left.published <= timedelta(days=3) for pair in found)


def test_what_cannot_be_compared_is_left_out() -> None:
    matrix, one = features(list(pairs([labelled(1, 0), labelled(2, 0.5)])))
    assert matrix.shape == (1, len(FEATURES) + 1)
    assert one.tolist() == [1.0]


def test_weights_follow_the_pairs_but_keep_their_side_and_stay_near_the_prior() -> None:
    place, words = FEATURES.index("place"), FEATURES.index("words")
    chance = np.random.default_rng(1)
    rows = np.zeros((400, len(FEATURES) + 1))
    rows[:, -1] = 1.0
    rows[:, words] = chance.random(400)
    rows[:, place] = chance.random(400)
    one = np.where(rows[:, words] - 3 * rows[:, place] > -1.0, 1.0, -1.0)
    found = fit(rows, one)
    assert found["days"] == PRIOR["days"]
    assert found["place"] == 0.0
    assert found["another"] == PRIOR["another"]


def test_the_shipped_weights_are_on_their_side_of_zero() -> None:
    weights = default_weights()
    assert set(weights) == {*FEATURES, BIAS}
    assert all((weights[name] <= 0) if name in AGAINST else (weights[name] >= 0) for name in FEATURES)
