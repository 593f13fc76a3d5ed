"""The texts of levels, and whom a rise concerns. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from alerts.bars import bars
from alerts.i18n import Translator, load, mark_plural
from alerts.i18n import mark as _
from alerts.phrases import plain
from alerts.types import Edition, Language, Severity, Watch
from alerts.view import public_id, stamped
from classifiers.taxonomy import SIGNALS
from incidents.activity import GROUND
from incidents.level import FOLLOWED, LEARNED_DAYS, PRECEDED, SHOWN_DAYS, Level, Standing
from incidents.standing import COUNTRY, HORIZON_DAYS, PROVINCE
from places.types import Area, AreaKind

LEVELS: Mapping[Level, str] = {
    Level.CALM: _("Calm"),
    Level.GUARDED: _("Guarded"),
    Level.ELEVATED: _("Elevated"),
    Level.HIGH: _("High"),
    Level.SEVERE: _("Severe"),
}
_WEEKS = 52
_RARELY = 1000

INCIDENTS = mark_plural(
    "{count} incident of ground fighting in 7 days", "{count} incidents of ground fighting in 7 days"
)


@dataclass(frozen=True, slots=True)
class LevelView:
    """A standing as one reader is shown it."""

    standing: Standing
    edition: Edition
    language: Language

    @property
    def translator(self) -> Translator:
        return load(self.language)


def region_key(area: Area) -> str:
    """What makes two rises rises of one region: "CD", "CD/North Kivu", "-1.42 28.07 200"."""
    if area.kind is AreaKind.CIRCLE and area.lat is not None and area.lon is not None:
        return f"{area.lat:.2f} {area.lon:.2f} {area.radius_km:.0f}"
    return f"{area.country}/{area.admin1}" if area.admin1 else f"{area.country}"


def severity_of(level: Level) -> Severity:
    """How grave a rise to this level is: never Extreme, which would break people's quiet hours."""
    return Severity.SEVERE if level.rank >= Level.HIGH.rank else Severity.MODERATE


def concerned(watches: Sequence[Watch], area: Area, severity: Severity) -> bool:
    """Whether a rise in `area` is told to who has these watches: those of this very country, province or circle; of a
    territory, for its province; of the world, for countries."""
    return any(
        severity.rank >= watch.min_severity.rank
        and (not watch.kinds or not watch.kinds.isdisjoint(GROUND))
        and _watches(watch.area, area)
        for watch in watches
    )


def _watches(watched: Area, area: Area) -> bool:
    match watched.kind:
        case AreaKind.WORLD:
            return area.kind is AreaKind.COUNTRY
        case AreaKind.ADMIN2:
            return area.kind is AreaKind.ADMIN1 and (watched.country, watched.admin1) == (area.country, area.admin1)
        case _:
            return watched.kind is area.kind and region_key(watched) == region_key(area)


def region_name(area: Area, t: Translator) -> str:
    """ "North Kivu (DR Congo)"; a name that a person chose and that says its country is left as it is."""
    if area.kind is AreaKind.COUNTRY and area.country:
        return t.country(area.country)
    name = plain(area.name, 60)
    if area.kind is AreaKind.ADMIN1 and area.country and name == area.admin1:
        name = t.apart(t.place(name, area.country))
    country = t.country(area.country) if area.kind is AreaKind.ADMIN1 and area.country else ""
    return name if country in name else f"{name} ({country})"


def render_rise(view: LevelView) -> str:
    """The alert that reporting from a region is rising; at most 1,000 characters, as a picture's caption."""
    t, standing = view.translator, view.standing
    head = t.text(
        "LEVEL RISING: {region}, now {level}",
        region=region_name(standing.area, t),
        level=t.text(LEVELS[standing.level]),
    )
    lines = [head, t.text("Reporting of ground fighting is rising."), *_grounds(view), _record(standing, t), _limits(t)]
    return stamped("\n".join(lines), view.edition, view.language)


def render_rise_in_short(view: LevelView) -> str:
    """The same within a digest."""
    t, standing = view.translator, view.standing
    head = t.text(
        "LEVEL RISING: {region}, now {level}",
        region=region_name(standing.area, t),
        level=t.text(LEVELS[standing.level]),
    )
    return "\n".join([head, *_grounds(view)])


