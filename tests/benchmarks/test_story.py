"""The page of what a replay told."""

from typing import Any

import pytest

from benchmarks.story import BEGIN, END, put_in, story, told
from errors import InvalidInput

TEXT = """CLAIMED by M23: Territory captured, Goma (DR Congo)
Where: Goma, North Kivu, DR Congo
When: reported 27 January, 01:30
“Rebels *say* they hold <Goma>” (Kivu Echo)
https://echo.example/1
Your watch: World
T-0007/1"""


def row(**fields: Any) -> tuple[str, dict[str, Any]]:
    base = {"at": "2025-01-27T01:30:00Z", "reason": "new", "incident": 7, "text": TEXT}
    return "alerts.jsonl:1", {**base, **fields}


def test_what_rings_is_told_in_full_and_an_edit_in_one_line() -> None:
    edit = row(
        at="2025-01-28T00:10:00Z", reason="updated", text="REPORTED: Territory captured, Goma (DR Congo)\nWho: M23"
    )
    lines = story(told([row(), edit])).splitlines()
    assert lines[0] == "2 alerts about 1 incidents: 1 messages or replies that ring, the rest silent edits."
    assert lines[2:] == [
        "## 27 January 2025",
        "",
        "- **01:30 T-0007, new**: CLAIMED by M23: Territory captured, Goma (DR Congo)",
        "  <br>Where: Goma, North Kivu, DR Congo",
        "  <br>“Rebels \\*say\\* they hold \\<Goma\\>” (Kivu Echo)",
        "",
        "## 28 January 2025",
        "",
        "- 00:10 T-0007, edited silently: REPORTED: Territory captured, Goma (DR Congo)",
    ]


@pytest.mark.parametrize("fields", [{"at": None}, {"reason": "loud"}, {"incident": "7"}, {"text": 3}])
def test_a_wrong_line_is_named(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match=f"alerts.jsonl:1, field {next(iter(fields))}"):
        told([row(**fields)])


def test_the_page_keeps_what_stands_around_the_marks() -> None:
    page = f"# Title\n{BEGIN}\nold\n{END}\nend\n"
    assert put_in(page, "new\n", "page.md") == f"# Title\n{BEGIN}\n\nnew\n\n{END}\nend\n"


@pytest.mark.parametrize("page", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_a_page_without_both_marks_is_left_alone(page: str) -> None:
    with pytest.raises(InvalidInput, match=r"page\.md"):
        put_in(page, "new", "page.md")
