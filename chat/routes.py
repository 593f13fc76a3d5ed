"""Which handler answers which command and button, and who may use it."""

from collections.abc import Mapping
from dataclasses import dataclass

from chat import (
    about,
    cards,
    channels,
    exporting,
    hours,
    importing,
    judging,
    levels,
    looking_back,
    maps,
    muting,
    pausing,
    searching,
    settings,
    sharing,
    starting,
    told,
    topics,
    trends,
    watch_settings,
    watching,
)
from chat.operators import announcing, feeds, figures, inviting, publishers, reviews
from chat.presses import Press
from chat.turn import Handler


@dataclass(frozen=True, slots=True)
class Route:
    """`changes`: it changes what the chat is told or speaks in its name; in groups it is for administrators.
    `operators`: it is for operators, in their private chats; to all others there is no such thing."""

    handler: Handler
    changes: bool = True
    operators: bool = False


def _operators(handler: Handler) -> Route:
    return Route(handler, operators=True)


COMMANDS: Mapping[str, Route] = {
    "start": Route(starting.start),
    "stop": Route(pausing.stop),
    "pause": Route(pausing.pause),
    "resume": Route(pausing.resume),
    "settings": Route(settings.settings, changes=False),
    "digest": Route(settings.digest),
    "forget": Route(starting.forget),
    "language": Route(starting.language),
    "watch": Route(watching.watch),
    "watches": Route(cards.watches, changes=False),
    "mutes": Route(muting.mutes, changes=False),
    "alerts": Route(told.alerts, changes=False),
    "alert": Route(looking_back.alert, changes=False),
    "status": Route(about.status, changes=False),
    "level": Route(levels.level, changes=False),
    "map": Route(maps.map_, changes=False),
    "trend": Route(trends.trend, changes=False),
    "search": Route(searching.search, changes=False),
    "export": Route(exporting.export, changes=False),
    "share": Route(sharing.share),
    "channel": Route(channels.channel),
    "topic": Route(topics.topic),
    "import": Route(importing.import_, changes=False),
    "timezone": Route(hours.time_zone),
    "quiet": Route(hours.quiet),
    "help": Route(about.help_, changes=False),
    "feeds": _operators(feeds.feeds),
    "publishers": _operators(publishers.publishers),
    "review": _operators(reviews.review),
    "withdraw": _operators(reviews.withdraw),
    "broadcast": _operators(announcing.broadcast),
    "stats": _operators(figures.figures),
    "invite": _operators(inviting.invite),
}

PRESSES: Mapping[Press, Route] = {
    Press.LANGUAGE: Route(starting.language_chosen),
    Press.REGION: Route(starting.region_chosen),
    Press.CHOOSE: Route(watching.choose),
    Press.SAVE: Route(watching.save_circle_around),
    Press.CIRCLE: Route(watching.save_circle),
    Press.CARD: Route(cards.show_card, changes=False),
    Press.RADII: Route(watch_settings.show_radii),
    Press.RADIUS: Route(watch_settings.set_radius),
    Press.KIND_RADII: Route(watch_settings.show_kind_radii),
    Press.KIND_RADIUS: Route(watch_settings.show_kind_radius),
    Press.SET_KIND_RADIUS: Route(watch_settings.set_kind_radius),
    Press.SEVERITIES: Route(watch_settings.show_severities),
    Press.SEVERITY: Route(watch_settings.set_severity),
    Press.CERTAINTIES: Route(watch_settings.show_certainties),
    Press.CERTAINTY: Route(watch_settings.set_certainty),
    Press.NIGHT: Route(watch_settings.show_night),
    Press.SET_NIGHT: Route(watch_settings.set_night),
    Press.KINDS: Route(watch_settings.show_kinds),
    Press.KIND: Route(watch_settings.set_kind),
    Press.REMOVE: Route(cards.remove),
    Press.WATCHES: Route(cards.page_of_watches, changes=False),
    Press.HISTORY: Route(told.turned, changes=False),
    Press.HISTORY_BY_WATCH: Route(told.by_watch, changes=False),
    Press.HISTORY_BY_KIND: Route(told.by_kind, changes=False),
    Press.HISTORY_BY_PERIOD: Route(told.by_period, changes=False),
    Press.HISTORY_BY_SEVERITY: Route(told.by_severity, changes=False),
    Press.HISTORY_BY_STATUS: Route(told.by_status, changes=False),
    Press.MAP: Route(maps.of_alert, changes=False),
    Press.MAP_OF: Route(maps.watch_chosen, changes=False),
    Press.TREND_OF: Route(trends.watch_chosen, changes=False),
    Press.LEVEL_OF: Route(levels.place_chosen, changes=False),
    Press.TAKE_AWAY: Route(maps.take_away),
    Press.SEARCH: Route(searching.turned, changes=False),
    Press.EXPORT: Route(exporting.format_chosen, changes=False),
    Press.DETAIL: Route(looking_back.detail_pressed, changes=False),
    Press.WHY: Route(looking_back.why_pressed, changes=False),
    Press.WRONG: Route(judging.wrong_pressed),
    Press.VERDICT: Route(judging.judged),
    Press.ALERT: Route(judging.left, changes=False),
    Press.SHOW: Route(looking_back.shown_again, changes=False),
    Press.SOURCES: Route(looking_back.sources_pressed, changes=False),
    Press.MUTE: Route(muting.mute_pressed),
    Press.MUTE_SCOPE: Route(muting.scope_chosen),
    Press.MUTE_FOR: Route(muting.length_chosen),
    Press.MUTE_END: Route(muting.ended),
    Press.ZONE: Route(hours.zone_chosen),
    Press.QUIET: Route(hours.quiet_chosen),
    Press.RESUME: Route(pausing.resume),
    Press.PAUSE: Route(pausing.pause_chosen),
    Press.SETTINGS: Route(settings.pressed),
    Press.FORGET: Route(starting.forget_answered),
    Press.FEEDS: _operators(feeds.turned),
    Press.FEED: _operators(feeds.show),
    Press.FEED_SET: _operators(feeds.change),
    Press.FEED_ADD: _operators(feeds.added),
    Press.PUBLISHERS: _operators(publishers.turned),
    Press.PUBLISHER: _operators(publishers.show),
    Press.GRADE: _operators(publishers.graded),
    Press.BROADCAST: _operators(announcing.answered),
    Press.REVIEW: _operators(reviews.reviewed),
    Press.WITHDRAW: _operators(reviews.withdrawal_answered),
    Press.INVITE: _operators(inviting.pressed),
    Press.IMPORT: Route(importing.answered),
    Press.WATCH_FILE: Route(importing.watch_file, changes=False),
    Press.TOPIC: Route(topics.chosen),
    Press.CHANNEL: Route(channels.answered),
    Press.SHARES: Route(sharing.links),
    Press.REVOKE: Route(sharing.revoke),
    Press.ADOPT: Route(sharing.adopt),
}

TYPED = Route(watching.typed)
LOCATED = Route(watching.located)
UPLOADED = Route(importing.uploaded)
UNREADABLE = Route(watching.not_understood, changes=False)
UNKNOWN_COMMAND = Route(about.unknown_command, changes=False)
