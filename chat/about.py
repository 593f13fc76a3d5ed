"""/help and /status, and what a new group is greeted with."""

from datetime import timedelta

from alerts.i18n import Translator, zone
from alerts.i18n import mark as _
from alerts.notices import silence_line
from alerts.parties import party_name, party_names
from alerts.phrases import CERTAINTIES, place_line
from alerts.types import Edition
from alerts.view import public_id, stamped
from chat.areas import named, unsure
from chat.operators.menu import COMMANDS as FOR_OPERATORS
from chat.pause_lines import pause_line
from chat.screens import Answer, said
from chat.turn import Turn
from feeds.schedule import FeedStatus
from incidents.control import Holding
from pipeline import status as feed_status
from pipeline.asking import BadRadius
from pipeline.status import FeedTrouble, SystemStatus
from places.types import Precision

HOLDINGS = 5  # changes of hands of one town that are listed
DEAF = timedelta(minutes=15)  # polls without any answer for so long are worth a word

# In the order of the menu; every command that is shown to people.
COMMANDS = {
    "watch": _("Watch a place: /watch 200 km around Walikale"),
    "watches": _("What you watch: change, remove"),
    "mutes": _("What is muted, and until when"),
    "alerts": _("What I told you; also of a place, a date, or with words"),
    "alert": _("All that is known of one alert: /alert 417"),
    "search": _("Search all that I read and told you: /search hospital Walikale"),
    "export": _("What I told you as a file: /export North Kivu 2025-03 csv"),
    "level": _("How much fighting is reported from a place, and its past year: /level North Kivu"),
    "map": _("A map of what was reported: /map North Kivu 30"),
    "trend": _("Incidents by week against the past: /trend North Kivu"),
    "status": _("How the sources are; with a town, who holds it"),
    "import": _("Your bases from a file: CSV or GeoJSON"),
    "topic": _("In a forum: what is told in this topic"),
    "channel": _("What a channel of yours watches: /channel @name"),
    "share": _("A link that gives what you watch to others"),
    "language": _("The language in which I write"),
    "timezone": _("The zone in which times are shown"),
    "settings": _("All that this chat chose, on one screen"),
    "quiet": _("Hours without alerts: /quiet 22:00-06:00"),
    "digest": _("Alerts together instead of at once: /digest hourly, /digest 07:30"),
    "pause": _("No alerts for a while: /pause 3 days, /pause until Monday 08:00"),
    "resume": _("End a pause; what was missed comes in one digest"),
    "stop": _("Pause alerts, keep the watches"),
    "start": _("Begin, or send alerts again"),
    "forget": _("Erase all I keep of this chat"),
    "help": _("What I can do"),
}


async def help_(turn: Turn) -> Answer:
    t = turn.t
    lines = [
        t.text(
            "I read news feeds for signs of armed conflict and write to you when something happens where you watch."
        ),
        "",
        *(_described(name, words, t) for name, words in COMMANDS.items()),
        "",
        t.text(
            "The first word of an alert says how sure it is: CLAIMED by a party, REPORTED by one outlet, CORROBORATED "
            "by several or CONFIRMED by those who must know; DISPUTED where it is denied."
        ),
        t.text(
            "Under an alert, Sources shows who says what, Why? how it was read, Mute keeps me silent about it for a "
            "while; with Wrong? you tell me what is wrong with it. /alert shows all that is known."
        ),
        t.text("Without a command, the name of a place is enough."),
    ]
    if not turn.private:
        lines.append(t.text("In groups only administrators change what is watched."))
    elif turn.operator:
        lines += ["", t.text("You run this bot, so you also have:")]
        lines += [_described(name, words, t) for name, words in FOR_OPERATORS.items()]
    return said("\n".join(lines))


def _described(name: str, words: str, t: Translator) -> str:
    return t.led(f"{t.apart('/' + name)} - {t.text(words)}")


