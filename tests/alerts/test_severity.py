"""The severity table: the answers it gives, and that it is well formed."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from alerts.severity import TABLE, severity
from alerts.types import Severity, Watch
from classifiers.taxonomy import Facility, Signal, Status
from places.types import Area, AreaKind, Precision
from tests.builders import make_incident, make_place
from tests.incidents.stories import CONGO, NORTH_KIVU

VILLAGE = make_place(population=800)
CITY = make_place(population=900_000)
UNKNOWN = make_place(population=0)


@dataclass(frozen=True)
class Case:
    name: str
    expected: Severity
    signals: tuple[Signal, ...]
    fields: dict[str, Any] = field(default_factory=dict)


CAPTURE, CLASH, STRIKE = Signal.TERRITORY_CAPTURED, Signal.ARMED_CLASH, Signal.REMOTE_VIOLENCE
KILLING, SITE, FLIGHT = Signal.CIVILIANS_ATTACKED, Signal.FACILITY_ATTACKED, Signal.DISPLACEMENT

CASES = [
    Case("a city falls", Severity.EXTREME, (CAPTURE,), {"place": CITY}),
    Case("fighting in a city, and some say that part of it fell", Severity.SEVERE, (CLASH, CAPTURE), {"place": CITY}),
    Case("a village falls", Severity.SEVERE, (CAPTURE,), {"place": VILLAGE}),
    Case("a town of unknown size falls", Severity.SEVERE, (CAPTURE,), {"place": UNKNOWN}),
    Case("something in a province falls", Severity.SEVERE, (CAPTURE,), {"place": NORTH_KIVU}),
    Case("a city may fall", Severity.MODERATE, (CAPTURE,), {"place": CITY, "status": Status.WARNED}),
    Case("a killing", Severity.MODERATE, (KILLING,), {"killed": 2}),
    Case("a massacre", Severity.SEVERE, (KILLING,), {"killed": 10}),
    Case("a great massacre", Severity.EXTREME, (KILLING,), {"killed": 50}),
    Case("a clinic is looted", Severity.SEVERE, (SITE,), {"facility": Facility.HEALTH}),
    Case("a power line is cut", Severity.MODERATE, (SITE,), {"facility": Facility.UTILITY}),
    Case("homes burn", Severity.MODERATE, (SITE,), {"facility": Facility.RESIDENTIAL}),
    Case("fighting and a clinic hit", Severity.SEVERE, (CLASH, SITE), {"facility": Facility.HEALTH}),
    Case("a strike", Severity.MODERATE, (STRIKE,)),
    Case("a deadly strike", Severity.SEVERE, (STRIKE,), {"killed": 12}),
    Case("a strike with many injured", Severity.SEVERE, (STRIKE,), {"injured": 80}),
    Case("a clash", Severity.MODERATE, (CLASH,)),
    Case("fighting goes on in the country", Severity.MINOR, (CLASH,), {"place": CONGO}),
    Case("soldiers killed in the country", Severity.MODERATE, (CLASH,), {"place": CONGO, "killed": 4}),
    Case("a bloody battle", Severity.SEVERE, (CLASH,), {"killed": 25}),
    Case("ten thousand flee", Severity.SEVERE, (FLIGHT,), {"displaced": 10_000}),
    Case("a hundred thousand flee", Severity.EXTREME, (FLIGHT,), {"displaced": 100_000}),
    Case("families flee", Severity.MODERATE, (FLIGHT,)),
    Case("a road is closed", Severity.MODERATE, (Signal.ACCESS_BLOCKED,)),
    Case("troops gather at a town", Severity.MODERATE, (Signal.MOBILISATION,)),
    Case("a threat to the country", Severity.MINOR, (Signal.MOBILISATION,), {"place": CONGO}),
    Case("a truce is broken", Severity.MODERATE, (Signal.CEASEFIRE_BROKEN,), {"place": CONGO}),
    Case("a truce is agreed", Severity.MODERATE, (Signal.DEESCALATION,)),
    Case("a withdrawal after a massacre", Severity.MODERATE, (Signal.DEESCALATION, KILLING), {"killed": 60}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_table_answers(case: Case) -> None:
    incident = make_incident(kind=case.signals[0], signals=case.signals, **{"place": UNKNOWN, **case.fields})
    assert severity(incident) is case.expected


def test_every_signal_has_a_row_and_no_row_is_hidden_by_the_one_before() -> None:
    assert {row.signal for row in TABLE} == set(Signal)
    for above, below in pairwise(TABLE):
        if above.signal is below.signal:
            assert above.severity.rank >= below.severity.rank


def test_minor_is_below_what_a_watch_asks_for_by_default() -> None:
    watch = Watch(1, 1, Area(AreaKind.WORLD))
    assert Severity.MINOR.rank < watch.min_severity.rank <= Severity.MODERATE.rank


def test_a_province_is_no_town_however_many_live_there() -> None:
    crowded = make_place(precision=Precision.ADMIN1, population=8_000_000)
    assert severity(make_incident(place=crowded)) is Severity.SEVERE
