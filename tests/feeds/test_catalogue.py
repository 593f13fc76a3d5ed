from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import InvalidInput
from feeds.catalogue import load, parse_kind
from feeds.types import PublisherKind, Reliability

GOOD = """\
publishers:
  - id: radio-ville
    name: Radio Ville
    kind: national
    home: NO
    reliability: B
    feeds:
      - url: "https://a.example/rss"
        language: no
        interval_s: 1
      - {url: "https://a.example/deux", unverified: true}
  - id: voice
    name: Voice of the Front
    kind: partisan-of the Front
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "feeds.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_written_is_read(tmp_path: Path) -> None:
    catalogue = load(write(tmp_path, GOOD))
    ville, voice = catalogue.publishers
    assert (ville.home, ville.reliability, ville.kind) == ("NO", Reliability.B, PublisherKind.NATIONAL)
    assert (voice.kind, voice.partisan_of, voice.reliability) == (PublisherKind.PARTISAN, "the Front", Reliability.F)
    first, second = catalogue.feeds
    assert (first.language, first.interval_s, first.unverified) == ("no", 1, False)
    assert (second.publisher_id, second.interval_s, second.unverified) == ("radio-ville", None, True)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "interval_s: 1",
            "interval_s: 0",
            "feeds.yaml:10 publishers[0].feeds[0].interval_s: found '0'; expected a whole",
        ),
        ("interval_s: 1", "interval_s: 1.5", "feeds.yaml:10 publishers[0].feeds[0].interval_s: found '1.5'"),
        (
            "interval_s: 1",
            "interval: 1",
            "feeds.yaml:10 publishers[0].feeds[0].interval: unknown key; expected only url",
        ),
        ("    kind: national\n", "", "feeds.yaml:2 publishers[0].kind: missing; expected wire, international"),
        ("kind: national", "kind: regional", "feeds.yaml:4 publishers[0].kind: found 'regional'; expected wire"),
        ("home: NO", "home: UK", "feeds.yaml:5 publishers[0].home: found 'UK'; expected an ISO 3166-1"),
        ("reliability: B", "reliability: Z", "feeds.yaml:6 publishers[0].reliability: found 'Z'; expected a letter"),
        (
            "https://a.example/deux",
            "https://a.example/rss",
            "feeds.yaml:11 publishers[0].feeds[1].url: https://a.example/rss",
        ),
        ("id: voice", "id: radio-ville", "feeds.yaml:12 publishers[1].id: 'radio-ville' stands twice"),
        ("https://a.example/rss", "ftp://a.example/rss", "feeds.yaml:8 publishers[0].feeds[0].url: found 'ftp://"),
        ("https://a.example/rss", "https://", "feeds.yaml:8 publishers[0].feeds[0].url"),
        ("language: no", "language: norsk", "feeds.yaml:9 publishers[0].feeds[0].language: found 'norsk'"),
        ("unverified: true", "unverified: perhaps", "feeds.yaml:11 publishers[0].feeds[1].unverified"),
        ("name: Radio Ville", "name: [Radio]", "feeds.yaml:3 publishers[0].name: found a list"),
        ("name: Radio Ville", "name: A\n    name: B", "feeds.yaml:4: 'name' stands twice"),
        ("kind: national", "kind: [", "not YAML"),
        ("kind: national", "kind: &k {a: *k}", "not YAML"),
        ("name: Radio Ville\n    kind: national", "name: &k [a]\n    kind: *k", "an alias"),
        ("kind: national", "? [a]\n    : b", "not YAML"),
        ("publishers:", "feeds:", "publishers"),
    ],
)
def test_one_line_says_what_is_wrong_and_where(tmp_path: Path, old: str, new: str, expected: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        load(write(tmp_path, GOOD.replace(old, new)))
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "publishers: []\n", "publishers: x\n", "publishers:\n  - x\n"])
def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidInput, match="publisher"):
        load(write(tmp_path, text))


def test_a_catalogue_without_any_feed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no feed in it"):
        load(write(tmp_path, "publishers:\n  - {id: a, name: A, kind: ngo}\n"))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"nowhere\.yaml: cannot be read: No such file"):
        load(tmp_path / "nowhere.yaml")
    binary = tmp_path / "feeds.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput, match="not UTF-8 at byte 0"):
        load(binary)


def test_a_message_never_shows_the_password_of_an_address(tmp_path: Path) -> None:
    feed = '      - url: "https://user:geheim@a.example/rss"\n'
    with pytest.raises(InvalidInput) as caught:
        load(write(tmp_path, f"publishers:\n  - id: a\n    name: A\n    kind: ngo\n    feeds:\n{feed}{feed}"))
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "kind", "party"),
    [
        ("wire", PublisherKind.WIRE, None),
        ("partisan-of", PublisherKind.PARTISAN, None),
        ("partisan-of Russia", PublisherKind.PARTISAN, "Russia"),
        ("partisan-of: the Front", PublisherKind.PARTISAN, "the Front"),
        ({"partisan-of": "Russia"}, PublisherKind.PARTISAN, "Russia"),
    ],
)
def test_kinds_as_written(written: str | dict[str, str], kind: PublisherKind, party: str | None) -> None:
    assert parse_kind(written) == (kind, party)


@pytest.mark.parametrize("written", ["", "partisan", "partisan-ofRussia", "Wire", {"wire": "x"}])
def test_anything_else_is_no_kind(written: str | dict[str, str]) -> None:
    assert parse_kind(written) is None


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_otherwise(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(InvalidInput):
        load(path)
