"""Where the news of truces and talks lies: in the conflict, not where people meet, nor in a town named in passing."""

from places.gazetteer import Gazetteer
from places.types import Located, Place, Precision, Resolution

SURE = 0.6  # least confidence in the country of a conflict, where a town in it or a side at home there is named


def in_conflict(located: Located, title_length: int, home: str | None, gazetteer: Gazetteer) -> Located:
    """The main place of a text about a truce or talks brought to what they are about.

    `home`: ISO 3166-1 alpha-2 country in which the armed group that the text tells of is at home, None: not known. A
    place elsewhere is a venue, and gives way to that country. A town or district that only the summary names gives way
    to the province that the text names, else to the country. What gives way is kept among the others, and stays the
    mention shown, unless the title names the wider place.
    """
    main = located.main
    if main is None:
        return located
    if home is not None and main.place.country != home:
        wider, reason = gazetteer.country(home), "at home there; the rest is a venue"
    elif main.place.precision in (Precision.PLACE, Precision.ADMIN2) and not _in_title(located, main, title_length):
        wider, reason = _province(located, main) or gazetteer.country(main.place.country), "the title names no town"
    else:
        return located
    if wider is None:
        return located
    titled = (one for one in located.others if one.place.id == wider.id and one.mention.start < title_length)
    named = next(titled, main)
    lifted = Resolution(named.mention, wider, max(main.confidence, SURE), reason)
    return Located(lifted, (main, *located.others))


def _in_title(located: Located, main: Resolution, title_length: int) -> bool:
    named = (main, *located.others)
    return any(one.place.id == main.place.id and one.mention.start < title_length for one in named)


def _province(located: Located, main: Resolution) -> Place | None:
    """The province of the main place, where the text names it."""
    return next(
        (
            other.place
            for other in located.others
            if other.place.precision is Precision.ADMIN1
            and (other.place.country, other.place.admin1) == (main.place.country, main.place.admin1)
        ),
        None,
    )
