"""B-cubed precision, recall and F1 of a clustering, after Bagga and Baldwin (1998), with bootstrap intervals."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DRAWS = 1000

Clustering = Mapping[str, str | int]  # item to its cluster


@dataclass(frozen=True, slots=True)
class Figures:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


def per_item(gold: Clustering, found: Clustering) -> dict[str, tuple[float, float]]:
    """Precision and recall of each item of `gold`; one that `found` does not have is a cluster of its own."""
    own = {item: ("found", found[item]) if item in found else ("alone", item) for item in gold}
    pairs = Counter((gold[item], own[item]) for item in gold)
    found_sizes, gold_sizes = Counter(own.values()), Counter(gold.values())
    return {
        item: (
            pairs[gold[item], own[item]] / found_sizes[own[item]],
            pairs[gold[item], own[item]] / gold_sizes[gold[item]],
        )
        for item in gold
    }


def bcubed(gold: Clustering, found: Clustering) -> Figures:
    """The means over the items of `gold`; items that only `found` has are left out."""
    return _mean(list(per_item(gold, found).values()))


def interval(gold: Clustering, found: Clustering, seed: int = 1) -> Interval:
    """95 % percentile interval of F1, drawing whole incidents, whose items are no independent cases."""
    by_cluster: defaultdict[str | int, list[tuple[float, float]]] = defaultdict(list)
    for item, figures in per_item(gold, found).items():
        by_cluster[gold[item]].append(figures)
    clusters = list(by_cluster.values())
    draw = random.Random(seed)
    values = sorted(
        _mean([f for cluster in draw.choices(clusters, k=len(clusters)) for f in cluster]).f1 for _ in range(DRAWS)
    )
    return Interval(values[int(0.025 * DRAWS)], values[int(0.975 * DRAWS)])


def _mean(figures: Sequence[tuple[float, float]]) -> Figures:
    if not figures:
        return Figures(0.0, 0.0)
    return Figures(sum(p for p, _ in figures) / len(figures), sum(r for _, r in figures) / len(figures))
