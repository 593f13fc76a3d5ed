"""Where truces and talks lie."""

from dataclasses import replace

import pytest

from places.gazetteer import Gazetteer
from places.locate import Locator
from places.talks import in_conflict
from places.types import Located, Mention, Place, Precision, Resolution
from tests.builders import make_place

TITLE = "Rebels declare a truce"
TOWN = make_place()


def found(place: Place = TOWN, start: int = 40) -> Resolution:
    return Resolution(Mention(start, start + 8, place.name), place, 0.5, "as named")


def lifted(located: Located, gazetteer: Gazetteer, home: str | None = None) -> Resolution:
    main = in_conflict(located, len(TITLE), home, gazetteer).main
    assert main is not None
    return main


def test_a_town_named_in_passing_gives_way_to_its_country(locator: Locator) -> None:
    located = Located(found())
    result = in_conflict(located, len(TITLE), None, locator.gazetteer)
    assert result.main is not None
    assert (result.main.place.precision, result.main.place.country) == (Precision.COUNTRY, "CD")
    assert result.others == (located.main,)


@pytest.mark.parametrize(("start", "shown"), [(12, 12), (60, 40)])
def test_the_country_is_shown_where_the_title_names_it(locator: Locator, start: int, shown: int) -> None:
    country = locator.gazetteer.country("CD")
    assert country is not None
    assert lifted(Located(found(), (found(country, start),)), locator.gazetteer).mention.start == shown


def test_or_to_the_province_that_the_text_names(locator: Locator) -> None:
    province = make_place(id="a1:CD/North Kivu", name="North Kivu", precision=Precision.ADMIN1, admin2=None)
    assert lifted(Located(found(), (found(province, 60),)), locator.gazetteer).place == province
    other = replace(province, id="a1:CD/Ituri", name="Ituri", admin1="Ituri")
    assert lifted(Located(found(), (found(other, 60),)), locator.gazetteer).place.precision is Precision.COUNTRY


def test_a_town_of_the_title_stays(locator: Locator) -> None:
    located = Located(found(start=5))
    assert in_conflict(located, len(TITLE), None, locator.gazetteer) is located


def test_so_does_one_that_both_title_and_summary_name(locator: Locator) -> None:
    located = Located(found(), (found(start=5),))
    assert in_conflict(located, len(TITLE), None, locator.gazetteer) is located


def test_a_venue_abroad_gives_way_to_where_the_group_is_at_home(locator: Locator) -> None:
    luanda = make_place(id="gn:2240449", name="Luanda", country="AO", admin1="Luanda", admin2=None)
    main = lifted(Located(found(luanda, start=5)), locator.gazetteer, "CD")
    assert (main.place.precision, main.place.country) == (Precision.COUNTRY, "CD")


def test_a_country_and_nowhere_stay(locator: Locator) -> None:
    country = make_place(id="c:CD", name="DR Congo", precision=Precision.COUNTRY, admin1=None, admin2=None)
    for located in (Located(found(country)), Located(None)):
        assert in_conflict(located, len(TITLE), "CD", locator.gazetteer) is located
