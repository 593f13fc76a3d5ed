"""The bundled sample: it is played once, reaches who watches, and is marked."""

from pathlib import Path

import jsonl
from alerts.types import Edition
from feeds.catalogue import load
from pipeline.assess import Assessor
from pipeline.deliver import Deliverer
from pipeline.entries import recordings
from pipeline.sample import SamplePlayer
from store.store import Store
from tests.builders import NOW, make_chat, make_watch
from tests.pipeline.channels import Memory

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


async def no_pause(seconds: float) -> None:
    assert seconds > 0


async def test_the_first_watch_starts_it_and_a_later_one_catches_up(sqlite_url: str, assessor: Assessor) -> None:
    store = Store.open(sqlite_url, Edition.SAMPLE)
    with store.write() as tx:
        for chat_id in (1, 2):
            tx.chats.put(make_chat(chat_id))
            tx.chats.add_watch(make_watch(chat_id))
    rows = list(jsonl.read(SAMPLES / "walikale.jsonl"))
    player = SamplePlayer(
        recordings(rows), load(SAMPLES / "publishers.yaml"), assessor, store, lambda: NOW, pause=no_pause
    )
    player.watched(1)
    await player.finish()
    channel = Memory()
    deliverer = Deliverer(store, channel, lambda: NOW, lambda: 0.0)
    await deliverer.drain()
    told = [said for said in channel.sent if said.chat_id == 1]
    assert any("Walikale" in said.text for said in told)
    assert all("SAMPLE" in said.text.splitlines()[0] for said in told)
    assert not any("Kharkiv" in said.text for said in told)
    with store.read() as tx:
        incidents = list(tx.incidents.all())
    walikale = [i for i in incidents if i.place.name == "Walikale"]
    assert len(incidents) < len(rows)
    assert max(len(i.witnesses) for i in walikale) >= 3
    assert not any("City" in w.title or "film" in w.title for i in incidents for w in i.witnesses)

    with store.write() as tx:
        tx.chats.put(make_chat(3))
        tx.chats.add_watch(make_watch(3))
    player.watched(3)
    await player.finish()
    await deliverer.drain()
    assert [said for said in channel.sent if said.chat_id == 3]
    with store.read() as tx:
        assert len(list(tx.incidents.all())) == len(incidents)
    store.close()
