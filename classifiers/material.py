"""What the training commands read: corpora of labelled items, and labels of texts kept elsewhere."""

import argparse
from pathlib import Path

from classifiers.corpus import LabelledItem, read_corpus
from classifiers.labels import read_again, read_labels

INVENTED = "authored"  # source of the items written for this project


def add_options(parser: argparse.ArgumentParser) -> None:
    """--corpus, --again, --labels and --texts, each as often as one likes."""
    parser.add_argument("--corpus", type=Path, action="append", required=True, help="labelled items (JSON lines)")
    parser.add_argument(
        "--again", type=Path, action="append", default=[], help="labels that replace those of corpus items"
    )
    parser.add_argument(
        "--labels", type=Path, action="append", default=[], help="ids and labels of texts (see --texts)"
    )
    parser.add_argument("--texts", type=Path, action="append", default=[], help="the texts of --labels (JSON lines)")


def read_material(options: argparse.Namespace) -> list[LabelledItem]:
    """The items of the corpora, then those of the tables, in the order given. Raises InvalidInput as the readers do."""
    items = [item for path in options.corpus for item in read_corpus(path)]
    for path in options.again:
        items = read_again(path, items)
    return [*items, *(item for path in options.labels for item in read_labels(path, options.texts))]
