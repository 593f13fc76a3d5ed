"""The live message of an incident: plain text, one screen, no markup, no advice."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time

from alerts.i18n import Translator, mark_plural
from alerts.parties import party_name, party_names
from alerts.phrases import CERTAINTIES, SEVERITIES, capital, local_name, place_line, place_name, plain, signal_name
from alerts.reviews import withdrawal_reason
from alerts.view import AlertView, public_id
from classifiers.taxonomy import Signal, Status
from incidents.certainty import Basis, assess, basis, claimant_of
from incidents.expiry import expires_at
from incidents.families import FAMILY, Family
from incidents.types import Certainty, Incident, Relation, Witness
from places.areas import AreaMatch
from places.types import Precision

SCREEN = 1200  # characters that people see without scrolling
HEADLINE = 160
NAME = 60
LINK = 300
NAMES = 4  # of outlets or parties before "and 3 more"
QUOTES = 4
SIGNALS_SHOWN = 4

_UTC = ("UTC", "GMT", "Universal", "Zulu", "UCT", "Greenwich")  # IANA's names for it

# After these one asks who did it and whom it harmed.
_VIOLENT = frozenset({s for s, family in FAMILY.items() if family in (Family.FIGHTING, Family.UNREST)})

KILLED = mark_plural("{count} person killed", "{count} people killed")
INJURED = mark_plural("{count} person injured", "{count} people injured")
DISPLACED = mark_plural("{count} person displaced", "{count} people displaced")
MISSING = mark_plural("{count} person missing", "{count} people missing")
OUTLETS = mark_plural("{count} independent outlet: {names}", "{count} independent outlets: {names}")
PARTIES = mark_plural("{count} party: {names}", "{count} parties: {names}")
UNVERIFIED = mark_plural("{count} unverified report: {names}", "{count} unverified reports: {names}")
HOLDS = mark_plural(
    "{names} says it holds {place}; {deniers} denies it.", "{names} say they hold {place}; {deniers} denies it."
)
SAYS = mark_plural("{names} says so; {deniers} denies it.", "{names} say so; {deniers} denies it.")
COPIES = mark_plural("{count} copy: {names}", "{count} copies: {names}")
KIN = mark_plural("{count} outlet of the same owner: {names}", "{count} outlets of the same owner: {names}")


def render(view: AlertView) -> str:
    """The whole alert: who says what, where, when, how sure, on what basis, with what it can be found again by."""
    t, incident = view.translator, view.incident
    stands = basis(incident.witnesses)
    lines = [
        t.text("{status}: {what}", status=status_words(view), what=what(incident, t)),
        *_less_sure(incident, t),
        t.text("Where: {place}", place=place_line(incident.place, t)),
        _when(view),
        *_happened(incident, t),
        *_who(incident, t),
        *_harm(incident, t),
        *_not_known(incident, t),
        t.text(
            "Certainty: {certainty}. Severity: {severity}.",
            certainty=t.text(CERTAINTIES[incident.certainty]),
            severity=t.text(SEVERITIES[view.severity]),
        ),
        t.text("Based on: {basis}.", basis=basis_words(stands, t)),
        *_two_sides(incident, t),
        *_thread(view),
        *_withdrawal(incident, t),
    ]
    foot = [*view.notes, *_watches(view), *_expiry(view), view.public_id]
    room = SCREEN - sum(len(line) + 1 for line in (*lines, *foot))
    return view.stamped("\n".join([*lines, *_quotes(stands, view, room), *foot]))


def headline(view: AlertView) -> str:
    """The first line and the id: "REPORTED: Territory captured, Walikale (DR Congo). T-0417/2"."""
    news = what(view.incident, view.translator)
    return view.translator.text("{status}: {what}", status=status_words(view), what=news) + f". {view.public_id}"


def status_words(view: AlertView) -> str:
    """The first words: how sure it is, in capitals, and beside it whether somebody denies it."""
    t, incident = view.translator, view.incident
    if incident.withdrawn:
        return t.text("WITHDRAWN, our error")
    if incident.certainty is Certainty.UNLIKELY:
        return t.text("WITHDRAWN by its source")
    if incident.merged_into is not None:
        return t.text("MERGED with {id}, the same event", id=public_id(view.edition, incident.merged_into))
    word = _standing(incident, t)
    if incident.eased:
        word = t.text("EASED, not an all-clear")
    elif incident.expired:
        word = t.text("{word}, EXPIRED without new reports", word=word)
    if not incident.disputed:
        return word
    if incident.disputed_by:
        return t.text("{word} + DISPUTED by {names}", word=word, names=listed(party_names(incident.disputed_by, t), t))
    return t.text("{word} + DISPUTED", word=word)


def _standing(incident: Incident, t: Translator) -> str:
    if incident.status is Status.CONFIRMED:
        names = listed(party_names(incident.confirmed_by, t), t)
        return t.text("CONFIRMED by {names}", names=names) if names else t.text("CONFIRMED")
    if incident.certainty is Certainty.OBSERVED:
        count = len(basis(incident.witnesses).independent)
        return t.plural("CORROBORATED by {count} outlet", "CORROBORATED by {count} outlets", count)
    if incident.certainty is Certainty.LIKELY:
        return t.text("REPORTED")
    if incident.status is Status.WARNED:
        return t.text("CLAIMED, only a warning")
    names = listed(party_names(incident.claimants, t), t)
    return t.text("CLAIMED by {names}", names=names) if names else t.text("CLAIMED by an unnamed source")


def what(incident: Incident, t: Translator) -> str:
    """What happened where: "Territory captured, Walikale (DR Congo); also people fleeing".

    Names only what is as sure as the kind itself, so that the first line claims no more than its first word says.
    """
    kind, *others = (_name(s, incident, t) for s in _sure(incident))
    head = t.text("{what}, {place}", what=kind, place=place_name(incident.place, t))
    others = [_lowered(name) for name in dict.fromkeys(others) if name != kind]
    return t.text("{what}; also {others}", what=head, others=t.series(others)) if others else head


def _less_sure(incident: Incident, t: Translator) -> list[str]:
    """What fewer report, and what is only claimed, beside what the first line says."""
    sure = _sure(incident)
    others = [(s, _certainty_of(s, incident)) for s in incident.signals if s not in sure]
    reported = [_lowered(_name(s, incident, t)) for s, certainty in others if certainty is Certainty.LIKELY]
    said = [_lowered(_name(s, incident, t)) for s, certainty in others if certainty.rank < Certainty.LIKELY.rank]
    return [
        *(
            [t.text("Also reported, by one outlet: {names}", names=t.series(dict.fromkeys(reported)))]
            if reported
            else []
        ),
        *([t.text("Also said, less sure: {names}", names=t.series(dict.fromkeys(said)))] if said else []),
    ]


def _sure(incident: Incident) -> list[Signal]:
    """The signals that are at least as certain as the kind, which comes first."""
    least = incident.certainty.rank
    others = [s for s in incident.signals[1:] if _certainty_of(s, incident).rank >= least]
    return [incident.kind, *others[:SIGNALS_SHOWN]]


def _certainty_of(signal: Signal, incident: Incident) -> Certainty:
    return assess([w for w in incident.witnesses if signal in w.signals]).certainty


def _name(signal: Signal, incident: Incident, t: Translator) -> str:
    return t.text(signal_name(signal, incident.facility))


def _lowered(name: str) -> str:
    """Within a sentence; an acronym stays as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _when(view: AlertView) -> str:
    t, incident = view.translator, view.incident
    city = view.time_zone.split("/")[-1].replace("_", " ")
    return t.text(
        "When: first report {first}, last {last}; as of {now} ({zone})"
        if incident.last_seen > incident.first_seen
        else "When: reported {first}; as of {now} ({zone})",
        first=view.moment(incident.first_seen),
        last=view.moment(incident.last_seen),
        now=view.moment(view.now),
        zone="UTC" if city in _UTC else t.text("{city} time", city=city),
    )


