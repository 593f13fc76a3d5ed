"""JSON lines: what is read, and where a wrong line is said to be."""

import gzip
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

import jsonl
from errors import InvalidInput


def test_rows_come_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('\ufeff{"a": 1}\n\n{"a": "é"}\n', encoding="utf-8")
    assert list(jsonl.read(path)) == [(f"{path}:1", {"a": 1}), (f"{path}:3", {"a": "é"})]


def test_gzip_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"a": 1}\n'))
    assert [row for _, row in jsonl.read(path)] == [{"a": 1}]


@pytest.mark.parametrize(
    ("content", "line"), [(b'{"a": 1}\n{"a"\n', 2), (b"[1]\n", 1), (b'{"a": 1}\n\n"x"\n', 3), (b"\xff\xfe\n", 1)]
)
def test_a_wrong_line_is_named(tmp_path: Path, content: bytes, line: int) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match="expected") as caught:
        list(jsonl.read(path))
    assert caught.value.where == f"{path}:{line}"


@pytest.mark.parametrize("name", ["missing.jsonl", "cut.jsonl.gz", "plain.jsonl.gz"])
def test_an_unreadable_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"a": 1}\n' * 1000)[:30])
    (tmp_path / "plain.jsonl.gz").write_bytes(b'{"a": 1}\n')
    with pytest.raises(InvalidInput) as caught:
        list(jsonl.read(tmp_path / name))
    assert caught.value.where == str(tmp_path / name)


def test_times() -> None:
    expected = datetime(2025, 3, 19, 18, 4, tzinfo=UTC)
    for text in ("2025-03-19T18:04:00Z", "2025-03-19 18:04:00", "2025-03-19T20:04:00+02:00"):
        assert jsonl.parse_time(text, "x:1") == expected
    assert jsonl.parse_time("2025-03-19", "x:1") == datetime(2025, 3, 19, tzinfo=UTC)
    assert jsonl.parse_time("", "x:1") is None
    assert jsonl.parse_time(None, "x:1") is None
    assert jsonl.format_time(expected.astimezone(timezone(timedelta(hours=2)))) == "2025-03-19T18:04:00Z"
    for wrong in ("yesterday", 12, "2025-13-01"):
        with pytest.raises(InvalidInput):
            jsonl.parse_time(wrong, "x:1")
