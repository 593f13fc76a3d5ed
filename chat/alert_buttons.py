"""The buttons under an alert."""

from alerts.i18n import Translator
from alerts.types import Edition
from chat.labels import fault_name
from chat.presses import Press
from chat.screens import Button, Rows, in_rows
from classifiers.taxonomy import Fault


def alert_rows(edition: Edition, incident_id: int, t: Translator) -> Rows:
    about = (edition.value, incident_id)
    return (
        (
            Button(t.text("Details"), Press.DETAIL.data(*about)),
            Button(t.text("Why?"), Press.WHY.data(*about)),
            Button(t.text("Wrong?"), Press.WRONG.data(*about)),
        ),
    )


def fault_rows(edition: Edition, incident_id: int, voted: Fault | None, t: Translator) -> Rows:
    """What may be wrong with the incident; `voted`: what this chat said, which can be taken back."""
    about = (edition.value, incident_id)
    faults = [
        Button(_label(fault, t) if fault is not voted else f"✓ {_label(fault, t)}", Press.VERDICT.data(*about, fault))
        for fault in Fault
    ]
    undo = (Button(t.text("Take it back"), Press.VERDICT.data(*about, "")),) if voted else ()
    return (*in_rows(faults, 2), (*undo, Button(t.text("◀ Back"), Press.ALERT.data(*about))))


def _label(fault: Fault, t: Translator) -> str:
    name = fault_name(fault, t)
    return name[:1].upper() + name[1:]
