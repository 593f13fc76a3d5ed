"""Measure the level of regions: `python -m incidents.backtest --chronicle F --landmarks F [--readings F] [--chart F]`.

Bounds are chosen on falls before 2022 and reported on 2022 to August 2025, beside the plain count of seven days and
what the same alarms would have hit on shifted dates. Then the standing risk: how well it ranks, and how often a town
fell where it said so. docs/decisions/0007-level.md explains the protocol and quotes what this prints.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from errors import InvalidInput
from incidents.activity import Floats, Series
from incidents.chronicle import TEST, TUNE, Past, past, span
from incidents.detectors import cusum, ears, ewma, heat, week
from incidents.foresight import Outcome, Watched, bound_for, outcome
from incidents.level import EDGES, RISE
from incidents.standing import COUNTRY, HORIZON_DAYS, PROVINCE, default_forests, inputs

# Alarms a region and year before 2022, of regions where a town had fallen by then: below the four and the one that are
# aimed at, since later years may have more. Provinces have the narrower margin, their hits fall steeply with the bound.
RATES = {COUNTRY: 4 / 1.2, PROVINCE: 0.95}
LIVE = "weighted, EWMA"
PLAIN = "plain 7-day count"
METHODS: Mapping[str, Callable[[Series], Floats]] = {
    LIVE: lambda series: ewma(heat(series)),
    "weighted, EARS": lambda series: ears(heat(series)),
    "weighted, CUSUM": lambda series: cusum(heat(series)),
    "weighted 7-day count": lambda series: week(heat(series)),
    PLAIN: lambda series: week(series.own.sum(axis=1)),
}
STEP_DAYS = 5  # between the moments at which the standing risk is measured


@dataclass(frozen=True, slots=True)
class Moments:
    """The standing risk at moments of all regions: what it says, whether a town fell, whether one ever fell there."""

    shares: Floats
    plain: Floats  # events of the last thirty days
    fell: NDArray[np.bool_]
    watched: NDArray[np.bool_]


def watched(known: Past) -> dict[str, list[Watched]]:
    """For each method the regions where a town fell at any time, in the same order."""
    found: dict[str, list[Watched]] = {name: [] for name in METHODS}
    for region in known.regions:
        if len(region.falls):
            own = region.series()
            for name, method in METHODS.items():
                found[name].append(Watched(method(own), region.falls, region.targets))
    return found


def moments(known: Past, name: str) -> Moments:
    first, last = span(TEST)
    at = np.arange(first, last - HORIZON_DAYS, STEP_DAYS)
    parts = []
    for region in known.regions:
        own = region.series()
        total = np.concatenate([[0.0], np.cumsum(own.own.sum(axis=1))])
        fell = ((region.falls > at[:, None]) & (region.falls <= at[:, None] + HORIZON_DAYS)).any(axis=1)
        shares = default_forests()[name].share(inputs(own, at))
        parts.append((shares, total[at + 1] - total[at - 29], fell, np.full(len(at), len(region.falls) > 0)))
    shares, plain, fell, marked = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Moments(shares, plain, fell, marked)


def report(name: str, known: Past) -> Iterator[str]:
    """The lines of one table."""
    regions = watched(known)
    part, test = span(TUNE), span(TEST)
    count = len(regions[LIVE])
    yield f"{name}: {count} regions with a fall, {known.lost[TEST]} falls of 2022 to August 2025 outside all regions"
    for method, own in regions.items():
        bound = bound_for([region for region in own if region.falls[0] < part[1]], RATES[name], part)
        yield _line(f"{method}, before 2022", outcome(own, bound, part, known.lost[TUNE]))
        yield _line(f"{method}, from 2022", outcome(own, bound, test, known.lost[TEST]))
    live = outcome(regions[LIVE], RISE[name], test, known.lost[TEST])
    yield _line(f"the bot's bound {RISE[name]}", live)
    equal = at_rate(regions[PLAIN], live.rate, test, known.lost[TEST])
    yield f"  plain count at {live.rate:.2f} alarms: " + ", ".join(f"{100 * hits:.0f} %" for hits in equal)
    yield from _standing(name, moments(known, name))


def at_rate(regions: Sequence[Watched], rate: float, part: tuple[int, int], lost: int) -> list[float]:
    """The hits at exactly this rate of alarms, between the two nearest bounds."""
    top = max(float(region.scores.max()) for region in regions)
    found = sorted(
        (o.rate, *(r.hits for r in o.reach)) for o in curve(regions, part, lost, np.arange(1, min(top, 60) + 1))
    )
    rates = [row[0] for row in found]
    return [float(np.interp(rate, rates, [row[1 + i] for row in found])) for i in range(len(found[0]) - 1)]


def curve(regions: Sequence[Watched], part: tuple[int, int], lost: int, bounds: Floats) -> list[Outcome]:
    return [outcome(regions, float(bound), part, lost) for bound in bounds]


def _line(name: str, found: Outcome) -> str:
    reach = "; ".join(
        f"{r.days} days {100 * r.hits:.0f} % ({100 * r.by_chance:.0f}), "
        f"excess {100 * r.excess:.0f} [{100 * r.low:.0f}, {100 * r.high:.0f}]"
        for r in found.reach
    )
    return (
        f"  {name:34} bound {found.bound:5.2f}, {found.rate:4.2f} a year | {reach} | followed "
        f"{100 * found.followed:.0f} % | lead {found.lead:.0f} | n {found.targets}"
    )


def _standing(name: str, found: Moments) -> Iterator[str]:
    areas = [
        f"{label} {roc_auc_score(found.fell[of], found.shares[of]):.3f} "
        f"(30-day count {roc_auc_score(found.fell[of], found.plain[of]):.3f})"
        for label, of in (("regions with a fall", found.watched), ("all", np.ones_like(found.watched)))
    ]
    yield f"  standing risk, AUC: {', '.join(areas)}"
    bounds = (0.0, *EDGES[name], 1.1)
    for low, high in pairwise(bounds):
        of = (found.shares >= low) & (found.shares < high)
        if not of.any():
            yield f"    from {low:.3f}: no moments"
            continue
        said, seen = float(found.shares[of].mean()), float(found.fell[of].mean())
        yield (
            f"    from {low:.3f}: said {100 * said:.2f} %, seen {100 * seen:.2f} %, observed over predicted "
            f"{seen / said:.2f}, {int(of.sum())} moments, {int(found.fell[of].sum())} before a fall"
        )


def draw(pasts: Mapping[str, Past], path: Path) -> None:
    """Falls with an alarm in the fourteen days before, over alarms a year, for each method, 2022 to August 2025."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4), layout="constrained")
    for axes, (name, known) in zip(figure.subplots(1, len(pasts)), pasts.items(), strict=True):
        for method, regions in watched(known).items():
            scores = np.concatenate([r.scores[slice(*span(TEST))] for r in regions])
            bounds = np.unique(np.quantile(scores[scores > 0], np.linspace(0.5, 0.9995, 40)))
            found = curve(regions, span(TEST), known.lost[TEST], bounds)
            axes.plot([o.rate for o in found], [100 * o.reach[0].hits for o in found], label=method)
        axes.set(title=name, xlabel="alarms a year", ylabel="% of falls", xlim=(0, 3 * RATES[name]), ylim=(0, 100))
    axes.legend()
    figure.savefig(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--chronicle", type=Path, required=True, help="sentences {date, text}, JSON lines")
    parser.add_argument("--landmarks", type=Path, required=True, help="dated falls of towns, JSON lines")
    parser.add_argument("--readings", type=Path, help="where the chronicle's readings are kept between runs")
    parser.add_argument("--chart", type=Path, help="draw the curves into this PNG")
    arguments = parser.parse_args()
    try:
        countries, provinces = past(arguments.chronicle, arguments.landmarks, arguments.readings)
        pasts = {COUNTRY: countries, PROVINCE: provinces}
        for name, known in pasts.items():
            for line in report(name, known):
                sys.stdout.write(line + "\n")
        if arguments.chart:
            draw(pasts, arguments.chart)
    except InvalidInput as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
