"""Every value survives its JSON column."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifiers.types import Reading
from feeds.types import Article
from incidents.types import Incident, Witness
from places.types import Located
from store.codec import ARTICLE, INCIDENT, LOCATED, READING, WITNESS, Codec, column_json
from store.columns import storable
from tests.builders import make_article, make_incident, make_located, make_reading, make_witness

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)

for kind, values in ((datetime, MOMENTS), (float, NUMBERS), (str, WORDS)):
    st.register_type_strategy(kind, values)


def through(codec: Codec[Any], value: Any, **elsewhere: object) -> Any:
    body = json.loads(column_json(codec.text(value)))
    assert body == codec.encode(value)
    return codec.decode(body, **elsewhere)


@pytest.mark.parametrize(
    ("of", "codec"), [(Article, ARTICLE), (Reading, READING), (Located, LOCATED), (Witness, WITNESS)]
)
def test_a_decoded_value_equals_the_encoded_one(of: type, codec: Codec[Any]) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.from_type(of))
    def check(value: Any) -> None:
        assert through(codec, value) == value

    check()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_type(Incident))
def test_an_incident_is_kept_apart_from_its_witnesses(incident: Incident) -> None:
    assert "witnesses" not in INCIDENT.encode(incident)
    assert through(INCIDENT, incident, witnesses=incident.witnesses) == incident


def test_decoded_values_hold_the_types_of_the_stages() -> None:
    article = through(ARTICLE, make_article())
    incident = through(INCIDENT, make_incident(), witnesses=[make_witness(1)])

    assert article.published.utcoffset().total_seconds() == 0
    assert isinstance(incident.signals, tuple)
    assert isinstance(incident.witnesses, tuple)
    assert type(incident.kind) is type(make_incident().kind)
    assert hash(through(LOCATED, make_located())) == hash(make_located())


def test_a_row_without_a_field_that_came_later_gets_its_default() -> None:
    body = WITNESS.encode(make_witness(1, words=("rebels",)))
    del body["words"], body["retracted"]

    assert WITNESS.decode(body) == make_witness(1)

    reading = READING.encode(make_reading(rule="told as fact"))
    assert READING.decode(reading).rule == "told as fact"
    del reading["rule"]
    assert READING.decode(reading) == make_reading()


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\0b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),  # a pair of surrogates is one character
        ("مدينة واليكالي", "مدينة واليكالي"),
        ("", ""),
    ],
)
def test_text_that_no_database_can_hold_is_replaced(text: str, stored: str) -> None:
    article = replace(make_article(), title=text)

    assert storable(text) == stored
    assert through(ARTICLE, article).title == stored
