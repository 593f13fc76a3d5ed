"""Adding whole sets of watches to a chat at once, all or none: shared ones, imported ones, those of another chat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from alerts.types import Chat, Watch
from pipeline.subscriptions import MAX_WATCHES, Subscriptions, TooManyWatches, centre, ensure
from places.types import Area, AreaKind
from store.store import Store, Transaction


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
    """How many watches were new, changed, and left as they were. `replaced`: the areas of those changed, as before."""

    new: int = 0
    replaced: tuple[Area, ...] = ()
    kept: int = 0

    @property
    def changed(self) -> int:
        return len(self.replaced)


def given_to(watch: Watch, chat_id: int, watch_id: int = 0) -> Watch:
    """The watch as another chat's own: everything that it asks for comes along, whatever fields it has."""
    return replace(watch, id=watch_id, chat_id=chat_id)


def plan(watches: Sequence[Watch], offers: Sequence[Offer]) -> tuple[Added, list[Watch]]:
    """What adding `offers` to a chat that has `watches` comes to, and the watches to store (id 0: new ones)."""
    here = {centre(watch.area): watch for watch in watches}
    near = {_rounded(watch.area): watch for watch in watches}
    new: list[Watch] = []
    changed: list[Watch] = []
    replaced: list[Area] = []
    for offer in offers:
        area = offer.watch.area
        known = here.get(centre(area)) or (None if offer.known is IfKnown.KEEP else near.get(_rounded(area)))
        if known is None:
            new.append(replace(offer.watch, id=0))
            here[centre(area)] = new[-1]
        elif known.id and (wanted := _changed(known, offer)) != known:
            changed.append(wanted)
            replaced.append(known.area)
    return Added(len(new), tuple(replaced), len(offers) - len(new) - len(changed)), [*new, *changed]


def _changed(known: Watch, offer: Offer) -> Watch:
    offered = offer.watch.area
    if offered.kind is AreaKind.CIRCLE:  # files hold rounded points, the watch of a town does not
        offered = replace(known.area, name=offered.name, radius_km=offered.radius_km)
    match offer.known:
        case IfKnown.KEEP:
            return known
        case IfKnown.AREA:
            return replace(known, area=offered)
        case IfKnown.WHOLE:
            return replace(given_to(offer.watch, known.chat_id, known.id), area=offered)


def _rounded(area: Area) -> Area:
    """What makes a watch of a file and one of a chat the same: for circles their points, to 0.1 degree."""
    if area.lat is None or area.lon is None:
        return centre(area)
    return Area(area.kind, lat=round(area.lat, 1), lon=round(area.lon, 1))


def add_all(tx: Transaction, chat: Chat, offers: Sequence[Offer]) -> Added:
    """Add the watches to a chat, which is stored if it is new. Raises TooManyWatches; then nothing is stored."""
    ensure(tx, chat.id, chat.kind, chat.language)
    added, wanted = _fitting(tx.chats.watches(chat.id), offers)
    for watch in wanted:
        if watch.id:
            tx.chats.put_watch(watch)
        else:
            tx.chats.add_watch(given_to(watch, chat.id))
    return added


def _fitting(watches: Sequence[Watch], offers: Sequence[Offer]) -> tuple[Added, list[Watch]]:
    """As `plan`; raises TooManyWatches."""
    added, wanted = plan(watches, offers)
    if len(watches) + added.new > MAX_WATCHES:
        raise TooManyWatches(f"{len(watches)} watches, {added.new} more were offered")
    return added, wanted


class WatchSets:
    """Synchronous, safe to call from many threads."""

    def __init__(self, store: Store, subscriptions: Subscriptions) -> None:
        self._store = store
        self._subscriptions = subscriptions

    def outcome(self, chat_id: int, offers: Sequence[Offer]) -> Added:
        """What adding them would come to. Raises TooManyWatches."""
        with self._store.read() as tx:
            return _fitting(tx.chats.watches(chat_id), offers)[0]

    def add(self, chat: Chat, offers: Sequence[Offer]) -> Added:
        """As `add_all`."""
        with self._store.write() as tx:
            added = add_all(tx, chat, offers)
        self._subscriptions.mirror(chat.id)
        return added

    def replace(self, chat: Chat, watches: Sequence[Watch]) -> Added:
        """Make a chat watch exactly this, and take over the chat's settings as given."""
        areas = {centre(watch.area) for watch in watches}
        with self._store.write() as tx:
            tx.chats.put(chat)
            for gone in tx.chats.watches(chat.id):
                if centre(gone.area) not in areas:
                    tx.chats.remove_watch(chat.id, gone.id)
            added = add_all(tx, chat, [Offer(watch, IfKnown.WHOLE) for watch in watches])
        self._subscriptions.mirror(chat.id)
        return added
