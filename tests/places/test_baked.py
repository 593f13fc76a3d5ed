"""Lines that are found in one blob, without a list of strings."""

from hypothesis import given
from hypothesis import strategies as st

from places.baked import SortedLines

NAMES = st.text("abé ", min_size=1, max_size=4)


def lines(names: set[str]) -> tuple[list[str], SortedLines]:
    ordered = sorted(names, key=str.encode)
    return ordered, SortedLines("".join(name + "\n" for name in ordered).encode())


@given(st.sets(NAMES, max_size=60), NAMES, st.integers(1, 5))
def test_lines_are_found_by_how_they_begin(names: set[str], prefix: str, limit: int) -> None:
    ordered, found = lines(names)
    expected = [number for number, name in enumerate(ordered) if name.startswith(prefix)]
    assert found.starting_with(prefix, limit) == expected[:limit]


@given(st.sets(NAMES, max_size=60), NAMES)
def test_lines_are_found_whole(names: set[str], name: str) -> None:
    ordered, found = lines(names)
    assert found.find(name) == (ordered.index(name) if name in names else -1)
