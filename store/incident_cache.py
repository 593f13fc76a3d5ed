"""Incidents as they are stored now, decoded once: what every report is compared with."""

from collections import OrderedDict
from threading import Lock

from incidents.types import Incident

MOST_WITNESSES = 20_000  # kept in all; some 5 kB each
MOST_BARE = 10_000  # incidents without their witnesses; some 2 kB each


class IncidentCache:
    """Committed revisions by id, the least recently used forgotten first; safe to use from many threads.

    Revisions are immutable: one that is asked for by id and number is never out of date, whoever else writes.
    An incident without witnesses counts as one with one.
    """

    def __init__(self, most: int = MOST_WITNESSES) -> None:
        self._most = most
        self._kept: OrderedDict[int, Incident] = OrderedDict()
        self._witnesses = 0
        self._lock = Lock()

    def get(self, incident_id: int, revision: int) -> Incident | None:
        with self._lock:
            incident = self._kept.get(incident_id)
            if incident is None or incident.revision != revision:
                return None
            self._kept.move_to_end(incident_id)
            return incident

    def put(self, incident: Incident) -> None:
        with self._lock:
            old = self._kept.pop(incident.id, None)
            if old is not None:
                if old.revision > incident.revision:
                    incident = old
                self._witnesses -= max(1, len(old.witnesses))
            self._kept[incident.id] = incident
            self._witnesses += max(1, len(incident.witnesses))
            while self._witnesses > self._most and len(self._kept) > 1:
                _, forgotten = self._kept.popitem(last=False)
                self._witnesses -= max(1, len(forgotten.witnesses))
