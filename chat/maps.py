"""/map, and the button of an alert that shows where it was."""

from datetime import timedelta
from functools import partial

from alerts.i18n import zone
from alerts.maps import MapView, Sight, edition_of, render_map, render_more
from alerts.severity import severity
from chat.areas import area_of
from chat.looking_back import incident_of
from chat.map_drawing import draw_map
from chat.periods import ALL_TIME, Period
from chat.presses import Press
from chat.regions import Asked, asked, chosen, frame_of, pictured
from chat.screens import Answer, Button, Screen
from chat.turn import StalePress, Turn
from pipeline import history, regions
from pipeline.history import IncidentDetail
from places.gazetteer import Gazetteer
from places.shapes import default_shapes

DAYS = Period("30")  # where no period is named
RECENT = timedelta(days=30)


async def map_(turn: Turn) -> Answer:
    """/map [PLACE] [PERIOD]."""
    region = await asked(turn, Press.MAP_OF, DAYS)
    return region if isinstance(region, Answer) else Answer((await _shown(turn, region),))


async def watch_chosen(turn: Turn) -> Answer:
    """A watch was chosen after /map."""
    region = await chosen(turn, DAYS)
    return region if isinstance(region, Answer) else Answer((await _shown(turn, region),), anew=True)


async def of_alert(turn: Turn) -> Answer:
    """What else happened around an alert within its month, as an answer to it that can be taken away again."""
    edition, incident_id = incident_of(turn)
    stores, chat_id = turn.services.stores, turn.chat.id
    found = await turn.do(history.detail, stores, edition, incident_id, chat_id, turn.operator)
    if found is None:
        raise StalePress
    screen = await _shown(turn, _around(turn, found), found)
    away = Button(turn.t.text("Take away"), Press.TAKE_AWAY.data())
    return Answer((Screen(screen.text, ((away,),), screen.photo, bars=screen.bars),), anew=True)


async def take_away(turn: Turn) -> Answer:
    """The picture under an alert is no longer wanted."""
    return Answer(gone=True)


def _around(turn: Turn, found: IncidentDetail) -> Asked:
    """The last days around where it happened; of what is older, its month."""
    area = area_of(turn, found.incident.place, None)
    seen = found.incident.first_seen.astimezone(zone(turn.chat.time_zone))
    period = DAYS if turn.now - seen < RECENT else Period(f"{seen:%Y-%m}")
    since, until = period.bounds(turn.now, turn.chat.time_zone)
    return Asked(area, period, since, min(until or turn.now, turn.now))


async def _shown(turn: Turn, region: Asked, about: IncidentDetail | None = None) -> Screen:
    stores, chat_id = turn.services.stores, turn.chat.id
    sights = await turn.do(regions.sights, stores, chat_id, region.area, region.since, region.until)
    focus = _focus(sights, about) if about else None
    period = (DAYS if region.period == ALL_TIME else region.period).name(turn.t)
    edition = edition_of([*sights, *([focus] if focus else [])])
    view = MapView(frame_of(turn, region, period, edition), sights, focus)
    if not view.drawn:
        return Screen(render_map(view), bars=render_more(view))
    draw = partial(_drawn, view, turn.services.gazetteer)
    return await pictured(turn, render_map(view), render_more(view), draw)


def _focus(sights: tuple[Sight, ...], about: IncidentDetail) -> Sight:
    """The incident among the sights; by itself, where it is none of them."""
    key = about.edition, about.incident.id
    for sight in sights:
        if (sight.edition, sight.incident.id) == key:
            return sight
    return Sight(about.edition, about.incident, severity(about.incident), told=about.told is not None)


def _drawn(view: MapView, gazetteer: Gazetteer) -> bytes:
    return draw_map(view, default_shapes(), gazetteer)
