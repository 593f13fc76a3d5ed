"""Use case of exporting: what a chat was told of a place and a time, as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.exports.formats import FORMATS, Format
from alerts.exports.items import ExportItem, Reader
from places.areas import AreaMatch, matches
from places.types import Area
from store.store import Store, Transaction
from store.types import HistoryFilter, Told

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Export:
    """`more`: there were others, told earlier, that the file does not hold."""

    data: bytes
    count: int
    more: bool


def export(
    stores: Sequence[Store],
    chat_id: int,
    area: Area | None,
    since: datetime | None,
    until: datetime | None,
    format: Format,
    reader: Reader,
) -> Export:
    """The incidents last told, of all stores, that lie or may lie in the area (None: anywhere), the last first, as many
    as a file of this format holds.

    `since` and `until` (exclusive) bound when the chat was first told, as in its history.
    """
    facts = FORMATS[format]
    found: list[tuple[Told, ExportItem]] = []
    more = False
    for store in stores:
        with store.read() as tx:
            told = _told(tx, chat_id, area, HistoryFilter(since=since, until=until), facts.most + 1)
            more = more or len(told) > facts.most
            found += [(row, _item(tx, row, facts.history)) for row in told[: facts.most]]
    found.sort(key=lambda pair: pair[0].told_at, reverse=True)
    items = [item for _, item in found[: facts.most]]
    return Export(facts.render(items, reader), len(items), more or len(found) > facts.most)


def _told(tx: Transaction, chat_id: int, area: Area | None, filter: HistoryFilter, most: int) -> list[Told]:
    """The last told first, `most` at most."""
    kept: list[Told] = []
    offset = 0
    while len(kept) < most:
        rows, _ = tx.history.told(chat_id, filter, offset, _BATCH)
        kept += [row for row in rows if area is None or matches(area, row.incident.place) is not AreaMatch.NO]
        if len(rows) < _BATCH:
            break
        offset += _BATCH
    return kept[:most]


def _item(tx: Transaction, told: Told, history: bool) -> ExportItem:
    if not history:
        return ExportItem(told.edition, (told.incident,), (), told.severity)
    incident_id = told.incident.id
    revisions, alerts = tx.incidents.revisions(incident_id), tx.alerts.of_incident(incident_id)
    return ExportItem(told.edition, tuple(revisions), tuple(alerts), told.severity)
