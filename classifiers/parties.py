"""Whom a name stands for that a text gives a side: "the M23 rebels" are the M23, "armée congolaise" is the FARDC."""

from collections.abc import Sequence
from functools import lru_cache

from classifiers.combatants import Combatant, Kind, default_combatants
from classifiers.passage import cut
from classifiers.phrases import Tokenizer
from classifiers.text import fold

_KEPT = 4096
_ARTICLES = frozenset(
    ("the", "a", "an", "le", "la", "les", "l", "un", "une", "des", "el", "los", "las", "o", "os", "as")
)
_TOKENIZER = Tokenizer()


@lru_cache(maxsize=_KEPT)
def party(name: str) -> Combatant | None:
    """The side that a name stands for as a whole, in any language; None: it is none, or more than one, or somebody of
    it ("an M23 spokesman"). Without a name of its own (`Combatant.name` empty) the side is told as written."""
    passage = cut(name, "en", (), _TOKENIZER)
    mentions = default_combatants().mentions(passage)
    named = {place for mention in mentions for place in range(mention.first, mention.last)}
    if not mentions or any(t.folded not in _ARTICLES for n, t in enumerate(passage.tokens) if n not in named):
        return None
    first, *others = (mention.who for mention in mentions)
    if first.kind is Kind.STATE and [other.kind for other in others] == [Kind.ARMY]:  # "RDC : l'armée"
        return Combatant(Kind.FORCES, first.army, first.army, first.country, state=True)
    return None if others or first.kind in (Kind.WEAPON, Kind.PEOPLE) else first


def same_party(one: str, other: str) -> bool:
    """Whether two names stand for one side: "M23 rebels" and "AFC/M23"."""
    return party_key(one) == party_key(other)


def party_key(name: str) -> str:
    """Alike for all names of one side."""
    who = party(name)
    return fold(who.name if who is not None and who.name else name)


# Which names say all that a kind without a name says.
_NAMED: dict[Kind | None, tuple[Kind, ...]] = {Kind.GENERIC: (Kind.GROUP,), Kind.ARMY: (Kind.FORCES, Kind.STATE)}


def named_ones(names: Sequence[str]) -> list[str]:
    """The names without those that only say what another one names: "rebels" beside "M23", "army" beside "FARDC"."""
    kinds = [who.kind if (who := party(name)) else None for name in names]
    return [
        name for name, kind in zip(names, kinds, strict=True) if not any(by in kinds for by in _NAMED.get(kind, ()))
    ]
