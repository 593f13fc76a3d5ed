"""An operator in a private chat with the bot."""

from collections.abc import Callable

import pytest

from emulator.client import Control
from tests.chat.conftest import OPERATOR
from tests.person import Person


@pytest.fixture
async def boss(person: Callable[..., Person], telegram: Control) -> Person:
    await telegram.post("chats", id=OPERATOR)
    return person(OPERATOR, OPERATOR)
