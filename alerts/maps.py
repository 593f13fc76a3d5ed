"""What a map of a region says: the values it is drawn from, and its words. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.i18n import Translator, load, mark_plural, zone
from alerts.message import status_words, what
from alerts.phrases import EXACT_KM, SEVERITIES, plain, shortened
from alerts.types import Edition, Language, Severity
from alerts.view import AlertView, public_id, stamped
from classifiers.taxonomy import SIGNALS, Signal
from incidents.types import Certainty, Incident
from places.types import Area, Precision

DEGREES = 1  # decimals of what is shown: nothing finer than 0.1 degree
LISTED, MORE = 4, 16  # lines under a map, and those beside them where it is not shown
KINDS_LISTED = 6
MOST_TEXT, MOST_MORE, MOST_LINE = 990, 2800, 210  # characters

INCIDENTS = mark_plural("{count} incident: {kinds}.", "{count} incidents: {kinds}.")
BY_COUNTRY = mark_plural(
    "{count} is known by its country only and has no point.",
    "{count} are known by their country only and have no point.",
)


@dataclass(frozen=True, slots=True)
class Sight:
    """An incident as a map shows it. `told`: the chat was told of it, so that its id opens it."""

    edition: Edition
    incident: Incident
    severity: Severity
    told: bool = False

    @property
    def drawn(self) -> bool:
        """Whether it has a point on the map: the middle of a country is nowhere in particular."""
        return self.incident.place.precision is not Precision.COUNTRY

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude, rounded."""
        place = self.incident.place
        return round(place.lat, DEGREES) + 0.0, round(place.lon, DEGREES) + 0.0

    @property
    def is_imprecise(self) -> bool:
        """Whether it may have happened anywhere in an area."""
        place = self.incident.place
        return place.precision is not Precision.PLACE or place.uncertainty_km >= EXACT_KM

    @property
    def weight(self) -> tuple[int, int, datetime]:
        """By what the gravest, surest and latest comes first."""
        sureness = len(Certainty) - list(Certainty).index(self.incident.certainty)
        return self.severity.rank, sureness, self.incident.last_seen


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pictures of a region have in common: `period` in words, `time_zone` an IANA name."""

    area: Area
    period: str
    edition: Edition
    language: Language
    time_zone: str
    now: datetime

    @property
    def translator(self) -> Translator:
        return load(self.language)

    @property
    def title(self) -> str:
        return stamped(plain(self.area.name, 60), self.edition, self.language)

    @property
    def as_of(self) -> str:
        """ "the last 30 days, as of 19 March 2025, 18:04 (UTC)"."""
        local = zone(self.time_zone)
        t = self.translator
        moment = f"{t.full_time(self.now, local)} ({self.now.astimezone(local).tzname()})"
        return t.text("{period}, as of {time}", period=self.period, time=moment)


@dataclass(frozen=True, slots=True)
class MapView:
    """`focus`: what the map was asked for; one of the sights unless it was withdrawn meanwhile."""

    frame: Frame
    sights: tuple[Sight, ...]
    focus: Sight | None = None

    @property
    def drawn(self) -> list[Sight]:
        return [sight for sight in self.sights if sight.drawn]


def edition_of(sights: Sequence[Sight]) -> Edition:
    """What the whole is marked as: with one incident of the sample in it, all of it is."""
    return Edition.SAMPLE if any(sight.edition is Edition.SAMPLE for sight in sights) else Edition.LIVE


def render_map(view: MapView) -> str:
    """The text under a map; at most 1,000 characters."""
    head, foot = _around(view)
    return "\n".join([*head, *_under(view), *foot])


def render_more(view: MapView) -> str:
    """The lines that follow those under the map, for where it cannot be shown; empty where there are none."""
    first = len(_under(view))
    return "\n".join(_fitting([_line(sight, view.frame) for sight in _order(view)[first : first + MORE]], MOST_MORE))


def _around(view: MapView) -> tuple[list[str], list[str]]:
    """What stands before the lines about single incidents, and what after them."""
    t, sights = view.frame.translator, view.sights
    head = [t.text("{place}: {period}.", place=view.frame.title, period=view.frame.as_of)]
    if not sights:
        return head, [nothing_known(t)]
    head.append(t.plural(*INCIDENTS, len(sights), kinds=counted(_kinds(sights), t)))
    if away := len(sights) - len(view.drawn):
        head.append(t.plural(*BY_COUNTRY, away))
    return head, [t.text("As reported, not verified. What nobody reports is not on the map.")]


def _under(view: MapView) -> list[str]:
    """The lines for which there is room under the map."""
    around = [line for lines in _around(view) for line in lines]
    room = MOST_TEXT - sum(len(line) + 1 for line in around)
    return _fitting([_line(sight, view.frame) for sight in _order(view)[:LISTED]], room)


def nothing_known(t: Translator) -> str:
    return t.text("I know of nothing there that was worth an alert. That nothing is reported is no safety.")


def _kinds(sights: Sequence[Sight]) -> list[tuple[Signal, int]]:
    return Counter(sight.incident.kind for sight in sights).most_common()


def counted(counts: Sequence[tuple[Signal, int]], t: Translator) -> str:
    """ "Armed clash 12, people fleeing 3"; the most frequent kinds, which come first, are named."""
    parts = [f"{t.text(SIGNALS[kind].name)} {t.number(number)}" for kind, number in counts[:KINDS_LISTED]]
    if rest := sum(number for _, number in counts[KINDS_LISTED:]):
        parts.append(t.text("others {number}", number=t.number(rest)))
    return t.series(parts)


def _order(view: MapView) -> list[Sight]:
    """What was asked for, then the gravest."""
    gravest = sorted(view.sights, key=lambda sight: sight.weight, reverse=True)
    return [view.focus, *(sight for sight in gravest if sight != view.focus)] if view.focus else gravest


def _fitting(lines: Sequence[str], room: int) -> list[str]:
    """As many of the lines, from the first on, as fit into `room` characters."""
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept


def _line(sight: Sight, frame: Frame) -> str:
    t = frame.translator
    view = AlertView(sight.incident, sight.severity, sight.edition, frame.language, frame.time_zone, frame.now)
    line = t.text(
        "{status}: {what}. {severity}, {time}",
        status=status_words(view),
        what=what(sight.incident, t),
        severity=t.text(SEVERITIES[sight.severity]),
        time=view.moment(sight.incident.first_seen),
    )
    head = f"· {t.apart(public_id(sight.edition, sight.incident.id))} " if sight.told else "· "
    return t.led(head + shortened(line, MOST_LINE))
