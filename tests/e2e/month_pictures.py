"""`python -m tests.e2e.month_pictures docs/month`: the pictures of the guide, taken of the chat page in Chromium."""

import asyncio
import sys
import tempfile
from pathlib import Path

from PIL import Image

from classifiers.model import default_model
from classifiers.reader import Reader
from feeds.catalogue import load
from pipeline.assess import Assessor
from places.gazetteer import Gazetteer
from places.locate import Locator
from store.migrations import migrate
from store.store import Store
from tests.e2e.month import READER, ROOT, living, read_month
from tests.e2e.test_month import ENGLISH, live_through

SIZE = (460, 900)
COLOURS = 48
CHROMIUM = (
    "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=6000",
    f"--window-size={SIZE[0]},{SIZE[1]}", "--force-device-scale-factor=1",
)  # fmt: skip


async def main(folder: Path) -> None:
    gazetteer = Gazetteer.load()
    reports = read_month(Assessor(Reader(default_model()), Locator(gazetteer)), load(ROOT / "feeds.yaml"))
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{Path(scratch) / 'month.sqlite'}"
        migrate(url)
        store = Store.open(url)
        async with living(store, gazetteer, reports, "en") as month:

            async def look(moment: str) -> None:
                await picture(f"{month.url}/#{READER}", folder / f"{moment}.png")

            await live_through(month, ENGLISH, look)
        store.close()


async def picture(url: str, file: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *CHROMIUM, f"--screenshot={file}", url, stderr=asyncio.subprocess.DEVNULL
    )
    await process.wait()
    with Image.open(file) as taken:
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
