"""Database addresses, and that no error shows a password."""

from pathlib import Path

import pytest

from errors import InvalidInput
from store.address import explained, file_of, parse, shown


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgres_is_reached_through_psycopg(scheme: str) -> None:
    url = parse(f"{scheme}://bot:secret@db.example:5433/tocsin")

    assert url.drivername == "postgresql+psycopg"
    assert url.password == "secret"
    assert shown(url) == "postgresql://db.example:5433/tocsin"
    assert file_of(url) is None


@pytest.mark.parametrize(
    ("address", "file"), [("sqlite:///var/tocsin.sqlite", "var/tocsin.sqlite"), ("sqlite:////srv/t.db", "/srv/t.db")]
)
def test_sqlite_is_a_file(address: str, file: str) -> None:
    assert file_of(parse(address)) == Path(file)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tocsin.sqlite",
        "mysql://bot:secret@db.example/tocsin",
        "postgresql+asyncpg://bot:secret@db.example/tocsin",
        "sqlite+aiosqlite:///tocsin.sqlite",
        "postgresql://bot:secret@db.example:port/tocsin",
        "bot:secret@db.example/tocsin",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://tocsin.sqlite",
        "sqlite:////",
    ],
)
def test_other_addresses_are_refused_in_one_line_without_password(address: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(address)

    assert caught.value.where == "DATABASE_URL"
    assert caught.value.expected
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_driver_that_repeats_the_password_is_not_repeated() -> None:
    url = parse("postgresql://bot:hunter2@db.example/tocsin?sslpassword=sesame")

    assert explained(url, ValueError("bad hunter2 and sesame\nmore")) == "bad *** and ***"
    assert explained(url, ValueError()) == "ValueError"
