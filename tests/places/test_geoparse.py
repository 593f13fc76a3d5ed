"""What a name means among others."""

import pytest

from places.locate import Locator
from places.types import Precision


def meant(locator: Locator, text: str, name: str, language: str = "en") -> tuple[str, str | None]:
    start = text.index(name)
    (answer,) = locator.geoparse(text, language, [(start, start + len(name))])
    assert answer is not None
    return answer.place.country, answer.place.admin1


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Talks were held in Nairobi.", "Nairobi", "KE", None),
        ("A flight left Kampala for Kisangani.", "Kisangani", "CD", "Tshopo"),
        ("Georgia protested; Tbilisi recalled its envoy.", "Georgia", "GE", None),
        ("A court in Georgia, near Atlanta and Macon, ruled.", "Georgia", "US", "Georgia"),
        ("Police in Paris, Texas, made an arrest.", "Paris", "US", "Texas"),
        ("The mayor of Paris spoke.", "Paris", "FR", None),
        ("Crews from Bowling Green and Elizabethtown went to Lexington.", "Lexington", "US", "Kentucky"),
        ("He moved from Columbus to Athens, Ohio.", "Athens", "US", "Ohio"),
        ("Walikale and Masisi are calm.", "Masisi", "CD", "North Kivu"),
        ("A man from Ky. was fined.", "Ky.", "US", "Kentucky"),
        ("Colombia, Cuba and Mexico object.", "Colombia", "CO", None),
        ("Egypt closed the crossing.", "Egypt", "EG", None),
        ("European leaders met.", "European", "XZ", None),
    ],
)
def test_given_mentions_are_resolved(locator: Locator, text: str, name: str, country: str, admin1: str | None) -> None:
    found_country, found_admin1 = meant(locator, text, name)
    assert found_country == country
    assert admin1 is None or found_admin1 == admin1


def test_one_answer_for_each_given_span_in_order(locator: Locator) -> None:
    text = "Goma lies on a lake; Bukavu too. Zzyzzqx is unknown."
    spans = [(21, 27), (0, 4), (33, 40)]
    answers = locator.geoparse(text, "en", spans)
    assert [answer and answer.place.name for answer in answers][:2] == ["Bukavu", "Goma"]
    assert [answer and (answer.mention.start, answer.mention.end) for answer in answers] == spans
    unknown = answers[2]
    assert unknown is not None
    assert unknown.confidence <= 0.2
    assert "not known" in unknown.reason


def test_nothing_known_anywhere_gives_no_answer(locator: Locator) -> None:
    assert locator.geoparse("Zzyzzqx.", "en", [(0, 7)]) == [None]


def test_an_inflected_mention_is_resolved(locator: Locator) -> None:
    text = "Бои идут под Бахмутом"
    (answer,) = locator.geoparse(text, "ru", [(13, 21)])
    assert answer is not None
    assert answer.place.country == "UA"


def test_the_kind_named_beside_a_name_decides(locator: Locator) -> None:
    town = locator.geoparse("The town of Walikale was calm.", "en")
    territory = locator.geoparse("Walikale territory was calm.", "en")
    assert town[0] is not None
    assert town[0].place.precision is Precision.PLACE
    assert territory[0] is not None
    assert territory[0].place.precision is Precision.ADMIN2


def test_a_name_of_several_places_in_one_state_tells_the_rivals(locator: Locator) -> None:
    (answer,) = locator.geoparse("A fire broke out in Springfield.", "en")
    assert answer is not None
    assert answer.confidence < 0.7
    assert {place.admin1 for place in answer.alternatives} - {answer.place.admin1}
    assert answer.reason
