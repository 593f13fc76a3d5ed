"""Content encodings undone under a cap: a few kilobytes may unpack to gigabytes."""

import zlib

import brotli

ACCEPT_ENCODING = "gzip, deflate, br"
GZIP_MAGIC = b"\x1f\x8b"


class BadEncoding(ValueError):
    """The body is not what its Content-Encoding says."""


class TooLarge(ValueError):
    """The body unpacks to more than the cap."""


def decompress(body: bytes, encoding: str | None, limit: int) -> bytes:
    """`body` as it was before the Content-Encoding `encoding` was applied; stops as soon as `limit` bytes are passed.

    Raises TooLarge and BadEncoding. Two lies are common and forgiven: gzip announced for a plain body, and a gzip
    body that is not announced.
    """
    coding = (encoding or "").strip().lower()
    if coding in ("gzip", "x-gzip") or (coding in ("", "identity") and body.startswith(GZIP_MAGIC)):
        plain = _gunzip(body, limit) if body.startswith(GZIP_MAGIC) else body
    elif coding in ("", "identity"):
        plain = body
    elif coding == "deflate":
        plain = _inflate(body, limit)
    elif coding == "br":
        plain = _unbrotli(body, limit)
    else:
        raise BadEncoding(f"unknown content encoding {coding[:40]!r}")
    if len(plain) > limit:
        raise TooLarge
    return plain


def _gunzip(body: bytes, limit: int) -> bytes:
    """All members of a gzip body; what follows the last one and is no member is ignored."""
    plain = b""
    while body.startswith(GZIP_MAGIC):
        member, body = _zlib(body, zlib.MAX_WBITS | 16, limit - len(plain))
        plain += member
    return plain


def _inflate(body: bytes, limit: int) -> bytes:
    """HTTP's deflate is zlib, yet some servers send it raw: the two-byte header tells which."""
    wrapped = len(body) >= 2 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _zlib(body, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, limit)[0]


def _zlib(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """One stream and the bytes behind it."""
    decoder = zlib.decompressobj(window)
    try:
        plain = decoder.decompress(body, limit + 1)
    except zlib.error as error:
        raise BadEncoding("damaged compressed body") from error
    if len(plain) > limit:
        raise TooLarge
    if not decoder.eof:
        raise BadEncoding("compressed body cut short")
    return plain, decoder.unused_data


def _unbrotli(body: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    try:
        plain = decoder.process(body, output_buffer_limit=limit + 1)
        while not decoder.is_finished() and len(plain) <= limit:
            more = decoder.process(b"", output_buffer_limit=limit + 1 - len(plain))
            if not more:
                raise BadEncoding("compressed body cut short")
            plain += more
    except brotli.error as error:
        raise BadEncoding("damaged compressed body") from error
    if len(plain) > limit:
        raise TooLarge
    return bytes(plain)
