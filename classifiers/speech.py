"""Who says what in a text: utterances, each with its act, its speaker and the speaker's role."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from classifiers.combatants import Kind, Mention
from classifiers.passage import Passage
from classifiers.phrases import Found, PhraseBook
from classifiers.wordfile import read_words

_FILE = Path(__file__).parent / "speech.yaml"
_KIN = {"ln": ("ln", "fr"), "rn": ("rn", "fr"), "rw": ("rn", "fr"), "uk": ("ru",)}
_VERB_FIRST = frozenset(("ar",))  # the speaker follows the verb
_BACK, _AHEAD = 9, 6  # words between speaker and verb, at most
_IN = frozenset(
    ("in", "en", "au", "aux", "em", "no", "na", "nchini", "в", "from", "near", "against", "on", "to", "at", "with")
)
_HEADING = 5  # words of a speaker before a colon


class Act(StrEnum):
    NOTHING = "nothing"  # only looks like speech
    SAY = "say"
    REPORT = "report"  # a verb only right behind its speaker
    CONDEMN = "condemn"
    ANNOUNCE = "announce"
    RESPONSIBILITY = "responsibility"
    ACCORDING = "according"
    CLAIM = "claim"
    ACCUSE = "accuse"
    DENY = "deny"
    CONFIRM = "confirm"
    WARN = "warn"
    THREATEN = "threaten"
    FEAR = "fear"
    HEDGE = "hedge"
    PLAN = "plan"
    HEADING = "heading"  # a speaker set apart by a colon or a dash


class Role(StrEnum):
    PARTY = "party"
    CIVIL = "civil"
    INDEPENDENT = "independent"
    MONITOR = "monitor"
    UNNAMED = "unnamed"
    MEDIA = "media"
    WITNESS = "witness"
    PERSON = "person"  # somebody with a name, of whom nothing is known
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Utterance:
    """`place`: the token of the act; `speaker` as written, empty where role is NOBODY; `form`: the act as written.

    `party`: the short name of the warring side that speaks, None for others and where it is not told whose side.
    """

    act: Act
    role: Role
    speaker: str
    place: int
    form: str
    party: str | None = None


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Whoever is named at tokens[first:last]."""

    first: int
    last: int
    role: Role
    party: str | None = None


class Speech:
    """The words of `speech.yaml`. Pure after loading."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        acts, speakers = content["acts"], content["speakers"]
        self._languages = {language for group in acts.values() for language in group}
        self._acts = {name: _book(((Act(k), v) for k, v in acts.items()), name) for name in self._languages}
        self._roles = {name: _book(((Role(k), v) for k, v in speakers.items()), name) for name in self._languages}

    @classmethod
    def load(cls, path: Path = _FILE) -> "Speech":
        """Raises InvalidInput naming the file and what it lacks."""
        return cls(read_words(path, "acts", "speakers"))

    def utterances(self, passage: Passage, mentions: Sequence[Mention]) -> list[Utterance]:
        """Every act of speech in order, background left out. `mentions`: the combatants, who may be the speakers."""
        language = passage.language if passage.language in self._languages else "en"
        speakers = _speakers(self._roles[language].find(passage.tokens), mentions)
        found = [
            _utterance(passage, speakers, act)
            for act in self._acts[language].find(passage.tokens)
            if _counts(passage, speakers, act)
        ]
        return sorted(found + _headings(passage, speakers), key=lambda u: u.place)


@cache
def default_speech() -> Speech:
    """The words of `speech.yaml`, read once."""
    return Speech.load()


def _book(groups: Iterable[tuple[Any, Mapping[str, Sequence[str]]]], language: str) -> PhraseBook[Any]:
    kin = _KIN.get(language, (language,))
    return PhraseBook((word, value) for value, words in groups for name in kin for word in words.get(name, ()))


def _speakers(roles: Sequence[Found[Role]], mentions: Sequence[Mention]) -> dict[int, _Speaker]:
    """Speakers by the token they end at. A ministry of health is civil although a warring state's."""
    sides = {mention.last: mention for mention in mentions if not mention.deed and mention.who.kind is not Kind.WEAPON}
    found = {
        last - 1: _Speaker(side.first, last, Role.PARTY, _side(side))
        for last, side in sides.items()
        if side.who.kind is not Kind.PEOPLE
    }
    for number, role in enumerate(roles):
        previous = roles[number - 1] if number else None
        if previous is not None and previous.last == role.first and _belongs(previous.value, role.value):
            found[role.last - 1] = _Speaker(
                previous.first, role.last, previous.value
            )  # "UN chief", "hospital director"
            continue
        before = sides.get(role.first) or sides.get(role.first - 1)  # "Russian ministry", "Russia's ministry"
        same = sides.get(role.last)
        if before is not None:
            found[role.last - 1] = _Speaker(before.first, role.last, role.value, _side(before))
        elif same is not None and role.value is Role.PARTY and same.first <= role.first:
            found[role.last - 1] = _Speaker(same.first, role.last, role.value, _side(same))
        else:
            found[role.last - 1] = _Speaker(role.first, role.last, role.value)
    return found


