"""The arithmetic that training and reading share: rows of features to scores to probabilities. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classifiers.features import BLOCK_STARTS, MAX_SUMMARY, MAX_TITLE
from classifiers.types import ArticleText

Floats = NDArray[np.float32]

# Lengths of a row's parts: words, letter groups, concepts. Chosen by cross-validation.
BLOCK_LENGTHS = np.array([1.0, 0.7, 0.5], dtype=np.float32)
DEPTH = 3  # of the second stage's trees
LENGTHS = 2  # of title and summary


def lengths(texts: Sequence[ArticleText]) -> Floats:
    """(texts, LENGTHS): characters read of title and summary."""
    read = [(min(len(t.title), MAX_TITLE), min(len(t.summary), MAX_SUMMARY)) for t in texts]
    return np.array(read, dtype=np.float32).reshape(-1, LENGTHS)


def weigh(rows: csr_matrix, rarity: Floats) -> csr_matrix:
    """Rows with each feature's rarity as its value, each block of a row scaled to its length in BLOCK_LENGTHS."""
    blocks = len(BLOCK_STARTS)
    values = rarity[rows.indices]
    block = np.searchsorted(BLOCK_STARTS, rows.indices, side="right") - 1
    part = np.repeat(np.arange(rows.shape[0]) * blocks, np.diff(rows.indptr)) + block
    lengths = np.sqrt(np.bincount(part, weights=values * values, minlength=rows.shape[0] * blocks))
    scaled = values * (BLOCK_LENGTHS[block] / np.maximum(lengths[part], 1e-6)).astype(np.float32)
    return csr_matrix((scaled, rows.indices, rows.indptr), shape=rows.shape)


@dataclass(frozen=True, slots=True)
class Trees:
    """Complete binary trees of DEPTH levels, the same number for each output, nodes level by level."""

    inputs: NDArray[np.uint8]  # (outputs, trees, 2**DEPTH - 1): which input a node asks for
    thresholds: Floats  # the same shape: above it, one goes right
    leaves: Floats  # (outputs, trees, 2**DEPTH)


def grow(trees: Trees, inputs: Floats) -> Floats:
    """The sum of the leaves that each row of `inputs` reaches, (rows, outputs)."""
    outputs, count, inner = trees.inputs.shape
    asked, above = trees.inputs.reshape(-1, inner), trees.thresholds.reshape(-1, inner)
    columns = np.ascontiguousarray(inputs.T)
    # Every node answers for every row, though only some are asked: whole rows of numbers are compared fastest.
    right = [columns[asked[:, node]] > above[:, node, None] for node in range(inner)]
    reached = right[0].astype(np.uint8)
    for level in range(1, DEPTH):
        first = 2**level - 1
        reached = 2 * reached + np.choose(reached, right[first : 2 * first + 1])
    leaf = reached + np.arange(0, trees.leaves.size, inner + 1)[:, None]
    values = trees.leaves.ravel().take(leaf).reshape(outputs, count, len(inputs))
    return np.ascontiguousarray(values.sum(axis=1).T)


@dataclass(frozen=True, slots=True)
class Mixer:
    """`mix` (k, outputs) and `bias` (outputs,): a regression on k scores. The trees read the scores and lengths."""

    mix: Floats
    bias: Floats
    trees: Trees

    def probabilities(self, scores: Floats, lengths: Floats) -> Floats:
        return sigmoid(scores @ self.mix + self.bias + grow(self.trees, np.hstack([scores, lengths])))


@dataclass(frozen=True, slots=True)
class SecondStage:
    """From k scores of a text to calibrated probabilities, and to which signal is the most important one."""

    mixer: Mixer
    thresholds: Floats  # (outputs,) probabilities
    lead: Floats  # (k, signals): how likely each leads, on any scale
    lead_bias: Floats  # (signals,)

    def leading(self, scores: Floats) -> Floats:
        """(texts, signals)"""
        return np.asarray(scores @ self.lead + self.lead_bias, dtype=np.float32)


def sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float32)


def logit(probabilities: Floats) -> Floats:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)), dtype=np.float32)


def choose(probabilities: Floats, thresholds: Floats, lead: Floats, raised: Floats, most: int) -> list[int]:
    """Which signals to name, as indices of Signal, most important first; at most `most`, those `raised` before others.

    `probabilities` and `thresholds` have relevance first, then the signals; `lead` says how likely each signal is
    the most important one (any scale). Empty when relevance is below its threshold. Where no signal reaches its
    threshold: the one that leads of those not lowered (`raised` below 0); empty where all are.
    """
    if probabilities[0] < thresholds[0]:
        return []
    order = [int(i) for i in np.argsort(-lead, kind="stable")]
    reached = [i for i in order if probabilities[1 + i] >= thresholds[1 + i]]
    kept = sorted(reached, key=lambda i: not raised[i] > 0)[:most]
    return [i for i in reached if i in kept] or [i for i in order if raised[i] >= 0][:1]