def _happened(incident: Incident, t: Translator) -> list[str]:
    """The day that the reports give the event, where it is before the day they came."""
    day = incident.happened
    if day is None or day >= incident.first_seen.date():
        return []
    return [t.text("Happened: {day}, by what is reported.", day=t.date(datetime.combine(day, time(), UTC), UTC))]


def _who(incident: Incident, t: Translator) -> list[str]:
    names = party_names(incident.actors, t)
    return [t.text("Who: {names}", names=listed(names, t))] if names else []


def _not_known(incident: Incident, t: Translator) -> list[str]:
    """What one would ask and no report answers; that the exact place is unknown stands with the place."""
    violent = not _VIOLENT.isdisjoint(incident.signals)
    harmed = any((incident.killed, incident.injured, incident.displaced, incident.missing))
    unknown = [
        *([t.text("who did it")] if violent and not incident.actors else []),
        *([t.text("whether people were harmed")] if violent and not harmed else []),
    ]
    return [t.text("Not known: {things}.", things=t.listing(unknown))] if unknown else []


def _withdrawal(incident: Incident, t: Translator) -> list[str]:
    reason = withdrawal_reason(incident, t, HEADLINE)
    return [t.text("What was wrong: {reason}", reason=reason)] if reason else []


def _expiry(view: AlertView) -> list[str]:
    """Until when it holds, unless a report renews it."""
    end = expires_at(view.incident)
    if end is None:
        return []
    return [view.translator.text("Expires {time} unless new reports come.", time=view.moment(end))]


