"""Certainty over time as people read it: each rung of the ladder, its first words and why it came, in en and fr."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from alerts.causes import cause_words
from alerts.message import status_words
from alerts.types import Edition, Language, Severity
from alerts.view import AlertView
from classifiers.taxonomy import Status
from feeds.types import PublisherKind, Source
from incidents.easing import eased
from incidents.expiry import expired
from incidents.fuse import fuse
from incidents.types import WITHDRAWN_BY_US, Cause, Certainty, Incident, Link, Relation, Report
from tests.builders import NOW
from tests.incidents.stories import hours, outlet, report, told

CLAIM = report(1, "M23 says it holds Walikale", "Nobody else could say.", status=Status.CLAIMED, claimant="M23")
FACT = report(1, "M23 rebels march into Walikale", "Residents hid in their homes on Wednesday.")
DENIAL = {"status": Status.DENIED, "disputed": True, "disputed_by": "Congolese army"}
SECOND = ("Walikale falls to the M23", "Soldiers abandoned the mining centre in the night.")


def then(source: Source | None = None, **fields: Any) -> Report:
    """A second report of the fall, in words of its own."""
    more = {"article": {"source": source}} if source else {}
    return report(2, *SECOND, after=1, **more, **fields)


@dataclass(frozen=True)
class Step:
    """The last report of `told` made this of the incident."""

    told: Sequence[Report]
    certainty: Certainty
    english: tuple[str, str]
    french: tuple[str, str]


STEPS = {
    "a claim": Step(
        [CLAIM],
        Certainty.POSSIBLE,
        ("CLAIMED by M23", "First report. A claim of M23 in outlet 1"),
        ("AFFIRMÉ par M23", "Première source. Affirmation (M23) dans outlet 1"),
    ),
    "a repeated claim": Step(
        [CLAIM, then(status=Status.CLAIMED, claimant="AFC/M23")],
        Certainty.POSSIBLE,
        ("CLAIMED by M23", "A claim of M23 in outlet 2"),
        ("AFFIRMÉ par M23", "Affirmation (M23) dans outlet 2"),
    ),
    "a fact by one": Step(
        [CLAIM, then()],
        Certainty.LIKELY,
        ("REPORTED", "First outlet to report it as fact: outlet 2"),
        ("RAPPORTÉ", "Premier média à le rapporter comme un fait\u00a0: outlet 2"),
    ),
    "a fact by the same outlet again": Step(
        [FACT, then(by="outlet 1")],
        Certainty.LIKELY,
        ("REPORTED", "A further report of outlet 1, not a further witness"),
        ("RAPPORTÉ", "Nouvel article de outlet 1, pas de témoin de plus"),
    ),
    "a fact by two of one owner": Step(
        [FACT, then(outlet("Sister", independence="publisher:outlet 1"))],
        Certainty.LIKELY,
        ("REPORTED", "Sister, of an owner already counted: not a further witness"),
        ("RAPPORTÉ", "Sister, d’un propriétaire déjà compté\u00a0: pas de témoin de plus"),
    ),
    "a wire copy": Step(
        [FACT, then(outlet("Courier", independence="publisher:outlet 1", wire="AFP"))],
        Certainty.LIKELY,
        ("REPORTED", "AFP text in Courier: not a further witness"),
        ("RAPPORTÉ", "Texte d’agence (AFP) dans Courier\u00a0: pas de témoin de plus"),
    ),
    "two independent": Step(
        [FACT, then()],
        Certainty.OBSERVED,
        ("CORROBORATED by 2 outlets", "Independent outlet no. 2: outlet 2"),
        ("CORROBORÉ par 2 médias", "Média indépendant n° 2\u00a0: outlet 2"),
    ),
    "a confirmation by the losing side": Step(
        [CLAIM, then(status=Status.CONFIRMED, confirmed_by="Congolese army")],
        Certainty.OBSERVED,
        ("CONFIRMED by Congolese army", "Congolese army confirms it: outlet 2"),
        ("CONFIRMÉ par l’armée congolaise", "L’armée congolaise le confirme\u00a0: outlet 2"),
    ),
    "a confirmation by the UN": Step(
        [CLAIM, then(status=Status.CONFIRMED, confirmed_by="UN")],
        Certainty.OBSERVED,
        ("CONFIRMED by UN", "UN confirms it: outlet 2"),
        ("CONFIRMÉ par l’ONU", "L’ONU le confirme\u00a0: outlet 2"),
    ),
    "a denial": Step(
        [FACT, then(**DENIAL)],
        Certainty.LIKELY,
        ("REPORTED + DISPUTED by Congolese army", "Denied by Congolese army: outlet 2"),
        ("RAPPORTÉ + CONTESTÉ par l’armée congolaise", "Démenti par l’armée congolaise\u00a0: outlet 2"),
    ),
    "a second outlet that reports a denial too": Step(
        [FACT, then(disputed=True, disputed_by="Congolese army")],
        Certainty.OBSERVED,
        (
            "CORROBORATED by 2 outlets + DISPUTED by Congolese army",
            "Denied by Congolese army: outlet 2; Independent outlet no. 2: outlet 2",
        ),
        (
            "CORROBORÉ par 2 médias + CONTESTÉ par l’armée congolaise",
            "Démenti par l’armée congolaise\u00a0: outlet 2\u00a0; Média indépendant n° 2\u00a0: outlet 2",
        ),
    ),
    "a party's own outlet": Step(
        [CLAIM, then(outlet("State TV", kind=PublisherKind.PARTISAN, partisan_of="Rwanda"))],
        Certainty.POSSIBLE,
        ("CLAIMED by M23 and Rwanda", "A claim of Rwanda in State TV"),
        ("AFFIRMÉ par M23 et Rwanda", "Affirmation (Rwanda) dans State TV"),
    ),
    "a warning": Step(
        [CLAIM, then(status=Status.WARNED)],
        Certainty.POSSIBLE,
        ("CLAIMED by M23", "A warning in outlet 2"),
        ("AFFIRMÉ par M23", "Avertissement dans outlet 2"),
    ),
}


def history(reports: Sequence[Report]) -> list[Incident]:
    return [told(*reports[: n + 1])[0] for n in range(len(reports))]


def shown(incident: Incident, language: Language) -> AlertView:
    return AlertView(incident, Severity.SEVERE, Edition.LIVE, language, "UTC", NOW)


def read(revisions: Sequence[Incident], language: Language) -> tuple[str, str]:
    """The first words at the last revision, and why it came."""
    before = revisions[-2] if len(revisions) > 1 else None
    view = shown(revisions[-1], language)
    return status_words(view), cause_words(revisions[-1], before, view)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_each_rung_is_told_in_words_with_its_cause(step: Step) -> None:
    revisions = history(step.told)
    assert revisions[-1].certainty is step.certainty
    assert read(revisions, Language.EN) == step.english
    assert read(revisions, Language.FR) == step.french


def test_a_source_takes_its_report_back() -> None:
    (known,) = told(FACT)
    edit = Report(replace(FACT.article, version=2, title="RETRACTED: Walikale"), FACT.reading, FACT.located)
    fusion = fuse(edit, [known], NOW + hours(1))
    assert fusion is not None
    revisions = [known, fusion.incident]
    assert fusion.incident.certainty is Certainty.UNLIKELY
    assert read(revisions, Language.EN) == ("WITHDRAWN by its source", "The source takes its report back: outlet 1")
    assert read(revisions, Language.FR)[1] == "La source retire son article\u00a0: outlet 1"


def after(known: Incident, cause: Cause, text: str = "", **fields: Any) -> list[Incident]:
    return [known, replace(known, revision=known.revision + 1, cause=cause, cause_text=text, **fields)]


def test_what_we_or_time_did_to_it_is_told_with_its_cause() -> None:
    (known,) = told(FACT)
    error = after(known, Cause.WITHDRAWAL, f"{WITHDRAWN_BY_US} the video is of 2019", withdrawn=True)
    assert read(error, Language.EN) == ("WITHDRAWN, our error", "Withdrawn by us: the video is of 2019")
    assert read(error, Language.FR)[1] == "Retiré par nous\u00a0: the video is of 2019"
    quiet = [known, eased(known)]
    assert read(quiet, Language.EN) == ("EASED, not an all-clear", "No new reports for longer than is usual there")
    over = [known, expired(known)]
    assert read(over, Language.EN)[1] == "No new reports for as long as such an event takes reports"
    one = after(known, Cause.MERGE, links=(Link(Relation.ABSORBED, 12),))
    assert read(one, Language.EN)[1] == "Found to be one event with T-0012"
    assert read(one, Language.FR)[1] == "Reconnu comme le même événement que T-0012"
    two = after(known, Cause.SPLIT, links=(Link(Relation.FOLLOWS, 3), Link(Relation.SPLIT_INTO, 12)))
    assert read(two, Language.EN)[1] == "Found to be two events; the other is T-0012"
    parted = replace(known, cause=Cause.SPLIT, links=(Link(Relation.SPLIT_FROM, 12),))
    assert read([parted], Language.EN)[1] == "Parted from T-0012: another event"
    assert read(after(known, Cause.MOVE), Language.EN)[1] == "A report was found to tell of another event"
