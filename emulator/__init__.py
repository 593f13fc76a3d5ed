"""An emulator of the Telegram Bot API on loopback, for demonstrations, tests and benchmarks.

It imports nothing of Tocsin: what it knows is Telegram's documented behaviour.
"""

from emulator.limits import Config
from emulator.server import RunningEmulator, start

__all__ = ["Config", "RunningEmulator", "start"]
