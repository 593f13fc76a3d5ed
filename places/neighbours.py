"""What the words beside a name show: that it is a place, or a river, road or organisation called after one."""

from places.baked import Kind
from places.tokens import Token
from places.words import (
    IN_WORDS,
    OF_WORDS,
    ORGANISATION_AFTER,
    ORGANISATION_BEFORE,
    WATER_AFTER,
    WATER_BEFORE,
    WATER_OF,
)


def located_by(tokens: list[Token], at: int, cue: Kind | None) -> bool:
    if cue is not None:
        return True
    back = at - 1
    while back >= 0 and at - back <= 3 and tokens[back].key in ("the", "la", "le", "les", "el", "al", "de", "and"):
        back -= 1
    return back >= 0 and "\n" not in tokens[back + 1].gap and tokens[back].key in IN_WORDS


def is_water(before: Token | None, after: Token | None, tokens: list[Token], at: int) -> bool:
    """Rivers, lakes and roads carry names of towns and are none."""
    if before and tokens[at].gap == " " and before.key in WATER_BEFORE:
        return True
    if after and after.gap == " " and after.capital and after.key in WATER_AFTER:
        return True
    of = at - 2
    return of >= 0 and tokens[at - 1].key in OF_WORDS and tokens[of].key in WATER_OF and tokens[of].capital


def is_organisation(before: Token | None, after: Token | None) -> bool:
    if after and after.gap == " " and after.capital and after.key in ORGANISATION_AFTER and not after.headline:
        return True
    return bool(before and before.capital and before.key in ORGANISATION_BEFORE)
