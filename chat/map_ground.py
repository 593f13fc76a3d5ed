"""The ground of a map: land and water, borders and provinces, and the names that fit between them."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from alerts.bidi import runs_right_to_left
from alerts.i18n import Translator
from alerts.maps import Sight
from chat.drawing import FONT, INK, MUTED, SMALL, width_of
from chat.map_frame import KM_PER_DEGREE, Canvas, Pixels
from pipeline.area_names import whole_place
from places.baked import Kind
from places.gazetteer import Gazetteer
from places.shapes import Layer, Line, Shapes
from places.types import Area, AreaKind, Precision

SEA, SHORE, LAND, OWN_LAND = "#cfe0ea", "#8fb0c2", "#ece9e0", "#fbfaf6"
PROVINCE, BORDER = "#b9b3a3", "#6f6a5e"
LEAST_PIXELS = 2.0  # a speck smaller than that is left out
PROVINCES_BELOW_KM = 4500.0
PROVINCE_NAMES_BELOW_KM = 3600.0
COUNTRY_NAMES_ABOVE_KM = 250.0
TOWNS_BELOW_KM = 6000.0
MOST_TOWNS, MOST_NAMES, MOST_SPOTS = 14, 40, 6
CENTRE_KM = 5.0
TOWN_SIZE, REGION_SIZE = 15.0, SMALL
GAPS, FAR_GAP = (8.0, 30.0), 56.0  # pixels between a point and its name: the nearest at which there is room
CAPITALS = 1.25  # how much wider they are

Rect = tuple[float, float, float, float]  # left, bottom, right, top


class Labels:
    """Keeps names apart from each other and from the symbols: what comes first has its room."""

    def __init__(self, axes: Axes, canvas: Canvas) -> None:
        self._axes = axes
        self._canvas = canvas
        self._taken: list[Rect] = []

    def take(self, rect: Rect) -> None:
        """Room of a symbol."""
        self._taken.append(rect)

    def town(self, x: float, y: float, text: str, dot: bool = True) -> bool:
        """A name right, left, above or below its `dot`, or, without one, of symbols; whether there was room."""
        wide, high = width_of(text, TOWN_SIZE), TOWN_SIZE * 1.5
        for gap in GAPS if dot else (*GAPS, FAR_GAP):
            spots = [
                (x + gap, y),
                (x - gap - wide, y),
                (x - wide / 2, y + gap + high / 2),
                (x - wide / 2, y - gap - high / 2),
            ]
            for left, middle in spots:
                rect = (left, middle - high / 2, left + wide, middle + high / 2)
                if self._free(rect):
                    self._taken.append(rect)
                    if dot:
                        self._axes.plot([x], [y], marker="o", markersize=3.5, color=INK, zorder=5)
                    self._write(left, middle, text, TOWN_SIZE, INK, "left")
                    return True
        return False

    def at(self, x: float, y: float, text: str, size: float, colour: str) -> bool:
        """A name in the middle of what it names."""
        wide, high = width_of(text, size) * (CAPITALS if text.isupper() else 1.0), size * 1.6
        for up in (0.0, high, -high):
            rect = (x - wide / 2, y + up - high / 2, x + wide / 2, y + up + high / 2)
            if self._free(rect):
                self._taken.append(rect)
                style = "normal" if runs_right_to_left(text) else "italic"  # the font's slanted face has no Arabic
                self._write(x, y + up, text, size, colour, "center", style)
                return True
        return False

    def _free(self, rect: Rect) -> bool:
        left, bottom, right, top = rect
        if not (self._canvas.holds(left, bottom, 4) and self._canvas.holds(right, top, 4)):
            return False
        return not any(
            left < east and west < right and bottom < north and south < top for west, south, east, north in self._taken
        )

    def _write(self, x: float, y: float, text: str, size: float, colour: str, ha: str, style: str = "normal") -> None:
        halo = [withStroke(linewidth=3, foreground="white", alpha=0.85)]
        self._axes.text(
            x, y, text, fontsize=size, color=colour, ha=ha, va="center_baseline", family=FONT, style=style,
            path_effects=halo, zorder=6, parse_math=False, clip_on=True,
        )  # fmt: skip


def draw_ground(axes: Axes, canvas: Canvas, shapes: Shapes, area: Area, about: Pixels | None) -> None:
    """`about`: what `about_where` gives."""
    axes.set_facecolor(SEA)
    _fill(axes, _thinned(shapes, Layer.LAND, canvas), LAND, SHORE, 1)
    own = outline_of(area, shapes)
    _fill(axes, [canvas.xy(ring) for ring in own] if own else [], OWN_LAND, "none", 2)
    _fill(axes, _thinned(shapes, Layer.LAKES, canvas), SEA, SHORE, 3)
    if canvas.km < PROVINCES_BELOW_KM:
        _lines(axes, _thinned(shapes, Layer.PROVINCE_LINES, canvas), PROVINCE, 0.8, "solid")
    _lines(axes, _thinned(shapes, Layer.BORDERS, canvas), BORDER, 1.5, "solid")
    _lines(axes, _thinned(shapes, Layer.DISPUTED, canvas), BORDER, 1.5, (0, (3, 3)))
    asked = _asked(area, canvas)
    for ring in (asked, about):
        if ring is not None:
            axes.plot(*ring.T, color=INK, linewidth=1.4, linestyle=(0, (6, 4)), zorder=4)


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


def name_ground(
    labels: Labels,
    canvas: Canvas,
    shapes: Shapes,
    gazetteer: Gazetteer,
    t: Translator,
    area: Area,
    drawn: Sequence[Sight],
) -> None:
    """Where it happened, the middle of a circle and the larger towns; then the provinces or the countries, as there is
    room. Provinces whose borders are not known come before the towns: their name is all that shows them."""
    rows = _Rows(gazetteer, canvas)
    provinces = rows.provinces(area)[:MOST_NAMES] if canvas.km < PROVINCE_NAMES_BELOW_KM else []
    unbounded = [row for row in provinces if not shapes.outline(gazetteer.place_at(row).id)]
    named: set[str] = set()
    if canvas.km < TOWNS_BELOW_KM:
        for name, (lat, lon) in _spots(drawn, t):
            ((x, y),) = canvas.xy([(lon, lat)])
            if labels.town(float(x), float(y), name, dot=False):
                named.add(name)
    for row in unbounded:
        labels.at(*rows.xy(row), rows.name(row, t), REGION_SIZE, MUTED)
    if canvas.km < TOWNS_BELOW_KM:
        _towns(labels, rows, [*rows.centre(area), *rows.largest(Kind.PLACE)[: 10 * MOST_TOWNS]], named, t)
    for row in provinces:
        if row not in unbounded:
            labels.at(*rows.xy(row), rows.name(row, t), REGION_SIZE, MUTED)
    if canvas.km > COUNTRY_NAMES_ABOVE_KM:
        for row in rows.largest(Kind.COUNTRY)[:MOST_NAMES]:
            if gazetteer.place_at(row).country not in (area.country, "XZ"):
                labels.at(*rows.xy(row), t.country(gazetteer.place_at(row).country).upper(), REGION_SIZE, MUTED)


def _towns(labels: Labels, rows: "_Rows", candidates: Sequence[int], named: set[str], t: Translator) -> None:
    """Dots with names, MOST_TOWNS at most; one whose name stands there already is passed over."""
    written = 0
    for row in candidates:
        name = rows.name(row, t)
        if written < MOST_TOWNS and name not in named and labels.town(*rows.xy(row), name):
            named.add(name)
            written += 1


def _spots(drawn: Sequence[Sight], t: Translator) -> list[tuple[str, tuple[float, float]]]:
    """Names and rounded points of the towns where the gravest things happened, each once."""
    found: dict[str, tuple[float, float]] = {}
    for sight in sorted(drawn, key=lambda sight: sight.weight, reverse=True):
        place = sight.incident.place
        if place.precision is Precision.PLACE and len(found) < MOST_SPOTS:
            found.setdefault(t.place(place.name, place.country), sight.point)
    return list(found.items())


class _Rows:
    """The rows of the gazetteer that lie on a canvas."""

    def __init__(self, gazetteer: Gazetteer, canvas: Canvas) -> None:
        baked, box = gazetteer.baked, canvas.box
        self._gazetteer, self._canvas = gazetteer, canvas
        self._lat, self._lon = np.asarray(baked.lat), np.asarray(baked.lon)
        self._kinds = np.frombuffer(baked.kind, np.uint8)
        self._people = np.asarray(baked.population).astype(np.int64)
        within_lon = (self._lon >= box.west) & (self._lon <= box.east)
        self._inside = (self._lat >= box.south) & (self._lat <= box.north) & within_lon

    def largest(self, kind: Kind) -> list[int]:
        """Those of a kind, the most populous first; of towns only those that people are known to live in."""
        wanted = self._inside & (self._kinds == kind)
        rows = np.flatnonzero(wanted & (self._people > 0) if kind is Kind.PLACE else wanted)
        return [int(row) for row in rows[np.argsort(-self._people[rows], kind="stable")]]

    def provinces(self, area: Area) -> list[int]:
        """Those of the area's country; of all countries where it is a circle or the world."""
        found = self.largest(Kind.ADMIN1)
        return [row for row in found if area.country in (None, self._gazetteer.place_at(row).country)]

    def centre(self, area: Area) -> list[int]:
        """The town in the middle of a circle."""
        if area.lat is None or area.lon is None:
            return []
        away = np.hypot(self._lat - area.lat, self._lon - area.lon)
        away[self._kinds != Kind.PLACE] = np.inf
        nearest = int(away.argmin())
        return [nearest] if away[nearest] * KM_PER_DEGREE < CENTRE_KM else []

    def xy(self, row: int) -> tuple[float, float]:
        ((x, y),) = self._canvas.xy([(float(self._lon[row]), float(self._lat[row]))])
        return float(x), float(y)

    def name(self, row: int, t: Translator) -> str:
        place = self._gazetteer.place_at(row)
        return t.place(place.name, place.country)
