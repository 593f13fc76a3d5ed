from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.origin import independence_key, publisher_for_url, source_of
from feeds.types import Catalogue, Entry, Publisher, PublisherKind, Reliability
from feeds.wires import agency_named, agency_of


def entry(
    title: str = "Fighting near Ndala", summary: str = "", author: str | None = None, origin: str | None = None
) -> Entry:
    return Entry("https://x.example/rss", "1", None, title, summary, datetime(2025, 3, 20, tzinfo=UTC), author, origin)


BYLINES = [
    ("NDALA, March 20 (Reuters) - Rebels took the town", "reuters"),
    ("NDALA, Feb. 7 (UPI) -- Rebels took the town", "upi"),
    ("Ndala (AFP) – Les rebelles ont pris la ville", "afp"),
    ("Ndala, 20 mars 2025 (ACP).- La ville est tombée", "acp"),
    ("[AFP] La ville est tombée", "afp"),
    ("(AP) The town has fallen", "ap"),
    ("AFP - La ville est tombée", "afp"),
    ("NDALA, 20 mars, AFP – La ville est tombée", "afp"),
    ("MOSCOW, March 20. /TASS/. The town has fallen", "tass"),
    ("МОСКВА, 20 марта. /ТАСС/. Город взят", "tass"),
    ("ندالا (أ ف ب) - سقطت المدينة", "afp"),
    ("La ville est tombée (AFP)", "afp"),
    ("La ville est tombée. © AFP", "afp"),
    ("The town has fallen – Reuters", "reuters"),
    ("The town has fallen (AP/AFP).", "ap"),
    ("La ville est tombée (avec AFP)", "afp"),
    ("La ville est tombée. Avec AFP et Reuters.", "reuters"),
    ("La ciudad cayó, con EFE", "efe"),
    ("The town has fallen. AFP contributed to this report", "afp"),
    ("La ville est tombée. Source : AFP", "afp"),
    ("Mji umeanguka. Chanzo: Xinhua", "xinhua"),
    ("The town has fallen, a resident told AFP by phone", "afp"),
    ("La ville est tombée, a dit un habitant à l'AFP", "afp"),
    ("La ciudad cayó, dijo a EFE un vecino", "efe"),
]
NO_BYLINES = [
    "Rebels took the town, according to Reuters",
    "A Reuters cameraman was killed at Ndala",
    "The Arakan Army (AA) seized the town",
    "Supporters of Pakistan Tehreek-e-Insaf (PTI) clashed with police",
    "Les rebelles devant la ville. Photo © AFP",
    "Les rebelles devant la ville. Crédit: (AFP)",
    "Smoke over the town on March 20, 2025. (Jane Roe/Reuters)",
    "Smoke over the town on March 20, 2025. (Jane Roe/AFP/Getty Images)",
    "Smoke over the town. Jane Roe/AFP",
    "Forces of the AFPFL-led alliance",
    "The group, an AP-style coalition, denied it",
]


@pytest.mark.parametrize(("text", "agency"), BYLINES)
def test_a_byline_names_the_agency(text: str, agency: str) -> None:
    found = agency_of("Title", text, None)
    assert found is not None
    assert found.id == agency


@pytest.mark.parametrize("text", NO_BYLINES)
def test_a_mention_is_no_byline(text: str) -> None:
    assert agency_of("Title", text, None) is None


@pytest.mark.parametrize(
    ("author", "agency"),
    [
        ("AFP", "afp"),
        ("Le Monde avec AFP", "afp"),
        ("By Jane Roe, Associated Press", "ap"),
        ("Reuters Staff", "reuters"),
        ("newsroom@agency.example (Xinhua)", "xinhua"),
    ],
)
def test_the_author_line_names_the_agency(author: str, agency: str) -> None:
    found = agency_of("Title", "Summary", author)
    assert found is not None
    assert found.id == agency


@pytest.mark.parametrize("author", ["Jane Roe", "Afp Roe", "RAFP", "Petra Roe"])
def test_a_person_is_no_agency(author: str) -> None:
    assert agency_of("Title", "Summary", author) is None


def test_the_title_may_carry_the_byline() -> None:
    found = agency_of("Town falls - Reuters", "No more is known", None)
    assert found is agency_named("REUTERS")


def test_an_outlet_is_its_own_witness(catalogue: Catalogue) -> None:
    source = source_of(entry(origin="Elsewhere"), catalogue.publisher("radio-ville"), catalogue)
    assert (source.publisher_id, source.independence, source.wire) == ("radio-ville", "publisher:radio-ville", None)
    assert (source.name, source.home, source.reliability) == ("Radio Ville", "CD", Reliability.B)


def test_outlets_of_one_owner_are_one_witness(catalogue: Catalogue) -> None:
    keys = {source_of(entry(), catalogue.publisher(name), catalogue).independence for name in ("gazette", "courier")}
    assert keys == {"owner:press-house"}


