"""The file of an encoder's answers about items it was not taught with."""

from pathlib import Path

import numpy as np
import pytest

from classifiers.encoder import ANSWERS
from classifiers.types import ArticleText
from classifiers.unseen import Unseen, read_unseen, write_unseen
from errors import InvalidInput

TEXTS = [
    ArticleText("Rebels enter Mavuno", ""),
    ArticleText("Derby ends in a draw", "Late goal."),
    ArticleText("", "\ud800"),
]
ANSWERED = Unseen("tiny-1", np.arange(3 * len(ANSWERS), dtype=np.float32).reshape(3, -1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write_unseen(tmp_path / "unseen.npz", TEXTS, ANSWERED)
    return tmp_path / "unseen.npz"


def test_answers_come_back_in_the_order_asked(file: Path) -> None:
    read = read_unseen(file, [TEXTS[2], TEXTS[0], TEXTS[2]])
    assert read.encoder == "tiny-1"
    assert np.array_equal(read.answers, ANSWERED.answers[[2, 0, 2]])


def test_a_text_without_an_answer_is_counted(file: Path) -> None:
    with pytest.raises(InvalidInput, match=r"unseen\.npz: has no answer about 1 of 2 texts"):
        read_unseen(file, [TEXTS[0], ArticleText("Rebels enter Mavuno", "again")])


@pytest.mark.parametrize("content", [b"", b"not an archive"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "unseen.npz").write_bytes(content)
    with pytest.raises(InvalidInput, match=r"unseen\.npz: cannot be read"):
        read_unseen(tmp_path / "unseen.npz", TEXTS)


def test_answers_to_other_questions_are_refused(tmp_path: Path) -> None:
    write_unseen(tmp_path / "unseen.npz", TEXTS, Unseen("tiny-1", ANSWERED.answers[:, :4]))
    with pytest.raises(InvalidInput, match="answers about 3 texts"):
        read_unseen(tmp_path / "unseen.npz", TEXTS)
