"""Which of several reports tell of one event: the closest groups become one, again and again, until none are close.

Agglomerative clustering (Sneath and Sokal, 1973) with a linkage of our own: the mean, over the reports of the smaller
group, of their likeness to the larger, which is half the best pair and half the mean of the three best. So a report in
another language that is like a few of a story's reports finds it. Groups whose reports mostly cannot be one event stay
apart, so that a round-up which names two towns does not make them one. What comes out depends on the reports alone, not
on the order in which they came.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from incidents.similarity import BEST, BEST_COUNTS, UNLIKE, pair_score
from incidents.types import Witness

Array = npt.NDArray[np.float64]

STRANGERS = 0.66  # share of pairs that cannot be one event, below which two groups may be one; few pairs say less
TOGETHER = -0.25  # likeness of two groups of reports, at least, that tell of one event


def event_of(report: Witness, others: Sequence[Witness]) -> list[Witness]:
    """Those of `others` that tell of the event that `report` tells of."""
    if not others:
        return []
    told = sorted((report, *others), key=lambda w: (w.published, w.article_id))
    group = groups(_scores(told))
    mine = group[next(at for at, w in enumerate(told) if w is report)]
    return [w for w, number in zip(told, group, strict=True) if number == mine and w is not report]


def groups(scores: Array) -> list[int]:
    """The group of each report, from the symmetric log-odds that two tell of one event."""
    state = _Groups(scores)
    while state.join_closest():
        pass
    return state.of_report.tolist()


def _scores(told: Sequence[Witness]) -> Array:
    scores = np.full((len(told), len(told)), UNLIKE)
    for (row, one), (column, other) in combinations(enumerate(told), 2):
        score = pair_score(one, other)
        if score is not None:
            scores[row, column] = scores[column, row] = max(score, UNLIKE)
    return scores


class _Groups:
    """At first each report is a group of its own; a group goes by the number of one of its reports.

    `best[report, group]`: the highest log-odds of the report with reports of the group, descending, -inf where it has
    fewer. `like[report, group]`: its likeness to the group. `never[group, group]`: how many pairs cannot be one event.
    `link[group, group]`: how close two are, -inf where they stay apart or one is no group any more.
    """

    def __init__(self, scores: Array) -> None:
        count = len(scores)
        self.of_report = np.arange(count)
        self._best = np.full((count, count, BEST), -np.inf)
        self._best[:, :, 0] = scores
        self._like = scores.copy()
        self._link = scores.copy()
        self._never = (scores <= UNLIKE).astype(float)
        np.fill_diagonal(self._link, -np.inf)

    def join_closest(self) -> bool:
        """Make one of the two closest groups; False: none are close enough."""
        first, second = np.unravel_index(int(self._link.argmax()), self._link.shape)
        if self._link[first, second] < TOGETHER:
            return False
        both = np.concatenate((self._best[:, first], self._best[:, second]), axis=1)
        self._best[:, first] = -np.sort(-both, axis=1)[:, :BEST]
        self.of_report[self.of_report == second] = first
        self._link[second, :] = self._link[:, second] = -np.inf
        self._never[first] += self._never[second]
        self._never[:, first] += self._never[:, second]
        self._relink(int(first))
        return True

    def _relink(self, group: int) -> None:
        members = self.of_report == group
        size = int(members.sum())
        top = self._best[:, group, : min(size, BEST)]
        self._like[:, group] = BEST_COUNTS * top[:, 0] + (1 - BEST_COUNTS) * top.mean(axis=1)
        sizes = np.bincount(self.of_report, minlength=len(members))
        from_it = self._like[members].mean(axis=0)
        to_it = np.bincount(self.of_report, self._like[:, group], len(members)) / np.maximum(sizes, 1)
        both = np.where(sizes > size, from_it, np.where(sizes < size, to_it, (from_it + to_it) / 2))
        may = (sizes > 0) & (np.arange(len(members)) != group)
        may &= self._never[group] + 1 < STRANGERS * (size * sizes + 1)
        self._link[group, :] = self._link[:, group] = np.where(may, both, -np.inf)
