"""Redirects, followed on real servers on loopback."""

import pytest
from aiohttp import web

from feeds.errors import FetchProblem
from tests.feeds.sites import BODY, answering, fetch, problem_of, redirecting, serving


@pytest.mark.parametrize("status", [301, 308])
async def test_a_permanent_move_is_reported(status: int) -> None:
    async with serving(old=redirecting("/new#top", status), new=answering()) as site:
        result = await fetch(f"{site}/old")
        assert result.final_url == result.permanent_url == f"{site}/new"
        assert result.body == BODY


@pytest.mark.parametrize("statuses", [(302, 301), (301, 302), (303, 308), (307, 307)])
async def test_one_temporary_step_makes_the_whole_way_temporary(statuses: tuple[int, int]) -> None:
    first, second = statuses
    async with serving(a=redirecting("/b", first), b=redirecting("/c", second), c=answering()) as site:
        result = await fetch(f"{site}/a")
        assert (result.final_url, result.permanent_url) == (f"{site}/c", None)


async def test_a_loop_ends() -> None:
    async with serving(a=redirecting("/b", 301), b=redirecting("/a", 301)) as site:
        assert await problem_of(f"{site}/a") is FetchProblem.TOO_MANY_REDIRECTS


@pytest.mark.parametrize("count", [5, 6])
async def test_five_redirects_are_followed(count: int) -> None:
    async def handler(request: web.Request) -> web.Response:
        step = int(request.query.get("n", "0"))
        return web.Response(status=302, headers={"Location": f"/a?n={step + 1}"}) if step < count else web.Response()

    async with serving(a=handler) as site:
        if count == 5:
            assert (await fetch(f"{site}/a")).final_url == f"{site}/a?n=5"
        else:
            assert await problem_of(f"{site}/a") is FetchProblem.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://a.example/x", "data:text/xml,<rss/>", "http://u:p@127.0.0.1/", ""],
)
async def test_a_redirect_leads_to_the_web_or_nowhere(location: str) -> None:
    async with serving(a=redirecting(location, 302)) as site:
        assert await problem_of(f"{site}/a") is FetchProblem.BAD_REDIRECT


async def test_a_redirect_without_a_target_is_bad() -> None:
    async with serving(a=answering(b"", 302)) as site:
        assert await problem_of(f"{site}/a") is FetchProblem.BAD_REDIRECT
