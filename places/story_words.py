"""Words that show what part a place plays in a story, in the languages read: scene, party, speaker or venue."""

from places.text import fold
from places.words import folded_words

SKIPPED = folded_words(
    "the a an la le les el los las al o os as de du of city town village province state region southern northern "
    "eastern western central north south east west northeast northwest southeast southwest north-eastern war-torn "
    "nearby neighboring neighbouring besieged occupied ville province región provincia sud nord est ouest norte sur "
    "este oeste sul leste мир городе город области مدينة محافظة"
)
PREPOSITIONS = {
    "in": "in inside within dans en à au aux em no na nos nas katika nchini huko mjini в во في داخل بـ",
    "near": "near around outside beside close près autour cerca perto karibu под около близ возле قرب",
    "at": "at по",
    "on": "on over sur sobre на على",
    "to": "to into toward towards vers hacia a para kuelekea к إلى الى",
    "from": "from depuis desde из от с kutoka من",
    "against": "against contre contra dhidi против ضد",
    "by": "by par por pelo pela na von",
    "between": "between entre между بين kati",
    "with": "with avec con com с مع",
    "across": "across through throughout",
    "for": "for pour para для",
    "of": "of d do da dos das del des wa ya la",
    "and": "and et y e na и و",
    "says": "says said told",
}
_PREPOSITION_OF = {fold(word): name for name, words in PREPOSITIONS.items() for word in words.split()}


def preposition(word: str) -> str:
    """The class of the word before a name; "nothing" at the head of a sentence, "word" for any other."""
    return _PREPOSITION_OF.get(word, "word") if word else "nothing"


SPEECH = folded_words(
    "say says said saying accuse accuses accused deny denies denied claim claims claimed vow vows vowed warn warns "
    "warned threaten threatens urge urges urged call calls called announce announces announced confirm "
    "confirms blame "
    "blames blamed condemn condemns condemned reject rejects rejected tell tells told report reports ask "
    "asks asked want "
    "wants promise promises hail hails welcome welcomes agree agrees agreed order orders ordered plan plans consider "
    "considers offer offers sign signs signed vote votes approve approves send sends back backs "
    "dit annonce accuse affirme dément condamne appelle déclare promet menace avertit rejette "
    "dice afirma acusa anuncia condena asegura niega advierte diz acusa anunciou disse "
    "yasema imesema yadai yaonya imeonya говорит заявил заявила заявили сообщил обвинил обвинила "
    "обвиняет предупредил "
    "قال قالت أعلن أعلنت تقول تعلن اتهم اتهمت حذر حذرت"
)
_NOUNS = {
    "forces": "army armies military troops troop forces force soldier soldiers fighters jets warplanes drones "
    "missiles "
    "missile drone strikes strike airstrikes airstrike attack attacks raid raids invasion offensive "
    "bombardment shelling "
    "artillery tanks navy warship warships rebels mercenaries mercenary commander commanders "
    "militants militia "
    "militias bombing bombs rockets rocket occupation armée armées troupes soldats forces militaires frappes frappe "
    "attaque attaques drones ejército fuerzas tropas soldados ataque ataques bombardeo exército forças "
    "tropas militares "
    "jeshi wanajeshi majeshi vikosi армия армии войска войск силы сил военные удар удары ракеты الجيش "
    "قوات القوات غارات "
    "غارة قصف جنود",
    "police": "police policemen policeman security gendarmes gendarmerie policier policiers policía "
    "polícia polisi полиция "
    "полицейские полиции الشرطة شرطة",
    "office": "president presidents minister premier prime pm government official officials leader leaders "
    "authorities "
    "foreign defence defense state ministry parliament lawmakers envoy spokesman secretary president "
    "président ministre gouvernement autorités dirigeants presidente gobierno ministro governo rais serikali waziri "
    "президент министр правительство власти رئيس وزير حكومة الحكومة الرئيس وزارة",
    "embassy": "embassy consulate ambassador ambassadors diplomats diplomat ambassade consulat ambassadeur embajada "
    "consulado embajador embaixada embaixador ubalozi balozi посольство посольства посол سفارة السفارة سفير",
    "war": "war wars guerre guerra vita война войны войне حرب",
    "victims": "civilians civilian people citizens residents refugees villagers woman women man men children child "
    "family "
    "families journalist journalists workers worker nationals national protesters prisoners hostages students civils "
    "habitants réfugiés civiles habitantes refugiados raia wananchi wakimbizi жители мирные беженцы مدنيين مدنيا "
    "فلسطينيين",
    "scene": "border capital city town village villages hospital province region territory base pipeline refinery "
    "island waters soil airspace consulate-general conflict crisis front "
    "frontline camp airport base airbase port coast ceasefire truce fighting clashes battle siege streets prison "
    "mosque church school market base bases territoire sol aéroport territorio territorio suelo territoire قاعدة موقع "
    "موقعا "
    "موقعًا الأراضي أراضي frontière capitale ville guerre conflit frontera capital ciudad guerra conflicto "
    "fronteira cidade mji mpaka vita граница город война столица حدود مدينة حرب الحرب الحدود",
}
_NOUN_OF = {fold(word): group for group, words in _NOUNS.items() for word in words.split()}


