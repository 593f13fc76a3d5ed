import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.urls import canonical_link, host_of, is_web_address, registrable_domain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "http://A.example/x"),
        ("https://a.example/x", "https://a.example/x#comments"),
        ("https://a.example/x", "https://a.example:443/x"),
        ("https://a.example/x", "https://a.example/x?utm_source=rss&utm_medium=feed"),
        ("https://a.example/x", "https://a.example/x?at_medium=RSS&at_campaign=KARANGA"),
        ("https://a.example/x", "https://a.example/x?fbclid=1&gclid=2&xtor=RSS-1"),
        ("https://a.example/?id=5", "https://a.example?id=5&UTM_Source=x"),
        ("https://a.example/x", " https://a.example./x "),
    ],
)
def test_two_spellings_of_one_page(one: str, other: str) -> None:
    assert canonical_link(one) == canonical_link(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/y"),
        ("https://a.example/?id=5", "https://a.example/?id=6"),
        ("https://a.example/?id=", "https://a.example/"),
        ("https://a.example/X", "https://a.example/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
    ],
)
def test_two_pages(one: str, other: str) -> None:
    assert canonical_link(one) != canonical_link(other)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.radioville.cd", "radioville.cd"),
        ("feeds.bbci.co.uk", "bbci.co.uk"),
        ("www.abc.net.au", "abc.net.au"),
        ("www.gov.uk", "www.gov.uk"),
        ("travel.state.gov", "state.gov"),
        ("newtimes.co.rw", "newtimes.co.rw"),
        ("somebody.substack.com", "somebody.substack.com"),
        ("News.Example.COM.", "example.com"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("", ""),
    ],
)
def test_who_registered_a_host(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize("url", ["http://a.example", "https://a.example:8443/x?y#z", "http://[2001:db8::1]/x"])
def test_a_web_address(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    ["", "a.example", "//a.example/x", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.c", "ftp://a.example",
     "http://", "http:///x", "http://a b/", "http://a/\nb", "http://a:99999/", "http://[::1",
     "http://a/" + "x" * 2_000],
)  # fmt: skip
def test_no_web_address(url: str) -> None:
    assert not is_web_address(url)


@given(st.text(max_size=60))
def test_no_text_breaks_them(text: str) -> None:
    canonical_link("https://" + text)
    registrable_domain(host_of(text))
    is_web_address(text)


@settings(max_examples=40)
@given(
    st.from_regex(r"https?://[a-z]{1,8}\.[a-z]{2,5}(/[a-z%0-9]{0,5}){0,3}(\?[a-z]=[a-z0-9 +]{0,3})?", fullmatch=True)
)
def test_canonical_is_settled(url: str) -> None:
    assert canonical_link(canonical_link(url)) == canonical_link(url)
