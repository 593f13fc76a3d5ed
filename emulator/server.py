"""The HTTP server: the Bot API for bots, /ctl for people and tests, and a chat page. It listens on loopback only.

    PTB: Application.builder().base_url("http://127.0.0.1:8081/bot").base_file_url("http://127.0.0.1:8081/file/bot")

Bot side: /bot<token>/<method>, as api.telegram.org serves it: GET, form, JSON or multipart; polling and webhooks.
User side: emulator/control.py.
"""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from emulator.bot import FAULTS, FakeBot, public
from emulator.control import MALFORMED, NotPossible, control
from emulator.limits import Config
from emulator.methods import LOOPBACK, call
from emulator.rules import ApiError, Json, need

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PAGE = Path(__file__).with_name("chat_page.html")
MAX_BODY = 64 << 20
STRUCTURED = {
    "reply_markup",
    "reply_parameters",
    "entities",
    "caption_entities",
    "media",
    "link_preview_options",
    "allowed_updates",
}


async def read_params(request: web.Request) -> Json:
    """Parameters of a call, from query and body; uploaded files as {name: (file name, bytes)} under `_files`."""
    params: Json = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.can_read_body and request.content_type == "application/json":
        params |= await request.json()
    elif request.can_read_body:
        for key, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[key] = value.filename, value.file.read()
            else:
                params[key] = value
    for key, value in params.items():
        params[key] = _decoded(key, value)
    return params | {"_files": files}


def _decoded(key: str, value: object) -> object:
    """Nested values come as JSON text; what is prose stays text."""
    if not isinstance(value, str) or key in ("text", "caption") or not (value[:1] in "[{" or key in STRUCTURED):
        return value
    try:
        decoded: object = json.loads(value)
    except ValueError:
        need(key not in STRUCTURED, f"can't parse {key}: JSON expected")
        return value
    return decoded