def noun(word: str) -> str | None:
    """What the word after a name is: forces, office, victims or scene."""
    return _NOUN_OF.get(word)


BORDER = folded_words(
    "border borders bordering frontier frontière frontalier frontalière frontera fronteira mpaka mpakani граница "
    "границе границы حدود الحدود"
)
BACKED = folded_words(
    "backed led brokered mediated sponsored supported based aligned allied linked run soutenus soutenu "
    "dirigée respaldados"
)
TALKS = folded_words(
    "talks summit negotiations negotiators mediators mediation mediated meeting conference delegation delegations "
    "pourparlers négociations sommet médiation médiateur médiateurs processus mediator dialogue conversaciones "
    "negociaciones cumbre negociações cúpula mazungumzo "
    "переговоры переговоров переговорах саммит محادثات مفاوضات قمة"
)
LAUNCHED = folded_words(
    "missile missiles rocket rockets drone drones projectile projectiles shells mortar mortars fired fires firing "
    "launched "
    "launches launching barrage barrages roquette roquettes obus tir tirs tiré tirés tirée tirées lancé lancés lancée "
    "lancées "
    "misiles misil cohetes cohete drones disparado disparados lanzado lanzados mísseis míssil foguetes foguete "
    "lançados lançado "
    "ракета ракеты ракет ракетами беспилотники беспилотников дроны дронов выпущены выпустили запущены запустили запуск "
    "صاروخ صواريخ صاروخا قذائف قذيفة مسيرة مسيرات أطلقت أُطلقت إطلاق أطلق kombora makombora roketi yalirushwa imerusha"
)
VISIT = folded_words(
    "visit visits visited visiting trip travel travels travelled traveled visite visites déplacement visita visitó "
    "viaje "
    "visitou viagem ziara визит визита визите визитом посетил посетила زيارة زيارته زار"
)
SHIPS = folded_words(
    "ship ships shipping vessel vessels tanker tankers freighter freighters boat boats warship warships seafarers "
    "mariner mariners "
    "navire navires pétrolier pétroliers cargo barco barcos buque buques petrolero navio navios petroleiro meli "
    "судно суда судов корабль корабли кораблей танкер танкеры سفينة سفن السفن ناقلة"
)
_EVENT_STEMS = folded_words(
    "attac attaq ataqu bomb kill tué muer mort morto shell strik struc struck clash captur seiz seiz "
    "fled flee flig fuga "
    "fuyan explo blast ambus raid fight fough battl combat offen advanc retak lost lose storm loot burn abduc kidnap "
    "massac execut rape besie siege block injur woun dead death die died missil rocket drone airst gunme "
    "gunfi shoot shot "
    "evacu displac deplo invad invas incur occup libera captur prise tomó tomar assass coup mutin crackd "
    "ceasef truce "
    "affron bless frapp pillé incend enlèv déplac retir matan herid ataca bombar enfren huyen tomaro "
    "ferid matar captura "
    "shambu uawa waua ameua kuua lipua vamia teka mapig milip kimbia убит убил погиб ранен взрыв атак "
    "обстр захват бои "
    "боев удар эваку насту штурм قتل مقتل قصف غارة هجوم انفج اشتبا سيطر نزوح جرح حصار تفجي"
)
_LENGTHS = sorted({len(stem) for stem in _EVENT_STEMS if len(stem) >= 3}, reverse=True)


def is_event(key: str) -> bool:
    """Whether a folded word tells of violence, flight or the taking of ground."""
    return any(key[:length] in _EVENT_STEMS for length in _LENGTHS)
