"""Which kind of site was attacked."""

from pathlib import Path

import pytest

from classifiers.analysis import Analyst
from classifiers.facility import Sites, find_facility
from classifiers.taxonomy import Facility
from errors import InvalidInput

ANALYST = Analyst()


def facility(language: str, title: str, summary: str = "", background: tuple[tuple[int, int], ...] = ()) -> Facility:
    return find_facility(ANALYST.analyse(f"{title}\n{summary}", language, background)).facility


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Shell hits maternity ward in besieged town", Facility.HEALTH),
        ("en", "Gunfire strikes MSF compound", Facility.HEALTH),
        ("en", "A house used by MSF came under fire", Facility.HEALTH),
        ("en", "Raiders torch primary school", Facility.SCHOOL),
        ("en", "Rockets land on a camp for displaced families", Facility.CAMP),
        ("en", "Armed men loot a food aid convoy", Facility.AID),
        ("en", "Worshippers shot in mosque at dawn", Facility.WORSHIP),
        ("en", "Peacekeepers come under fire at their base", Facility.UN),
        ("en", "Mortar round strikes UN vehicle", Facility.UN),
        ("en", "Drones black out power plant", Facility.UTILITY),
        ("en", "Blast tears through crowded market", Facility.MARKET),
        ("en", "Radio station stormed, two journalists beaten", Facility.MEDIA),
        ("en", "Missile damages railway station", Facility.TRANSPORT),
        ("en", "Tanker struck off the coast", Facility.TRANSPORT),
        ("en", "Shelling wrecks apartment block", Facility.RESIDENTIAL),
        ("en", "Attackers burn the prison", Facility.OTHER),
        ("en", "Gunmen storm a beach hotel", Facility.OTHER),
        ("fr", "Un hôpital touché par des tirs", Facility.HEALTH),
        ("fr", "Des miliciens incendient une école", Facility.SCHOOL),
        ("fr", "Attaque contre un site de déplacés", Facility.CAMP),
        ("fr", "Un convoi humanitaire pillé sur la route", Facility.AID),
        ("fr", "Une église attaquée pendant la messe", Facility.WORSHIP),
        ("fr", "Une base de l'ONU visée par des roquettes", Facility.UN),
        ("fr", "Bombardement d'une centrale électrique", Facility.UTILITY),
        ("fr", "Explosion dans un marché bondé", Facility.MARKET),
        ("sw", "Hospitali yashambuliwa kwa makombora", Facility.HEALTH),
        ("sw", "Waasi wachoma shule", Facility.SCHOOL),
        ("sw", "Kambi ya wakimbizi yashambuliwa", Facility.CAMP),
        ("sw", "Kanisa lachomwa moto na waasi", Facility.WORSHIP),
        ("sw", "Uwanja wa ndege washambuliwa kwa droni", Facility.TRANSPORT),
        ("es", "Bombardeo contra una escuela rural", Facility.SCHOOL),
        ("es", "Disparos contra cascos azules", Facility.UN),
        ("pt", "Ataque a um campo de deslocados", Facility.CAMP),
        ("pt", "Míssil atinge prédio de apartamentos", Facility.RESIDENTIAL),
        ("ar", "قصف مستشفى في المدينة", Facility.HEALTH),
        ("ar", "هجوم استهدف سوقاً شعبيا", Facility.MARKET),
        ("ar", "غارة على مدرسة تؤوي نازحين", Facility.SCHOOL),
        ("ru", "Ракета попала в больницу", Facility.HEALTH),
        ("ru", "Удар по электростанции оставил город без света", Facility.UTILITY),
        ("ru", "Снаряд попал в жилой дом", Facility.RESIDENTIAL),
    ],
)
def test_the_site_is_told(language: str, text: str, expected: Facility) -> None:
    assert facility(language, text) is expected


def test_those_who_speak_are_not_the_target() -> None:
    assert facility("en", "Strike hits bakery and market stalls", "Medics say nine are hurt.") is not Facility.HEALTH


def test_where_the_wounded_are_taken_is_not_the_target() -> None:
    assert facility("en", "School shelled by tanks", "The wounded are in the city hospital.") is Facility.SCHOOL


def test_a_hint_counts_where_no_site_is_named() -> None:
    assert facility("en", "U.N. equipment looted in the capital") is Facility.UN


def test_without_any_site_it_is_other() -> None:
    found = find_facility(ANALYST.analyse("Militia fires in all directions\n", "en"))
    assert (found.facility, found.rule) == (Facility.OTHER, "no kind of site is named")


def test_a_finding_says_why() -> None:
    assert "school" in find_facility(ANALYST.analyse("Raiders torch primary school\n", "en")).rule


def test_sites_of_the_past_are_left_out() -> None:
    title = "Rockets hit a church, months after raid on hospital"
    start = title.index("months")
    assert facility("en", title, background=((start, len(title)),)) is Facility.WORSHIP


def test_a_broken_book_is_named(tmp_path: Path) -> None:
    path = tmp_path / "sites.yaml"
    path.write_text("health: {en: [hospital]}\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"sites\.yaml: lacks school"):
        Sites.load(path)
