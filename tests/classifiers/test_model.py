"""The model in the repository: it keeps the protocol, tells clear cases apart, and refuses damaged files."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifiers.corpus import LabelledItem, read_corpus
from classifiers.features import WIDTH
from classifiers.model import DEFAULT_MODEL, LinearModel
from classifiers.types import ArticleText, Scores
from classifiers.weights import MAX_BYTES, load_weights, save_weights
from errors import InvalidInput
from tests.classifiers import conformance

AUTHORED = Path(__file__).parents[1] / "data" / "authored-signals.jsonl"
RIGHT = 0.85  # of the authored items, relevant or not as their author says
RIGHT_PER_LANGUAGE = 0.75
FIRST_FOUND = 0.75  # of the relevant ones found: the main signal is among the labels
FALSE_ALARMS = 0.10  # of the hard negatives

Judged = list[tuple[LabelledItem, Scores]]


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return LinearModel.load()


@pytest.fixture(scope="module")
def judged(model: LinearModel) -> Judged:
    items = read_corpus(AUTHORED)
    return list(zip(items, model.score([item.text for item in items]), strict=True))


def test_keeps_the_protocol() -> None:
    conformance.assert_conforms(LinearModel.load)


def test_weights_are_small() -> None:
    assert DEFAULT_MODEL.stat().st_size < MAX_BYTES / 2


def test_clear_cases_are_told_apart(judged: Judged) -> None:
    right = [bool(scores.labels) == item.relevant for item, scores in judged]
    assert len(right) >= 80
    assert np.mean(right) >= RIGHT


@pytest.mark.parametrize("language", ["en", "fr", "sw", "es", "pt", "ar", "ru"])
def test_each_language_is_read(judged: Judged, language: str) -> None:
    right = [bool(s.labels) == item.relevant for item, s in judged if item.language == language]
    assert np.mean(right) >= RIGHT_PER_LANGUAGE


def test_metaphors_courts_accidents_and_anniversaries_stay_silent(judged: Judged) -> None:
    alarms = [item.id for item, scores in judged if not item.relevant and scores.labels]
    assert len(alarms) <= FALSE_ALARMS * sum(not item.relevant for item, _ in judged), alarms


def test_the_main_signal_is_named(judged: Judged) -> None:
    named = [item.signals[0] in scores.labels for item, scores in judged if item.relevant and scores.labels]
    assert np.mean(named) >= FIRST_FOUND


def test_the_title_counts_apart_from_the_summary(model: LinearModel) -> None:
    war, peace = "Rebels shell the town and kill nine civilians", "The mayor opened a new library on Monday"
    above, below = model.score([ArticleText(war, peace, "en"), ArticleText(peace, war, "en")])
    assert above.relevance != below.relevance


def test_evidence_is_what_was_written(model: LinearModel) -> None:
    (scores,) = model.score([ArticleText("REBELS SEIZED the town of Mubi after heavy fighting", "", "en")])
    assert scores.labels
    assert {"REBELS", "SEIZED", "fighting"} & set(scores.evidence)


def write_copy(path: Path, change: Callable[[dict[str, np.ndarray]], None]) -> Path:
    with np.load(DEFAULT_MODEL, allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    change(arrays)
    np.savez(path, **arrays)
    return path


def change_header(arrays: dict[str, np.ndarray], **changes: object) -> None:
    header = json.loads(arrays["header"].tobytes()) | changes
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)


def flip_weight(arrays: dict[str, np.ndarray]) -> None:
    arrays["steps"] = arrays["steps"].copy()
    arrays["steps"][0, 0] ^= 1


def point_outside(arrays: dict[str, np.ndarray]) -> None:
    arrays["columns"] = arrays["columns"].copy()
    arrays["columns"][-1] = WIDTH


def drop(name: str) -> Callable[[dict[str, np.ndarray]], None]:
    def change(arrays: dict[str, np.ndarray]) -> None:
        del arrays[name]

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda a: change_header(a, format=999), "format is 999"),
        (lambda a: change_header(a, features=0), "features is 0"),
        (lambda a: change_header(a, outputs=["relevance"]), "outputs is"),
        (lambda a: change_header(a, checksum="0"), "checksum"),
        (flip_weight, "checksum"),
        (point_outside, "column"),
        (drop("header"), "no header"),
        (drop("plain_mix"), "holds"),
        (lambda a: a.update(plain_mix=a["plain_mix"][:2]), "'plain_mix'"),
        (lambda a: a.update(steps=a["steps"].astype(np.int16)), "'steps'"),
        (lambda a: a.update(columns=np.zeros((), dtype=np.uint32)), "'columns'"),
        (lambda a: a.update(plain_tree_leaves=np.zeros(3, dtype=np.float32)), "'plain_tree"),
        (lambda a: a.update(header=np.frombuffer(b"[1]", dtype=np.uint8)), "no header"),
        (lambda a: a.update(header=np.array([{}], dtype=object)), "not an archive of plain arrays"),
    ],
)
def test_a_changed_file_is_refused(
    tmp_path: Path, change: Callable[[dict[str, np.ndarray]], None], problem: str
) -> None:
    path = write_copy(tmp_path / "model.npz", change)
    with pytest.raises(InvalidInput, match=problem) as refused:
        LinearModel.load(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "python -m classifiers.train" in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04 broken", b"\x93NUMPY\x01\x00"])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match="plain arrays"):
        LinearModel.load(path)


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(DEFAULT_MODEL.read_bytes()[:-5000])
    with pytest.raises(InvalidInput, match="plain arrays"):
        LinearModel.load(path)


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("steps.npy", bytes(9 * MAX_BYTES))
    with pytest.raises(InvalidInput, match="unpacks to too much"):
        LinearModel.load(path)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(InvalidInput, match="larger than"):
        LinearModel.load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"absent\.npz: cannot be read"):
        LinearModel.load(tmp_path / "absent.npz")


def test_what_is_saved_is_loaded(tmp_path: Path, model: LinearModel) -> None:
    path = tmp_path / "deep" / "model.npz"
    save_weights(replace(load_weights(DEFAULT_MODEL), name="other-1"), path)
    other = LinearModel.load(path)
    assert other.name == "other-1"
    assert other.score(conformance.PLAIN) == model.score(conformance.PLAIN)


def test_saving_writes_the_same_bytes(tmp_path: Path) -> None:
    weights = load_weights(DEFAULT_MODEL)
    for name in ("one", "two"):
        save_weights(weights, tmp_path / name)
    with np.load(io.BytesIO((tmp_path / "one").read_bytes())) as one, np.load(tmp_path / "two") as two:
        assert all(np.array_equal(one[name], two[name]) for name in one.files)
