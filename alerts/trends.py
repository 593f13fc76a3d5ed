"""What the weeks of a region say against its past: the values they are drawn from, and their words. Pure."""

from dataclasses import dataclass

from alerts.bars import bars
from alerts.i18n import Translator
from alerts.i18n import mark as _
from alerts.maps import INCIDENTS, KINDS_LISTED, Frame, counted, nothing_known
from classifiers.taxonomy import SIGNALS, Signal
from incidents.trend import Trend

REPORTS_ONLY = _("This counts reports: more of them may also mean that more was reported.")
FEW = 3  # incidents of a kind that are too few to call more than usual


@dataclass(frozen=True, slots=True)
class TrendView:
    frame: Frame
    trend: Trend


def render_trend(view: TrendView) -> str:
    """The text under a trend; at most 1,000 characters."""
    t, trend = view.frame.translator, view.trend
    lines = [t.text("{place}: {period}.", place=view.frame.title, period=view.frame.as_of)]
    if trend.counts:
        kinds = counted([(kind, sum(weeks)) for kind, weeks in trend.counts.items()], t)
        lines.append(t.plural(*INCIDENTS, trend.total, kinds=kinds))
        lines.append(t.text("In the last 7 days of this: {count}.", count=t.number(trend.totals[-1])))
    else:
        lines.append(nothing_known(t))
    lines += _against_the_past(trend, t)
    lines.append(t.text(REPORTS_ONLY))
    return "\n".join(lines)


def render_weeks(view: TrendView) -> str:
    """A line of bars for each kind, one a week, for where the picture cannot be shown; empty where nothing is known."""
    t, counts = view.frame.translator, view.trend.counts
    if not counts:
        return ""
    every = f"{t.left_to_right(bars(view.trend.totals))} {t.text('all kinds')} {t.number(view.trend.total)}"
    lines = [every] if len(counts) > 1 else []
    lines += [
        f"{t.left_to_right(bars(weeks))} {t.text(SIGNALS[kind].name)} {t.number(sum(weeks))}"
        for kind, weeks in list(counts.items())[:KINDS_LISTED]
    ]
    return "\n".join([t.text("One bar a week, the last on the right:"), *lines])


def _against_the_past(trend: Trend, t: Translator) -> list[str]:
    if trend.usual is None:
        return [t.text("I have not read the news for long enough to know what is usual there.")]
    usual = trend.usual
    lines = [
        t.text(
            "Usual, by the {weeks} weeks before: {median} a week, eight of ten weeks {low} to {high}.",
            weeks=t.number(usual.weeks),
            median=t.number(round(usual.median)),
            low=t.number(round(usual.low)),
            high=t.number(round(usual.high)),
        )
    ]
    if more := [kind for kind, weeks in trend.counts.items() if sum(weeks) >= FEW and _doubled(kind, trend)]:
        kinds = t.listing([t.text(SIGNALS[kind].name) for kind in more[:KINDS_LISTED]])
        lines.append(t.text("More than twice as many as usual: {kinds}.", kinds=kinds))
    return lines


def _doubled(kind: Signal, trend: Trend) -> bool:
    usual = trend.usual.by_kind.get(kind, 0.0) if trend.usual else 0.0
    return sum(trend.counts[kind]) / len(trend.starts) > 2 * usual
