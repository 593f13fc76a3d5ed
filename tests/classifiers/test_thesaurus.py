"""What else a word that is searched for is called."""

import pytest

from classifiers.taxonomy import Facility
from classifiers.thesaurus import kin_of


@pytest.mark.parametrize(
    ("text", "language", "form"),
    [
        ("hospital Walikale", "en", "hospital"),
        ("Un hôpital", "fr", "hôpital"),
        ("hôpital", "en", "hôpital"),  # of another language than the reader's
        ("zahanati", "sw", "zahanati"),
        ("health facility Goma", "en", "health facility"),
        ("مستشفى", "ar", "مستشفى"),
    ],
)
def test_a_site_is_kin_to_its_kind_in_every_language(text: str, language: str, form: str) -> None:
    [kin] = kin_of(text, language)
    assert (kin.form, kin.facility) == (form, Facility.HEALTH)
    assert {("hopital*",), ("hospital*",), ("clinic*",), ("zahanati*",), ("المستشف*",)} < set(kin.phrases)
    assert ("kituo", "cha", "afya") in kin.phrases
    assert {"hospital", "hopital", "clinic"} < set(kin.words)


def test_words_that_others_begin_with_stand_for_themselves() -> None:
    [kin] = kin_of("fled", "en")
    assert ("flee",) in kin.phrases
    assert ("flee*",) not in kin.phrases
    assert kin.facility is None


@pytest.mark.parametrize("text", ["M23", "FARDC Walikale", "Kenscoff", "said on Wednesday", "", "?!"])
def test_names_and_words_of_most_news_are_kin_to_nothing(text: str) -> None:
    assert kin_of(text, "en") == []


def test_several_words_have_their_own_kin() -> None:
    assert [kin.form for kin in kin_of("drone school", "en")] == ["drone", "school"]
