"""The texts that people read: the story of Walikale word for word, and that no incident can break them."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.severity import severity
from alerts.types import Alert, Edition, Language, Reason, Severity
from alerts.wording import parse_public_id, public_id, render, render_detail, render_line, render_reply
from classifiers.taxonomy import Facility, Signal, Status
from incidents.types import Cause, Certainty, Incident
from places.areas import AreaMatch
from places.types import Precision
from tests.alerts.walikale import after, view
from tests.builders import NOW, make_incident, make_place, make_source, make_witness
from tests.incidents.stories import CONGO, MASISI, NORTH_KIVU, hours

GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Shown:
    """What a chat was shown of an incident."""

    told_at: datetime | None
    sent_revision: int


def story(language: Language) -> list[str]:
    """What a reader in Kisangani is sent, then what /alert 417 answers."""
    known = [after(n) for n in range(1, 5)]
    alerts = [
        Alert(1, 417, 1, Reason.NEW, severity(known[0]), known[0].certainty, NOW + hours(0.1)),
        Alert(2, 417, 3, Reason.CORROBORATED, severity(known[2]), known[2].certainty, NOW + hours(2.1)),
    ]
    return [
        *(render(view(incident, language)) for incident in known),
        render_reply(view(known[2], language), Reason.CORROBORATED),
        render_reply(view(known[1], language), Reason.DISPUTED),
        *render_detail(view(known[3], language), known, alerts, Shown(NOW + hours(2.2), 3)),
    ]


@pytest.mark.parametrize("language", Language)
def test_the_story_reads_as_it_should(language: Language) -> None:
    golden = (GOLDEN / f"walikale.{language.value}.txt").read_text(encoding="utf-8")
    assert "\n----\n".join(story(language)) + "\n" == golden


FIRST_WORDS = [
    ({}, "REPORTED: Territory captured, Walikale (DR Congo)"),
    (
        {"status": Status.CLAIMED, "certainty": Certainty.POSSIBLE, "claimants": ("M23", "ADF", "AFC")},
        "CLAIMED by M23 and ADF:",
    ),
    ({"status": Status.CLAIMED, "certainty": Certainty.POSSIBLE}, "CLAIMED by an unnamed source:"),
    ({"status": Status.WARNED, "certainty": Certainty.POSSIBLE}, "CLAIMED, only a warning:"),
    ({"status": Status.CONFIRMED, "certainty": Certainty.OBSERVED, "confirmed_by": ("MSF",)}, "CONFIRMED by MSF:"),
    ({"status": Status.CONFIRMED, "certainty": Certainty.OBSERVED}, "CONFIRMED:"),
    ({"disputed": True}, "REPORTED + DISPUTED:"),
    ({"disputed": True, "disputed_by": ("the army",)}, "REPORTED + DISPUTED by the army:"),
    ({"withdrawn": True, "disputed": True}, "WITHDRAWN, our error:"),
    ({"certainty": Certainty.UNLIKELY}, "WITHDRAWN by its source:"),
]


@pytest.mark.parametrize(("fields", "first"), FIRST_WORDS, ids=[first for _, first in FIRST_WORDS])
def test_the_first_word_says_how_sure_it_is(fields: dict[str, Any], first: str) -> None:
    assert render(view(make_incident(make_witness(1), **fields))).startswith(first)


def test_eased_is_no_all_clear_and_expired_says_why() -> None:
    incident = make_incident(make_witness(1))
    assert render(view(replace(incident, eased=True))).startswith("EASED, not an all-clear: ")
    assert render(view(replace(incident, expired=True))).startswith("REPORTED, EXPIRED without new reports: ")


PLACES = [
    (make_place(), "Where: Walikale, North Kivu, DR Congo"),
    (make_place(admin2="Walikale territory"), "Where: Walikale, Walikale territory, North Kivu, DR Congo"),
    (make_place(uncertainty_km=12.4), "Where: Walikale, North Kivu, DR Congo, within 12 km, exact place unknown"),
    (make_place(near=True, uncertainty_km=15), "Where: near Walikale, North Kivu, DR Congo, within about 15 km"),
    (NORTH_KIVU, "Where: somewhere in North Kivu, DR Congo, exact place unknown"),
    (CONGO, "Where: somewhere in DR Congo, exact place unknown"),
    (make_place(precision=Precision.ADMIN2), "Where: somewhere in Walikale, North Kivu, DR Congo, exact place unknown"),
]


@pytest.mark.parametrize(("place", "line"), PLACES, ids=[line for _, line in PLACES])
def test_the_place_says_how_exactly_it_is_known(place: Any, line: str) -> None:
    assert line in render(view(make_incident(make_witness(1), place=place))).splitlines()


def test_nothing_finer_than_the_name_of_the_place_is_told() -> None:
    text = render(view(make_incident(make_witness(1))))
    assert "1.42" not in text
    assert "28.07" not in text


def test_a_watch_that_may_not_be_concerned_says_so() -> None:
    watches = (("Goma", AreaMatch.MAY_BE), ("North Kivu", AreaMatch.INSIDE))
    text = render(view(make_incident(make_witness(1)), watches=watches))
    assert "Your watches: Goma (may lie outside); North Kivu" in text


REPLIES = {
    Reason.CONFIRMED: "CONFIRMED by MSF: Territory captured, Walikale (DR Congo). T-0417/4",
    Reason.ESCALATED: "ESCALATED, now Extreme: Territory captured, Walikale (DR Congo).",
    Reason.DISPUTED: "DISPUTED: FARDC denies this. Told before: Territory captured, Walikale (DR Congo). T-0417/4",
    Reason.CORRECTED: "CORRECTED: the place is Walikale, North Kivu, DR Congo.",
    Reason.WITHDRAWN: "WITHDRAWN: the source took its report back.",
    Reason.EASED: "EASED: no new reports for some time. This is not an all-clear.",
    Reason.LEVEL_RISING: "RISING: more is reported from here than is usual.",
    Reason.UPDATED: "CORROBORATED by 2 outlets + DISPUTED by FARDC: Territory captured, Walikale (DR Congo). T-0417/4",
}


@pytest.mark.parametrize(("reason", "start"), REPLIES.items(), ids=[r.value for r in REPLIES])
def test_a_reply_stands_alone(reason: Reason, start: str) -> None:
    incident = replace(after(4), confirmed_by=("MSF",))
    assert render_reply(view(incident), reason).startswith(start)


def test_our_own_error_is_called_that() -> None:
    reply = render_reply(view(replace(after(1), withdrawn=True)), Reason.WITHDRAWN)
    assert reply.startswith("WITHDRAWN: what we told was wrong. It was our error. Told before: Territory captured")
    why = replace(after(1), withdrawn=True, cause=Cause.WITHDRAWAL, cause_text="Withdrawn by us: a film /start")
    assert render_reply(view(why), Reason.WITHDRAWN).startswith(
        "WITHDRAWN: what we told was wrong. It was our error: a film ∕start. Told before: Territory captured"
    )
    assert "\nWhat was wrong: a film ∕start\n" in render(view(why))


def test_a_correction_leads_with_the_fact_and_names_the_error_and_its_cause() -> None:
    wrong = make_incident(make_witness(1), id=417, place=MASISI)
    right = replace(
        wrong,
        revision=2,
        place=make_place(),
        cause=Cause.REVISED_REPORT,
        cause_text="Lakes Herald changed its report",
    )
    later = replace(right, revision=3, cause=Cause.DEPENDENT_REPORT)
    reply = render_reply(view(later), Reason.CORRECTED, [wrong, right, later])
    assert reply == (
        "CORRECTED: the place is Walikale, North Kivu, DR Congo. We told Masisi, North Kivu, DR Congo before, which "
        "was wrong. Cause: Lakes Herald changed its report. T-0417/3"
    )
    french = render_reply(view(later, Language.FR), Reason.CORRECTED, [wrong, right, later])
    assert "Nous avions dit Masisi, Nord-Kivu, RD Congo, ce qui était faux. Cause\u00a0:" in french


UNKNOWN = [
    ({}, "Not known: whether people were harmed."),
    ({"actors": ()}, "Not known: who did it and whether people were harmed."),
    ({"actors": (), "killed": 3}, "Not known: who did it."),
    ({"killed": 3}, None),
    ({"actors": (), "kind": Signal.DEESCALATION, "signals": (Signal.DEESCALATION,)}, None),
]


@pytest.mark.parametrize(("fields", "line"), UNKNOWN)
def test_what_is_not_known_is_said(fields: dict[str, Any], line: str | None) -> None:
    lines = render(view(make_incident(make_witness(1), **fields))).splitlines()
    assert [found for found in lines if found.startswith("Not known")] == ([line] if line else [])


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            Language.EN,
            "Harm: at least 3 people killed, says Lakes Herald; at least 5 people missing, says Lakes Herald",
        ),
        (Language.FR, "au moins 5 personnes disparues, selon Lakes Herald"),
        (Language.AR, "5 مفقودين"),
    ],
)
def test_the_missing_are_told_beside_the_dead(language: Language, line: str) -> None:
    incident = make_incident(make_witness(1, killed=3, missing=5), killed=3, missing=5)
    assert line in render(view(incident, language))


def test_an_alert_says_when_it_expires() -> None:
    incident = make_incident(make_witness(1))
    assert "\nExpires 22 March, 18:54 unless new reports come.\n" in render(view(incident))
    for gone in ({"withdrawn": True}, {"expired": True}, {"eased": True}, {"certainty": Certainty.UNLIKELY}):
        assert "Expires" not in render(view(replace(incident, **gone)))  # type: ignore[arg-type]


def test_details_have_the_admiralty_code() -> None:
    texts = render_detail(view(after(4)), [after(n) for n in range(1, 5)], [], None)
    assert "Admiralty code: the information is 1, confirmed by other sources." in texts[0]
    assert "RFI (B1, usually reliable) reports it as fact" in "\n".join(texts)


DENIALS = [
    (Language.EN, "Based on: 1 independent outlet: Lakes Herald.", "only a denial in Great Lakes Post."),
    (Language.FR, "1 média indépendant\u00a0: Lakes Herald.", "seulement un démenti dans Great Lakes Post."),
]


@pytest.mark.parametrize(("language", "both", "alone"), DENIALS)
def test_a_denial_is_no_basis_and_is_quoted(language: Language, both: str, alone: str) -> None:
    post = make_source(publisher_id="post", name="Great Lakes Post")
    denial = make_witness(2, source=post, status=Status.DENIED, disputed_by="the army", title="Army denies the fall")
    text = render(view(make_incident(make_witness(1), denial, disputed=True, disputed_by=("the army",)), language))
    assert both in text
    assert "Army denies the fall" in text
    assert alone in render(view(make_incident(denial, disputed=True, disputed_by=("the army",)), language))


def test_headlines_in_the_readers_language_come_first() -> None:
    outlets = {
        name: make_source(publisher_id=name, name=name, independence=name) for name in ("Ufahamu", "RFI", "Post")
    }
    told = {
        "fr": make_witness(1, source=outlets["RFI"], title="La ville est prise", language="fr"),
        "sw": make_witness(2, source=outlets["Ufahamu"], title="Mji umetekwa", language="sw"),
        "en": make_witness(3, source=outlets["Post"], title="Army denies it", status=Status.DENIED),
    }
    late = [replace(w, published=NOW + hours(n), words=(w.title,)) for n, w in enumerate(told.values())]
    for language, order in ((Language.FR, "fr en sw"), (Language.SW, "sw en fr"), (Language.EN, "en sw fr")):
        text = render(view(make_incident(*late), language))
        titles = [told[code].title for code in order.split()]
        assert sorted(titles, key=text.index) == titles


def test_a_copy_is_quoted_where_nothing_else_is_in_the_readers_language() -> None:
    first = make_witness(1, title="Mji umetekwa", language="sw")
    wired = make_source(publisher_id="courrier", name="Courrier", wire="AFP")
    copy = make_witness(2, source=wired, title="La ville est prise", language="fr")
    assert "La ville est prise" in render(view(make_incident(first, copy), Language.FR))
    assert "La ville est prise" not in render(view(make_incident(first, copy), Language.EN))


def test_what_an_outlet_adds_to_its_own_report_is_quoted_and_no_copy() -> None:
    clinic = (Signal.TERRITORY_CAPTURED, Signal.FACILITY_ATTACKED)
    post = make_source(publisher_id="post", name="Post", independence="publisher:post")
    told = make_incident(
        make_witness(1),
        make_witness(2, source=post),
        make_witness(3, title="Clinic under fire", signals=clinic, facility=Facility.HEALTH),
        signals=clinic,
        facility=Facility.HEALTH,
        certainty=Certainty.OBSERVED,
    )
    text = render(view(told))
    assert "Based on: 2 independent outlets: Lakes Herald and Post." in text
    assert "Also reported, by one outlet: health facility attacked" in text
    assert "Clinic under fire" in text
    assert "copy" not in text
    french = render(view(told, Language.FR))
    assert "Rapporté aussi, par un seul média\u00a0: structure de santé attaquée" in french
    assert "copie" not in french


def test_a_third_outlet_is_counted() -> None:
    witnesses = [
        make_witness(n, source=replace(make_witness(n).source, name=f"Outlet {n}", independence=f"publisher:{n}"))
        for n in (1, 2, 3)
    ]
    reply = render_reply(view(make_incident(*witnesses, certainty=Certainty.OBSERVED)), Reason.CORROBORATED)
    assert reply.startswith("CORROBORATED: 3 independent outlets report it, the last is Outlet 3.")


@dataclass(frozen=True)
class Told:
    edition: Edition
    incident: Incident
    severity: Severity
    told_at: datetime


@pytest.mark.parametrize(("language", "first"), [(Language.EN, "SAMPLE · "), (Language.FR, "SAMPLE (exemple) · ")])
def test_every_text_of_the_sample_says_so_first(language: Language, first: str) -> None:
    incident = after(4)
    shown = view(incident, language, edition=Edition.SAMPLE)
    texts = [
        render(shown),
        *(render_reply(shown, reason) for reason in Reason),
        render_line(Told(Edition.SAMPLE, incident, Severity.SEVERE, NOW), language, "UTC"),
        *render_detail(shown, [after(n) for n in range(1, 5)] * 20, [], None),
    ]
    assert len(texts) > len(Reason) + 3
    assert all(text.startswith(first) for text in texts)
    assert not any(text.startswith(first * 2) for text in texts)


SHOWN = [
    (None, "This chat was not told of it.", "Rien n’en a été annoncé dans cette conversation."),
    (
        Shown(NOW + hours(2.2), 3),
        "This chat was first told on 19 March, 21:16; what it has says what is known now.",
        "Première annonce ici le 19 mars, 21:16\u00a0; ce qui a été envoyé dit ce que l’on sait maintenant.",
    ),
    (
        Shown(NOW + hours(0.2), 1),
        "This chat was first told on 19 March, 19:16; what it has says what was known at T-0417/1.",
        "Première annonce ici le 19 mars, 19:16\u00a0; ce qui a été envoyé dit ce que l’on savait à T-0417/1.",
    ),
]


@pytest.mark.parametrize(("shown", "english", "french"), SHOWN)
def test_the_history_says_what_of_it_this_chat_was_told(shown: Shown | None, english: str, french: str) -> None:
    known = [after(n) for n in range(1, 4)]
    alerts = [
        Alert(1, 417, 1, Reason.NEW, Severity.SEVERE, Certainty.POSSIBLE, NOW + hours(0.1)),
        Alert(2, 417, 3, Reason.CORROBORATED, Severity.SEVERE, Certainty.OBSERVED, NOW + hours(2.1)),
    ]
    for language, words in ((Language.EN, english), (Language.FR, french)):
        assert words in "\n".join(render_detail(view(known[-1], language), known, alerts, shown))
    before = "  19 March, 19:10: new, Severe (before this chat was told)"
    text = "\n".join(render_detail(view(known[-1]), known, alerts, shown))
    assert (before in text) is (shown is not None and shown.sent_revision == 3)


def test_the_history_of_what_nobody_was_told_says_so() -> None:
    incident = after(1)
    assert "Nobody was told of it" in "\n".join(render_detail(view(incident), [incident], [], None))


def test_a_line_of_history() -> None:
    line = render_line(Told(Edition.LIVE, after(4), Severity.SEVERE, NOW), Language.EN, "Africa/Kinshasa")
    assert line == (
        "T-0417 · 19 March 2025, 19:04 · Severe · CORROBORATED by 2 outlets + DISPUTED by FARDC: "
        "Territory captured, Walikale (DR Congo)"
    )


IDS = [
    ("417", (Edition.LIVE, 417)),
    ("T-0417", (Edition.LIVE, 417)),
    ("t0417/2", (Edition.LIVE, 417)),
    (" S-0003/12 ", (Edition.SAMPLE, 3)),
    ("T-12345", (Edition.LIVE, 12345)),
    ("0", None),
    ("X-12", None),
    ("T-", None),
    ("four", None),
    ("", None),
    ("٤١٧", None),
    ("9" * 40, None),
]


@pytest.mark.parametrize(("text", "expected"), IDS, ids=[repr(text) for text, _ in IDS])
def test_ids_are_read_as_people_type_them(text: str, expected: object) -> None:
    assert parse_public_id(text) == expected


@given(st.sampled_from(Edition), st.integers(1, 10**9), st.integers(1, 999))
def test_an_id_as_shown_can_be_typed(edition: Edition, number: int, revision: int) -> None:
    assert parse_public_id(public_id(edition, number, revision)) == (edition, number)


HOSTILE = (
    "M23 \u202etxet\u2066 @admin /forget\n\rhttps://evil.example \x07\u200b"
    + "\u0301" * 40
    + " {0} {names} <b>&amp;</b>"
)


def test_hostile_headlines_are_made_harmless() -> None:
    text = render(view(make_incident(make_witness(1, title=HOSTILE, link="https://ok.example/a"))))
    assert not any(unicodedata.category(c) in ("Cf", "Cs") for c in text)
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in text)
    assert "{0} {names} <b>&amp;</b>" in text
    for tappable in (" @admin", " /forget", "https://evil.example"):
        assert tappable not in text
    assert "\u0301" * 4 not in text


def test_a_link_that_no_line_can_hold_is_left_out() -> None:
    for link in ("https://x.example/" + "a" * 400, "https://x.example/a b", "https://x.example/\u202e"):
        assert "x.example" not in render(view(make_incident(make_witness(1, link=link))))


texts = st.text(max_size=400)
names = st.text(min_size=1, max_size=200)
figures = st.none() | st.integers(0, 10**9)
signals = st.lists(st.sampled_from(Signal), min_size=1, max_size=12, unique=True).map(tuple)


@st.composite
def witnesses(draw: st.DrawFn, number: int) -> Any:
    base = make_witness(number)
    return replace(
        base,
        source=replace(base.source, name=draw(names), independence=draw(names), wire=draw(st.none() | names)),
        status=draw(st.sampled_from(Status)),
        signals=draw(signals),
        claimant=draw(st.none() | names),
        confirmed_by=draw(st.none() | names),
        disputed_by=draw(st.none() | texts),
        killed=draw(figures),
        injured=draw(figures),
        displaced=draw(figures),
        title=draw(texts),
        link=draw(st.none() | texts),
        language=draw(st.sampled_from(["en", "fr", "sw", "ar", "xx", "?", ""])),
        evidence=tuple(draw(st.lists(names, max_size=12))),
        retracted=draw(st.booleans()),
    )


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    several = tuple(draw(witnesses(number)) for number in range(1, draw(st.integers(1, 6)) + 1))
    named = st.lists(names, max_size=6).map(tuple)
    kinds = draw(signals)
    place = make_place(
        name=draw(names),
        precision=draw(st.sampled_from(Precision)),
        country=draw(st.sampled_from(["CD", "UA", "XK", "ZZ", ""])),
        admin1=draw(st.none() | names),
        admin2=draw(st.none() | names),
        uncertainty_km=draw(st.floats(0, 2000)),
    )
    return make_incident(
        *several,
        id=draw(st.integers(1, 10**12 - 1)),
        kind=kinds[0],
        signals=kinds,
        facility=draw(st.none() | st.sampled_from(Facility)),
        place=place,
        actors=draw(named),
        status=draw(st.sampled_from(Status)),
        certainty=draw(st.sampled_from(Certainty)),
        disputed=draw(st.booleans()),
        disputed_by=draw(named),
        claimants=draw(named),
        confirmed_by=draw(named),
        killed=draw(figures),
        injured=draw(figures),
        displaced=draw(figures),
        withdrawn=draw(st.booleans()),
        cause_text=draw(texts),
    )


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


@settings(max_examples=60, deadline=None)
@given(incidents(), st.sampled_from(Language), st.sampled_from(Edition))
def test_any_incident_can_be_told_within_the_limits(incident: Incident, language: Language, edition: Edition) -> None:
    watches = tuple((name, AreaMatch.MAY_BE) for name in incident.actors)
    shown = view(incident, language, edition=edition, watches=watches)
    assert units(render(shown)) < 3500
    assert all(units(render_reply(shown, reason)) < 3500 for reason in Reason)
    line = render_line(Told(edition, incident, Severity.MINOR, NOW), language, "Asia/Kathmandu")
    assert len(line) <= 200
    assert "\n" not in line
    alert = Alert(1, incident.id, 1, Reason.NEW, Severity.MINOR, incident.certainty, datetime(2024, 1, 1, tzinfo=UTC))
    assert all(len(text) < 3900 for text in render_detail(shown, [incident] * 3, [alert], None))
