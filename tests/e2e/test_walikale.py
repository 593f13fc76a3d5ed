"""The story to get right: a town falls, two chats watch, outlets follow one another."""

from pathlib import Path

from tests.e2e import harness

PUBLISHERS = [
    {"id": "kivu-echo", "name": "Kivu Echo", "kind": "local"},
    {"id": "plateau-times", "name": "Plateau Times"},
    {"id": "morning-herald", "name": "Morning Herald", "kind": "international", "home": None},
]


async def test_one_town_two_chats_three_outlets(tmp_path: Path) -> None:
    async with harness.feed_server() as feeds, harness.telegram() as telegram:
        harness.write_catalogue(tmp_path / "feeds.yaml", feeds, PUBLISHERS)
        near, far = await telegram.person(101), await telegram.person(102)
        async with harness.bot(tmp_path, telegram.url):
            await near.ask("/start")
            await far.ask("/start")
            assert "Walikale" in await near.ask("/watch 200 km around Walikale")
            assert "Ukrain" in await far.ask("/watch Ukraine")
            seen, unseen = len(await near.messages()), len(await far.messages())

            await _one_outlet_reports(near, feeds, seen)
            await _a_second_corroborates(near, feeds, seen)
            await _copies_are_listed(near, feeds)
            assert len(await far.messages()) == unseen, await far.texts()
            told = [row for row in await near.messages() if "title" in row["message"].get("text", "").lower()]
            assert not any("league" in row["message"]["text"] for row in told)


async def _one_outlet_reports(near: harness.Person, feeds: harness.FeedServer, seen: int) -> None:
    feeds.publish(
        "kivu-echo",
        "M23 fighters march into Walikale town, residents say",
        "The mining centre in North Kivu changed hands on Wednesday afternoon. Soldiers had left their "
        "positions by noon, several inhabitants told this paper by telephone.",
    )
    alert = (await near.texts(seen + 1, wait=15))[seen]
    first_line = alert.splitlines()[0]
    assert first_line.startswith("REPORTED")
    for expected in ("Walikale", "North Kivu", "M23", "Likely", "Kivu Echo", "T-0001/1"):
        assert expected in alert, alert
    assert "captured" in alert.lower()


async def _a_second_corroborates(near: harness.Person, feeds: harness.FeedServer, seen: int) -> None:
    """And what is sport is told nobody."""
    feeds.publish(
        "kivu-echo",
        "Striker's late winner helps Lions capture the league title in Goma",
        "The home side had been under fire from its supporters all season.",
    )
    feeds.publish(
        "plateau-times",
        "Rebels of M23 seize Walikale in eastern Congo",
        "The armed group took control of the town of Walikale in North Kivu province on Wednesday, local "
        "officials and witnesses said.",
    )
    await near.until("CORROBORATED")
    texts = await near.texts(seen + 2)
    assert len(texts) == seen + 2, texts
    assert texts[seen].startswith("CORROBORATED")
    assert "Plateau Times" in texts[seen]
    assert "CORROBORATED" in texts[seen + 1]
    rows = await near.messages()
    assert rows[seen]["edits"]
    assert rows[seen + 1]["message"]["reply_to_message"]["message_id"] == rows[seen]["message"]["message_id"]


async def _copies_are_listed(near: harness.Person, feeds: harness.FeedServer) -> None:
    feeds.publish(
        "morning-herald",
        "M23 rebels take Walikale in DR Congo",
        "GOMA (AFP) - M23 rebels on Wednesday took the town of Walikale in North Kivu, residents told AFP.",
    )
    feeds.publish(
        "plateau-times",
        "Walikale: M23 in control, say AFP reporters",
        "(AFP) - M23 rebels on Wednesday took the town of Walikale in North Kivu, residents told AFP.",
    )
    await near.until("Morning Herald")
    assert "T-0001" in await near.ask_until("/alerts", "Walikale")
    detail = await near.ask("/alert 1")
    for expected in ("Kivu Echo", "Plateau Times", "Walikale"):
        assert expected in detail, detail


async def test_an_agency_copy_is_no_second_witness(tmp_path: Path, url: str) -> None:
    """On either database."""
    copies = [{"id": "courier", "name": "Courier"}, {"id": "gazette", "name": "Gazette"}]
    async with harness.feed_server() as feeds, harness.telegram() as telegram:
        harness.write_catalogue(tmp_path / "feeds.yaml", feeds, copies)
        person = await telegram.person(103)
        async with harness.bot(tmp_path, telegram.url, DATABASE_URL=url):
            await person.ask("/start")
            await person.ask("/watch 200 km around Walikale")
            seen = len(await person.messages())
            text = "GOMA (AFP) - M23 rebels on Wednesday captured the town of Walikale, residents told AFP."
            feeds.publish("courier", "M23 captures Walikale", text)
            assert (await person.texts(seen + 1))[seen].startswith("REPORTED")
            feeds.publish("gazette", "Walikale captured by M23 rebels", text)
            texts = await person.until("1 copy: AFP")
            assert texts[seen].startswith("REPORTED")
            assert len(texts) == seen + 1, texts


async def test_a_kill_while_a_send_hangs_loses_nothing(tmp_path: Path) -> None:
    async with harness.feed_server() as feeds, harness.telegram() as telegram:
        harness.write_catalogue(tmp_path / "feeds.yaml", feeds, PUBLISHERS)
        person = await telegram.person(104)
        async with harness.bot(tmp_path, telegram.url) as bot:
            await person.ask("/start")
            await person.ask("/watch 200 km around Walikale")
            seen = len(await person.messages())
            await telegram.post(
                "faults", kind="hang_after", chat_id=person.chat_id, method="sendMessage", times=1, ms=120_000
            )
            feeds.publish(
                "kivu-echo",
                "Walikale has fallen to M23 rebels",
                "The insurgents captured the town in North Kivu on Wednesday, the territory's administrator said.",
            )
            await person.texts(seen + 1)  # accepted, but the bot never hears so
            await bot.kill()
        async with harness.bot(tmp_path, telegram.url):
            texts = await person.texts(seen + 2)
            assert [t.splitlines()[0] for t in texts[seen:]] == [texts[seen].splitlines()[0]] * 2
            await person.ask_until("/alerts", "Walikale")
