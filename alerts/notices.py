"""What is told to many chats and is about no incident: an operator's words, troubles with feeds. Texts, pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from alerts.i18n import Translator, load, zone
from alerts.levels import region_name
from alerts.phrases import plain
from alerts.types import Chat
from feeds.errors import shown
from feeds.health import Trouble, TroubleKind
from places.types import Area

MOST_LINES = 25
MOST_NAMED = 6


class NoticeKind(StrEnum):
    BROADCAST = "broadcast"  # to every active chat, in the operator's own words
    TROUBLE = "trouble"  # to operators: feeds are dead
    RECOVERY = "recovery"  # to operators: they are not any more
    SILENCE = "silence"  # to those who watch a region: too few of its usual sources speak
    SPEAKING = "speaking"  # to those who were told so: they speak again


# Who is told silently: it is worth knowing, and nobody is to be woken by it.
SILENT = frozenset({NoticeKind.SILENCE, NoticeKind.SPEAKING})
FOR_OPERATORS = frozenset({NoticeKind.TROUBLE, NoticeKind.RECOVERY})


@dataclass(frozen=True, slots=True)
class Notice:
    """`text`: of a broadcast. `troubles`: what began or is over. `area`, `usual` (how many sources it has) and `names`
    (of those that are silent, or speak again): of a silence. `answers`: the id of the notice that told its begin."""

    kind: NoticeKind
    text: str = ""
    troubles: tuple[Trouble, ...] = ()
    area: Area | None = None
    usual: int = 0
    names: tuple[str, ...] = ()
    answers: int | None = None


def render_notice(notice: Notice, chat: Chat) -> str:
    """The text for one chat, in its language and time."""
    t = load(chat.language)
    match notice.kind:
        case NoticeKind.BROADCAST:
            return t.text("From those who run this bot: {text}", text=notice.text)
        case NoticeKind.TROUBLE:
            return _listed(notice.troubles, _begun, t, zone(chat.time_zone))
        case NoticeKind.RECOVERY:
            return _listed(notice.troubles, _over, t, zone(chat.time_zone))
        case NoticeKind.SILENCE:
            return silence_line(notice, t)
        case NoticeKind.SPEAKING if not notice.names:
            return t.text("Enough of the usual sources for {region} publish again.", region=_region(notice, t))
        case NoticeKind.SPEAKING:
            return t.text(
                "The usual sources for {region} publish again: {names}.",
                region=_region(notice, t),
                names=_names(notice, t),
            )


def silence_line(notice: Notice, t: Translator) -> str:
    """ "3 of 4 usual sources for North Kivu (DR Congo) are silent: A, B and C. …"."""
    return t.plural(
        "{silent} of {count} usual source for {region} is silent: {names}. Silence is not safety: what happens there "
        "may go unreported.",
        "{silent} of {count} usual sources for {region} are silent: {names}. Silence is not safety: what happens there "
        "may go unreported.",
        notice.usual,
        silent=t.number(len(notice.names)),
        region=_region(notice, t),
        names=_names(notice, t),
    )


def _region(notice: Notice, t: Translator) -> str:
    return region_name(notice.area, t) if notice.area else ""


def _names(notice: Notice, t: Translator) -> str:
    named = [plain(name, 60) for name in notice.names[:MOST_NAMED]]
    if len(notice.names) > MOST_NAMED:
        named.append(t.plural("{count} more", "{count} more", len(notice.names) - MOST_NAMED))
    return t.listing(named)


def _listed(
    troubles: tuple[Trouble, ...], line: Callable[[Trouble, Translator, tzinfo], str], t: Translator, local: tzinfo
) -> str:
    """The troubles, each on a line; the feeds of a country that is named as a whole are not named again."""
    countries = {trouble.subject for trouble in troubles if trouble.kind is TroubleKind.COUNTRY}
    told = [x for x in troubles if x.kind is not TroubleKind.FEED or x.home not in countries]
    lines = [line(trouble, t, local) for trouble in told[:MOST_LINES]]
    if len(told) > MOST_LINES:
        lines.append(t.plural("{count} more", "{count} more", len(told) - MOST_LINES))
    return "\n".join([*lines, t.text("/feeds shows how all of them are.")])


def _begun(trouble: Trouble, t: Translator, local: tzinfo) -> str:
    last = t.time(trouble.last, local) if trouble.last else ""
    name, url = plain(trouble.name, 60), shown(trouble.subject)
    match trouble.kind:
        case TroubleKind.NETWORK if last:
            return t.text("No feed answers since {time}: my own network seems to be down.", time=last)
        case TroubleKind.NETWORK:
            return t.text("No feed answers: my own network seems to be down.")
        case TroubleKind.COUNTRY:
            return t.plural(
                "{country}: its only feed is silent or fails. I would not hear of anything told there.",
                "{country}: all {count} feeds are silent or fail. I would not hear of anything told there.",
                trouble.feeds,
                country=t.country(trouble.subject),
            )
        case TroubleKind.FEED if trouble.failing and last:
            return t.text("{name} ({url}) cannot be read since {time}.", name=name, url=url, time=last)
        case TroubleKind.FEED if trouble.failing:
            return t.text("{name} ({url}) could never be read.", name=name, url=url)
        case TroubleKind.FEED if last:
            return t.text(
                "{name} ({url}) has been silent for longer than is its habit, since {time}.",
                name=name,
                url=url,
                time=last,
            )
    return t.text("{name} ({url}) is silent.", name=name, url=url)


def _over(trouble: Trouble, t: Translator, local: tzinfo) -> str:
    match trouble.kind:
        case TroubleKind.NETWORK if trouble.last:
            return t.text("Feeds answer again; none did since {time}.", time=t.time(trouble.last, local))
        case TroubleKind.NETWORK:
            return t.text("Feeds answer again.")
        case TroubleKind.COUNTRY:
            return t.text("{country}: not all feeds are silent any more.", country=t.country(trouble.subject))
    return t.text("{name} ({url}) is well again.", name=plain(trouble.name, 60), url=shown(trouble.subject))
