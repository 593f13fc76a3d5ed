"""Who did the main act: of everybody armed in a text, whoever its grammar makes the doer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifiers.combatants import Kind, Mention
from classifiers.concepts import ConceptName
from classifiers.lexicon import Concept
from classifiers.passage import Passage
from classifiers.text import fold


@dataclass(frozen=True, slots=True)
class ActorFinding:
    """`actor`: the doer's short name ("M23"), as written where it has none ("Syrian rebels"), None where nobody armed
    is told to act; `all`: everybody armed outside background clauses, in order; `rule`: why, in a few words."""

    actor: str | None
    all: tuple[str, ...] = ()
    rule: str = "nobody armed is named"


_DEED_NAMES = """CAPTURE ENTER RETAKE LOSE ADVANCE CLASH AMBUSH ATTACK SHELL AIRSTRIKE BOMB KILL INJURE MASSACRE
EXECUTE ABDUCT RAPE TORTURE ARREST_MASS LOOT BURN DESTROY SIEGE BLOCKADE CLOSE AGREE EXTEND WITHDRAW RELEASE EXCHANGE
DEPLOY REINFORCE CALL_UP THREATEN WARN VIOLATE REJECT ASSASSINATE"""
_DEEDS = frozenset(ConceptName[name] for name in _DEED_NAMES.split())
_BY = frozenset(("by", "par", "por", "pelo", "pela", "pelos", "pelas", "na", "von", "قبل", "يد"))
_AT = frozenset(
    ("against", "on", "at", "with", "contra", "contre", "sur", "sobre", "dhidi", "ضد", "على", "против", "по")
)
_IN_WORDS = "in near to from into across of inside between en au aux dans vers entre em no para nchini kutoka katika "
_IN = frozenset((_IN_WORDS + "في من в из").split())
_BE = frozenset(
    ("was", "were", "is", "are", "been", "being", "be", "est", "sont", "ete", "fue", "fueron", "foi", "foram", "ser")
)
_DIES = ("die", "dead", "mort", "muer", "morr", "погиб", "martyr", "vifo")
_SWAHILI_PASSIVE = ("liwa", "awa", "ewa", "iwa", "owa", "uawa")
_BACKED = re.compile(
    r"[-–](?:backed|led|aligned|affiliated|linked|supported|installed|occupied|controlled|held|based|born)"
)
_STOPS = frozenset("\n.;")
_NEAR, _FAR = 12, 60  # letters between a mention and its deed

# What each trait of a mention adds; the mention with the highest sum is the doer, if the sum is above zero. Fitted on
# the training items' actors (softmax over the mentions of an item), then rounded.
WEIGHTS: Mapping[str, float] = {
    "deed": 2.6,
    "by": 1.1,
    "acts near": 1.2,
    "acts far": 0.3,
    "opens sentence": 0.5,
    "speaks": -0.1,
    "object": 0.1,
    "owns": -0.3,
    "backs": -0.4,
    "suffers far": -0.3,
    "suffers near": -0.8,
    "dies far": -0.4,
    "dies near": -0.5,
    "heads": -1.0,
    "in": -1.2,
    "at": -1.4,
    "background": -4.0,
    "kind forces": 1.1,
    "kind group": 0.9,
    "kind generic": 0.1,
    "kind state": -0.2,
    "kind army": -0.9,
    "kind people": -0.9,
    "named 1.": 1.2,
    "named 2.": 0.5,
    "named 3.": -0.3,
    "named 4.": -0.9,
    "named before": -0.4,
    "in title": -0.3,
    "in summary": 0.3,
}


def traits(passage: Passage, mentions: Sequence[Mention], concepts: Sequence[Concept], number: int) -> list[str]:
    """What grammar says of mentions[number], by the names of WEIGHTS."""
    mention = mentions[number]
    earlier = {other.name for other in mentions[:number] if other.who.kind is not Kind.WEAPON}
    found = [f"kind {mention.who.kind.name.lower()}", "in title" if passage.in_title(mention.first) else "in summary"]
    found.append("named before" if mention.name in earlier else f"named {min(len(earlier), 3) + 1}.")
    if mention.deed:
        found.append("deed")
    if passage.in_background(mention.first):
        found.append("background")
    return found + _before(passage, mention) + _after(passage, mention, concepts)


def _before(passage: Passage, mention: Mention) -> list[str]:
    near = [passage.tokens[n].folded for n in passage.back(mention.first, 2)]
    if not near:
        return ["opens sentence"]
    return [name for name, words in (("by", _BY), ("at", _AT), ("in", _IN)) if not words.isdisjoint(near)]


def _after(passage: Passage, mention: Mention, concepts: Sequence[Concept]) -> list[str]:
    start, end = passage.tokens[mention.first].start, passage.tokens[mention.last - 1].end
    found = _adjoining(passage.text[end : end + 12])
    if found == ["heads"]:
        return found  # whoever follows the colon acts
    for concept in concepts:
        if concept.name in _DEEDS and 0 <= start - concept.end <= _NEAR:
            found.append("object")  # "attacks Israel"
        if concept.start < end or "\n" in (between := passage.text[end : concept.start]):
            continue
        if len(between) > _FAR or not _STOPS.isdisjoint(between):
            break
        if concept.name is ConceptName.SAY and len(between) <= _NEAR:
            found.append("speaks")
        if concept.name in _DEEDS:
            distance = "near" if len(between) <= _NEAR else "far"
            found.append(f"{_voice(passage, between, concept)} {distance}")
            break
    return found


def _adjoining(following: str) -> list[str]:
    """What a state is to what follows it: "Sudan: ...", "Iran-backed rebels", "Israel's"."""
    if following.lstrip().startswith(":"):  # French sets a space before it
        return ["heads"]
    if _BACKED.match(following):
        return ["backs"]
    return ["owns"] if following[:2] in ("'s", "’s") else []


def _voice(passage: Passage, between: str, concept: Concept) -> str:
    """Whether somebody before the deed does it or suffers it."""
    form = fold(concept.form)
    if concept.name is ConceptName.KILL and form.startswith(_DIES):
        return "dies"
    if not _BE.isdisjoint(fold(between).split()) or form.endswith(_SWAHILI_PASSIVE):
        return "suffers"
    following = passage.text[concept.end : concept.end + 8].split()
    return "suffers" if form.endswith("ed") and following and fold(following[0]) in _BY | _IN else "acts"


def find_actor(passage: Passage, mentions: Sequence[Mention], concepts: Sequence[Concept]) -> ActorFinding:
    """The mention with the highest sum of weights, where it is above zero."""
    scored: list[tuple[float, str, list[str]]] = []
    for number, mention in enumerate(mentions):
        if mention.who.kind is not Kind.WEAPON:
            why = traits(passage, mentions, concepts, number)
            scored.append((sum(WEIGHTS.get(trait, 0.0) for trait in why), mention.name, why))
    if not scored:
        return ActorFinding(None)
    names = tuple(dict.fromkeys(name for _, name, why in scored if "background" not in why))
    score, name, why = max(scored, key=lambda s: s[0])
    if score <= 0:
        return ActorFinding(None, names, "nobody armed is told to act")
    return ActorFinding(name, names, ", ".join(why))
