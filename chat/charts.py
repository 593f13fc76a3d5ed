"""The chart of a region's past year, as a PNG."""

import io
from datetime import UTC, date, timedelta
from itertools import groupby

from matplotlib.dates import AutoDateLocator, date2num, num2date
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from alerts.i18n import Translator
from alerts.levels import LEVELS, LevelView, region_name
from alerts.types import Edition
from chat.i18n import translator
from incidents.level import Level

SIZE, DPI = (8.0, 4.5), 110
SHADES = {
    Level.CALM: "#eef2ee",
    Level.GUARDED: "#f6efc8",
    Level.ELEVATED: "#fad9a5",
    Level.HIGH: "#f3a582",
    Level.SEVERE: "#d6604d",
}
LINE, RISES = "#1b3a4b", "#8b0000"
LEAST_DAYS = 28  # of the axis, else a young bot's chart is marked by hours; what it did not read yet stays white
DOTTED_DAYS = 14  # up to which each day has a dot: a line of one day cannot be seen


def draw(view: LevelView) -> bytes:
    stream = io.BytesIO()
    plot(view).savefig(stream, format="png")
    return stream.getvalue()


def plot(view: LevelView) -> Figure:
    """Incidents of ground fighting in seven days over a year, the background in the colour of the level of the day,
    and a mark where the level rose. Of a young bot at least LEAST_DAYS, white before it read the news."""
    standing, t = view.standing, translator(view.language)
    days = [_at(point.day) for point in standing.points]
    counts = [point.incidents for point in standing.points]
    figure = Figure(figsize=SIZE, dpi=DPI, layout="constrained")
    axes = figure.subplots()
    for first, last, level in _spells(view):
        axes.axvspan(_at(first), _at(last), color=SHADES[level], linewidth=0)
    axes.plot(days, counts, color=LINE, linewidth=1.6, marker="o" if len(days) <= DOTTED_DAYS else None, markersize=4)
    top = max([1.0, *counts]) * 1.15
    for day in standing.rose:
        axes.annotate("▲", (_at(day), top * 0.97), color=RISES, ha="center", va="top", fontsize=11)
    left = min(days[0], days[-1] - LEAST_DAYS + 1)
    axes.set(xlim=(left - 0.5, days[-1] + 0.5), ylim=(0, top), ylabel=t.text("incidents of ground fighting in 7 days"))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.xaxis.set_major_locator(AutoDateLocator(tz=UTC))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _day_words(value, t)))
    axes.set_title(_title(view, t), loc="left")
    legend = [Patch(color=SHADES[level], label=t.text(LEVELS[level])) for level in Level]
    axes.legend(handles=legend, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=len(Level), frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def _day_words(value: float, t: Translator) -> str:
    """ "1 Mar"; a new year is named below its first mark."""
    day = num2date(value, tz=UTC)
    return t.short_date(day, UTC) + (f"\n{day.year}" if day.timetuple().tm_yday == 1 else "")


def _at(day: date) -> float:
    return float(date2num(day))


def _spells(view: LevelView) -> list[tuple[date, date, Level]]:
    """First day, the day after the last, and the level, of each stretch of one level."""
    spells = []
    for level, points in groupby(view.standing.points, key=lambda point: point.level):
        days = [point.day for point in points]
        spells.append((days[0], days[-1] + timedelta(1), level))
    return spells


def _title(view: LevelView, t: Translator) -> str:
    name = region_name(view.standing.area, t)
    return f"{view.edition.name} · {name}" if view.edition is Edition.SAMPLE else name
