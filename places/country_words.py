"""The adjectives of countries in data/country_words.tsv, inflected when the gazetteer is baked.

The file lists them in the masculine singular, one column a language group; the endings are added here.
"""

from collections.abc import Iterator

_RU_ENDINGS = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")
_AR_ENDINGS = ("", "ا", "ة", "ين", "ون", "ات")


def adjectives(group: str, form: str) -> Iterator[str]:
    """The inflected forms of one adjective; `group` is a column of country_words.tsv (en, fr, es_pt, ru, ar;
    ru_nouns holds full forms)."""
    if group == "en":
        yield from (form,) if form.endswith(("s", "sh", "ch", "ese")) else (form, form + "s")
    elif group == "fr":
        yield from _french(form)
    elif group == "es_pt":
        yield from _iberian(form)
    elif group == "ru":
        yield from (form.removesuffix("ий") + ending for ending in _RU_ENDINGS)
    elif group == "ar":
        yield from (form + ending for ending in _AR_ENDINGS)
    else:
        yield form


def _french(form: str) -> Iterator[str]:
    yield form
    yield form if form.endswith("s") else form + "s"
    if form.endswith("en"):
        yield from (form + "ne", form + "nes")
    elif not form.endswith("e"):
        yield from (form + "e", form + "es")


def _iberian(form: str) -> Iterator[str]:
    if form.endswith("ão"):
        yield from (form, form[:-2] + "ã", form[:-2] + "ães", form[:-2] + "ãs")
    elif form.endswith("o"):
        yield from (form, form[:-1] + "a", form + "s", form[:-1] + "as")
    elif form.endswith(("és", "ês", "án")):
        stem = form[:-2] + {"é": "e", "ê": "e", "á": "a"}[form[-2]] + form[-1]
        yield from (form, stem + "a", stem + "es", stem + "as")
    else:
        yield from (form, form + "s", form + "es")
