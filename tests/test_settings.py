"""Settings: what is read, and what a wrong value is told."""

from pathlib import Path

import pytest

import settings
from errors import InvalidInput


def test_nothing_set_means_the_emulator_and_the_bundled_feeds() -> None:
    found = settings.parse({})
    assert found.token is None
    assert found.api_url == "https://api.telegram.org"
    assert found.database_url is None
    assert found.feeds.name == "feeds.yaml"
    assert found.admins == frozenset()
    assert not found.allow_private_hosts


def test_everything_set() -> None:
    found = settings.parse(
        {
            "TELEGRAM_BOT_TOKEN": "123456:TESTTOKEN",
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "DATABASE_URL": "sqlite:///x.sqlite",
            "TOCSIN_FEEDS": "/tmp/f.yaml",  # noqa: S108
            "TOCSIN_ADMINS": "1, 22;333",
            "TOCSIN_ALLOW_PRIVATE_HOSTS": "1",
        }
    )
    assert found.token == "123456:TESTTOKEN"
    assert found.api_url == "http://127.0.0.1:8081"
    assert found.feeds == Path("/tmp/f.yaml")  # noqa: S108
    assert found.admins == {1, 22, 333}
    assert found.allow_private_hosts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "not-a-token"),
        ("TELEGRAM_API_URL", "ftp://example.org"),
        ("TELEGRAM_API_URL", "http://user:secret@example.org"),
        ("TOCSIN_ADMINS", "12,bob"),
        ("TOCSIN_ALLOW_PRIVATE_HOSTS", "perhaps"),
    ],
)
def test_a_wrong_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        settings.parse({name: value})
    assert caught.value.where == name
    assert "expected" in str(caught.value)


def test_a_token_is_never_shown() -> None:
    with pytest.raises(InvalidInput) as caught:
        settings.parse({"TELEGRAM_BOT_TOKEN": "12 secret-words"})
    assert "secret" not in str(caught.value)
    assert "TESTTOKEN" not in repr(settings.parse({"TELEGRAM_BOT_TOKEN": "123456:TESTTOKEN"}))


@pytest.mark.parametrize(("value", "expected"), [(None, True), ("0", False), ("no", False), ("1", True)])
def test_the_encoder_is_used_unless_refused(value: str | None, expected: bool) -> None:
    assert settings.parse({"TOCSIN_ENCODER": value} if value else {}).encoder is expected


@pytest.mark.parametrize(
    ("values", "closed", "allowed"),
    [
        ({}, False, set()),
        ({"TOCSIN_CLOSED": "1"}, True, set()),
        ({"TOCSIN_ALLOWED": "7, -1001"}, True, {7, -1001}),
        ({"TOCSIN_ALLOWED": "7", "TOCSIN_CLOSED": "0"}, False, {7}),
    ],
)
def test_a_list_of_chats_closes_the_bot_to_others(values: dict[str, str], closed: bool, allowed: set[int]) -> None:
    found = settings.parse(values)
    assert (found.closed, found.allowed) == (closed, allowed)


def test_ids_of_chats_are_whole_numbers() -> None:
    with pytest.raises(InvalidInput, match="TOCSIN_ALLOWED: found '--7'; expected ids of chats"):
        settings.parse({"TOCSIN_ALLOWED": "--7"})
