"""Training, end to end on the authored corpus: it runs, repeats itself, and refuses what it cannot use."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from classifiers import mixing, train
from classifiers.corpus import LabelledItem, read_corpus
from classifiers.encoder import ANSWERS
from classifiers.folds import fold_numbers
from classifiers.model import LinearModel
from classifiers.taxonomy import Signal
from classifiers.train import base_rate_weights, best_threshold, language_weights, main, quantise, target_matrix
from classifiers.types import ArticleText
from classifiers.unseen import Unseen, write_unseen
from classifiers.weights import OUTPUTS, load_weights
from errors import InvalidInput
from tests.classifiers import conformance

CORPUS = Path(__file__).parents[2] / "classifiers" / "corpora" / "authored.jsonl"
ROW: dict[str, Any] = {
    "id": "own-1",
    "lang": "en",
    "date": "2025-03-19",
    "source": "own",
    "title": "Rebels enter Mubi",
    "summary": None,
    "relevant": True,
    "signals": ["territory_captured", "armed_clash"],
    "facility": None,
    "status": "claimed",
    "place": "Mubi",
    "country": "CD",
    "actor": "Rebels",
}


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Fewer trees and folds: what is tested does not depend on their number."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mixing, "TREES", 3)
        patch.setattr(train, "FOLDS", 2)
        yield


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    assert main(["--corpus", str(CORPUS), "--out", str(folder)]) == 0
    return folder / "linear.npz"


def test_what_it_writes_is_a_classifier(trained: Path) -> None:
    conformance.assert_conforms(lambda: LinearModel.load(trained))


def test_it_learns_what_it_is_shown(trained: Path) -> None:
    items = read_corpus(CORPUS)
    scores = LinearModel.load(trained).score([item.text for item in items])
    assert roc_auc_score([item.relevant for item in items], [score.relevance for score in scores]) > 0.95


def test_the_same_corpus_gives_the_same_weights(trained: Path, tmp_path: Path) -> None:
    assert main(["--corpus", str(CORPUS), "--out", str(tmp_path)]) == 0
    with np.load(trained) as one, np.load(tmp_path / "linear.npz") as two:
        assert all(np.array_equal(one[name], two[name]) for name in one.files)


def test_an_encoders_answers_make_a_second_stage_of_their_own(trained: Path, tmp_path: Path) -> None:
    items = read_corpus(CORPUS)
    answers = np.zeros((len(items), len(ANSWERS)), dtype=np.float32)
    answers[:, : len(OUTPUTS)] = 8 * target_matrix(items) - 4
    write_unseen(tmp_path / "unseen.npz", [item.text for item in items], Unseen("tiny-1", answers))
    assert main(["--corpus", str(CORPUS), "--unseen", str(tmp_path / "unseen.npz"), "--out", str(tmp_path)]) == 0
    encoded = load_weights(tmp_path / "linear.npz").encoded
    assert encoded is not None
    assert encoded.encoder == "tiny-1"
    assert load_weights(trained).encoded is None
    asked = encoded.second.mixer.mix[:, 0]
    assert asked[len(OUTPUTS)] > asked[0]  # what always tells is believed


def test_answers_about_other_items_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_unseen(tmp_path / "unseen.npz", [ArticleText("a", "b")], Unseen("tiny-1", np.zeros((1, len(ANSWERS)), "f4")))
    assert main(["--corpus", str(CORPUS), "--unseen", str(tmp_path / "unseen.npz"), "--out", str(tmp_path)]) == 2
    assert "has no answer about" in capsys.readouterr().err


def test_a_missing_corpus_ends_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(tmp_path / "none.jsonl"), "--out", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "none.jsonl" in told.err
    assert told.err.count("\n") == 1


def test_too_small_a_corpus_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(write_rows(tmp_path / "one.jsonl", ROW)), "--out", str(tmp_path)]) == 2
    assert "too few items" in capsys.readouterr().err


def test_a_row_is_read_as_written(tmp_path: Path) -> None:
    (item,) = read_corpus(write_rows(tmp_path / "rows.jsonl", ROW))
    assert item.signals == (Signal.TERRITORY_CAPTURED, Signal.ARMED_CLASH)
    assert (item.text.summary, item.language, item.place, item.original) == ("", "en", "Mubi", "own-1")


def test_a_translation_belongs_to_its_original(tmp_path: Path) -> None:
    row = ROW | {"id": "own-1@fr", "translated": True, "place_original": "Mubi", "actor_original": "Rebels"}
    (item,) = read_corpus(write_rows(tmp_path / "rows.jsonl", {k: v for k, v in row.items() if k != "place"}))
    assert (item.original, item.place, item.actor) == ("own-1", None, None)


@pytest.mark.parametrize("field", sorted(set(ROW)))
def test_a_missing_field_is_named(tmp_path: Path, field: str) -> None:
    bad = {name: value for name, value in ROW.items() if name != field}
    with pytest.raises(InvalidInput, match=rf"rows\.jsonl:2: field '{field}' is missing"):
        read_corpus(write_rows(tmp_path / "rows.jsonl", ROW, bad))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 7),
        ("lang", None),
        ("title", None),
        ("summary", ["x"]),
        ("relevant", "yes"),
        ("relevant", False),  # with signals
        ("signals", "armed_clash"),
        ("signals", ["coup"]),
        ("signals", [["armed_clash"]]),
        ("signals", []),
        ("facility", "castle"),
        ("status", 1),
        ("country", 5),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, field: str, value: object) -> None:
    with pytest.raises(InvalidInput, match=r"rows\.jsonl:1: field '"):
        read_corpus(write_rows(tmp_path / "rows.jsonl", ROW | {field: value}))


def item(number: int, title: str, relevant: bool = True, **changes: Any) -> LabelledItem:
    signals = (Signal.ARMED_CLASH,) if relevant else ()
    fields: dict[str, Any] = {
        "id": str(number),
        "original": str(number),
        "translated": False,
        "source": "own",
        "text": ArticleText(title, "", changes.pop("language", "en")),
        "relevant": relevant,
        "signals": signals,
        "facility": None,
        "status": None,
        "place": None,
        "country": None,
        "actor": None,
    }
    return LabelledItem(**(fields | changes))


def test_translations_and_copies_share_a_fold() -> None:
    opening = "One two three four five six seven"
    letters = "abcdefghijklmnopqrstuvwxyz"
    items = [item(n, f"Headline {letter * 3} about a thing that happened today") for n, letter in enumerate(letters)]
    items += [item(100, f"{opening} eight"), item(101, f"{opening.upper()} nine")]
    items += [item(200 + n, f"Titre {n}", original="100", translated=True) for n in range(5)]
    numbers = fold_numbers(items, 5, seed=1)
    assert len(set(numbers[26:])) == 1
    assert len(set(numbers[:26])) == 5
    assert np.array_equal(numbers, fold_numbers(items, 5, seed=1))


def test_targets_follow_the_order_of_outputs() -> None:
    row = target_matrix([item(1, "x")])[0]
    assert row[0] == 1
    assert row[1 + list(Signal).index(Signal.ARMED_CLASH)] == 1
    assert row.sum() == 2


def test_the_base_rate_is_that_of_a_plain_sample() -> None:
    targets = target_matrix([item(n, "x", relevant=n < 6) for n in range(10)])
    weights = base_rate_weights(targets)
    assert weights[:6].sum() / weights.sum() == pytest.approx(1 / 3)


def test_rare_relevant_items_of_a_language_count_more() -> None:
    items = [item(n, "x", relevant=n < 5) for n in range(10)]
    items += [item(n, "x", relevant=n < 11, language="sw") for n in range(10, 30)]
    weights = language_weights(items)
    assert weights[0] == 1
    assert 1 < weights[10] <= 4
    assert weights[11] == 1


def test_the_threshold_has_the_best_f1() -> None:
    probabilities = np.array([0.9, 0.8, 0.7, 0.2, 0.1], dtype=np.float32)
    target = np.array([1, 1, 0, 1, 0], dtype=np.float32)
    assert best_threshold(probabilities, target, np.ones(5, dtype=np.float32)) == pytest.approx(0.2)
    light = np.array([1, 1, 5, 1, 5], dtype=np.float32)
    assert best_threshold(probabilities, target, light) == pytest.approx(0.8)


def test_weights_survive_being_kept_in_steps() -> None:
    table = np.random.default_rng(0).normal(size=(50, 13)).astype(np.float32)
    table[7] = 0
    columns, steps, scales = quantise(table)
    assert 7 not in columns
    assert np.abs(steps * scales - table[columns]).max() <= scales.max() / 2 * 1.001
