"""The rule behind a status, in the reader's language."""

import pytest

from alerts.i18n import load
from alerts.status_rules import status_rule
from alerts.types import Language
from classifiers.status_model import load_status

TRAITS = [str(trait) for trait in load_status().traits]


@pytest.mark.parametrize(
    ("rule", "english", "french"),
    [
        ("told as fact by the outlet", "no claim, doubt or warning outweighs it", "ne l’emporte"),
        ("claim by party in title", "claim by a party to the conflict", "affirmation par une partie au conflit"),
        ("first say by witness at once", "statement by residents or witnesses", "déclaration par des habitants"),
        ("shell in title, civil speaks", "quoted: a civil authority", "une autorité civile"),
        ("party speaks of own deed", "quoted: a party to the conflict", "cité"),
        ("first voice unnamed later", "quoted: an unnamed source", "une source non nommée"),
        ("mine in title, nobody speaks", "nobody is quoted", "personne n’est cité"),
        ("threaten of mobilisation", "threat", "menace"),
        ("of territory_captured", "the kind of event", "le genre d’événement"),
        ("capture anywhere", "single words that speak for it", "des mots qui vont dans ce sens"),
        ("Congolese army denies it", "Congolese army denies it", "Armée congolaise le dément"),
        ("M23 tells its own loss", "M23 tells of its own loss", "M23 fait état de sa propre perte"),
        ("M23 speaks of its own deed", "M23 speaks of its own deed", "M23 parle de sa propre action"),
    ],
)
def test_rules_are_told_in_words(rule: str, english: str, french: str) -> None:
    assert status_rule(rule, load(Language.EN)) == english
    assert french.lower() in status_rule(rule, load(Language.FR)).lower()


@pytest.mark.parametrize("language", [language for language in Language if language is not Language.EN])
def test_every_trait_of_the_model_has_words_in_every_language(language: Language) -> None:
    t, english = load(language), load(Language.EN)
    told = {status_rule(trait, english): status_rule(trait, t) for trait in TRAITS}
    same = {one for one, other in told.items() if one == other}
    assert same <= {"confirmation", "accusation", "plan"}  # alike in both
    assert not any(" " in word and word in TRAITS for word in told.values())
