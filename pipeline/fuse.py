"""Fuse a report into what is known and decide whether to tell people: one short transaction for each article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.decide import decide
from alerts.severity import severity
from alerts.types import Alert
from incidents.families import LONGEST_WINDOW, related
from incidents.fuse import fuse
from incidents.types import Fusion, Incident, Report
from store.store import Store, Transaction
from store.types import KnownArticle


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a report. `article_id` as stored; `incident` None: it makes none; `alert` None: nobody is told."""

    article_id: int
    incident: Incident | None
    alert: Alert | None


def record(
    store: Store, report: Report, content_hash: str, now: datetime, known: KnownArticle | None = None
) -> Recorded:
    """Store the article, its reading, the incident's revision and the alert, all or nothing."""
    with store.write() as tx:
        article = (
            tx.articles.revise(known.id, report.article, content_hash)
            if known
            else tx.articles.add(report.article, content_hash)
        )
        report = replace(report, article=article)
        tx.articles.add_reading(article, report.reading, report.located)
        fusion = fuse(report, _candidates(tx, report, now), now)
        if fusion is None or fusion.incident == fusion.previous:
            return Recorded(article.id, fusion.incident if fusion else None, None)
        fusion = _store(tx, fusion)
        return Recorded(article.id, fusion.incident, _tell(tx, fusion, now))


def _candidates(tx: Transaction, report: Report, now: datetime) -> Sequence[Incident]:
    if not report.reading.relevant:
        return []
    own = tx.incidents.of_article(report.article.id)
    near = tx.incidents.open(related(report.reading.labels), min(now, report.article.published) - LONGEST_WINDOW)
    return near if own is None else [own, *(i for i in near if i.id != own.id)]


def _store(tx: Transaction, fusion: Fusion) -> Fusion:
    if fusion.previous is None:
        return replace(fusion, incident=tx.incidents.add(fusion.incident))
    tx.incidents.revise(fusion.incident)
    return fusion


def _tell(tx: Transaction, fusion: Fusion, now: datetime) -> Alert | None:
    previous, incident = fusion.previous, fusion.incident
    told = previous is not None and tx.alerts.of_incident(previous.id)
    decision = decide(fusion, severity(previous) if previous and told else None, now)
    if decision is None:
        return None
    reason, grave = decision
    return tx.alerts.add(Alert(0, incident.id, incident.revision, reason, grave, incident.certainty, now))
