"""Negation, denial, hypothesis and history, in each language: the words are seen, the rules draw the consequence, and
the model believes a sentence less than the plain news it resembles."""

from datetime import UTC, datetime

import pytest

from classifiers.actors import find_actor
from classifiers.analysis import Analyst
from classifiers.background import spans
from classifiers.lexicon import ConceptName, default_lexicon
from classifiers.model import LinearModel
from classifiers.status import StatusFinding, find_status
from classifiers.status_model import default_status_model
from classifiers.taxonomy import Signal, Status
from classifiers.types import ArticleText

ANALYST = Analyst()
LANGUAGES = ("en", "fr", "sw", "es", "pt", "ar", "ru", "ln", "rn")

# language, concept, sentence
WORDS = [
    ("en", ConceptName.NEGATION, "No fighting was reported in the town"),
    ("fr", ConceptName.NEGATION, "Aucun combat n'a été signalé dans la ville"),
    ("sw", ConceptName.NEGATION, "Hakuna mapigano yaliyoripotiwa mjini"),
    ("es", ConceptName.NEGATION, "No hubo combates en la ciudad"),
    ("pt", ConceptName.NEGATION, "Não houve combates na cidade"),
    ("ar", ConceptName.NEGATION, "لم تقع اشتباكات في المدينة"),
    ("ru", ConceptName.NEGATION, "Боёв в городе не было"),
    ("ln", ConceptName.NEGATION, "Bitumba ezali te na mboka"),
    ("rn", ConceptName.NEGATION, "Nta ndwano zabaye mu gisagara"),
    ("en", ConceptName.IF, "If the town falls, thousands will flee"),
    ("fr", ConceptName.IF, "Si la ville tombe, des milliers fuiront"),
    ("sw", ConceptName.IF, "Iwapo mji utaanguka, maelfu watakimbia"),
    ("es", ConceptName.IF, "Si cae la ciudad, miles huirán"),
    ("pt", ConceptName.IF, "Caso a cidade caia, milhares fugirão"),
    ("ar", ConceptName.IF, "إذا سقطت المدينة سيفر الآلاف"),
    ("ru", ConceptName.IF, "Если город падёт, тысячи уйдут"),
    ("ln", ConceptName.IF, "Soki mboka ekwei, bato bakokima"),
    ("rn", ConceptName.IF, "Nimba igisagara gifashwe, abantu bazohunga"),
    ("en", ConceptName.PAST_REF, "The anniversary of the massacre is marked"),
    ("fr", ConceptName.PAST_REF, "L'anniversaire du massacre est célébré"),
    ("sw", ConceptName.PAST_REF, "Kumbukumbu ya mauaji yaadhimishwa"),
    ("es", ConceptName.PAST_REF, "Recuerdan el aniversario de la masacre"),
    ("pt", ConceptName.PAST_REF, "Assinalado o aniversário do massacre"),
    ("ar", ConceptName.PAST_REF, "إحياء ذكرى المجزرة"),
    ("ru", ConceptName.PAST_REF, "Годовщина резни отмечена молебном"),
    ("ln", ConceptName.PAST_REF, "Bakundoli bato oyo bakufaki mobu eleki"),
    ("rn", ConceptName.PAST_REF, "Icibutso c'ubwicanyi bwo mu 1993"),
]

DENIALS = [
    ("en", "The army denies that the town has fallen", "army"),
    ("fr", "Le gouvernement dément la chute de la ville", "gouvernement"),
    ("sw", "Jeshi la Congo lakanusha kupoteza mji", "Jeshi la Congo"),
    ("es", "El ejército niega haber perdido la ciudad", "ejército"),
    ("pt", "Exército nega ter perdido a cidade", "Exército"),
    ("ar", "الجيش ينفي سقوط المدينة", "الجيش"),
    ("ru", "Армия опровергает потерю города", "Армия"),
    ("ln", "Mampinga ewangani kokweya ya mboka", "Mampinga"),
    ("rn", "Igisirikare kirahakana ko igisagara cafashwe", "Igisirikare"),
]

THREATS = [
    ("en", "Army says it may strike the town if rebels stay"),
    ("fr", "L'armée menace de bombarder la ville"),
    ("sw", "Jeshi latishia kushambulia mji"),
    ("es", "El ejército amenaza con atacar la ciudad"),
    ("pt", "Exército ameaça atacar a cidade"),
    ("ar", "الجيش يهدد بمهاجمة المدينة"),
    ("ru", "Армия угрожает атаковать город"),
]

