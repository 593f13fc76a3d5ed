"""Fuse reports into what is known and decide whether to tell people, in short transactions of a few reports each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.decide import decide
from alerts.severity import severity
from alerts.types import Alert, Reason
from classifiers.taxonomy import Signal
from feeds.types import Article, PublisherKind
from incidents.control import holdings, is_fall_of
from incidents.families import LONGEST_WINDOW, related
from incidents.fuse import fuse, makes_news, witness_of
from incidents.lookup import sought_under
from incidents.republish import KNOWN_FOR, brought_again, rejoined
from incidents.types import Change, Fusion, Incident, Link, Relation, Report, Witness
from store.articles import NewArticle
from store.store import Store, Transaction
from store.types import KnownArticle

THREAD = timedelta(days=30)  # how long after a town changed hands it is told that it did so before


AT_ONCE = 20  # reports that are recorded in one transaction: a tenth of a second in which other writers wait


@dataclass(frozen=True, slots=True)
class Taken:
    """A report to record. `known`: the article as it is stored, None where it is new."""

    report: Report
    content_hash: str
    known: KnownArticle | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a report. `article_id` as stored; `incident` None: it makes none; `alert` None: nobody is told."""

    article_id: int
    incident: Incident | None
    alert: Alert | None


def record(
    store: Store, report: Report, content_hash: str, now: datetime, known: KnownArticle | None = None
) -> Recorded:
    """As `record_all`, of one report."""
    [recorded] = record_all(store, [Taken(report, content_hash, known)], now)
    return recorded


def record_all(store: Store, taken: Sequence[Taken], now: datetime) -> list[Recorded]:
    """Store the articles, their readings, the revisions of the incidents they change one after the other, and the
    alerts, all or nothing: AT_ONCE at most, each of another article."""
    with store.write() as tx:
        reports = _stored_articles(tx, taken)
        fusions = [
            _fused(tx, report, now, edited=one.known is not None) for report, one in zip(reports, taken, strict=True)
        ]
        return [
            Recorded(report.article.id, fusion.incident if fusion else None, _told(tx, fusion, now))
            for report, fusion in zip(reports, fusions, strict=True)
        ]


def _stored_articles(tx: Transaction, taken: Sequence[Taken]) -> list[Report]:
    """The reports with their articles as stored."""
    new = [
        NewArticle(one.report.article, one.content_hash, (one.report.reading, one.report.located))
        for one in taken
        if one.known is None
    ]
    added = iter(tx.articles.add_all(new))
    return [
        replace(one.report, article=next(added) if one.known is None else _edited(tx, one, one.known)) for one in taken
    ]


def _edited(tx: Transaction, one: Taken, known: KnownArticle) -> Article:
    article = tx.articles.revise(known.id, one.report.article, one.content_hash)
    tx.articles.add_reading(article, one.report.reading, one.report.located)
    return article


def _fused(tx: Transaction, report: Report, now: datetime, *, edited: bool) -> Fusion | None:
    """What the report does, stored; an incident that stays as it was where it adds nothing; None: it makes no news."""
    witness = witness_of(report, now) if makes_news(report) else None
    fusion = _of_old_news(tx, witness, now) if witness is not None and not edited else None
    fusion = fusion or fuse(report, _candidates(tx, report, witness, now, edited=edited), now, witness)
    if fusion is None:
        return None
    if fusion.previous is None and not fusion.others:
        [new] = fusion.incident.witnesses
        fusion = rejoined(new, _of_late(tx, new, now)) or fusion
    if fusion.incident != fusion.previous:
        return _store(tx, fusion)
    if all(w.article_id != report.article.id for w in fusion.incident.witnesses):
        tx.incidents.attach(report.article.id, fusion.incident)
    return fusion


def _told(tx: Transaction, fusion: Fusion | None, now: datetime) -> Alert | None:
    return None if fusion is None or fusion.incident == fusion.previous else tell(tx, fusion, now)


