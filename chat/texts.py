"""Texts as Telegram counts them."""

MAX_UNITS = 4000  # of 4,096; Telegram counts UTF-16 code units
MAX_TOAST = 190  # of 200
MAX_CAPTION = 1000  # of 1,024
_ELLIPSIS = "…"


def clip(text: str, limit: int = MAX_UNITS) -> str:
    """The text cut to `limit` UTF-16 code units, never within a character, and "…" where something was cut."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * limit:
        return text
    return units[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + _ELLIPSIS
