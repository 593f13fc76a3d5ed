"""What a button carries: at most 64 bytes of callback data. Everything that a press needs is in them."""

from enum import StrEnum

MAX_BYTES = 64
_SEPARATOR = "|"


class Press(StrEnum):
    """What a button asks for; the value is the first field of its data."""

    LANGUAGE = "lg"  # language
    REGION = "rg"  # number of a first region
    CHOOSE = "ch"  # place key, radius or ""
    SAVE = "sv"  # place key, radius
    CIRCLE = "ci"  # latitude, longitude, radius
    CARD = "cd"  # watch id
    RADII = "rs"  # watch id: show the radius buttons
    RADIUS = "rd"  # watch id, radius
    SEVERITIES = "ss"
    SEVERITY = "sy"  # watch id, severity rank
    KINDS = "ks"  # watch id: show the kinds
    KIND = "kd"  # watch id, number of a signal or "*", 1 in or 0 out
    CERTAINTIES = "cs"
    CERTAINTY = "cy"  # watch id, certainty rank
    NIGHT = "ni"  # watch id: show the bar for the night
    SET_NIGHT = "sn"  # watch id, severity rank or "" for as by day, certainty rank
    KIND_RADII = "kr"  # watch id: show which kinds have a radius of their own
    KIND_RADIUS = "kq"  # watch id, number of a signal: show the radius buttons
    SET_KIND_RADIUS = "sk"  # watch id, number of a signal, radius or "" for the watch's
    REMOVE = "rm"  # watch id
    WATCHES = "ws"  # page
    HISTORY = "hi"  # this and the next: see chat/told.py
    HISTORY_BY_WATCH = "hw"
    HISTORY_BY_KIND = "hk"
    HISTORY_BY_PERIOD = "hp"
    HISTORY_BY_SEVERITY = "hs"
    HISTORY_BY_STATUS = "hq"
    DETAIL = "dt"  # edition letter, incident id
    WHY = "wy"  # edition letter, incident id
    WRONG = "wr"  # edition letter, incident id: show what may be wrong
    VERDICT = "vd"  # edition letter, incident id, fault or "" to take it back
    ALERT = "al"  # edition letter, incident id: show the alert's own buttons again
    SHOW = "sw"  # edition letter, incident id: show the alert again, text and buttons
    SOURCES = "so"  # edition letter, incident id: show its sources in the alert's place
    MUTE = "mu"  # edition letter, incident id: show what can be muted
    MUTE_SCOPE = "ms"  # edition letter, incident id, scope
    MUTE_FOR = "mf"  # edition letter, incident id, scope, hours or 0 to end it
    MUTE_END = "me"  # edition letter, mute id
    ZONE = "tz"  # IANA name
    QUIET = "qu"  # hours or "off"
    RESUME = "re"
    PAUSE = "pa"  # hours
    SETTINGS = "st"  # section or "" for all, what was chosen in it
    MAP = "mp"  # edition letter, incident id
    MAP_OF = "mo"  # watch id, 0 for the world, or place key; period
    TREND_OF = "to"  # as of MAP_OF
    LEVEL_OF = "lo"  # place key
    TAKE_AWAY = "ta"  # the message with the button
    SEARCH = "se"  # page, words
    EXPORT = "ex"  # format or "" to ask for it, place and period as written
    FORGET = "fg"  # "yes" or "no"
    IMPORT = "im"  # "yes" or "no"; the file is that which the message answers
    WATCH_FILE = "wf"
    TOPIC = "tp"  # topic where the button is, watch id, topic to tell it in; 0 for General
    CHANNEL = "cn"  # "set" or "clear", chat id
    SHARES = "sh"
    REVOKE = "rv"  # share id
    ADOPT = "ad"  # token of a share
    FEEDS = "of"  # page, words
    FEED = "od"  # key of a feed
    FEED_SET = "oe"  # key of a feed, what to do with it
    FEED_ADD = "oa"  # draft id
    PUBLISHERS = "op"  # page, words
    PUBLISHER = "oq"  # key of a publisher
    GRADE = "og"  # key of a publisher, letter or "" for feeds.yaml's
    BROADCAST = "ob"  # draft id, "yes" or "no"
    REVIEW = "ow"  # incident id, decision, "ask" or "next"
    WITHDRAW = "ox"  # draft id, "yes" or "no"
    INVITE = "oi"  # invitation id to revoke, or "" to list them

    def data(self, *fields: object) -> str:
        """The callback data. Raises ValueError when it would be too long, or a field holds a separator."""
        parts = [self.value, *map(str, fields)]
        if any(_SEPARATOR in part for part in parts):
            raise ValueError(f"{_SEPARATOR!r} in {parts}")
        text = _SEPARATOR.join(parts)
        if len(text.encode()) > MAX_BYTES:
            raise ValueError(f"callback data longer than {MAX_BYTES} bytes: {text}")
        return text


def parse(data: str) -> tuple[Press, list[str]] | None:
    """The press and its fields; None: not a button of this version."""
    code, *fields = data.split(_SEPARATOR)
    try:
        return Press(code), fields
    except ValueError:
        return None


def fitting(words: str, room: int) -> str:
    """As many whole words as fit into `room` bytes; a first word too long is cut."""
    kept = ""
    for word in words.split():
        longer = f"{kept} {word}".strip()
        if len(longer.encode()) > room:
            break
        kept = longer
    return kept or words.encode()[:room].decode("utf-8", "ignore").strip()
