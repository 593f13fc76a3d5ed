"""The sentence encoder: it answers alike about one thing in other words and other languages."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifiers.encoder import ANSWERS, GRAPH, MODELS, PIECES, Encoder
from classifiers.model import ASK_FROM, DEFAULT_MODEL, LinearModel, default_model
from classifiers.scoring import Floats
from classifiers.taxonomy import Signal
from classifiers.types import ArticleText
from classifiers.weights import OUTPUTS, load_weights
from errors import InvalidInput
from tests.classifiers import conformance

MOST_BYTES = 40_000_000
FOOTBALL = ArticleText("Kasane United sign a new goalkeeper before the derby", "")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def test_its_files_are_small() -> None:
    assert sum((MODELS / name).stat().st_size for name in (GRAPH, PIECES)) < MOST_BYTES


@pytest.mark.parametrize(
    "other",
    [
        "Les insurgés ont pris la ville de Mavuno",
        "Waasi wateka mji wa Mavuno",
        "Los rebeldes toman la ciudad de Mavuno",
        "Os rebeldes tomam a cidade de Mavuno",
        "المتمردون يستولون على مدينة مافونو",
        "Повстанцы захватили город Мавуно",
    ],
)
def test_a_capture_is_one_in_every_language(encoder: Encoder, other: str) -> None:
    told, translated, football = encoder.answers(
        [ArticleText("Insurgents have seized the town of Mavuno", ""), ArticleText(other, ""), FOOTBALL]
    )
    captured = ANSWERS.index(Signal.TERRITORY_CAPTURED)
    for answer in (told, translated):
        assert answer[0] > football[0] + 2
        foremost = np.argsort(-answer[1 : len(OUTPUTS)])[:2] + 1
        assert captured in foremost


def test_a_text_among_others_reads_as_by_itself(encoder: Encoder) -> None:
    texts = [ArticleText("Troops shell the market", "Six died. " * n) for n in range(20)]
    together = encoder.answers(texts)
    alone = np.vstack([encoder.answers([text]) for text in texts])
    assert np.array_equal(together, alone)


@pytest.mark.parametrize("title", ["", " ", "\x00\u202e", "🙂" * 3000, "a" * 50_000, "\ud800 half"])
def test_any_text_has_answers(encoder: Encoder, title: str) -> None:
    answers = encoder.answers([ArticleText(title, title)])
    assert answers.shape == (1, len(ANSWERS))
    assert np.isfinite(answers).all()


def test_no_texts_have_no_answers(encoder: Encoder) -> None:
    assert len(encoder.answers([])) == 0


@pytest.mark.parametrize("name", [GRAPH, PIECES])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    for other in {GRAPH, PIECES} - {name}:
        shutil.copy(MODELS / other, tmp_path / other)
    with pytest.raises(InvalidInput, match=f"{name}: cannot be read"):
        Encoder.load(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a graph", b'{"version": "1.0"}', b"\xff\xfe\x00"])
@pytest.mark.parametrize("name", [GRAPH, PIECES])
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    for other in (GRAPH, PIECES):
        shutil.copy(MODELS / other, tmp_path / other)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidInput, match=f"{name}: not a"):
        Encoder.load(tmp_path)


def test_the_model_keeps_the_protocol_with_it() -> None:
    conformance.assert_conforms(default_model)


def test_it_is_asked_only_where_words_leave_a_chance(encoder: Encoder) -> None:
    asked: list[ArticleText] = []

    class Listening(Encoder):
        def answers(self, texts: Sequence[ArticleText]) -> Floats:
            asked.extend(texts)
            return super().answers(texts)

    listening = Listening(encoder.name, encoder._session, encoder._pieces)
    attack = ArticleText("Rebels seize the town of Mavuno after heavy fighting", "")
    scores = LinearModel.load(encoder=listening).score([FOOTBALL, attack])
    assert asked == [attack]
    assert scores[0].relevance < ASK_FROM
    assert scores[0].status is None
    assert scores[1].status is not None
    assert scores[0].relevance == pytest.approx(LinearModel.load().score([FOOTBALL])[0].relevance, abs=1e-6)


def test_the_name_says_that_it_was_asked(encoder: Encoder) -> None:
    assert LinearModel.load(encoder=encoder).name == f"{LinearModel.load().name}+{encoder.name}"


def test_another_encoder_than_trained_with_is_refused(encoder: Encoder) -> None:
    other = Encoder("other-2", encoder._session, encoder._pieces)
    with pytest.raises(InvalidInput, match="other-2"):
        LinearModel.load(encoder=other)


def test_a_model_trained_without_reads_without(encoder: Encoder) -> None:
    plain = LinearModel(replace(load_weights(DEFAULT_MODEL), encoded=None), encoder)
    assert plain.score(conformance.PLAIN) == LinearModel.load().score(conformance.PLAIN)
