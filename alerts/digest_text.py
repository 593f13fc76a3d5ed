"""The text of a digest: what a chat is told together, the gravest first, as many whole entries as one message holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.digest import Why
from alerts.i18n import Translator, load, mark_plural
from alerts.message import status_words, what
from alerts.phrases import SEVERITIES
from alerts.reply import render_reply
from alerts.types import Edition, Language, Reason
from alerts.view import AlertView, moment_of, stamped

MOST_UNITS = 3800  # of 4,096 that a message of Telegram holds, as UTF-16 code units

_HEADS = {
    Why.RHYTHM: mark_plural("DIGEST: {count} event since {start}.", "DIGEST: {count} events since {start}."),
    Why.QUIET: mark_plural(
        "DIGEST of your quiet hours: {count} event since {start}.",
        "DIGEST of your quiet hours: {count} events since {start}.",
    ),
    Why.PAUSE: mark_plural(
        "DIGEST of the pause: {count} event since {start}.", "DIGEST of the pause: {count} events since {start}."
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """`reason`: what changed of what the reader was told before; None: it is new to the reader."""

    view: AlertView
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the entries. `number`: which message of the digest this is, from 1; `last`: no other follows,
    so what does not fit is counted."""

    why: Why
    since: datetime
    now: datetime
    edition: Edition
    language: Language
    time_zone: str
    number: int = 1
    last: bool = False


def page(entries: Sequence[Entry], heading: Heading, rises: Sequence[str] = ()) -> tuple[str, int]:
    """One message, and how many of the entries, from the first on, stand in it: at least one, where there is any.
    `rises`: what is told of regions that rise, above the entries."""
    t = load(heading.language)
    head = "\n".join([_head(entries, heading, t), *rises])
    foot = t.text("/alert and a number shows all that is known of one of them.") if entries else ""
    blocks: list[str] = []
    room = MOST_UNITS - _units(head) - _units(foot) - _units(_rest(len(entries), t))
    for number, entry in enumerate(entries, 1):
        block = t.text("{number}. {entry}", number=number, entry=_entry(entry, t))
        room -= _units(block) + 1
        if room < 0 and blocks:
            break
        blocks.append(block)
    left = len(entries) - len(blocks)
    rest = [_rest(left, t)] if left and heading.last else []
    text = "\n".join(filter(None, [head, *blocks, *rest, foot]))
    return stamped(text, heading.edition, heading.language), len(blocks)


def _head(entries: Sequence[Entry], heading: Heading, t: Translator) -> str:
    if heading.number > 1:
        return t.text("DIGEST, continued ({number}).", number=heading.number)
    start = moment_of(heading.since, heading.now, heading.time_zone, t)
    return t.plural(*_HEADS[heading.why], len(entries), start=start)


def _rest(count: int, t: Translator) -> str:
    return t.plural(
        "And {count} more, less grave or older: /alerts lists all.",
        "And {count} more, less grave or older: /alerts lists all.",
        count,
    )


def _entry(entry: Entry, t: Translator) -> str:
    view = entry.view
    if entry.reason is not None:
        return render_reply(view, entry.reason)
    return t.text(
        "{status}: {what}. {severity}, {time}. {id}",
        status=status_words(view),
        what=what(view.incident, t),
        severity=t.text(SEVERITIES[view.severity]),
        time=view.moment(view.incident.last_seen),
        id=view.public_id,
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
