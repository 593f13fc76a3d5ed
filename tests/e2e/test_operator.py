"""A closed bot run from a chat: someone is let in, a feed is added, the process dies, an alert is taken back."""

from pathlib import Path

from tests.e2e import harness

PUBLISHERS = [{"id": "kivu-echo", "name": "Kivu Echo", "kind": "local"}]
OPERATOR = 500


async def test_an_operator_runs_the_bot_from_a_chat(tmp_path: Path) -> None:
    async with harness.feed_server() as feeds, harness.telegram() as telegram:
        harness.write_catalogue(tmp_path / "feeds.yaml", feeds, PUBLISHERS)
        boss, near = await telegram.person(OPERATOR), await telegram.person(101)
        settings = {"TOCSIN_ADMINS": str(OPERATOR), "TOCSIN_CLOSED": "1"}
        added = f"{feeds.url}/lake-radio.xml"
        async with harness.bot(tmp_path, telegram.url, **settings) as bot:
            assert "closed team" in await near.ask("/watch 200 km around Walikale")
            code = (await boss.ask("/invite")).partition("start=")[2].split()[0]
            assert "Choose a language" in await near.ask(f"/start {code}")
            assert "Saved" in await near.ask("/watch 200 km around Walikale")
            seen = len(await near.messages())

            feeds.publish(
                "lake-radio",
                "M23 fighters march into Walikale town, residents say",
                "The mining centre in North Kivu changed hands on Wednesday afternoon. Soldiers had left their "
                "positions by noon, several inhabitants told this radio by telephone.",
            )
            assert "1 entry" in await boss.ask(f"/feeds add {added} en")
            await boss.press("Read this feed")
            await boss.until(f"Read from now on: {added}")
            alert = (await near.texts(seen + 1))[seen]
            assert alert.startswith("REPORTED")
            await near.ask_until("/alerts", "T-0001")  # Telegram's answer is stored, so it is not sent again
            await bot.kill()
        async with harness.bot(tmp_path, telegram.url, **settings):
            assert "2 feeds: 2 healthy" in await boss.ask_until("/feeds", "2 feeds: ")
            assert "1 chat was told of it" in await boss.ask("/withdraw 1 the film is of <2012>")
            await boss.press("Withdraw it")
            await boss.until("T-0001 is withdrawn; 1 chat hears of it.")
            texts = await near.until("the film is of <2012>")
            assert texts[seen].startswith("WITHDRAWN")
