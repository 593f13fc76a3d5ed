"""What can go wrong in the store, beside InvalidInput for an address that cannot be used."""

from errors import InvalidInput, TocsinError


class StoreError(TocsinError):
    """The database refused; the cause is the driver's error."""


class StoreUnavailable(StoreError):
    """The database could not be reached, is locked by another process, or is full: trying again may help."""


class NotStored(StoreError):
    """The row to change does not exist (any more)."""


class StaleRevision(StoreError):
    """A revision that does not follow the stored one: it was made from an older state of the incident."""

    def __init__(self, incident_id: int, stored: int, offered: int) -> None:
        self.incident_id = incident_id
        self.stored = stored
        self.offered = offered
        super().__init__(f"incident {incident_id} is at revision {stored}, revision {offered} does not follow it")


class AlreadyRunning(InvalidInput):
    """Another process serves this database."""
