"""Who did it, in eight languages."""

from pathlib import Path

import pytest

from classifiers.actors import find_actor
from classifiers.analysis import Analyst
from classifiers.combatants import Combatants, Kind, default_combatants
from errors import InvalidInput

ANALYST = Analyst()


def actor(language: str, title: str, summary: str = "", background: tuple[tuple[int, int], ...] = ()) -> str | None:
    analysis = ANALYST.analyse(f"{title}\n{summary}", language, background)
    return find_actor(analysis.passage, analysis.mentions, analysis.concepts).actor


def mentioned(language: str, text: str) -> list[tuple[str, Kind]]:
    analysis = ANALYST.analyse(f"{text}\n", language)
    return [(mention.name, mention.who.kind) for mention in analysis.mentions]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "M23 rebels enter Walikale as talks stall", "M23"),
        ("en", "Villagers killed by ADF fighters near Oicha", "ADF"),
        ("en", "Israeli airstrikes hit a bridge in southern Lebanon", "Israel"),
        ("en", "Russian drones strike a grain silo near Odesa", "Russia"),
        ("en", "Ukraine hit by overnight Russian missile attack", "Russia"),
        ("en", "Sudan's RSF shells a market in el-Fasher", "RSF"),
        ("en", "Suspected jihadists ambush soldiers in northern Benin", "Suspected jihadists"),
        ("en", "Gunmen abduct travellers on the road to Gusau", "Gunmen"),
        ("en", "Four officers killed in al-Shabaab attack on base", "al-Shabaab"),
        ("en", "Myanmar's military bombs a school held by rebels", "Myanmar military"),
        ("en", "Fano militia takes a town in Amhara", "Fano"),
        ("en", "Houthi missile strikes a tanker in the Red Sea", "Houthis"),
        ("fr", "Les rebelles du M23 s'emparent d'une localité du Masisi", "M23"),
        ("fr", "L'armée congolaise reprend trois villages", "FARDC"),
        ("fr", "Dix paysans tués par les ADF près de Mambasa", "ADF"),
        ("fr", "Des hommes armés attaquent un convoi sur la route nationale", "hommes armés"),
        ("fr", "Des frappes israéliennes font des morts à la frontière", "Israel"),
        ("fr", "Les Forces de soutien rapide bombardent un marché", "RSF"),
        ("fr", "Mali : le JNIM attaque un camp militaire", "JNIM"),
        ("sw", "Waasi wa M23 wameteka mji wa Walikale", "M23"),
        ("sw", "Jeshi la Congo limeshambulia ngome za waasi", "FARDC"),
        ("sw", "Watu wenye silaha wawaua wanakijiji sita", "Watu wenye silaha"),
        ("sw", "Al-Shabaab yashambulia kambi ya jeshi", "al-Shabaab"),
        ("es", "El ELN ataca una base militar en Arauca", "ELN"),
        ("es", "Ataques rusos dejan sin luz a una ciudad", "Russia"),
        ("pt", "Ataque do Boko Haram mata pescadores", "Boko Haram"),
        ("ar", "قوات الدعم السريع تقصف سوقا في الفاشر", "RSF"),
        ("ar", "الجيش الإسرائيلي يقصف بلدة في الجنوب", "Israel"),
        ("ru", "Израильские военные нанесли удар по складу", "Israel"),
        ("ru", "Талибы захватили уездный центр", "Taliban"),
        ("ln", "Basimba minduki babomi bato na mboka", "Basimba minduki"),
    ],
)
def test_the_doer_is_named(language: str, text: str, expected: str) -> None:
    assert actor(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Explosion heard in the centre of Bunia"),
        ("en", "Thousands flee fighting in the hills"),
        ("fr", "Des milliers de personnes fuient les combats"),
        ("sw", "Mlipuko watokea sokoni"),
    ],
)
def test_nobody_is_made_up(language: str, text: str) -> None:
    assert actor(language, text) is None


def test_a_victim_is_not_the_doer() -> None:
    assert actor("en", "Hamas commander killed in Israeli strike on a car") == "Israel"
    assert actor("en", "Attack on Russian oil depot by Ukrainian drones") == "Ukraine"


def test_who_acted_in_the_past_is_not_the_doer() -> None:
    title = "Gunmen raid a camp once held by Boko Haram"
    start = title.index("once")
    analysis = ANALYST.analyse(f"{title}\n", "en", ((start, len(title)),))
    found = find_actor(analysis.passage, analysis.mentions, analysis.concepts)
    assert found.actor == "Gunmen"
    assert found.all == ("Gunmen",)


