"""In words, what watches would have told a chat of late."""

from collections.abc import Mapping, Sequence

from alerts.i18n import mark_plural, zone
from alerts.phrases import SEVERITIES
from alerts.types import Severity, Watch
from chat.turn import Turn
from pipeline.previewing import preview

SENT = mark_plural(
    "In the last 30 days this watch would have sent {count} alert: {severities}.",
    "In the last 30 days this watch would have sent {count} alerts: {severities}.",
)
SENT_SINCE = mark_plural(
    "Since {date}, as far back as I remember, this watch would have sent {count} alert: {severities}.",
    "Since {date}, as far back as I remember, this watch would have sent {count} alerts: {severities}.",
)


async def of_watch(turn: Turn, watch: Watch) -> str:
    """What this watch would have sent."""
    t = turn.t
    found = await turn.do(preview, turn.services.store, turn.chat, [watch], turn.now)
    if found is None:
        return t.text("I have no history yet to show what this watch would have sent.")
    (counts,) = found.counts
    date = t.date(found.since, zone(turn.chat.time_zone)) if found.since else ""
    if not counts and found.since:
        return t.text("Since {date}, as far back as I remember, this watch would have sent nothing.", date=date)
    if not counts:
        return t.text("In the last 30 days this watch would have sent nothing.")
    forms = SENT_SINCE if found.since else SENT
    return t.plural(*forms, sum(counts.values()), severities=_severities(turn, counts), date=date)


async def of_choices(turn: Turn, choices: Sequence[tuple[str, Watch]]) -> list[str]:
    """What each choice would have sent, one line each below a heading; nothing where there is no history."""
    t = turn.t
    found = await turn.do(preview, turn.services.store, turn.chat, [watch for _, watch in choices], turn.now)
    if found is None:
        return []
    lines = [t.text("In the last 30 days you would have got:")]
    if found.since:
        date = t.date(found.since, zone(turn.chat.time_zone))
        lines = [t.text("Since {date}, as far back as I remember, you would have got:", date=date)]
    for (name, _), counts in zip(choices, found.counts, strict=True):
        lines.append(t.text("{choice}: {alerts}", choice=name, alerts=_alerts(turn, counts)))
    return lines


def _alerts(turn: Turn, counts: Mapping[Severity, int]) -> str:
    if not counts:
        return turn.t.text("no alert")
    return turn.t.plural(
        "{count} alert: {severities}",
        "{count} alerts: {severities}",
        sum(counts.values()),
        severities=_severities(turn, counts),
    )


def _severities(turn: Turn, counts: Mapping[Severity, int]) -> str:
    """ "2 Extreme, 5 Severe and 7 Moderate"."""
    t = turn.t
    parts = [
        t.text("{number} {severity}", number=t.number(count), severity=t.text(SEVERITIES[severity]))
        for severity, count in counts.items()
    ]
    return t.listing(parts)
