"""/alerts: what this chat was told, narrowed and ordered by buttons."""

from dataclasses import dataclass, replace
from typing import TypeVar

from alerts.i18n import mark as _
from alerts.i18n import mark_plural
from alerts.types import Severity
from alerts.view import public_id
from alerts.wording import render_line
from chat.areas import Named, named, parted, the_area
from chat.labels import kind_name, severity_and_above
from chat.periods import ALL_TIME, Period, parse_period
from chat.presses import MAX_BYTES, Press, fitting
from chat.screens import Answer, Button, Rows, in_rows, said
from chat.turn import StalePress, Turn
from classifiers.taxonomy import Signal
from classifiers.thesaurus import kin_of
from pipeline import history
from pipeline.history import HistoryPage
from places.types import Area
from store.types import HistoryFilter, StatusWord

SIZE = 5
MAX_WATCH_BUTTONS = 20
KINDS, STATUSES, SEVERITIES = tuple(Signal), tuple(StatusWord), tuple(Severity)
STATUS_NAMES = {
    StatusWord.CLAIMED: _("claimed by a party"),
    StatusWord.REPORTED: _("reported by one outlet"),
    StatusWord.CORROBORATED: _("corroborated or confirmed"),
    StatusWord.DISPUTED: _("disputed"),
    StatusWord.WITHDRAWN: _("withdrawn"),
    StatusWord.EASED: _("eased"),
}
NEWEST = mark_plural("I told you of {count} incident.", "I told you of {count} incidents, newest first.")
GRAVEST = mark_plural(
    "{count} incident that I told you of.", "{count} incidents that I told you of, the gravest first."
)
_GRAVEST_FIRST = "g"
M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Look:
    """What part of the history is shown, and in what order; it travels in the buttons. `words`: as written; they may
    name a place."""

    page: int = 0
    watch_id: int | None = None
    kind: Signal | None = None
    period: Period = ALL_TIME
    severity: Severity | None = None
    status: StatusWord | None = None
    gravest_first: bool = False
    words: str = ""

    def data(self, press: Press = Press.HISTORY) -> str:
        fields = (
            self.page,
            self.watch_id or "",
            _number(KINDS, self.kind),
            self.period.code,
            _number(SEVERITIES, self.severity),
            _number(STATUSES, self.status),
            _GRAVEST_FIRST if self.gravest_first else "",
        )
        room = MAX_BYTES - len(press.data(*fields).encode()) - 1
        return press.data(*fields, fitting(self.words, room))

    @classmethod
    def of(cls, turn: Turn) -> "Look":
        """Read the fields of a button; raises StalePress."""
        period = parse_period(turn.field(3))
        if period is None:
            raise StalePress
        return cls(
            page=turn.number(0),
            watch_id=turn.number(1) if turn.field(1) else None,
            kind=_member(turn, 2, KINDS),
            period=period,
            severity=_member(turn, 4, SEVERITIES),
            status=_member(turn, 5, STATUSES),
            gravest_first=turn.field(6) == _GRAVEST_FIRST,
            words=turn.field(7),
        )

    @property
    def narrowed(self) -> bool:
        return self != Look(page=self.page, gravest_first=self.gravest_first)


def _number(members: tuple[M, ...], chosen: M | None) -> int | str:
    return "" if chosen is None else members.index(chosen)


def _member(turn: Turn, index: int, members: tuple[M, ...]) -> M | None:
    """What a field of a button chose; None: nothing. Raises StalePress."""
    if not turn.field(index):
        return None
    number = turn.number(index)
    if not 0 <= number < len(members):
        raise StalePress
    return members[number]


async def alerts(turn: Turn) -> Answer:
    """/alerts, with a place, a period ("2025-03-19", "2025-03", "7") or words to search for, also one after the other:
    "North Kivu 2025-03"."""
    text = " ".join(turn.text.replace("|", " ").split())
    period = parse_period(text)
    words, period = ("", period) if period is not None else await parted(turn, text)
    return await _shown(turn, _as_carried(Look(period=period, words=words)))


def _as_carried(look: Look) -> Look:
    """The look with no more words than a button carries, so that the next page shows the same search."""
    return replace(look, words=look.data().rsplit("|", 1)[1])


async def turned(turn: Turn) -> Answer:
    """A page, a filter or an order was pressed."""
    return await _shown(turn, Look.of(turn))


async def _shown(turn: Turn, look: Look) -> Answer:
    since, until = look.period.bounds(turn.now, turn.chat.time_zone)
    area = await _area(turn, look.words)
    wanted = HistoryFilter(
        watch_id=look.watch_id,
        kind=look.kind,
        since=since,
        until=until,
        words=tuple(look.words.split()),
        area=area,
        min_severity=look.severity,
        status=look.status,
        gravest_first=look.gravest_first,
    )
    page = await turn.do(history.page, turn.services.stores, turn.chat.id, wanted, max(0, look.page), SIZE)
    look = replace(look, page=page.page)
    head = await _head(turn, look, page, area)
    chat = turn.chat
    lines = [render_line(told, chat.language, chat.time_zone) for told in page.rows]
    return said("\n\n".join([head, *lines]), *_buttons(turn, look, page))


async def _area(turn: Turn, words: str) -> Area | None:
    """The place that the words name, if they do; what has the words is listed beside what lies there. A word for what
    alerts tell of ("hospital") names none: there is a town called so."""
    if not words or any(kin.form.casefold() == words.casefold() for kin in kin_of(words, turn.chat.language)):
        return None
    wanted = await named(turn, words)
    return the_area(turn, wanted) if isinstance(wanted, Named) and wanted.sure else None


