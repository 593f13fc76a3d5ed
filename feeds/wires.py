"""News agencies, and how an outlet says that a text is theirs."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    id: str  # also the id of its publisher in feeds.yaml, where it has one
    label: str  # as shown to people
    names: tuple[str, ...]  # as bylines spell it; case counts


# Acronyms that actors of the news share with an agency are left out: the Arakan Army is the AA, a party the PTI.
AGENCIES = (
    Agency("afp", "AFP", ("AFP", "Agence France-Presse", "Agence France Presse", "ا ف ب", "أ ف ب", "فرانس برس")),
    Agency("reuters", "Reuters", ("Reuters", "REUTERS", "رويترز", "Рейтер")),
    Agency("ap", "AP", ("AP", "Associated Press", "أسوشيتد برس")),
    Agency("xinhua", "Xinhua", ("Xinhua", "XINHUA", "Chine nouvelle")),
    Agency("efe", "EFE", ("EFE",)),
    Agency("ansa", "ANSA", ("ANSA",)),
    Agency("dpa", "dpa", ("dpa", "Deutsche Presse-Agentur")),
    Agency("tass", "TASS", ("TASS", "ТАСС", "ITAR-TASS")),
    Agency("ria", "RIA Novosti", ("RIA Novosti", "РИА Новости")),
    Agency("interfax", "Interfax", ("Interfax", "Интерфакс", "Interfax-Ukraine", "Интерфакс-Украина")),
    Agency("ukrinform", "Ukrinform", ("Ukrinform", "Укрінформ", "Укринформ")),
    Agency("anadolu", "Anadolu", ("Anadolu", "Anadolu Agency", "Anadolu Ajansı", "Agence Anadolu", "الأناضول")),
    Agency("irna", "IRNA", ("IRNA", "إرنا")),
    Agency("mehr", "Mehr", ("Mehr News Agency",)),
    Agency("sana", "SANA", ("SANA", "سانا")),
    Agency("wafa", "WAFA", ("WAFA", "وفا")),
    Agency("petra", "Petra", ("Petra News Agency",)),
    Agency("nan", "NAN", ("NAN", "News Agency of Nigeria")),
    Agency("acp", "ACP", ("ACP", "Agence congolaise de presse", "Agence Congolaise de Presse")),
    Agency("apa", "APA", ("APA", "Agence de presse africaine", "APANews")),
    Agency("pana", "PANA", ("PANA", "PanaPress", "PANAPRESS", "Panapress")),
    Agency("upi", "UPI", ("UPI", "United Press International")),
    Agency("kyodo", "Kyodo", ("Kyodo", "Kyodo News", "KYODO")),
    Agency("yonhap", "Yonhap", ("Yonhap", "YONHAP")),
    Agency("pti", "PTI", ("Press Trust of India",)),
    Agency("ani", "ANI", ("ANI",)),
    Agency("lusa", "Lusa", ("Lusa", "LUSA")),
    Agency("belga", "Belga", ("Belga", "BELGA")),
    Agency("ats", "Keystone-ATS", ("Keystone-ATS", "Keystone-SDA")),
    Agency("bloomberg", "Bloomberg", ("Bloomberg",)),
)

_BY_NAME = {name: agency for agency in AGENCIES for name in agency.names}
_ANY = "(?:" + "|".join(re.escape(name) for name in sorted(_BY_NAME, key=len, reverse=True)) + ")"
_NAME = f"(?P<name>{_ANY})"
_WORD = rf"(?<![\w-]){_NAME}(?![\w-])"
_AND = r"\s*(?:[/,&]|\b(?:and|et|y|e|und)\b)\s*"
_OTHER = r"[A-ZÀ-Ý][\w. ]{0,30}?"
_LIST = rf"(?:{_OTHER}{_AND})?{_WORD}(?:{_AND}{_OTHER}){{0,2}}"  # "Reuters, AP and the like": one of them is enough
_PURE = rf"{_NAME}(?:{_AND}{_ANY})*"  # agencies and nobody else: "(Jane Roe/AFP)" is a photographer

# Bylines, in the order in which they are believed.
_BYLINES = tuple(
    re.compile(pattern)
    for pattern in (
        # KINSHASA, March 20 (Reuters) - ...   Goma (ACP).- ...   [AFP] ...   MOSCOW, March 20. /TASS/. ...
        rf"^[^!?()\[\]]{{0,80}}\({_PURE}\)\s*\.?\s*[-–—:]",
        rf"^[(\[]{_PURE}[)\]]",
        rf"^(?:[^!?/()]{{0,60}}\s)?/{_NAME}/",
        # AFP - ...   Reuters: ...   GOMA, 20 mars, AFP – ...
        rf"^(?:[^.!?:()]{{0,60}},\s)?{_WORD}\s*[-–—:]\s",
        # ... (AFP)   ... – Reuters   ... © AFP
        rf"[(\[]{_PURE}[)\]]\s*[.…]?$",
        rf"(?:\s[-–—|]|©|\(c\)|\bCopyright)\s*{_PURE}(?:\s+20\d\d)?\s*[.…]?$",
        # avec AFP, with Reuters, con EFE; AFP contributed; Source: AFP
        rf"(?:\b[Aa]vec|\b[Ww]ith|\b[Cc]on|\b[Cc]om|\b[Mm]it)\s+(?:l['’]|la |the )?{_LIST}\s*(?:[).;…]|$)",
        rf"{_WORD}\s+(?:also\s+)?contributed\b",
        rf"\b(?:[Ss]ources?|SOURCE|[Ff]uente|[Ff]onte|[Qq]uelle|[Cc]hanzo)\s?[:=]\s*(?:l['’])?{_WORD}",
        # what somebody said to the agency was said to nobody else
        rf"\b(?:told|tells|telling)\s+(?:the\s+)?{_WORD}",
        rf"(?:\bà\s+|\bauprès\s+de\s+)(?:l['’]\s?(?:agence\s+)?)?{_WORD}",
        rf"\b(?:dijo|declaró|afirmó|explicó|aseguró|indicó|confirmó|relató|contó)\s+a\s+(?:la\s+agencia\s+)?{_WORD}",
    )
)
_PICTURE = re.compile(r"(?:photos?|images?|pictures?|cr[ée]dits?|file|archives?)\s*[:.]?\s*$", re.IGNORECASE)
_AUTHOR = re.compile(_WORD)


def agency_of(title: str, summary: str, author: str | None) -> Agency | None:
    """The agency whose text an entry is, by its author line or a byline in its title or summary; else None.

    Quoting an agency ("according to Reuters") is no byline; what somebody "told AFP" is, for nobody else heard it.
    """
    if author and (found := _AUTHOR.search(author)):
        return _BY_NAME[found["name"]]
    for byline in _BYLINES:
        for text in (summary, title):
            found = byline.search(text)
            if found and not _PICTURE.search(text[: found.start()][-30:]):
                return _BY_NAME[found["name"]]
    return None


def agency_named(name: str) -> Agency | None:
    """The agency that `name` as a whole is, whatever its case."""
    folded = name.strip().casefold()
    return next((agency for spelt, agency in _BY_NAME.items() if spelt.casefold() == folded), None)
