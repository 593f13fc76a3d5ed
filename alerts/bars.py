"""Numbers as one line of bars: for where pictures cannot be drawn."""

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"


def bars(values: Sequence[float]) -> str:
    """One character for each value, from the lowest for nothing, and for nothing else, to the highest for the most."""
    top = max(values, default=0)
    return "".join(_BARS[max(1, round(value / top * (len(_BARS) - 1)))] if value else _BARS[0] for value in values)
