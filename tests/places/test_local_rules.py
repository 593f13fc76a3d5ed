"""The rules of places in each language: everyday words, territories and provinces, waters and roads, peoples, scripts,
and the country that a publisher writes for."""

import pytest

from classifiers.types import ArticleText
from places.locate import Locator
from places.types import Precision, Resolution


def main(locator: Locator, language: str, title: str, home: str | None = None) -> Resolution | None:
    return locator.locate(ArticleText(title, "", home=home), language).main


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "For the sake of peace, both sides met"),
        ("fr", "La sale guerre, la mine et la goma"),
        ("sw", "Walicheza goma usiku na kula sana"),
        ("es", "El ataque fue de madrugada, sin dar la palma ni la goma"),
        ("pt", "A palma da mão e a goma de tapioca"),
        ("ar", "هذه مدينة جديدة في ولاية بعيدة"),
        ("ru", "Новый мир и старый город"),
    ],
)
def test_everyday_words_are_no_towns(locator: Locator, language: str, title: str) -> None:
    assert main(locator, language, title) is None


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [
        ("en", "Rebels attack the territory of Walikale", "Walikale"),
        ("fr", "Combats en territoire de Masisi", "Masisi"),
        ("fr", "Attaque dans le territoire de Djugu", "Djugu"),
        ("sw", "Mapigano katika wilaya ya Masisi", "Masisi"),
        ("es", "Combates en el territorio de Walikale", "Walikale"),
        ("pt", "Combates no território de Walikale", "Walikale"),
    ],
)
def test_a_territory_is_not_its_town(locator: Locator, language: str, title: str, name: str) -> None:
    found = main(locator, language, title)
    assert found is not None
    assert (found.place.name, found.place.precision) == (name, Precision.ADMIN2)


@pytest.mark.parametrize(
    ("language", "title", "name", "admin1"),
    [
        ("en", "Palma in the province of Cabo Delgado attacked", "Palma", "Cabo Delgado"),
        ("fr", "Village de Bule dans la province de l'Ituri attaqué", "Bule", "Ituri"),
        ("sw", "Kijiji cha Bule katika mkoa wa Ituri chashambuliwa", "Bule", "Ituri"),
        ("es", "Atacan Tibú, en el departamento de Norte de Santander", "Tibú", "Norte de Santander"),
        ("pt", "Ataque em Palma, na província de Cabo Delgado", "Palma", "Cabo Delgado"),
        ("ar", "هجوم على الفاشر في ولاية شمال دارفور", "El Fasher", "North Darfur"),
        ("ru", "Обстрел Орехова в Запорожской области", "Orikhiv", "Zaporizhzhia Oblast"),
    ],
)
def test_the_province_named_with_a_town_decides(
    locator: Locator, language: str, title: str, name: str, admin1: str
) -> None:
    found = main(locator, language, title)
    assert found is not None
    assert (found.place.name, found.place.admin1) == (name, admin1)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Rebels cross the Congo River near Lake Kivu"),
        ("fr", "Le fleuve Congo et la rivière Ituri débordent, lac Kivu fermé"),
        ("sw", "Mto Congo na Ziwa Kivu zafungwa"),
        ("es", "Combate en el río Magdalena"),
        ("pt", "Rio Zambeze transborda"),
        ("ru", "Река Днепр вышла из берегов"),
    ],
)
def test_rivers_and_lakes_are_no_towns(locator: Locator, language: str, title: str) -> None:
    assert main(locator, language, title) is None


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [
        ("en", "Gunmen stop a bus on the road to Goma", "Goma"),
        ("fr", "Embuscade sur la route de Masisi", "Masisi"),
        ("sw", "Basi lashambuliwa kwenye barabara ya Goma", "Goma"),
        ("es", "Emboscada en la carretera a Tibú", "Tibú"),
        ("pt", "Emboscada na estrada de Macomia", "Macomia"),
    ],
)
def test_a_road_is_told_by_the_town_it_leads_to(locator: Locator, language: str, title: str, name: str) -> None:
    found = main(locator, language, title)
    assert found is not None
    assert found.place.name == name


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Congolese soldiers killed"),
        ("fr", "Des soldats congolais tués"),
        ("sw", "Raia wa Kongo wauawa"),
        ("es", "Soldados congoleños muertos"),
        ("pt", "Soldados congoleses mortos"),
        ("ar", "مقتل جنود كونغوليين"),
        ("ru", "Погибли конголезские солдаты"),
    ],
)
def test_a_people_tells_the_country(locator: Locator, language: str, title: str) -> None:
    found = main(locator, language, title)
    assert found is not None
    assert found.place.id == "c:CD"


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [
        ("ar", "اشتباكات في غوما وبوكافو", "Goma"),
        ("ar", "اشتباكات في ماسيسي", "Masisi"),
        ("ar", "المتمردون يدخلون واليكالي", "Walikale"),
        ("ar", "انفجار في مقديشو", "Mogadishu"),
        ("ru", "Взрывы в Харькове", "Kharkiv"),
        ("ru", "Удар по Краматорску", "Kramatorsk"),
        ("ru", "Бои за Гому", "Goma"),
    ],
)
def test_names_in_other_scripts_are_known_as_declined(locator: Locator, language: str, title: str, name: str) -> None:
    found = main(locator, language, title)
    assert found is not None
    assert found.place.name == name


@pytest.mark.parametrize(
    ("language", "title", "home", "country"),
    [
        ("es", "Ataque en Córdoba", "CO", "CO"),
        ("es", "Ataque en Córdoba", "ES", "ES"),
        ("pt", "Ataque em Palma", "MZ", "MZ"),
        ("pt", "Ataque em Palma", None, "ES"),
        ("en", "Police in Birmingham made arrests", "GB", "GB"),
        ("en", "Police in Birmingham made arrests", "US", "US"),
        ("fr", "Attaque à Moba", "CD", "CD"),
    ],
)
def test_of_two_towns_a_publisher_means_the_one_at_home(
    locator: Locator, language: str, title: str, home: str | None, country: str
) -> None:
    found = main(locator, language, title, home)
    assert found is not None
    assert found.place.country == country
