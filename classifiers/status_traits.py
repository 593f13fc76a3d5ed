"""What a text's speech says for and against each status: the traits that status_model.py weighs."""

from collections.abc import Iterator, Sequence

from classifiers.actors import traits
from classifiers.combatants import Kind, Mention
from classifiers.concepts import ConceptName
from classifiers.lexicon import Concept
from classifiers.passage import Passage
from classifiers.speech import Act, Role, Utterance
from classifiers.taxonomy import Signal

_WEAK = frozenset((Act.PLAN, Act.HEDGE, Act.FEAR, Act.RESPONSIBILITY))  # without a speaker whose word it is
_TELLING = frozenset(
    ConceptName[name]
    for name in """FUTURE IF FEAR THREATEN WARN ULTIMATUM TALKS AGREE CONFIRM DENY CLAIM ALLEGEDLY REPORTEDLY NEGATION
    CONDEMN DEPLOY KILL CAPTURE RETAKE LOSE RELEASE CALL_UP REINFORCE EVACUATE WITHDRAW""".split()  # noqa: SIM905
)
_START, _END = 6, 6  # words from the ends of the title within which its main speaker stands


def status_traits(
    passage: Passage,
    mentions: Sequence[Mention],
    utterances: Sequence[Utterance],
    concepts: Sequence[Concept],
    labels: Sequence[Signal],
    actor: str | None,
) -> frozenset[str]:
    """Short English names, the same words for every language."""
    said = [u for u in utterances if u.act not in _WEAK and u.role is not Role.NOBODY]
    found = set(_spoken(passage, utterances))
    found |= set(_main(passage, said, actor))
    acts = {u.act for u in utterances}
    first = said[0].role if said else Role.NOBODY
    found |= set(_told(passage, concepts, first))
    found |= set(_losses(passage, mentions, concepts, first))
    for signal in labels[:1]:
        found.add(f"of {signal}")
        found |= {f"{act} of {signal}" for act in acts}
        found |= {f"{u.role} speaks of {signal}" for u in said[:1]}
    found |= {f"also {signal}" for signal in labels[1:]}
    parties = {u.party or u.speaker for u in said if u.role is Role.PARTY}
    found.add(f"{min(len(parties), 3)} parties speak")
    if Act.DENY in acts and len(said) > 1:
        found.add("a denial beside another voice")
    if passage.title_end >= len(passage.text.rstrip()):
        found.add("no summary")
    return frozenset(found)


def _spoken(passage: Passage, utterances: Sequence[Utterance]) -> Iterator[str]:
    for u in utterances:
        where = "title" if passage.in_title(u.place) else "summary"
        yield f"{u.act} by {u.role} in {where}"
        yield f"{u.act} by {u.role}"
        yield f"{u.act} in {where}"
        yield f"{u.role} in {where}"
        if passage.sentences[u.place] == 0:
            yield f"{u.act} by {u.role} at once"


def _main(passage: Passage, said: Sequence[Utterance], actor: str | None) -> Iterator[str]:
    """Traits of the utterance that comes first, which mostly carries the main claim."""
    if not said:
        yield "nobody speaks"
        return
    first, last = said[0], said[-1]
    titled = passage.in_title(first.place)
    yield f"first {first.act} by {first.role} in {'title' if titled else 'summary'}"
    yield f"first voice {first.role}"
    yield f"first voice {first.role} {'opens' if first.place < _START else 'later'}"
    yield f"last {last.act} by {last.role} {'at the end' if len(passage.tokens) - last.place < _END else 'before'}"
    if not titled:
        yield "nobody speaks in the title"
    if first.party is not None and actor is not None:
        own = "own" if first.party == actor or actor.startswith(first.party) else "other's"
        yield f"{first.role} speaks of {own} deed"
        yield f"{first.act} of {own} deed"


def _told(passage: Passage, concepts: Sequence[Concept], first: Role) -> Iterator[str]:
    for concept in concepts:
        titled = concept.start < passage.title_end
        yield f"{concept.name} anywhere"
        if titled:
            yield f"{concept.name} in title, {first} speaks"
        if concept.name in _TELLING:
            yield f"{concept.name} in {'title' if titled else 'summary'}"


def _losses(passage: Passage, mentions: Sequence[Mention], concepts: Sequence[Concept], first: Role) -> Iterator[str]:
    """Traits of what armed people do and suffer: an army that tells of its own dead confirms them."""
    for number, mention in enumerate(mentions):
        if mention.who.kind not in (Kind.FORCES, Kind.ARMY, Kind.GROUP):
            continue
        kind = mention.who.kind.name.lower()
        for trait in traits(passage, mentions, concepts, number):
            if trait.startswith(("dies", "suffers", "acts", "object")):
                yield f"{kind} {trait}"
                yield f"{kind} {trait}, {first} speaks"
        if _counted(passage, mention):
            yield f"{kind} counted"
            yield f"{kind} counted, {first} speaks"


def _counted(passage: Passage, mention: Mention) -> bool:
    """Whether a number stands before the mention: "nine soldiers"."""
    return any(passage.tokens[place].written.isdigit() for place in passage.back(mention.first, 2))
