"""Atom (RFC 4287): one entry for each incident, to be read by feed readers."""

from collections.abc import Sequence
from uuid import NAMESPACE_OID, uuid5
from xml.etree.ElementTree import Element

from alerts.exports import markup
from alerts.exports.items import ExportItem, Reader, first_link, outlets, status_of
from alerts.message import render as render_alert
from jsonl import format_time

NAMESPACE = "http://www.w3.org/2005/Atom"
GENERATOR = "Tocsin"


def render(items: Sequence[ExportItem], reader: Reader) -> bytes:
    """Entries in the order given, each with the text of its alert as this reader would be shown it now."""
    feed = markup.root(NAMESPACE, "feed")
    markup.add(feed, "id", _urn(*(item.id for item in items)))
    markup.add(feed, "title", GENERATOR)
    markup.add(feed, "updated", format_time(max((item.changed for item in items), default=reader.now)))
    markup.add(feed, "generator", GENERATOR)
    for item in items:
        _add_entry(feed, item, reader)
    return markup.document(feed)


def _add_entry(feed: Element, item: ExportItem, reader: Reader) -> None:
    incident = item.incident
    entry = markup.add(feed, "entry")
    markup.add(entry, "id", _urn(item.id, format_time(item.revisions[0].first_seen)))
    markup.add(entry, "title", reader.title(item, incident))
    markup.add(entry, "published", format_time(incident.first_seen))
    markup.add(entry, "updated", format_time(item.changed))
    for name in outlets(incident) or [GENERATOR]:
        markup.add(markup.add(entry, "author"), "name", name)
    if link := first_link(incident):
        markup.add(entry, "link", attributes={"href": link})
    for term in (*incident.signals, status_of(incident), item.severity):
        markup.add(entry, "category", attributes={"term": term})
    markup.add(entry, "content", render_alert(reader.view(item, incident)), {"type": "text"})


def _urn(*parts: str) -> str:
    """The same for the same parts, so that feed readers know an entry again."""
    return uuid5(NAMESPACE_OID, "/".join(["tocsin", *parts])).urn
