"""The buttons under an alert."""

from alerts.i18n import Translator
from alerts.types import Edition
from chat.presses import Press
from chat.screens import Button, Rows


def alert_rows(edition: Edition, incident_id: int, t: Translator) -> Rows:
    about = (edition.value, incident_id)
    return (
        (
            Button(t.text("Details"), Press.DETAIL.data(*about)),
            Button(t.text("Why?"), Press.WHY.data(*about)),
        ),
    )
