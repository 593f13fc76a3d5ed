"""Evaluation: the arithmetic of its figures, and what it prints."""

import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score

from classifiers import metrics
from classifiers.evaluate import main
from classifiers.taxonomy import Signal

AUTHORED = Path(__file__).parents[1] / "data" / "authored-signals.jsonl"
ONES = np.ones((1, 6))
TRUTH = np.array([True, True, True, False, False, False])
FOUND = np.array([True, True, False, True, False, False])


def test_f1_precision_and_recall() -> None:
    assert metrics.precision(ONES, TRUTH, FOUND)[0] == pytest.approx(2 / 3)
    assert metrics.recall(ONES, TRUTH, FOUND)[0] == pytest.approx(2 / 3)
    assert metrics.f1(ONES, TRUTH, FOUND)[0] == pytest.approx(f1_score(TRUTH, FOUND))


def test_a_figure_of_nothing_is_unknown() -> None:
    nothing = np.zeros(6, dtype=bool)
    assert np.isnan(metrics.precision(ONES, TRUTH, nothing)[0])
    assert np.isnan(metrics.f1(ONES, nothing, nothing)[0])


def test_average_precision_is_scikit_learns() -> None:
    random = np.random.default_rng(3)
    truth, scores = random.random(200) < 0.3, random.random(200)
    weights = np.vstack([np.ones(200), random.integers(0, 3, 200)]).astype(float)
    found = metrics.average_precision(weights, truth, scores)
    assert found[0] == pytest.approx(average_precision_score(truth, scores))
    assert found[1] == pytest.approx(average_precision_score(truth, scores, sample_weight=weights[1]))


def test_calibration_error() -> None:
    probabilities = np.array([0.95, 0.95, 0.95, 0.05, 0.05, 0.05])
    assert metrics.calibration_error(ONES, TRUTH, probabilities)[0] == pytest.approx(0.05)
    assert metrics.calibration_error(ONES, ~TRUTH, probabilities)[0] == pytest.approx(0.95)
    assert metrics.calibration_error(ONES, TRUTH, np.array([1.0, 1, 1, 0, 0, 0]))[0] == 0


def test_mean_leaves_out_the_undefined() -> None:
    parts = [np.array([0.5, np.nan]), np.array([1.0, 0.4])]
    assert metrics.mean_of(parts) == pytest.approx([0.75, 0.4])


def test_groups_are_drawn_together_and_always_alike() -> None:
    groups = ["a", "b", "a", "c", "b"]
    weights = metrics.draw_weights(groups, draws=50, seed=1)
    assert weights.shape == (51, 5)
    assert (weights[0] == 1).all()
    assert np.array_equal(weights[:, 0], weights[:, 2])
    assert np.array_equal(weights[:, 1], weights[:, 4])
    assert (weights[1:, [0, 1, 3]].sum(axis=1) == 3).all()
    assert np.array_equal(weights, metrics.draw_weights(groups, draws=50, seed=1))


def test_the_interval_holds_the_figure() -> None:
    weights = metrics.draw_weights([str(n) for n in range(300)], draws=400, seed=1)
    right = np.arange(300) % 3 > 0
    found = metrics.interval(metrics.accuracy(weights, right), 300)
    assert found.value == pytest.approx(2 / 3)
    assert 0.59 < found.low < found.value < found.high < 0.74


def test_prints_every_figure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    card = tmp_path / "card.md"
    assert main([str(AUTHORED), "--json", "--card", str(card)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = {(row["subject"], row["part"], row["measure"]) for row in rows}
    measures = ("F1", "precision", "recall", "average precision", "calibration error")
    languages = ("all", "en originals", "en", "fr", "sw", "es", "pt", "ar", "ru")
    assert {("relevance", part, measure) for part in languages for measure in measures} <= told
    assert {("signals", signal, "F1") for signal in Signal} <= told
    assert {("signals", "all", "macro-F1"), ("facility", "attacks found", "accuracy")} <= told
    assert {("status", "relevant items found", m) for m in ("accuracy", "F1 of claimed")} <= told
    assert all(set(row) == {"subject", "part", "measure", "value", "low", "high", "items"} for row in rows)
    for heading in ("# Model card", "## Limits", "## Figures", "| relevance | all | F1 |"):
        assert heading in card.read_text(encoding="utf-8")


def test_a_table_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(AUTHORED)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[0] == "subject"
    assert any(line.startswith("relevance  all") and " to " in line for line in lines)


@pytest.mark.parametrize("extra", [["--model", "none.npz"], ["--card", "none/card.md"]])
def test_bad_paths_end_with_one_line(extra: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    option, name = extra
    assert main([str(AUTHORED), option, str(tmp_path / name)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert name in told.err
    assert told.err.count("\n") == 1
