"""Who stands behind the main claim."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifiers.actors import find_actor
from classifiers.analysis import Analyst
from classifiers.corpus import LabelledItem
from classifiers.speech import Act, Role, Speech
from classifiers.status import StatusFinding, find_status
from classifiers.status_model import (
    STATUSES,
    StatusModel,
    StatusWeights,
    default_status_model,
    load_status,
    log_probabilities,
    save_status,
)
from classifiers.status_training import train_status
from classifiers.taxonomy import Signal, Status
from classifiers.types import ArticleText
from errors import InvalidInput

ANALYST = Analyst()
CAPTURE = (Signal.TERRITORY_CAPTURED,)
STRIKE = (Signal.REMOTE_VIOLENCE,)
BUILDUP = (Signal.MOBILISATION,)


def status(language: str, title: str, summary: str = "", labels: Sequence[Signal] = CAPTURE) -> StatusFinding:
    analysis = ANALYST.analyse(f"{title}\n{summary}", language)
    actor = find_actor(analysis.passage, analysis.mentions, analysis.concepts).actor
    return find_status(analysis, labels, actor, default_status_model())


def utterances(language: str, text: str) -> list[tuple[Act, Role, str]]:
    return [(u.act, u.role, u.speaker) for u in ANALYST.analyse(f"{text}\n", language).utterances]


@pytest.mark.parametrize(
    ("language", "title", "labels", "expected"),
    [
        ("en", "Russia says its troops have taken the village of Novoselivka", CAPTURE, Status.CLAIMED),
        ("en", "Rebels claim to have seized the town of Pinga", CAPTURE, Status.CLAIMED),
        ("en", "Rebels capture the town of Pinga after a night of fighting", CAPTURE, Status.REPORTED),
        ("en", "Shells hit a market, killing nine, local officials said", STRIKE, Status.REPORTED),
        ("en", "Russia denies Ukrainian claim to have retaken Robotyne", CAPTURE, Status.DENIED),
        ("en", "Iran threatens to strike ships in the strait", BUILDUP, Status.WARNED),
        ("en", "Army chief warns of an imminent attack on the capital", BUILDUP, Status.WARNED),
        ("en", "The army says it has lost control of the town to the rebels", CAPTURE, Status.CONFIRMED),
        ("en", "Kyiv confirms that its forces have withdrawn from the town", CAPTURE, Status.CONFIRMED),
        ("en", "The army denies that the town has fallen", CAPTURE, Status.DENIED),
        ("fr", "Le gouvernement dément la chute de la ville", CAPTURE, Status.DENIED),
        ("sw", "Jeshi la Congo lakanusha kupoteza mji", CAPTURE, Status.DENIED),
        ("fr", "L'armée affirme avoir repris la localité de Mubi", CAPTURE, Status.CLAIMED),
        ("fr", "Les rebelles entrent dans la cité, la population fuit", CAPTURE, Status.REPORTED),
        ("sw", "Urusi yadai kuteka kijiji cha Novoselivka", CAPTURE, Status.CLAIMED),
        ("sw", "Waasi waingia mjini, wakazi wakimbia", CAPTURE, Status.REPORTED),
        ("es", "Rusia afirma que sus tropas tomaron la aldea", CAPTURE, Status.CLAIMED),
        ("pt", "Rússia diz ter tomado a aldeia de Novoselivka", CAPTURE, Status.CLAIMED),
        ("ar", "الجيش يقول إنه سيطر على القرية", CAPTURE, Status.CLAIMED),
        ("ru", "Минобороны России заявило о взятии села Новоселовка", CAPTURE, Status.CLAIMED),
    ],
)
def test_status_of_the_main_claim(language: str, title: str, labels: Sequence[Signal], expected: Status) -> None:
    assert status(language, title, labels=labels).status is expected


@pytest.mark.parametrize(
    ("language", "title", "summary", "denier"),
    [
        ("en", "Rebels enter the town", "The Congolese army denied that the town was lost.", "Congolese army"),
        ("en", "Rebels say they hold the bridge", "Kyiv rejects the claim.", "Kyiv"),
        ("fr", "Le M23 entre dans la cité", "L'armée congolaise dément avoir perdu la ville.", "armée congolaise"),
        ("sw", "Waasi waingia mjini", "Jeshi la Congo limekanusha kupoteza mji huo.", "Jeshi la Congo"),
        ("es", "Los rebeldes toman la ciudad", "El ejército desmiente la pérdida.", "ejército"),
        ("ar", "المتمردون يدخلون المدينة", "ونفى الجيش سقوط المدينة.", "الجيش"),
        ("ru", "Повстанцы вошли в город", "Армия ДР Конго опровергает потерю города.", "Армия ДР Конго"),
    ],
)
def test_a_denial_disputes_whatever_the_status(language: str, title: str, summary: str, denier: str) -> None:
    found = status(language, title, summary)
    assert (found.disputed, found.disputed_by) == (True, denier)


def test_refused_aid_is_no_denial() -> None:
    assert not status("en", "Villagers denied access to water as siege tightens").disputed


def test_the_claimant_is_named() -> None:
    found = status("en", "Russia says its troops have taken the village of Novoselivka")
    assert (found.claimant, found.confirmed_by, found.disputed) == ("Russia", None, False)
    assert found.rule


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Rebels announce their withdrawal from Mavuno"),
        ("en", "M23 says it will withdraw from Mavuno"),
        ("fr", "Le M23 annonce son retrait de Mavuno"),
        ("es", "Los rebeldes anuncian su retirada de Mavuno"),
        ("sw", "Waasi watangaza kuondoka Mavuno"),
    ],
)
def test_a_withdrawal_that_is_only_promised_confirms_no_loss(language: str, title: str) -> None:
    found = status(language, title, labels=(Signal.DEESCALATION,))
    assert found.status is not Status.CONFIRMED
    assert found.confirmed_by is None


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "M23 confirms that it has withdrawn from Mavuno"),
        ("fr", "Le M23 confirme son retrait de Mavuno"),
    ],
)
def test_who_says_that_it_left_confirms_it(language: str, title: str) -> None:
    assert status(language, title).status is Status.CONFIRMED


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Fighters still in Mavuno despite announced pullout"),
        ("en", "Rebels have not left Mavuno, residents say"),
        ("fr", "Les rebelles toujours présents à Mavuno malgré l'annonce de leur retrait"),
        ("es", "Los rebeldes siguen en Mavuno pese a su anuncio"),
        ("sw", "Waasi hawajaondoka Mavuno"),
    ],
)
def test_a_withdrawal_that_was_not_made_is_denied(language: str, title: str) -> None:
    found = status(language, title, labels=(Signal.DEESCALATION,))
    assert (found.status, found.disputed) == (Status.DENIED, True)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Army confirms loss of Mavuno to the rebels"),
        ("fr", "L'armée reconnaît la perte de Mavuno"),
        ("es", "El ejército confirma la pérdida de Mavuno"),
    ],
)
def test_who_tells_of_its_loss_tells_its_own(language: str, title: str) -> None:
    found = status(language, title)
    assert (found.status, found.own_loss) == (Status.CONFIRMED, True)


def test_who_confirms_is_named() -> None:
    found = status("en", "The UN confirmed that rebels took the airport", "UN investigators verified the footage.")
    assert found.status is Status.CONFIRMED
    assert found.confirmed_by == "UN"
    assert found.claimant is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Rebels hold the bridge, according to a Syrian military source", (Act.ACCORDING, Role.PARTY)),
        ("en", "Ten dead in raid, mayor says", (Act.SAY, Role.CIVIL)),
        ("en", "Thousands flee fighting - UN", (Act.HEADING, Role.INDEPENDENT)),
        ("en", "Hamas-run health ministry says ten died", (Act.SAY, Role.PARTY)),
        ("en", "A rights group in Congo said ten died", (Act.SAY, Role.INDEPENDENT)),
        ("en", "Residents say shells fell all night", (Act.SAY, Role.WITNESS)),
        ("fr", "Dix morts, selon la société civile", (Act.ACCORDING, Role.CIVIL)),
        ("fr", "Des tirs ont été entendus, disent des habitants", (Act.SAY, Role.WITNESS)),
        ("sw", "Watu kumi wameuawa, jeshi lasema", (Act.SAY, Role.PARTY)),
        ("es", "Diez muertos, según testigos", (Act.ACCORDING, Role.WITNESS)),
        ("ar", "قال الجيش إن القتال توقف", (Act.SAY, Role.PARTY)),
        ("ru", "Десять погибших, сообщил губернатор", (Act.SAY, Role.CIVIL)),
    ],
)
def test_who_says_it(language: str, text: str, expected: tuple[Act, Role]) -> None:
    assert expected in [(act, role) for act, role, _ in utterances(language, text)]


def test_a_heading_is_an_utterance_of_its_own() -> None:
    assert (Act.HEADING, Role.PARTY, "Israeli army") in utterances("en", "Israeli army: two rockets fell in fields")


def test_a_place_is_no_speaker() -> None:
    assert (Act.SAY, Role.PARTY, "Syria") not in utterances("en", "Two men in Syria said they saw jets")


def test_background_speech_is_left_out() -> None:
    title = "Shells hit the town, which the army said in May was safe"
    start = title.index("which")
    assert ANALYST.analyse(f"{title}\n", "en", ((start, len(title)),)).utterances == ()


@pytest.mark.parametrize("language", ["ln", "rn", "uk", "xx", ""])
def test_any_language_is_read(language: str) -> None:
    assert status(language, "Army says it holds the town").status in Status


COUNT = len(STATUSES)


def weights_of(trait: str, spoken: Status, loudness: float) -> StatusWeights:
    """A trait that speaks for one status; what an encoder answers counts as it is."""
    weights, bias = np.zeros((1, COUNT), dtype=np.float32), np.zeros(COUNT, dtype=np.float32)
    weights[0, STATUSES.index(spoken)] = loudness
    return StatusWeights(np.array([trait]), weights, bias, weights, bias, np.eye(COUNT, dtype=np.float32))


def answers_for(outcome: Status, loudness: float = 3.0) -> tuple[float, ...]:
    return tuple(loudness if status is outcome else 0.0 for status in STATUSES)


def test_the_model_weighs_traits() -> None:
    model = StatusModel(weights_of("plan in title", Status.WARNED, 5))
    assert model.decide({"plan in title", "never seen"}) == (Status.WARNED, "plan in title")
    assert model.decide(set())[0] is Status.REPORTED


def test_the_model_weighs_an_encoders_answers_beside_traits() -> None:
    model = StatusModel(weights_of("plan in title", Status.WARNED, 5))
    claimed = answers_for(Status.CLAIMED)
    assert model.decide(set(), claimed) == (Status.CLAIMED, "by its whole wording, as the sentence encoder reads it")
    assert model.decide({"plan in title"}, claimed) == (Status.WARNED, "plan in title")
    assert model.decide({"plan in title"}, answers_for(Status.CLAIMED, 9.0))[0] is Status.CLAIMED
    assert model.decide(set(), answers_for(Status.REPORTED)) == (Status.REPORTED, "told as fact by the outlet")


def test_answers_are_compared_as_probabilities() -> None:
    raised = np.array([answers_for(Status.CLAIMED), [100.0 + a for a in answers_for(Status.CLAIMED)]])
    one, other = log_probabilities(raised)
    assert np.allclose(one, other)
    assert np.exp(one).sum() == pytest.approx(1)


def item(number: int, title: str, outcome: Status) -> LabelledItem:
    text = ArticleText(title, "", "en")
    return LabelledItem(str(number), str(number), False, "own", text, True, CAPTURE, None, outcome, None, None, None)


SAMPLES = (
    ("Rebels take the town of Pinga", Status.REPORTED),
    ("Army says it took the town of Pinga", Status.CLAIMED),
    ("UN confirms the fall of Pinga", Status.CONFIRMED),
    ("Army denies the fall of Pinga", Status.DENIED),
    ("Army threatens to storm Pinga", Status.WARNED),
)


def test_training_learns_what_it_is_shown(tmp_path: Path) -> None:
    items = [item(n, title, outcome) for n, (title, outcome) in enumerate(SAMPLES * 12)]
    path = tmp_path / "status.npz"
    answers = np.array([answers_for(outcome) for _, outcome in SAMPLES * 12], dtype=np.float32)
    save_status(train_status(items, answers), path)
    model = StatusModel(load_status(path))
    for title, outcome in SAMPLES:
        analysis = ANALYST.analyse(f"{title}\n", "en")
        assert find_status(analysis, CAPTURE, None, model).status is outcome
        assert find_status(analysis, CAPTURE, None, model, answers_for(outcome)).status is outcome


def test_training_needs_every_status() -> None:
    with pytest.raises(InvalidInput, match="some status never occurs"):
        train_status([item(0, "Rebels take the town of Pinga", Status.REPORTED)], np.zeros((1, COUNT), np.float32))


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    path = tmp_path / "status.npz"
    with pytest.raises(InvalidInput, match=r"status\.npz: cannot be read"):
        load_status(path)
    path.write_bytes(b"no archive")
    with pytest.raises(InvalidInput, match=r"status\.npz: cannot be read"):
        load_status(path)
    save_status(replace(weights_of("a", Status.WARNED, 1), traits=np.array(["a", "b"])), path)
    with pytest.raises(InvalidInput, match="do not fit together"):
        load_status(path)


def test_a_broken_book_is_named(tmp_path: Path) -> None:
    path = tmp_path / "speech.yaml"
    path.write_text("acts: {}\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"speech\.yaml: lacks speakers"):
        Speech.load(path)
