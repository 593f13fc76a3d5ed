"""Where the main event lies, in sentences of our own: seven languages, four continents."""

import pytest

from classifiers.types import ArticleText
from places.locate import Locator
from places.types import Precision

# language, title, summary, main place (gazetteer name), country
SENTENCES = (
    ("en", "M23 rebels enter Walikale as talks falter in Doha", "", "Walikale", "CD"),
    ("en", "Shells land near the hospital in Masisi", "Nurses say two wards were hit.", "Masisi", "CD"),
    ("en", "Residents flee Minova after a night of gunfire", "Many walked towards Kalehe.", "Minova", "CD"),
    ("en", "Militia raid on a mining camp near Mongbwalu kills nine", "", "Mongbwalu", "CD"),
    ("en", "Drone strike on a market in El Fasher kills dozens", "Khartoum has not commented.", "El Fasher", "SD"),
    ("en", "Army retakes Babanusa from the paramilitaries", "", "Babanusa", "SD"),
    ("en", "Gunboats shell Nasir, say local officials", "The town lies in Upper Nile state.", "Nasir", "SS"),
    ("en", "Insurgents burn homes in Macomia", "Mozambique's army sent reinforcements.", "Macomia", "MZ"),
    ("en", "Gunmen overrun an outpost near Barsalogho", "", "Barsalogho", "BF"),
    ("en", "Tuareg fighters ambush a convoy outside Tinzaouaten", "", "Tinzaouaten", "ML"),
    ("en", "Suicide bomber kills worshippers in Maiduguri", "", "Maiduguri", "NG"),
    ("en", "Al-Shabaab fires mortars at Baidoa airport", "", "Baidoa", "SO"),
    ("en", "Clashes erupt in Gondar between militia and federal troops", "", "Gondar", "ET"),
    ("en", "Air strike flattens a block in Khan Younis", "Gaza's rescuers searched the rubble.", "Khan Younis", "PS"),
    ("en", "Troops raid Jenin before dawn", "Two Palestinians were killed, medics say.", "Jenin", "PS"),
    ("en", "Rockets hit Kiryat Shmona", "The barrage came from Lebanon.", "Kiryat Shmona", "IL"),
    ("en", "Israeli jets bomb Nabatieh", "", "Nabatieh", "LB"),
    ("en", "Fighters seize Saraqib from government forces", "", "Saraqib", "SY"),
    ("en", "Coalition strike kills three fuel traders in Hodeidah", "", "Hodeidah", "YE"),
    ("en", "Roadside bomb wounds five soldiers near Baqubah", "", "Baqubah", "IQ"),
    ("en", "Russian forces claim Toretsk", "Kyiv denies it.", "Toretsk", "UA"),
    ("en", "Missile hits a rail station in Kramatorsk", "", "Kramatorsk", "UA"),
    ("en", "Ukrainian drones strike an oil depot in Saratov", "", "Saratov", "RU"),
    ("en", "Rebel alliance captures Lashio", "It is the largest town to fall in Shan state.", "Lashio", "MM"),
    ("en", "Militants storm a police post in Bannu", "", "Bannu", "PK"),
    ("en", "Gunfire across the line of control in Poonch", "", "Poonch", "IN"),
    ("en", "Blast outside a mosque in Kunduz kills eleven", "", "Kunduz", "AF"),
    ("en", "Gangs set fire to a hospital in Port-au-Prince", "", "Port-au-Prince", "HT"),
    ("en", "ELN and dissidents fight for Tibú", "Thousands have left their farms.", "Tibú", "CO"),
    ("en", "Missile hits a tanker in the Red Sea", "", "Red Sea", "XZ"),
    ("fr", "RDC : de violents combats à Nyabiondo", "Les habitants fuient vers Masisi.", "Nyabiondo", "CD"),
    ("fr", "Des hommes armés attaquent un convoi près de Sake", "", "Sake", "CD"),
    ("fr", "Ituri : dix civils tués à Djugu", "L'attaque est attribuée à la Codeco.", "Djugu", "CD"),
    ("fr", "Le M23 s'empare de Bunagana", "L'armée congolaise parle de repli.", "Bunagana", "CD"),
    ("fr", "Burkina Faso : l'armée reprend Djibo", "", "Djibo", "BF"),
    ("fr", "Mali : une attaque contre la caserne de Ménaka", "", "Ménaka", "ML"),
    ("fr", "Frappe de drone sur le marché de Nyala", "Le Soudan est en guerre depuis avril 2023.", "Nyala", "SD"),
    ("fr", "Gaza : bombardements sur Rafah", "", "Rafah", "PS"),
    ("fr", "Centrafrique : des rebelles entrent dans Bambari", "", "Bambari", "CF"),
    ("fr", "Ukraine : l'armée russe entre dans Vouhledar, dit Moscou", "", "Vuhledar", "UA"),
    ("sw", "Waasi wa M23 wauteka mji wa Rutshuru", "Wakazi wakimbilia Goma.", "Rutshuru", "CD"),
    ("sw", "Mapigano yazuka katika mji wa Uvira", "", "Uvira", "CD"),
    ("sw", "Watu kumi wauawa huko Beni", "ADF inalaumiwa.", "Beni", "CD"),
    ("sw", "Shambulio la ndege lapiga Khartoum", "Vita vya Sudan vinaendelea.", "Khartoum", "SD"),
    ("sw", "Wanamgambo wa al-Shabaab washambulia Kismayo", "", "Kismayo", "SO"),
    ("sw", "Makombora ya Urusi yapiga mji wa Kharkiv", "", "Kharkiv", "UA"),
    ("es", "Combates entre guerrillas en Tibú", "Colombia envía más soldados.", "Tibú", "CO"),
    ("es", "Un ataque con drones deja seis muertos en Odesa", "", "Odesa", "UA"),
    ("es", "Bandas armadas incendian casas en Kenscoff", "", "Kenscoff", "HT"),
    ("es", "Rebeldes toman la ciudad de Bukavu", "El ejército congoleño se retira.", "Bukavu", "CD"),
    ("es", "Bombardeo israelí sobre Jabalia", "", "Jabalia", "PS"),
    ("pt", "Insurgentes atacam a vila de Palma", "Moçambique enviou tropas.", "Palma", "MZ"),
    ("pt", "Ataque russo mata cinco em Zaporizhzhia", "", "Zaporizhzhia", "UA"),
    ("pt", "Explosão em mercado de Mogadíscio mata vinte", "", "Mogadishu", "SO"),
    ("pt", "Rebeldes entram na cidade de Goma", "", "Goma", "CD"),
    ("ru", "Взрывы прогремели в Харькове", "Ранены шесть человек.", "Kharkiv", "UA"),
    ("ru", "Военные сообщили о боях под Купянском", "", "Kupiansk", "UA"),
    ("ru", "Повстанцы вошли в Гому", "Это столица провинции Северное Киву.", "Goma", "CD"),
    ("ru", "Удар по рынку в Идлибе", "Сирия", "Idlib", "SY"),
    ("ar", "غارة جوية على مدينة إدلب", "قتل خمسة مدنيين", "Idlib", "SY"),
    ("ar", "اشتباكات عنيفة في الفاشر", "قال شهود إن القصف استمر طوال الليل", "El Fasher", "SD"),
    ("ar", "قصف إسرائيلي على خان يونس", "", "Khan Younis", "PS"),
    ("ar", "انفجار في تعز يقتل أربعة", "", "Taiz", "YE"),
    # where something is fired from is not where it hits
    ("en", "Rockets fired from Lebanon hit Kiryat Shmona", "", "Kiryat Shmona", "IL"),
    ("en", "Missiles launched from Iran target Israel, sirens sound", "", "Israel", "IL"),
    ("fr", "Des roquettes tirées depuis le Liban touchent Haïfa", "", "Haifa", "IL"),
    ("ru", "Ракеты, запущенные из Йемена, упали в Эйлате", "", "Eilat", "IL"),
    ("ar", "صواريخ أطلقت من لبنان تسقط على حيفا", "", "Haifa", "IL"),
    # who visits, who speaks, whose allies: governments, not places
    ("en", "Strike kills nine in Sloviansk as minister visits Kyiv", "", "Sloviansk", "UA"),
    ("en", "Shelling of Kherson worries Kyiv's allies", "", "Kherson", "UA"),
    ("en", "Ukraine fends off a Russian assault, Kyiv says", "", "Ukraine", "UA"),
    ("en", "M23 rebels enter Sake on the road to Goma", "", "Sake", "CD"),
    # a country's name that stands for its capital
    ("en", "Mortar fire wakes the Sudanese capital", "", "Khartoum", "SD"),
    ("en", "Gunmen open fire in Haiti's capital", "", "Port-au-Prince", "HT"),
    ("fr", "Des tirs entendus dans la capitale centrafricaine", "", "Bangui", "CF"),
    ("es", "Explosiones en la capital de Ucrania", "", "Kyiv", "UA"),
    ("ru", "Взрывы в столице Сирии", "", "Damascus", "SY"),
    ("ar", "انفجارات في العاصمة السودانية", "", "Khartoum", "SD"),
    # declined names of several words, and "the streets of" a country
    ("ru", "Банды подожгли дома в Порт-о-Пренсе", "", "Port-au-Prince", "HT"),
    ("ru", "Взрыв у мечети в Аддис-Абебе", "", "Addis Ababa", "ET"),
    ("ru", "Банды вышли на улицы Гаити", "", "Haiti", "HT"),
    ("ru", "Бои в Южном Судане: десятки убитых", "", "South Sudan", "SS"),
    ("ar", "هجوم مسلح على مركز للشرطة في مانيبور", "", "Manipur", "IN"),
    # what lies beyond a border
    ("en", "Rebels in Moreh Lower Bazar, bordering Myanmar, burn homes", "Moreh is under curfew.", "Moreh", "IN"),
)


