"""The day of the event as texts of seven languages say it, told on Wednesday 19 March 2025."""

from datetime import UTC, date, datetime

import pytest

from incidents.day_words import DAY_WORDS
from incidents.happened import happened_on, moment_of

PUBLISHED = datetime(2025, 3, 19, 18, 4, tzinfo=UTC)
MARCH = [date(2025, 3, 1 + day) for day in range(31)]

TODAY, TUESDAY, MONDAY, SUNDAY = MARCH[18], MARCH[17], MARCH[16], MARCH[15]
LAST_WEDNESDAY, LAST_FRIDAY = MARCH[11], MARCH[13]

SAID = [
    ("en", "Rebels entered Walikale on Tuesday", TUESDAY),
    ("en", "Tuesday's raid killed four", TUESDAY),
    ("en", "Rebels entered Walikale yesterday", TUESDAY),
    ("en", "Shells fell the day before yesterday", MONDAY),
    ("en", "Rebels entered Walikale today", TODAY),
    ("en", "Rebels entered Walikale on Wednesday morning", TODAY),
    ("en", "A market was hit last Wednesday", LAST_WEDNESDAY),
    ("en", "A market was hit last Friday", LAST_FRIDAY),
    ("en", "A market was hit three days ago", SUNDAY),
    ("en", "A market was hit on March 17", MONDAY),
    ("en", "A market was hit on 17th of March 2025", MONDAY),
    ("en", "A market was hit on Mar. 17", None),
    ("fr", "Le M23 est entré mardi à Walikale", TUESDAY),
    ("fr", "Le M23 est entré hier soir à Walikale", TUESDAY),
    ("fr", "Des obus sont tombés avant-hier", MONDAY),
    ("fr", "L'attaque a eu lieu vendredi dernier", LAST_FRIDAY),
    ("fr", "L'attaque a eu lieu il y a trois jours", SUNDAY),
    ("fr", "L'attaque a eu lieu le 17 mars", MONDAY),
    ("es", "Los rebeldes entraron el martes en Walikale", TUESDAY),
    ("es", "Los rebeldes entraron ayer en Walikale", TUESDAY),
    ("es", "El ataque ocurrió anteayer", MONDAY),
    ("es", "El ataque ocurrió hace tres días", SUNDAY),
    ("es", "El ataque ocurrió el viernes pasado", LAST_FRIDAY),
    ("es", "El ataque ocurrió el 17 de marzo de 2025", MONDAY),
    ("pt", "Rebeldes entraram na terça-feira em Walikale", TUESDAY),
    ("pt", "Rebeldes entraram nesta terça em Walikale", TUESDAY),
    ("pt", "Rebeldes entraram ontem em Walikale", TUESDAY),
    ("pt", "O ataque ocorreu anteontem", MONDAY),
    ("pt", "O ataque ocorreu há três dias", SUNDAY),
    ("pt", "O ataque ocorreu em 17 de março", MONDAY),
    ("pt", "A segunda fase do ataque", None),
    ("sw", "Waasi waliingia Walikale jana", TUESDAY),
    ("sw", "Waasi waliingia Walikale juzi", MONDAY),
    ("sw", "Waasi waliingia Walikale siku ya Jumanne", TUESDAY),
    ("sw", "Shambulio lilitokea Ijumaa iliyopita", LAST_FRIDAY),
    ("sw", "Shambulio lilitokea siku tatu zilizopita", SUNDAY),
    ("sw", "Shambulio lilitokea tarehe 17 Machi", MONDAY),
    ("sw", "Mji ulitekwa mwaka jana", None),
    ("ar", "دخل المتمردون واليكالي يوم الثلاثاء", TUESDAY),
    ("ar", "دخل المتمردون واليكالي أمس", TUESDAY),
    ("ar", "سقطت قذائف أول أمس", MONDAY),
    ("ar", "وقع الهجوم قبل يومين", MONDAY),
    ("ar", "وقع الهجوم الجمعة الماضي", LAST_FRIDAY),
    ("ar", "وقع الهجوم في ١٧ مارس", MONDAY),
    ("ru", "Повстанцы вошли в Валикале во вторник", TUESDAY),
    ("ru", "Повстанцы вошли в Валикале вчера", TUESDAY),
    ("ru", "Обстрел был позавчера", MONDAY),
    ("ru", "Обстрел был три дня назад", SUNDAY),
    ("ru", "Обстрел был в прошлую пятницу", LAST_FRIDAY),
    ("ru", "Обстрел произошёл 17 марта", MONDAY),
]


