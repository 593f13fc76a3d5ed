"""What operators decide of incidents that chats found wrong, and how people hear why one was withdrawn."""

from collections.abc import Mapping
from enum import StrEnum

from alerts.i18n import Translator
from alerts.i18n import mark as _
from alerts.phrases import plain
from classifiers.taxonomy import Fault
from incidents.types import Incident


class ReviewDecision(StrEnum):
    KEPT = "kept"  # it was right
    WITHDRAWN = "withdrawn"
    MARKED = "marked"  # wrong, and to be learned from; nobody is told


# Why an incident is withdrawn on the word of those who read of it.
REASONS: Mapping[Fault, str] = {
    Fault.NOT_AN_EVENT: _("no such event happened"),
    Fault.WRONG_PLACE: _("the place was wrong"),
    Fault.WRONG_KIND: _("what happened was told wrongly"),
    Fault.OLD_NEWS: _("the news was old"),
}
_KNOWN = frozenset(REASONS.values())


def withdrawal_reason(incident: Incident, t: Translator, limit: int) -> str:
    """Why it was withdrawn, of at most `limit` characters: one of REASONS in the reader's language, or an operator's
    own words as they are. Empty where none was given."""
    reason = incident.withdrawal_reason
    return t.text(reason) if reason in _KNOWN else plain(reason, limit)
