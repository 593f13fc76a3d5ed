"""What is owed to a chat, and in which order."""

import pytest

from alerts.types import Reason, Severity
from store import owed


def urgency(**fields: object) -> int | None:
    defaults: dict[str, object] = {"wanted": 1, "sent": 0, "refused": 0, "replies": {}, "severity": Severity.SEVERE}
    return owed.urgency(**{**defaults, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "settled",
    [
        {"wanted": 2, "sent": 2},
        {"wanted": 2, "sent": 3},  # the text was of a newer revision than wanted
        {"wanted": 2, "refused": 2},
        {"wanted": 2, "refused": 2, "replies": {Reason.DISPUTED: 2}},  # nothing to reply to
        {"wanted": 3, "sent": 1, "refused": 3},
        {"wanted": 3, "sent": 1, "live": False},  # an entry of a digest cannot be edited
    ],
)
def test_nothing_is_owed(settled: dict[str, object]) -> None:
    assert urgency(**settled) is None


def test_what_rings_goes_before_silent_edits_and_extreme_before_minor() -> None:
    in_order = [
        urgency(severity=Severity.EXTREME),
        urgency(severity=Severity.EXTREME, sent=1, replies={Reason.DISPUTED: 2}),
        urgency(severity=Severity.SEVERE),
        urgency(severity=Severity.MODERATE, wanted=2, sent=1, replies={Reason.CONFIRMED: 2}),
        urgency(severity=Severity.MINOR),
        urgency(severity=Severity.EXTREME, wanted=2, sent=1),
        urgency(severity=Severity.MINOR, wanted=2, sent=1),
    ]

    assert None not in in_order
    assert in_order == sorted(in_order, key=lambda value: value or 0)
    assert len(set(in_order)) == len(in_order)


def test_a_newer_revision_is_owed_although_an_older_one_was_refused() -> None:
    assert urgency(wanted=3, refused=2) is not None


def test_what_a_digest_told_is_owed_a_reply() -> None:
    assert urgency(wanted=2, sent=1, live=False, replies={Reason.WITHDRAWN: 2}) is not None


@pytest.mark.parametrize("reason", [Reason.NEW, Reason.UPDATED, Reason.EXPIRED])
def test_some_reasons_owe_no_reply(reason: Reason) -> None:
    assert owed.with_reply({}, reason, 2) == {}


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason.sounds and reason is not Reason.NEW])
def test_every_other_reason_that_sounds_owes_one(reason: Reason) -> None:
    assert owed.weightiest(owed.with_reply({}, reason, 2)) is reason


def test_the_weightiest_reason_is_told() -> None:
    by_weight = [
        Reason.WITHDRAWN,
        Reason.CORRECTED,
        Reason.DISPUTED,
        Reason.ESCALATED,
        Reason.CONFIRMED,
        Reason.CORROBORATED,
        Reason.EASED,
    ]
    for place, reason in enumerate(by_weight):
        assert owed.weightiest(dict.fromkeys(reversed(by_weight[place:]), 2)) is reason
    assert owed.weightiest({}) is None


def test_what_came_after_the_told_revision_stays_owed() -> None:
    replies = owed.with_reply(owed.with_reply({}, Reason.DISPUTED, 2), Reason.CORROBORATED, 3)

    assert owed.after(replies, 2) == {Reason.CORROBORATED: 3}
    assert owed.after(replies, 3) == {}
