"""What every match of a pattern contains is found by reading the pattern."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.required import Sought, either, plain, required

READ = [
    ("seized", {"seized"}),
    ("last (?:year|month)", {"last "}),
    (r"(?:weeks?|months?)\s+ago", {"week", "month"}),
    (r"(?P<day>\d{1,2})?\s*(?:March|May)", {"march", "may"}),
    (r"colou?r", {"colo"}),
    (r"(?:the )?end", {"end"}),
    (r"(?:\w+ )*anniversary of|commemorat\w+", {"anniversary of", "commemorat"}),
    (r"(?-i:Jan(?:uary|\.))", {"jan"}),
    (r"(?:ab){2}x", {"ab"}),
    (r"(?:ab){0,2}x", {"x"}),
    (r"(?!not)a[bc\]]d", {"a"}),
    (r"U\.N\.", {"u.n."}),
    (r"years|anniversary|year", {"year", "anniversary"}),
    (r"\w+|seized", set()),
    (r"(?:seized)?", set()),
    ("", set()),
]


@pytest.mark.parametrize(("pattern", "expected"), READ)
def test_reads_what_a_pattern_demands(pattern: str, expected: set[str]) -> None:
    assert required(pattern) == expected


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_every_match_has_what_its_pattern_demands(data: st.DataObject) -> None:
    pattern = re.compile(data.draw(st.sampled_from([written for written, _ in READ])), re.IGNORECASE)
    sought = Sought.of(pattern)
    text = data.draw(st.from_regex(pattern))
    assert [m.span() for m in sought.found(text, plain(text))] == [m.span() for m in pattern.finditer(text)]


def test_either_demands_what_one_of_them_does() -> None:
    sought = [Sought.of(re.compile(pattern)) for pattern in ("three years", "year")]
    assert either(sought) == {"year"}
    assert not either([*sought, Sought.of(re.compile(r"\w+"))])


@pytest.mark.parametrize("written", ["KILL", "ſ", "İn", "ın", "\u212a"])
def test_letters_that_match_without_regard_to_case_are_spelled_alike(written: str) -> None:
    for letter in "kilsn":
        for other in written:
            if re.fullmatch(letter, other, re.IGNORECASE):
                assert plain(other) == letter
