"""An incident as history shows it: one line of a list, or everything known."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from alerts.causes import cause_words
from alerts.i18n import Translator, load, zone
from alerts.message import basis_words, headline, listed, quote, render, status_words, what
from alerts.parties import party_names
from alerts.phrases import CERTAINTIES, CREDIBILITIES, REASONS, RELIABILITIES, SEVERITIES, STATUSES, plain, shortened
from alerts.types import Alert, Edition, Language, Severity
from alerts.view import AlertView, public_id, stamped
from alerts.why import MORE
from incidents.certainty import Basis, basis, status_of
from incidents.credibility import credibility, credibility_of
from incidents.types import Incident, Witness

LINE = 200
MESSAGE = 3800  # of Telegram's 4,096, so that a few characters of two units each do no harm
EVIDENCE = 8
ROOM_FOR_MORE = 100


class ToldIncident(Protocol):
    """What a history line needs; store.types.Told is one."""

    @property
    def edition(self) -> Edition: ...
    @property
    def incident(self) -> Incident: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def told_at(self) -> datetime: ...


class Showing(Protocol):
    """What a chat was shown of an incident; store.types.Delivery is one."""

    @property
    def sent_revision(self) -> int: ...
    @property
    def told_at(self) -> datetime | None: ...


def render_line(told: ToldIncident, language: Language, time_zone: str) -> str:
    """One line, at most 200 characters: id, when it was told, severity, and what is known now."""
    t = load(language)
    view = AlertView(told.incident, told.severity, told.edition, language, time_zone, told.told_at)
    line = t.text(
        "{id} · {time} · {severity} · {status}: {what}",
        id=public_id(told.edition, told.incident.id),
        time=t.full_time(told.told_at, zone(time_zone)),
        severity=t.text(SEVERITIES[told.severity]),
        status=status_words(view),
        what=what(told.incident, t),
    )
    return shortened(stamped(line, told.edition, language), LINE)


def render_detail(
    view: AlertView, revisions: Sequence[Incident], alerts: Sequence[Alert], shown: Showing | None, note: str = ""
) -> list[str]:
    """Everything known of an incident, in messages below 3,900 characters: alert, sources, what changed when.

    `alerts`: what was decided to tell, to whoever watches; `shown`: what of it this reader's chat was shown, None:
    nothing. `note`: a few lines below the alert.
    """
    t = view.translator
    blocks = [
        render(view),
        *([note] if note else []),
        _admiralty(view),
        t.text("SOURCES"),
        *(_source(witness, view) for witness in view.incident.witnesses),
        f"{t.text('WHAT CHANGED')}\n{_shown(alerts, shown, view)}",
        *_changes(revisions, alerts, shown, view),
    ]
    return [view.stamped(text) if index else text for index, text in enumerate(_packed(blocks))]


def _admiralty(view: AlertView) -> str:
    """The Admiralty code's digit in words; its letters stand with the sources."""
    grade = credibility(view.incident)
    return view.translator.text(
        "Admiralty code: the information is {digit}, {words}. The letter beside each source says how reliable that "
        "source usually is, whatever it says.",
        digit=int(grade),
        words=view.translator.text(CREDIBILITIES[grade]),
    )


def render_sources(view: AlertView) -> str:
    """Who says what and when, the last first, below the alert's first line: as many as one message holds."""
    t, witnesses = view.translator, view.incident.witnesses[::-1]
    blocks = [headline(view), t.text("SOURCES")]
    room = MESSAGE - sum(len(block) + 2 for block in blocks) - ROOM_FOR_MORE
    for number, witness in enumerate(witnesses):
        block = _source(witness, view)
        room -= len(block) + 2
        if room < 0 and number:
            blocks.append(t.plural(*MORE, len(witnesses) - number))
            break
        blocks.append(block)
    return view.stamped("\n\n".join(blocks))


