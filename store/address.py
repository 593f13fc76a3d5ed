"""Database addresses as people write them: postgres://… or sqlite:///…, checked, and printable without passwords."""

from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from errors import InvalidInput

WHERE = "DATABASE_URL"
_EXPECTED = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"
_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def parse(address: str) -> URL:
    """The address with the driver that is used for it. Raises InvalidInput, which never shows a password."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        # What cannot be parsed is not shown: it may hold a password in an unexpected spot.
        raise InvalidInput(WHERE, "not a database address", _EXPECTED) from error
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise InvalidInput(WHERE, f"{url.drivername!r} is not supported", _EXPECTED)
    url = url.set(drivername=driver)
    if driver == "sqlite":
        _check_file(url)
    return url


def file_of(url: URL) -> Path | None:
    """The SQLite file, None for a database on a server."""
    return Path(url.database) if url.drivername == "sqlite" and url.database else None


def shown(url: URL) -> str:
    """The address without user, password and options, any of which may be secret."""
    if url.drivername == "sqlite":
        return f"sqlite:///{url.database}"
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{url.host or ''}{port}/{url.database or ''}"


def explained(url: URL, error: BaseException) -> str:
    """The first line of what a driver said, without the password should it repeat it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = lines[0] if lines else type(error).__name__
    secrets = [url.password, *(value for key, value in url.query.items() if "password" in key)]
    for secret in secrets:
        if isinstance(secret, str) and secret:
            text = text.replace(secret, "***")
    return text


def _check_file(url: URL) -> None:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise InvalidInput(WHERE, f"sqlite:///{url.database or ''} names no file", "sqlite:///PATH")
    if url.host:
        raise InvalidInput(WHERE, f"sqlite://{url.host}/… names a host", "three slashes, sqlite:///PATH")
    if Path(url.database).is_dir():
        raise InvalidInput(WHERE, f"{url.database} is a folder", "sqlite:///PATH of a file")
