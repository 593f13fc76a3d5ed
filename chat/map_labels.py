"""Names on a map: each where there is room, on its own side of the borders; drawn together at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath
from numpy.typing import NDArray

from alerts.bidi import runs_right_to_left
from chat.drawing import DPI, FONT, INK, width_of
from chat.map_frame import Canvas, Pixels

TOWN_SIZE = 15.0
GAPS, FAR_GAP = (8.0, 30.0), 56.0  # pixels between a point and its name: the nearest at which there is room
CAPITALS = 1.25  # how much wider they are
DOT = 4.0  # pixels from the middle of a town's dot to its edge
CELL = 4  # pixels: how finely it is kept where borders run
BASELINE = 0.27  # of the size of type, below the middle of a line
HALO = 3.0  # points
MOST_KEPT = 2000  # names whose letters are remembered: some 10 kB each

Rect = tuple[float, float, float, float]  # left, bottom, right, top
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Written:
    """A name whose middle is at x, y."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    italic: bool


class Labels:
    """Keeps names apart from each other and from the symbols: what comes first has its room. `borders`: lines between
    countries, which a name crosses only where `must` says so and there is no other room."""

    def __init__(self, axes: Axes, canvas: Canvas, borders: Sequence[Pixels] = ()) -> None:
        self._axes = axes
        self._canvas = canvas
        self._symbols: list[Rect] = []
        self._names: list[Rect] = []
        self._written: list[_Written] = []
        self._dots: list[Spot] = []
        self._border = _cells(borders, canvas)

    def take(self, rect: Rect) -> None:
        """Room of a symbol."""
        self._symbols.append(rect)

    def town(self, x: float, y: float, text: str, dot: bool = True, must: bool = False) -> bool:
        """A name right, left, above or below its `dot`, or, without one, of symbols; whether there was room."""
        own = (x - DOT, y - DOT, x + DOT, y + DOT)
        if dot and _meets(own, self._names):
            return False
        wide, high = width_of(text, TOWN_SIZE), TOWN_SIZE * 1.5
        free = [rect for rect in _around(x, y, wide, high, GAPS if dot else (*GAPS, FAR_GAP)) if self._free(rect)]
        kept = [rect for rect in free if not self._crosses(_towards(rect, x, y))]
        rect = next(iter(kept or (free if must else ())), None)
        if rect is None:
            return False
        self._names.append(rect)
        if dot:
            self._names.append(own)
            self._dots.append((x, y))
        self._written.append(_Written(rect[0] + wide / 2, rect[1] + high / 2, text, TOWN_SIZE, INK, italic=False))
        return True

    def at(self, spots: Sequence[Spot], text: str, size: float, colour: str, must: bool = False) -> bool:
        """A name in the middle of what it names: at, above or below the first of `spots` where there is room."""
        wide, high = width_of(text, size) * (CAPITALS if text.isupper() else 1.0), size * 1.6
        rects = [
            (x - wide / 2, y + up - high / 2, x + wide / 2, y + up + high / 2)
            for x, y in spots
            for up in (0.0, high, -high)
        ]
        free = [rect for rect in rects if self._free(rect)]
        rect = next((rect for rect in free if not self._crosses(rect)), free[0] if must and free else None)
        if rect is None:
            return False
        self._names.append(rect)
        italic = not runs_right_to_left(text)  # the font's slanted face has no Arabic
        self._written.append(_Written(rect[0] + wide / 2, rect[1] + high / 2, text, size, colour, italic))
        return True

    def draw(self) -> None:
        """All names, each with a light edge, over the dots of the towns."""
        if self._dots:
            xs, ys = zip(*self._dots, strict=True)
            self._axes.scatter(xs, ys, s=3.5**2, color=INK, zorder=5)
        outlines = [(name.colour, _outline(name)) for name in self._written]
        if outlines:
            paths = [outline for _, outline in outlines]
            edge = PathCollection(paths, facecolors="white", edgecolors="white", linewidths=HALO, alpha=0.85, zorder=6)
            self._axes.add_artist(edge)
        for colour, group in groupby(sorted(outlines, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
            face = PathCollection([outline for _, outline in group], facecolors=colour, linewidths=0, zorder=6.1)
            self._axes.add_artist(face)

    def _free(self, rect: Rect) -> bool:
        left, bottom, right, top = rect
        if not (self._canvas.holds(left, bottom, 4) and self._canvas.holds(right, top, 4)):
            return False
        return not _meets(rect, self._names) and not _meets(rect, self._symbols)

    def _crosses(self, rect: Rect) -> bool:
        left, bottom, right, top = (max(0, int(edge // CELL)) for edge in rect)
        return bool(self._border[bottom : top + 1, left : right + 1].any())


def _around(x: float, y: float, wide: float, high: float, gaps: Sequence[float]) -> Iterator[Rect]:
    for gap in gaps:
        for left, middle in (
            (x + gap, y),
            (x - gap - wide, y),
            (x - wide / 2, y + gap + high / 2),
            (x - wide / 2, y - gap - high / 2),
        ):
            yield left, middle - high / 2, left + wide, middle + high / 2


def _meets(rect: Rect, taken: Sequence[Rect]) -> bool:
    left, bottom, right, top = rect
    return any(left < other[2] and other[0] < right and bottom < other[3] and other[1] < top for other in taken)


def _towards(rect: Rect, x: float, y: float) -> Rect:
    """The rectangle, reaching to the edge of the dot at x, y that it names."""
    left, bottom, right, top = rect
    return min(left, x + DOT), min(bottom, y + DOT), max(right, x - DOT), max(top, y - DOT)


def _cells(borders: Sequence[Pixels], canvas: Canvas) -> NDArray[np.bool_]:
    """In which cells of the picture a border runs."""
    found = np.zeros((int(canvas.height // CELL) + 1, int(canvas.width // CELL) + 1), bool)
    for line in borders:
        steps = np.hypot(*np.diff(line, axis=0).T) // (CELL / 2) + 1
        way = np.concatenate([[0.0], np.cumsum(steps)])
        at = np.arange(way[-1] + 1)
        cells = np.stack([np.interp(at, way, line[:, axis]) // CELL for axis in (1, 0)]).astype(int)
        inside = ((cells >= 0) & (cells < np.array(found.shape)[:, None])).all(axis=0)
        found[tuple(cells[:, inside])] = True
    return found


def _outline(name: _Written) -> Outline:
    """The letters, in pixels of the canvas."""
    letters, middle = _letters(name.text, name.size, name.italic)
    shift = (name.x - middle, name.y - BASELINE * name.size * DPI / 72)
    return Outline(np.asarray(letters.vertices, np.float64) + shift, letters.codes)


@lru_cache(maxsize=MOST_KEPT)
def _letters(text: str, size: float, italic: bool) -> tuple[Outline, float]:
    """The letters at the origin, and the middle of their width: the same names come on many maps."""
    font = FontProperties(family=FONT, style="italic" if italic else "normal")
    outline = TextPath((0, 0), text, size=size * DPI / 72, prop=font)
    box = outline.get_extents()
    return outline, (box.x0 + box.x1) / 2
