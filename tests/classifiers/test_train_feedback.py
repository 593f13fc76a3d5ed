"""Training with readers' verdicts, on a corpus of a few dozen made-up headlines."""

import json
from pathlib import Path
from typing import Any

import pytest

from classifiers import mixing
from classifiers.feedback import QUORUM
from classifiers.model import LinearModel
from classifiers.taxonomy import Signal
from classifiers.train import main
from classifiers.types import ArticleText

WORDS = "alpha bravo carol delta echoes foxes golfing hotels indigo juliet kilos limas".split()  # noqa: SIM905
AGREED, LONELY = "alpha report wolves pier", "bravo report lynxes quay"  # alike but for who judged them


def row(number: int, title: str, *signals: Signal, **more: Any) -> dict[str, Any]:
    return {
        "id": f"item-{number}",
        "lang": "en",
        "date": None,
        "source": "made up",
        "title": title,
        "summary": "",
        "relevant": bool(signals),
        "signals": list(signals),
        **dict.fromkeys(("facility", "status", "place", "country", "actor")),
        **more,
    }


def corpus() -> list[dict[str, Any]]:
    relevant = [
        (f"{WORDS[k]} report {WORDS[(k + n) % 12]}x{n} district", signal)
        for k, signal in enumerate(Signal)
        for n in range(7)
    ]
    peaceful = [f"garden music {WORDS[n % 12]}y{n} cooking festival storm" for n in range(60)]
    rows = [row(n, title, signal) for n, (title, signal) in enumerate(relevant)]
    return rows + [row(len(rows) + n, title) for n, title in enumerate(peaceful)]


def verdicts() -> list[dict[str, Any]]:
    judged = [(AGREED, QUORUM), (AGREED, QUORUM), (LONELY, 1), (LONELY, 1)]
    labels = (Signal.TERRITORY_CAPTURED,)
    return [row(n, title, *labels, votes={"not_an_event": votes}) for n, (title, votes) in enumerate(judged)]


def write(path: Path, rows: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_a_quorum_teaches_more_than_one_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mixing, "TREES", 1)  # their number takes most of the time and is not the matter
    items, judged = write(tmp_path / "items.jsonl", corpus()), write(tmp_path / "verdicts.jsonl", verdicts())
    assert main(["--corpus", items, "--out", str(tmp_path), "--feedback", judged]) == 0
    model = LinearModel.load(next(tmp_path.glob("*.npz")))
    agreed, lonely = model.score([ArticleText(AGREED, "", "en"), ArticleText(LONELY, "", "en")])
    assert agreed.relevance < 0.6 * lonely.relevance


def test_a_wrong_feedback_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = write(tmp_path / "items.jsonl", corpus())
    wrong = write(tmp_path / "verdicts.jsonl", [row(1, AGREED, votes=5)])
    assert main(["--corpus", items, "--out", str(tmp_path), "--feedback", wrong]) == 2
    err = capsys.readouterr().err
    assert "verdicts.jsonl:1: field 'votes'" in err
    assert err.count("\n") == 1
