"""Interface texts in the chat's language: those of chat/locale, and the words of alerts (signals, severities)."""

from pathlib import Path

from alerts import i18n
from alerts.i18n import Translator
from alerts.types import Language

LOCALE = Path(__file__).parent / "locale"


def language_of(tag: str) -> Language:
    """The language of the interface that an IETF tag such as "pt-BR" names; English where there is none."""
    code = tag.casefold().partition("-")[0]
    return Language(code) if code in set(Language) else Language.EN


def translator(language: Language) -> Translator:
    """Raises InvalidInput naming the file when a catalogue is missing or broken; read once."""
    return i18n.load(language, i18n.LOCALE, LOCALE)
