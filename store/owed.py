"""The rules of the outbox: what is owed to a chat, and what goes out first. Pure."""

from collections.abc import Mapping

from alerts.types import Reason, Severity

# The weightiest first: the one reply that is sent names the weightiest reason of those owed.
_BY_WEIGHT = (
    Reason.WITHDRAWN,
    Reason.CORRECTED,
    Reason.DISPUTED,
    Reason.ESCALATED,
    Reason.CONFIRMED,
    Reason.CORROBORATED,
    Reason.EASED,
    Reason.LEVEL_RISING,
)

Replies = Mapping[Reason, int]  # owed reasons, each with the revision that brought it


def with_reply(replies: Replies, reason: Reason, revision: int) -> dict[Reason, int]:
    """`replies` with one more; reasons that do not ring, and `new`, which the first message tells, owe none."""
    if reason not in _BY_WEIGHT:
        return dict(replies)
    return {**replies, reason: max(revision, replies.get(reason, 0))}


def after(replies: Replies, revision: int) -> dict[Reason, int]:
    """What is still owed once the chat has been told of everything up to `revision`."""
    return {reason: brought for reason, brought in replies.items() if brought > revision}


def weightiest(replies: Replies) -> Reason | None:
    return next((reason for reason in _BY_WEIGHT if reason in replies), None)


def urgency(
    *, wanted: int, sent: int, refused: int, replies: Replies, severity: Severity, live: bool = True
) -> int | None:
    """The order of sending, lowest first; None where nothing is owed.

    `live`: what was sent has a message of its own; what was told in a digest has none to edit. What rings (a first
    message, a reply) goes before every silent edit; Extreme before Minor; a first message before a reply of the same
    severity.
    """
    if wanted <= max(sent, refused) and not (sent and replies):
        return None
    if sent and not live and not replies:
        return None
    silent = bool(sent) and not replies
    return 8 * silent + 2 * (Severity.EXTREME.rank - severity.rank) + bool(sent)