def test_a_finding_says_why() -> None:
    analysis = ANALYST.analyse("Israeli airstrikes hit a bridge\n", "en")
    assert "deed" in find_actor(analysis.passage, analysis.mentions, analysis.concepts).rule


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "U.S. forces", [("United States", Kind.FORCES)]),
        ("en", "Israel's military", [("Israel", Kind.FORCES)]),
        ("en", "Congolese army", [("FARDC", Kind.FORCES)]),
        ("en", "Yemen's Houthi rebels", [("Houthis", Kind.GROUP)]),
        ("en", "AFC/M23 rebels", [("M23", Kind.GROUP)]),
        ("en", "is it them", []),
        ("fr", "forces armées soudanaises", [("Sudanese army", Kind.FORCES)]),
        ("fr", "rebelles de l'Alliance Fleuve Congo", [("M23", Kind.GROUP)]),
        ("sw", "vikosi vya Urusi", [("Russia", Kind.FORCES)]),
        ("sw", "jeshi la Rwanda", [("Rwanda", Kind.FORCES)]),
        ("es", "ejército congoleño", [("FARDC", Kind.FORCES)]),
        ("ar", "والجيش السوداني", [("Sudanese army", Kind.FORCES)]),
        ("ru", "российские войска", [("Russia", Kind.FORCES)]),
    ],
)
def test_a_side_and_its_forces_are_one_mention(language: str, text: str, expected: list[tuple[str, Kind]]) -> None:
    assert mentioned(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "FPRX rebels took the hill", "FPRX"),
        ("en", "Rebels of the FPRX took the hill", "FPRX"),
        ("fr", "Les rebelles du FPRX prennent la colline", "FPRX"),
        ("fr", "Des miliciens de la CNPX attaquent", "CNPX"),
        ("es", "Guerrilleros del EPRX atacan", "EPRX"),
        ("pt", "Rebeldes da FNRX atacam", "FNRX"),
        ("sw", "Waasi wa FPRX washambulia", "FPRX"),
        ("ln", "Batomboki ya FPRX babomi bato", "FPRX"),
    ],
)
def test_a_group_that_no_book_has_is_told_by_its_letters(language: str, text: str, expected: str) -> None:
    assert mentioned(language, text) == [(expected, Kind.GROUP)]


@pytest.mark.parametrize(
    "text",
    [
        "REBELS TAKE THE HILL",
        "GOMA REBELS TAKE HILL",
        "AP: rebels took the hill",
        "(AFP) Gunmen took the hill",
        "Rebels tell the BBC of the fall",
    ],
)
def test_letters_that_only_stand_near_name_no_group(text: str) -> None:
    assert [kind for _, kind in mentioned("en", text)] == [Kind.GENERIC]


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("M23", ["M23", "AFC/M23", "Alliance Fleuve Congo", "М23", "حركة 23 مارس"]),
        ("FARDC", ["FARDC", "armée congolaise", "jeshi la Congo", "ejército congoleño"]),
        ("ADF", ["ADF", "Allied Democratic Forces", "Forces démocratiques alliées"]),
        ("Wazalendo", ["Wazalendo", "VDP-Wazalendo"]),
        ("CODECO", ["CODECO"]),
        ("RSF", ["RSF", "Rapid Support Forces", "Forces de soutien rapide", "FSR", "الدعم السريع"]),
        ("Sudanese army", ["SAF", "Sudanese Armed Forces", "الجيش السوداني"]),
        ("JNIM", ["JNIM", "GSIM"]),
        ("al-Shabaab", ["al-Shabaab", "Al-Shabab", "shebab", "حركة الشباب", "Аш-Шабааб"]),
    ],
)
def test_one_side_has_one_name_however_it_is_written(name: str, spellings: list[str]) -> None:
    languages = {"FARDC": "fr", "jeshi la Congo": "sw", "الجيش السوداني": "ar"}
    for spelling in spellings:
        assert [found for found, _ in mentioned(languages.get(spelling, "en"), spelling)] == [name], spelling


def test_acronyms_count_in_capitals_only() -> None:
    assert mentioned("en", "ISIS and IS") == [("Islamic State", Kind.GROUP), ("Islamic State", Kind.GROUP)]
    assert mentioned("en", "this is us") == []


def test_a_broken_book_is_named(tmp_path: Path) -> None:
    path = tmp_path / "actors.yaml"
    path.write_text("states: []\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"actors\.yaml: lacks groups, generic, army, weapons"):
        Combatants.load(path)
    path.write_text("states: [\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"actors\.yaml:2: is no YAML"):
        Combatants.load(path)


def test_the_book_is_read_once() -> None:
    assert default_combatants() is default_combatants()
