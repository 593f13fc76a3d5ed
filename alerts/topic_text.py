"""What is said once of a forum's topic that takes no messages any more."""

from collections.abc import Sequence

from alerts.i18n import load
from alerts.phrases import plain
from alerts.types import Language

NAME = 60


def topic_closed(areas: Sequence[str], language: Language) -> str:
    """`areas`: names of the watches that were told of there."""
    t = load(language)
    return t.text(
        "The topic for {areas} is closed or gone: its alerts come here from now on. /topic, said in another topic, "
        "moves them there.",
        areas=t.listing([plain(area, NAME) for area in areas]),
    )
