"""Parties are called in the reader's language, each once."""

import pytest

from alerts.i18n import load
from alerts.parties import party_name, party_names
from alerts.types import Language

NAMES = [
    ("Congolese army", Language.FR, "l’armée congolaise"),
    ("armée congolaise", Language.EN, "Congolese army"),
    ("jeshi la Congo", Language.ES, "ejército congoleño"),
    ("Sudan's army", Language.SW, "jeshi la Sudan"),
    ("French army", Language.FR, "l’armée (France)"),
    ("FARDC", Language.FR, "FARDC"),
    ("les rebelles du M23", Language.EN, "M23"),
    ("rebelles", Language.EN, "rebels"),
    ("Rebels", Language.EN, "rebels"),
    ("the army", Language.EN, "the army"),
    ("l’armée", Language.PT, "exército"),
    ("hommes armés", Language.AR, "مسلحون"),
    ("Rwanda", Language.AR, "رواندا"),
    ("Kinshasa", Language.FR, "Kinshasa"),
    ("Nations unies", Language.EN, "UN"),
    ("UN", Language.FR, "l’ONU"),
    ("Islamic State", Language.FR, "l’État islamique"),
    ("Rwanda's envoy", Language.FR, "Rwanda's envoy"),
]


@pytest.mark.parametrize(("written", "language", "shown"), NAMES)
def test_a_party_is_called_in_the_readers_language(written: str, language: Language, shown: str) -> None:
    assert party_name(written, load(language)) == shown


def test_one_side_under_two_names_is_named_once() -> None:
    names = ["AFC/M23", "M23 rebels", "rebels", "armée congolaise", "Congolese army"]
    assert party_names(names, load(Language.EN)) == ["M23", "Congolese army"]
    assert party_names(names, load(Language.FR)) == ["M23", "l’armée congolaise"]


def test_a_name_of_any_length_is_one_short_line() -> None:
    assert len(party_name("Front\nof " * 40, load(Language.EN))) <= 60
