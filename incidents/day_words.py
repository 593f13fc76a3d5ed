"""How languages say on which day something happened: regular expressions, tables to read and change."""

from collections.abc import Mapping
from dataclasses import dataclass

Words = str  # alternatives of a regular expression


@dataclass(frozen=True, slots=True)
class DayWords:
    """`weekdays`: Monday first. `ago`: with a group `count`, a number or one of `numbers`. `dates`: two ways of writing
    a day of a month, where DAY and MONTH stand for the two. `other`: what before a day makes it no day of the event (a
    plan, another event, the day of a statement); `coming`: the same behind a weekday. `past`, before or behind a
    weekday: not today's, but the one of last week."""

    today: Words
    yesterday: Words
    day_before: Words
    weekdays: tuple[Words, ...]
    past: Words
    coming: Words
    ago: Words
    numbers: Mapping[str, int]
    months: tuple[Words, ...]
    dates: tuple[Words, Words]
    other: Words


DAY_WORDS: Mapping[str, DayWords] = {
    "en": DayWords(
        today=r"(?-i:today)|earlier today|this (?:morning|afternoon|evening)|tonight",
        yesterday=r"yesterday|last night",
        day_before=r"(?:the )?day before yesterday",
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        past="last",
        coming="(?:prayers|briefing|next)",
        ago=r"(?P<count>\d+|two|three|four|five|six) days (?:ago|earlier)",
        numbers={"two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
        months=(
            *(r"(?-i:Jan(?:uary|\.))", r"(?-i:Feb(?:ruary|\.))", "(?-i:March)", r"(?-i:Apr(?:il|\.))", "(?-i:May)"),
            *("(?-i:June)", "(?-i:July)", r"(?-i:Aug(?:ust|\.))", r"(?-i:Sept?(?:ember|\.))"),
            *(r"(?-i:Oct(?:ober|\.))", r"(?-i:Nov(?:ember|\.))", r"(?-i:Dec(?:ember|\.))"),
        ),
        dates=("MONTH DAY(?:st|nd|rd|th)?", "DAY(?:st|nd|rd|th)? (?:of )?MONTH"),
        other=(
            r"next|until|till|by|before|after|following|since|from|every|each|coming|through|black|good|bloody|easter|"
            r"(?:said|says|told \w+|announced|declared|warned|confirmed|denied|claimed|added|reported|condemned|urged)"
            r"(?: in a statement| (?:late|early))?(?: on)?"
        ),
    ),
    "fr": DayWords(
        today=r"aujourd['’]hui|ce (?:matin|soir|midi)|cet après-midi",
        yesterday="(?<!avant[ -])hier",
        day_before="avant[ -]hier",
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        past="dernier",
        coming="(?:prochain|suivant)",
        ago=r"il y a (?P<count>\d+|deux|trois|quatre|cinq|six) jours",
        numbers={"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6},
        months=(
            *("janvier", "f[ée]vrier", "mars", "avril", "mai", "juin", "juillet", "ao[ûu]t", "septembre", "octobre"),
            *("novembre", "d[ée]cembre"),
        ),
        dates=("DAY MONTH", "DAYer MONTH"),
        other=(
            r"chaque|jusqu['’](?:à|au)|avant|après|depuis(?: le)?|dès|d['’]ici|à partir de|tous les|"
            r"(?:dit|déclaré|annoncé|affirmé|indiqué|dénoncé|condamné|confirmé|démenti|appelé)(?: ce| le)?"
        ),
    ),
    "es": DayWords(
        today="hoy|est[ae] (?:mañana|tarde|noche|madrugada)",
        yesterday="ayer|anoche",
        day_before="anteayer|antier",
        weekdays=("lunes", "martes", "mi[ée]rcoles", "jueves", "viernes", "s[áa]bado", "domingo"),
        past="pasado",
        coming="(?:que viene|próximo|siguiente)",
        ago=r"hace (?P<count>\d+|dos|tres|cuatro|cinco|seis) días",
        numbers={"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6},
        months=(
            *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "sep?tiembre", "octubre"),
            *("noviembre", "diciembre"),
        ),
        dates=("DAY de MONTH", "DAY MONTH"),
        other=(
            r"cada|hasta(?: el)?|antes del?|después del?|desde(?: el)?|a partir del?|próximo|los|tras el|"
            r"(?:dijo|anunció|informó|declaró|confirmó|afirmó|denunció|condenó|negó)(?: el| este)?"
        ),
    ),
    "pt": DayWords(
        today="hoje|est[ae] (?:manhã|tarde|noite|madrugada)",
        yesterday="(?<!ante)ontem",
        day_before="anteontem",
        weekdays=(
            *("segunda-feira|(?<=nesta )segunda", "terça-feira|(?<=nesta )terça", "quarta-feira|(?<=nesta )quarta"),
            *("quinta-feira|(?<=nesta )quinta", "sexta-feira|(?<=nesta )sexta", "s[áa]bado", "domingo"),
        ),
        past="passad[ao]",
        coming="(?:que vem|próxim[ao]|seguinte)",
        ago=r"h[áa] (?P<count>\d+|dois|três|quatro|cinco|seis) dias",
        numbers={"dois": 2, "três": 3, "quatro": 4, "cinco": 5, "seis": 6},
        months=(
            *("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro"),
            *("novembro", "dezembro"),
        ),
        dates=("DAY de MONTH", "DAY MONTH"),
        other=(
            r"cada|até(?: [ao])?|antes d[eao]|depois d[eao]|após [ao]|desde(?: [ao])?|a partir d[eao]|próxim[ao]|"
            r"(?:disse|anunciou|informou|declarou|confirmou|afirmou|denunciou|condenou|negou)(?: na| nesta| no)?"
        ),
    ),
    "sw": DayWords(
        today="(?<!mpaka )leo|asubuhi ya leo",
        yesterday="(?<!mwaka )(?<!wiki )(?<!mwezi )jana",
        day_before="juzi",
        weekdays=("Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi", "Jumapili"),
        past="iliyopita",
        coming="(?:ijayo|lijalo)",
        ago=r"siku (?P<count>\d+|mbili|tatu|nne|tano|sita) (?:zilizopita|iliyopita)",
        numbers={"mbili": 2, "tatu": 3, "nne": 4, "tano": 5, "sita": 6},
        months=(
            *("Januari", "Februari", "Machi", "Aprili?", "Mei", "Juni", "Julai", "Agosti", "Septemba", "Oktoba"),
            *("Novemba", "Desemba"),
        ),
        dates=("DAY MONTH", "MONTH DAY"),
        other=(
            r"hadi|mpaka|kabla ya|baada ya|tangu|kuanzia|kila|"
            r"(?:a|wa|li|i|u|ya|ki|vi)(?:li|me)(?:sema|tangaza|thibitisha|kanusha|eleza|laani)(?: siku ya)?"
        ),
    ),
    "ar": DayWords(
        today="اليوم|صباح اليوم|مساء اليوم",
        yesterday="(?<!أول )(?<!اول )[أا]مس",
        day_before="[أا]ول [أا]مس",
        weekdays=("ال[إا]ثنين", "الثلاثاء", "ال[أا]ربعاء", "الخميس", "الجمعة", "السبت", "ال[أا]حد"),
        past="الماضي|الماضية",
        coming="(?:المقبل|القادم|المقبلة|القادمة)",
        ago=r"(?:قبل|منذ) (?P<count>يومين|\d+(?= أيام)|ثلاثة(?= أيام)|أربعة(?= أيام)|خمسة(?= أيام))",
        numbers={"يومين": 2, "ثلاثة": 3, "أربعة": 4, "خمسة": 5},
        months=(
            *("(?:يناير|كانون الثاني)", "(?:فبراير|شباط)", "(?:مارس|آذار)", "(?:[أا]بريل|نيسان)", "(?:مايو|[أا]يار)"),
            *("(?:يونيو|حزيران)", "(?:يوليو|تموز)", "(?:[أا]غسطس|آب)", "(?:سبتمبر|[أا]يلول)"),
            *("(?:[أا]كتوبر|تشرين الأول)", "(?:نوفمبر|تشرين الثاني)", "(?:ديسمبر|كانون الأول)"),
        ),
        dates=("DAY MONTH", "DAY من MONTH"),
        other="(?:حتى|قبل|بعد|منذ|كل|قال|قالت|أعلن|أعلنت|صرح|أكد|أكدت|نفى|نفت)(?: يوم)?",
    ),
    "ru": DayWords(
        today="сегодня|этим утром|этой ночью",
        yesterday="вчера",
        day_before="позавчера",
        weekdays=("понедельник", "вторник", "сред[ау]", "четверг", "пятниц[ау]", "суббот[ау]", "воскресенье"),
        past="прошл(?:ый|ую|ое)",
        coming="(?:следующ(?:ий|ую|ее))",
        ago="(?P<count>\\d+|два|три|четыре|пять|шесть) (?:дня|дней) назад",
        numbers={"два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6},
        months=(
            *("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября"),
            *("ноября", "декабря"),
        ),
        dates=("DAY MONTH", "MONTH, DAY"),
        other=(
            r"до|после|с|со|к|каждую?|следующ(?:ий|ую|ее)|"
            r"(?:сказал|сообщил|заявил|объявил|подтвердил|опроверг|осудил)(?:а|и|о)?(?: во?)?"
        ),
    ),
}
