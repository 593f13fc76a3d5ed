"""The buttons under an alert."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from alerts.i18n import Translator
from alerts.mutes import LENGTHS, Mute, MuteScope
from alerts.phrases import place_name
from alerts.types import Edition
from alerts.view import public_id
from chat.labels import fault_name, kind_name
from chat.presses import Press
from chat.screens import Button, Rows, in_rows
from chat.texts import clip
from classifiers.taxonomy import Fault
from incidents.types import Incident

LABEL = 24  # of a button that shares its row


def alert_rows(edition: Edition, incident_id: int, t: Translator) -> Rows:
    about = (edition.value, incident_id)
    return (
        (
            Button(t.text("Sources"), Press.SOURCES.data(*about)),
            Button(t.text("Map"), Press.MAP.data(*about)),
            Button(t.text("Why?"), Press.WHY.data(*about)),
        ),
        (
            Button(t.text("Mute"), Press.MUTE.data(*about)),
            Button(t.text("Wrong?"), Press.WRONG.data(*about)),
        ),
    )


def back_row(edition: Edition, incident_id: int, t: Translator) -> tuple[Button, ...]:
    """Under what is shown in an alert's place: back to the alert."""
    return (Button(t.text("◀ Back"), Press.SHOW.data(edition.value, incident_id)),)


def scope_rows(
    edition: Edition, incident_id: int, incident: Incident, muted: Mapping[MuteScope, Mute], t: Translator
) -> Rows:
    """What of an alert can be muted; `muted`: what is, until its end."""
    about = (edition.value, incident_id)
    names = {
        MuteScope.PLACE: place_name(incident.place, t),
        MuteScope.KIND: kind_name(incident.kind, t),
        MuteScope.INCIDENT: t.text("This event"),
    }
    buttons = [
        Button(clip(f"✓ {name}" if scope in muted else name, LABEL), Press.MUTE_SCOPE.data(*about, scope))
        for scope, name in names.items()
    ]
    return (*in_rows(buttons, 2), (Button(t.text("◀ Back"), Press.ALERT.data(*about)),))


def length_rows(edition: Edition, incident_id: int, scope: MuteScope, muted: bool, t: Translator) -> Rows:
    """For how long to mute it; `muted`: it is, and that can be ended."""
    about = (edition.value, incident_id)
    names = (t.text("6 hours"), t.text("24 hours"), t.text("A week"))
    hours = [int(length / timedelta(hours=1)) for length in LENGTHS]
    lengths = [
        Button(name, Press.MUTE_FOR.data(*about, scope, number)) for name, number in zip(names, hours, strict=True)
    ]
    ending = (Button(t.text("End the mute"), Press.MUTE_FOR.data(*about, scope, 0)),) if muted else ()
    return (tuple(lengths), (*ending, Button(t.text("◀ Back"), Press.MUTE.data(*about))))


def digest_rows(incidents: Sequence[tuple[Edition, int]]) -> Rows:
    """Under a digest: each of its incidents, to be shown whole."""
    return in_rows([Button(public_id(*about), Press.DETAIL.data(about[0].value, about[1])) for about in incidents], 4)


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
