"""What who watches a region is told when its sources fall silent: once, without a sound, and again in /status."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from telegram.ext import ExtBot

from alerts.types import Alert, Language, Reason, Severity
from chat.channel import TelegramChannel
from chat.services import Services
from emulator.client import Control
from feeds.choices import FeedChoice, FeedChoiceKind
from feeds.schedule import FeedState, FeedStatus
from pipeline.channel import Urgency
from pipeline.deliver import Deliverer
from pipeline.tell_notices import NoticeTeller
from places.types import Place
from tests.builders import NOW, make_article, make_incident, make_place, make_source, make_witness
from tests.person import Person

OKAPI = "https://okapi.example/rss"


@pytest.fixture
def feeds(running: Services) -> Callable[[FeedStatus], None]:
    """One feed that usually tells of North Kivu; says how it is."""
    with running.store.write() as tx:
        tx.operating.choose(FeedChoice(OKAPI, FeedChoiceKind.ADDED), NOW)
    running.feeds.follow()
    source = make_source(publisher_id="domain:okapi.example", name="okapi.example")
    for _ in range(3):
        with running.store.write() as tx:
            article = tx.articles.add(make_article(source=source), "h")
            tx.incidents.add(make_incident(make_witness(article.id, source=source)))

    def become(status: FeedStatus) -> None:
        state = FeedState(OKAPI, NOW, last_attempt=NOW, last_success=NOW, newest=NOW, gap_s=60)
        with running.store.write() as tx:
            tx.feeds.save(replace(state, status=status))
        running.feed_watch.tick()

    return become


async def test_who_watches_hears_of_it_quietly_and_sees_it_in_status(
    ana: Person, running: Services, bot: ExtBot[Urgency], telegram: Control, feeds: Callable[[FeedStatus], None]
) -> None:
    teller = NoticeTeller(running.store, TelegramChannel(bot), (), running.regions, lambda: NOW, lambda: 0.0)
    await ana.ask("/watch 50 km around Walikale")
    feeds(FeedStatus.SILENT)
    await teller.tick()
    line = "1 of 1 usual source for North Kivu (DR Congo) is silent: okapi.example. Silence is not safety"
    assert (await ana.last()).text.startswith(line)
    quiet = [c for c in (await telegram.get("calls", method="sendMessage"))["calls"] if "okapi" in c["params"]["text"]]
    assert [str(call["params"]["disable_notification"]).lower() for call in quiet] == ["true"]
    assert line in (await ana.ask("/status")).text
    await ana.ask("/language fr")
    assert "1 source habituelle sur 1 se tait sur" in (await ana.ask("/status")).text
    feeds(FeedStatus.HEALTHY)
    await teller.tick()
    assert "publient de nouveau : okapi.example." in (await ana.last()).text
    assert "se tait" not in (await ana.ask("/status")).text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (Language.EN, "1 of 1 usual source for North Kivu (DR Congo) is silent: okapi.example. Silence is not safety"),
        (Language.FR, "1 source habituelle sur 1 se tait sur Nord-Kivu (RD Congo)"),
    ],
)
async def test_the_next_alert_from_there_says_it_too(
    ana: Person,
    running: Services,
    bot: ExtBot[Urgency],
    feeds: Callable[[FeedStatus], None],
    language: Language,
    line: str,
) -> None:
    await ana.ask("/watch North Kivu")
    await ana.ask(f"/language {language.value}")

    async def alert(place: Place) -> list[str]:
        with running.store.write() as tx:
            article = tx.articles.add(make_article(), "h")
            incident = tx.incidents.add(make_incident(make_witness(article.id), place=place))
            tx.alerts.add(Alert(0, incident.id, 1, Reason.NEW, Severity.SEVERE, incident.certainty, NOW))
        await Deliverer(running.store, TelegramChannel(bot), lambda: NOW, lambda: 0.0).drain()
        return (await ana.last()).text.splitlines()

    assert not any(said.startswith(line) for said in await alert(make_place()))
    feeds(FeedStatus.SILENT)
    assert any(said.startswith(line) for said in await alert(make_place(name="Masisi")))
    await ana.ask("/watch Ukraine")
    kharkiv = make_place(
        id="gn:706483", country="UA", admin1="Kharkiv", admin2=None, name="Kharkiv", lat=50.0, lon=36.2
    )
    told = await alert(kharkiv)
    assert any("Kharkiv" in said for said in told)
    assert not any(said.startswith(line) for said in told)
