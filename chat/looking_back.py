"""/alerts and /alert: what this chat was told, and all that is known of one incident."""

from dataclasses import dataclass, replace

from alerts.severity import severity as severity_of
from alerts.types import Edition
from alerts.watches import matching
from alerts.wording import (
    AlertView,
    parse_public_id,
    public_id,
    render,
    render_detail,
    render_line,
    render_sources,
    render_why,
)
from chat.alert_buttons import alert_rows, back_row
from chat.labels import fault_name, kind_name
from chat.periods import ALL_TIME, Period, parse_period
from chat.presses import MAX_BYTES, Press, fitting
from chat.screens import Answer, Button, Rows, Screen, in_rows, said
from chat.turn import StalePress, Turn
from classifiers.taxonomy import Signal
from incidents.types import Incident
from pipeline import history
from pipeline.history import HistoryPage, IncidentDetail
from store.types import Delivery, HistoryFilter

SIZE = 5
MAX_WATCH_BUTTONS = 20
KINDS = tuple(Signal)


@dataclass(frozen=True, slots=True)
class Look:
    """What part of the history is shown; it travels in the buttons."""

    page: int = 0
    watch_id: int | None = None
    kind: Signal | None = None
    period: Period = ALL_TIME
    words: str = ""

    def data(self, press: Press = Press.HISTORY) -> str:
        kind = KINDS.index(self.kind) if self.kind else ""
        fields = (self.page, self.watch_id or "", kind, self.period.code)
        room = MAX_BYTES - len(press.data(*fields).encode()) - 1
        return press.data(*fields, fitting(self.words, room))

    @classmethod
    def of(cls, turn: Turn) -> "Look":
        """Read the fields of a button; raises StalePress."""
        kind_field = turn.field(2)
        number = turn.number(2) if kind_field else 0
        period = parse_period(turn.field(3))
        if period is None or not 0 <= number < len(KINDS):
            raise StalePress
        return cls(
            page=turn.number(0),
            watch_id=turn.number(1) if turn.field(1) else None,
            kind=KINDS[number] if kind_field else None,
            period=period,
            words=turn.field(4),
        )

    @property
    def narrowed(self) -> bool:
        return self != Look(page=self.page)


async def alerts(turn: Turn) -> Answer:
    """/alerts, with a date ("2025-03-19", "2025-03") or words to search for."""
    text = " ".join(turn.text.replace("|", " ").split())
    period = parse_period(text) if text else Period()
    look = Look(period=period) if period is not None else Look(words=text)
    return await _shown(turn, _as_carried(turn, look))


def _as_carried(turn: Turn, look: Look) -> Look:
    """The look with no more words than a button carries, so that the next page shows the same search."""
    words = look.data().rsplit("|", 1)[1]
    return replace(look, words=words)


async def turned(turn: Turn) -> Answer:
    """A page or a filter was pressed."""
    return await _shown(turn, Look.of(turn))


async def _shown(turn: Turn, look: Look) -> Answer:
    since, until = look.period.bounds(turn.now, turn.chat.time_zone)
    wanted = HistoryFilter(look.watch_id, look.kind, since, until, tuple(look.words.split()))
    page = await turn.do(history.page, turn.services.stores, turn.chat.id, wanted, max(0, look.page), SIZE)
    look = replace(look, page=page.page)
    head = await _head(turn, look, page)
    chat = turn.chat
    lines = [render_line(told, chat.language, chat.time_zone) for told in page.rows]
    return said("\n\n".join([head, *lines]), *_buttons(turn, look, page))


async def _head(turn: Turn, look: Look, page: HistoryPage) -> str:
    t = turn.t
    if not page.total and not look.narrowed:
        return t.text("I have told you of nothing yet. /watches shows what you watch.")
    if page.total:
        first = t.plural(
            "I told you of {count} incident.", "I told you of {count} incidents, newest first.", page.total
        )
    else:
        first = t.text("I told you of nothing like this.")
    parts = [first]
    if page.pages > 1:
        parts.append(t.text("Page {page} of {pages}.", page=page.page + 1, pages=page.pages))
    filters = await _filters(turn, look)
    if filters:
        parts.append(t.text("Shown: {filters}.", filters=", ".join(filters)))
    return " ".join(parts)


async def _filters(turn: Turn, look: Look) -> list[str]:
    shown = []
    if look.watch_id is not None:
        watch = await turn.do(turn.subscriptions.watch, turn.chat.id, look.watch_id)
        if watch is None:
            raise StalePress
        shown.append(watch.area.name)
    if look.kind:
        shown.append(kind_name(look.kind, turn.t))
    if look.period.code:
        shown.append(look.period.name(turn.t))
    if look.words:
        shown.append(turn.t.text("words “{words}”", words=look.words))
    return shown


