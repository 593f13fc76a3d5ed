"""What a text says outright."""

import pytest

from classifiers.patterns import REASSURED, said_outright
from classifiers.taxonomy import Signal

CAPTURED = list(Signal).index(Signal.TERRITORY_CAPTURED)


@pytest.mark.parametrize(
    "title",
    [
        "Army says situation in Mavuno is under control",
        "Mavuno : l'armée assure que la situation est sous contrôle",
        "El ejército dice que la situación está bajo control",
        "Exército diz que a situação está sob controlo",
        "Jeshi lasema hali imedhibitiwa Mavuno",
        "Военные заявили, что ситуация под контролем",
        "الجيش يؤكد أن الوضع تحت السيطرة",
    ],
)
def test_who_calms_people_took_no_town(title: str) -> None:
    assert said_outright([], title, f"{title}\n")[CAPTURED] == REASSURED


@pytest.mark.parametrize("title", ["Mavuno passe sous contrôle des rebelles", "Rebels bring Mavuno under control"])
def test_a_town_that_comes_under_control_was_taken(title: str) -> None:
    assert said_outright([], title, f"{title}\n")[CAPTURED] >= 0