def test_copies_of_an_agency_are_one_witness_with_the_agency(catalogue: Catalogue) -> None:
    copy = entry(summary="Ndala (AFP) – La ville est tombée")
    outlets = [source_of(copy, catalogue.publisher(name), catalogue) for name in ("radio-ville", "gazette", "afp")]
    assert {source.independence for source in outlets} == {"wire:afp"}
    assert [source.name for source in outlets] == ["Radio Ville", "The Gazette", "AFP"]
    assert independence_key(catalogue.publisher("afp")) == "wire:afp"


def test_a_party_s_agency_speaks_for_the_party_wherever_it_is_printed(catalogue: Catalogue) -> None:
    source = source_of(entry(summary="NDALA, March 20. /TASS/. Taken"), catalogue.publisher("gazette"), catalogue)
    assert (source.kind, source.partisan_of, source.independence) == (PublisherKind.PARTISAN, "Russia", "wire:tass")
    own = source_of(entry(), catalogue.publisher("tass"), catalogue)
    assert (own.independence, own.partisan_of) == ("wire:tass", "Russia")


@pytest.mark.parametrize(
    ("origin", "publisher_id", "key"),
    [
        ("Radio Ville", "radio-ville", "publisher:radio-ville"),
        ("radio-ville (Ndala)", "radio-ville", "publisher:radio-ville"),
        ("Gazette", "gazette", "owner:press-house"),
        ("www.radioville.cd", "radio-ville", "publisher:radio-ville"),
        ("blog.gazette.co.ug", "gazette", "owner:press-house"),
        ("AFP", "afp", "wire:afp"),
        ("Reuters", "origin:reuters", "wire:reuters"),
        ("news.unheard.co.ke", "domain:unheard.co.ke", "domain:unheard.co.ke"),
        ("Écho de Ndala", "origin:echodendala", "origin:echodendala"),
        ("All Headlines", "all", "publisher:all"),
        (None, "all", "publisher:all"),
    ],
)
def test_an_aggregator_s_entry_is_its_origin_s(
    catalogue: Catalogue, origin: str | None, publisher_id: str, key: str
) -> None:
    source = source_of(entry(origin=origin), catalogue.publisher("all"), catalogue)
    assert (source.publisher_id, source.independence) == (publisher_id, key)


def test_an_aggregator_may_name_the_origin_as_author(catalogue: Catalogue) -> None:
    source = source_of(entry(author="Radio Ville"), catalogue.publisher("all"), catalogue)
    assert source.publisher_id == "radio-ville"


def test_an_unknown_origin_cannot_be_judged(catalogue: Catalogue) -> None:
    source = source_of(entry(origin="Écho de Ndala"), catalogue.publisher("all"), catalogue)
    assert (source.name, source.reliability, source.home) == ("Écho de Ndala", Reliability.F, None)


@pytest.mark.parametrize(
    ("url", "publisher_id", "key"),
    [
        ("https://www.radioville.cd/rss.xml", "radio-ville", "publisher:radio-ville"),
        ("http://radioville.cd/another/feed", "radio-ville", "publisher:radio-ville"),
        ("https://amp.gazette.co.ug/feed", "gazette", "owner:press-house"),
        ("https://other.co.ug/feed", "domain:other.co.ug", "domain:other.co.ug"),
        ("https://feeds.unheard.example/x", "domain:unheard.example", "domain:unheard.example"),
        ("nonsense", "domain:unknown", "domain:unknown"),
    ],
)
def test_a_feed_outside_the_catalogue_is_its_domain_s(
    catalogue: Catalogue, url: str, publisher_id: str, key: str
) -> None:
    source = source_of(entry(), publisher_for_url(url, catalogue), catalogue)
    assert (source.publisher_id, source.independence) == (publisher_id, key)


def test_an_unknown_domain_is_reliability_f(catalogue: Catalogue) -> None:
    source = source_of(entry(), publisher_for_url("https://feeds.unheard.example/x", catalogue), catalogue)
    assert (source.name, source.kind, source.reliability) == ("unheard.example", PublisherKind.NATIONAL, Reliability.F)


@settings(max_examples=50)
@given(st.text(max_size=200), st.text(max_size=200), st.none() | st.text(max_size=60), st.none() | st.text(max_size=60))
def test_no_text_breaks_it(
    catalogue: Catalogue, title: str, summary: str, author: str | None, origin: str | None
) -> None:
    for name in ("all", "gazette"):
        source = source_of(entry(title, summary, author, origin), catalogue.publisher(name), catalogue)
        assert source.independence.partition(":")[0] in ("wire", "owner", "publisher", "domain", "origin")


def test_one_key_per_wire_publisher_even_if_it_is_no_known_agency() -> None:
    assert independence_key(Publisher("ndala-wire", "Ndala Wire", PublisherKind.WIRE, owner="x")) == "wire:ndala-wire"
