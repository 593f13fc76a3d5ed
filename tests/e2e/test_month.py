"""A month of the war of early 2025 as one new chat lives through it: from /start to a file of all that it was told."""

import csv
import io
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from classifiers.model import default_model
from classifiers.reader import Reader
from feeds.catalogue import load
from incidents.types import Report
from pipeline.assess import Assessor
from pipeline.entries import Recording
from pipeline.history import standing
from places.gazetteer import Gazetteer
from places.locate import Locator
from store.store import Store
from tests.e2e.month import FIRST_DAY, LAST_DAY, READER, ROOT, Month, living, read_month

ZONE, EVENING, MORNING = ZoneInfo("Africa/Lubumbashi"), time(20), time(6)
Look = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the texts of a language."""

    language: str
    saved: str
    corroborated: str
    disputed: str
    digest: str
    withdrawn: str


ENGLISH = Words("English", "Saved.", "CORROBORATED: a second", "DISPUTED:", "DIGEST:", "WITHDRAWN:")
FRENCH = Words("Français", "Enregistré.", "CORROBORÉ", "CONTESTÉ", "RÉSUMÉ", "RETIRÉ")


@dataclass(frozen=True, slots=True)
class Gazetted:
    """What is loaded once for all languages."""

    gazetteer: Gazetteer
    reports: list[tuple[Recording, Report]]


@pytest.fixture(scope="module")
def loaded() -> Gazetted:
    gazetteer = Gazetteer.load()
    assessor = Assessor(Reader(default_model()), Locator(gazetteer))
    return Gazetted(gazetteer, read_month(assessor, load(ROOT / "feeds.yaml")))


async def _nobody_looks(moment: str) -> None:
    """Where no pictures are taken."""


async def live_through(month: Month, words: Words, look: Look = _nobody_looks) -> None:
    """The month; `look` is called at the moments that the guide shows."""
    await begin(month, words, look)
    await month.until_told(words.corroborated)
    await look("corroborated")
    await month.until(datetime(2025, 1, 27, 2, tzinfo=UTC))
    await look("night")
    await month.until_told(words.disputed)
    await month.until(datetime(2025, 1, 28, 7, tzinfo=UTC))
    await month.reader.ask("/digest 07:00")
    digest = await month.until_told(words.digest)
    assert digest.at == datetime(2025, 1, 29, 5, tzinfo=UTC), "seven o'clock there"
    assert len(digest.ids) >= 2
    await withdraw(month, words, look)
    await month.until(LAST_DAY)
    await export(month, look)


async def begin(month: Month, words: Words, look: Look) -> None:
    """From /start to a saved watch in two taps; then the chat's own clock and its night."""
    await month.until(FIRST_DAY)
    await month.reader.ask("/start")
    regions = await month.reader.press(words.language)
    saved = await month.reader.press(regions.buttons[0])
    assert saved.text.startswith(words.saved)
    (watch,) = month.services.subscriptions.watches(month.reader.chat_id)
    assert "Walikale" in watch.area.name
    await look("saved")
    await month.reader.ask(f"/timezone {ZONE.key}")
    await month.reader.ask(f"/quiet {EVENING:%H:%M}-{MORNING:%H:%M}")


async def withdraw(month: Month, words: Words, look: Look) -> None:
    """An operator finds that something was wrong; who was told hears it at once, digest or not."""
    first = min(month.diary[0].ids)
    asked = await month.operator.ask(f"/withdraw T-{first:04d} the pictures are of another year")
    await month.operator.press(asked.buttons[0])
    at = month.now
    noted = await month.until_told(words.withdrawn)
    assert first in noted.ids
    assert (noted.at - at).total_seconds() <= 3600
    await look("withdrawn")


async def export(month: Month, look: Look) -> None:
    """All that was told as a file, and nothing that was only pointed to; the withdrawn one too, and says so."""
    sent = await month.reader.ask("/export csv")
    await look("export")
    rows = list(csv.DictReader(io.StringIO((await month.reader.open(sent)).decode("utf-8-sig"), newline="")))
    ids = {id for noted in month.diary for id in noted.ids}
    with month.services.store.read() as tx:  # where a message became that of another incident, the file has that one
        told = {f"T-{standing(tx, id, READER)[0]:04d}" for id in ids}
    assert sorted(row["id"] for row in rows) == sorted(told)
    withdrawn = [row for row in rows if row["status"] == "withdrawn"]
    assert len(withdrawn) == 1
    for format in ("geojson", "cap", "atom", "acled"):
        assert (await month.reader.ask(f"/export {format}")).file is not None


def by_night(moment: datetime) -> bool:
    local = moment.astimezone(ZONE).time()
    return local >= EVENING or local < MORNING


@pytest.mark.parametrize(("language", "words"), [("en", ENGLISH), ("fr", FRENCH)])
async def test_a_month(loaded: Gazetted, migrated_file: Path, tmp_path: Path, language: str, words: Words) -> None:
    store = Store.open(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'month.sqlite')}")
    try:
        async with living(store, loaded.gazetteer, loaded.reports, language) as month:
            await live_through(month, words)
            sounded = [noted for noted in month.diary if not noted.edited]
            woken = [noted for noted in sounded if by_night(noted.at)]
            assert woken, "there was an Extreme one by night"
            assert all(noted.extreme for noted in woken), [noted.text for noted in woken if not noted.extreme]
            mornings = [noted for noted in sounded if noted.at.astimezone(ZONE).time() == MORNING]
            assert mornings, "what the night held back comes with the morning"
            assert not any(noted.extreme for noted in mornings)
            texts = [noted.text for noted in sounded]
            assert len(texts) == len(set(texts)), "nothing is told twice"
    finally:
        store.close()
