"""When a failed delivery is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.channel import RetryLater, Unreachable
from pipeline.retry import LONGEST_S, retry_at

NOW = datetime(2025, 3, 19, 18, tzinfo=UTC)


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 2), (2, 4), (5, 32), (9, 512), (10, 900), (500, 900)])
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(attempts: int, seconds: int) -> None:
    assert retry_at(attempts, Unreachable("no answer"), NOW, 0.0) == NOW + timedelta(seconds=seconds)


def test_jitter_only_lengthens() -> None:
    late = retry_at(1000, Unreachable("no answer"), NOW, 0.999)
    assert timedelta(seconds=LONGEST_S) < late - NOW < timedelta(seconds=LONGEST_S * 1.25)


def test_what_the_service_asks_for_is_kept() -> None:
    assert retry_at(7, RetryLater("flood", 33.5), NOW, 0.9) == NOW + timedelta(seconds=33.5)
