"""The lexicon finds concepts by words of several languages."""

from pathlib import Path

import pytest

from classifiers.lexicon import ConceptName, Lexicon, default_lexicon
from errors import InvalidInput


def names(text: str, language: str | None) -> set[ConceptName]:
    return {c.name for c in default_lexicon().concepts(text, language)}


def lexicon(folder: Path, **languages: str) -> Lexicon:
    for language, content in languages.items():
        (folder / f"{language}.yaml").write_text(content, "utf-8")
    return Lexicon.load(folder)


WORDS = [
    ("en", "Fighters overran the garrison at dawn", {"capture", "base"}),
    ("en", "The column rolled into the provincial capital", {"enter", "town"}),
    ("en", "Government soldiers drove out the insurgents", {"retake", "troops", "rebel"}),
    ("en", "Mortars landed beside the maternity ward, nurses said", {"shell", "hospital", "medic", "say"}),
    ("en", "Warplanes pounded the market; a drone struck the dam", {"airstrike", "shell", "market", "drone", "water"}),
    ("en", "Gunmen kidnapped twelve pupils from the school", {"gunmen", "abduct", "school"}),
    ("en", "Thousands fled as the clinic came under fire", {"flee", "clinic", "under_fire"}),
    ("en", "The junta imposed a curfew and shut the airport", {"coup", "curfew", "close", "airport"}),
    ("en", "Both sides agreed to extend the truce", {"agree", "extend", "truce"}),
    ("en", "Talks collapsed after the rebels walked out of the negotiations", {"collapse_talks"}),
    ("en", "Army denies losing the town", {"army", "deny", "town"}),
    ("en", "Reservists are called up amid a troop build-up", {"call_up", "reinforce"}),
    ("fr", "Les insurgés se sont emparés de la cité", {"rebel", "capture", "town"}),
    ("fr", "La localité est tombée aux mains des miliciens", {"capture", "town", "militia"}),
    ("fr", "L'hôpital a essuyé des tirs", {"hospital", "under_fire"}),
    ("fr", "Des bandits armés ont pillé le dépôt du PAM", {"gunmen", "loot", "aid_worker"}),
    ("fr", "L’armée dément avoir perdu le contrôle de la ville", {"army", "deny", "lose", "town"}),
    ("fr", "Les habitants ont fui vers la brousse", {"resident", "flee"}),
    ("fr", "Reprise des combats malgré la trêve", {"violate"}),
    ("fr", "Le couvre-feu est prolongé", {"curfew", "extend"}),
    ("fr", "Les casques bleus se retirent de leur base", {"un", "withdraw", "base"}),
    ("sw", "Waasi wateka mji wa Bulewa, wakaazi wakimbia", {"rebel", "capture", "town", "resident", "flee"}),
    ("sw", "Kijiji hicho kilitekwa na wanamgambo", {"village", "capture", "militia"}),
    ("sw", "Jeshi lakanusha kupoteza udhibiti wa uwanja wa ndege", {"army", "deny", "lose", "airport"}),
    ("sw", "Zahanati ilipigwa risasi, wauguzi wawili wajeruhiwa", {"clinic", "medic", "injure"}),
    ("sw", "Walioshuhudia wanasema watu wenye silaha waliwateka nyara", {"say", "gunmen", "abduct"}),
    ("es", "Los rebeldes se apoderaron de la localidad", {"rebel", "capture", "town"}),
    ("es", "El ejército niega haber perdido el control del aeropuerto", {"army", "deny", "lose", "airport"}),
    ("es", "Hombres armados secuestraron a dos enfermeras", {"gunmen", "abduct", "medic"}),
    ("pt", "Insurgentes incendiaram casas e os moradores fugiram", {"rebel", "burn", "house", "resident", "flee"}),
    ("pt", "O cessar-fogo foi prorrogado", {"truce", "extend"}),
    ("pt", "Rebeldes tomaram o controlo da vila", {"rebel", "capture", "town"}),
    ("ar", "سيطر المتمردون على البلدة وفر السكان", {"capture", "rebel", "town", "flee", "resident"}),
    ("ar", "وقصفت الطائرات المستشفى", {"shell", "hospital"}),
    ("ar", "الجيش ينفي سقوط المدينة", {"army", "deny", "capture"}),
    ("ru", "Повстанцы захватили аэродром и отбили село", {"rebel", "capture", "airport", "retake", "village"}),
    ("ru", "Больница попала под обстрел, трое раненых", {"hospital", "under_fire", "injure"}),
    ("ru", "Армия опровергла потерю города", {"army", "deny", "town"}),
    ("en", "The garrison town falls and fighters hoist their flag", {"capture", "town"}),
    ("en", "Looters broke into the diocese and ransacked a bakery", {"loot", "church", "market"}),
    ("en", "Envoys slammed the door and quit the talks", {"collapse_talks"}),
    ("fr", "L'armée a perdu la ville, le diocèse a été saccagé", {"lose", "town", "church", "loot"}),
    ("fr", "La délégation suspend sa participation aux discussions", {"collapse_talks"}),
    ("sw", "Wajumbe wajiondoa kwenye mazungumzo ya amani", {"collapse_talks"}),
    ("es", "Los milicianos izaron su bandera y saquearon la panadería", {"capture", "loot", "market"}),
    ("pt", "A vila caiu e os soldados abandonaram as posições", {"town", "troops", "lose"}),
    ("ar", "انسحبت القوات من البلدة ونهبت المخازن", {"loot", "withdraw"}),
    ("ru", "Делегация хлопнула дверью, военные оставили город", {"collapse_talks", "lose", "town"}),
    ("ln", "Basimba minduki babomi bato mitano na mboka", {"gunmen", "kill", "village"}),
    ("rn", "Inyeshamba zigaruriye igisagara, abanyagihugu barahunga", {"rebel", "capture", "town", "flee"}),
]