def _source(witness: Witness, view: AlertView) -> str:
    t = view.translator
    stands = basis(view.incident.witnesses)
    head = t.text(
        "{time} · {name} ({code}, {reliability}) {status}",
        time=view.moment(witness.published),
        name=plain(witness.source.name, 60),
        code=f"{witness.source.reliability.value}{int(credibility_of(witness, view.incident))}",
        reliability=t.text(RELIABILITIES[witness.source.reliability]),
        status=t.text("took its report back") if witness.retracted else t.text(STATUSES[status_of(witness)]),
    )
    lines = [head, *quote(witness, view)]
    lines += _dependent(witness, stands, t)
    if witness.evidence:
        words = t.series(plain(word, 40) for word in witness.evidence[:EVIDENCE])
        lines.append(t.text("Words that led to this: {words}", words=words))
    return "\n".join(lines)


def _dependent(witness: Witness, stands: Basis, t: Translator) -> list[str]:
    """Why a report as fact is no further witness."""
    sorts = (
        (stands.further, t.text("A further report of this outlet, not a further witness.")),
        (stands.kin, t.text("Of an owner already counted, not a further witness.")),
        (stands.copies, t.text("Counts as a copy, not as a further witness.")),
    )
    return [words for reports, words in sorts if any(w.article_id == witness.article_id for w in reports)]


def _shown(alerts: Sequence[Alert], shown: Showing | None, view: AlertView) -> str:
    """What of the alerts below this chat was sent."""
    t = view.translator
    if shown is None or shown.told_at is None:
        if not alerts:
            return t.text("Nobody was told of it: no report of it is sure enough by itself.")
        return t.text("This chat was not told of it.")
    moment = view.moment(shown.told_at)
    if shown.sent_revision >= max((alert.revision for alert in alerts), default=0):
        return t.text("This chat was first told on {time}; what it has says what is known now.", time=moment)
    told = public_id(view.edition, view.incident.id, shown.sent_revision)
    return t.text("This chat was first told on {time}; what it has says what was known at {id}.", time=moment, id=told)


def _changes(
    revisions: Sequence[Incident], alerts: Sequence[Alert], shown: Showing | None, view: AlertView
) -> list[str]:
    t = view.translator
    blocks: list[str] = []
    before: Incident | None = None
    for revision in revisions:
        change = t.text(
            "{id}: {cause}. {certainty}, {basis}.",
            id=public_id(view.edition, revision.id, revision.revision),
            cause=cause_words(revision, before, view),
            certainty=t.text(CERTAINTIES[revision.certainty]),
            basis=_basis_then(revision, t),
        )
        told = [
            _alert(alert, _first_shown(alerts, shown), view) for alert in alerts if alert.revision == revision.revision
        ]
        blocks.append("\n".join([change, *told]))
        before = revision
    return blocks


def _basis_then(revision: Incident, t: Translator) -> str:
    """On what it rested, and who denied it."""
    words = basis_words(basis(revision.witnesses), t)
    if not revision.disputed:
        return words
    deniers = listed(party_names(revision.disputed_by, t), t) or t.text("a source not named")
    return t.text("{basis}; denied by {names}", basis=words, names=deniers)


def _first_shown(alerts: Sequence[Alert], shown: Showing | None) -> int:
    """The revision that the chat was shown first: the newest that was known by then."""
    if shown is None or shown.told_at is None:
        return 0
    return max((alert.revision for alert in alerts if alert.at <= shown.told_at), default=0)


def _alert(alert: Alert, first: int, view: AlertView) -> str:
    """What was decided to tell; `first`: the revision that this chat was shown first, 0 where it is of no interest."""
    t = view.translator
    values = {
        "time": view.moment(alert.at),
        "reason": t.text(REASONS[alert.reason]),
        "severity": t.text(SEVERITIES[alert.severity]),
    }
    if alert.revision < first:
        return t.text("  {time}: {reason}, {severity} (before this chat was told)", **values)
    return t.text("  {time}: {reason}, {severity}", **values)


def _packed(blocks: Sequence[str]) -> list[str]:
    """Fill messages block by block; every block is shorter than a message."""
    messages: list[str] = []
    for block in blocks:
        if messages and len(messages[-1]) + len(block) + 2 <= MESSAGE:
            messages[-1] += "\n\n" + block
        else:
            messages.append(block)
    return messages