HISTORY = [
    ("en", "Goma falls quiet\nThe city, which rebels seized in January 2012, was calm.", "seized"),
    ("fr", "Goma est calme\nLa ville, que les rebelles ont prise en 2012, a rouvert ses écoles.", "prise"),
    ("sw", "Goma yatulia\nMji huo, uliotekwa na waasi mwaka 2012, umetulia.", "uliotekwa"),
    ("es", "Goma en calma\nLa ciudad, que los rebeldes tomaron en 2012, reabrió sus escuelas.", "tomaron"),
    ("pt", "Goma calma\nA cidade, que os rebeldes tomaram em 2012, reabriu as escolas.", "tomaram"),
    ("ar", "الهدوء يسود غوما\nالمدينة التي سيطر عليها المتمردون عام 2012 هادئة.", "سيطر"),
    ("ru", "В Гоме спокойно\nГород, который повстанцы захватили в 2012 году, открыл школы.", "захватили"),
]

# language, plain news, and the same as denied fact, as mere possibility and as history
TWINS = [
    (
        "en",
        "Rebels seize the town of Mavuno",
        "No rebels in the town of Mavuno, calm day",
        "What if rebels seized the town of Mavuno?",
        "Museum recalls how rebels seized the town of Mavuno in 1964",
    ),
    (
        "fr",
        "Les rebelles prennent la ville de Mavuno",
        "Pas de rebelles à Mavuno, journée calme",
        "Et si les rebelles prenaient la ville de Mavuno ?",
        "Un musée raconte comment les rebelles prirent la ville de Mavuno en 1964",
    ),
    (
        "sw",
        "Waasi wateka mji wa Mavuno",
        "Hakuna waasi mjini Mavuno, hali ni tulivu",
        "Je, itakuwaje iwapo waasi watateka mji wa Mavuno?",
        "Makumbusho yaeleza jinsi waasi walivyoteka mji wa Mavuno mwaka 1964",
    ),
    (
        "es",
        "Los rebeldes toman la ciudad de Mavuno",
        "Sin rebeldes en Mavuno, jornada tranquila",
        "¿Y si los rebeldes tomaran la ciudad de Mavuno?",
        "Un museo cuenta cómo los rebeldes tomaron la ciudad de Mavuno en 1964",
    ),
    (
        "pt",
        "Rebeldes tomam a cidade de Mavuno",
        "Sem rebeldes em Mavuno, dia calmo",
        "E se os rebeldes tomassem a cidade de Mavuno?",
        "Museu conta como os rebeldes tomaram a cidade de Mavuno em 1964",
    ),
    (
        "ar",
        "المتمردون يسيطرون على بلدة مافونو",
        "لا متمردين في بلدة مافونو والهدوء يسود",
        "ماذا لو سيطر المتمردون على بلدة مافونو؟",
        "متحف يروي كيف سيطر المتمردون على بلدة مافونو عام 1964",
    ),
    (
        "ru",
        "Повстанцы захватили город Мавуно",
        "Повстанцев в городе Мавуно нет, день прошёл спокойно",
        "Что, если повстанцы захватят город Мавуно?",
        "Музей рассказывает, как повстанцы захватили город Мавуно в 1964 году",
    ),
]


def status(language: str, title: str, label: Signal = Signal.TERRITORY_CAPTURED) -> StatusFinding:
    analysis = ANALYST.analyse(f"{title}\n", language)
    actor = find_actor(analysis.passage, analysis.mentions, analysis.concepts).actor
    return find_status(analysis, (label,), actor, default_status_model())


@pytest.mark.parametrize(("language", "concept", "sentence"), WORDS)
def test_the_words_are_seen(language: str, concept: ConceptName, sentence: str) -> None:
    assert concept in {found.name for found in default_lexicon().concepts(sentence, language)}


@pytest.mark.parametrize("concept", [ConceptName.NEGATION, ConceptName.IF, ConceptName.PAST_REF])
def test_every_language_has_its_sentence(concept: ConceptName) -> None:
    assert [language for language, of, _ in WORDS if of is concept] == list(LANGUAGES)


@pytest.mark.parametrize(("language", "title", "denier"), DENIALS)
def test_a_side_that_denies_in_the_title_is_a_denial(language: str, title: str, denier: str) -> None:
    found = status(language, title)
    assert (found.status, found.disputed, found.disputed_by) == (Status.DENIED, True, denier)


@pytest.mark.parametrize(("language", "title"), THREATS)
def test_what_may_come_is_a_warning(language: str, title: str) -> None:
    assert status(language, title, Signal.MOBILISATION).status is Status.WARNED


@pytest.mark.parametrize(("language", "text", "word"), HISTORY)
def test_what_was_is_background(language: str, text: str, word: str) -> None:
    at = text.index(word)
    assert any(start <= at < end for start, end in spans(text, language, datetime(2025, 3, 20, tzinfo=UTC)))


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return LinearModel.load()


@pytest.mark.parametrize(("language", "news", "negated", "supposed", "remembered"), TWINS)
def test_plain_news_is_believed_most(
    model: LinearModel, language: str, news: str, negated: str, supposed: str, remembered: str
) -> None:
    scores = model.score([ArticleText(title, "", language) for title in (news, negated, supposed, remembered)])
    told, *others = [score.relevance for score in scores]
    assert all(told > other for other in others), [round(score.relevance, 3) for score in scores]
