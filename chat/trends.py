"""/trend: the weeks of a region by kind, against its own past."""

from datetime import timedelta
from functools import partial

from alerts.i18n import zone
from alerts.trends import TrendView, render_trend, render_weeks
from alerts.types import Edition
from chat.periods import ALL_TIME, Period
from chat.presses import Press
from chat.regions import Asked, asked, chosen, frame_of, pictured
from chat.screens import Answer, Screen
from chat.trend_drawing import draw_trend
from chat.turn import Turn
from incidents.trend import MOST_WEEKS, WEEK, Trend
from pipeline import regions

DAYS = Period("84")  # where no period is named: twelve weeks


async def trend(turn: Turn) -> Answer:
    """/trend [PLACE] [PERIOD]."""
    region = await asked(turn, Press.TREND_OF, DAYS)
    return region if isinstance(region, Answer) else Answer((await _shown(turn, region),))


async def watch_chosen(turn: Turn) -> Answer:
    """A watch was chosen after /trend."""
    region = await chosen(turn, DAYS)
    return region if isinstance(region, Answer) else Answer((await _shown(turn, region),), anew=True)


async def _shown(turn: Turn, region: Asked) -> Screen:
    since = region.since or region.until - MOST_WEEKS * WEEK
    found = await turn.do(regions.weeks, turn.services.stores, region.area, since, region.until)
    edition = Edition.SAMPLE if Edition.SAMPLE in found.editions else Edition.LIVE
    view = TrendView(frame_of(turn, region, _period(turn, region, found.trend), edition), found.trend)
    if not found.trend.counts and found.trend.usual is None:
        return Screen(render_trend(view))
    return await pictured(turn, render_trend(view), render_weeks(view), partial(draw_trend, view))


def _period(turn: Turn, region: Asked, found: Trend) -> str:
    t, count = turn.t, len(found.starts)
    if region.period == ALL_TIME or region.until >= turn.now:
        return t.plural("the last {count} week", "the last {count} weeks", count)
    last = t.date(region.until - timedelta(seconds=1), zone(turn.chat.time_zone))
    return t.plural("{count} week up to {date}", "{count} weeks up to {date}", count, date=last)
