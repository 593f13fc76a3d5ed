"""Recorded entries: their order, and what a wrong row is told."""

from typing import Any

import pytest

from errors import InvalidInput
from pipeline.entries import recordings


def row(**fields: Any) -> dict[str, Any]:
    return {"id": "a", "feed": "https://x.example/rss", "published": "2025-03-19T10:00:00Z", "title": "T", **fields}


def test_the_oldest_comes_first_and_an_undated_one_after_its_neighbour() -> None:
    rows = [
        row(id="late", published="2025-03-20"),
        row(id="undated", published=None),
        row(id="early", published="2025-03-18 23:00:00"),
        row(id="last", published="2025-03-21"),
    ]
    found = recordings([(f"f:{n}", r) for n, r in enumerate(rows, 1)])
    assert [r.id for r in found] == ["early", "late", "undated", "last"]


def test_date_and_lang_are_accepted() -> None:
    fields = row(lang="fr", date="2025-03-19")
    del fields["published"]
    [found] = recordings([("f:1", fields)])
    assert found.entry.language == "fr"
    assert found.entry.published is not None
    assert found.entry.published.isoformat() == "2025-03-19T00:00:00+00:00"


def test_only_web_links_are_kept() -> None:
    [found] = recordings([("f:1", row(link="javascript:alert(1)"))])
    assert found.entry.link is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"id": None}, "id"),
        ({"id": True}, "id"),
        ({"title": None, "summary": ""}, "title"),
        ({"title": 3}, "title"),
        ({"published": "soon"}, "published"),
        ({"feed": ["x"]}, "feed"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput, match="expected") as caught:
        recordings([("f:7", row(**fields))])
    assert caught.value.where == f"f:7, field {field}"
