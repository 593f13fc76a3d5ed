"""Puts incidents into a store as if chats had been told of them."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Any

from alerts.types import Reason, Severity
from incidents.types import Incident
from store.store import Store
from tests.builders import NOW, make_alert, make_article, make_incident, make_witness

Alerted = Callable[..., Awaitable[Incident]]  # what the fixture of that name in tests/chat gives


def tell(
    store: Store,
    chat_id: int,
    *,
    watch_ids: Collection[int] = (),
    at: datetime = NOW,
    severity: Severity = Severity.SEVERE,
    message_id: int | None = 5000,
    title: str = "Rebels enter Walikale",
    **fields: Any,
) -> Incident:
    """Store an incident with one report and its alert; the chat was shown it at `at` (`message_id` None: not yet)."""
    with store.write() as tx:
        article = tx.articles.add(make_article(title=title), content_hash="0")
        witness = make_witness(article.id, title=title)
        incident = tx.incidents.add(make_incident(witness, **fields))
        tx.alerts.add(make_alert(incident, severity=severity, at=at))
        tx.outbox.want(
            chat_id,
            incident.id,
            revision=1,
            reason=Reason.NEW,
            severity=severity,
            watch_ids=watch_ids,
            now=at,
            next_at=at,
        )
        if message_id is not None:
            tx.outbox.sent(chat_id, incident.id, revision=1, message_id=message_id, now=at)
    return incident
