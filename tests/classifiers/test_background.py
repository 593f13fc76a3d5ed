"""Clauses that tell of earlier events are found, and the news beside them is left alone."""

from datetime import UTC, datetime

import pytest

from classifiers.background import recalled, spans

PUBLISHED = datetime(2025, 3, 20, 8, 0, tzinfo=UTC)

# «...»: background
MARKED = [
    (
        "en",
        "Rebels enter Walikale\nThe group,« which captured Goma in January and Bukavu in February», met no resistance",
    ),
    ("en", "M23 took Walikale on Wednesday «after taking Nyabibwe last month»"),
    ("en", "«Following the fall of Goma in January and Bukavu in February», fighters pressed on to Pinga"),
    ("en", "Insurgents «who seized Goma in January» enter Walikale"),
    ("en", "«After seizing Goma earlier this year», the M23 has entered Walikale"),
    ("en", "Rebels press west\n«The group already controls Goma and Bukavu». It entered Mubi on Tuesday."),
    ("en", "Rebels press west\n«The M23 has taken wide parts of South Kivu since January». Residents fled."),
    ("en", "Families flee Walikale «two months after the fall of Goma»"),
    ("en", "Goma, «captured in January», was calm"),
    ("en", "Shells hit Kupiansk, a city «liberated by Ukraine in September 2022»"),
    ("en", "Militants raid a base\n«The post was overrun three years ago»."),
    ("en", "Hundreds march on «the anniversary of the Rawagede killings»"),
    ("en", "Aid reaches El Fasher for the first time «since the war began»"),
    (
        "fr",
        "Le M23 entre à Walikale\n«Ils contrôlent déjà Goma, tombée fin janvier, et Bukavu, prise en février».",
    ),
    ("fr", "Walikale est tombée mercredi, «deux mois après la chute de Goma»"),
    ("fr", "«Après avoir pris Goma en janvier», le M23 est entré à Walikale"),
    ("fr", "Des tirs à Bukavu, ville «prise par le M23 en février»"),
    ("fr", "Les insurgés,« qui avaient conquis Kidal l'année dernière», quittent la ville"),
    ("sw", "Waasi wateka Walikale «baada ya kuuteka mji wa Goma mwezi Januari»"),
    ("sw", "M23 yaingia Walikale\nWaasi hao «walioteka Goma mwezi Januari na Bukavu mwezi Februari» wamesonga mbele"),
    ("sw", "Mji wa Goma, «uliotekwa Januari», umetulia"),
    ("sw", "Watu wakimbia Walikale «miezi miwili baada ya Goma kutekwa»"),
    ("es", "El M23 entra en Walikale\nEl grupo,« que capturó Goma en enero», avanza sin resistencia"),
    ("es", "Disparos en Goma, «tomada por los rebeldes en enero»"),
    ("pt", "O M23 entra em Walikale\nO grupo,« que capturou Goma em janeiro», não encontrou resistência"),
    ("pt", "Tiros em Bukavu, «tomada pelos rebeldes em fevereiro»"),
    ("ar", "المتمردون يدخلون واليكالي\nالحركة «التي سيطرت على غوما في يناير» تتقدم"),
    ("ru", "М23 вошли в Валикале\nПовстанцы, «которые захватили Гому в январе», продвигаются"),
]

NEWS = [
    ("en", "Rebels captured Walikale on Wednesday, residents say"),
    ("en", "On 19 March fighters entered Walikale"),
    ("en", "Fighters entered Walikale\nThe town fell on 18 March after two days of clashes."),
    ("en", "Army retakes Masisi after capturing the heights above it on Monday"),
    ("en", "Residents flee Walikale a day after rebels entered"),
    ("en", "Elections are planned for December\nVoters may stay home, officials said."),
    ("en", "Jets hit Idlib\nThe strikes answer last week's attack on a patrol, the ministry said."),
    ("en", "Goma was captured in January"),
    ("fr", "Le M23 est entré mercredi à Walikale, selon des habitants"),
    ("fr", "Les rebelles ont pris la cité le 19 mars"),
    ("sw", "Waasi wameuteka mji wa Walikale siku ya Jumatano"),
    ("sw", "Waasi waingia Walikale tarehe 19 Machi"),
    ("es", "Los rebeldes entraron el miércoles en Walikale"),
    ("pt", "Os rebeldes entraram na quarta-feira em Walikale"),
    ("ar", "دخل المتمردون بلدة واليكالي يوم الأربعاء"),
    ("ru", "Повстанцы вошли в Валикале в среду"),
]


