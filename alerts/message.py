"""The live message of an incident and the short reply that rings: plain text, one screen, no markup, no advice."""

from collections.abc import Callable, Sequence

from alerts.i18n import Translator, mark_plural
from alerts.phrases import CERTAINTIES, SEVERITIES, place_line, place_name, plain, signal_name
from alerts.types import Reason
from alerts.view import AlertView
from classifiers.taxonomy import Status
from incidents.certainty import Basis, basis, claimant_of
from incidents.types import Certainty, Incident, Witness
from places.areas import AreaMatch

SCREEN = 1200  # characters that people see without scrolling
HEADLINE = 160
NAME = 60
LINK = 300
NAMES = 4  # of outlets or parties before "and 3 more"
QUOTES = 4

KILLED = mark_plural("{count} person killed", "{count} people killed")
INJURED = mark_plural("{count} person injured", "{count} people injured")
DISPLACED = mark_plural("{count} person displaced", "{count} people displaced")
OUTLETS = mark_plural("{count} independent outlet: {names}", "{count} independent outlets: {names}")
PARTIES = mark_plural("{count} party or unverified source: {names}", "{count} parties or unverified sources: {names}")
COPIES = mark_plural("{count} copy: {names}", "{count} copies: {names}")


def render(view: AlertView) -> str:
    """The whole alert: who says what, where, when, how sure, on what basis, with what it can be found again by."""
    t, incident = view.translator, view.incident
    stands = basis(incident.witnesses)
    lines = [
        t.text("{status}: {what}", status=status_words(view), what=what(incident, t)),
        t.text("Where: {place}", place=place_line(incident.place, t)),
        _when(view),
        t.text("Who: {names}", names=_listed(incident.actors, t) or t.text("not stated")),
        *_harm(incident, t),
        t.text(
            "Certainty: {certainty}. Severity: {severity}.",
            certainty=t.text(CERTAINTIES[incident.certainty]),
            severity=t.text(SEVERITIES[view.severity]),
        ),
        t.text("Based on: {basis}.", basis=basis_words(stands, t)),
    ]
    foot = [*_watches(view), view.public_id]
    room = SCREEN - sum(len(line) + 1 for line in (*lines, *foot))
    return view.stamped("\n".join([*lines, *_quotes(stands, view, room), *foot]))


def status_words(view: AlertView) -> str:
    """The first words: how sure it is, in capitals, and beside it whether somebody denies it."""
    t, incident = view.translator, view.incident
    if incident.withdrawn:
        return t.text("WITHDRAWN, our error")
    if incident.certainty is Certainty.UNLIKELY:
        return t.text("WITHDRAWN by its source")
    word = _standing(incident, t)
    if view.eased:
        word = t.text("EASED, not an all-clear")
    elif view.expired:
        word = t.text("EXPIRED, no new reports")
    if not incident.disputed:
        return word
    if incident.disputed_by:
        return t.text("{word} + DISPUTED by {names}", word=word, names=_listed(incident.disputed_by, t))
    return t.text("{word} + DISPUTED", word=word)


def _standing(incident: Incident, t: Translator) -> str:
    if incident.status is Status.CONFIRMED:
        names = _listed(incident.confirmed_by, t)
        return t.text("CONFIRMED by {names}", names=names) if names else t.text("CONFIRMED")
    if incident.certainty is Certainty.OBSERVED:
        count = len(basis(incident.witnesses).independent)
        return t.plural("CORROBORATED by {count} outlet", "CORROBORATED by {count} outlets", count)
    if incident.certainty is Certainty.LIKELY:
        return t.text("REPORTED")
    if incident.status is Status.WARNED:
        return t.text("CLAIMED, only a warning")
    names = _listed(incident.claimants, t)
    return t.text("CLAIMED by {names}", names=names) if names else t.text("CLAIMED by an unnamed source")


def what(incident: Incident, t: Translator) -> str:
    """The signals, most important first, and the place: "Town or area taken, people fleeing; Walikale (DR Congo)"."""
    names = list(dict.fromkeys(t.text(signal_name(s, incident.facility)) for s in incident.signals[:3]))
    first, *others = names
    return t.text(
        "{what}, {place}",
        what=", ".join([first, *(name[:1].lower() + name[1:] if name[1:2].islower() else name for name in others)]),
        place=place_name(incident.place, t),
    )


def _when(view: AlertView) -> str:
    t, incident = view.translator, view.incident
    return t.text(
        "When: first report {first}, last {last}; as of {now} ({zone} time)"
        if incident.last_seen > incident.first_seen
        else "When: reported {first}; as of {now} ({zone} time)",
        first=view.moment(incident.first_seen),
        last=view.moment(incident.last_seen),
        now=view.moment(view.now),
        zone=view.time_zone.split("/")[-1].replace("_", " "),
    )


def _harm(incident: Incident, t: Translator) -> list[str]:
    """Casualties, each figure with who states it; where sources differ the highest beside the lowest."""
    parts = [
        *_figure(incident, incident.killed, lambda w: w.killed, t, KILLED),
        *_figure(incident, incident.injured, lambda w: w.injured, t, INJURED),
        *_figure(incident, incident.displaced, lambda w: w.displaced, t, DISPLACED),
    ]
    return [t.text("Harm: {figures}", figures="; ".join(parts))] if parts else []


