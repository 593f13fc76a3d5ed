"""The baked gazetteer, loaded once for the whole suite."""

import pytest

from places.gazetteer import Gazetteer
from places.locate import Locator
from places.search import PlaceSearch


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="session")
def locator(gazetteer: Gazetteer) -> Locator:
    return Locator(gazetteer)


@pytest.fixture(scope="session")
def search(gazetteer: Gazetteer) -> PlaceSearch:
    return PlaceSearch(gazetteer)