def marked(text: str, language: str, published: datetime | None = PUBLISHED) -> str:
    out, reached = "", 0
    for start, end in spans(text, language, published):
        out += text[reached:start] + "«" + text[start:end] + "»"
        reached = end
    return out + text[reached:]


@pytest.mark.parametrize(("language", "expected"), MARKED)
def test_finds_what_happened_earlier(language: str, expected: str) -> None:
    text = expected.replace("«", "").replace("»", "")
    assert marked(text, language).replace("« ", " «") == expected.replace("« ", " «")


@pytest.mark.parametrize(("language", "text"), NEWS)
def test_leaves_the_news_alone(language: str, text: str) -> None:
    assert spans(text, language, PUBLISHED) == ()


def test_a_month_close_to_publication_is_news() -> None:
    text = "Shells land near Sake\nTwo were hurt in a blast in January."
    assert spans(text, "en", datetime(2025, 2, 3, tzinfo=UTC)) == ()
    assert spans(text, "en", PUBLISHED) != ()


def test_a_date_to_come_is_no_background() -> None:
    assert spans("Talks resume\nThe mission, which ends on 12 June, will shrink.", "en", PUBLISHED) == ()


def test_a_late_month_of_last_year_is_background() -> None:
    text = "Talks resume\nThe mission, which began in November, will shrink."
    assert [text[start:end].strip() for start, end in spans(text, "en", PUBLISHED)] == ["which began in November"]


def test_a_day_is_news_where_publication_is_unknown() -> None:
    assert spans("Clashes near Sake\nA patrol was hit on 27 January.", "en") == ()
    assert spans("Clashes near Sake\nA patrol was hit in January.", "en") != ()


@pytest.mark.parametrize("language", ["xx", "", None, "ln"])
def test_an_unknown_language_has_no_background(language: str | None) -> None:
    assert spans("Goma fell in January", language, PUBLISHED) == ()


@pytest.mark.parametrize("language", ["en", "fr", "sw", "es", "pt", "ar", "ru"])
@pytest.mark.parametrize(
    "text", ["", "\n", "...", "\ud800", "in January in January, after after 2012", "31 2 0 99 May " * 50]
)
def test_spans_lie_in_the_text_in_order_and_apart(language: str, text: str) -> None:
    reached = -1
    for start, end in spans(text, language, PUBLISHED):
        assert reached < start < end <= len(text)
        reached = end


# «...»: the event just before the one told
RECALLED = [
    ("en", "Two wounded in new shooting «hours after a gunman killed seven outside a temple»"),
    ("en", "«A day after rebels took Mubi», shells hit Walikale"),
    ("en", "Jets bomb Sake «in retaliation for the raid on Masisi»\nNobody was hurt."),
    ("en", "Police search a house «following an attack on two churches», officials say"),
    ("en", "Rebels take Mubi\nThe airstrike was followed by artillery fire."),
    ("en", "Families fled after soldiers left Mubi"),
    ("fr", "Deux blessés à Goma «quelques heures après une fusillade qui a fait sept morts»"),
    ("fr", "Raids sur Sake «en représailles à l'attaque de Masisi»"),
    ("sw", "Watu wawili wajeruhiwa Goma «saa chache baada ya shambulio lililoua saba»"),
    ("es", "Dos heridos en Goma «horas después de un tiroteo que mató a siete»"),
    ("pt", "Dois feridos em Goma «horas depois de um tiroteio que matou sete»"),
    ("ar", "إصابة شخصين في غوما «بعد ساعات من هجوم قتل سبعة»"),
    ("ru", "Двое ранены в Гоме «через несколько часов после нападения», где погибли семеро"),
    ("xx", "Two wounded hours after a shooting"),
]


@pytest.mark.parametrize(("language", "expected"), RECALLED)
def test_finds_the_event_just_before_the_one_told(language: str, expected: str) -> None:
    text = expected.replace("«", "").replace("»", "")
    out = text
    for start, end in reversed(recalled(text, language)):
        out = out[:start] + "«" + out[start:end] + "»" + out[end:]
    assert out == expected
