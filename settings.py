"""Settings from the environment and `.env`: the only reader of os.environ, imported by bot.py alone."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

from errors import InvalidInput

ROOT = Path(__file__).resolve().parent
TELEGRAM_API_URL = "https://api.telegram.org"
TOKEN_SHAPE = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{3,128}")


@dataclass(frozen=True, slots=True)
class Settings:
    """`token` None: no Telegram, the bundled emulator serves instead. `database_url` None: the default file.
    `closed`: only `allowed` chats, operators and the invited are served."""

    token: str | None = field(repr=False)
    api_url: str
    database_url: str | None = field(repr=False)
    feeds: Path
    admins: frozenset[int]
    closed: bool
    allowed: frozenset[int]
    allow_private_hosts: bool
    encoder: bool


def load() -> Settings:
    """The environment over `.env` in the project's folder. Raises InvalidInput naming the variable."""
    file = {name: value for name, value in dotenv_values(ROOT / ".env").items() if value is not None}
    return parse({**file, **os.environ})


def parse(values: Mapping[str, str]) -> Settings:
    def text(name: str) -> str | None:
        return values.get(name, "").strip() or None

    allowed = text("TOCSIN_ALLOWED")
    return Settings(
        token=_token(text("TELEGRAM_BOT_TOKEN")),
        api_url=_url(text("TELEGRAM_API_URL") or TELEGRAM_API_URL),
        database_url=text("DATABASE_URL"),
        feeds=Path(text("TOCSIN_FEEDS") or ROOT / "feeds.yaml"),
        admins=_ids("TOCSIN_ADMINS", text("TOCSIN_ADMINS"), r"\d{1,19}", "Telegram user ids, separated by commas"),
        closed=_flag("TOCSIN_CLOSED", text("TOCSIN_CLOSED"), default=allowed is not None),
        allowed=_ids("TOCSIN_ALLOWED", allowed, r"-?\d{1,19}", "ids of chats, separated by commas"),
        allow_private_hosts=_flag("TOCSIN_ALLOW_PRIVATE_HOSTS", text("TOCSIN_ALLOW_PRIVATE_HOSTS"), default=False),
        encoder=_flag("TOCSIN_ENCODER", text("TOCSIN_ENCODER"), default=True),
    )


def _token(value: str | None) -> str | None:
    # The value itself is a secret, so the error does not repeat it.
    if value is not None and not TOKEN_SHAPE.fullmatch(value):
        raise InvalidInput(
            "TELEGRAM_BOT_TOKEN", "is not shaped like a bot token", "digits, a colon, then letters, as BotFather gives"
        )
    return value


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", value):
        raise InvalidInput("TELEGRAM_API_URL", f"found {value!r}", "an address such as http://127.0.0.1:8081")
    return value.rstrip("/")


def _ids(name: str, value: str | None, shape: str, expected: str) -> frozenset[int]:
    words = re.split(r"[\s,;]+", value) if value else []
    wrong = next((word for word in words if word and not re.fullmatch(shape, word)), None)
    if wrong is not None:
        raise InvalidInput(name, f"found {wrong!r}", expected)
    return frozenset(int(word) for word in words if word)


def _flag(name: str, value: str | None, *, default: bool) -> bool:
    if value is None:
        return default
    if value.lower() in ("0", "false", "no"):
        return False
    if value.lower() in ("1", "true", "yes"):
        return True
    raise InvalidInput(name, f"found {value!r}", "1 or 0")
