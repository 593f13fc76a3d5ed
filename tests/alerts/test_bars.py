"""Numbers as a line of bars."""

import pytest

from alerts.bars import bars


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([], ""),
        ([0, 0], "▁▁"),
        ([0, 3.5, 7], "▁▅█"),
        ([1, 100], "▂█"),  # little is not nothing
    ],
)
def test_bars(values: list[float], line: str) -> None:
    assert bars(values) == line
