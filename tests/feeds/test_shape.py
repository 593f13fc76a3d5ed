import pytest

from feeds.shape import MAX_DEPTH, MAX_ILL_FORMED, MAX_TAGS_PER_ENTRY, objection


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<rss>" + "<a>" * (MAX_DEPTH + 1), "nested too deep"),
        ("<rss><a " + "b" * 20_000, "a tag without end"),
        ("<rss " + "a='1' " * 301 + "/>", "too many attributes"),
        ("<rss><item>" + "<a/>" * (MAX_TAGS_PER_ENTRY + 1), "too many elements"),
        ("<rss><author>" + "a" * 4_000 + "</author></rss>", "a name without end"),
        ("<rss><dc:creator>" + "a" * 4_000, "a name without end"),
        ("<rss>" + "&" * MAX_ILL_FORMED, "too long for XML that is not well-formed"),
    ],
)
def test_what_feedparser_cannot_be_given(text: str, reason: str) -> None:
    assert objection(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<rss><item><author>Jane Roe</author></item></rss>",
        "<rss>" + "<item><title>x</title></item>" * 20_000 + "</rss>",
        "<rss><item><description><![CDATA[" + "<p>" * 30_000 + "<a " * 10_000 + "]]></description></item></rss>",
        "<rss><item>" + "<br>" * 5_000 + "</item></rss>",
        "<rss><item><author/><description>" + "long " * 2_000 + "</description></item></rss>",
        "<rss><!-- " + "<a>" * 5_000 + " --></rss>",
        "<rss><title>" + "x" * MAX_ILL_FORMED + "</title></rss>",
    ],
)
def test_what_it_can(text: str) -> None:
    assert objection(text) is None
