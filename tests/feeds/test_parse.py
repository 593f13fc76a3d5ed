import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.errors import ContentError, FetchProblem
from feeds.identity import key_of
from feeds.parse import ENTRY_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT, ParsedFeed, parse
from feeds.types import Entry

URL = "https://www.radioville.cd/news/rss.xml"
ITEM = """<item><title>Ndala : les rebelles entrent</title><link>/a/1</link><guid isPermaLink="false">n1</guid>
<description>&lt;p&gt;Les habitants fuient.&lt;/p&gt;</description>
<pubDate>Thu, 20 Mar 2025 14:05:00 +0200</pubDate></item>"""


def rss(items: str = ITEM, head: str = "<title>Radio Ville</title>", prolog: str = '<?xml version="1.0"?>') -> str:
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'{prolog}<rss version="2.0" {names}><channel>{head}{items}</channel></rss>'


def read(body: str | bytes, language: str | None = None, content_type: str | None = None) -> ParsedFeed:
    raw = body.encode() if isinstance(body, str) else body
    return parse(raw, feed_url=URL, content_type=content_type, language=language)


def only(body: str | bytes, language: str | None = None) -> Entry:
    (entry,) = read(body, language).entries
    return entry


def test_an_rss_item() -> None:
    assert only(rss()) == Entry(
        feed_url=URL,
        guid="n1",
        link="https://www.radioville.cd/a/1",
        title="Ndala : les rebelles entrent",
        summary="Les habitants fuient.",
        published=datetime(2025, 3, 20, 12, 5, tzinfo=UTC),
    )


def test_an_atom_entry() -> None:
    entry = only(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Ville</title><entry>
        <id>tag:ville,2025:1</id><title type="html">&lt;i&gt;Ndala&lt;/i&gt; est tombée</title>
        <link rel="self" href="https://a.example/self"/><link rel="alternate" href="https://a.example/1"/>
        <summary>Les rebelles &amp; l’armée</summary><updated>2025-03-20T14:05:00</updated>
        <author><name>Agence</name></author></entry></feed>"""
    )
    assert (entry.guid, entry.link, entry.title) == ("tag:ville,2025:1", "https://a.example/1", "Ndala est tombée")
    assert (entry.summary, entry.author, entry.language) == ("Les rebelles & l’armée", "Agence", "fr")
    assert entry.published == datetime(2025, 3, 20, 14, 5, tzinfo=UTC)


def test_an_rdf_item() -> None:
    entry = only(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>
        <item rdf:about="https://a.example/1"><title>Town falls</title><link>https://a.example/1</link>
        <description>At dawn</description><dc:date>2025-03-20T14:05:00+02:00</dc:date></item></rdf:RDF>"""
    )
    assert (entry.title, entry.published) == ("Town falls", datetime(2025, 3, 20, 12, 5, tzinfo=UTC))


def test_what_the_feed_says_of_itself() -> None:
    parsed = read(rss(head="<title>Radio &amp; Ville</title><ttl>15</ttl><language>fr-CD</language>"))
    assert (parsed.title, parsed.ttl_s, parsed.language, parsed.problem) == ("Radio & Ville", 900, "fr", None)
    assert read(rss(head="<ttl>0</ttl><language>?</language>")).ttl_s is None


def test_the_catalogue_outranks_the_feed_s_language() -> None:
    body = rss(head="<language>en-US</language>")
    assert (only(body).language, only(body, "fr").language) == ("en", "fr")


@pytest.mark.parametrize(
    ("description", "summary"),
    [
        (
            "Ils fuient. L'article &lt;a&gt;Ndala&lt;/a&gt; est apparu en premier sur &lt;a&gt;Ville&lt;/a&gt;.",
            "Ils fuient.",
        ),
        ("They flee. The post Ndala falls appeared first on Ville.", "They flee."),
        ("They flee [&amp;#8230;]", "They flee"),
        ("They flee… Continue reading...", "They flee…"),
        ("The post office was burned on Monday", "The post office was burned on Monday"),
    ],
)
def test_what_publishing_systems_append_is_left_out(description: str, summary: str) -> None:
    assert only(rss(f"<item><title>x</title><description>{description}</description></item>")).summary == summary


def test_the_full_text_stands_in_for_a_missing_description() -> None:
    item = "<item><title>x</title><content:encoded><![CDATA[<p>Ils <b>fuient</b>.</p>]]></content:encoded></item>"
    assert only(rss(item)).summary == "Ils fuient."
    both = item.replace("</title>", "</title><description>Court.</description>")
    assert only(rss(both)).summary == "Court."


def test_texts_are_cut() -> None:
    entry = only(rss(f"<item><title>{'mot ' * 999}</title><description>{'mot ' * 9999}</description></item>"))
    assert len(entry.title) <= TITLE_LIMIT
    assert len(entry.summary) <= SUMMARY_LIMIT
    assert len(read(rss("<item><title>x</title></item>" * (ENTRY_LIMIT + 5))).entries) == ENTRY_LIMIT


