"""Features of likeness, one by one, and that fusing keeps up."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from classifiers.taxonomy import Signal
from incidents.fuse import fuse, witness_of
from incidents.similarity import (
    APART,
    FAR,
    INSIDE,
    MENTIONED,
    NEIGHBOURS,
    ONE_NEWS,
    OUTSKIRTS,
    SAME_COUNTRY,
    SAME_PROVINCE,
    SAME_TOWN,
    SOMEWHERE_IN,
    apart,
    are_fall_and_attack,
    are_two_falls,
    in_time,
    is_one_fall,
    likeness,
    pair_score,
    place_likeness,
    says_another,
    tolls_conflict,
)
from incidents.types import Report
from incidents.words import alike, copied, event_concepts, plain_words, stem
from places.types import Place
from tests.builders import NOW, make_incident, make_place, make_witness
from tests.incidents.stories import CAPTURE, CONGO, KHARTOUM, MASISI, MUBI, NORTH_KIVU, WALIKALE, hours, report, told

ATTACK = (Signal.CIVILIANS_ATTACKED,)
SUBURB = make_place(id="gn:1", name="Walikale suburb", lat=WALIKALE.lat + 0.07)
QUARTER = make_place(id="gn:2", name="Walikale quarter", lat=WALIKALE.lat + 0.02)
TERRITORY = make_place(id="a2:CD/Walikale", name="Walikale", precision="admin2", uncertainty_km=80.0)

PLACES = [
    (WALIKALE, WALIKALE, SAME_TOWN),
    (QUARTER, WALIKALE, SAME_TOWN),
    (SUBURB, WALIKALE, OUTSKIRTS),
    (MUBI, WALIKALE, NEIGHBOURS),
    (MASISI, WALIKALE, APART),
    (make_place(id="gn:3", name="Far", lat=2.0), WALIKALE, APART),
    (NORTH_KIVU, WALIKALE, INSIDE),
    (TERRITORY, WALIKALE, INSIDE),
    (TERRITORY, MASISI, APART),
    (NORTH_KIVU, NORTH_KIVU, SAME_PROVINCE),
    (CONGO, WALIKALE, SOMEWHERE_IN),
    (CONGO, CONGO, SAME_COUNTRY),
    (CONGO, KHARTOUM, APART),
    (KHARTOUM, WALIKALE, APART),
]


@pytest.mark.parametrize(("left", "right", "expected"), PLACES, ids=[f"{a.name}-{b.name}" for a, b, _ in PLACES])
def test_places_agree_by_circle_and_by_what_contains_them(left: Place, right: Place, expected: float) -> None:
    one, other = make_witness(1, place=left), make_witness(2, place=right)
    assert place_likeness(one, other) == place_likeness(other, one) == expected


def test_another_place_that_the_text_names_is_not_apart() -> None:
    one = make_witness(1, place=MASISI, named=(MASISI.id, WALIKALE.id))
    assert place_likeness(one, make_witness(2, place=WALIKALE)) == MENTIONED


def test_two_towns_that_are_surely_not_the_same_are_far_though_named() -> None:
    named = (MASISI.id, WALIKALE.id)
    one = make_witness(1, place=MASISI, named=named, place_confidence=0.9)
    other = make_witness(2, place=WALIKALE, named=named, place_confidence=0.9)
    assert place_likeness(one, other) == FAR
    assert place_likeness(one, replace(other, place_confidence=0.4)) == MENTIONED


def test_places_apart_that_share_no_name_are_not_compared() -> None:
    one, other = make_witness(1, place=MASISI), make_witness(2, place=WALIKALE)
    assert likeness(one, other) is None
    state, town = (CONGO.id,), (CONGO.id, MUBI.id)
    assert likeness(replace(one, named=state), replace(other, named=state)) is None
    assert likeness(replace(one, named=town), replace(other, named=town)) is not None


def test_kinds_that_never_go_together_are_not_compared() -> None:
    one = make_witness(1, place=WALIKALE, signals=(Signal.UNREST,))
    assert likeness(one, replace(one, signals=(Signal.DEESCALATION,))) is None


@pytest.mark.parametrize(("gap", "expected"), [(0, True), (71, True), (73, False), (-71, True), (-80, False)])
def test_an_incident_closes(gap: float, expected: bool) -> None:
    incident = make_incident(make_witness(1), first_seen=NOW, last_seen=NOW)
    assert in_time(make_witness(2, published=NOW + hours(gap)), incident) is expected


TUESDAY, MONDAY = (NOW - timedelta(days=1)).date(), (NOW - timedelta(days=2)).date()


@pytest.mark.parametrize(
    ("first", "second", "gap", "expected"),
    [
        (None, None, 30, 30),
        (TUESDAY, TUESDAY, 30, 0),
        (MONDAY, TUESDAY, 1, 24),
        (TUESDAY, None, 1, 1),
        (None, TUESDAY, 1, 1),
        (None, TUESDAY, 60, NOW.hour + NOW.minute / 60 + 12),
    ],
)
def test_events_are_apart_by_the_days_that_reports_give(
    first: date | None, second: date | None, gap: float, expected: float
) -> None:
    one = make_witness(1, published=NOW, happened=first)
    other = make_witness(2, published=NOW + hours(gap), happened=second)
    assert apart(one, other) == apart(other, one) == hours(expected)


def test_a_late_report_that_gives_the_day_finds_its_incident() -> None:
    incident = make_incident(make_witness(1), first_seen=NOW, last_seen=NOW)
    late = make_witness(2, published=NOW + hours(100))
    assert not in_time(late, incident)
    assert in_time(replace(late, happened=NOW.date()), incident)


@pytest.mark.parametrize(
    ("title", "gap", "expected"),
    [
        ("Walikale hit again", 20, True),
        ("Nouvelle frappe sur Walikale", 20, True),
        ("Shambulio jingine tena Walikale", 20, True),
        ("Walikale hit again", 2, False),
        ("Walikale hit", 20, False),
    ],
)
def test_a_later_headline_may_say_that_it_is_one_more_event(title: str, gap: float, expected: bool) -> None:
    first = make_witness(1, published=NOW)
    later = make_witness(2, title=title, published=NOW + hours(gap))
    assert says_another(later, first) is says_another(first, later) is expected


def test_an_attack_that_is_recalled_is_another_one_but_what_is_reacted_to_is_the_same() -> None:
    first = report(1, "Gunman kills seven outside a temple in Walikale", labels=ATTACK)
    text = "Two wounded in Walikale hours after a gunman killed seven outside a temple"
    second = report(2, text, labels=ATTACK, after=9, recalled=((24, len(text)),))
    vow = report(3, text, labels=(Signal.MOBILISATION,), after=9, recalled=((24, len(text)),))
    one, other, reaction = (witness_of(r, r.article.published) for r in (first, second, vow))
    assert says_another(one, other)
    assert not says_another(one, reaction)


FALLS = [
    (report(2, "M23 rebels capture Mubi", place=MUBI), True),
    (report(2, "M23 rebels capture Walikale town"), False),
    (report(2, "Army retakes Walikale from rebels", actor="FARDC"), True),
    (report(2, "Walikale retaken", actor=None), True),
    (report(2, "M23 retakes Walikale"), False),
    (report(2, "Fighting at Walikale as army retakes posts", actor="FARDC", labels=(Signal.ARMED_CLASH,)), False),
]


@pytest.mark.parametrize(("other", "expected"), FALLS, ids=[r.article.title for r, _ in FALLS])
def test_falls_of_two_towns_or_to_two_sides_are_two(other: Report, expected: bool) -> None:
    fall = report(1, "M23 rebels capture Walikale")
    one, second = (witness_of(r, r.article.published) for r in (fall, other))
    assert are_two_falls(one, second, place_likeness(one, second)) is expected
    assert are_two_falls(second, one, place_likeness(one, second)) is expected


SITE = (Signal.FACILITY_ATTACKED,)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (SITE, True),
        ((*SITE, Signal.ARMED_CLASH), True),
        ((*SITE, *CAPTURE), False),
        (CAPTURE, False),
        ((Signal.REMOTE_VIOLENCE, *SITE), False),
    ],
)
def test_a_site_attacked_in_a_town_that_fell_is_an_event_of_its_own(labels: tuple[Signal, ...], expected: bool) -> None:
    fall = report(1, "M23 rebels capture Walikale")
    clinic = report(2, "Bullets hit clinic in Walikale", labels=labels)
    one, second = (witness_of(r, r.article.published) for r in (fall, clinic))
    assert are_fall_and_attack(one, second) is expected
    assert are_fall_and_attack(second, one) is expected
    assert (pair_score(one, second) is None) is expected


@pytest.mark.parametrize(
    ("first", "later", "hours_apart", "expected"),
    [
        ({"killed": 12}, {"killed": 30}, 3, False),
        ({"killed": 12}, {"killed": 40}, 3, True),
        ({"killed": 40}, {"killed": 12}, 3, True),
        ({}, {"killed": 40}, 3, False),
        ({"killed": 7}, {"injured": 2}, 20, True),
        ({"killed": 7}, {"injured": 2}, 1, False),
        ({"injured": 2}, {"killed": 7}, 20, False),
        ({"killed": 7}, {"killed": 8, "injured": 2}, 20, False),
    ],
)
def test_tolls_may_rise_but_not_manyfold(
    first: dict[str, int], later: dict[str, int], hours_apart: float, expected: bool
) -> None:
    one = make_witness(1, published=NOW, **first)
    other = make_witness(2, published=NOW + hours(hours_apart), **later)
    assert tolls_conflict(one, other) is tolls_conflict(other, one) is expected


def test_stems_meet() -> None:
    assert stem("kills") == stem("killed") == stem("killing")
    assert stem("rebels") == stem("rebel") != stem("rebellion")
    assert stem("is") == "is"


def test_words_are_alike_by_what_is_rare() -> None:
    shell = plain_words("Shell hits school bus in Toretsk, killing the driver")
    same = plain_words("Driver dies as artillery strikes a school bus in Toretsk")
    other = plain_words("Soldiers killed as rebels attack an army camp, officials say")
    assert alike(shell, same) > 3 * alike(shell, other)
    assert alike(shell, shell) > 0.9
    assert alike(shell, ()) == 0.0


def test_hidden_words_do_not_count() -> None:
    text = "Rebels take Walikale after Goma fell"
    assert plain_words(text, [(12, 20), (21, 36)]) == ("rebels", "take")
    assert plain_words(text, [(-5, 6), (32, 999)]) == ("take", "walikale", "after", "goma")


def test_copies_share_runs_of_words() -> None:
    text = plain_words("Rebels entered the mining town before noon and soldiers left their posts on the hills")
    assert copied(text, text[:12])
    assert not copied(text, text[::-1])
    assert not copied(text[:5], text[:5])


def test_concepts_are_the_same_in_two_languages() -> None:
    english = event_concepts("Rebels captured the town, residents fled", "en")
    french = event_concepts("Les rebelles ont pris la ville, les habitants ont fui", "fr")
    assert len(set(english) & set(french)) >= 3
    assert event_concepts("Rebels captured the town", "en", [(0, 24)]) == ()


def test_a_witness_keeps_what_likeness_needs_and_no_background() -> None:
    one = report(
        1, "Rebels take Walikale", "Masisi fell in January.", others=[("Masisi", MASISI)], background=((21, 44),)
    )
    witness = witness_of(one, NOW)
    assert witness.words == ("rebels", "take")
    assert witness.named == (WALIKALE.id,)
    assert witness.concepts == ("rebel",)


def test_a_report_is_placed_among_hundreds_of_open_incidents_in_no_time() -> None:
    far = [make_place(id=f"gn:{n}", name=f"Town {n}", lat=-30 + n / 10, lon=20.0, country="CD") for n in range(600)]
    known = told(report(1, "Rebels take Walikale", "They came at dawn."))
    crowd = [
        replace(
            known[0], id=n + 2, place=place, witnesses=(replace(known[0].witnesses[0], place=place, named=(place.id,)),)
        )
        for n, place in enumerate(far)
    ]
    later = report(2, "Walikale falls to rebels", "Fighters came at dawn.", after=1)
    started = time.perf_counter()
    fusion = fuse(later, [*crowd, *known], NOW + hours(1))
    assert time.perf_counter() - started < 1.0
    assert fusion is not None
    assert fusion.previous == known[0]


@pytest.mark.parametrize(
    ("signals", "place", "later", "expected"),
    [
        ((Signal.TERRITORY_CAPTURED,), WALIKALE, ONE_NEWS, True),
        ((Signal.TERRITORY_CAPTURED,), WALIKALE, 2 * ONE_NEWS, False),
        ((Signal.TERRITORY_CAPTURED,), MASISI, ONE_NEWS, False),
        ((Signal.ARMED_CLASH, Signal.TERRITORY_CAPTURED), WALIKALE, ONE_NEWS, False),
    ],
)
def test_a_town_falls_once_a_day_in_whatever_words(
    signals: tuple[Signal, ...], place: Place, later: timedelta, expected: bool
) -> None:
    first = make_witness(1, signals=(Signal.TERRITORY_CAPTURED,), place=WALIKALE, published=NOW)
    second = make_witness(2, signals=signals, place=place, published=NOW + later)
    assert is_one_fall(first, second, place_likeness(first, second)) is expected
