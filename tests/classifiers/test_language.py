"""The language of a text: script, small words, then py3langid; the declared one where the text agrees."""

import pytest

from classifiers.language import detect

TEXTS = [
    ("en", "Fighters have taken the ridge above the town, residents said by telephone"),
    ("en", "Two dead as shells land near the market"),
    ("fr", "Les combattants ont pris la colline qui domine la cité, selon des habitants"),
    ("fr", "Au moins deux morts dans une embuscade sur la route de Kibumba"),
    ("sw", "Wapiganaji wameuteka mlima ulio juu ya mji huo, wakaazi wamesema kwa simu"),
    ("sw", "Watu wawili wauawa baada ya makombora kuanguka karibu na soko"),
    ("es", "Los combatientes tomaron la colina que domina el pueblo, según los vecinos"),
    ("pt", "Os combatentes tomaram a colina que domina a vila, segundo moradores não identificados"),
    ("ar", "استولى المقاتلون على التلة المطلة على البلدة"),
    ("ru", "Боевики заняли высоту над городом, сообщили жители"),
    ("uk", "Бійці зайняли висоту над містом, повідомили мешканці, їхні сім'ї тікають"),
    ("fa", "گروه مسلح چند پاسگاه مرزی را گرفت و پزشکان گریختند"),
    ("ur", "مسلح افراد نے چوکی پر حملہ کیا، دو اہلکار ہلاک ہو گئے"),
    ("ln", "Basoda bakimi mpo ete batomboki bazalaki pene na engumba, balobi bato ya mboka"),
    ("rn", "Inyeshamba zafashe umusozi uri hejuru y'igisagara, abanyagihugu bavuga ivyabaye cane"),
    ("rw", "Inyeshyamba zafashe umusozi uri hejuru y'umujyi, abaturage bavuga ibyabaye cyane"),
    ("de", "Kämpfer haben die Anhöhe über der Stadt eingenommen, wie Bewohner nach den Gefechten sagten"),
    ("it", "I combattenti hanno preso la collina che domina il paese, secondo gli abitanti della zona"),
    ("tr", "Savaşçılar kasabaya bakan tepeyi ele geçirdi ve bir köprü daha sonra kapatıldı"),
    ("he", "לוחמים השתלטו על הגבעה"),
    ("am", "ታጣቂዎች ከተማዋን ተቆጣጠሩ"),
    ("zh", "武装人员占领了该镇"),
    ("ja", "武装勢力が町を占拠した"),
    ("my", "လက်နက်ကိုင်များ မြို့ကို သိမ်းပိုက်"),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_tells_the_language_undeclared(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_believes_a_declared_language_that_agrees(language: str, text: str) -> None:
    assert detect(text, language) == language


@pytest.mark.parametrize(("language", "text"), [row for row in TEXTS if row[0] not in ("fr", "de")])
def test_a_text_speaks_louder_than_a_wrong_declaration(language: str, text: str) -> None:
    assert detect(text, "fr") == language


@pytest.mark.parametrize(
    ("declared", "expected"), [("fr", "fr"), ("fr-CD", "fr"), ("fra", "fr"), ("SW_ke", "sw"), (None, "en"), ("?", "en")]
)
def test_names_alone_have_the_declared_language(declared: str | None, expected: str) -> None:
    assert detect("Goma : M23", declared) == expected


def test_kin_languages_are_told_apart_against_the_declaration() -> None:
    assert detect("Бойцы вышли из посёлка, сообщили жители: мы это видели", "uk") == "ru"
    assert detect("Бійці вийшли із селища, їх бачили мешканці", "ru") == "uk"


def test_a_declared_kin_language_without_letters_of_its_own_is_believed() -> None:
    assert detect("Войници навлязоха в града", "bg") == "bg"


def test_a_quoted_foreign_name_does_not_turn_an_english_text() -> None:
    text = 'The group, which calls itself "Les Gardiens de la Vallée", said it had left the town'
    assert detect(text) == "en"


def test_an_arabic_name_does_not_turn_a_french_text() -> None:
    assert detect("Le mouvement Ansar (أنصار) a quitté la ville de Kidal avec ses hommes", None) == "fr"


@pytest.mark.parametrize("text", ["", "\n", "123 456", "🙂🙂", "\ud800", "\x00", "́́", "a" * 100_000, "M23"])
@pytest.mark.parametrize("declared", [None, "", "xx", "sw", "zz-ZZ-zz", "\ud800"])
def test_never_raises(text: str, declared: str | None) -> None:
    code = detect(text, declared)
    assert len(code) == 2
    assert code.isascii()