async def status(turn: Turn) -> Answer:
    """/status: how the feeds are; /status PLACE: who holds a town, by what was reported."""
    t = turn.t
    if turn.text:
        return said(await _control(turn))
    feeds = await turn.do(feed_status.status, turn.services.store)
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    lines = [
        t.text(
            "Feeds: {healthy} healthy, {failing} failing, {silent} silent.",
            healthy=feeds.healthy,
            failing=feeds.failing,
            silent=feeds.silent,
        )
    ]
    if feeds.waiting:
        lines.append(t.plural("{count} feed was not read yet.", "{count} feeds were not read yet.", feeds.waiting))
    lines += _polls(feeds, turn)
    lines += [_trouble(trouble, turn) for trouble in feeds.worst]
    silences = await turn.do(turn.services.feed_watch.lasting, [watch.area for watch in watches])
    lines += [silence_line(notice, t) for notice in silences]
    lines.append(t.plural("You watch {count} area.", "You watch {count} areas.", len(watches)))
    lines += filter(None, [pause_line(turn)])
    lines.append(t.text("A silent source does not mean that all is quiet."))
    lines.append(t.text("Tocsin {version}.", version=turn.services.version))
    return said("\n".join(lines))


async def _control(turn: Turn) -> str:
    t = turn.t
    wanted = await named(turn, turn.text)
    if isinstance(wanted, BadRadius) or not wanted.found.places:
        return t.text("I know no town of this name. /status alone says how the sources are.")
    if not wanted.found.sure:
        return unsure(turn, wanted)
    town = next((place for place in wanted.found.places if place.precision is Precision.PLACE), None)
    if town is None:
        return t.text("I know no town of this name. /status alone says how the sources are.")
    told = await turn.do(feed_status.control, turn.services.stores, town, turn.now)
    where = place_line(town, t)
    if not told:
        return t.text("I have no report that {place} changed hands in the past year.", place=where)
    lines = [t.text("{place}: what was reported, not what I know.", place=where)]
    lines += [_holding(edition, holding, turn) for edition, holding in told[:HOLDINGS]]
    return "\n".join(lines)


def _holding(edition: Edition, holding: Holding, turn: Turn) -> str:
    t = turn.t
    line = t.text(
        "Held by {name} since {time}, according to {sources} ({certainty}). {id}",
        name=party_name(holding.held_by, t) if holding.held_by else t.text("a side not named"),
        time=t.full_time(holding.since, zone(turn.chat.time_zone)),
        sources=t.listing(party_names(holding.according_to, t)[:4]) or t.text("unnamed sources"),
        certainty=t.text(CERTAINTIES[holding.certainty]),
        id=public_id(edition, holding.incident_id),
    )
    if holding.disputed_by:
        deniers = t.listing(party_names(holding.disputed_by, t))
        line += " " + t.text("Denied by {names}.", names=deniers)
    return stamped(line, edition, turn.chat.language)


def _polls(feeds: SystemStatus, turn: Turn) -> list[str]:
    t, local = turn.t, zone(turn.chat.time_zone)
    if feeds.last_poll is None:
        return [t.text("No poll yet.")]
    lines = [t.text("Last poll: {time}.", time=t.time(feeds.last_poll, local))]
    if feeds.last_read is None:
        lines.append(t.text("No feed has answered yet: I may be offline."))
    elif feeds.last_poll - feeds.last_read > DEAF:
        lines.append(t.text("No feed answers since {time}: I may be offline.", time=t.time(feeds.last_read, local)))
    return lines


def _trouble(trouble: FeedTrouble, turn: Turn) -> str:
    t, local = turn.t, zone(turn.chat.time_zone)
    host = trouble.url.partition("//")[2].partition("/")[0]
    if trouble.status is FeedStatus.SILENT:
        newest = t.time(trouble.newest, local) if trouble.newest else "?"
        return t.text("· {host}: silent, newest item {time}", host=host, time=newest)
    if trouble.since is None:
        return t.text("· {host}: failing, never read", host=host)
    return t.text("· {host}: failing, last read {time}", host=host, time=t.time(trouble.since, local))


async def unknown_command(turn: Turn) -> Answer:
    return said(turn.t.text("I do not know this command. /help lists those I know."))


def greeting(turn: Turn) -> Answer:
    return said(
        turn.t.text(
            "Hello. I warn of armed conflict near the places a group watches. Administrators: /start chooses a "
            "language and a first region, /watch adds a place, /help says more."
        )
    )
