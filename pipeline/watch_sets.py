"""Adding whole sets of watches to a chat at once, all or none: shared ones, imported ones, those of another chat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from alerts.types import Chat, Watch
from pipeline.subscriptions import MAX_WATCHES, TooManyWatches, centre, ensure
from store.store import Transaction


class IfKnown(Enum):
    """What becomes of a watch of the same area that the chat has already."""

    KEEP = auto()  # it stays as it is
    AREA = auto()  # it gets the radius and the name, and keeps what it asks for
    WHOLE = auto()  # it becomes as the offered one


@dataclass(frozen=True, slots=True)
class Offer:
    """A watch for a chat; whose id and chat it names is of no account."""

    watch: Watch
    known: IfKnown = IfKnown.KEEP


@dataclass(frozen=True, slots=True)
class Added:
    """How many watches were new, changed, and left as they were."""

    new: int = 0
    changed: int = 0
    kept: int = 0


def given_to(watch: Watch, chat_id: int, watch_id: int = 0) -> Watch:
    """The watch as another chat's own: everything that it asks for comes along, whatever fields it has."""
    return replace(watch, id=watch_id, chat_id=chat_id)


def plan(watches: Sequence[Watch], offers: Sequence[Offer]) -> tuple[Added, list[Watch]]:
    """What adding `offers` to a chat that has `watches` comes to, and the watches to store (id 0: new ones)."""
    here = {centre(watch.area): watch for watch in watches}
    new: list[Watch] = []
    changed: list[Watch] = []
    for offer in offers:
        known = here.get(centre(offer.watch.area))
        if known is None:
            new.append(replace(offer.watch, id=0))
            here[centre(offer.watch.area)] = new[-1]
        elif known.id and (wanted := _changed(known, offer)) != known:
            changed.append(wanted)
    return Added(len(new), len(changed), len(offers) - len(new) - len(changed)), [*new, *changed]


def _changed(known: Watch, offer: Offer) -> Watch:
    match offer.known:
        case IfKnown.KEEP:
            return known
        case IfKnown.AREA:
            return replace(known, area=offer.watch.area)
        case IfKnown.WHOLE:
            return given_to(offer.watch, known.chat_id, known.id)


def add_all(tx: Transaction, chat: Chat, offers: Sequence[Offer]) -> Added:
    """Add the watches to a chat, which is stored if it is new. Raises TooManyWatches; then nothing is stored."""
    ensure(tx, chat.id, chat.kind, chat.language)
    there = tx.chats.watches(chat.id)
    added, wanted = plan(there, offers)
    if len(there) + added.new > MAX_WATCHES:
        raise TooManyWatches(f"chat {chat.id} has {len(there)} watches, {added.new} more were offered")
    for watch in wanted:
        if watch.id:
            tx.chats.put_watch(watch)
        else:
            tx.chats.add_watch(given_to(watch, chat.id))
    return added
