"""An operator found that what we told was wrong: the incident is withdrawn, and those who were told hear it at once."""

from dataclasses import replace
from datetime import datetime

from alerts.severity import severity
from alerts.types import Alert, Reason
from errors import InvalidInput
from incidents.types import WITHDRAWN_BY_US, Cause, Incident
from store.store import Store


def withdraw(store: Store, incident_id: int, why: str, now: datetime) -> Incident:
    """The incident as withdrawn, with its cause in words; it takes no further reports.

    Withdrawing it again changes nothing. Raises InvalidInput for an unknown incident and for one that was merged into
    another: that one would have to be withdrawn.
    """
    with store.write() as tx:
        incident = tx.incidents.get(incident_id)
        if incident is None:
            raise InvalidInput(f"incident {incident_id}", "is not stored", "the number of an incident")
        if incident.merged_into is not None:
            raise InvalidInput(f"incident {incident_id}", f"was merged into {incident.merged_into}", "one that stands")
        if incident.withdrawn:
            return incident
        reason = " ".join(why.split())
        text = f"{WITHDRAWN_BY_US} {reason}".strip()
        gone = replace(
            incident, revision=incident.revision + 1, cause=Cause.WITHDRAWAL, cause_text=text, withdrawn=True
        )
        tx.incidents.revise(gone)
        if tx.alerts.of_incident(incident_id):
            alert = Alert(0, gone.id, gone.revision, Reason.WITHDRAWN, severity(gone), gone.certainty, now)
            tx.alerts.add(alert)
        return gone