@pytest.mark.parametrize(("language", "text", "expected"), WORDS)
def test_finds_what_the_words_stand_for(language: str, text: str, expected: set[str]) -> None:
    assert expected <= names(text, language)


def test_says_where_and_in_which_form() -> None:
    text = "Hier, les rebelles ont capturé Bukumbirwa"
    found = {c.name: c for c in default_lexicon().concepts(text, "fr")}
    capture = found[ConceptName.CAPTURE]
    assert (capture.form, text[capture.start : capture.end]) == ("capturé", "capturé")


def test_prefers_the_longest_match() -> None:
    found = default_lexicon().concepts("A no fly zone over the military base", "en")
    assert [(c.name, c.form) for c in found] == [
        (ConceptName.CLOSE, "no fly zone"),
        (ConceptName.BASE, "military base"),
    ]


def test_does_not_join_words_over_a_stop() -> None:
    assert ConceptName.RETAKE not in names("They won. Back home, families cheered", "en")


@pytest.mark.parametrize("text", ["UN convoy hit", "U.N. convoy hit"])
def test_reads_acronyms(text: str) -> None:
    assert ConceptName.UN in names(text, "en")


def test_acronyms_must_be_in_capitals() -> None:
    assert ConceptName.UN not in names("un convoy", "en")


def test_digits_of_names_count() -> None:
    assert ConceptName.REBEL in names("M23 statement", "en")
    assert ConceptName.REBEL not in names("M62 motorway", "en")


INNOCENT = [
    ("en", "He is ultimately free of the set on the hill", {"ultimatum", "burn", "abduct"}),
    ("fr", "La bourse monte, un vol à l'étalage, le but est clair", {"loot", "rape", "kill", "sport"}),
    ("sw", "Zamani mshambuliaji huyo alikuwa na motisha", {"attack", "disaster", "threaten", "gunmen"}),
    ("sw", "Serikali ya Hamas na utawala wake daima", {"flee", "future", "claim"}),
    ("ar", "المنتخب الأفريقي أمام الصين في واشنطن", {"attack", "crime", "mosque"}),
    ("en", "He died of a heart attack after a cyber attack on the bank", {"attack"}),
    ("en", "The striker captured the league title after a penalty shootout", {"capture", "clash"}),
    ("es", "Un ataque cardíaco y un ataque informático", {"attack"}),
    ("ru", "Судан восстановит усилия и возместит судьбу", {"court", "mutiny", "reinforce"}),
]


@pytest.mark.parametrize(("language", "text", "unwanted"), INNOCENT)
def test_like_words_are_kept_apart(language: str, text: str, unwanted: set[str]) -> None:
    assert not unwanted & names(text, language)


@pytest.mark.parametrize("language", [None, "und", "xx"])
def test_an_unknown_language_reads_as_english_and_french(language: str | None) -> None:
    assert {ConceptName.CAPTURE, ConceptName.ARMY} <= names("Seized, dit l'armée", language)


@pytest.mark.parametrize("text", ["", " ", "\n", "🙂", "\u0301\u0301", "a" * 100_000, "(((", "١٢٣ ٪"])
def test_never_fails(text: str) -> None:
    assert default_lexicon().concepts(text, None) == []


def test_same_text_gives_the_same_concepts_again() -> None:
    text = "Shelling of Kherson kills two, wounds nine"
    fresh = Lexicon.load()
    assert fresh.concepts(text, "en") == fresh.concepts(text, "en") == default_lexicon().concepts(text, "en")


def test_patterns_know_stems_choices_gaps_and_parts(tmp_path: Path) -> None:
    words = lexicon(
        tmp_path, en="parts:\n  the: (the|a)?\nKILL: slay*, put _ to <the> sword, (end|close the) pass(|es)"
    )
    for text in ("slaying", "put them to the sword", "put all to sword", "end passes", "close the pass"):
        assert [c.form for c in words.concepts(text, "en")] == [text]
    assert words.concepts("put to sword", "en") == []


@pytest.mark.parametrize(
    "content", ["KILL: (a", "KILL: a*b", "KILL: <none>x", "KILL: [a]", "NOSUCH: a", "- a", "KILL: 'a", "KILL: a*"]
)
def test_a_file_that_does_not_hold_is_named(tmp_path: Path, content: str) -> None:
    with pytest.raises(InvalidInput, match=r"en\.yaml"):
        lexicon(tmp_path, en=content)