def _harm(incident: Incident, t: Translator) -> list[str]:
    """Casualties, each figure with who states it; where sources differ the highest beside the lowest."""
    parts = [
        *_figure(incident, incident.killed, lambda w: w.killed, t, KILLED),
        *_figure(incident, incident.injured, lambda w: w.injured, t, INJURED),
        *_figure(incident, incident.displaced, lambda w: w.displaced, t, DISPLACED),
        *_figure(incident, incident.missing, lambda w: w.missing, t, MISSING),
    ]
    return [t.text("Harm: {figures}", figures=t.text("; ").join(parts))] if parts else []


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
    figures = [(figure, _sayer(w, t)) for w in witnesses if (figure := stated(w)) is not None]
    says = next((name for figure, name in figures if figure == lowest), None)
    text = t.text("at least {figure}", figure=t.plural(*forms, lowest))
    if says:
        text = t.text("{figure}, says {name}", figure=text, name=says)
    highest, name = max(figures, default=(lowest, ""))
    if highest > lowest:
        text += " " + t.text("({count}, says {name})", count=t.number(highest), name=name)
    return [text]


def _sayer(witness: Witness, t: Translator) -> str:
    claimant = claimant_of(witness)
    return party_name(claimant, t) if claimant else plain(witness.source.name, NAME)


def basis_words(stands: Basis, t: Translator) -> str:
    """How many independent outlets, parties and copies stand behind it, by name. What an outlet reports after its first
    report stands behind that one."""
    parties = party_names((party for w in stands.claims if (party := claimant_of(w))), t)
    parts = [
        *_counted([outlet_name(w) for w in stands.independent], t, OUTLETS, distinct=False),
        *_counted(parties, t, PARTIES),
        *_counted([w.source.name for w in stands.claims if claimant_of(w) is None], t, UNVERIFIED),
        *_counted([w.source.name for w in stands.kin], t, KIN),
        *_counted([w.source.wire or w.source.name for w in stands.copies], t, COPIES, distinct=False),
    ]
    if not parts and stands.denials:
        names = listed(list(dict.fromkeys(w.source.name for w in stands.denials)), t)
        return t.text("no report of it, only a denial in {names}", names=names)
    return t.text("; ").join(parts) or t.text("no report that still stands")


def outlet_name(witness: Witness) -> str:
    """Who reports it, and beside the outlet the agency whose text it prints: "Radio Okapi (AFP)"."""
    name, wire = plain(witness.source.name, NAME), witness.source.wire
    return name if wire is None or wire in name else f"{name} ({plain(wire, 20)})"


