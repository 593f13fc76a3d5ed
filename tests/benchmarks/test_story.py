"""The page of what a replay told."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.story import BEGIN, END, chart, put_in, story, told
from benchmarks.story_level import standing_of, summary
from emulator.rules import image_size
from errors import InvalidInput
from incidents.level import Level
from places.gazetteer import Gazetteer

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


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def incident(day: date, number: int = 1, **fields: Any) -> tuple[str, dict[str, Any]]:
    base = {
        "incident": number,
        "signals": ["armed_clash"],
        "place": "Masisi",
        "precision": "place",
        "country": "CD",
        "admin1": "North Kivu",
        "lat": -1.4,
        "lon": 28.8,
        "certainty": "Likely",
        "first_seen": f"{day}T12:00:00Z",
    }
    return f"incidents.jsonl:{number}", {**base, **fields}


START = date(2025, 1, 2)
QUIET = [incident(START + timedelta(20 * week), week) for week in range(4)]
FIGHTING = [incident(START + timedelta(70 + n), 10 + n, signals=["territory_captured"]) for n in range(6)]


def test_the_level_of_the_replayed_months(gazetteer: Gazetteer) -> None:
    standing = standing_of([*QUIET, *FIGHTING], frozenset(), gazetteer)
    assert standing.day == START + timedelta(75)
    assert standing.points[0].day == START
    assert standing.level.rank > Level.ELEVATED.rank
    assert standing.grounds.week == 6
    assert summary(standing).startswith("North Kivu: rose on ")
    assert summary(standing).endswith(f"{standing.level.value} at the end.\n")


def test_what_was_withdrawn_taken_back_or_elsewhere_does_not_count(gazetteer: Gazetteer) -> None:
    elsewhere = incident(START + timedelta(75), 30, country="UA", admin1="Kharkiv Oblast")
    back = incident(START + timedelta(75), 31, certainty="Unlikely")
    withdrawn = frozenset(row["incident"] for _, row in FIGHTING)
    standing = standing_of([*QUIET, *FIGHTING, elsewhere, back], withdrawn, gazetteer)
    assert standing.grounds.week == 0
    assert standing.rose == ()


@pytest.mark.parametrize(
    "fields", [{"first_seen": None}, {"certainty": "Sure"}, {"signals": ["war"]}, {"lat": "north"}, {"place": 3}]
)
def test_a_wrong_incident_is_named(fields: dict[str, Any], gazetteer: Gazetteer) -> None:
    with pytest.raises(InvalidInput, match=r"incidents\.jsonl:1"):
        standing_of([incident(START, **fields)], frozenset(), gazetteer)
    with pytest.raises(InvalidInput, match="no incident"):
        standing_of([], frozenset(), gazetteer)


def test_the_chart_is_drawn(tmp_path: Path) -> None:
    lines = [json.dumps(fields) for _, fields in [*QUIET, *FIGHTING]]
    (tmp_path / "incidents.jsonl").write_text("\n".join(lines), encoding="utf-8")
    png = tmp_path / "level.png"
    assert "rose on" in chart(tmp_path, told([row(incident=11, reason="withdrawn")]), png)
    assert image_size(png.read_bytes()) == (880, 495)