@pytest.mark.parametrize(("language", "title", "summary", "name", "country"), SENTENCES)
def test_the_main_place_of_a_report(
    locator: Locator, language: str, title: str, summary: str, name: str, country: str
) -> None:
    main = locator.locate(ArticleText(title, summary), language).main
    assert main is not None
    assert (main.place.country, main.place.id) in {
        (country, place.id) for place in locator.gazetteer.lookup(name) if place.country == country
    }, f"found {main.place.name}, {main.place.country} ({main.reason})"
    assert 0.0 < main.confidence <= 1.0
    written = ArticleText(title, summary).joined[main.mention.start : main.mention.end]
    assert written == main.mention.name


def test_the_province_and_territory_of_a_town_are_known(locator: Locator) -> None:
    main = locator.locate(ArticleText("M23 rebels enter Walikale", ""), "en").main
    assert main is not None
    place = main.place
    assert (place.admin1, place.admin2, place.precision) == ("North Kivu", "Walikale", Precision.PLACE)


def test_what_fell_earlier_is_not_where_it_happens(locator: Locator) -> None:
    title = "Rebels take Walikale"
    summary = "Goma, captured in January, and Bukavu were lost before."
    text = ArticleText(title, summary)
    located = locator.locate(text, "en", [(len(title) + 1, len(text.joined))])
    assert located.main is not None
    assert located.main.place.name == "Walikale"
    assert {"Goma", "Bukavu"} <= {other.place.name for other in located.others}


