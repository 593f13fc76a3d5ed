"""The weeks of a region by kind of incident, against its own past, as a PNG."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from alerts.i18n import Translator, zone
from alerts.trends import REPORTS_ONLY, TrendView
from chat.drawing import (
    FONT,
    INK,
    MARGIN,
    MUTED,
    SMALL,
    SYMBOLS,
    TEXT,
    WIDTH,
    fitted_size,
    head,
    new_figure,
    png_of,
    write,
)
from chat.i18n import translator
from chat.labels import kind_name
from classifiers.taxonomy import Signal
from incidents.trend import Trend

HEAD, PLOT, FOOT, LINE = 140.0, 480.0, 60.0, 35.0
LEFT, RIGHT, BELOW = 76.0, 24.0, 52.0  # pixels around the bars
KINDS = 6  # with bars of their own; the rarer ones share one
OTHERS, BAND = "#9aa3aa", "#dfe5e0"
MOST_DATES = 7


@dataclass(frozen=True, slots=True)
class Part:
    """What the legend says of one filling."""

    name: str
    colour: str
    hatch: str
    edge: str = "white"


def draw_trend(view: TrendView) -> bytes:
    """A bar for each week, its parts by kind; behind them the band of usual weeks."""
    t, trend = translator(view.frame.language), view.trend
    shown = list(trend.counts)[:KINDS]
    entries = len(shown) + (len(trend.counts) > KINDS)
    rows = -(-entries // 2) + (trend.usual is not None)
    height = HEAD + PLOT + rows * LINE + FOOT
    figure = new_figure(height)
    head(figure, view.frame)
    axes = figure.add_axes(
        (LEFT / WIDTH, 1 - (HEAD + PLOT - BELOW) / height, 1 - (LEFT + RIGHT) / WIDTH, (PLOT - BELOW) / height)
    )
    write(figure, MARGIN, HEAD - 30, t.text("incidents a week"), SMALL, color=MUTED)
    _usual(axes, trend)
    parts = _bars(axes, trend, shown, t)
    _dates(axes, view, t)
    _legend(figure, height, parts, _usual_words(trend, t))
    note = t.text(REPORTS_ONLY)
    size = fitted_size(note, SMALL, WIDTH - 2 * MARGIN)
    write(figure, MARGIN, height - 14, note, size, color=MUTED, va="bottom")
    return png_of(figure)


def _usual(axes: Axes, trend: Trend) -> None:
    if trend.usual:
        axes.axhspan(trend.usual.low, max(trend.usual.high, trend.usual.low + 0.1), color=BAND, linewidth=0, zorder=0)
        axes.axhline(trend.usual.median, color=INK, linewidth=1.6, linestyle=(0, (5, 4)), zorder=4)


def _bars(axes: Axes, trend: Trend, shown: list[Signal], t: Translator) -> list[Part]:
    """Draws them, the most frequent kind at the bottom; gives what the legend says."""
    weeks = np.arange(len(trend.starts))
    bottom = np.zeros(len(weeks))
    counted = [
        (Part(kind_name(kind, t), SYMBOLS[kind].colour, SYMBOLS[kind].hatch), np.array(trend.counts[kind]))
        for kind in shown
    ]
    if rest := [counts for kind, counts in trend.counts.items() if kind not in shown]:
        counted.append((Part(t.text("other kinds"), OTHERS, ""), np.sum(rest, axis=0)))
    for part, counts in counted:
        axes.bar(
            weeks, counts, bottom=bottom, width=0.8, color=part.colour, hatch=part.hatch, edgecolor=part.edge,
            linewidth=1, zorder=3,
        )  # fmt: skip
        bottom = bottom + counts
    top = max([*bottom, trend.usual.high if trend.usual else 0, 1.0])
    axes.set(xlim=(-0.6, len(weeks) - 0.4), ylim=(0, top * 1.12))
    for week, total in enumerate(bottom):
        if total and len(weeks) <= 27:
            label = t.number(int(total))
            axes.text(week, total + top * 0.015, label, ha="center", fontsize=SMALL, family=FONT, color=INK, zorder=5)
    return [part for part, _ in counted]


def _dates(axes: Axes, view: TrendView, t: Translator) -> None:
    """The last day of some of the weeks, the last one among them."""
    local, trend = zone(view.frame.time_zone), view.trend
    step = -(-len(trend.starts) // MOST_DATES)
    shown = list(range(len(trend.starts)))[::-1][::step]
    ends = [trend.starts[week] + timedelta(days=7, seconds=-1) for week in shown]
    axes.set_xticks(shown, [t.short_date(end, local) for end in ends])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.tick_params(labelsize=SMALL, labelcolor=INK, color=MUTED, labelfontfamily=FONT)
    axes.spines[["top", "right"]].set_visible(False)


def _usual_words(trend: Trend, t: Translator) -> str:
    if trend.usual is None:
        return ""
    return t.text("usual: median, and eight of ten of the {weeks} weeks before", weeks=trend.usual.weeks)


def _legend(figure: Figure, height: float, parts: list[Part], usual: str) -> None:
    """Kinds in two columns; what is usual, a long line, alone below."""
    axes = figure.add_axes((0, 0, 1, 1), zorder=-1)
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    top = HEAD + PLOT + LINE / 2
    for number, part in enumerate(parts):
        row, column = divmod(number, 2)
        _entry(figure, axes, MARGIN + column * WIDTH / 2, top + row * LINE, part)
    if usual:
        y = top + -(-len(parts) // 2) * LINE
        _entry(figure, axes, MARGIN, y, Part(usual, BAND, "", BAND))
        axes.plot([MARGIN, MARGIN + 30], [y, y], color=INK, linewidth=1.6, linestyle=(0, (5, 4)))


def _entry(figure: Figure, axes: Axes, x: float, y: float, part: Part) -> None:
    axes.bar([x + 15], [22], bottom=[y - 11], width=30, color=part.colour, hatch=part.hatch, edgecolor=part.edge)
    write(figure, x + 42, y, part.name, TEXT, va="center_baseline")
