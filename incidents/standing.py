"""The standing risk of a region: in how many of a hundred such moments a town fell within thirty days.

A regression, and for countries boosted trees beside it, over counts of the last week, month, quarter and year and days
since the last capture and clash, kept as plain arrays (incidents/models/standing.npz, made by `python -m
incidents.standing_training`) and read without executing anything.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.taxonomy import Signal
from errors import InvalidInput
from incidents.activity import COLUMN, Floats, Series

HORIZON_DAYS = 30
DEFAULT_PATH = Path(__file__).parent / "models" / "standing.npz"
_EXPECTED = "a standing model made by python -m incidents.standing_training"

WINDOWS = (7, 30, 90, 365)
MEMORY_DAYS = 400  # beyond which "days since the last" counts no further
GROUPS: Mapping[str, tuple[Signal, ...]] = {
    "captured": (Signal.TERRITORY_CAPTURED,),
    "clash": (Signal.ARMED_CLASH,),
    "strikes": (Signal.REMOTE_VIOLENCE,),
    "civilians": (Signal.FACILITY_ATTACKED, Signal.CIVILIANS_ATTACKED),
    "people": (Signal.DISPLACEMENT, Signal.ACCESS_BLOCKED),
    "talks": (Signal.CEASEFIRE_BROKEN, Signal.FOREIGN_INTERVENTION, Signal.MOBILISATION),
    "unrest": (Signal.UNREST,),
    "easing": (Signal.DEESCALATION,),
}
_AROUND: Mapping[str, tuple[Signal, ...]] = {
    "captured": GROUPS["captured"],
    "clash": GROUPS["clash"],
    "all": tuple(signal for signal in Signal if signal is not Signal.DEESCALATION),
}
_OUTSIDE = ("near", "rest")
_RECENT = ("captured", "clash")
_EITHER_WAY = ("easing", "unrest")  # all else raises the risk, or leaves it


def traits() -> list[str]:
    """The names of the columns of `inputs`."""
    own = [f"own {group} {days}" for group in GROUPS for days in WINDOWS]
    since = [f"{where} since {group}" for where in ("own", *_OUTSIDE) for group in _RECENT]
    around = [f"{where} {group} {days}" for where in _OUTSIDE for group in _AROUND for days in WINDOWS]
    return own + since + around


def directions() -> list[int]:
    """For each trait 1 where more of it cannot lower the risk, -1 where it cannot raise it, else 0."""
    return [0 if any(g in t for g in _EITHER_WAY) else -1 if " since " in t else 1 for t in traits()]


def inputs(series: Series, days: Sequence[int] | NDArray[np.int64], scale: float = 1.0) -> Floats:
    """Logarithms of the counts as of each of `days` (indexes), shape (days, traits); counts are multiplied by `scale`
    first, which makes streams of different density alike. A window longer than the history is filled up in
    proportion."""
    at = np.asarray(days, dtype=np.int64)
    columns = [_windows(_sum(series.own, group), at, scale) for group in GROUPS.values()]
    for counts in (series.own, series.near, series.rest):
        columns.append(np.stack([_since(_sum(counts, GROUPS[group]))[at] for group in _RECENT], axis=1))
    for counts in (series.near, series.rest):
        columns += [_windows(_sum(counts, group), at, scale) for group in _AROUND.values()]
    return np.hstack(columns)


def _sum(counts: Floats, group: Sequence[Signal]) -> Floats:
    return np.asarray(counts[:, [COLUMN[signal] for signal in group]].sum(axis=1))


def _windows(counts: Floats, at: NDArray[np.int64], scale: float) -> Floats:
    total = np.concatenate([[0.0], np.cumsum(counts)])
    found = []
    for days in WINDOWS:
        known = np.minimum(at + 1, days)
        found.append(np.log1p((total[at + 1] - total[at + 1 - known]) * (days / known) * scale))
    return np.stack(found, axis=1)


def _since(counts: Floats) -> Floats:
    """Logarithm of one plus the days since the last one."""
    days = np.arange(len(counts))
    last = np.maximum.accumulate(np.where(counts > 0, days, -MEMORY_DAYS))
    return np.asarray(np.log1p(np.minimum(days - last, MEMORY_DAYS)), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Forest:
    """The mean of a linear score and of trees, as log-odds, and their calibration to a share (`steps` to `shares`).

    Without trees (none in the arrays) the linear score stands alone. Trees have at most `n` nodes: an inner node has
    the input it asks for and the threshold up to which one goes left; a leaf has input -1 and its value.
    """

    bias: float
    weights: NDArray[np.float64]  # (traits,)
    start: float
    asks: NDArray[np.int16]  # (trees, n)
    thresholds: NDArray[np.float64]  # (trees, n)
    left: NDArray[np.int16]  # (trees, n)
    right: NDArray[np.int16]  # (trees, n)
    values: NDArray[np.float64]  # (trees, n)
    steps: NDArray[np.float64]  # (k,) ascending
    shares: NDArray[np.float64]  # (k,) ascending

    def log_odds(self, rows: Floats) -> Floats:
        """Of rows of `inputs`, before calibration."""
        linear = np.asarray(rows @ self.weights + self.bias, dtype=np.float64)
        if not len(self.asks):
            return linear
        total = np.full(len(rows), self.start)
        number = np.arange(len(rows))
        for tree in range(len(self.asks)):
            node = np.zeros(len(rows), dtype=np.int64)
            while (inner := self.asks[tree][node] >= 0).any():
                asked = np.maximum(self.asks[tree][node], 0)
                goes_left = rows[number, asked] <= self.thresholds[tree][node]
                node = np.where(inner, np.where(goes_left, self.left[tree][node], self.right[tree][node]), node)
            total += self.values[tree][node]
        return np.asarray((total + linear) / 2)

    def share(self, rows: Floats) -> Floats:
        """The share of such moments after which a town fell within HORIZON_DAYS, 0 to 1."""
        return np.asarray(np.interp(self.log_odds(rows), self.steps, self.shares))


_FIELDS = ("bias", "weights", "start", "asks", "thresholds", "left", "right", "values", "steps", "shares")
COUNTRY, PROVINCE = "country", "province"


def save(forests: Mapping[str, Forest], path: Path) -> None:
    """`forests` by COUNTRY and PROVINCE."""
    stream = io.BytesIO()
    arrays: dict[str, Any] = {f"{name}.{key}": getattr(f, key) for name, f in forests.items() for key in _FIELDS}
    np.savez_compressed(stream, **arrays, traits=np.array(traits()))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stream.getvalue())


def load(path: Path = DEFAULT_PATH) -> dict[str, Forest]:
    """Raises InvalidInput naming the file when it is missing, damaged, or made for other traits."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            if archive["traits"].tolist() != traits():
                raise InvalidInput(str(path), "made for other traits", _EXPECTED)
            found = {name: {key: archive[f"{name}.{key}"] for key in _FIELDS} for name in (COUNTRY, PROVINCE)}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput(str(path), f"cannot be read: {error}", _EXPECTED) from error
    return {name: _checked(arrays, path) for name, arrays in found.items()}


