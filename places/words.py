"""The words around names: what kind of place they announce, and what shows that a name is no place."""

from functools import lru_cache
from pathlib import Path

from places.baked import Kind
from places.text import fold

_DATA = Path(__file__).with_name("data")


def folded_words(text: str) -> frozenset[str]:
    """The folded words of a text."""
    return frozenset(fold(word) for word in text.split())


@lru_cache(maxsize=1)
def common_words() -> dict[str, frozenset[str]]:
    """By language: everyday words that are also names of places ("Of", "Most", "Sake"), folded."""
    lines = (_DATA / "common_words.tsv").read_text("utf-8").splitlines()
    return {language: frozenset(words.split()) for language, words in (line.split("\t") for line in lines)}


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    names = frozenset((_DATA / "given_names.txt").read_text("utf-8").split())
    return names - common_words()["en"]


_ADMIN1 = folded_words(
    "province provinces region regions governorate governorates state oblast département gouvernorat région régions "
    "provincia provincias región estado departamento província região mkoa jimbo провинция провинции провинцию "
    "провинцией область области областью регион региона регионе штат штата штате край края крае республика "
    "республики республике محافظة ولاية إقليم"
)
_ADMIN2 = folded_words(
    "district districts territory territories county parish raion rayon township tehsil subdistrict "
    "territoire territoires territorio territorios território territórios "
    "cercle chefferie distrito municipio município wilaya tarafa район района районе районом "
    "районы округ округа округе مديرية قضاء"
)
_PLACE = folded_words(
    "town city village villages settlement hamlet suburb capital locality camp ville cité localité bourg bourgade "
    "commune groupement ciudad pueblo aldea localidad caserío cidade vila povoado mji mjini kijiji kijijini город "
    "города городе городом городу село села селе селом деревня деревни деревне деревню посёлок посёлка посёлке "
    "поселок поселка поселке مدينة بلدة قرية مخيم"
)
TYPES: dict[str, Kind] = {
    **dict.fromkeys(_ADMIN1, Kind.ADMIN1),
    **dict.fromkeys(_ADMIN2, Kind.ADMIN2),
    **dict.fromkeys(_PLACE, Kind.PLACE),
}
OF_WORDS = folded_words("of de du d des la del da do das dos wa ya la cha vya les el al the")
# a type word in front needs no "of" in these
SWAHILI_TYPES = folded_words("mji mjini kijiji kijijini mkoa wilaya jimbo")
BARE_TYPES = frozenset(word for word in TYPES if not word.isascii()) | folded_words(
    "mjini kijijini mji kijiji district"
)

