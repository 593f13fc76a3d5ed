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

MOST = 500  # incidents of one file
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
    """The MOST last told incidents of all stores that lie, or may lie, in the area (None: anywhere), the last first.

    `since` and `until` (exclusive) bound when the chat was first told, as in its history.
    """
    found: list[tuple[Told, ExportItem]] = []
    more = False
    for store in stores:
        with store.read() as tx:
            told = _told(tx, chat_id, area, HistoryFilter(since=since, until=until))
            more = more or len(told) > MOST
            found += [(row, _item(tx, row)) for row in told[:MOST]]
    found.sort(key=lambda pair: pair[0].told_at, reverse=True)
    items = [item for _, item in found[:MOST]]
    return Export(FORMATS[format].render(items, reader), len(items), more or len(found) > MOST)


def _told(tx: Transaction, chat_id: int, area: Area | None, filter: HistoryFilter) -> list[Told]:
    """The last told first; one more than MOST where there are more."""
    kept: list[Told] = []
    offset = 0
    while len(kept) <= MOST:
        rows, _ = tx.history.told(chat_id, filter, offset, _BATCH)
        kept += [row for row in rows if area is None or matches(area, row.incident.place) is not AreaMatch.NO]
        if len(rows) < _BATCH:
            break
        offset += _BATCH
    return kept[: MOST + 1]


def _item(tx: Transaction, told: Told) -> ExportItem:
    incident_id = told.incident.id
    revisions, alerts = tx.incidents.revisions(incident_id), tx.alerts.of_incident(incident_id)
    return ExportItem(told.edition, tuple(revisions), tuple(alerts), told.severity)
