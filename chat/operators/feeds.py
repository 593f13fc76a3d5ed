"""/feeds: how every feed is; add, pause, remove."""

from hashlib import sha256

from alerts.i18n import mark as _
from alerts.i18n import zone
from alerts.phrases import plain
from chat.presses import Press, fitting
from chat.screens import Answer, Button, Screen, in_rows, said
from chat.turn import StalePress, Turn
from feeds.errors import FetchError, shown
from feeds.schedule import SILENT_AFTER_GAPS, FeedState, FeedStatus
from pipeline.feed_keeping import AlreadyRead, FeedPreview, KeptFeed, NotAnAddress

PAGE = 8
WORDS = 40  # bytes of a search that a button carries
_NOT_READ = None  # stands in the place of a status
_STATUSES = {
    FeedStatus.FAILING: _("failing"),
    FeedStatus.SILENT: _("silent"),
    FeedStatus.RETIRED: _("withdrawn by its server"),
    FeedStatus.PAUSED: _("paused"),
    _NOT_READ: _("not read yet"),
    FeedStatus.HEALTHY: _("healthy"),
}
_COUNTED = {
    FeedStatus.FAILING: _("{number} failing"),
    FeedStatus.SILENT: _("{number} silent"),
    FeedStatus.RETIRED: _("{number} withdrawn"),
    FeedStatus.PAUSED: _("{number} paused"),
    _NOT_READ: _("{number} not read yet"),
    FeedStatus.HEALTHY: _("{number} healthy"),
}
_ORDER = list(_STATUSES)  # who is in trouble comes first
_HOUR_S, _DAY_S = 3_600, 86_400


async def feeds(turn: Turn) -> Answer:
    """/feeds, /feeds WORDS, /feeds add ADDRESS [language]."""
    words = turn.text.split()
    if words and words[0].casefold() == "add":
        return await _preview(turn, words[1:])
    return Answer((await _list(turn, turn.text, 0),))


async def turned(turn: Turn) -> Answer:
    return Answer((await _list(turn, turn.field(1), turn.number(0)),))


