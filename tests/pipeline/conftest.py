"""The models and the gazetteer, loaded once."""

import pytest

from classifiers.model import default_model
from classifiers.reader import Reader
from pipeline.assess import Assessor
from places.gazetteer import Gazetteer
from places.locate import Locator


@pytest.fixture(scope="session")
def assessor() -> Assessor:
    return Assessor(Reader(default_model()), Locator(Gazetteer.load()))
