"""What readers found wrong, as training reads it: the articles of judged incidents with the votes on them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from alerts.reviews import ReviewDecision
from alerts.types import Verdict
from classifiers.taxonomy import Fault
from incidents.types import Incident
from pipeline.rows import feedback_row
from store.store import Store, Transaction

VOTES_A_DAY = 10  # of one chat: who judges more in a day counts no more than others


def feedback(store: Store) -> Iterator[dict[str, Any]]:
    """One row for each article that a judged incident rested on when it was judged. No row names a chat.

    Incidents that an operator found right are left out; those found wrong by one say so.
    """
    with store.read() as tx:
        decided = tx.operating.reviews()
        by_incident: dict[int, list[Verdict]] = defaultdict(list)
        for verdict in counted(tx.verdicts.all()):
            by_incident[verdict.incident_id].append(verdict)
        for incident_id in sorted(by_incident):
            decision = decided.get(incident_id)
            if decision is not ReviewDecision.KEPT:
                yield from _rows(tx, store, incident_id, by_incident[incident_id], reviewed=decision is not None)


def counted(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The votes that count: of each chat the first VOTES_A_DAY of a day (UTC). `verdicts`: the first one first."""
    days: Counter[tuple[int, date]] = Counter()
    counting = []
    for verdict in verdicts:
        day = (verdict.chat_id, verdict.at.date())
        days[day] += 1
        if days[day] <= VOTES_A_DAY:
            counting.append(verdict)
    return counting


def tallied(revisions: Sequence[Incident], verdicts: Iterable[Verdict]) -> dict[int, Mapping[Fault, int]]:
    """The votes by article id: each counts for the articles of the revision that its chat had been shown."""
    articles = {revision.revision: [witness.article_id for witness in revision.witnesses] for revision in revisions}
    tallies: dict[int, Counter[Fault]] = defaultdict(Counter)
    for verdict in verdicts:
        for article_id in articles.get(verdict.revision, ()):
            tallies[article_id][verdict.fault] += 1
    return dict(sorted(tallies.items()))


def _rows(
    tx: Transaction, store: Store, incident_id: int, verdicts: Sequence[Verdict], *, reviewed: bool
) -> Iterator[dict[str, Any]]:
    for article_id, votes in tallied(tx.incidents.revisions(incident_id), verdicts).items():
        stored = tx.articles.get(article_id)
        if stored.reading is not None:
            main = stored.located.main if stored.located else None
            row = feedback_row(store.edition, incident_id, stored.article, stored.reading, main, votes)
            yield row | {"reviewed": reviewed}
