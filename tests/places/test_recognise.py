"""Which words are names of places, and which only look like it."""

import pytest

from places.baked import Naming
from places.gazetteer import Gazetteer
from places.recognise import Recogniser
from places.tokens import tokenise


def names(gazetteer: Gazetteer, text: str, language: str = "en") -> list[str]:
    found = Recogniser(gazetteer).find(text, language)
    return [item.mention.name for item in found if item.naming is not Naming.ACTOR]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Fighting spread from Goma to Bukavu in DR Congo.", ["Goma", "Bukavu", "DR Congo"]),
        ("en", "Khan Younis and Deir al-Balah were hit.", ["Khan Younis", "Deir al-Balah"]),
        ("en", "BEIRUT - Jets struck Baalbek overnight.", ["BEIRUT", "Baalbek"]),
        ("en", "Residents left al-Hol on Friday.", ["al-Hol"]),
        ("en", "Troops reached Anbar Province and Laurel County.", ["Anbar Province", "Laurel County"]),
        ("en", "St. Petersburg was quiet.", ["St. Petersburg"]),
        ("fr", "Des combats à Uvira et en territoire de Walikale.", ["Uvira", "Walikale"]),
        ("fr", "La route d'Ituri vers l'Ouganda est coupée.", ["Ituri", "Ouganda"]),
        ("sw", "Wakazi wa wilaya ya Masisi wakimbia.", ["Masisi"]),
        ("es", "Combates cerca de Cúcuta, en Colombia.", ["Cúcuta", "Colombia"]),
        ("pt", "Ataque em Pemba, Moçambique.", ["Pemba", "Moçambique"]),
        ("ru", "Взрывы в Одессе и под Запорожьем, Украина.", ["Одессе", "Украина"]),
        ("ar", "اشتباكات في حلب وحمص", ["حلب", "وحمص"]),
    ],
)
def test_names_are_found_as_written(gazetteer: Gazetteer, language: str, text: str, expected: list[str]) -> None:
    found = names(gazetteer, text, language)
    assert [name for name in expected if name not in found] == []


@pytest.mark.parametrize(
    ("language", "text", "never"),
    [
        ("en", "Paris Hilton met Jordan Peele.", {"Paris", "Jordan"}),
        ("en", "A statement by Mr Lubero was read.", {"Lubero"}),
        ("en", "President Washington crossed the river.", {"Washington"}),
        ("en", "Manchester United lost at home.", {"Manchester"}),
        ("en", "She wrote for the New York Times.", {"New York"}),
        ("en", "Radio Okapi quoted a priest.", {"Okapi"}),
        ("en", "The Congo River rose; so did Lake Kivu.", {"Congo", "Kivu"}),
        ("en", "He was reading most of the Mobile Nice brochure.", {"reading", "Mobile", "Nice"}),
        ("en", "For the sake of peace they met on Monday in May.", {"sake", "Monday", "May"}),
        ("en", "Police Bar Entry After Blast", {"Bar", "Police"}),
        ("en", "Hamas and the IDF traded fire.", {"Hamas", "IDF"}),
        ("en", "Leaders across Africa and the Middle East met.", {"Africa", "Middle East"}),
        ("sw", "Goma la wafanyakazi liliisha jana sana.", {"sana", "jana"}),
        ("es", "La palma de oro y la goma de borrar.", {"palma", "goma"}),
        ("fr", "Le nord et le centre du pays.", {"nord", "centre"}),
        ("ar", "هذه مدينة جديدة في ولاية بعيدة", {"مدينة", "جديدة", "ولاية"}),
        ("ar", "هجوم في منطقة جنوب العاصمة", {"جنوب", "منطقة جنوب"}),
        ("ar", "توتر على الحدود الشمالية", {"الحدود الشمالية"}),
        ("en", "Second DR Congo city falls", {"Second DR Congo city"}),
        ("en", "An MSF base came under fire.", {"An MSF base"}),
    ],
)
def test_what_is_no_place_is_left_alone(gazetteer: Gazetteer, language: str, text: str, never: set[str]) -> None:
    assert never.isdisjoint(names(gazetteer, text, language))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Congolese soldiers withdrew.", "Congolese"),
        ("fr", "les soldats ukrainiens avancent", "ukrainiens"),
        ("es", "tropas sudanesas en la capital", "sudanesas"),
        ("pt", "forças moçambicanas avançam", "moçambicanas"),
        ("ru", "сирийские войска отошли", "сирийские"),
        ("ar", "الجيش السوداني يتقدم", "السوداني"),
        ("sw", "Wapalestina waliuawa jana", "Wapalestina"),
    ],
)
def test_nationalities_count_as_their_country(gazetteer: Gazetteer, language: str, text: str, name: str) -> None:
    assert name in names(gazetteer, text, language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Calm in Sudan's capital Khartoum.", "Sudan's capital"),
        ("en", "The Sudanese capital was calm.", "Sudanese capital"),
        ("fr", "la capitale soudanaise", "capitale soudanaise"),
        ("es", "la capital de Ucrania", "capital de Ucrania"),
        ("ru", "в столице Судана", "столице Судана"),
        ("ar", "في العاصمة السودانية", "العاصمة السودانية"),
    ],
)
def test_the_capital_of_a_country_is_a_name(gazetteer: Gazetteer, language: str, text: str, name: str) -> None:
    assert name in names(gazetteer, text, language)


def test_tokens_know_their_place_in_the_text() -> None:
    text = "Syria's army left. Rebels Enter Hama Tonight\nShells fell in St. Louis."
    tokens = tokenise(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert [token.text for token in tokens[:3]] == ["Syria", "army", "left"]
    assert [token.text for token in tokens if token.opens] == ["Syria", "Rebels", "Shells"]
    assert [token.key for token in tokens[-2:]] == ["saint", "louis"]


def test_a_line_in_title_case_is_marked() -> None:
    tokens = tokenise("Rebels Storm Northern City After Siege\nThe siege began on Friday, said officials there.")
    assert {token.headline for token in tokens[:6]} == {True}
    assert {token.headline for token in tokens[6:]} == {False}