def test_the_venue_of_talks_is_not_the_place_of_the_war(locator: Locator) -> None:
    text = ArticleText("Peace talks on Sudan open in Geneva", "The fighting in Khartoum went on.")
    main = locator.locate(text, "en").main
    assert main is not None
    assert main.place.country == "SD"


@pytest.mark.parametrize(
    "title", ["Moscow says its troops entered Chasiv Yar", "Kyiv says its troops still hold Chasiv Yar"]
)
def test_a_capital_that_speaks_is_not_the_place(locator: Locator, title: str) -> None:
    main = locator.locate(ArticleText(title, ""), "en").main
    assert main is not None
    assert main.place.name == "Chasiv Yar"


def test_the_nationality_of_the_attacker_is_not_the_place(locator: Locator) -> None:
    main = locator.locate(ArticleText("Turkish drones strike a village near Kobani", ""), "en").main
    assert main is not None
    assert main.place.country == "SY"


def test_an_actor_tells_the_country_where_nothing_else_does(locator: Locator) -> None:
    located = locator.locate(ArticleText("Houthis claim to have shot down a drone", ""), "en")
    assert located.main is not None
    assert located.main.place.id == "c:YE"
    assert located.main.confidence < 1
    assert located.others == ()


def test_an_unknown_village_is_somewhere_in_the_province_named_with_it(locator: Locator) -> None:
    text = ArticleText("Rebels capture the village of Zorbatuka in Hama Governorate", "")
    main = locator.locate(text, "en").main
    assert main is not None
    assert (main.mention.name, main.place.name, main.place.precision) == ("Zorbatuka", "Hama", Precision.ADMIN1)
    assert main.confidence < 0.7