def test_an_untitled_entry_is_named_by_its_first_sentence_and_an_empty_one_dropped() -> None:
    entries = read(rss("<item><description>Ndala fell. People fled.</description></item><item><guid>1</guid></item>"))
    assert [entry.title for entry in entries.entries] == ["Ndala fell."]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://a.example/x?a=1&amp;b=2", "https://a.example/x?a=1&b=2"),
        (" https://a.example/a b\n", "https://a.example/a%20b"),
        ("//a.example/x", "https://a.example/x"),
        ("../x", "https://www.radioville.cd/x"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@b.example", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_links_lead_to_the_web(link: str, address: str | None) -> None:
    assert only(rss(f"<item><title>x</title><link>{link}</link></item>")).link == address


@pytest.mark.parametrize(
    ("inner", "origin"),
    [
        ('<source url="https://ville.example/rss">Radio Ville</source>', "Radio Ville"),
        ('<source url="https://ville.example/rss"></source>', "ville.example"),
        ("<description>[Radio Ville] La ville est tombée</description>", "Radio Ville"),
        ('<description>&lt;div class="tag source"&gt;Sources: MSF, OCHA&lt;/div&gt;x</description>', "MSF"),
        ("<dc:publisher>Ville Presse</dc:publisher>", "Ville Presse"),
        ("<dc:creator>Jane Roe</dc:creator>", None),
    ],
)
def test_the_stated_origin(inner: str, origin: str | None) -> None:
    assert only(rss(f"<item><title>x</title>{inner}</item>")).origin == origin


def test_the_publisher_behind_a_title_is_cut_off() -> None:
    item = '<item><title>Town falls - Radio Ville</title><source url="https://v.example">Radio Ville</source></item>'
    assert only(rss(item)).title == "Town falls"
    assert only(rss(item.replace("Town falls - ", ""))).title == "Radio Ville"


def test_a_bracket_before_most_summaries_is_the_feed_s_habit_and_cut_off() -> None:
    item = "<item><title>x{0}</title><description>[Radio {0}] La ville {0}</description></item>"
    many = read(rss("".join(item.format(n) for n in range(3)))).entries
    assert (many[0].origin, many[0].summary) == ("Radio 0", "La ville 0")
    assert only(rss(item.format(0))).summary == "[Radio 0] La ville 0"


@pytest.mark.parametrize("tag", ["guid", "link"])
def test_an_identity_that_all_entries_share_identifies_nothing(tag: str) -> None:
    shared = f"<{tag}>https://a.example/</{tag}>"
    entries = read(rss("".join(f"<item><title>Town {n} falls</title>{shared}</item>" for n in range(4)))).entries
    assert len({key_of(entry) for entry in entries}) == 4


def test_one_story_listed_twice_keeps_its_identity() -> None:
    once = only(rss())
    twice = read(rss(ITEM + ITEM.replace("entrent", "sont entrés"))).entries
    assert {key_of(entry) for entry in twice} == {key_of(once)}


@pytest.mark.parametrize(
    ("prolog", "encoding", "header"),
    [
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252", None),
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "utf-8", None),
        ('<?xml version="1.1" encoding="utf-8"?>', "utf-8", "text/xml; charset=iso-8859-1"),
        ("\n\n<?xml version='1.0'?>", "utf-8", None),
        ("\ufeff", "utf-8", None),
        ("", "utf-16", "application/rss+xml"),
    ],
)
def test_whatever_the_encoding_the_text_is_right(prolog: str, encoding: str, header: str | None) -> None:
    body = rss("<item><title>Déplacés à Kéré</title></item>", prolog=prolog).encode(encoding)
    parsed = read(body, content_type=header)
    assert (parsed.entries[0].title, parsed.problem) == ("Déplacés à Kéré", None)


def test_ill_formed_xml_is_read_and_said_to_be() -> None:
    parsed = read(rss("<item><title>D&eacute;plac&eacute;s & r&nbsp;</title></item>"))
    assert (parsed.entries[0].title, parsed.problem) == ("Déplacés & r", "not well-formed XML, read leniently")
    assert read(rss("<item><title>a\x0bb</title></item>")).problem is None


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("", "an empty answer"),
        (" \n", "an empty answer"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "a web page"),
        ("<!-- x --><HTML lang='fr'>", "a web page"),
        ('{"items": []}', "neither RSS nor Atom"),
        ('<?xml version="1.0"?><urlset></urlset>', "neither RSS nor Atom"),
        ("/etc/passwd", "neither RSS nor Atom"),
        ("https://a.example/rss", "neither RSS nor Atom"),
        ("<rss><channel><item><link></item></link>", "too damaged"),
        (b"\x00\xff\xfe\x80garbage", "neither RSS nor Atom"),
    ],
)
def test_what_is_no_feed(body: str | bytes, detail: str) -> None:
    with pytest.raises(ContentError, match=detail) as caught:
        read(body)
    assert caught.value.problem is FetchProblem.NOT_A_FEED