def _counted(names: Sequence[str], t: Translator, forms: tuple[str, str], distinct: bool = True) -> list[str]:
    """ "2 parties: M23 and the army"; `distinct`: a name that comes again counts once."""
    different = list(dict.fromkeys(names))
    if not different:
        return []
    return [t.plural(*forms, len(different if distinct else names), names=listed(different, t))]


def listed(names: Sequence[str], t: Translator) -> str:
    shown = [plain(name, NAME) for name in names[:NAMES]]
    if len(names) > NAMES:
        shown.append(t.plural("{count} more", "{count} more", len(names) - NAMES))
    return t.listing(shown)


def _quotes(stands: Basis, view: AlertView, room: int) -> list[str]:
    """Headlines with their links, as many as there is room for: of each side, then in the reader's language first."""
    lines: list[str] = []
    for witness in _alternating(stands, view.language.value) or view.incident.witnesses:
        block = quote(witness, view)
        room -= sum(len(line) + 1 for line in block)
        if (room < 0 and lines) or len(lines) >= 2 * QUOTES:
            break
        lines += block
    return lines


def _alternating(stands: Basis, language: str) -> list[Witness]:
    """One fact, claim and denial, then the others: every side is heard. What is written in `language` comes first, then
    the newest; a copy is shown where no other report is in that language."""
    facts = stands.independent
    if all(w.language != language for w in (*facts, *stands.claims, *stands.denials)):
        facts = (*[w for w in stands.copies if w.language == language], *facts)
    sides = [_readable_first(side[::-1], language) for side in (facts, stands.claims, stands.denials)]
    firsts = _readable_first([w for side in sides for w in side[:1]], language)
    others = [*[w for side in sides for w in side[1:]], *stands.further[::-1]]
    return [*firsts, *_readable_first(others, language)]


def _readable_first(witnesses: Sequence[Witness], language: str) -> list[Witness]:
    return sorted(witnesses, key=lambda w: w.language != language)


def quote(witness: Witness, view: AlertView) -> list[str]:
    """A headline in its own words, who wrote it, its language where it is not the reader's, and its link."""
    t = view.translator
    name, title = plain(witness.source.name, NAME), plain(witness.title, HEADLINE)
    if witness.language == view.language.value:
        text = t.text("“{title}” ({name})", title=title, name=name)
    else:
        language = t.language_name(witness.language)
        text = t.text("“{title}” ({name}, in {language})", title=title, name=name, language=language)
    return [text, witness.link] if witness.link and _linkable(witness.link) else [text]


def _linkable(link: str) -> bool:
    return len(link) <= LINK and link.isprintable() and " " not in link


def _two_sides(incident: Incident, t: Translator) -> list[str]:
    """What one side claims beside what the other denies, each in its own clause."""
    if not incident.claimants or not incident.disputed_by:
        return []
    claimants = party_names(incident.claimants, t)
    names, deniers = listed(claimants, t), listed(party_names(incident.disputed_by, t), t)
    held = incident.kind is Signal.TERRITORY_CAPTURED and incident.place.precision is Precision.PLACE
    place = local_name(incident.place.name, incident.place, t)
    forms = HOLDS if held else SAYS
    return [capital(t.plural(*forms, len(claimants), names=names, place=place, deniers=deniers))]


def _thread(view: AlertView) -> list[str]:
    """That the same town has changed hands before, with the number under which that was told."""
    t, before = view.translator, view.incident.linked(Relation.FOLLOWS)
    if not before:
        return []
    return [t.text("This place changed hands before: {id}.", id=public_id(view.edition, before[-1]))]


def _watches(view: AlertView) -> list[str]:
    t = view.translator
    names = [
        t.text("{watch} (may lie outside)", watch=plain(name, NAME)) if match is AreaMatch.MAY_BE else plain(name, NAME)
        for name, match in view.watches[:NAMES]
    ]
    if not names:
        return []
    return [t.plural("Your watch: {names}", "Your watches: {names}", len(names), names=t.text("; ").join(names))]
