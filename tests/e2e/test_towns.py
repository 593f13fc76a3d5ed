"""Ten other towns on four continents, in three languages: the right place, the right kind, the right people."""

from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.e2e import harness


@dataclass(frozen=True)
class Town:
    watch: str
    language: str
    home: str
    title: str
    summary: str
    place: str
    province: str
    kinds: tuple[str, ...]  # any of these words in the alert


TOWNS = [
    Town(
        "Sake",
        "fr",
        "CD",
        "Nord-Kivu : des obus s'abattent sur la cité de Sake",
        "Au moins six habitants ont péri jeudi dans la chute de plusieurs obus tirés depuis les collines, selon le "
        "chef de quartier.",
        "Sake",
        "North Kivu",
        ("Shelling",),
    ),
    Town(
        "Minembwe",
        "sw",
        "CD",
        "Mapigano makali yazuka Minembwe, Kivu Kusini",
        "Jeshi la Congo na wapiganaji wa Twirwaneho wanapigana tangu alfajiri katika mji wa Minembwe; wakazi "
        "wamekimbia nyumba zao.",
        "Minembwe",
        "South Kivu",
        ("clash", "fleeing"),
    ),
    Town(
        "El Fasher",
        "en",
        "SD",
        "RSF gunners pound El Fasher for a third night",
        "Artillery fire by the Rapid Support Forces killed 14 people in the North Darfur capital, a doctors' network "
        "said on Friday.",
        "Fasher",
        "Darfur",
        ("Shelling",),
    ),
    Town(
        "Djibo",
        "fr",
        "BF",
        "Burkina Faso : le camp militaire de Djibo pris d'assaut par des jihadistes",
        "Plusieurs dizaines de soldats ont été tués dimanche dans l'attaque, ont indiqué des sources sécuritaires et "
        "des habitants.",
        "Djibo",
        "Sahel",
        ("clash", "captured"),
    ),
    Town(
        "Macomia",
        "en",
        "MZ",
        "Insurgents attack Macomia in northern Mozambique",
        "Islamist fighters raided the town in Cabo Delgado before sunrise, exchanging fire with soldiers as families "
        "ran for the bush, local sources said.",
        "Macomia",
        "Cabo Delgado",
        ("clash", "fleeing", "civilians"),
    ),
    Town(
        "Lashio",
        "en",
        "MM",
        "Junta jets bomb Lashio, killing eight villagers",
        "Two warplanes dropped bombs on a quarter of the northern Shan State town on Tuesday evening, rescue workers "
        "told this newspaper.",
        "Lashio",
        "Shan",
        ("Shelling",),
    ),
    Town(
        "Khan Younis",
        "en",
        "PS",
        "Air raid on school sheltering families in Khan Younis leaves 11 dead",
        "Israeli aircraft hit a school where displaced people were sleeping in the southern Gaza Strip, rescuers said.",
        "Khan Younis",
        "Gaza",
        ("Shelling", "site", "school"),
    ),
    Town(
        "Kostiantynivka",
        "en",
        "UA",
        "Three die as Russian glide bombs strike Kostiantynivka",
        "Russian aircraft dropped guided bombs on the centre of the Donetsk region town at noon, wounding nine more, "
        "prosecutors said.",
        "Kostiantynivka",
        "Donetsk",
        ("Shelling",),
    ),
    Town(
        "Kenscoff",
        "fr",
        "HT",
        "Haïti : des gangs incendient des maisons à Kenscoff, des centaines de familles en fuite",
        "Des hommes armés ont attaqué la commune dans la nuit, tuant au moins cinq riverains, d'après la mairie.",
        "Kenscoff",
        "Ouest",
        ("civilians", "fleeing"),
    ),
    Town(
        "Tibú",
        "en",
        "CO",
        "ELN guerrillas and FARC dissidents battle around Tibu, thousands flee",
        "Fighting between the two armed groups in Colombia's Norte de Santander department drove more than 2,000 "
        "villagers from their homes, the ombudsman said.",
        "Tib",
        "Norte de Santander",
        ("clash", "fleeing"),
    ),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """One bot, one feed and one person for each town."""
    folder = tmp_path_factory.mktemp("towns")
    async with harness.feed_server() as feeds, harness.telegram() as telegram:
        publishers = [
            {"id": f"paper{n}", "name": f"Paper {n}", "home": town.home, "language": town.language}
            for n, town in enumerate(TOWNS)
        ]
        harness.write_catalogue(folder / "feeds.yaml", feeds, publishers)
        async with harness.bot(folder, telegram.url):
            yield feeds, telegram


@pytest.mark.parametrize("number", range(len(TOWNS)), ids=[town.watch for town in TOWNS])
@pytest.mark.asyncio(loop_scope="module")
async def test_a_report_reaches_those_who_watch_its_town(world, number: int) -> None:  # type: ignore[no-untyped-def]
    feeds, telegram = world
    town = TOWNS[number]
    other = TOWNS[(number + 3) % len(TOWNS)]
    near, far = await telegram.person(500 + 2 * number), await telegram.person(501 + 2 * number)
    for person, place in ((near, town.watch), (far, other.watch)):
        await person.ask("/start")
        await person.watch(f"60 km around {place}")
    seen, unseen = len(await near.messages()), len(await far.messages())
    feeds.publish(f"paper{number}", town.title, town.summary)
    alert = (await near.texts(seen + 1))[seen]
    assert town.place in alert, alert
    assert town.province in alert, alert
    assert any(kind.lower() in alert.lower() for kind in town.kinds), alert
    assert f"Paper {number}" in alert, alert
    assert len(await far.messages()) == unseen, await far.texts()
