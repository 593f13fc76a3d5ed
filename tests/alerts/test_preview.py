"""What a watch would have told."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from alerts.preview import Past, PastAlert, would_have_told
from alerts.types import Bar, Reason, Severity, Watch
from classifiers.taxonomy import Signal
from incidents.types import Certainty
from places.types import Area, AreaKind
from tests.builders import NOW, make_chat
from tests.incidents.stories import CONGO, MASISI

EXTREME, SEVERE, MODERATE = Severity.EXTREME, Severity.SEVERE, Severity.MODERATE
WORLD = Area(AreaKind.WORLD, "World")


def alert(
    severity: Severity, reason: Reason = Reason.NEW, certainty: Certainty = Certainty.LIKELY, hours: float = 0
) -> PastAlert:
    return PastAlert(NOW + timedelta(hours=hours), reason, severity, certainty)


ALERTS: list[tuple[Watch, Sequence[PastAlert], dict[Severity, int]]] = [
    (Watch(1, 1, WORLD), [alert(SEVERE)], {SEVERE: 1}),
    (Watch(1, 1, WORLD), [alert(MODERATE), alert(EXTREME, Reason.ESCALATED)], {EXTREME: 1}),
    (Watch(1, 1, WORLD, SEVERE), [alert(MODERATE)], {}),
    (Watch(1, 1, WORLD, SEVERE), [alert(MODERATE), alert(SEVERE, Reason.UPDATED)], {SEVERE: 1}),
    (Watch(1, 1, WORLD, SEVERE), [alert(MODERATE), alert(SEVERE, Reason.WITHDRAWN)], {}),
    (Watch(1, 1, WORLD, min_certainty=Certainty.OBSERVED), [alert(SEVERE)], {}),
    (Watch(1, 1, WORLD, EXTREME, night=Bar(SEVERE)), [alert(SEVERE)], {}),  # at 18:04
    (Watch(1, 1, WORLD, EXTREME, night=Bar(SEVERE)), [alert(SEVERE, hours=5)], {SEVERE: 1}),
    (Watch(1, 1, Area(AreaKind.COUNTRY, "Sudan", "SD")), [alert(EXTREME)], {}),
    (Watch(1, 1, WORLD, kinds=frozenset({Signal.UNREST})), [alert(EXTREME)], {}),
]


@pytest.mark.parametrize(("watch", "alerts", "expected"), ALERTS)
def test_an_incident_counts_once_from_the_first_alert_that_was_asked_for(
    watch: Watch, alerts: Sequence[PastAlert], expected: dict[Severity, int]
) -> None:
    past = Past(MASISI, (Signal.ARMED_CLASH,), tuple(alerts))
    assert would_have_told(watch, make_chat(1), [past]) == expected


def test_the_gravest_come_first() -> None:
    past = [Past(CONGO, (Signal.UNREST,), (alert(severity),)) for severity in (MODERATE, EXTREME, MODERATE)]
    assert list(would_have_told(Watch(1, 1, WORLD), make_chat(1), past).items()) == [(EXTREME, 1), (MODERATE, 2)]
