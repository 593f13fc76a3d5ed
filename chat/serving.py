"""Runs the Telegram application until it is told to stop: polling, and the jobs of the one scheduler."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import Application

from chat.app import ALLOWED_UPDATES
from chat.channel import start_error
from chat.dispatch import App, Context
from chat.menus import set_menus

log = logging.getLogger(__name__)

RETRY_S = 5.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again; a run that is still going on when the next is due is not joined by it."""

    run: Callable[[], Awaitable[object]]
    every_s: float = 1.0


async def serve(app: App, jobs: Sequence[Job], operators: Collection[int], stop: asyncio.Event) -> None:
    """Serve until `stop` is set. Waits for a Telegram that cannot be reached; raises InvalidInput when it refuses."""
    if not await _initialize(app, stop):
        return
    try:
        await app.start()
        _schedule(app, jobs)
        if app.updater:
            await app.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
        log.info("serving")
        await set_menus(app.bot, operators)  # some twenty calls, which nobody should have to wait for
        await stop.wait()
    finally:
        if app.updater and app.updater.running:
            await app.updater.stop()
        if app.running:
            await app.stop()
        await app.shutdown()


async def _initialize(app: App, stop: asyncio.Event) -> bool:
    """Make the first call to Telegram, again and again until it is answered; False: told to stop meanwhile."""
    said = False
    while not stop.is_set():
        try:
            await app.initialize()
        except InvalidToken as error:
            raise start_error(error) from error
        except NetworkError as error:
            if not said:
                log.warning("Telegram cannot be reached (%s); trying again every few seconds", type(error).__name__)
            said = True
            await _pause(stop, RETRY_S)
        except TelegramError as error:
            raise start_error(error) from error
        else:
            return True
    return False


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _schedule(app: Application[Any, Any, Any, Any, Any, Any], jobs: Sequence[Job]) -> None:
    if app.job_queue is None:
        raise RuntimeError("python-telegram-bot is installed without its job queue")
    for job in jobs:

        async def run(_: Context, job: Job = job) -> None:
            await job.run()

        app.job_queue.run_repeating(run, job.every_s, first=0.1)