IN_WORDS = folded_words(
    "in near at around outside inside into towards toward across throughout within over from on against to "
    "à a au aux en dans vers depuis autour chez sur près proche contre "
    "hacia desde sobre cerca contra em no na nos nas perto sobre rumo "
    "katika karibu huko mjini kutoka nchini kwenye eneo "
    "в во на под около близ у из к ко над через возле вокруг "
    "في من الى قرب نحو على داخل شمال جنوب شرق غرب وسط"
)
STRONG_IN = folded_words("in near at around outside inside dans à près en cerca em katika huko mjini в во около возле")
TITLES = folded_words(
    "mr mrs ms dr prof sir lord lady sheikh imam pope king queen prince princess president presidents minister "
    "premier chancellor senator governor mayor general gen colonel col captain capt major maj lieutenant lt sergeant "
    "sgt admiral commander spokesman spokeswoman spokesperson secretary ambassador envoy judge justice bishop "
    "archbishop père abbé monsieur madame général colonel capitaine président ministre porte-parole gouverneur "
    "señor presidente ministro ministra general coronel capitán gobernador senhor governador bwana rais jenerali "
    "kanali waziri президент министр генерал полковник"
)
ORGANISATION_AFTER = folded_words(
    "university college institute times post herald tribune journal gazette news daily telegraph chronicle observer "
    "examiner inquirer sentinel dispatch mirror guardian united fc rovers wanderers hotspur albion athletic airlines "
    "airways bank inc ltd corp foundation convention accords accord agreement agreements protocol treaty summit "
    "conference declaration statute criteria festival marathon olympics museum opera philharmonic hilton"
)
ORGANISATION_BEFORE = folded_words(
    "radio fc afc real atlético atletico sporting dynamo dinamo university rotary airbus"
)
WATER_AFTER = folded_words(
    "river rivers lake sea ocean strait canal creek bay gulf dam mountains mountain peak valley desert forest island "
    "street st road avenue boulevard lane drive highway highways interstate freeway bridge square park"
)
WATER_BEFORE = folded_words(
    "lake lac lago ziwa mount mont monte mlima rivière fleuve río rio mto река реки реке озеро озера озере نهر بحيرة "
    "route rue avenue highway barabara улица улицы улице"
)
STREETS = folded_words("rue avenue улица улицы улице улицах улицам")
WATER_OF = folded_words(
    "strait gulf sea bay river lake straits détroit golfe mer estrecho golfo mar estreito залив пролив"
)
# everyday phrases that are also names of provinces: they need a type word beside them
PHRASES = frozenset(fold(name) for name in ("Northern Borders", "الحدود الشمالية"))
CAPITAL_WORDS = folded_words("capital capitale столица столицы столице столицу столицей العاصمة عاصمة")
ARTICLES = frozenset(
    ["al", "el", "ar", "as", "ash", "ad", "az", "at", "an", "ez", "es", "en", "la", "le", "les", "los", "las", "de"]
)
ABBREVIATED = frozenset(["saint", "sainte", "fort", "mount"])
ACRONYMS = frozenset(
    ["us", "uk", "uae", "drc", "car", "rdc", "rca", "usa", "eeuu", "eua", "eau", "cfa"]
) | folded_words("США ДРК ЦАР ОАЭ")
CALENDAR = folded_words(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday ramadan eid christmas easter"
)
SHORT_LEADERS = frozenset({"sisi", "fano"})
COMPASS = folded_words(
    "southern-most northern-most north-western north-eastern south-western south-eastern north "
    "south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower main new old greater "
    "nord sud est ouest oriental occidental central norte sur sul este oeste leste kaskazini kusini "
    "mashariki magharibi "
    "север юг восток запад северный южный восточный западный شمال جنوب شرق غرب وسط"
)
# parts of the world larger than a country: names, but of nothing this gazetteer can place
_WIDE_NAMES = (
    "Africa|Asia|Europe|Europa|Afrique|Asie|África|Afrika|Ulaya|Африка|Азия|Европа|Европе|Европы|أفريقيا|إفريقيا|آسيا|أوروبا|America"
    " Latina|Latin America|North America|South America|Central America|Southeast Asia|South Asia|Central "
    "Asia|East Asia|East Africa|West Africa|North Africa|Southern Africa|Central Africa|Middle "
    "East|Moyen-Orient|Proche-Orient|Oriente Medio|Oriente Próximo|Oriente Médio|Médio Oriente|Mashariki "
    "ya Kati|Ближний Восток|Ближнем Востоке|Ближнего Востока|الشرق الأوسط|Horn of Africa|Corne de "
    "l'Afrique|Sahara|Pacific|Pacific Ocean|Atlantic|Atlantic Ocean|Indian "
    "Ocean|Arctic|Antarctica|Balkans|Caucasus|Maghreb|Levant|Great Lakes|Grands Lacs|European "
    "Union|EU|Union européenne|Unión Europea|União Europeia|African Union|Union africaine|United "
    "Nations|Nations Unies|Naciones Unidas|Nações Unidas|UN|ONU|NATO|OTAN|ECOWAS|CEDEAO|Arab "
    "League|Amnesty International|Human Rights Watch|Red Cross|Islamic State|État islamique|Estado "
    "Islámico|Estado Islâmico|Al-Qaeda|Al Qaeda|Al-Qaida|Al-Qaïda|Western Front|West|Wall Street|Security"
    " Council|Sahel region|Great Lakes region|Scandinavia|Western Europe|Eastern Europe"
)
WIDE = frozenset(fold(name) for name in _WIDE_NAMES.split("|"))
WIDE |= folded_words("african asian european oceania antarctica")
WIDE_FIRST = frozenset(name.split()[0] for name in WIDE)
# a site named after its town: part of the name as written
SITES = folded_words(
    "crossing checkpoint airport aerodrome airbase base camp prison port harbour harbor dam bridge "
    "corridor refugee border "
    "international air military naval nuclear power plant station hospital neighbourhood "
    "neighborhood compound outpost "
    "aéroport aeropuerto aeroporto"
)
SITE_HEADS = folded_words(
    "crossing checkpoint airport aerodrome airbase base camp prison port harbour harbor dam plant "
    "station corridor hospital "
    "neighbourhood neighborhood compound outpost"
)
