"""The benchmark of replies, on a small store: every question is answered and stands in the table."""

from pathlib import Path

import pytest

from benchmarks.full_store import READER, Size
from benchmarks.replies import ASKED, PRESSED, Took, ask_all, opened, p95, table
from places.gazetteer import Gazetteer
from store.types import HistoryFilter

SMALL = Size(articles=400, incidents=20, watches=20, watches_each=5, told=15, told_each=2, reports=2)


async def test_every_question_is_answered(tmp_path: Path) -> None:
    gazetteer = Gazetteer.load()
    store = opened(tmp_path / "small.sqlite", gazetteer, SMALL)
    with store.read() as tx:
        assert tx.history.told(READER, HistoryFilter(), 0, 1)[1] == SMALL.told
        assert len(tx.chats.watches(READER)) == SMALL.watches_each
        assert sum(1 for _ in tx.incidents.all()) == SMALL.incidents
    took = await ask_all(store, gazetteer, times=1, only="/a")
    assert [row.what.partition(" ")[0] for row in took] == ["/alerts"] * 3 + ["/alert"] * 2
    store.close()


def test_the_questions_are_of_all_kinds() -> None:
    assert {"/alerts", "/search hospital", "/status", "/level North Kivu", "/watches"} <= set(ASKED)
    assert len({press for press, _ in PRESSED}) == len(PRESSED)


def test_the_table_has_the_slowest_first_and_names_what_is_too_slow() -> None:
    lines = table([Took("/fast", (0.1, 0.2), (0.1, 0.2)), Took("/slow", (1.5, 1.6), (2.0, 2.1))])
    assert [line.split()[0] for line in lines[1:3]] == ["/slow", "/fast"]
    assert lines[-1] == "longer than 1 s at the 95th percentile: /slow"


@pytest.mark.parametrize(("values", "expected"), [([0.5], 0.5), ([float(n) for n in range(1, 101)], 95.05)])
def test_the_95th_percentile(values: list[float], expected: float) -> None:
    assert p95(values) == pytest.approx(expected)
