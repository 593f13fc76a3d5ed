"""What all pictures share: colours, sizes of type, symbols of kinds, and turning a figure into a small PNG.

Sizes are for a picture of 1,000 pixels' width that a phone shows at a third of that.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypedDict, Unpack

import numpy as np
from matplotlib import get_data_path
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image, ImageFont

from alerts.maps import Frame
from classifiers.taxonomy import Signal

DPI = 100
WIDTH = 1000  # pixels
TITLE, TEXT, SMALL = 25.0, 17.0, 13.0  # points
FONT = "DejaVu Sans"  # comes with matplotlib
INK, MUTED = "#20262b", "#5b666f"
MOST_BYTES = 150_000  # many pay for what they load
# Colours of the palette, as flat areas and type need no more, and level of compression: the first that is small enough.
ATTEMPTS = ((128, 6), (64, 6), (48, 9), (32, 9))
MARGIN = 28.0

SHADE_BITS = 6  # of the 8 of a channel

Codes = NDArray[np.uint32]

_FORCE, _HARM, _CUT, _MOVE, _EASE = "#a3171f", "#7a1f6b", "#9a5b00", "#1d3f72", "#1f6d3a"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A marker of matplotlib that is told by its shape alone; `hatch` fills bars, so that these are too."""

    marker: str
    colour: str
    hatch: str


SYMBOLS: Mapping[Signal, Symbol] = {
    Signal.TERRITORY_CAPTURED: Symbol("s", _FORCE, ""),
    Signal.ARMED_CLASH: Symbol("X", "#d2584f", "//"),
    Signal.REMOTE_VIOLENCE: Symbol("*", "#e39a82", ".."),
    Signal.FACILITY_ATTACKED: Symbol("P", _HARM, "++"),
    Signal.CIVILIANS_ATTACKED: Symbol("^", "#a1619a", "\\\\"),
    Signal.DISPLACEMENT: Symbol(">", _CUT, "--"),
    Signal.ACCESS_BLOCKED: Symbol("8", "#c99a45", "xx"),
    Signal.CEASEFIRE_BROKEN: Symbol("d", "#4a5a66", "oo"),
    Signal.FOREIGN_INTERVENTION: Symbol("v", _MOVE, "||"),
    Signal.MOBILISATION: Symbol("D", "#5f86b8", "OO"),
    Signal.UNREST: Symbol("p", "#8a8f3c", "**"),
    Signal.DEESCALATION: Symbol("o", _EASE, "/"),
}


def new_figure(height: float) -> Figure:
    """WIDTH times `height` pixels, with nothing in it."""
    return Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")


class Style(TypedDict, total=False):
    """What a text may differ in; the names are matplotlib's."""

    color: str
    va: str
    weight: str


def write(figure: Figure, x: float, y: float, text: str, size: float = TEXT, **style: Unpack[Style]) -> None:
    """A text at x, y in pixels from the upper left; as many lines as it has."""
    width, height = figure.get_size_inches() * figure.dpi
    chosen: Style = {"color": INK, "va": "top", **style}
    figure.text(x / width, 1 - y / height, text, fontsize=size, family=FONT, ha="left", parse_math=False, **chosen)


def head(figure: Figure, frame: Frame) -> None:
    """What, when, and as of when: at the top of every picture of a region."""
    room = WIDTH - 2 * MARGIN
    write(figure, MARGIN, 18, frame.title, fitted_size(frame.title, TITLE, room), weight="bold")
    write(figure, MARGIN, 68, frame.as_of, fitted_size(frame.as_of, TEXT, room), color=MUTED)


def fitted_size(text: str, size: float, room: float) -> float:
    """The size of type, or a smaller one in which the line takes `room` pixels."""
    return min(size, size * room / max(1.0, width_of(text, size)))


def width_of(text: str, size: float) -> float:
    """How many pixels a line of text takes."""
    return float(_font(size).getlength(text))


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(f"{get_data_path()}/fonts/ttf/{FONT.replace(' ', '')}.ttf", size * DPI / 72)


def wrapped(text: str, size: float, room: float) -> Sequence[str]:
    """The text in lines of at most about `room` pixels, cut between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def png_of(figure: Figure) -> bytes:
    """The picture with a palette, of MOST_BYTES at most where any of ATTEMPTS gives that."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[:, :, :3]
    shades = _shades(pixels)
    counts = np.bincount(shades.ravel(), minlength=1 << 3 * SHADE_BITS)
    found = np.flatnonzero(counts)
    # what symbols are told by, then areas, then the edges between them
    rank = np.where(np.isin(found, _symbol_shades()), np.inf, counts[found])
    frequent = found[np.argsort(-rank, kind="stable")]
    colours = _means(pixels, shades, counts)
    data = b""
    for most, level in ATTEMPTS:
        data = _with_palette(shades, colours, found, frequent[:most], level)
        if len(data) <= MOST_BYTES:
            break
    return data


def _shades(pixels: NDArray[np.uint8]) -> Codes:
    """The colours by the upper SHADE_BITS of each channel: many times fewer to count than all colours."""
    red, green, blue = (pixels[:, :, channel].astype(np.uint32) >> 8 - SHADE_BITS for channel in range(3))
    return np.asarray(red << 2 * SHADE_BITS | green << SHADE_BITS | blue)


def _symbol_shades() -> Codes:
    rgb = [[int(symbol.colour[at : at + 2], 16) for at in (1, 3, 5)] for symbol in SYMBOLS.values()]
    return _shades(np.array(rgb, np.uint8)[None]).ravel()


def _means(pixels: NDArray[np.uint8], shades: Codes, counts: NDArray[np.int64]) -> NDArray[np.int16]:
    """Red, green and blue of each shade: the mean of its pixels."""
    flat, size = shades.ravel(), len(counts)
    sums = [np.bincount(flat, pixels[:, :, channel].ravel(), size) for channel in range(3)]
    return np.rint(np.stack(sums, axis=1) / np.maximum(counts, 1)[:, None]).astype(np.int16)


def _with_palette(
    shades: Codes, colours: NDArray[np.int16], found: NDArray[np.int64], palette: NDArray[np.int64], level: int
) -> bytes:
    """A PNG whose pixels have the nearest colour of the palette; `found`: the shades that occur."""
    nearest = np.zeros(len(colours), np.uint8)
    away = np.abs(colours[found][:, None, :] - colours[palette][None, :, :]).sum(axis=2)
    nearest[found] = away.argmin(axis=1)
    image = Image.fromarray(nearest[shades])
    image.putpalette(colours[palette].astype(np.uint8).tobytes())
    stream = io.BytesIO()
    image.save(stream, format="png", compress_level=level)
    return stream.getvalue()
