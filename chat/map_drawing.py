"""A map of what was reported from a region, as a PNG."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.patheffects import withStroke

from alerts.i18n import Translator
from alerts.maps import MapView
from chat.drawing import (
    FONT,
    INK,
    MARGIN,
    MUTED,
    SMALL,
    SYMBOLS,
    WIDTH,
    head,
    new_figure,
    png_of,
    width_of,
    wrapped,
    write,
)
from chat.i18n import translator
from chat.map_frame import Canvas, canvas_for
from chat.map_ground import PROVINCES_BELOW_KM, about_where, draw_ground
from chat.map_labels import Labels, Rect
from chat.map_legend import (
    AREA_COLOUR,
    FOCUS_PIXELS,
    MOST_EXTRA,
    draw_legend,
    legend_height,
    legend_of,
    marker,
    ring,
    slash,
)
from chat.map_names import name_ground
from chat.map_symbols import WIDE_KM, Mark, loose_places, marks
from places.gazetteer import Gazetteer
from places.shapes import Shapes
from places.types import Place

HIGHEST = 1280.0  # pixels of the whole: of higher pictures Telegram makes smaller ones
HEAD, FOOT = 112.0, 24.0  # above the map, below all
NOTE = 23.0  # a line of the notes below
MOST_NOTES = 3
NICE = (1, 2, 5)
OLD_PROVINCES = {"CD": 2015}  # countries whose provinces are drawn as they were before that year


def draw_map(view: MapView, shapes: Shapes, gazetteer: Gazetteer) -> bytes:
    """Symbols where something was reported, on a ground with names, under a title, above a legend."""
    t, area = translator(view.frame.language), view.frame.area
    loose = loose_places(view.drawn)
    most = legend_height(len({sight.incident.kind for sight in view.drawn}), MOST_EXTRA if view.drawn else 0)
    canvas = canvas_for(view, shapes, gazetteer, WIDTH, HIGHEST - HEAD - most - MOST_NOTES * NOTE - FOOT)
    found = marks(view.drawn, canvas, view.focus)
    legend = legend_of(found, bool(loose))
    about = about_where(area, canvas, shapes, gazetteer)
    notes = _notes(canvas, shapes, about is not None, t)
    height = HEAD + canvas.height + legend.height + NOTE * len(notes) + FOOT
    figure = new_figure(height)
    head(figure, view.frame)
    axes = _axes(figure, canvas, height)
    borders = draw_ground(axes, canvas, shapes, area, about)
    for place in loose:
        _loose(axes, canvas, shapes, place)
    labels = Labels(axes, canvas, borders)
    for mark in found:
        labels.take(_room(mark))
    name_ground(labels, canvas, shapes, gazetteer, t, area, view.drawn)
    labels.draw()
    for mark in found:
        _symbol(axes, mark)
    _scale(axes, canvas, t)
    draw_legend(figure, height, HEAD + canvas.height, legend, t)
    for number, note in enumerate(reversed(notes)):
        write(figure, MARGIN, height - FOOT / 2 - number * NOTE, note, SMALL, color=MUTED, va="bottom")
    return png_of(figure)


def _axes(figure: Figure, canvas: Canvas, height: float) -> Axes:
    axes = figure.add_axes((0, 1 - (HEAD + canvas.height) / height, 1, canvas.height / height))
    axes.set(xlim=(0, canvas.width), ylim=(0, canvas.height), xticks=[], yticks=[])
    axes.spines[["left", "right"]].set_visible(False)
    return axes


def _loose(axes: Axes, canvas: Canvas, shapes: Shapes, place: Place) -> None:
    """The area in which something happened, nobody knows where."""
    outlines = [canvas.xy(line) for line in shapes.outline(place.id)]
    for outline in outlines or [canvas.circle(round(place.lat, 1), round(place.lon, 1), place.uncertainty_km)]:
        patch = Polygon(
            outline, closed=True, hatch="/", alpha=0.6, edgecolor=AREA_COLOUR, facecolor="none", linewidth=1.2,
            linestyle=(0, (2, 2)), zorder=3.5,
        )  # fmt: skip
        patch.set_hatch_linewidth(0.5)
        axes.add_artist(patch)


def _room(mark: Mark) -> Rect:
    """What the symbol and its number cover."""
    half = mark.size / 2 + (FOCUS_PIXELS + 3 if mark.focus else 2)
    beside = width_of(f"×{mark.count}", SMALL) if mark.count > 1 else 0.0
    return mark.x - half, mark.y - half - (4 if beside else 0), mark.x + half + beside, mark.y + half


def _symbol(axes: Axes, mark: Mark) -> None:
    marker(axes, mark.x, mark.y, SYMBOLS[mark.kind], mark.size, mark.certainty)
    if mark.disputed:
        slash(axes, mark.x, mark.y, mark.size)
    if mark.focus:
        ring(axes, mark.x, mark.y, mark.size)
    if mark.count > 1:
        half = mark.size / 2
        halo = [withStroke(linewidth=3.5, foreground="white")]
        axes.text(
            mark.x + half * 0.6, mark.y - half, f"×{mark.count}", fontsize=SMALL, family=FONT, color=INK, zorder=9,
            ha="left", va="center", path_effects=halo, clip_on=True,
        )  # fmt: skip


def _scale(axes: Axes, canvas: Canvas, t: Translator) -> None:
    """A bar of a round number of kilometres in the lower left."""
    if canvas.km > WIDE_KM:  # no one scale holds for all of the map
        return
    room = canvas.km / 5
    km = max(n * 10**power for n in NICE for power in range(5) if n * 10**power <= max(room, 1))
    long, x, y = km * canvas.per_km, 24.0, 22.0
    wide = max(long, width_of(t.text("{radius} km", radius=t.number(km)), SMALL)) + 24
    axes.add_artist(
        Polygon(
            [(x - 12, y - 12), (x - 12 + wide, y - 12), (x - 12 + wide, y + 32), (x - 12, y + 32)],
            facecolor="white", alpha=0.8, zorder=9,
        )
    )  # fmt: skip
    axes.add_artist(Line2D([x, x, x + long, x + long], [y + 6, y, y, y + 6], color=INK, linewidth=2, zorder=10))
    label = t.text("{radius} km", radius=t.number(km))
    axes.text(x, y + 9, label, fontsize=SMALL, family=FONT, color=INK, va="bottom", zorder=10)


def _notes(canvas: Canvas, shapes: Shapes, about: bool, t: Translator) -> list[str]:
    """`about`: the area's own borders are not known, a dashed circle stands for them."""
    sentences = [
        t.text("As reported, not verified; points rounded to 0.1°."),
        t.text("Map: Natural Earth, GeoNames; its borders judge no claim."),
    ]
    if about:
        sentences.append(t.text("Dashed circle: about where it lies."))
    for country, year in OLD_PROVINCES.items():
        box = shapes.extent(f"c:{country}")
        x, y = canvas.box.centre
        if box and box.west <= x <= box.east and box.south <= y <= box.north and canvas.km < PROVINCES_BELOW_KM:
            sentences.append(
                t.text("Provinces of {country}: borders before {year}.", country=t.country(country), year=year)
            )
    return list(wrapped(" ".join(sentences), SMALL, WIDTH - 2 * MARGIN))