def render_level(view: LevelView) -> str:
    """The level now and its past year; at most 1,000 characters."""
    t, standing = view.translator, view.standing
    head = t.text(
        "{region}: {level}, since {date}",
        region=region_name(standing.area, t),
        level=t.text(LEVELS[standing.level]),
        date=_date(standing.since, t),
    )
    past = [_standing(standing, t), *_year(standing, t)] if standing.learned else []
    lines = [head, *_grounds(view), *past, _limits(t)]
    return stamped("\n".join(lines), view.edition, view.language)


def render_line(view: LevelView) -> str:
    """One line of a list of regions."""
    t, standing = view.translator, view.standing
    region, level = region_name(standing.area, t), t.text(LEVELS[standing.level])
    incidents = t.plural(*INCIDENTS, standing.grounds.week)
    if not standing.learned:
        return t.text("{region}: {level}; {incidents}", region=region, level=level, incidents=incidents)
    return t.text(
        "{region}: {level}; {incidents}, usually {usual}",
        region=region,
        level=level,
        incidents=incidents,
        usual=_usual(standing, t),
    )


def sparkline(standing: Standing) -> str:
    """The past year in one line of bars, one a week: for where pictures cannot be drawn."""
    weeks = [point.incidents for point in standing.points[::-7]][:_WEEKS][::-1]
    return bars(weeks)


def _grounds(view: LevelView) -> list[str]:
    t, grounds = view.translator, view.standing.grounds
    incidents = t.plural(*INCIDENTS, grounds.week)
    lines = [f"{incidents}."]
    if view.standing.learned:
        lines = [t.text("{incidents}, usually {usual}.", incidents=incidents, usual=_usual(view.standing, t))]
    if grounds.new:
        names = [_lowered(t.text(SIGNALS[signal].name)) for signal in grounds.new]
        lines.append(t.text("New this week: {names}.", names=t.listing(names)))
    if grounds.taken:
        lines.append(t.text("Taken or lost: {names}.", names=t.listing([plain(n, 40) for n in grounds.taken])))
    if grounds.behind:
        ids = [public_id(view.edition, incident) for incident in grounds.behind]
        lines.append(t.text("Behind it: {ids}.", ids=t.series(ids)))
    if grounds.thin:
        lines.append(t.text("Few reports come from here: silence says little."))
    if not view.standing.learned:
        lines.append(
            t.plural(
                "I have read the news for {count} day only; what is usual is known after {needed}.",
                "I have read the news for {count} days only; what is usual is known after {needed}.",
                view.standing.learned_days,
                needed=LEARNED_DAYS,
            )
        )
    return lines


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def _usual(standing: Standing, t: Translator) -> str:
    usual = standing.grounds.usual
    return t.text("fewer than 1") if usual < 1 else t.number(round(usual))


def _record(standing: Standing, t: Translator) -> str:
    name = COUNTRY if standing.area.kind is AreaKind.COUNTRY else PROVINCE
    return t.text(
        "From 2022 to 2025 a town fell within two weeks after about one such rise in {one_in}; {share} of the falls "
        "had one in the two weeks before.",
        one_in=t.number(round(1 / FOLLOWED[name])),
        share=t.percent(PRECEDED[name]),
    )


def _limits(t: Translator) -> str:
    return t.text("This measures what is reported; what nobody reports it cannot see.")


def _standing(standing: Standing, t: Translator) -> str:
    one_in = round(1 / max(standing.share, 1 / (2 * _RARELY)))
    if one_in >= _RARELY:
        return t.text(
            "Where it was like this, a town fell within {days} days fewer than once in {number} times.",
            days=HORIZON_DAYS,
            number=t.number(_RARELY),
        )
    return t.text(
        "Where it was like this, a town fell within {days} days about once in {number} times.",
        days=HORIZON_DAYS,
        number=t.number(one_in),
    )


def _year(standing: Standing, t: Translator) -> list[str]:
    dates = [_date(day, t) for day in standing.rose[-4:]]
    if not dates:
        return [t.text("It did not rise in the past {days} days.", days=min(SHOWN_DAYS, standing.learned_days))]
    return [
        t.plural(
            "It rose {count} time in the past year, last {dates}.",
            "It rose {count} times in the past year, last {dates}.",
            len(standing.rose),
            dates=t.listing(dates),
        )
    ]


def _date(day: date, t: Translator) -> str:
    return t.date(datetime(day.year, day.month, day.day, tzinfo=UTC), UTC)
