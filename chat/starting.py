"""/start, /forget, and the first region to watch."""

from dataclasses import dataclass, replace

from alerts.types import ChatState, Language, Watch
from chat import previews
from chat.area_words import renaming
from chat.cards import line
from chat.i18n import translator
from chat.labels import area_name
from chat.presses import Press
from chat.screens import Answer, Button, Rows, Screen, in_rows, said
from chat.sharing import dead, opened
from chat.turn import StalePress, Turn
from chat.watching import save, world
from pipeline import asking
from pipeline.sharing import is_token
from places.types import Area

LANGUAGES = {
    Language.EN: "English",
    Language.FR: "Français",
    Language.SW: "Kiswahili",
    Language.ES: "Español",
    Language.PT: "Português",
    Language.AR: "العربية",
}


@dataclass(frozen=True, slots=True)
class Region:
    """A first region to watch: an id or a name of the gazetteer, the country it lies in, and a radius."""

    name: str
    country: str
    radius_km: int | None = None


REGIONS = (
    Region("Walikale", "CD", 200),
    Region("North Kivu", "CD"),
    Region("DR Congo", "CD"),
    Region("Sudan", "SD"),
    Region("Ukraine", "UA"),
)
WORLD = len(REGIONS)
OTHER = WORLD + 1


async def start(turn: Turn) -> Answer:
    """A chat that watches something already is resumed; others choose a language, then a first region. A link that
    carries watches shows them."""
    if is_token(turn.text):
        return await opened(turn)
    if turn.text and " " not in turn.text:
        began = await start(replace(turn, text=""))
        return Answer((Screen(dead(turn)), *began.screens))
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    if not watches:
        return Answer((_languages(turn),))
    await turn.do(turn.subscriptions.resume, turn.chat, turn.now)
    again = turn.chat.state is not ChatState.ACTIVE or turn.chat.is_paused(turn.now)
    head = turn.t.text("Alerts are on again.") if again else turn.t.text("Alerts are on.")
    shown = [f"· {line(turn, watch)}" for watch in watches[:10]]
    text = "\n".join([head, turn.t.text("You watch:"), *shown, turn.t.text("/watch adds a place, /help says more.")])
    return said(text, (Button(turn.t.text("All watches"), Press.WATCHES.data(0)),))


def _languages(turn: Turn) -> Screen:
    """Greets in English and in what Telegram takes for the reader's language, and asks in every language."""
    greeting = "\n\n".join(
        translator(language).text(
            "Tocsin warns you of armed conflict near the places you watch: what is said, by whom, and how sure it is. "
            "It reads news feeds; a silent source does not mean that all is quiet."
        )
        for language in dict.fromkeys((Language.EN, turn.chat.language))
    )
    question = " / ".join(translator(language).text("Choose a language:") for language in Language)
    return Screen(f"{greeting}\n\n{question}", _language_buttons())


def _language_buttons() -> Rows:
    return in_rows([Button(name, Press.LANGUAGE.data(language.value)) for language, name in LANGUAGES.items()], 3)


async def language(turn: Turn) -> Answer:
    """/language, with buttons or with a code."""
    wanted = turn.text.strip().lower()
    if wanted in set(Language):
        return await _set_language(turn, Language(wanted))
    return said(turn.t.text("Choose a language:"), *_language_buttons())


async def language_chosen(turn: Turn) -> Answer:
    try:
        wanted = Language(turn.field(0))
    except ValueError as error:
        raise StalePress from error
    return await _set_language(turn, wanted)


async def _set_language(turn: Turn, wanted: Language) -> Answer:
    rename = renaming(turn, wanted)
    await turn.do(turn.subscriptions.set_language, turn.chat.id, turn.chat.kind, wanted, rename)
    turn = turn.in_language(wanted)
    done = turn.t.text("I speak English now.")
    if await turn.do(turn.subscriptions.watches, turn.chat.id):
        return said(done)
    question = turn.t.text("Which region shall I watch first? Choose one, or write the name of any place.")
    lines = [done, question, *await _would_send(turn)]
    return Answer((Screen("\n".join(lines), _regions(turn)),))


async def _would_send(turn: Turn) -> list[str]:
    """What a watch of each first region would have sent of late."""
    areas = [*[await _area(turn, region) for region in REGIONS], world(turn)]
    return await previews.of_choices(turn, [(area.name, Watch(0, turn.chat.id, area)) for area in areas if area])


def _regions(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    labels = [
        turn.t.text("Walikale, 200 km around"),
        turn.t.text("North Kivu"),
        turn.t.country("CD"),
        turn.t.country("SD"),
        turn.t.country("UA"),
        turn.t.text("The whole world"),
        turn.t.text("Another place…"),
    ]
    return in_rows([Button(label, Press.REGION.data(number)) for number, label in enumerate(labels)], 2)


async def region_chosen(turn: Turn) -> Answer:
    number = turn.number(0)
    if number == OTHER:
        return said(
            turn.t.text(
                "Write the name of a town, territory, province or country, for example: Walikale. "
                "You can also share a location."
            )
        )
    if number == WORLD:
        return await save(turn, world(turn))
    if not 0 <= number < WORLD:
        raise StalePress
    area = await _area(turn, REGIONS[number])
    if area is None:
        raise StalePress
    return await save(turn, area)


async def _area(turn: Turn, region: Region) -> Area | None:
    """None: this gazetteer does not have it."""
    gazetteer, search = turn.services.gazetteer, turn.services.search
    centre = region.radius_km is not None
    found = await turn.do(asking.find, gazetteer, search, region.name, centre=centre)
    place = next((place for place in found.places if place.country == region.country), None)
    if place is None:
        return None
    return asking.area_for(place, region.radius_km, area_name(place, region.radius_km, turn.t))


async def forget(turn: Turn) -> Answer:
    """/forget: asks first."""
    if not turn.known:
        return said(turn.t.text("I know nothing of this chat; there is nothing to erase."))
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    text = turn.t.plural(
        "This erases all I keep of this chat: its language, its settings, {count} watch and what it was told. "
        "It cannot be undone.",
        "This erases all I keep of this chat: its language, its settings, {count} watches and what it was told. "
        "It cannot be undone.",
        len(watches),
    )
    if turn.services.admission.closed:
        text += " " + turn.t.text("This bot is for a closed team: to come back you would need a new invitation.")
    yes = Button(turn.t.text("Erase everything"), Press.FORGET.data("yes"))
    no = Button(turn.t.text("Keep it"), Press.FORGET.data("no"))
    return said(text, (yes, no))


async def forget_answered(turn: Turn) -> Answer:
    if turn.field(0) != "yes":
        return said(turn.t.text("Nothing was erased."))
    erased = await turn.do(turn.subscriptions.forget, turn.chat.id)
    watches = turn.t.plural("{count} watch", "{count} watches", erased.watches)
    alerts = turn.t.plural("the record of {count} alert", "the record of {count} alerts", erased.deliveries)
    verdicts = turn.t.plural("{count} note of what was wrong", "{count} notes of what was wrong", erased.verdicts)
    things = [turn.t.text("the settings of this chat"), watches, alerts, *([verdicts] if erased.verdicts else [])]
    return said(turn.t.text("Erased: {things}. /start begins anew.", things=turn.t.listing(things)))
