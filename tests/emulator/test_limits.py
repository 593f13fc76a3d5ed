"""The limits that the emulator enforces, on a clock of our own."""

from collections import Counter

import pytest

from emulator.limits import Config, Limits
from emulator.rules import ApiError


def attempt(limits: Limits, chat_type: str, chat_id: int, now: float, kind: str = "send") -> int:
    """0 when it passes, else the retry_after."""
    try:
        limits.take(chat_type, chat_id, kind, now)
    except ApiError as error:
        return int(error.body["parameters"]["retry_after"])
    return 0


def test_a_private_chat_takes_three_at_once_then_one_a_second() -> None:
    limits = Limits(Config(), Counter())
    assert [attempt(limits, "private", 7, 0.0) for _ in range(4)] == [0, 0, 0, 1]
    assert attempt(limits, "private", 7, 0.9) == 1, "a 429 stands until its retry_after is over"
    assert attempt(limits, "private", 7, 1.1) == 0
    assert attempt(limits, "private", 8, 0.5) == 0, "another chat is not concerned"


def test_edits_are_counted_apart_from_sends() -> None:
    limits = Limits(Config(), Counter())
    assert [attempt(limits, "private", 7, 0.0) for _ in range(3)] == [0, 0, 0]
    assert attempt(limits, "private", 7, 0.0, "edit") == 0


def test_a_group_takes_twenty_a_minute() -> None:
    limits = Limits(Config(), Counter())
    given = [attempt(limits, "supergroup", -1001, float(i)) for i in range(21)]
    assert given == [0] * 20 + [40]
    assert attempt(limits, "supergroup", -1001, 60.5) == 0


def test_all_chats_together_take_thirty_a_second() -> None:
    stats: Counter[str] = Counter()
    limits = Limits(Config(), stats)
    passed = [attempt(limits, "private", i, 0.0) for i in range(1, 41)]
    assert passed.count(0) == 30
    assert stats["429"] == stats["429_overall"] == 10


def test_ignoring_a_429_is_counted() -> None:
    stats: Counter[str] = Counter()
    limits = Limits(Config(), stats)
    for i in range(15):
        attempt(limits, "private", 7, i * 0.2)
    assert stats["429_ignored"] >= 2


@pytest.mark.parametrize("paid", [True, False])
def test_switched_off_nothing_is_refused(paid: bool) -> None:
    limits = Limits(Config(limits=False), Counter())
    for _ in range(100):
        limits.take("private", 7, "send", 0.0, paid=paid)