async def _list(turn: Turn, words: str, page: int) -> Screen:
    t = turn.t
    found = [kept for kept in await turn.do(turn.services.feeds.feeds) if _is_meant(kept, words)]
    if not found:
        return Screen(t.text("No feed is called so. /feeds lists all, /feeds add and an address adds one."))
    found.sort(key=lambda kept: (_ORDER.index(_how(kept.state)), kept.publisher.name.casefold(), kept.feed.url))
    pages = -(-len(found) // PAGE)
    page = max(0, min(page, pages - 1))
    rows = list(enumerate(found, 1))[page * PAGE : (page + 1) * PAGE]
    counts = [(status, sum(_how(kept.state) is status for kept in found)) for status in _ORDER]
    head = [t.text(_COUNTED[status], number=t.number(number)) for status, number in counts if number]
    lines = [t.plural("{count} feed: {states}.", "{count} feeds: {states}.", len(found), states=", ".join(head))]
    lines += [_line(turn, number, kept) for number, kept in rows]
    lines.append(t.text("/feeds add and an address shows what it holds before it is read."))
    kept_words = fitting(words.replace("|", " "), WORDS)
    turning = [Button("◀", Press.FEEDS.data(page - 1, kept_words))] if page else []
    turning += [Button("▶", Press.FEEDS.data(page + 1, kept_words))] if page < pages - 1 else []
    numbers = in_rows([Button(str(number), Press.FEED.data(key_of(kept.feed.url))) for number, kept in rows], 4)
    return Screen("\n".join(lines), (*numbers, tuple(turning)) if turning else numbers)


def _how(state: FeedState) -> FeedStatus | None:
    return _NOT_READ if state.waiting else state.status


def _is_meant(kept: KeptFeed, words: str) -> bool:
    text = f"{kept.publisher.name} {kept.publisher.id} {kept.feed.url} {kept.publisher.home or ''}".casefold()
    return all(word in text for word in words.casefold().split())


def _line(turn: Turn, number: int, kept: KeptFeed) -> str:
    newest = turn.t.time(kept.state.newest, zone(turn.chat.time_zone)) if kept.state.newest else "?"
    return turn.t.text(
        "{number}. {name} ({host}): {status}, newest item {time}",
        number=number,
        name=plain(kept.publisher.name, 40),
        host=plain(shown(kept.feed.url).partition("://")[2], 60),  # a host may have many feeds
        status=turn.t.text(_STATUSES[_how(kept.state)]),
        time=newest,
    )


def key_of(name: str) -> str:
    """What a button says for an address or a publisher, which may be longer than a button."""
    return sha256(name.encode()).hexdigest()[:12]


async def _found(turn: Turn) -> KeptFeed:
    """The feed of the pressed button; raises StalePress."""
    wanted = turn.field(0)
    for kept in await turn.do(turn.services.feeds.feeds):
        if key_of(kept.feed.url) == wanted:
            return kept
    raise StalePress


async def show(turn: Turn) -> Answer:
    return Answer((_card(turn, await _found(turn)),))


def _card(turn: Turn, kept: KeptFeed) -> Screen:
    t, local, state = turn.t, zone(turn.chat.time_zone), kept.state
    lines = [
        t.text(
            "{name} ({id}), reliability {code}",
            name=plain(kept.publisher.name, 60),
            id=kept.publisher.id,
            code=kept.publisher.reliability.value,
        ),
        shown(kept.feed.url),
        t.text("State: {status}.", status=t.text(_STATUSES[_how(state)])),
        t.text("Last read: {time}.", time=t.time(state.last_success, local) if state.last_success else "?"),
        t.text("Newest item: {time}.", time=t.time(state.newest, local) if state.newest else "?"),
    ]
    if state.gap_s:
        habit, limit = _span(turn, state.gap_s), _span(turn, max(_DAY_S, state.gap_s * SILENT_AFTER_GAPS))
        lines.append(t.text("Publishes every {habit}; counts as silent after {limit}.", habit=habit, limit=limit))
    if state.failures:
        lines.append(t.plural("{count} failure in a row.", "{count} failures in a row.", state.failures))
    if state.detail:
        lines.append(plain(state.detail, 200))
    if state.moved_to:
        lines.append(t.text("Moved to {url}.", url=shown(state.moved_to)))
    key, resting = key_of(kept.feed.url), state.status in (FeedStatus.PAUSED, FeedStatus.RETIRED)
    change = (
        Button(t.text("Read again"), Press.FEED_SET.data(key, "resume"))
        if resting
        else Button(t.text("Pause"), Press.FEED_SET.data(key, "pause"))
    )
    remove = Button(t.text("Remove"), Press.FEED_SET.data(key, "ask"))
    grade = Button(t.text("Reliability"), Press.PUBLISHER.data(key_of(kept.publisher.id)))
    return Screen("\n".join(lines), ((change, remove), (grade, _to_list(turn))))


def _span(turn: Turn, seconds: int) -> str:
    t = turn.t
    if seconds >= 2 * _DAY_S:
        return t.plural("{count} day", "{count} days", round(seconds / _DAY_S))
    if seconds >= 2 * _HOUR_S:
        return t.plural("{count} hour", "{count} hours", round(seconds / _HOUR_S))
    return t.plural("{count} minute", "{count} minutes", max(1, round(seconds / 60)))


def _to_list(turn: Turn) -> Button:
    return Button(turn.t.text("All feeds"), Press.FEEDS.data(0, ""))


async def change(turn: Turn) -> Answer:
    """Pause, read again, or remove; removing asks first."""
    kept, t, keeper = await _found(turn), turn.t, turn.services.feeds
    url, key = kept.feed.url, key_of(kept.feed.url)
    match turn.field(1):
        case "pause":
            await turn.do(keeper.pause, url)
        case "resume":
            await turn.do(keeper.resume, url)
        case "ask":
            text = t.text("Read {url} no more? What came from it stays.", url=shown(url))
            yes = Button(t.text("Remove"), Press.FEED_SET.data(key, "remove"))
            return said(text, (yes, Button(t.text("◀ Back"), Press.FEED.data(key))))
        case "remove":
            await turn.do(keeper.remove, url)
            return said(t.text("Removed: {url}. /feeds add brings it back.", url=shown(url)), (_to_list(turn),))
        case _:
            raise StalePress
    return Answer((_card(turn, await _found(turn)),), toast=t.text("Changed."))


async def _preview(turn: Turn, words: list[str]) -> Answer:
    t = turn.t
    if not words:
        return said(t.text("Which address? Write for example: /feeds add https://radio.example/rss"))
    language = words[1].lower() if len(words) > 1 and words[1].isalpha() and len(words[1]) in (2, 3) else None
    try:
        preview = await turn.services.feeds.preview(words[0], language)
    except NotAnAddress:
        return said(t.text("That is no http or https address. Write for example: /feeds add https://radio.example/rss"))
    except AlreadyRead:
        return said(t.text("This feed is read already. /feeds and a word of its name finds it."))
    except FetchError as error:
        return said(t.text("No feed can be had there: {problem}.", problem=plain(str(error), 300)))
    return Answer((_shown_preview(turn, preview),))


def _shown_preview(turn: Turn, preview: FeedPreview) -> Screen:
    t = turn.t
    newest = t.time(preview.newest, zone(turn.chat.time_zone)) if preview.newest else "?"
    lines = [
        shown(preview.url),
        t.text(
            "Publisher: {name}, reliability {code}.",
            name=plain(preview.publisher.name, 60),
            code=preview.publisher.reliability.value,
        ),
        t.plural("{count} entry, newest {time}.", "{count} entries, newest {time}.", preview.entries, time=newest),
    ]
    if preview.language:
        lines.append(t.text("Language: {language}.", language=t.language_name(preview.language)))
    if preview.gap_s:
        lines.append(t.text("A new entry every {habit}.", habit=_span(turn, preview.gap_s)))
    lines += [f"· {plain(title, 120)}" for title in preview.titles]
    yes = Button(t.text("Read this feed"), Press.FEED_ADD.data(preview.draft_id))
    return Screen("\n".join(lines), ((yes, _to_list(turn)),))


async def added(turn: Turn) -> Answer:
    url = await turn.do(turn.services.feeds.add, turn.number(0))
    if url is None:
        raise StalePress
    text = turn.t.text("Read from now on: {url}.", url=shown(url))
    return said(text, (Button(turn.t.text("How it is"), Press.FEED.data(key_of(url))), _to_list(turn)))
