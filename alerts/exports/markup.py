"""XML written element by element; outside text cannot break it."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

# What XML 1.0 cannot hold: most control characters, lone surrogates and two that are no characters.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, name: str, text: str | None = None, attributes: Mapping[str, str] | None = None) -> Element:
    child = SubElement(parent, name, {key: _clean(value) for key, value in (attributes or {}).items()})
    if text is not None:
        child.text = _clean(text)
    return child


def root(namespace: str, name: str) -> Element:
    """A document's root; all elements below are in its namespace."""
    return Element(name, {"xmlns": namespace})


def document(element: Element) -> bytes:
    return bytes(tostring(element, encoding="utf-8", xml_declaration=True))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