class Emulator:
    """All bots that called, by id; the one that called last is last. Id 0: prepared before any called."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.bots: dict[int, FakeBot] = {}

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY, middlewares=[_own_pages_only])
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self.bot_api)
        for path in ("/file/bot{token:[^/]+}/{path}", "/ctl/file/{path}"):
            app.router.add_get(path, self.file)
        app.router.add_route("*", "/ctl/{what}", self.ctl)
        app.router.add_get("/", self.page)
        app.on_shutdown.append(self._end_waiting)
        return app

    async def _end_waiting(self, app: web.Application) -> None:
        for bot in self.bots.values():
            for task in bot.tasks:
                task.cancel()

    async def page(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE)

    async def file(self, request: web.Request) -> web.Response:
        name = request.match_info["path"]
        found = next((bot.files[name] for bot in self.bots.values() if name in bot.files), None)
        return web.Response(body=found.data) if found else web.Response(status=404)

    async def bot_api(self, request: web.Request) -> web.Response:
        token, method, began = request.match_info["token"], request.match_info["method"].lower(), time.time()
        if not re.fullmatch(r"\d+:[\w-]{3,}", token):
            return web.json_response(ApiError(404, "Not Found").body, status=404)
        bot = self._caller(int(token.split(":")[0]))
        params: Json = {}
        after: Json = {}
        try:
            params = await read_params(request)
            after = await self._before(bot, request, method, params)
            body: Json = {"ok": True, "result": await call(bot, method, params)}
            after = bot.fault({"drop_after", "hang_after"}, method, _chat_id(params))
        except _Dropped:
            return web.Response()
        except ApiError as error:
            body = error.body
        except (KeyError, ValueError, TypeError, AttributeError) as error:  # a parameter missing or of the wrong shape
            body = ApiError(400, f"Bad Request: wrong parameter ({type(error).__name__}: {error})").body
        code = body.get("error_code", 200)
        _count(bot, method, began, params, body, after)
        if after.get("kind") == "drop_after":
            _abort(request)
        elif after:
            await asyncio.sleep(after.get("ms", 60_000) / 1000)
        return web.json_response(body, status=code)

    def _caller(self, bot_id: int) -> FakeBot:
        bot = self.bots.pop(bot_id, None) or self.bots.pop(0, None) or FakeBot(bot_id, self.config)
        self.bots[bot_id] = bot
        bot.name(bot_id)
        return bot

    async def _before(self, bot: FakeBot, request: web.Request, method: str, params: Json) -> Json:
        """Faults that strike before the call is carried out."""
        chat_id = _chat_id(params)
        if method != "getupdates":
            delay = bot.fault({"latency"}, method, chat_id).get("ms", 0) + self.config.latency_ms
            if delay:
                await asyncio.sleep(delay / 1000)
        if bot.fault({"drop_before"}, method, chat_id):
            _abort(request)
            raise _Dropped
        if fault := bot.fault(set(FAULTS), method, chat_id):
            kind = fault["kind"]
            extra = {"retry_after": int(fault.get("retry_after", 1))} if kind == "flood" else {}
            extra |= {"migrate_to_chat_id": fault["migrate_to"]} if kind == "migrate" else {}
            code, description = FAULTS[kind]
            raise ApiError(fault.get("code", code), fault.get("description", description), **extra)
        return {}

    async def ctl(self, request: web.Request) -> web.Response:
        fields: Json = dict(request.query)
        if request.method in ("POST", "DELETE") and request.can_read_body:
            fields |= await request.json()
        bot_id = int(fields.pop("bot", 0)) or next(reversed(self.bots), 0)
        bot = self.bots.get(bot_id)
        if bot is None:
            bot = self.bots[bot_id] = FakeBot(bot_id, self.config)
        try:
            answer = await control(bot, request.match_info["what"], request.method, fields)
        except NotPossible as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        except MALFORMED as error:
            problem = f"wrong field ({type(error).__name__}: {error})"
            return web.json_response({"ok": False, "error": problem}, status=400)
        return web.json_response(answer)


@web.middleware
async def _own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site's page in the same browser sends here (also by a name that it points to loopback)."""
    origin = request.headers.get("Origin")
    for address in ("//" + request.host, origin):
        if address is not None and urlsplit(address).hostname not in LOOPBACK:
            return web.json_response({"ok": False, "error": "loopback only"}, status=403)
    return await handler(request)


class _Dropped(Exception):
    """The connection was cut on purpose."""


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _chat_id(params: Json) -> object:
    named = params.get("chat_id")
    return int(str(named)) if re.fullmatch(r"-?\d+", str(named)) else named


def _count(bot: FakeBot, method: str, began: float, params: Json, body: Json, after: Json) -> None:
    code = body.get("error_code", 200)
    bot.methods[method] += 1
    bot.stats[f"http_{code}"] += 1
    if method == "getupdates":
        return
    bot.calls.append(
        {
            "ts": began,
            "ms": round((time.time() - began) * 1000, 2),
            "method": method,
            "code": code,
            "error": body.get("description"),
            "lost": after.get("kind"),
            "params": public(params),
            "files": {name: len(file[1]) for name, file in params.get("_files", {}).items()},
        }
    )


@dataclass(frozen=True)
class RunningEmulator:
    """A server that is up; `url` is the chat page and the Bot API's root, without a slash at the end."""

    url: str
    runner: web.AppRunner

    async def close(self) -> None:
        await self.runner.cleanup()


async def start(port: int = 0, config: Config | None = None, host: str = "127.0.0.1") -> RunningEmulator:
    """Serve in this event loop; port 0: any free one. Raises OSError when the port is taken, ValueError for a host
    that is not loopback."""
    if host not in LOOPBACK:
        raise ValueError(f"the emulator listens on loopback only, not on {host}")
    runner = web.AppRunner(Emulator(config or Config()).application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    bound = runner.addresses[0][1]
    return RunningEmulator(f"http://{'[::1]' if host == '::1' else host}:{bound}", runner)
