"""Texts that nobody would write: each gets a sane reading, and what eyes do not see changes none."""

from typing import Any

import pytest

from classifiers.types import ArticleText
from pipeline.assess import Assessor
from pipeline.explain import explain, render, text_to_explain
from pipeline.streams import classify

TITLE = "M23 rebels capture the town of Walikale, residents flee"
SUMMARY = "At least 12 people were killed in North Kivu on Wednesday, witnesses said."

DISGUISED = {
    "markup": (
        "<p><b>M23</b> rebels capture the town of <a href='x'>Walikale</a>, residents&nbsp;flee</p><style>x</style>",
        f"<div>{SUMMARY}</div><!-- hidden -->",
    ),
    "escaped markup": ("&lt;b&gt;M23&lt;/b&gt; rebels capture the town of Walikale, residents flee", SUMMARY),
    "zero width": (
        "M\u200b23 re\u00adbels cap\u2060ture the town of Wali\u200bkale, \ufeffresidents flee",
        SUMMARY.replace("North", "No\u200brth"),
    ),
    "direction": (
        "M23 rebels capture the town of \u202eWalikale\u202c, \u2067residents\u2069 flee",
        f"\u202b{SUMMARY}\u202c",
    ),
    "controls": (TITLE.replace(" ", " \x00", 1), SUMMARY.replace("killed", "kil\x08led")),
    "blanks": (TITLE.replace(" ", " \t\u00a0 "), f"\r\n{SUMMARY}\r\n"),
}


def row(assessor: Assessor, title: str, summary: str = "", **more: object) -> dict[str, Any]:
    [read] = classify(
        [("line 1", {"id": 1, "title": title, "summary": summary, **more})], assessor.reader, assessor.locator
    )
    return read


@pytest.mark.parametrize("disguise", DISGUISED)
def test_what_nobody_sees_changes_nothing(assessor: Assessor, disguise: str) -> None:
    assert row(assessor, *DISGUISED[disguise]) == row(assessor, TITLE, SUMMARY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "🔥" * 300,
        "🇺🇦🔥💥",
        "\u202e\u202d\u2066",
        "\u200b\u200c\u200d",
        "<script>war()</script>",
        "…!?—",
        "1 2 3",
    ],
)
@pytest.mark.parametrize("language", [None, "en", "ar", "sw"])
def test_a_text_that_says_nothing_is_no_news_and_nowhere(assessor: Assessor, text: str, language: str | None) -> None:
    read = row(assessor, text, text, language=language)
    assert (read["labels"], read["places"], read["killed"], read["actor"]) == ([], [], None, None)
    assert read["relevant"] < 0.5


def test_a_text_of_a_hundred_thousand_letters_is_read_by_its_beginning(assessor: Assessor) -> None:
    long = row(assessor, TITLE, f"{SUMMARY} {'The market was open again. ' * 4000}")
    assert long["killed"] == 12
    assert long["places"][0]["resolved"] == "Walikale"
    assert assessor.reader.read([ArticleText(TITLE, "word " * 20_000)])[0].actor == "M23"


def test_scripts_may_mix(assessor: Assessor) -> None:
    read = row(assessor, "M23 rebels (حركة 23 مارس) capture Walikale — Валикале 瓦利卡莱", "Residents flee, سكان فروا.")
    assert (read["language"], read["actor"]) == ("en", "M23")
    assert read["places"][0]["resolved"] == "Walikale"


def test_a_text_in_arabic_with_marks_of_direction_is_read_as_without(assessor: Assessor) -> None:
    title = "حركة 23 مارس تسيطر على بلدة واليكالي"
    marked = f"\u202b\u200f{title}\u200f\u202c"
    one, other = row(assessor, title, language="ar"), row(assessor, marked, language="ar")
    probable = {"relevant", "signals", "evidence"}
    assert {key: one[key] for key in one if key not in probable} == {
        key: other[key] for key in other if key not in probable
    }
    assert one["places"][0]["resolved"] == "Walikale"


def test_an_explanation_cleans_as_a_feed_does(assessor: Assessor) -> None:
    title, summary = DISGUISED["zero width"]
    explanation = explain(text_to_explain(f"{title}\n{summary}"), assessor.reader, assessor.locator)
    told = render(explanation)
    assert "Walikale" in told
    assert not set("\u200b\u00ad\u2060\ufeff") & set(told)