async def _head(turn: Turn, look: Look, page: HistoryPage, area: Area | None) -> str:
    t = turn.t
    if not page.total and not look.narrowed:
        return t.text("I have told you of nothing yet. /watches shows what you watch.")
    forms = GRAVEST if look.gravest_first else NEWEST
    parts = [t.plural(*forms, page.total) if page.total else t.text("I told you of nothing like this.")]
    if page.pages > 1:
        parts.append(t.text("Page {page} of {pages}.", page=page.page + 1, pages=page.pages))
    filters = await _filters(turn, look, area)
    if filters:
        parts.append(t.text("Shown: {filters}.", filters=", ".join(filters)))
    return " ".join(parts)


async def _filters(turn: Turn, look: Look, area: Area | None) -> list[str]:
    t, shown = turn.t, []
    if look.watch_id is not None:
        watch = await turn.do(turn.subscriptions.watch, turn.chat.id, look.watch_id)
        if watch is None:
            raise StalePress
        shown.append(watch.area.name)
    if look.kind:
        shown.append(kind_name(look.kind, t))
    if look.severity:
        shown.append(severity_and_above(look.severity, t))
    if look.status:
        shown.append(t.text(STATUS_NAMES[look.status]))
    if look.period.code:
        shown.append(look.period.name(t))
    if area:
        shown.append(t.text("{area}, or the words “{words}”", area=area.name, words=look.words))
    elif look.words:
        shown.append(t.text("words “{words}”", words=look.words))
    return shown


def _buttons(turn: Turn, look: Look, page: HistoryPage) -> Rows:
    t = turn.t
    details = [
        Button(public_id(told.edition, told.incident.id), Press.DETAIL.data(told.edition.value, told.incident.id))
        for told in page.rows
    ]
    rows = [*in_rows(details, 3), _turning(turn, look, page)]
    if page.total or look.narrowed:
        rows += _narrowing(turn, replace(look, page=0))
    rows += [(Button(t.text("Show everything"), Look().data()),)] if look.narrowed else []
    return tuple(row for row in rows if row)


def _turning(turn: Turn, look: Look, page: HistoryPage) -> tuple[Button, ...]:
    t, grave = turn.t, look.gravest_first
    back, on = replace(look, page=look.page - 1).data(), replace(look, page=look.page + 1).data()
    before = Button(t.text("◀ Graver") if grave else t.text("◀ Newer"), back)
    after = Button(t.text("Less grave ▶") if grave else t.text("Older ▶"), on)
    return (*([before] if look.page else []), *([after] if page.page < page.pages - 1 else []))


def _narrowing(turn: Turn, look: Look) -> Rows:
    t = turn.t
    order = replace(look, gravest_first=not look.gravest_first)
    return (
        (
            Button(t.text("Watch"), look.data(Press.HISTORY_BY_WATCH)),
            Button(t.text("Kind"), look.data(Press.HISTORY_BY_KIND)),
            Button(t.text("Period"), look.data(Press.HISTORY_BY_PERIOD)),
        ),
        (
            Button(t.text("Severity"), look.data(Press.HISTORY_BY_SEVERITY)),
            Button(t.text("How sure"), look.data(Press.HISTORY_BY_STATUS)),
            Button(t.text("Newest first") if look.gravest_first else t.text("Gravest first"), order.data()),
        ),
    )


async def by_watch(turn: Turn) -> Answer:
    look = Look.of(turn)
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    buttons = [Button(w.area.name[:60], replace(look, watch_id=w.id).data()) for w in watches[:MAX_WATCH_BUTTONS]]
    every = Button(turn.t.text("All watches"), replace(look, watch_id=None).data())
    text = turn.t.text("Which watch? For any other place write for example: /alerts North Kivu")
    return said(text, *in_rows(buttons, 1), (every,))


async def by_kind(turn: Turn) -> Answer:
    look = Look.of(turn)
    buttons = [Button(kind_name(kind, turn.t), replace(look, kind=kind).data()) for kind in KINDS]
    every = Button(turn.t.text("All kinds"), replace(look, kind=None).data())
    return said(turn.t.text("Which kind of event?"), *in_rows(buttons, 2), (every,))


async def by_period(turn: Turn) -> Answer:
    look = Look.of(turn)
    periods = [Period("1"), Period("7"), Period("30"), Period()]
    buttons = [Button(period.name(turn.t), replace(look, period=period).data()) for period in periods]
    text = turn.t.text("Which period? For one day write for example: /alerts 2025-03-19")
    return said(text, *in_rows(buttons, 2))


async def by_severity(turn: Turn) -> Answer:
    look = Look.of(turn)
    choices = [(severity, severity_and_above(severity, turn.t)) for severity in SEVERITIES[:-1]]
    buttons = [Button(name, replace(look, severity=severity).data()) for severity, name in choices]
    every = Button(turn.t.text("Any severity"), replace(look, severity=None).data())
    return said(turn.t.text("How grave?"), *in_rows(buttons, 1), (every,))


async def by_status(turn: Turn) -> Answer:
    look = Look.of(turn)
    buttons = [Button(turn.t.text(STATUS_NAMES[status]), replace(look, status=status).data()) for status in STATUSES]
    every = Button(turn.t.text("However sure"), replace(look, status=None).data())
    return said(turn.t.text("How sure is it now?"), *in_rows(buttons, 2), (every,))
