"""/level: how a region stands, with the chart of its past year."""

from alerts.levels import LevelView, render_level, render_line, sparkline
from alerts.types import Edition
from chat import charts
from chat.areas import area_of, named, the_area, unsure, which
from chat.place_keys import key_of
from chat.presses import Press
from chat.screens import Answer, Screen, said
from chat.turn import Turn
from chat.watching import bad_radius, place_at
from incidents.level import Standing
from pipeline import asking
from pipeline.asking import BadRadius
from places.types import Area, AreaKind

MOST_LINES = 40


async def level(turn: Turn) -> Answer:
    """/level NAME, also with a radius; without a name, of all that the chat watches; for operators, of all regions."""
    written = " ".join(turn.text.split())
    if not written:
        return await _of_all(turn) if turn.operator else await _of_watches(turn)
    if asking.is_world(written):
        return await _of_all(turn)
    wanted = await named(turn, written)
    if isinstance(wanted, BadRadius):
        return bad_radius(turn, wanted.written)
    if not wanted.sure:
        return said(unsure(turn, wanted))
    if wanted.vague:
        return which(turn, wanted, lambda place: Press.LEVEL_OF.data(key_of(place)))
    return await _of_area(turn, the_area(turn, wanted))


async def place_chosen(turn: Turn) -> Answer:
    """One of several places was chosen after /level."""
    answer = await _of_area(turn, area_of(turn, place_at(turn, 0), None))
    return Answer(answer.screens, anew=True)


async def _of_area(turn: Turn, area: Area) -> Answer:
    view = _view(turn, await turn.do(turn.services.levels.standing, area))
    photo = await turn.services.easel.draw(charts.draw, view) if turn.chat.pictures else None
    text = render_level(view)
    if turn.services.sample_store:
        text = "\n".join([text, turn.t.text("Events of the sample are not counted here.")])
    return Answer((Screen(text, photo=photo, bars=sparkline(view.standing)),))


async def _of_watches(turn: Turn) -> Answer:
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    areas = list(dict.fromkeys(watch.area for watch in watches if watch.area.kind is not AreaKind.WORLD))
    if not areas:
        return said(turn.t.text("Which place? Write for example: /level North Kivu"))
    standings = await turn.do(turn.services.levels.standings, areas)
    return said(_lines(turn, standings))


async def _of_all(turn: Turn) -> Answer:
    standings = await turn.do(turn.services.levels.above_calm)
    if not standings:
        return said(turn.t.text("No region is above Calm."))
    return said(_lines(turn, standings))


def _lines(turn: Turn, standings: list[Standing]) -> str:
    lines = [render_line(_view(turn, standing)) for standing in standings[:MOST_LINES]]
    if len(standings) > MOST_LINES:
        lines.append(turn.t.plural("{count} more", "{count} more", len(standings) - MOST_LINES))
    lines.append(turn.t.text("/level and a place shows its past year."))
    return "\n".join(lines)


def _view(turn: Turn, standing: Standing) -> LevelView:
    return LevelView(standing, Edition.LIVE, turn.chat.language)
