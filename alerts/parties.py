"""What the parties of a conflict are called in the reader's language. Sources write them in theirs."""

from collections.abc import Iterable, Mapping
from functools import cache

from alerts.i18n import Translator, load, locale_of
from alerts.i18n import mark as _
from alerts.phrases import plain
from alerts.types import Language
from classifiers.combatants import Combatant, Kind
from classifiers.parties import named_ones, party, party_key
from classifiers.text import fold

NAME = 60

# The armies that are named most often; every other is called by its country.
_ARMIES: Mapping[str, str] = {
    "BF": _("Burkinabe army"),
    "BI": _("Burundian army"),
    "CD": _("Congolese army"),
    "ET": _("Ethiopian army"),
    "IL": _("Israeli army"),
    "LB": _("Lebanese army"),
    "ML": _("Malian army"),
    "MM": _("Myanmar army"),
    "NE": _("Nigerien army"),
    "NG": _("Nigerian army"),
    "RU": _("Russian army"),
    "RW": _("Rwandan army"),
    "SD": _("Sudanese army"),
    "SO": _("Somali army"),
    "SS": _("South Sudanese army"),
    "SY": _("Syrian army"),
    "UA": _("Ukrainian army"),
    "UG": _("Ugandan army"),
}

# Groups whose name is made of words that every language has of its own.
_GROUPS: Mapping[str, str] = {
    "Houthis": _("Houthis"),
    "Islamic Jihad": _("Islamic Jihad"),
    "Islamic State": _("Islamic State"),
    "Israeli settlers": _("Israeli settlers"),
    "Saudi-led coalition": _("Saudi-led coalition"),
    "Syrian rebels": _("Syrian rebels"),
    "Taliban": _("Taliban"),
}

# Those without a name of their own, and bodies that confirm: a message id and how it is written in news.
_WRITTEN: Mapping[str, str] = {
    _(
        "rebels"
    ): "rebels|rebel|rebelles|waasi|rebeldes|متمردون|متمردين|المتمردون|المتمردين|повстанцы|мятежники|batomboki",
    _(
        "gunmen"
    ): "gunmen|gunman|armed men|hommes armés|hommes en armes|watu wenye silaha|hombres armados|homens armados|"
    "مسلحون|مسلحين|المسلحون|المسلحين|вооруженные люди|боевики",
    _("militia"): "militia|militias|militiamen|milice|milices|miliciens|wanamgambo|milicia|milicias|milicianos|milícia|"
    "milícias|ميليشيا|ميليشيات|مليشيا|مليشيات",
    _(
        "jihadists"
    ): "jihadists|jihadist|jihadistes|djihadistes|wanajihadi|yihadistas|jihadistas|جهاديون|جهاديين|джихадисты",
    _("armed groups"): "armed groups|armed group|groupes armés|groupe armé|vikundi vyenye silaha|makundi yenye silaha|"
    "grupos armados|grupo armado|جماعات مسلحة|مجموعات مسلحة",
    _("insurgents"): "insurgents|insurgés|insurgentes",
    _("fighters"): "fighters|combattants|wapiganaji|combatientes|combatentes|مقاتلون|مقاتلين",
    _("bandits"): "bandits|majambazi|bandidos|bandits armés",
    _("gangs"): "gangs|gang|magenge|pandillas|gangues|عصابات",
    _("army"): "army|military|armed forces|armée|forces armées|jeshi|ejército|fuerzas armadas|exército|forças armadas|"
    "جيش|الجيش|القوات المسلحة|армия|mampinga|igisirikare",
    _("soldiers"): "soldiers|soldier|troops|soldats|militaires|troupes|wanajeshi|soldados|tropas|militares|جنود|الجنود|"
    "солдаты|войска|basoda|abasirikare",
    _("police"): "police|polisi|policía|polícia|الشرطة|شرطة|полиция",
    _("government"): "government|gouvernement|serikali|gobierno|governo|حكومة|الحكومة|правительство|leta|guverneman",
    _("residents"): "residents|habitants|riverains|wakazi|vecinos|residentes|habitantes|moradores|سكان|السكان|жители",
    _(
        "UN"
    ): "UN|United Nations|ONU|Nations unies|Naciones Unidas|Nações Unidas|Umoja wa Mataifa|الأمم المتحدة|أمم متحدة|ООН",
    _("ICRC"): "ICRC|CICR|CICV|МККК",
    _(
        "Red Cross"
    ): "Red Cross|Croix-Rouge|Cruz Roja|Cruz Vermelha|Msalaba Mwekundu|الصليب الأحمر|صليب أحمر|Красный Крест",
}
_ARTICLES = ("the ", "les ", "le ", "la ", "l'", "l’", "los ", "las ", "el ", "os ", "as ", "o ")


def party_name(name: str, t: Translator) -> str:
    """The name in the reader's language, as written where it is not known in it; at most NAME characters."""
    who = party(name)
    return plain(_called(who, name, t) if who and who.name else _written(name, t), NAME)


def party_names(names: Iterable[str], t: Translator) -> list[str]:
    """The names of different sides, each once, without those that only say what another one names."""
    sides: dict[str, str] = {}
    for name in names:
        sides.setdefault(party_key(name), name)
    return list(dict.fromkeys(party_name(name, t) for name in named_ones(list(sides.values()))))


def _called(who: Combatant, name: str, t: Translator) -> str:
    country = who.country or ""
    if who.kind is Kind.GROUP:
        return t.text(_GROUPS[who.name]) if who.name in _GROUPS else who.name
    if who.kind is Kind.FORCES and not name.isupper():  # "FARDC" is that in every language
        return t.text(_ARMIES[country]) if country in _ARMIES else t.text("{country} army", country=t.country(country))
    if who.kind is Kind.STATE and fold(name) in _country_names(country):
        return t.country(country)
    return name


def _written(name: str, t: Translator) -> str:
    folded = fold(name)
    bare = next((folded.removeprefix(article) for article in _ARTICLES if folded.startswith(article)), folded)
    message = _messages().get(bare)
    if message == bare and t.language is Language.EN:
        return name[:1].lower() + name[1:]  # "the army" keeps its article, "Rebels" stood at the head of a line
    return t.text(message) if message else name


@cache
def _messages() -> Mapping[str, str]:
    return {fold(form): message for message, forms in _WRITTEN.items() for form in forms.split("|")}


@cache
def _country_names(country: str) -> frozenset[str]:
    """What a country is called in the languages we write, folded; "Moscow" is none of its names."""
    names = [load(language).country(country) for language in Language]
    names += [str(locale_of(language).territories.get(country, country)) for language in Language]
    return frozenset(map(fold, names))