@pytest.mark.parametrize(("language", "text", "expected"), SAID, ids=[f"{code} {text}" for code, text, _ in SAID])
def test_the_day_is_what_the_text_says(language: str, text: str, expected: date | None) -> None:
    assert happened_on(text, language, PUBLISHED) == expected


NOT_SAID = [
    ("en", "The army said on Tuesday that rebels entered Walikale"),
    ("en", "Talks are planned for next Monday"),
    ("en", "The truce holds until Tuesday"),
    ("en", "Troops will arrive on Saturday"),
    ("en", "The town fell on 27 January"),
    ("en", "The ultimatum runs out on 25 March"),
    ("en", "The drill is on 31 February"),
    ("fr", "L'armée a annoncé mardi la perte de Walikale"),
    ("fr", "La trêve tient jusqu'à lundi"),
    ("es", "El ejército informó el martes de combates"),
    ("pt", "O exército informou na terça-feira sobre combates"),
    ("sw", "Jeshi lilitangaza Jumanne kuwa waasi wameingia"),
    ("ar", "أعلن الجيش أنه انسحب حتى الثلاثاء"),
    ("ru", "Перемирие продлится до вторника"),
    ("ln", "Bato bakimi lobi"),
]


@pytest.mark.parametrize(("language", "text"), NOT_SAID, ids=[f"{code} {text}" for code, text in NOT_SAID])
def test_the_day_of_a_statement_a_plan_or_long_ago_is_not_the_events(language: str, text: str) -> None:
    assert happened_on(text, language, PUBLISHED) is None


def test_the_day_of_another_event_is_not_this_ones() -> None:
    text = "Protests over Tuesday's strike on Goma"
    assert happened_on(text, "en", PUBLISHED) == TUESDAY
    assert happened_on(text, "en", PUBLISHED, [(9, len(text))]) is None


def test_contradictory_days_decide_nothing_and_the_first_sentence_with_a_day_decides() -> None:
    assert happened_on("Rebels entered on Monday or on Tuesday", "en", PUBLISHED) is None
    text = "Rebels enter Walikale\nThey came on Tuesday. On Monday shots were heard. Jan. 25 was quiet."
    assert happened_on(text, "en", PUBLISHED) == TUESDAY


def test_the_day_of_a_picture_is_not_the_events() -> None:
    text = "Raid kills leader\nSoldiers at a base on March 13, 2025. (Jane Doe/Agency) The raid was on Monday."
    assert happened_on(text, "en", PUBLISHED) == MONDAY


def test_a_date_turns_with_the_year() -> None:
    new_year = datetime(2025, 1, 2, 9, tzinfo=UTC)
    assert happened_on("Shells fell on 30 December", "en", new_year) == date(2024, 12, 30)
    assert happened_on("Shells fell on 30 December 2025", "en", new_year) is None


def test_an_earlier_day_is_taken_at_noon() -> None:
    assert moment_of(TUESDAY, PUBLISHED) == datetime(2025, 3, 18, 12, tzinfo=UTC)
    assert moment_of(TODAY, PUBLISHED) == moment_of(None, PUBLISHED) == PUBLISHED


def test_every_language_has_seven_weekdays_and_twelve_months() -> None:
    assert set(DAY_WORDS) == {"en", "fr", "es", "pt", "sw", "ar", "ru"}
    assert all((len(words.weekdays), len(words.months)) == (7, 12) for words in DAY_WORDS.values())
