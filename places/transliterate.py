"""Cyrillic and Arabic letters in Latin ones, so that a name nobody wrote down in that script is still found.

Cyrillic after BGN/PCGN, as maps write it, without its marks. Arabic writes few vowels: what comes out is a skeleton,
near enough for a search that forgives mistakes, and for nothing else.
"""

_CYRILLIC = """
а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch
ъ: ы:y ь: э:e ю:yu я:ya і:i ї:i є:e ґ:g
"""
_ARABIC = """
ا:a ب:b ت:t ث:th ج:j ح:h خ:kh د:d ذ:dh ر:r ز:z س:s ش:sh ص:s ض:d ط:t ظ:z ع: غ:gh ف:f ق:q ك:k ل:l م:m ن:n ه:h و:u ي:i
ى:a ة:a أ:a إ:i آ:a ؤ:u ئ:i ء: گ:g پ:p چ:ch ڤ:v ژ:j
"""
_LATIN = str.maketrans(dict(pair.split(":") for pair in (_CYRILLIC + _ARABIC).split()))


def to_latin(folded: str) -> str:
    """A folded name in Latin letters; Latin ones stay as they are."""
    return folded.translate(_LATIN)