def _buttons(turn: Turn, look: Look, page: HistoryPage) -> Rows:
    t = turn.t
    details = [
        Button(public_id(told.edition, told.incident.id), Press.DETAIL.data(told.edition.value, told.incident.id))
        for told in page.rows
    ]
    turning = [Button(t.text("◀ Newer"), replace(look, page=look.page - 1).data())] if look.page else []
    turning += (
        [Button(t.text("Older ▶"), replace(look, page=look.page + 1).data())] if page.page < page.pages - 1 else []
    )
    first = replace(look, page=0)
    narrow = (
        Button(t.text("Watch"), first.data(Press.HISTORY_BY_WATCH)),
        Button(t.text("Kind"), first.data(Press.HISTORY_BY_KIND)),
        Button(t.text("Period"), first.data(Press.HISTORY_BY_PERIOD)),
    )
    rows = [*in_rows(details, 3), tuple(turning), narrow if page.total or look.narrowed else ()]
    rows += [(Button(t.text("Show everything"), Look().data()),)] if look.narrowed else []
    return tuple(row for row in rows if row)


async def by_watch(turn: Turn) -> Answer:
    look = Look.of(turn)
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    buttons = [Button(w.area.name[:60], replace(look, watch_id=w.id).data()) for w in watches[:MAX_WATCH_BUTTONS]]
    every = Button(turn.t.text("All watches"), replace(look, watch_id=None).data())
    return said(turn.t.text("Which watch?"), *in_rows(buttons, 1), (every,))


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


async def alert(turn: Turn) -> Answer:
    """/alert N: all that is known of an incident this chat was told of."""
    written = turn.text.strip()
    wanted = parse_public_id(written)
    if wanted is None:
        return said(turn.t.text("Which one? Write its number, for example: /alert 417. /alerts lists them."))
    found = await _found(turn, *wanted)
    if found is None and written[:1].isdigit():  # a bare number may be meant for the sample as well
        found = await _found(turn, Edition.SAMPLE, wanted[1])
    if found is None:
        return said(turn.t.text("I have told you of no incident {id}. /alerts lists them.", id=public_id(*wanted)))
    return await _detail(turn, found)


async def detail_pressed(turn: Turn) -> Answer:
    found = await _found(turn, *incident_of(turn))
    if found is None:
        raise StalePress
    return replace(await _detail(turn, found), anew=True)


async def sources_pressed(turn: Turn) -> Answer:
    """Who says what, in the alert's place."""
    edition, incident_id = incident_of(turn)
    found = await _found(turn, edition, incident_id)
    if found is None:
        raise StalePress
    text = render_sources(_view(turn, edition, found.incident, found.told))
    return said(text, back_row(edition, incident_id, turn.t))


async def shown_again(turn: Turn) -> Answer:
    """The alert as it is now, with its own buttons, in the place of what was shown instead."""
    edition, incident_id = incident_of(turn)
    found = await _found(turn, edition, incident_id)
    if found is None:
        raise StalePress
    text = render(await _own_view(turn, found))
    return said(text, *alert_rows(edition, incident_id, turn.t))


async def why_pressed(turn: Turn) -> Answer:
    """How the sources of an alert were read, in its place."""
    edition, incident_id = incident_of(turn)
    stores, chat_id = turn.services.stores, turn.chat.id
    found = await turn.do(history.readings, stores, edition, incident_id, chat_id, turn.operator)
    if found is None:
        raise StalePress
    text = await turn.do(render_why, _view(turn, edition, found.incident, found.told), found.reports, found.more)
    return said(text, back_row(edition, incident_id, turn.t))


def incident_of(turn: Turn) -> tuple[Edition, int]:
    """The incident that a button under an alert speaks of; raises StalePress."""
    try:
        return Edition(turn.field(0)), turn.number(1)
    except ValueError as error:
        raise StalePress from error


async def _found(turn: Turn, edition: Edition, incident_id: int) -> IncidentDetail | None:
    stores, chat_id = turn.services.stores, turn.chat.id
    return await turn.do(history.detail, stores, edition, incident_id, chat_id, turn.operator)


async def _detail(turn: Turn, found: IncidentDetail) -> Answer:
    view = await _own_view(turn, found)
    texts = await turn.do(render_detail, view, found.revisions, found.alerts, _votes(turn, found))
    return Answer(tuple(Screen(text) for text in texts))


async def _own_view(turn: Turn, found: IncidentDetail) -> AlertView:
    """With the chat's watches that match."""
    view = _view(turn, found.edition, found.incident, found.told)
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    matched = matching(watches, found.incident, view.severity)
    return replace(view, watches=tuple((watch.area.name, match) for watch, match in matched))


def _votes(turn: Turn, found: IncidentDetail) -> str:
    """What chats find wrong with the incident: for an operator's eyes, so not in a group."""
    if not (turn.operator and turn.private):
        return ""
    lines = [
        turn.t.plural(
            "{count} person says: {fault}", "{count} people say: {fault}", count, fault=fault_name(fault, turn.t)
        )
        for fault, count in found.votes.items()
    ]
    return "\n".join(lines)


def _view(turn: Turn, edition: Edition, incident: Incident, told: Delivery | None) -> AlertView:
    return AlertView(
        incident=incident,
        severity=told.severity if told else severity_of(incident),
        edition=edition,
        language=turn.chat.language,
        time_zone=turn.chat.time_zone,
        now=turn.now,
    )
