"""The ground of a map: land and water, borders and provinces."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from numpy.typing import NDArray

from chat.drawing import INK
from chat.map_frame import Canvas, Pixels
from pipeline.area_names import whole_place
from places.gazetteer import Gazetteer
from places.shapes import Layer, Line, Shapes
from places.types import Area, AreaKind

SEA, SHORE, LAND, OWN_LAND = "#cfe0ea", "#8fb0c2", "#ece9e0", "#fbfaf6"
PROVINCE, BORDER = "#b9b3a3", "#6f6a5e"
LEAST_PIXELS = 2.0  # a speck smaller than that is left out
PROVINCES_BELOW_KM = 4500.0


def draw_ground(axes: Axes, canvas: Canvas, shapes: Shapes, area: Area, about: Pixels | None) -> list[Pixels]:
    """`about`: what `about_where` gives. Returns the borders of countries."""
    axes.set_facecolor(SEA)
    _fill(axes, _thinned(shapes, Layer.LAND, canvas), LAND, SHORE, 1)
    own = outline_of(area, shapes)
    _fill(axes, [canvas.xy(ring) for ring in own] if own else [], OWN_LAND, "none", 2)
    _fill(axes, _thinned(shapes, Layer.LAKES, canvas), SEA, SHORE, 3)
    if canvas.km < PROVINCES_BELOW_KM:
        _lines(axes, _thinned(shapes, Layer.PROVINCE_LINES, canvas), PROVINCE, 0.8, "solid")
    borders, disputed = (_thinned(shapes, layer, canvas) for layer in (Layer.BORDERS, Layer.DISPUTED))
    _lines(axes, borders, BORDER, 1.5, "solid")
    _lines(axes, disputed, BORDER, 1.5, (0, (3, 3)))
    asked = _asked(area, canvas)
    for ring in (asked, about):
        if ring is not None:
            axes.add_artist(Line2D(*ring.T, color=INK, linewidth=1.4, linestyle=(0, (6, 4)), zorder=4))
    return [*borders, *disputed]


def _asked(area: Area, canvas: Canvas) -> Pixels | None:
    """The circle that was asked for."""
    if area.lat is None or area.lon is None or not area.radius_km:
        return None
    return canvas.circle(area.lat, area.lon, area.radius_km)


def about_where(area: Area, canvas: Canvas, shapes: Shapes, gazetteer: Gazetteer) -> Pixels | None:
    """The circle in which a province or territory lies whose borders are not known."""
    if area.kind is not AreaKind.ADMIN2 and outline_of(area, shapes):
        return None
    place = whole_place(gazetteer, area)
    return canvas.circle(place.lat, place.lon, place.uncertainty_km) if place else None


def outline_of(area: Area, shapes: Shapes) -> list[Line]:
    if area.kind is AreaKind.COUNTRY:
        return shapes.outline(f"c:{area.country}")
    if area.kind in (AreaKind.ADMIN1, AreaKind.ADMIN2):
        return shapes.outline(f"a1:{area.country}/{area.admin1}")
    return []


def _thinned(shapes: Shapes, layer: Layer, canvas: Canvas) -> list[Pixels]:
    """The lines of a layer in pixels, without the points and specks that nobody could tell apart."""
    least = LEAST_PIXELS / canvas.per_degree if layer in (Layer.LAND, Layer.LAKES) else 0.0
    lines = shapes.layers[layer].within(canvas.box, least)
    found = []
    for line in lines:
        points = canvas.xy(line)
        steps = np.round(points / 0.7)
        keep = np.ones(len(points), bool)
        keep[1:-1] = (steps[1:-1] != steps[:-2]).any(axis=1)
        found.append(points[keep])
    return found


def _fill(axes: Axes, rings: Sequence[Pixels], colour: str, edge: str, zorder: int) -> None:
    """All rings as one shape: those that run the other way round are holes."""
    if rings:
        outline = Outline(np.concatenate(rings), np.concatenate([_codes(len(ring)) for ring in rings]))
        axes.add_artist(PathPatch(outline, facecolor=colour, edgecolor=edge, linewidth=0.7, zorder=zorder))


def _codes(count: int) -> NDArray[np.uint8]:
    codes = np.full(count, Outline.LINETO, np.uint8)
    codes[0] = Outline.MOVETO
    codes[-1] = Outline.CLOSEPOLY if count > 2 else Outline.LINETO
    return codes


def _lines(axes: Axes, lines: Sequence[Pixels], colour: str, width: float, style: object) -> None:
    axes.add_collection(LineCollection(lines, colors=colour, linewidths=width, linestyles=style, zorder=4))
