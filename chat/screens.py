"""What a handler gives back: texts and buttons, apart from Telegram."""

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from chat.texts import clip


@dataclass(frozen=True, slots=True)
class Button:
    """`data`: what it carries, made by chat.presses.Press.data."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be sent."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `photo`: a PNG above the text, or `document`: a file; `bars`: what stands below the text where that
    cannot be sent."""

    text: str
    rows: Rows = ()
    photo: bytes | None = None
    document: Document | None = None
    bars: str = ""

    @property
    def shown(self) -> str:
        return clip(self.text)

    @property
    def markup(self) -> InlineKeyboardMarkup | None:
        return markup_of(self.rows) if self.rows else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person is shown for what they typed or pressed.

    After a press, the first screen takes the place of the message with the button, unless `anew`; the others are
    sent. `toast`: a few words shown over the chat after a press. `rows`: other buttons for the pressed message, whose
    text stays. `quoting`: the first screen answers the person's message visibly, also in a private chat.
    `gone`: the pressed message is taken away.
    """

    screens: tuple[Screen, ...] = ()
    toast: str | None = None
    anew: bool = False
    rows: Rows = ()
    quoting: bool = False
    gone: bool = False


def said(text: str, *rows: tuple[Button, ...]) -> Answer:
    """An answer of one screen."""
    return Answer((Screen(text, rows),))


def in_rows(buttons: list[Button], width: int) -> Rows:
    """The buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def markup_of(rows: Rows) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in rows]
    )
