"""The short reply to a live message that rings: what is new, standing alone in a notification."""

from collections.abc import Sequence
from itertools import pairwise

from alerts.causes import cause_words
from alerts.decide import moved
from alerts.i18n import Translator, mark_plural
from alerts.message import listed, outlet_name, status_words, what
from alerts.parties import party_names
from alerts.phrases import SEVERITIES, place_line
from alerts.reviews import withdrawal_reason
from alerts.types import Reason
from alerts.view import AlertView, public_id
from incidents.certainty import basis
from incidents.types import Cause, Incident, Relation

CAUSE = 200


def render_reply(view: AlertView, reason: Reason, revisions: Sequence[Incident] = ()) -> str:
    """`revisions`: of the incident, the first one first, so that a correction can name what was wrong."""
    return view.stamped(f"{_reply(view, reason, revisions)} {view.public_id}")


def _reply(view: AlertView, reason: Reason, revisions: Sequence[Incident]) -> str:
    t, incident = view.translator, view.incident
    news = what(incident, t)
    match reason:
        case Reason.CORROBORATED:
            return _corroborated(incident, t, news)
        case Reason.CONFIRMED:
            names = listed(party_names(incident.confirmed_by, t), t)
            return t.text("CONFIRMED by {names}: {news}.", names=names or t.text("a source not named"), news=news)
        case Reason.ESCALATED:
            return t.text(
                "ESCALATED, now {severity}: {news}. {status}.",
                severity=t.text(SEVERITIES[view.severity]),
                news=news,
                status=status_words(view),
            )
        case Reason.DISPUTED:
            deniers = party_names(incident.disputed_by, t)
            names = listed(deniers, t) or t.text("a source not named")
            forms = mark_plural(
                "DISPUTED: {names} denies this. Told before: {news}.",
                "DISPUTED: {names} deny this. Told before: {news}.",
            )
            return t.plural(*forms, max(len(deniers), 1), names=names, news=news)
        case Reason.CORRECTED:
            return _corrected(view, revisions, news)
        case Reason.WITHDRAWN:
            return _withdrawn(incident, t, news)
        case Reason.EASED:
            return t.text(
                "EASED: no new reports for some time. This is not an all-clear. Told before: {news}.", news=news
            )
        case Reason.EXPIRED:
            return t.text("EXPIRED: no new reports, this alert is no longer renewed. Told before: {news}.", news=news)
        case Reason.LEVEL_RISING:
            return t.text("RISING: more is reported from here than is usual. {news}.", news=news)
        case Reason.NEW | Reason.UPDATED:
            return t.text("{status}: {what}", status=status_words(view), what=news) + "."


def _corroborated(incident: Incident, t: Translator, news: str) -> str:
    outlets = basis(incident.witnesses).independent
    if not outlets:
        return t.text("CORROBORATED: {news}.", news=news)
    name = outlet_name(outlets[-1])
    if len(outlets) == 2:
        return t.text("CORROBORATED: a second independent outlet, {name}, reports it. {news}.", name=name, news=news)
    return t.text(
        "CORROBORATED: {count} independent outlets report it, the last is {name}. {news}.",
        count=t.number(len(outlets)),
        name=name,
        news=news,
    )


def _corrected(view: AlertView, revisions: Sequence[Incident], news: str) -> str:
    """The fact first, then the error, then its cause."""
    t, incident = view.translator, view.incident
    if incident.linked(Relation.SPLIT_INTO) and incident.cause is Cause.SPLIT:
        other = public_id(view.edition, incident.linked(Relation.SPLIT_INTO)[-1])
        return t.text("CORRECTED: what we told as one event are two, the other is {id}. {news}.", id=other, news=news)
    place = place_line(incident.place, t)
    wrong = _wrong_place(revisions)
    if wrong is None:
        return t.text("CORRECTED: the place is {place}. What we told before named another place.", place=place)
    before, after = wrong
    return t.text(
        "CORRECTED: the place is {place}. We told {before} before, which was wrong. Cause: {cause}.",
        place=place,
        before=place_line(before.place, t),
        cause=cause_words(after, before, view),
    )


def _wrong_place(revisions: Sequence[Incident]) -> tuple[Incident, Incident] | None:
    """The last revision with a wrong place, and the one that mended it."""
    mended = [(before, after) for before, after in pairwise(revisions) if moved(before.place, after.place)]
    return mended[-1] if mended else None


def _withdrawn(incident: Incident, t: Translator, news: str) -> str:
    if not incident.withdrawn:
        return t.text("WITHDRAWN: the source took its report back. Told before: {news}.", news=news)
    if reason := withdrawal_reason(incident, t, CAUSE):
        return t.text(
            "WITHDRAWN: what we told was wrong. It was our error: {reason}. Told before: {news}.",
            reason=reason,
            news=news,
        )
    return t.text("WITHDRAWN: what we told was wrong. It was our error. Told before: {news}.", news=news)