def test_a_feed_without_entries_is_one_all_the_same() -> None:
    assert read('<rss version="2.0"><channel><title>T</title></channel></rss>').problem == "a feed without entries"


LAUGHS = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'


@pytest.mark.parametrize(
    "prolog",
    [
        f"<?xml version='1.0'?><!DOCTYPE r [{LAUGHS}]>",
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://a.example/x.dtd"> %p;]>',
        f"<!DOCTYPE r [<!-- <item> -->{LAUGHS}]>",
        f"<![CDATA[<!DOCTYPE r [{LAUGHS}]]]>",
        f"<!doctype r [<!entity{LAUGHS[8:]}]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_declared_entities_are_refused(prolog: str, encoding: str) -> None:
    with pytest.raises(ContentError, match="entities") as caught:
        read(rss("<item><title>&b;&x;</title></item>", prolog=prolog).encode(encoding))
    assert caught.value.problem is FetchProblem.UNSAFE_XML


def test_an_old_doctype_and_a_text_about_entities_are_fine() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://a.example/rss-0.91.dtd">'
    assert only(rss(prolog=doctype)).title
    assert (
        "ENTITY"
        not in only(rss("<item><title>x</title><description><![CDATA[<!ENTITY a>]]></description></item>")).summary
    )


HOSTILE = {
    "nested": "<rss><channel>" + "<a>" * 100_000,
    "nested items": "<rss><channel>" + "<item>" * 100_000,
    "brackets": "<rss><channel>" + "<" * 500_000,
    "open tags": "<rss><channel><item><title>" + "<a " * 200_000,
    "quotes": "<rss><channel><item><title>" + '<a b="' * 100_000,
    "attributes": "<rss " + " ".join(f'a{n}="1"' for n in range(20_000)) + "><channel/></rss>",
    "namespaces": "<rss " + " ".join(f'xmlns:a{n}="u"' for n in range(20_000)) + "><channel/></rss>",
    "long author": rss(f"<item><title>x</title><author>{'a' * 100_000}</author></item>"),
    "author by entities": rss(f"<item><title>x</title><author>{'&#97;' * 20_000}</author></item>"),
    "author without end": "<rss><channel><item><dc:creator>" + "a" * 100_000,
    "links": rss("<item>" + "<link>x</link>" * 50_000 + "</item>"),
    "comments": "<rss><channel><item><title>" + "<!--" * 200_000,
    "cdata": "<rss><channel><item><title>" + "<![CDATA[" * 100_000,
    "escaped comments": rss(f"<item><title>x</title><description>{'&lt;!--' * 50_000}</description></item>"),
    "long date": rss(f"<item><title>x</title><pubDate>{'Mon, 1 ' * 50_000}</pubDate></item>"),
    "long guid": rss(f"<item><title>x</title><guid>{'a/../' * 100_000}</guid></item>"),
    "ampersands": "<rss><channel><item><title>" + "&" * 50_000,
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_shapes_take_no_time(shape: str) -> None:
    """Without feeds/shape.py most of these take feedparser from ten seconds to hours."""
    start = time.process_time()
    with suppress(ContentError):
        read(HOSTILE[shape])
    assert time.process_time() - start < 3


def test_a_body_beyond_any_feed_is_too_large() -> None:
    with pytest.raises(ContentError) as caught:
        read("<rss>" + " " * 8_000_001)
    assert caught.value.problem is FetchProblem.TOO_LARGE


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from([None, "text/xml; charset=utf-16", "text/html"]))
def test_no_bytes_make_it_fail_otherwise(body: bytes, header: str | None) -> None:
    try:
        parsed = read(body, content_type=header)
    except ContentError:
        return
    assert all(entry.title for entry in parsed.entries)


PIECES = st.sampled_from(
    ["<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "<guid>", "</guid>", "<pubDate>", "<author>",
     "<source>", "<content:encoded>", "<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&#0;", "&bogus;", "Ndala", "http://",
     "[x]", "é", "\u202e", "<p>", "<entry>", "<id>", "<updated>", '<link href="', '">', "<feed>", "</rss>"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_mixture_of_a_feed_s_parts_makes_it_fail_otherwise(inner: str) -> None:
    try:
        parsed = read(rss(inner))
    except ContentError:
        return
    for entry in parsed.entries:
        assert entry.title
        assert "\u202e" not in entry.title + entry.summary
        assert entry.link is None or entry.link.startswith(("http://", "https://"))
        key_of(entry)