def _figure(
    incident: Incident,
    lowest: int | None,
    stated: Callable[[Witness], int | None],
    t: Translator,
    forms: tuple[str, str],
) -> list[str]:
    if not lowest:
        return []
    witnesses = [w for w in incident.witnesses if not w.retracted]
    figures = [(figure, _sayer(w)) for w in witnesses if (figure := stated(w)) is not None]
    says = next((name for figure, name in figures if figure == lowest), None)
    text = t.text("at least {figure}", figure=t.plural(*forms, lowest))
    if says:
        text = t.text("{figure}, says {name}", figure=text, name=says)
    highest, name = max(figures, default=(lowest, ""))
    if highest > lowest:
        text += " " + t.text("({count}, says {name})", count=t.number(highest), name=name)
    return [text]


def _sayer(witness: Witness) -> str:
    return plain(claimant_of(witness) or witness.source.name, NAME)


def basis_words(stands: Basis, t: Translator) -> str:
    """How many independent outlets, parties and copies stand behind it, by name."""
    parties = list(dict.fromkeys(claimant_of(w) or w.source.name for w in stands.claims))
    parts = [
        *_counted([w.source.name for w in stands.independent], t, OUTLETS),
        *_counted(parties, t, PARTIES),
        *_counted([w.source.wire or w.source.name for w in stands.copies], t, COPIES),
    ]
    return "; ".join(parts) or t.text("no report that still stands")


def _counted(names: Sequence[str], t: Translator, forms: tuple[str, str]) -> list[str]:
    if not names:
        return []
    return [t.plural(*forms, len(names), names=_listed(list(dict.fromkeys(names)), t))]


def _listed(names: Sequence[str], t: Translator) -> str:
    shown = [plain(name, NAME) for name in names[:NAMES]]
    if len(names) > NAMES:
        shown.append(t.plural("{count} more", "{count} more", len(names) - NAMES))
    return t.listing(shown)


def _quotes(stands: Basis, view: AlertView, room: int) -> list[str]:
    """Headlines with their links, the latest of each side first, as many as there is room for."""
    lines: list[str] = []
    for witness in _alternating(stands) or view.incident.witnesses:
        block = quote(witness, view)
        room -= sum(len(line) + 1 for line in block)
        if (room < 0 and lines) or len(lines) >= 2 * QUOTES:
            break
        lines += block
    return lines


def _alternating(stands: Basis) -> list[Witness]:
    """The newest fact, then the newest claim, then the older ones: both sides are heard."""
    facts, claims = stands.independent[::-1], stands.claims[::-1]
    return [*facts[:1], *claims[:1], *facts[1:], *claims[1:]]


def quote(witness: Witness, view: AlertView) -> list[str]:
    """A headline in its own words, who wrote it, its language where it is not the reader's, and its link."""
    t = view.translator
    name, title = plain(witness.source.name, NAME), plain(witness.title, HEADLINE)
    text = (
        t.text("“{title}” ({name})", title=title, name=name)
        if witness.language == view.language.value
        else t.text(
            "“{title}” ({name}, in {language})", title=title, name=name, language=t.language_name(witness.language)
        )
    )
    return [text, witness.link] if _linkable(witness.link) and witness.link else [text]


def _linkable(link: str | None) -> bool:
    return link is not None and len(link) <= LINK and link.isprintable() and " " not in link


def _watches(view: AlertView) -> list[str]:
    t = view.translator
    names = [
        t.text("{watch} (may lie outside)", watch=plain(name, NAME)) if match is AreaMatch.MAY_BE else plain(name, NAME)
        for name, match in view.watches[:NAMES]
    ]
    if not names:
        return []
    return [t.plural("Your watch: {names}", "Your watches: {names}", len(names), names="; ".join(names))]


def render_reply(view: AlertView, reason: Reason) -> str:
    """The short reply to the live message that says what is new; stands alone in a notification."""
    news = what(view.incident, view.translator)
    return view.stamped(f"{_reply(view, reason, news)} {view.public_id}")


def _reply(view: AlertView, reason: Reason, news: str) -> str:
    t, incident = view.translator, view.incident
    match reason:
        case Reason.CORROBORATED:
            return _corroborated(incident, t, news)
        case Reason.CONFIRMED:
            names = _listed(incident.confirmed_by, t)
            return t.text("CONFIRMED by {names}: {news}.", names=names or t.text("a source not named"), news=news)
        case Reason.ESCALATED:
            return t.text(
                "ESCALATED, now {severity}: {news}. {status}.",
                severity=t.text(SEVERITIES[view.severity]),
                news=news,
                status=status_words(view),
            )
        case Reason.DISPUTED:
            names = _listed(incident.disputed_by, t) or t.text("a source not named")
            return t.text("DISPUTED: {names} denies this. Told before: {news}.", names=names, news=news)
        case Reason.CORRECTED:
            return t.text(
                "CORRECTED: the place is {place}. What we told before named another place.",
                place=place_line(incident.place, t),
            )
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
    name = plain(outlets[-1].source.name, NAME)
    if len(outlets) == 2:
        return t.text("CORROBORATED: a second independent outlet, {name}, reports it. {news}.", name=name, news=news)
    return t.text(
        "CORROBORATED: {count} independent outlets report it, the last is {name}. {news}.",
        count=t.number(len(outlets)),
        name=name,
        news=news,
    )


def _withdrawn(incident: Incident, t: Translator, news: str) -> str:
    if incident.withdrawn:
        return t.text("WITHDRAWN: what we told was wrong. It was our error. Told before: {news}.", news=news)
    return t.text("WITHDRAWN: the source took its report back. Told before: {news}.", news=news)
