"""Figures of people harmed, in seven languages."""

import pytest

from classifiers.analysis import Analyst
from classifiers.figures import Figures, find_figures

ANALYST = Analyst()


def figures(language: str, title: str, summary: str = "", background: tuple[tuple[int, int], ...] = ()) -> Figures:
    return find_figures(ANALYST.analyse(f"{title}\n{summary}", language, background).passage)


@pytest.mark.parametrize(
    ("language", "text", "killed", "injured", "displaced"),
    [
        ("en", "At least 12 people were killed and 30 wounded when shells hit the market", 12, 30, None),
        ("en", "Twelve traders, including three children, were killed in the raid", 12, None, None),
        ("en", "Airstrike kills dozens, hundreds displaced", 24, None, 100),
        ("en", "Death toll rises to 21 after attack on three villages", 21, None, None),
        ("en", "Toll of Monday's raid on the camp, in the north, climbs to 29", 29, None, None),
        ("en", "1.5 million people displaced by the fighting", None, None, 1_500_000),
        ("en", "200 thousand people have fled their homes", None, None, 200_000),
        ("en", "Missile attack on the port kills 3, injures 17", 3, 17, None),
        ("en", "Tens of thousands flee as rebels advance", None, None, 20_000),
        ("en", "12 refugees were killed in their tents", 12, None, None),
        ("en", "One soldier was killed near the border", 1, None, None),
        ("en", "Two dozen fishermen drowned, twenty-five killed by gunfire", 25, None, None),
        ("en", "1,200 people fled while 4 died", 4, None, 1200),
        ("fr", "Une dizaine de civils tués et vingt-cinq blessés à Djugu", 10, 25, None),
        ("fr", "Au moins 2 800 personnes ont fui les combats, 14 morts", 14, None, 2800),
        ("fr", "L'attaque a fait douze morts, dont trois enfants", 12, None, None),
        ("fr", "Des centaines de déplacés arrivent sur l'île", None, None, 100),
        ("fr", "Le bilan de l'embuscade passe à 31", 31, None, None),
        ("fr", "Un soldat tué dans une embuscade", 1, None, None),
        ("es", "El ataque dejó al menos doce muertos y 1.200 desplazados", 12, None, 1200),
        ("es", "Dos docenas de soldados murieron", 24, None, None),
        ("es", "Matan a tres campesinos en la sierra", 3, None, None),
        ("pt", "Pelo menos trinta e cinco pessoas morreram e 12 ficaram feridas", 35, 12, None),
        ("pt", "Mais de 5.000 pessoas fugiram dos combates", None, None, 5000),
        ("sw", "Watu kumi na wawili wameuawa na wengine 30 kujeruhiwa", 12, 30, None),
        ("sw", "Watu elfu tatu wakimbia makazi yao", None, None, 3000),
        ("sw", "Waasi waua watu wasiopungua 15", 15, None, None),
        ("sw", "Watu mia mbili na hamsini wameuawa", 250, None, None),
        ("ar", "مقتل 12 شخصا وإصابة 30 آخرين في غارة جوية", 12, 30, None),
        ("ar", "قتل سبعة مدنيين في قصف", 7, None, None),
        ("ar", "نزوح آلاف المدنيين", None, None, 1000),
        ("ru", "Погибли 12 человек, 30 ранены при обстреле", 12, 30, None),
        ("ru", "Тысячи жителей покинули город", None, None, 1000),
        ("ru", "Двадцать пять военных убиты", 25, None, None),
        ("en", "Half a million people have been displaced in two weeks", None, None, 500_000),
        ("en", "Two and a half thousand people fled their homes", None, None, 2500),
        ("en", "Half a dozen soldiers killed", 6, None, None),
        ("en", "Raid kills three and hundreds are wounded", 3, 100, None),
        ("fr", "Quatre-vingts soldats tués, soixante-dix blessés", 80, 70, None),
        ("fr", "Soixante et onze civils tués, quatre-vingt-dix-sept blessés", 71, 97, None),
        ("fr", "Une centaine de personnes auraient péri", 100, None, None),
        ("fr", "Un demi-million de déplacés", None, None, 500_000),
        ("es", "Diecisiete civiles murieron y una treintena resultaron heridos", 17, 30, None),
        ("es", "Más de medio millón de desplazados", None, None, 500_000),
        ("es", "Setecientos veinte muertos", 720, None, None),
        ("pt", "Meio milhão de deslocados", None, None, 500_000),
        ("pt", "Duzentas e trinta pessoas mortas", 230, None, None),
        ("sw", "Zaidi ya watu elfu kumi na tano wamekimbia makazi yao", None, None, 15_000),
        ("sw", "Watu elfu tatu na mia tano wakimbia", None, None, 3500),
        ("sw", "Watu laki mbili wamehama makazi yao", None, None, 200_000),
        ("sw", "Watu 8 wafariki dunia, 14 wajeruhiwa", 8, 14, None),
        ("ar", "قتل شخصان وجرح خمسة", 2, 5, None),
        ("en", "Offensive drives 50,000 from their homes", None, None, 50_000),
        ("fr", "Un site de déplacés attaqué, dix-sept morts", 17, None, None),
        ("fr", "Quatre jeunes fusillés au rond-point", 4, None, None),
        ("es", "Confirma la muerte de ocho sanitarios", 8, None, None),
        ("pt", "Terroristas decapitam seis civis", 6, None, None),
        ("sw", "Watu watano wamepoteza maisha", 5, None, None),
        ("ar", "قالت البعثة إن 140 قرويا أعدموا", 140, None, None),
        ("ln", "Babandi babomi bato zomi na mibale", 12, None, None),
        ("rn", "Abantu icenda bahasize ubuzima", 9, None, None),
        ("sw", "Watu nusu milioni wamehama makazi yao", None, None, 500_000),
        ("ar", "مقتل سبعة عشر مدنيا وإصابة العشرات", 17, 20, None),
        ("ar", "مقتل ثلاثة وعشرات الجرحى", 3, 20, None),
        ("ar", "إصابة ثلاثة وعشرين شخصا بجروح", None, 23, None),
        ("ar", "العثور على جثث أحد عشر رجلا", 11, None, None),
        ("ar", "ما لا يقل عن 25 قتيلا و40 جريحا في قصف على السوق", 25, 40, None),
        ("ar", "نزوح أكثر من ألفي شخص من البلدة", None, None, 2000),
        ("ar", "نزوح نصف مليون شخص", None, None, 500_000),
        ("ar", "مقتل خمسة وعشرين ألف شخص", 25_000, None, None),
        ("ru", "Не менее семнадцати мирных жителей погибли, десятки ранены", 17, 20, None),
        ("ru", "Найдены тела девяти мужчин", 9, None, None),
        ("ru", "Около полутора тысяч жителей бежали", None, None, 1500),
        ("ru", "Двести сорок человек погибли", 240, None, None),
    ],
)
def test_figures_as_stated(
    language: str, text: str, killed: int | None, injured: int | None, displaced: int | None
) -> None:
    assert figures(language, text) == Figures(killed, injured, displaced)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Three drones hit the depot and nobody was killed"),
        ("en", "A man, Ahmed Musa, 34, was shot dead on 12 March, 20 km from the lake"),
        ("en", "Rebels seize 5 villages on day 40 of the siege"),
        ("en", "Army pays $40 million for guns"),
        ("en", "Violence in 2024 was deadly"),
        ("fr", "Deux villages attaqués le 3 mars à 20 km de la ville"),
        ("es", "Tres drones contra el aeropuerto el 5 de mayo"),
        ("sw", "Waasi wateka vijiji vitatu baada ya siku 5"),
        ("ru", "Три беспилотника сбиты над городом 5 мая"),
    ],
)
def test_other_numbers_are_no_figures(language: str, text: str) -> None:
    assert figures(language, text) == Figures()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Gunmen kill 10-15 villagers"),
        ("en", "Between 10 and 15 villagers died"),
        ("en", "Gunmen kill 10 to 15 villagers"),
        ("fr", "Entre dix et quinze civils ont été tués"),
        ("fr", "De 10 à 15 civils ont été tués"),
        ("es", "Entre 10 y 15 soldados muertos"),
        ("es", "Mueren de diez a quince campesinos"),
        ("pt", "Entre 10 e 15 pescadores mortos"),
        ("sw", "Kati ya watu 10 na 15 waliuawa"),
        ("ar", "مقتل ما بين 10 و15 جنديا"),
        ("ru", "От 10 до 15 солдат погибли"),
    ],
)
def test_of_a_range_the_lower_end_counts(language: str, text: str) -> None:
    assert figures(language, text).killed == 10


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "At least 12 people were killed"),
        ("en", "No fewer than twelve villagers were slaughtered"),
        ("fr", "Au moins douze morts"),
        ("fr", "Pas moins de 12 personnes tuées"),
        ("es", "Al menos doce muertos"),
        ("pt", "Pelo menos doze mortos"),
        ("sw", "Watu wasiopungua 12 wameuawa"),
        ("sw", "Takriban watu kumi na wawili wameuawa"),
        ("ar", "مقتل ما لا يقل عن 12 شخصا"),
        ("ar", "مقتل اثني عشر شخصا على الأقل"),
        ("ru", "Погибли не менее двенадцати человек"),
        ("ru", "Как минимум 12 человек убиты"),
    ],
)
def test_at_least_is_read_as_the_number(language: str, text: str) -> None:
    assert figures(language, text).killed == 12


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Drone attack leaves 14 dead, 3 critically injured and 5 missing", Figures(14, 3, None, 5)),
        ("en", "Seventeen miners shot dead, four others unaccounted for", Figures(17, None, None, 4)),
        ("fr", "Trois morts, onze blessés et cinq disparus", Figures(3, 11, None, 5)),
        ("fr", "Dix civils tués, quatre sont portés disparus", Figures(10, None, None, 4)),
        ("es", "Cuatro muertos, nueve heridos y seis desaparecidos", Figures(4, 9, None, 6)),
        ("pt", "Três mortos, doze feridos e quatro desaparecidos", Figures(3, 12, None, 4)),
        ("sw", "Watu kumi wameuawa na watu saba hawajulikani walipo", Figures(10, None, None, 7)),
        ("ar", "مقتل خمسة أشخاص وفقدان ثلاثة", Figures(5, None, None, 3)),
        ("ar", "مقتل شخصين وفقدان ثلاثة", Figures(2, None, None, 3)),
        ("ru", "Трое убиты, одиннадцать ранены, четверо пропали без вести", Figures(3, 11, None, 4)),
    ],
)
def test_the_missing_are_counted_apart(language: str, text: str, expected: Figures) -> None:
    assert figures(language, text) == expected


def test_of_voices_against_each_other_the_lowest_counts() -> None:
    assert figures("en", "20 people died, rebels say, but the mayor speaks of 12 dead").killed == 12
    assert figures("en", "12 people died, the mayor says, but rebels speak of 20 dead").killed == 12


def test_parts_of_a_figure_are_not_lower_figures() -> None:
    assert figures("en", "Raid kills 20 people, 3 of them children", "Three died at once.").killed == 20


def test_a_war_s_toll_is_not_the_event_s() -> None:
    text = "More than 40,000 have been killed since the war began. Monday's strike killed seven"
    assert figures("en", text).killed == 7
    assert figures("fr", "Plus de 300 civils tués depuis le début de l'année").killed is None


def test_background_is_left_out() -> None:
    title = "Shells hit the town where 80 people were killed in May"
    start = title.index("where")
    assert figures("en", title, background=((start, len(title)),)) == Figures()
    assert figures("en", title).killed == 80


def test_the_dead_of_another_event_are_not_counted() -> None:
    text = "Two wounded in Goma hours after a gunman killed seven"
    analysed = ANALYST.analyse(text, "en").passage
    assert find_figures(analysed).killed == 7
    assert find_figures(analysed, [(20, len(text))]) == Figures(None, 2, None)