def _candidates(
    tx: Transaction, report: Report, witness: Witness | None, now: datetime, *, edited: bool
) -> Sequence[Incident]:
    """The incident that rests on the article already; else those near it, where it makes news."""
    own = tx.incidents.of_article(report.article.id) if edited and report.reading.relevant else None
    if own is not None:
        return [own]
    if witness is None:
        return []
    since = min(now, witness.at) - LONGEST_WINDOW
    return tx.incidents.open(sought_under(witness), related(witness.signals), since)


def _of_old_news(tx: Transaction, witness: Witness, now: datetime) -> Fusion | None:
    aggregated = witness.source.kind is PublisherKind.AGGREGATOR  # of others' copies the incident they join knows
    return brought_again(witness, _of_late(tx, witness, now)) if aggregated else None


def _of_late(tx: Transaction, witness: Witness, now: datetime) -> Sequence[Incident]:
    """What was told of the place of late, closed incidents too."""
    if witness.place is None:
        return []
    return tx.incidents.open([witness.place.id], related(witness.signals), now - KNOWN_FOR)


def _store(tx: Transaction, fusion: Fusion) -> Fusion:
    """Store every revision; what was split from an incident is named by it."""
    others = tuple(_stored(tx, change) for change in fusion.others)
    parted = (Link(Relation.SPLIT_INTO, c.incident.id) for c in others if c.previous is None)
    incident = _threaded(tx, replace(fusion.incident, links=(*fusion.incident.links, *parted)))
    return Fusion(_stored(tx, Change(incident, fusion.previous)).incident, fusion.previous, others)


def _threaded(tx: Transaction, incident: Incident) -> Incident:
    """The fall of a town with a link to its last one, where it changed hands not long ago."""
    if not is_fall_of(incident.place, incident) or incident.linked(Relation.FOLLOWS):
        return incident
    known = tx.incidents.open([incident.place.id], [Signal.TERRITORY_CAPTURED], incident.first_seen - THREAD)
    falls = holdings(incident.place, (i for i in known if i.id != incident.id and i.first_seen < incident.first_seen))
    links = tuple(Link(Relation.FOLLOWS, fall.incident_id) for fall in falls[:1])
    return replace(incident, links=(*incident.links, *links))


def _stored(tx: Transaction, change: Change) -> Change:
    save = tx.incidents.add if change.previous is None else tx.incidents.revise
    return replace(change, incident=save(change.incident))


def tell(tx: Transaction, fusion: Fusion, now: datetime) -> Alert | None:
    """Decide on each incident that was changed; the alert on the one that the report tells of. All are stored."""
    absorbed = [change for change in fusion.others if change.incident.merged_into is not None]
    for change in fusion.others:
        if change not in absorbed:
            _alert(tx, change, _is_told(tx, change), now)
    waiting = [alert for change in absorbed for alert in tx.alerts.cancel(change.incident.id)]
    whole = Change(fusion.incident, fusion.previous)
    told = _is_told(tx, whole)
    if not told and absorbed:  # people may know the event as one of those that were merged into it
        whole = replace(whole, previous=next((c.previous for c in absorbed if _is_told(tx, c)), whole.previous))
        told = whole.previous is not fusion.previous
    for change in absorbed:
        tx.outbox.merge(change.incident, fusion.incident, severity(fusion.incident), now)
    alert = _alert(tx, whole, told, now)
    if alert is None and waiting:  # who was about to be told of the lesser is told of the whole
        alert = _add(tx, fusion.incident, waiting[-1].reason, now)
    return alert


def _is_told(tx: Transaction, change: Change) -> bool:
    return change.previous is not None and tx.alerts.has_told(change.previous.id)


def _alert(tx: Transaction, change: Change, told: bool, now: datetime) -> Alert | None:
    decision = decide(change, severity(change.previous) if change.previous and told else None, now)
    return _add(tx, change.incident, decision[0], now) if decision else None


def _add(tx: Transaction, incident: Incident, reason: Reason, now: datetime) -> Alert:
    alert = Alert(0, incident.id, incident.revision, reason, severity(incident), incident.certainty, now)
    return tx.alerts.add(alert)
