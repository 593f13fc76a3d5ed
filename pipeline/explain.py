"""Why a text is read as it is: what `bot.py explain` prints."""

from dataclasses import dataclass

from alerts.i18n import Translator, load
from alerts.phrases import FACILITIES
from alerts.types import Language
from alerts.why import place_lines, signal_lines, status_lines
from classifiers.reader import ExplainedReading, Reader
from classifiers.types import ArticleText
from errors import InvalidInput
from feeds.parse import SUMMARY_LIMIT, TITLE_LIMIT
from feeds.text import plain
from places.locate import Locator
from places.types import Located

ALL = 0.0  # the probability from which on signals that were not read are listed
TRAITS = {  # of classifiers.actors.WEIGHTS
    "deed": "its weapon or attack is named",
    "by": "“by” stands before it",
    "acts near": "does the deed named right after it",
    "acts far": "does the deed named after it",
    "opens sentence": "opens a sentence",
    "speaks": "speaks",
    "object": "is acted upon",
    "owns": "has a genitive",
    "backs": "backs others",
    "suffers near": "suffers the deed named right after it",
    "suffers far": "suffers the deed named after it",
    "dies near": "dies",
    "dies far": "dies",
    "heads": "stands before a colon",
    "in": "a place where it happens",
    "at": "“against” or the like stands before it",
    "background": "told of earlier events",
    "kind forces": "a state's forces",
    "kind group": "a group with a name",
    "kind generic": "armed people without a name",
    "kind state": "a state",
    "kind army": "an army, not said whose",
    "kind people": "a people",
    "named 1.": "named first of all",
    "named 2.": "named second",
    "named 3.": "named third",
    "named 4.": "named later",
    "named before": "named before",
    "in title": "in the title",
    "in summary": "in the summary",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text with its reading, the rules behind it, and its places."""

    text: ArticleText
    explained: ExplainedReading
    located: Located


def text_to_explain(written: str, language: str | None = None, home: str | None = None) -> ArticleText:
    """The first line as title, the rest as summary, cleaned as a feed's are. `home`: ISO alpha-2 country of the
    publisher.

    Raises InvalidInput where nothing is written.
    """
    first, _, rest = written.strip().partition("\n")
    title, summary = plain(first, TITLE_LIMIT), plain(rest, SUMMARY_LIMIT)
    if not title:
        raise InvalidInput("TEXT", "is empty", "a title, and a summary on the lines after it")
    home = home.upper() if home else None
    return ArticleText(title, summary, language or None, home=home)


def explain(text: ArticleText, reader: Reader, locator: Locator) -> Explanation:
    (explained,) = reader.explain([text])
    reading = explained.reading
    return Explanation(text, explained, locator.locate(text, reading.language, reading.background))


def render(explanation: Explanation) -> str:
    """Plain English lines for a person."""
    t = load(Language.EN)
    reading, located = explanation.explained.reading, explanation.located
    joined = explanation.text.joined
    lines = [
        *signal_lines(reading, t, ALL),
        *status_lines(reading, t),
        *_rules(explanation.explained, t),
        *_figures(explanation.explained),
        *(f"Background, no news: “{' '.join(joined[start:end].split())}”" for start, end in reading.background),
        f"Language: {t.language_name(reading.language)}",
        f"Model: {reading.model}",
        "",
        "Main place" if located.main else "No main place",
        *(place_lines(located.main, t) if located.main else ()),
    ]
    if located.others:
        lines += ["Also named", *(line for found in located.others for line in place_lines(found, t))]
    return "\n".join(lines)


def _rules(explained: ExplainedReading, t: Translator) -> list[str]:
    lines = []
    if explained.actor_rule is not None:
        why = ", ".join(TRAITS.get(trait, trait) for trait in explained.actor_rule.split(", "))
        lines.append(f"Actor: {explained.reading.actor or 'nobody'} (rule: {why})")
    if explained.reading.facility is not None:
        site = t.text(FACILITIES[explained.reading.facility])
        lines.append(f"Facility: {site} (rule: {explained.facility_rule})")
    return lines


def _figures(explained: ExplainedReading) -> list[str]:
    reading = explained.reading
    figures = {
        "killed": reading.killed,
        "injured": reading.injured,
        "displaced": reading.displaced,
        "missing": reading.missing,
    }
    stated = [f"at least {number} {harm}" for harm, number in figures.items() if number is not None]
    return [f"Figures: {', '.join(stated)}"] if stated else []
