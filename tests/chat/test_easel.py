"""One picture at a time, and few that wait."""

import asyncio
import threading

import pytest

from chat.easel import MOST_WAITING, Easel


async def test_pictures_are_drawn_one_at_a_time_and_off_the_loop() -> None:
    easel = Easel()
    busy, most, threads = 0, 0, set()

    def draw(number: int) -> bytes:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        threads.add(threading.get_ident())
        busy -= 1
        return bytes([number])

    drawn = await asyncio.gather(*(easel.draw(draw, number) for number in range(MOST_WAITING)))
    assert drawn == [bytes([number]) for number in range(MOST_WAITING)]
    assert most == 1
    assert threading.get_ident() not in threads


async def test_who_would_wait_too_long_gets_none_at_once() -> None:
    easel, go = Easel(), threading.Event()

    def draw() -> bytes:
        go.wait(10)
        return b"drawn"

    waiting = [asyncio.create_task(easel.draw(draw)) for _ in range(MOST_WAITING)]
    await asyncio.wait({asyncio.create_task(asyncio.to_thread(lambda: None))})  # all of them have begun to wait
    assert await easel.draw(draw) is None
    go.set()
    assert await asyncio.gather(*waiting) == [b"drawn"] * MOST_WAITING
    assert await easel.draw(draw) == b"drawn"


async def test_a_drawing_that_fails_leaves_its_place_to_the_next() -> None:
    easel = Easel()

    def fail() -> bytes:
        raise ValueError("no ink")

    for _ in range(MOST_WAITING + 1):
        with pytest.raises(ValueError, match="ink"):
            await easel.draw(fail)
    assert await easel.draw(lambda: b"drawn") == b"drawn"
