"""The pace of messages, on a clock of our own."""

import pytest

from chat.limits import Allowances, Kind, Queue
from pipeline.channel import Urgency

EVEN = Allowances(overall_per_s=1000, private_every_s=1, group_period_s=60)
GROUP = -1001


def run(queue: Queue, until: float) -> list[tuple[float, object, int, float]]:
    """(time, chat, urgency, come back after) of everything released by `until`."""
    now, out = 0.0, []
    while True:
        out += [(round(now, 2), ticket.chat, ticket.urgency, round(later, 1)) for ticket, later in queue.release(now)]
        at = queue.next_at(now)
        if at is None or at > until:
            return out
        now = max(now, at)


def add(queue: Queue, chat: object, count: int, urgency: Urgency = Urgency.ANSWER, kind: Kind = Kind.SEND) -> None:
    for _ in range(count):
        queue.add(chat, kind, urgency)


def test_a_private_chat_gets_three_at_once_then_one_a_second() -> None:
    queue = Queue(EVEN)
    add(queue, 7, 5)
    assert [int(at) for at, *_ in run(queue, 10)] == [0, 0, 0, 1, 2]


def test_a_group_gets_twenty_a_minute() -> None:
    queue = Queue(EVEN)
    add(queue, GROUP, 22)
    times = [at for at, *_ in run(queue, 200)]
    assert max(times[:20]) < 1
    assert min(times[20:]) >= 60


def test_all_chats_together_are_paced_evenly() -> None:
    queue = Queue(Allowances())
    for chat in range(1, 101):
        add(queue, chat, 1)
    times = [at for at, *_ in run(queue, 10)]
    assert len(times) == 100
    for start in times:
        assert sum(start <= at < start + 1 for at in times) <= 30


def test_the_most_urgent_goes_first_whenever_it_came() -> None:
    queue = Queue(Allowances(overall_per_s=1, overall_burst=1))
    for chat, urgency in enumerate((Urgency.EDIT, Urgency.MINOR, Urgency.EXTREME, Urgency.ANSWER), 1):
        add(queue, chat, 1, urgency)
    assert [urgency for _, _, urgency, _ in run(queue, 10)] == [
        Urgency.ANSWER.value,
        Urgency.EXTREME.value,
        Urgency.MINOR.value,
        Urgency.EDIT.value,
    ]


def test_one_chat_at_its_limit_does_not_hold_up_another() -> None:
    queue = Queue(EVEN)
    add(queue, 7, 4, Urgency.EXTREME)
    add(queue, 8, 1, Urgency.MINOR)
    assert [(int(at), chat) for at, chat, *_ in run(queue, 10)] == [(0, 7), (0, 7), (0, 7), (0, 8), (1, 7)]


def test_a_retry_after_stops_the_chat_it_was_given_for() -> None:
    queue = Queue(EVEN)
    queue.stop(7, until=30)
    add(queue, 7, 1)
    add(queue, 8, 1)
    assert [(at, chat) for at, chat, *_ in run(queue, 60)] == [(0, 8), (30, 7)]


def test_an_alert_that_would_wait_long_for_its_chat_comes_back_later() -> None:
    queue = Queue(EVEN)
    queue.stop(7, until=30)
    add(queue, 7, 1, Urgency.SEVERE)
    assert run(queue, 60) == [(0, 7, Urgency.SEVERE.value, 30)]


def test_a_long_row_of_alerts_for_one_chat_keeps_few_of_them_waiting() -> None:
    queue = Queue(EVEN)
    add(queue, 7, 20, Urgency.SEVERE)
    released = run(queue, 60)
    gone = [at for at, _, _, later in released if not later]
    assert len(released) == 20
    assert 3 <= len(gone) <= 10
    assert all(at == 0 for at, _, _, later in released if later)


def test_edits_have_an_allowance_of_their_own_in_a_chat() -> None:
    queue = Queue(EVEN)
    add(queue, 7, 3)
    add(queue, 7, 3, kind=Kind.EDIT)
    assert {int(at) for at, *_ in run(queue, 10)} == {0}


def test_a_ticket_nobody_waits_for_takes_no_turn() -> None:
    queue = Queue(Allowances(overall_per_s=1, overall_burst=1))
    first = queue.add(7, Kind.SEND, Urgency.ANSWER)
    queue.discard(first)
    add(queue, 8, 1)
    assert [(at, chat) for at, chat, *_ in run(queue, 10)] == [(0, 8)]
    assert queue.next_at(10) is None


@pytest.mark.parametrize("chat", [-5, "@channel"])
def test_groups_and_named_channels_share_the_limit_of_groups(chat: object) -> None:
    queue = Queue(EVEN)
    add(queue, chat, 21)
    assert sum(at < 1 for at, *_ in run(queue, 100)) == 20
