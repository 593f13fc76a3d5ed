"""Old news that comes again, such as an aggregator's copy of a month-old story."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from feeds.types import PublisherKind
from incidents.causes import cause_of
from incidents.compose import compose
from incidents.types import Fusion, Incident, Witness
from incidents.words import copied

KNOWN_FOR = timedelta(days=60)  # how far back a copy's original is looked for
OLD = timedelta(days=2)  # an aggregator's copy of a text older than this is old news, whatever goes on at the place


def original(witness: Witness, known: Sequence[Incident]) -> tuple[Incident, Witness] | None:
    """The incident that holds a text of which the report is a copy, with the earliest such text; None: it is new.

    `known`: incidents of the place, closed ones too.
    """
    found = [
        (old, incident)
        for incident in known
        for old in incident.witnesses
        if _is_same_text(witness, old) and old.published < witness.published
    ]
    if not found:
        return None
    old, incident = min(found, key=lambda pair: (pair[0].published, pair[0].article_id))
    return incident, old


def rejoined(witness: Witness, known: Sequence[Incident]) -> Fusion | None:
    """What a report of old news does: it joins what that was, as published with its original, so that it tells of that
    day and keeps no incident open. None: it is new."""
    found = original(witness, known)
    return _joined(witness, *found) if found else None


def brought_again(witness: Witness, known: Sequence[Incident]) -> Fusion | None:
    """The same of an aggregator's report, whatever else it is like; None: no copy of a text that is OLD by now."""
    found = original(witness, known)
    return _joined(witness, *found) if found and witness.published - found[1].published > OLD else None


def _joined(witness: Witness, incident: Incident, old: Witness) -> Fusion:
    copy = replace(witness, published=old.published)
    return Fusion(compose((*incident.witnesses, copy), incident, *cause_of(copy, incident)), incident)


def _is_same_text(one: Witness, other: Witness) -> bool:
    """A copy. A text too short to tell must agree in every word and be the same outlet's or an aggregator's: two
    outlets may say "Rebels take Walikale" of two days."""
    if copied(one.words, other.words):
        return True
    again = one.source.publisher_id == other.source.publisher_id or one.source.kind is PublisherKind.AGGREGATOR
    return again and one.words == other.words and one.headline == other.headline != ()
