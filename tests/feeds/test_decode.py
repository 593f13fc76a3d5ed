import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.decode import BadEncoding, TooLarge, decompress

TEXT = b"<rss>" + b"Walikale " * 500 + b"</rss>"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "GZIP": gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
    "deflate": zlib.compress(TEXT),
    " deflate": raw_deflate(TEXT),
    "br": brotli.compress(TEXT),
    "identity": TEXT,
    "": TEXT,
}


@pytest.mark.parametrize("encoding", PACKED)
def test_each_encoding_is_undone(encoding: str) -> None:
    assert decompress(PACKED[encoding], encoding, len(TEXT)) == TEXT


def test_the_two_common_lies_are_forgiven() -> None:
    assert decompress(TEXT, "gzip", 10_000) == TEXT
    assert decompress(gzip.compress(TEXT), None, 10_000) == TEXT


@pytest.mark.parametrize("encoding", PACKED)
def test_one_byte_over_the_cap_is_too_large(encoding: str) -> None:
    with pytest.raises(TooLarge):
        decompress(PACKED[encoding], encoding, len(TEXT) - 1)


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(50_000_000), 1)),
        ("deflate", zlib.compress(bytes(50_000_000), 1)),
        ("br", brotli.compress(bytes(50_000_000), quality=1)),
        ("gzip", gzip.compress(bytes(900_000)) * 50),
    ],
)
def test_a_bomb_stops_at_the_cap(encoding: str, bomb: bytes) -> None:
    with pytest.raises(TooLarge):
        decompress(bomb, encoding, 1_000_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_body_cut_short_is_damaged(encoding: str) -> None:
    with pytest.raises(BadEncoding):
        decompress(PACKED[encoding][:-12], encoding, 10_000)


def test_an_unknown_encoding_is_refused_by_name() -> None:
    with pytest.raises(BadEncoding, match="zstd"):
        decompress(TEXT, "zstd", 10_000)


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", None]), st.integers(0, 400))
def test_bytes_of_any_kind_give_a_bounded_answer(body: bytes, encoding: str | None, limit: int) -> None:
    try:
        assert len(decompress(body, encoding, limit)) <= limit
    except (BadEncoding, TooLarge):
        return


@given(st.binary(max_size=2_000))
def test_what_was_packed_comes_back(data: bytes) -> None:
    assert decompress(gzip.compress(data), "gzip", 2_000) == data
    assert decompress(zlib.compress(data), "deflate", 2_000) == data
    assert decompress(brotli.compress(data), "br", 2_000) == data