def _checked(arrays: dict[str, NDArray[np.float64]], path: Path) -> Forest:
    shape = arrays["asks"].shape
    trees = all(arrays[key].shape == shape for key in ("thresholds", "left", "right", "values"))
    steps = arrays["steps"].shape == arrays["shares"].shape and arrays["steps"].size > 0
    linear = arrays["weights"].shape == (len(traits()),)
    if len(shape) != 2 or not linear or not trees or not steps or int(arrays["asks"].max(initial=0)) >= len(traits()):
        raise InvalidInput(str(path), "its arrays do not fit together", _EXPECTED)
    children = np.concatenate([arrays["left"].ravel(), arrays["right"].ravel()])
    if children.size and (children.min() < 0 or children.max() >= shape[1]):
        raise InvalidInput(str(path), "a tree points beyond its nodes", _EXPECTED)
    return Forest(
        bias=float(arrays["bias"]),
        weights=arrays["weights"],
        start=float(arrays["start"]),
        asks=arrays["asks"].astype(np.int16),
        thresholds=arrays["thresholds"],
        left=arrays["left"].astype(np.int16),
        right=arrays["right"].astype(np.int16),
        values=arrays["values"],
        steps=arrays["steps"],
        shares=arrays["shares"],
    )


@cache
def default_forests() -> dict[str, Forest]:
    """The models shipped with the project, read once."""
    return load()
