"""Who usually tells of a region, and when too few of them speak."""

import pytest

from incidents.usual_sources import MOST, hushed, usual_sources


def test_usual_is_who_tells_often_and_is_polled() -> None:
    reports = {"okapi": 40, "rfi": 12, "quoted": 30, "once": 1, "actu": 12}
    assert usual_sources(reports, {"okapi", "rfi", "once", "actu"}) == ["okapi", "actu", "rfi"]
    many = {f"p{number:02}": 9 for number in range(20)}
    assert usual_sources(many, many) == [f"p{number:02}" for number in range(MOST)]


@pytest.mark.parametrize(
    ("usual", "silent", "told"),
    [
        ("abcd", "", ""),
        ("abcd", "ab", ""),
        ("abcd", "abd", "abd"),
        ("abc", "b", ""),
        ("abc", "bc", "bc"),
        ("a", "a", "a"),
        ("", "a", ""),
    ],
)
def test_a_region_is_hushed_when_fewer_than_half_speak(usual: str, silent: str, told: str) -> None:
    assert hushed(list(usual), set(silent)) == list(told)
