"""python -m emulator --port N: serve until interrupted."""

import argparse
import asyncio
import contextlib

from emulator.limits import Config
from emulator.methods import LOOPBACK
from emulator.server import start


async def serve(host: str, port: int, config: Config) -> None:
    running = await start(port, config, host)
    print(f"fake Bot API on {running.url}", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await running.close()


def main() -> None:
    cli = argparse.ArgumentParser(prog="python -m emulator", description="Telegram Bot API emulator")
    cli.add_argument("--port", type=int, default=8081)
    cli.add_argument("--host", default="127.0.0.1", choices=LOOPBACK)
    cli.add_argument("--no-limits", action="store_true", help="never answer 429 of its own accord")
    cli.add_argument(
        "--auto-chats", action="store_true", help="a chat the bot writes to exists (else: 400 chat not found)"
    )
    args = cli.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(args.host, args.port, Config(limits=not args.no_limits, auto_chats=args.auto_chats)))


if __name__ == "__main__":
    main()
