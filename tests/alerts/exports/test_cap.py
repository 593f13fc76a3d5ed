"""CAP 1.2, validated against the standard's schema."""

import io
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xmlschema

from alerts.exports import cap
from alerts.exports.items import ExportItem
from tests.alerts.exports.builders import FRENCH, READER, make_item, story, varied
from tests.builders import make_place

SCHEMA = Path(__file__).resolve().parents[2] / "data" / "cap-1.2.xsd"
Alert = dict[str, Any]


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMA)


def read(document: bytes) -> Alert:
    """The message as the schema reads it; fails when it is not valid."""
    text = document.decode()
    schema().validate(text)
    decoded = schema().to_dict(text, converter=xmlschema.UnorderedConverter, decimal_type=str)
    assert isinstance(decoded, dict)
    return {name.removeprefix("cap:"): value for name, value in decoded.items()}


def messages(item: ExportItem) -> list[Alert]:
    return [read(document) for _, document in cap.messages(item, READER)]


def test_every_message_of_an_archive_is_valid() -> None:
    for reader in (READER, FRENCH):
        with zipfile.ZipFile(io.BytesIO(cap.render(varied(), reader))) as archive:
            assert archive.testzip() is None
            assert archive.namelist()[:2] == ["T-0417-1.xml", "T-0417-3.xml"]
            assert len(archive.namelist()) == 10
            for name in archive.namelist():
                read(archive.read(name))


def test_a_story_is_an_alert_then_updates_then_a_cancel_each_referring_to_all_before() -> None:
    told = messages(story())
    assert [m["msgType"] for m in told] == ["Alert", "Update", "Cancel"]
    assert [m["identifier"] for m in told] == ["T-0417/1", "T-0417/3", "T-0417/4"]
    assert "references" not in told[0]
    known = [f"{m['sender']},{m['identifier']},{m['sent']}" for m in told]
    assert told[1]["references"] == known[0]
    assert told[2]["references"] == " ".join(known[:2])
    assert told[2]["note"].startswith("WITHDRAWN")
    assert [m["sent"] for m in told] == sorted(m["sent"] for m in told)
    assert {m["incidents"] for m in told} == {"T-0417"}


def test_identifiers_hold_nothing_that_the_standard_forbids() -> None:
    for item in varied():
        for message in messages(item):
            assert not re.search(r"[\s,<&]", message["identifier"] + message["sender"])


def test_scope_is_restricted_and_the_sample_is_a_test() -> None:
    for item in varied():
        for message in messages(item):
            assert message["scope"] == "Restricted"
            assert "Not an official warning" in message["restriction"]
            assert message["status"] == ("Test" if item.id.startswith("S") else "Actual")


def test_what_an_info_says() -> None:
    (message,) = messages(make_item(actors=("M23",)))
    (info,) = message["info"]
    assert info["event"] == "Territory captured"
    assert (info["severity"], info["certainty"], info["urgency"]) == ("Severe", "Likely", "Unknown")
    assert info["category"] == ["Security"]
    assert info["description"].startswith("REPORTED: Territory captured, Walikale")
    assert info["onset"].endswith("-00:00")
    assert {"valueName": "tocsin:actor", "value": "M23"} in info["parameter"]
    (area,) = info["area"]
    assert area["circle"] == ["-1.4,28.1 13"]
    assert {"valueName": "P-code", "value": "CD61"} in area["geocode"]
    assert "instruction" not in info
    assert "responseType" not in info


def test_what_stands_says_when_it_expires_and_what_is_over_does_not() -> None:
    told = messages(story())
    infos = [message["info"][0] if isinstance(message["info"], list) else message["info"] for message in told]
    assert all(info["expires"] > info["onset"] for info in infos[:2])
    assert "expires" not in infos[2]


def test_what_is_only_known_by_country_has_no_circle() -> None:
    (message,) = messages(varied()[5])
    (area,) = message["info"][0]["area"]
    assert "circle" not in area
    assert area["areaDesc"]


@pytest.mark.parametrize("evil", ["<b>&amp;", "]]>", "\x00\x0b", "\ufffe", "a\u202eb"])
def test_outside_text_cannot_break_a_message(evil: str) -> None:
    for document in messages(make_item(actors=(evil,), place=make_place(name=evil))):
        assert document["msgType"] == "Alert"


def test_the_schema_refuses_what_is_wrong() -> None:
    ((_, document),) = cap.messages(make_item(), READER)
    for right, wrong in (
        (b"Restricted", b"Secret"),
        (b"-00:00</sent>", b"Z</sent>"),
        (b"<sender>tocsin</sender>", b""),
    ):
        assert right in document
        with pytest.raises(xmlschema.XMLSchemaValidationError):
            schema().validate(document.replace(right, wrong).decode())
