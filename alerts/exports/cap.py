"""The Common Alerting Protocol 1.2 (OASIS): a message for each revision that people were told of.

CAP puts one message in one document, so the file is a ZIP archive of them. The first message of an incident is an
Alert, the later ones are Updates, and a Cancel when the report was withdrawn, taken back or merged into another; each
refers to all before it. `scope` is Restricted: what is passed on are press reports, no warning by an authority.
`urgency` is Unknown (Past once it eased, Future for a mere warning): reports do not say how soon anybody must act, and
we advise nobody.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from alerts.exports import markup
from alerts.exports.items import (
    NAME,
    OVER,
    ExportItem,
    ExportStatus,
    Reader,
    country_of,
    first_link,
    outlets,
    point,
    radius_km,
    status_of,
)
from alerts.message import render as render_alert
from alerts.phrases import place_line, plain, signal_name
from alerts.types import Edition
from incidents.expiry import expires_at
from incidents.types import Incident
from places.pcodes import pcode_of

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SENDER = "tocsin"
HEADLINE = 160  # CAP's advice
RESTRICTION = "Not an official warning: compiled by a machine from press reports, for the recipient's own use."


def render(items: Sequence[ExportItem], reader: Reader) -> bytes:
    """The archive; one file for each message, named by its identifier ("T-0417-2.xml")."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in items:
            for incident, message in messages(item, reader):
                name = f"{item.id}-{incident.revision}.xml"
                archive.writestr(zipfile.ZipInfo(name, _written_at(reader.now)), message, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def messages(item: ExportItem, reader: Reader) -> Iterator[tuple[Incident, bytes]]:
    """The messages of one incident with the revisions they tell of, the first one first."""
    earlier: list[str] = []
    for incident, sent in _told(item):
        element = _alert(item, incident, _time(sent), earlier, reader)
        earlier.append(f"{SENDER},{_identifier(item, incident)},{_time(sent)}")
        yield incident, markup.document(element)


def _told(item: ExportItem) -> list[tuple[Incident, datetime]]:
    """The revisions that get a message and when it was sent: the first, those told with a sound, and the newest."""
    told_at = {alert.revision: alert.at for alert in item.alerts}
    sounded = {alert.revision for alert in item.alerts if alert.reason.sounds}
    wanted = {item.revisions[0].revision, item.incident.revision, *sounded}
    found = []
    sent = item.revisions[0].first_seen
    for incident in item.revisions:
        sent = max(sent, told_at.get(incident.revision, incident.last_seen))
        if incident.revision in wanted:
            found.append((incident, sent))
    return found


def _alert(item: ExportItem, incident: Incident, sent: str, earlier: Sequence[str], reader: Reader) -> Element:
    over = status_of(incident) in OVER
    alert = markup.root(NAMESPACE, "alert")
    markup.add(alert, "identifier", _identifier(item, incident))
    markup.add(alert, "sender", SENDER)
    markup.add(alert, "sent", sent)
    markup.add(alert, "status", "Test" if item.edition is Edition.SAMPLE else "Actual")
    markup.add(alert, "msgType", ("Cancel" if over else "Update") if earlier else "Alert")
    markup.add(alert, "source", ", ".join(outlets(incident)))
    markup.add(alert, "scope", "Restricted")
    markup.add(alert, "restriction", RESTRICTION)
    if over:
        markup.add(alert, "note", reader.title(item, incident))
    if earlier:
        markup.add(alert, "references", " ".join(earlier))
    markup.add(alert, "incidents", item.id)
    _add_info(alert, item, incident, reader)
    return alert


def _add_info(alert: Element, item: ExportItem, incident: Incident, reader: Reader) -> None:
    view = reader.view(item, incident)
    info = markup.add(alert, "info")
    markup.add(info, "language", reader.language)
    markup.add(info, "category", "Security")
    markup.add(info, "event", view.translator.text(signal_name(incident.kind, incident.facility)))
    markup.add(info, "urgency", _urgency(incident))
    markup.add(info, "severity", item.severity)
    markup.add(info, "certainty", incident.certainty)
    for signal in incident.signals:
        _add_value(info, "eventCode", "tocsin:signal", signal)
    markup.add(info, "onset", _time(incident.first_seen))
    if end := expires_at(incident):
        markup.add(info, "expires", _time(end))
    markup.add(info, "senderName", "Tocsin")
    title = reader.title(item, incident)
    markup.add(info, "headline", plain(title, HEADLINE))
    markup.add(info, "description", render_alert(view))
    if link := first_link(incident):
        markup.add(info, "web", link)
    for name, value in _parameters(incident):
        _add_value(info, "parameter", f"tocsin:{name}", value)
    _add_area(info, incident, reader, item)


def _parameters(incident: Incident) -> Iterator[tuple[str, str]]:
    yield "status", status_of(incident)
    yield "disputed", str(incident.disputed).lower()
    yield "precision", incident.place.precision
    for actor in incident.actors:
        yield "actor", plain(actor, NAME)


def _add_area(info: Element, incident: Incident, reader: Reader, item: ExportItem) -> None:
    place, where = incident.place, point(incident.place)
    area = markup.add(info, "area")
    markup.add(area, "areaDesc", place_line(place, reader.view(item, incident).translator))
    if where:
        markup.add(area, "circle", f"{where[0]},{where[1]} {radius_km(place)}")
    if code := country_of(place):
        _add_value(area, "geocode", "ISO 3166-1", code)
    if code := pcode_of(place):
        _add_value(area, "geocode", "P-code", code)


def _add_value(parent: Element, name: str, value_name: str, value: str) -> None:
    pair = markup.add(parent, name)
    markup.add(pair, "valueName", value_name)
    markup.add(pair, "value", value)


def _identifier(item: ExportItem, incident: Incident) -> str:
    return f"{item.id}/{incident.revision}"


def _urgency(incident: Incident) -> str:
    if incident.eased:
        return "Past"
    return "Future" if status_of(incident) is ExportStatus.WARNED else "Unknown"


def _time(moment: datetime) -> str:
    """CAP allows no "Z": UTC is written as "-00:00"."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}-00:00"


def _written_at(now: datetime) -> tuple[int, int, int, int, int, int]:
    return now.year, now.month, now.day, now.hour, now.minute, now.second