def test_an_unknown_village_of_a_home_feed_is_in_its_country(locator: Locator) -> None:
    text = ArticleText("Des combats signalés dans le village de Kalunguzi", "", home="CD")
    main = locator.locate(text, "fr").main
    assert main is not None
    assert main.place.id == "c:CD"


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [
        ("en", "Rebels attack a post near Sake", "Sake"),
        ("en", "Fighting 20 km north of Masisi", "Masisi"),
        ("en", "Shells fall on the outskirts of Goma", "Goma"),
        ("en", "Gunmen stop a bus on the road to Beni", "Beni"),
        ("en", "Blast close to the town of Minova", "Minova"),
        ("fr", "Combats à vingt kilomètres de Masisi", "Masisi"),
        ("fr", "Une embuscade près de Masisi", "Masisi"),
        ("es", "Combates cerca de Tibú", "Tibú"),
        ("pt", "Ataque perto de Macomia", "Macomia"),
        ("sw", "Mapigano karibu na Sake", "Sake"),
        ("ru", "Бои под Купянском", "Kupiansk"),
        ("ar", "اشتباكات قرب تعز", "Taiz"),
        ("ar", "قصف بالقرب من تعز", "Taiz"),
    ],
)
def test_what_happens_near_a_town_is_told_as_near(locator: Locator, language: str, title: str, name: str) -> None:
    main = locator.locate(ArticleText(title, ""), language).main
    assert main is not None
    assert main.place.id in {place.id for place in locator.gazetteer.lookup(name)}
    assert main.place.near
    assert main.place.uncertainty_km >= 15


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Rebels enter Masisi"),
        ("en", "Shells fall on the town of Masisi"),
        ("en", "Residents return to Masisi"),
        ("fr", "Des combats à Masisi"),
        ("sw", "Mapigano katika mji wa Masisi"),
        ("en", "Fighting in northern Masisi"),
    ],
)
def test_what_happens_in_a_town_is_not_near_it(locator: Locator, language: str, title: str) -> None:
    main = locator.locate(ArticleText(title, ""), language).main
    assert main is not None
    assert not main.place.near


def test_a_village_that_only_the_text_knows_is_near_the_town_named_with_it(locator: Locator) -> None:
    main = locator.locate(ArticleText("Rebels capture the village of Zorbatuka near Bakhmut", ""), "en").main
    assert main is not None
    assert (main.mention.name, main.place.near, main.place.country) == ("Zorbatuka", True, "UA")
    assert main.place.id in {place.id for place in locator.gazetteer.lookup("Bakhmut")}


def test_between_two_towns_is_as_uncertain_as_they_lie_apart(locator: Locator) -> None:
    main = locator.locate(ArticleText("Convoy ambushed on the road between Masisi and Walikale", ""), "en").main
    assert main is not None
    assert main.place.near
    assert 70 < main.place.uncertainty_km <= 100


def test_a_direction_belongs_to_the_name_as_written(locator: Locator) -> None:
    main = locator.locate(ArticleText("Shelling kills three in northern Gaza", ""), "en").main
    assert main is not None
    assert (main.mention.name, main.place.country) == ("northern Gaza", "PS")


def test_a_text_without_places_has_none(locator: Locator) -> None:
    located = locator.locate(ArticleText("Film about a siege wins the prize", "Critics were moved."), "en")
    assert located.main is None
    assert located.others == ()


@pytest.mark.parametrize("text", ["", "\n", "  ", "!!!", "\u0000", "🙂" * 50, "a" * 5000, "العربية " * 300])
def test_no_text_is_too_odd(locator: Locator, text: str) -> None:
    located = locator.locate(ArticleText(text, text), None)
    assert located.main is None
    assert all(0 <= found.mention.start < found.mention.end <= len(text) for found in locator.geoparse(text))


@pytest.mark.parametrize(
    ("language", "title", "place", "near"),
    [
        ("en", "Rebels close in on Butembo after a battle at Kitsombiro", "Kitsombiro", False),
        ("fr", "Avec Kitsombiro, les rebelles s'ouvrent la route de Butembo", "Kitsombiro", False),
        ("es", "Los rebeldes avanzan hacia Bukavu tras combates en Kavumu", "Kavumu", False),
        ("en", "Fighters at the gates of Butembo", "Butembo", True),
        ("fr", "Les rebelles aux portes de Bukavu", "Bukavu", True),
        ("fr", "Butembo : les rebelles à quelques kilomètres de la ville", "Butembo", True),
        ("sw", "Waasi wakaribia mji wa Uvira", "Uvira", True),
    ],
)
def test_a_town_that_fighters_are_on_the_way_to_is_near_or_gives_way(
    locator: Locator, language: str, title: str, place: str, near: bool
) -> None:
    main = locator.locate(ArticleText(title, "", language), language).main
    assert main is not None
    assert (main.place.name, main.place.near) == (place, near)
