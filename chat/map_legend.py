"""The symbols of a map, and the legend that explains them."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon

from alerts.i18n import Translator
from alerts.i18n import mark as _
from alerts.phrases import SEVERITIES
from alerts.types import Severity
from chat.drawing import DPI, INK, MARGIN, SYMBOLS, TEXT, WIDTH, Symbol, fitted_size, write
from chat.labels import kind_name
from chat.map_symbols import FILLS, SIZES, Mark
from classifiers.taxonomy import Signal
from incidents.types import Certainty

LINE = 35.0
PIXELS = 22.0  # of the symbols in the legend
AREA_COLOUR = "#8c5a14"
MOST_EXTRA = 2  # rows that not every legend has
SLASH_PIXELS = 3.0  # by which the stroke of what is disputed stands out
FOCUS_PIXELS = 9.0  # between a symbol and the ring around it
ANY = Symbol("o", "#5b666f", "")  # of no kind: for what the legend says of all
FILL_WORDS = {
    Certainty.POSSIBLE: _("claimed"),
    Certainty.LIKELY: _("one outlet"),
    Certainty.OBSERVED: _("corroborated"),
}


@dataclass(frozen=True, slots=True)
class Legend:
    """What has to be explained. `loose`: hatched areas; `counts`: numbers beside symbols; `focus`: a ring around
    one; `disputed`: a stroke through some."""

    kinds: Sequence[Signal]
    loose: bool
    counts: bool
    focus: bool
    disputed: bool

    @property
    def height(self) -> float:
        return legend_height(len(self.kinds), (self.loose or self.counts) + self.disputed)


def legend_of(marks: Sequence[Mark], loose: bool) -> Legend:
    kinds = [kind for kind in Signal if any(mark.kind is kind for mark in marks)]
    return Legend(
        kinds,
        loose,
        counts=any(mark.count > 1 for mark in marks),
        focus=any(mark.focus for mark in marks),
        disputed=any(mark.disputed for mark in marks),
    )


def legend_height(kinds: int, more: int) -> float:
    """Pixels, with the room around it; `more`: rows beside those of kinds, sizes and fills, MOST_EXTRA at most."""
    rows = -(-kinds // 2) + (2 if kinds else 0) + more
    return LINE * rows + (26.0 if rows else 10.0)


def draw_legend(figure: Figure, height: float, top: float, legend: Legend, t: Translator) -> None:
    """Kinds in two columns, then sizes, fills, hatched areas and numbers; `top`: pixels above it, of `height`."""
    axes = figure.add_axes((0, 0, 1, 1), zorder=-1)
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    y = top + 10 + LINE / 2
    half, quarter = (WIDTH - MARGIN) / 2, (WIDTH - MARGIN) / 4
    rows = -(-len(legend.kinds) // 2)
    for number, kind in enumerate(legend.kinds):
        column, row = divmod(number, rows)
        at = MARGIN + column * half, y + row * LINE
        marker(axes, at[0] + 14, at[1], SYMBOLS[kind], PIXELS, Certainty.OBSERVED)
        _word(figure, at, kind_name(kind, t), half)
    y += rows * LINE
    if legend.kinds:
        for number, severity in enumerate(Severity):
            at = MARGIN + number * quarter, y
            marker(axes, at[0] + 14, y, ANY, SIZES[severity], Certainty.OBSERVED)
            _word(figure, at, t.text(SEVERITIES[severity]), quarter)
        _fills(figure, axes, y + LINE, quarter, legend.focus, t)
        y += 2 * LINE
    if legend.disputed:
        marker(axes, MARGIN + 14, y, ANY, PIXELS, Certainty.OBSERVED)
        slash(axes, MARGIN + 14, y, PIXELS)
        _word(figure, (MARGIN, y), t.text("disputed"), WIDTH - MARGIN)
        y += LINE
    if legend.loose:
        left, right = MARGIN, MARGIN + 30
        corners = [(left, y - 11), (right, y - 11), (right, y + 11), (left, y + 11)]
        axes.add_artist(Polygon(corners, hatch="//", edgecolor=AREA_COLOUR, facecolor="none", linestyle=(0, (2, 2))))
        _word(figure, (MARGIN, y), t.text("somewhere in this area"), half)
    if legend.counts:
        at = MARGIN + (half if legend.loose else 0), y
        write(figure, at[0] + 2, y, "×3", TEXT, va="center_baseline")
        _word(figure, at, t.text("so many there, the gravest kind shown"), half)


def _fills(figure: Figure, axes: Axes, y: float, width: float, focus: bool, t: Translator) -> None:
    for number, (certainty, message) in enumerate(FILL_WORDS.items()):
        at = MARGIN + number * width, y
        marker(axes, at[0] + 14, y, ANY, PIXELS, certainty)
        _word(figure, at, t.text(message), width)
    if focus:
        at = MARGIN + len(FILL_WORDS) * width, y
        marker(axes, at[0] + 14, y, ANY, 10.0, Certainty.OBSERVED)
        ring(axes, at[0] + 14, y, 10.0, 3.0)
        _word(figure, at, t.text("this event"), width)


def _word(figure: Figure, at: tuple[float, float], word: str, width: float) -> None:
    """What the symbol at the left of a cell says, within the cell's width."""
    size = fitted_size(word, TEXT, width - 48)
    write(figure, at[0] + 40, at[1], word, size, va="center_baseline")


def marker(axes: Axes, x: float, y: float, symbol: Symbol, pixels: float, certainty: Certainty) -> None:
    fill = FILLS[certainty]
    shape = Line2D(
        [x], [y], linestyle="none", marker=symbol.marker, markersize=pixels * 72 / DPI * _optical(symbol.marker),
        fillstyle="bottom" if fill == "bottom" else "full", markerfacecoloralt="white",
        markerfacecolor="white" if fill == "none" else symbol.colour,
        markeredgecolor=symbol.colour if fill != "full" else INK, markeredgewidth=1.9 if fill != "full" else 1.0,
        zorder=8, clip_on=True,
    )  # fmt: skip
    axes.add_artist(shape)


def ring(axes: Axes, x: float, y: float, pixels: float, gap: float = FOCUS_PIXELS) -> None:
    """Around the symbol that is looked for."""
    radius = pixels / 2 + gap
    axes.add_artist(Circle((x, y), radius, facecolor="none", edgecolor="white", linewidth=5.5, zorder=8.5))
    axes.add_artist(Circle((x, y), radius, facecolor="none", edgecolor=INK, linewidth=2.5, zorder=8.6))


def slash(axes: Axes, x: float, y: float, pixels: float) -> None:
    """The stroke through what is disputed, from the lower left to the upper right."""
    reach = pixels / 2 + SLASH_PIXELS
    up = -reach if axes.yaxis_inverted() else reach
    for colour, width in (("white", 5.0), (INK, 2.2)):
        line = Line2D(
            [x - reach, x + reach], [y - up, y + up], color=colour, linewidth=width, solid_capstyle="butt", zorder=8.2
        )
        axes.add_artist(line)


def _optical(marker: str) -> float:
    """What makes symbols of one size look it: a star has less in its box than a square."""
    return {"*": 1.45, "s": 0.85, "D": 0.8, "d": 1.15, "8": 0.95}.get(marker, 1.0)
