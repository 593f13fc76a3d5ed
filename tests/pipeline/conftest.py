"""The models and the gazetteer, loaded once."""

from collections.abc import AsyncIterator

import pytest

from classifiers.model import default_model
from classifiers.reader import Reader
from pipeline.assess import Assessor
from places.gazetteer import Gazetteer
from places.locate import Locator
from tests.site import Site, serving


@pytest.fixture(scope="session")
def assessor() -> Assessor:
    return Assessor(Reader(default_model()), Locator(Gazetteer.load()))


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as found:
        yield found
