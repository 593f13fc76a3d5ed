"""Texts in the reader's language: gettext catalogues (.po), times, numbers, countries and lists.

Message ids are the English texts, so English needs no catalogue. Catalogues are read once, at load.
"""

import gettext
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal, format_percent

from alerts.bidi import isolated, isolated_runs, led, left_to_right
from alerts.types import Language
from errors import InvalidInput
from places.local_names import local_name

LOCALE = Path(__file__).parent / "locale"

# Whose customs dates, numbers and lists follow, where the language alone would mean another country's: English days
# come before months; Portuguese is that of Africa and Portugal; in DR Congo a dot, not a comma, groups thousands.
_LOCALES: Mapping[Language, str] = {Language.EN: "en_GB", Language.PT: "pt_PT", Language.SW: "sw_CD"}

# What people in these countries' news call them; Unicode's own names are longer or stranger ("Congo - Kinshasa").
_SHORT_NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {"CD": "DR Congo", "CG": "Congo-Brazzaville", "PS": "Palestine", "MM": "Myanmar", "CI": "Ivory Coast"},
    "fr": {"CD": "RD Congo", "CG": "Congo-Brazzaville", "PS": "Palestine", "MM": "Myanmar", "CF": "Centrafrique"},
    "sw": {
        "CD": "RD Congo",
        "CG": "Congo-Brazzaville",
        "CF": "Afrika ya Kati",
        "PS": "Palestina",
        "MM": "Myanmar",
        "CI": "Côte d’Ivoire",
        "BF": "Burkina Faso",
        "NE": "Niger",
        "NG": "Nigeria",
        "TD": "Chad",
        "SD": "Sudan",
        "LB": "Lebanon",
        "AF": "Afghanistan",
        "YE": "Yemen",
        "IQ": "Iraq",
        "IL": "Israel",
        "PK": "Pakistan",
    },
    "es": {"CD": "RD Congo", "CG": "Congo-Brazzaville", "PS": "Palestina", "MM": "Myanmar", "CI": "Costa de Marfil"},
    "pt": {"CD": "RD Congo", "PS": "Palestina", "MM": "Mianmar", "CI": "Costa do Marfim"},
    "ar": {"CD": "الكونغو الديمقراطية", "CG": "الكونغو برازافيل", "PS": "فلسطين", "MM": "ميانمار"},
}


def mark(message: str) -> str:
    """Mark a message id that is translated elsewhere, in a table for instance; returns it unchanged."""
    return message


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """As `mark`, for the two forms that Translator.plural takes."""
    return one, many


def _english_plural(count: int) -> int:
    return int(count != 1)


