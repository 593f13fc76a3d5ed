"""/stats: how much there is of everything."""

from alerts.i18n import mark_plural, zone
from alerts.types import ChatState
from chat.screens import Answer, said
from chat.turn import Turn
from pipeline.stats import Stats, stats
from store.counts import Made

_STATES = {
    ChatState.ACTIVE: mark_plural("{count} active chat ({languages})", "{count} active chats ({languages})"),
    ChatState.PAUSED: mark_plural("{count} paused chat ({languages})", "{count} paused chats ({languages})"),
    ChatState.RETIRED: mark_plural(
        "{count} chat that is gone ({languages})", "{count} chats that are gone ({languages})"
    ),
}
_MEGABYTE = 1_000_000


async def figures(turn: Turn) -> Answer:
    """/stats."""
    t = turn.t
    found = await turn.do(stats, turn.services.store, turn.now)
    lines = [
        _chats(turn, found),
        t.plural("{count} watch.", "{count} watches.", found.watches),
        t.text("In 24 hours: {made}.", made=_made(turn, found.day)),
        t.text("In 7 days: {made}.", made=_made(turn, found.week)),
        _waiting(turn, found),
        t.text("Memory: {count} MB.", count=t.number(round(found.memory / _MEGABYTE))),
        t.text("Model: {name}.", name=turn.services.model),
        t.text("Tocsin {version}.", version=turn.services.version),
    ]
    started = t.full_time(turn.services.started_at, zone(turn.chat.time_zone))
    return said("\n".join([*lines, t.text("Started {time}.", time=started)]))


def _chats(turn: Turn, found: Stats) -> str:
    t = turn.t
    parts = []
    for state, words in _STATES.items():
        by_language = {language: n for (of, language), n in found.chats.items() if of is state}
        if by_language:
            shown = t.listing(
                [f"{t.language_name(language.value)} {t.number(n)}" for language, n in by_language.items()]
            )
            parts.append(t.plural(*words, sum(by_language.values()), languages=shown))
    return t.text("{parts}.", parts=t.listing(parts)) if parts else t.text("No chats yet.")


def _made(turn: Turn, made: Made) -> str:
    t = turn.t
    return t.listing(
        [
            t.plural("{count} article", "{count} articles", made.articles),
            t.plural("{count} incident", "{count} incidents", made.incidents),
            t.plural("{count} alert", "{count} alerts", made.alerts),
        ]
    )


def _waiting(turn: Turn, found: Stats) -> str:
    t, waiting = turn.t, found.waiting
    if waiting.oldest is None:
        return t.text("Nothing waits to be sent.")
    oldest = t.full_time(waiting.oldest, zone(turn.chat.time_zone))
    return t.plural(
        "{count} message waits to be sent, the oldest since {time}.",
        "{count} messages wait to be sent, the oldest since {time}.",
        waiting.messages,
        time=oldest,
    )
