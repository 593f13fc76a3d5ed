"""What a text says outright."""

import pytest

from classifiers.lexicon import default_lexicon
from classifiers.patterns import FOUGHT, RETURNS, UNTAKEN, said_outright
from classifiers.taxonomy import Signal

CAPTURED = list(Signal).index(Signal.TERRITORY_CAPTURED)


@pytest.mark.parametrize(
    "title",
    [
        "Army says situation in Mavuno is under control",
        "Mavuno : l'armée assure que la situation est sous contrôle",
        "El ejército dice que la situación está bajo control",
        "Exército diz que a situação está sob controlo",
        "Jeshi lasema hali imedhibitiwa Mavuno",
        "Военные заявили, что ситуация под контролем",
        "الجيش يؤكد أن الوضع تحت السيطرة",
    ],
)
def test_who_calms_people_took_no_town(title: str) -> None:
    assert said_outright([], title, f"{title}\n")[CAPTURED] == UNTAKEN


@pytest.mark.parametrize("title", ["Mavuno passe sous contrôle des rebelles", "Rebels bring Mavuno under control"])
def test_a_town_that_comes_under_control_was_taken(title: str) -> None:
    assert said_outright([], title, f"{title}\n")[CAPTURED] >= 0


CLASH = list(Signal).index(Signal.ARMED_CLASH)


def raised(title: str, summary: str = "", language: str = "en") -> tuple[float, float]:
    """What a text's words add to a capture and to a clash."""
    text = f"{title}\n{summary}"
    found = said_outright(default_lexicon().concepts(text, language), title, text)
    return float(found[CAPTURED]), float(found[CLASH])


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Rebels open the road to Mavuno after a night of shelling"),
        ("en", "Fighters close in on Mavuno"),
        ("en", "Rebel troops at the gates of Mavuno"),
        ("fr", "Les rebelles s'ouvrent la route de Mavuno"),
        ("fr", "Les rebelles aux portes de Mavuno"),
        ("fr", "Les rebelles à quelques kilomètres de Mavuno"),
        ("es", "Los rebeldes avanzan hacia Mavuno"),
        ("pt", "Rebeldes às portas de Mavuno"),
        ("sw", "Waasi wakaribia mji wa Mavuno"),
        ("ar", "المتمردون على مشارف مافونو"),
        ("ru", "Повстанцы приближаются к городу Мавуно"),
    ],
)
def test_a_town_that_is_neared_is_fought_for_and_not_taken(language: str, title: str) -> None:
    assert raised(title, language=language) == (UNTAKEN, FOUGHT)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Army pushes the rebels back at Mavuno"),
        ("en", "Soldiers repel rebel assault on Mavuno"),
        ("fr", "L'armée repousse les rebelles à Mavuno"),
        ("fr", "Les militaires font reculer les rebelles près de Mavuno"),
        ("es", "El ejército hace retroceder a los rebeldes"),
        ("pt", "Exército fez recuar os rebeldes"),
        ("sw", "Jeshi lawarudisha nyuma waasi"),
        ("ar", "الجيش يصد هجوم المتمردين على مافونو"),
        ("ru", "Армия отбила атаку повстанцев"),
    ],
)
def test_attackers_thrown_back_are_fighting_and_take_nothing(language: str, title: str) -> None:
    assert raised(title, language=language) == (UNTAKEN, FOUGHT)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Rebels say they will withdraw from Mavuno"),
        ("en", "Rebels still in Mavuno despite announced pullout"),
        ("fr", "Les rebelles annoncent leur retrait de Mavuno"),
        ("fr", "Les rebelles toujours présents à Mavuno"),
        ("es", "Los rebeldes anuncian su retirada de Mavuno"),
        ("pt", "Rebeldes anunciam a sua retirada de Mavuno"),
        ("sw", "Waasi watangaza kuondoka Mavuno"),
        ("ar", "المتمردون يعلنون الانسحاب من مافونو"),
        ("ru", "Повстанцы объявили о выводе войск"),
    ],
)
def test_a_withdrawal_promised_or_not_made_is_no_capture(language: str, title: str) -> None:
    assert raised(title, language=language)[0] == UNTAKEN


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Families begin to return to Mavuno after the rebels left"),
        ("fr", "Mavuno : des déplacés regagnent leurs maisons"),
        ("es", "Los desplazados de Mavuno regresan a sus casas"),
        ("pt", "Moradores de Mavuno voltam para casa"),
        ("sw", "Wakazi wa Mavuno wanarejea makwao"),
        ("ar", "عودة النازحين إلى مافونو"),
        ("ru", "Жители Мавуно возвращаются домой"),
    ],
)
def test_people_who_come_home_are_an_easing_and_nothing_else(language: str, title: str) -> None:
    text = f"{title}\nThe rebels were seen at Kilima."
    found = dict(zip(Signal, said_outright(default_lexicon().concepts(text, language), title, text), strict=True))
    assert found[Signal.TERRITORY_CAPTURED] == found[Signal.DISPLACEMENT] == UNTAKEN
    assert found[Signal.DEESCALATION] == RETURNS


def test_people_who_come_home_are_no_more_than_background_in_a_summary() -> None:
    assert raised("Rebels leave Mavuno", "Families returned to their homes.")[0] >= 0


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Rebels take Mavuno and advance on Kilima", ""),
        ("Army pushes rebels back", "Soldiers have retaken two villages in the district."),
        ("Les rebelles s'ouvrent la route de Kilima", "La cité de Mavuno est tombée dimanche."),
        (
            "Rebels leave Mavuno",
            "The army entered the town they had announced they would leave. Forces took the bridge.",
        ),
    ],
)
def test_a_town_that_was_taken_beside_it_was_taken(title: str, summary: str) -> None:
    assert raised(title, summary)[0] >= 0


@pytest.mark.parametrize("title", ["Sommet : la réunion est repoussée à mardi", "Air defence repels drone attack"])
def test_neither_a_date_nor_a_drone_is_fought_back(title: str) -> None:
    assert raised(title)[0] >= 0


def test_a_title_that_only_calms_tells_of_nothing() -> None:
    title = "Army says situation in Mavuno is under control"
    concepts = default_lexicon().concepts(title, "en")
    assert (said_outright(concepts, title, f"{title}\n") < 0).all()


def test_an_ambush_is_told_though_all_is_said_to_be_well() -> None:
    title = "Ambush near Mavuno, situation under control, army says"
    assert raised(title)[1] > 0
