"""Reports of one event become one incident. A pure function made of small ones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from classifiers.taxonomy import Status
from incidents.compose import compose
from incidents.happened import happened_on
from incidents.regroup import settle
from incidents.types import Cause, Fusion, Incident, Report, Witness
from incidents.words import event_concepts, plain_words

# How a headline says, in en, fr, es, pt and sw, that its report is taken back.
_TAKEN_BACK = re.compile(
    r"^\W*(?:retract(?:ed|ion)|withdrawn|story withdrawn|article retir[ée]|rétractation|retirad[ao]|imeondolewa)\b",
    re.I,
)

AHEAD = timedelta(hours=1)  # publishers' clocks; an article dated further ahead counts as published now


def fuse(
    report: Report, candidates: Sequence[Incident], now: datetime, witness: Witness | None = None
) -> Fusion | None:
    """What a report does to what is known: a new incident, a new revision of the best candidate, or nothing (None); and
    what that does to other candidates (regroup).

    `candidates` are open incidents of related kinds (families.related), and the one that the article already belongs
    to, if any. An edited article replaces its own witness; when nothing that counts changed the incident is the
    previous one. `witness`: what witness_of makes of the report, where the caller has asked already. None: not
    relevant, without a place, or nothing but background.
    """
    home = next((i for i in candidates if any(w.article_id == report.article.id for w in i.witnesses)), None)
    if home is not None and report.article.id:
        return _revise(report, home, now)
    if not makes_news(report):
        return None
    return settle(
        witness or witness_of(report, now), [i for i in candidates if not i.withdrawn and i.merged_into is None]
    )


def makes_news(report: Report) -> bool:
    """Whether the report tells of a located event of its own, not only of what happened before."""
    main = report.located.main
    if not report.reading.relevant or main is None:
        return False
    return not _within(report.reading.background, main.mention.start, main.mention.end)


def witness_of(report: Report, now: datetime) -> Witness:
    """What the report says, as an incident keeps it."""
    article, reading, main = report.article, report.reading, report.located.main
    published = article.published if article.published <= now + AHEAD else now
    text = f"{article.title}\n{article.summary}"
    names = [r for r in (main, *report.located.others) if r is not None]
    aside = (*reading.background, *reading.recalled)
    news = [r for r in names if not _within(aside, r.mention.start, r.mention.end)]
    return Witness(
        article_id=article.id,
        source=article.source,
        status=reading.status or Status.REPORTED,
        signals=reading.labels,
        claimant=reading.claimant,
        confirmed_by=reading.confirmed_by,
        disputed_by=(reading.disputed_by or "") if reading.disputed else None,
        killed=reading.killed,
        injured=reading.injured,
        displaced=reading.displaced,
        title=article.title,
        link=article.link,
        published=published,
        language=reading.language,
        evidence=reading.evidence,
        actor=reading.actor,
        facility=reading.facility,
        relevance=reading.relevance,
        place=main.place if main else None,
        place_confidence=main.confidence if main else 0.0,
        headline=plain_words(article.title, aside),
        recalled=plain_words(" ".join(text[start:end] for start, end in reading.recalled)),
        words=plain_words(text, [*((r.mention.start, r.mention.end) for r in names), *aside]),
        concepts=event_concepts(text, reading.language, aside),
        named=tuple(sorted({r.place.id for r in news})),
        happened=happened_on(text, reading.language, published, aside),
        missing=reading.missing,
    )


def _revise(report: Report, home: Incident, now: datetime) -> Fusion:
    """Replace the article's witness by what the article says now."""
    old = next(w for w in home.witnesses if w.article_id == report.article.id)
    dated = replace(report.article, published=old.published)  # feeds date an edit as they like
    new = witness_of(replace(report, article=dated), now)
    if takes_back(report.article.title):
        new = replace(old, title=new.title, link=new.link, retracted=True)
    elif not report.reading.relevant:
        return Fusion(home, home)  # an edit that the classifiers no longer understand takes nothing back
    elif new.place is None:
        new = replace(new, place=old.place, place_confidence=old.place_confidence)
    if _same_to_people(old, new):
        return Fusion(home, home)
    cause = Cause.RETRACTION if new.retracted else Cause.REVISED_REPORT
    verb = "takes its report back" if new.retracted else "changed its report"
    witnesses = tuple(new if w is old else w for w in home.witnesses)
    return Fusion(compose(witnesses, home, cause, f"{new.source.name} {verb}"), home)


def takes_back(title: str) -> bool:
    """Whether a headline opens by saying that its report is withdrawn."""
    return _TAKEN_BACK.search(title) is not None


def _same_to_people(old: Witness, new: Witness) -> bool:
    """Whether an edit left everything as it was that people are told."""
    unseen = replace(
        new,
        evidence=old.evidence,
        relevance=old.relevance,
        headline=old.headline,
        recalled=old.recalled,
        words=old.words,
        concepts=old.concepts,
        named=old.named,
        happened=old.happened if new.at == old.at else new.happened,
        place_confidence=old.place_confidence,
    )
    return unseen == old


def _within(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(low <= start and end <= high for low, high in spans)