def _belongs(whose: Role, who: Role) -> bool:
    return whose in (Role.INDEPENDENT, Role.CIVIL, Role.MEDIA, Role.MONITOR) and who in (Role.PARTY, Role.UNNAMED)


def _side(mention: Mention) -> str | None:
    return mention.name if mention.who.kind in (Kind.STATE, Kind.PEOPLE, Kind.FORCES, Kind.GROUP) else None


def _counts(passage: Passage, speakers: Mapping[int, _Speaker], act: Found[Act]) -> bool:
    if act.value is Act.NOTHING or passage.in_background(act.first):
        return False
    return act.value is not Act.REPORT or act.first - 1 in speakers


def _utterance(passage: Passage, speakers: Mapping[int, _Speaker], act: Found[Act]) -> Utterance:
    form = passage.text[act.start : act.end]
    speaker = _speaker_of(passage, speakers, act)
    if speaker is None:
        return Utterance(act.value, Role.NOBODY, "", act.first, form)
    name = passage.text[passage.tokens[speaker.first].start : passage.tokens[speaker.last - 1].end]
    return Utterance(act.value, speaker.role, name, act.first, form, speaker.party)


def _speaker_of(passage: Passage, speakers: Mapping[int, _Speaker], act: Found[Act]) -> _Speaker | None:
    if act.value in (Act.HEDGE, Act.PLAN):
        return None
    if act.value is Act.ACCORDING:
        return _after(passage, speakers, act.last, _AHEAD)
    before = _before(passage, speakers, act.first)
    after = _after(passage, speakers, act.last, _AHEAD // 2)
    return (after or before) if passage.language in _VERB_FIRST else (before or after)


def _before(passage: Passage, speakers: Mapping[int, _Speaker], place: int) -> _Speaker | None:
    """The speaker nearest before the verb, in its clause; else the capitalised name right before it."""
    for other in passage.back(place, _BACK):
        if passage.clauses[other] != passage.clauses[place]:
            break
        if other in speakers and not _located(passage, speakers[other]):
            return speakers[other]
    before = place - 1
    named = (
        before >= 0
        and passage.clauses[before] == passage.clauses[place]
        and passage.tokens[before].written[0].isupper()
    )
    return _Speaker(before, place, Role.PERSON) if named else None


def _located(passage: Passage, speaker: _Speaker) -> bool:
    """Whether a party's name only says where somebody is ("a rights group in Congo said")."""
    first = speaker.first
    single = speaker.role is Role.PARTY and speaker.last - first == 1
    return single and first > 0 and passage.tokens[first - 1].folded in _IN


def _after(passage: Passage, speakers: Mapping[int, _Speaker], place: int, most: int) -> _Speaker | None:
    for other in passage.ahead(place, most):
        if passage.sentences[other] != passage.sentences[place - 1]:
            return None
        if other in speakers:
            return speakers[other]
    return None


def _headings(passage: Passage, speakers: Mapping[int, _Speaker]) -> list[Utterance]:
    """A speaker set apart in the title by a colon or a dash: "Army: rebels repelled", "Thousands flee - UN"."""
    places = [n for n in range(len(passage.tokens)) if passage.in_title(n)]
    if not places:
        return []
    found = []
    for other, speaker in speakers.items():
        if not passage.in_title(other):
            continue
        gap = passage.text[passage.tokens[other].end : passage.tokens[other + 1].start] if other < places[-1] else ""
        opens = gap.startswith(":") and speaker.first < _HEADING
        closes = other == places[-1] and speaker.first > 0 and _dash(passage, speaker.first)
        if opens or closes:
            name = passage.text[passage.tokens[speaker.first].start : passage.tokens[speaker.last - 1].end]
            found.append(Utterance(Act.HEADING, speaker.role, name, speaker.first, name, speaker.party))
    return found


def _dash(passage: Passage, place: int) -> bool:
    """Whether the words from `place` stand after a dash or colon, perhaps with one word between."""
    for first in (place, place - 1):
        if first > 0:
            gap = passage.text[passage.tokens[first - 1].end : passage.tokens[first].start]
            if len(gap) > 1 and not {"-", "–", "—", ":", "|"}.isdisjoint(gap):
                return True
    return False
