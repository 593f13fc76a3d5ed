"""What the words beside a name show: that it is a place, or a river, road or organisation called after one."""

from places.baked import Kind, Naming
from places.tokens import Token
from places.words import (
    ARTICLES,
    BARE_TYPES,
    CAPITAL_WORDS,
    COMPASS,
    IN_WORDS,
    OF_WORDS,
    ORGANISATION_AFTER,
    ORGANISATION_BEFORE,
    SITE_HEADS,
    SITES,
    STREETS,
    SWAHILI_TYPES,
    TYPES,
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


def is_water(before: Token | None, after: Token | None, tokens: list[Token], at: int, *, country: bool) -> bool:
    """Rivers, lakes and roads carry names of towns and are none; but "the streets of Haiti" are in Haiti."""
    if before and tokens[at].gap == " " and before.key in WATER_BEFORE and not (country and before.key in STREETS):
        return True
    if after and after.gap == " " and after.capital and after.key in WATER_AFTER:
        return True
    of = at - 2
    return of >= 0 and tokens[at - 1].key in OF_WORDS and tokens[of].key in WATER_OF and tokens[of].capital


def is_organisation(before: Token | None, after: Token | None) -> bool:
    if after and after.gap == " " and after.capital and after.key in ORGANISATION_AFTER and not after.headline:
        return True
    return bool(before and before.capital and before.key in ORGANISATION_BEFORE)


def cue_beside(tokens: list[Token], at: int, end: int) -> tuple[Kind | None, int]:
    """The kind that a neighbouring type word announces, and where the mention ends with it."""
    after = tokens[end] if end < len(tokens) else None
    if after and after.gap in (" ", "-") and after.key in TYPES and after.key not in SWAHILI_TYPES:
        return TYPES[after.key], end + 1
    back = at - 1
    skipped = False
    while back >= 0 and at - back <= 3 and tokens[back].key in OF_WORDS and tokens[back + 1].gap in (" ", ""):
        back, skipped = back - 1, True
    if (
        back >= 0
        and tokens[back].key in TYPES
        and tokens[back + 1].gap == " "
        and (skipped or tokens[back].key in BARE_TYPES or (tokens[at].text[0].isupper() and not tokens[back].headline))
    ):
        return TYPES[tokens[back].key], end
    return None, end


def site_after(tokens: list[Token], at: int, end: int) -> tuple[Kind | None, int]:
    """An airport, crossing, base or the like with a name of its own: "Al Anad Air Base"."""
    last = end
    while last < len(tokens) and last - end < 4 and tokens[last].gap == " " and tokens[last].key in SITES:
        last += 1
    while last > end and tokens[last - 1].key not in SITE_HEADS:
        last -= 1
    return (Kind.PLACE, last) if last > end else (None, end)


def extent(tokens: list[Token], at: int, stop: int, naming: Naming) -> tuple[int, int]:
    """The mention as written: "northern Gaza", "Rafah crossing"."""
    first, last = at, stop
    if naming <= Naming.ALTERNATE:
        before = tokens[at - 1] if at and tokens[at].gap in (" ", "-") else None
        if (before and tokens[at].gap == "-" and before.text.lower() in ARTICLES) or (
            before and before.key in COMPASS and (not before.opens or before.text[0].islower())
        ):
            first = at - 1
            if at > 1 and before.key in COMPASS and before.gap == "-" and tokens[at - 2].key in COMPASS:
                first = at - 2
        end = stop
        while end < len(tokens) and end - stop < 3 and tokens[end].gap == " " and tokens[end].key in SITES:
            end += 1
            if tokens[end - 1].key in SITE_HEADS:
                last = end
    return tokens[first].start, tokens[last - 1].end


def capital_end(tokens: list[Token], at: int, end: int) -> int | None:
    """Where a mention of a country's capital by the country's name ends: "Sudan's capital", "capitale soudanaise",
    "столице Судана"; None: it is the country that is meant."""
    after = tokens[end] if end < len(tokens) else None
    if after and after.key in CAPITAL_WORDS and after.gap in (" ", "'s ", "’s "):
        return end + 1
    back = at - 1
    while back >= 0 and at - back <= 2 and tokens[back].key in OF_WORDS and tokens[back + 1].gap == " ":
        back -= 1
    before = back >= 0 and tokens[back].key in CAPITAL_WORDS and tokens[back + 1].gap in (" ", "")
    return end if before else None
