"""Markup to plain text, for text that nobody vouches for."""

import html
import re
import unicodedata

_COMMENT = re.compile(r"<!--(?:.*?-->|.*\Z)|<!\[CDATA\[|\]\]>|<[!?][^<>]*>", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|iframe|noscript|svg|template)\b(?:.*?</\1\s*>|.*\Z)", re.DOTALL | re.IGNORECASE)
# A quoted ">" belongs to its attribute; where quotes do not pair up, the first ">" ends the tag.
_TAG = re.compile(r"""</?([A-Za-z][A-Za-z0-9:-]*)(?:(?:"[^"<]*"|'[^'<]*'|[^<>"'])*+>|[^<>]*>)""")
_OPEN_END = re.compile(r"<[A-Za-z/!][^<>]*\Z")  # a tag cut off at the end
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SPACE = re.compile(r"\s+")
_INLINE_TAGS = "a abbr acronym b bdi bdo big cite code em font i ins mark q s small span strong sub sup tt u"
_INLINE = frozenset(_INLINE_TAGS.split())

# Removed, not folded to a space: they stand inside words. Controls, soft hyphen, zero-width space, word joiner, byte
# order mark, bidirectional embeddings, overrides and isolates, interlinear marks, tag characters, surrogates.
# Zero-width joiners and the plain direction marks stay: Persian, Burmese and Arabic are spelled with them.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069\u206a-\u206f"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_RAW_FACTOR = 8  # markup outweighs text by less than this


def plain(markup: str, limit: int) -> str:
    """`markup` as one line of at most `limit` characters, NFC, ending in "…" where it was cut.

    Tags go, entities are decoded (twice: many feeds escape twice), white space is folded, control and bidirectional
    override characters are dropped. Linear in the input, of which no more is read than `limit` can need.
    """
    text = markup[: limit * _RAW_FACTOR]
    for _ in range(2):
        text = _strip(text)
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    text = _DROPPED.sub("", _strip(text))
    return shorten(unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip()), limit)


def _strip(text: str) -> str:
    if "<" not in text:
        return text
    text = _UNSEEN.sub(" ", _COMMENT.sub(" ", text))
    return _OPEN_END.sub("", _TAG.sub(lambda tag: "" if tag[1].lower() in _INLINE else " ", text))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a space where one is near."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit // 2)
    return (cut[:space] if space > 0 else cut).rstrip(" ,;:-–—") + "…"


def first_sentence(text: str, limit: int) -> str:
    found = re.match(r".+?[.!?。؟।](?=\s|$)", text)
    return shorten(found[0] if found else text, limit)