@dataclass(frozen=True)
class Translator:
    """Renders message ids in one language. A message without a translation is given in English.

    Where the language runs from right to left, every value that does not is set apart (alerts.bidi).
    """

    language: Language
    _singular: Mapping[str, str] = field(default_factory=dict, repr=False)
    _plural: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _plural_index: Callable[[int], int] = field(default=_english_plural, repr=False)

    def text(self, message: str, **values: object) -> str:
        """The message with its {placeholders} filled; values are inserted as they are, never interpreted."""
        return self.led(self._singular.get(message, message).format(**self._fitted(values)))

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The message for `count`, which also fills {count}, grouped as the language does."""
        forms = self._plural.get(one, (one, many))
        index = self._plural_index(count) if one in self._plural else _english_plural(count)
        return self.led(forms[min(index, len(forms) - 1)].format(count=self.number(count), **self._fitted(values)))

    def number(self, value: int) -> str:
        return str(format_decimal(value, locale=self.locale))

    def percent(self, share: float) -> str:
        """A share from 0 to 1, such as "94%"."""
        return str(format_percent(share, locale=self.locale))

    def listing(self, parts: Sequence[str]) -> str:
        """ "a, b and c"."""
        return str(format_list([self.apart(part) for part in parts], locale=self.locale))

    def series(self, parts: Iterable[str]) -> str:
        """ "a, b, c"."""
        return self.text(", ").join(self.apart(part) for part in parts)

    def country(self, code: str) -> str:
        """Name of an ISO 3166-1 alpha-2 country; an unknown code is given as it is."""
        short = _SHORT_NAMES.get(self.language.value, {}).get(code)
        return short or str(self.locale.territories.get(code, code))

    def place(self, name: str, country: str) -> str:
        """What a province or town of the gazetteer is called; its own name where no other is known."""
        return local_name(name, country, self.language.value)

    def language_name(self, code: str) -> str:
        """Name of a language, such as "French"; an unknown code is given as it is."""
        return str(self.locale.languages.get(code, code))

    def date(self, moment: datetime, zone: tzinfo) -> str:
        """ "19 March 2025"."""
        return str(format_date(moment.astimezone(zone), "long", locale=self.locale))

    def short_date(self, moment: datetime, zone: tzinfo) -> str:
        """ "19 Mar"."""
        return str(format_skeleton("MMMd", moment.astimezone(zone), locale=self.locale))

    def time(self, moment: datetime, zone: tzinfo) -> str:
        """ "19 March, 18:04"."""
        local = moment.astimezone(zone)
        return self._joined(str(format_skeleton("MMMMd", local, locale=self.locale)), local)

    def full_time(self, moment: datetime, zone: tzinfo) -> str:
        """ "19 March 2025, 18:04"."""
        return self._joined(self.date(moment, zone), moment.astimezone(zone))

    def _joined(self, day: str, local: datetime) -> str:
        return str(self.locale.datetime_formats["medium"]).format(f"{local:%H:%M}", day)

    @property
    def locale(self) -> Locale:
        return locale_of(self.language)

    @property
    def runs_right_to_left(self) -> bool:
        return str(self.locale.text_direction) == "rtl"

    def apart(self, value: str) -> str:
        """A value that stands among others, so that it keeps its own direction."""
        return isolated(value) if self.runs_right_to_left else value

    def led(self, line: str) -> str:
        """A line put together from others, so that it runs as the language does whatever it begins with."""
        return led(line) if self.runs_right_to_left else line

    def left_to_right(self, value: str) -> str:
        """A value whose order is from left to right in every language, such as a row of bars."""
        return left_to_right(value) if self.runs_right_to_left else value

    def _fitted(self, values: Mapping[str, object]) -> Mapping[str, object]:
        return {name: self.apart(str(value)) for name, value in values.items()} if self.runs_right_to_left else values


@cache
def locale_of(language: Language) -> Locale:
    """The rules by which dates, numbers and lists are written in a language."""
    return Locale.parse(_LOCALES.get(language, language.value))


@cache
def load(language: Language, *folders: Path) -> Translator:
    """The translator for a language from `<language>.po` in each folder, later ones first; default: alerts/locale.

    Raises InvalidInput naming the file when a catalogue is missing or broken.
    """
    if language is Language.EN:
        return Translator(language)
    singular: dict[str, str] = {}
    plural: dict[str, tuple[str, ...]] = {}
    index: Callable[[int], int] = _english_plural
    written = isolated_runs if locale_of(language).text_direction == "rtl" else str
    for folder in folders or (LOCALE,):
        catalogue = read_catalogue(folder / f"{language.value}.po", language)
        index = gettext.c2py(catalogue.plural_expr)
        for message in catalogue:
            if not message.id or not message.string:
                continue
            if message.pluralizable:
                plural[message.id[0]] = tuple(written(form) for form in message.string)
            else:
                singular[str(message.id)] = written(str(message.string))
    return Translator(language, MappingProxyType(singular), MappingProxyType(plural), index)


def read_catalogue(path: Path, language: Language) -> Catalog:
    """Read one .po file; raises InvalidInput."""
    try:
        with path.open("rb") as stream:
            return read_po(stream, locale=language.value, abort_invalid=True)
    except OSError as error:
        raise InvalidInput(str(path), f"cannot be read: {error.strerror}", "a gettext catalogue") from error
    except (PoFileError, ValueError) as error:
        raise InvalidInput(str(path), f"is no gettext catalogue: {error}", "a gettext catalogue") from error


@cache
def zone(name: str) -> tzinfo:
    """The IANA time zone. Raises InvalidInput for a name that is none."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, ZoneInfoNotFoundError) as error:
        expected = "an IANA name such as Africa/Kinshasa"
        raise InvalidInput("time zone", f"no zone is called {name!r}", expected) from error
