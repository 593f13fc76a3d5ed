"""Compares what is drawn with stored pictures: `python -m tests.pictures` stores them anew. Then look at each of them.

They are kept at a quarter of their size: enough to see that something is not where it was.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).parent / "data" / "pictures"
SMALLER = 4
DIFFERENT = 40  # of 255, in any channel
EDGES = 0.001  # the share of pixels that may differ: other releases of matplotlib draw type a little otherwise


@dataclass(frozen=True, slots=True)
class Sample:
    """`draw` gives a PNG; `tolerance`: the share of its pixels that may differ."""

    draw: Callable[[], bytes]
    tolerance: float = EDGES


def small(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return image.resize((image.width // SMALLER, image.height // SMALLER), Image.Resampling.BOX)


def difference(png: bytes, name: str) -> float:
    """The share of pixels in which a picture is not the stored one; 1 where it has another size."""
    drawn = np.asarray(small(png)).astype(int)
    stored = np.asarray(Image.open(FOLDER / f"{name}.png").convert("RGB")).astype(int)
    if drawn.shape != stored.shape:
        return 1.0
    return float((np.abs(drawn - stored).max(axis=2) > DIFFERENT).mean())


def store(samples: Mapping[str, Sample]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, sample in samples.items():
        small(sample.draw()).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    from tests.chat.test_pictures import SAMPLES

    store(SAMPLES)
