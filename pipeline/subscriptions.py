"""Use cases of a chat's own settings and watches. Each is one transaction, then the sample's store is made to agree."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cache
from zoneinfo import available_timezones

from alerts.digest import gathering
from alerts.types import Bar, Chat, ChatKind, ChatState, Language, Rhythm, Watch
from classifiers.taxonomy import Signal
from errors import InvalidInput, TocsinError
from places.types import Area
from store.store import Store, Transaction
from store.types import Erased

MAX_WATCHES = 50


class TooManyWatches(TocsinError):
    """The chat has MAX_WATCHES watches already."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the chat's own time during which only Extreme alerts come; they may pass midnight."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class SavedWatch:
    """`known`: the chat watched this area already, and no watch was added; `changed`: its area is another now."""

    watch: Watch
    known: bool
    changed: bool


class Subscriptions:
    """`sample`: the store that the bundled sample is replayed into, if any; it gets a copy of chats and watches, so
    that the sample's alerts are for what people watch. Synchronous, safe to call from many threads."""

    def __init__(self, store: Store, sample: Store | None = None) -> None:
        self._store = store
        self._sample = sample

    def chat(self, chat_id: int) -> Chat | None:
        with self._store.read() as tx:
            return tx.chats.get(chat_id)

    def ensure(self, chat_id: int, kind: ChatKind, language: Language) -> Chat:
        """The stored chat; a new one is stored with this language, one that had gone is active again."""
        with self._store.write() as tx:
            chat = ensure(tx, chat_id, kind, language)
        self.mirror(chat_id)
        return chat

    def resume(self, chat: Chat, now: datetime) -> Chat:
        """Alerts are sent again; a chat not known is stored. What a pause with an end kept is told at once."""
        with self._store.write() as tx:
            stored = ensure(tx, chat.id, chat.kind, chat.language)
            resumed = replace(stored, state=ChatState.ACTIVE, paused_until=None)
            tx.chats.put(resumed)
        self.mirror(chat.id)
        for store in self._stores:
            with store.write() as tx:
                if stored.state is ChatState.PAUSED:
                    tx.digests.release(chat.id)
                elif stored.is_paused(now):
                    tx.digests.move(chat.id, None, now)
        return resumed

    def stop(self, chat_id: int) -> Chat | None:
        """Alerts stop until somebody resumes them, the watches stay; None: the chat is not known."""
        return self._change(chat_id, lambda chat: replace(chat, state=ChatState.PAUSED, paused_until=None))

    def pause(self, chat: Chat, until: datetime, now: datetime) -> Chat:
        """Nothing is sent before `until`; then what was missed comes as one digest."""
        return self._set(chat, now, lambda stored: replace(stored, state=ChatState.ACTIVE, paused_until=until))

    def set_language(
        self, chat_id: int, kind: ChatKind, language: Language, rename: Callable[[Area], Area] | None = None
    ) -> Chat:
        """`rename` calls the areas that are watched as they are called in that language."""
        with self._store.write() as tx:
            chat = replace(ensure(tx, chat_id, kind, language), language=language)
            tx.chats.put(chat)
            if rename:
                for watch in tx.chats.watches(chat_id):
                    tx.chats.put_watch(replace(watch, area=rename(watch.area)))
        self.mirror(chat_id)
        return chat

    def set_time_zone(self, chat: Chat, name: str, now: datetime) -> Chat:
        """Set an IANA time zone, however it is written ("africa/kinshasa"). Raises InvalidInput for one unknown."""
        known = zone_name(name)
        return self._set(chat, now, lambda stored: replace(stored, time_zone=known))

    def set_quiet(self, chat: Chat, quiet: Quiet | None, now: datetime) -> Chat:
        """Set the hours of quiet, or none."""
        start, end = (quiet.start, quiet.end) if quiet else (None, None)
        return self._set(chat, now, lambda stored: replace(stored, quiet_from=start, quiet_until=end))

    def set_rhythm(self, chat: Chat, rhythm: Rhythm, at: time | None, now: datetime) -> Chat:
        """Be told at once or by digests; `at`: when a daily one comes, None: as before."""
        return self._set(
            chat, now, lambda stored: replace(stored, rhythm=rhythm, digest_at=stored.digest_at if at is None else at)
        )

    def set_pictures(self, chat: Chat, wanted: bool, now: datetime) -> Chat:
        """Send charts and maps, or their text."""
        return self._set(chat, now, lambda stored: replace(stored, pictures=wanted))

    def forget(self, chat_id: int) -> Erased:
        """Erase everything of the chat; what was removed, in all stores."""
        removed = [_erase(store, chat_id) for store in self._stores]
        deliveries, verdicts = sum(erased.deliveries for erased in removed), sum(erased.verdicts for erased in removed)
        return Erased(removed[0].watches, deliveries, verdicts)

    def watches(self, chat_id: int) -> list[Watch]:
        with self._store.read() as tx:
            return tx.chats.watches(chat_id)

    def watch(self, chat_id: int, watch_id: int) -> Watch | None:
        with self._store.read() as tx:
            return tx.chats.watch(chat_id, watch_id)

    def add_watch(self, chat: Chat, area: Area) -> SavedWatch:
        """Watch an area at the default severity, and store the chat if it is new.

        A circle of another radius around the same point takes the place of the old one; an area that is watched
        already keeps its severity and kinds. Raises TooManyWatches.
        """
        with self._store.write() as tx:
            ensure(tx, chat.id, chat.kind, chat.language)
            watches = tx.chats.watches(chat.id)
            known = next((watch for watch in watches if centre(watch.area) == centre(area)), None)
            if known is None and len(watches) >= MAX_WATCHES:
                raise TooManyWatches(f"chat {chat.id} has {MAX_WATCHES} watches")
            if known is None:
                saved = tx.chats.add_watch(Watch(0, chat.id, area))
            else:
                saved = replace(known, area=area)
                tx.chats.put_watch(saved)
        self.mirror(chat.id)
        return SavedWatch(saved, known is not None, saved != known)

    def set_radius(self, chat_id: int, watch_id: int, area: Area) -> Watch | None:
        """Give a circle its new area. This and what follows return None when the watch is not there (any more)."""
        return self._edit(chat_id, watch_id, lambda watch: replace(watch, area=area))

    def set_day(self, chat_id: int, watch_id: int, bar: Bar) -> Watch | None:
        """How grave and how sure an event must be."""
        return self._edit(
            chat_id, watch_id, lambda watch: replace(watch, min_severity=bar.severity, min_certainty=bar.certainty)
        )

    def set_night(self, chat_id: int, watch_id: int, bar: Bar | None) -> Watch | None:
        """The same for what may ring at night; None: as by day."""
        return self._edit(chat_id, watch_id, lambda watch: replace(watch, night=bar))

    def set_kind(self, chat_id: int, watch_id: int, kind: Signal | None, wanted: bool) -> Watch | None:
        """Take one kind in or out; None, or when none or all are in: every kind."""

        def changed(watch: Watch) -> Watch:
            if kind is None:
                return replace(watch, kinds=frozenset())
            kinds = watch.kinds | {kind} if wanted else watch.kinds - {kind}
            return replace(watch, kinds=frozenset() if len(kinds) == len(Signal) else kinds)

        return self._edit(chat_id, watch_id, changed)

    def set_kind_radius(self, chat_id: int, watch_id: int, kind: Signal, radius_km: float | None) -> Watch | None:
        """Give one kind a radius of its own; None: it has that of the watch again."""

        def changed(watch: Watch) -> Watch:
            others = {other: radius for other, radius in watch.radii.items() if other is not kind}
            return replace(watch, radii=others if radius_km is None else {**others, kind: float(radius_km)})

        return self._edit(chat_id, watch_id, changed)

    def remove_watch(self, chat_id: int, watch_id: int) -> Watch | None:
        """The watch that was removed."""
        with self._store.write() as tx:
            watch = tx.chats.watch(chat_id, watch_id)
            if watch:
                tx.chats.remove_watch(chat_id, watch_id)
        self.mirror(chat_id)
        return watch

    def chat_gone(self, chat_id: int) -> None:
        """The bot can no longer reach the chat; what it watches is kept for its return."""
        with self._store.write() as tx:
            tx.chats.retire(chat_id)
        self.mirror(chat_id)

    def chat_moved(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup with another id."""
        for store in (self._store, self._sample):
            if store:
                with store.write() as tx:
                    tx.chats.migrate(old_id, new_id)
                    if moved := tx.chats.get(new_id):
                        tx.chats.put(replace(moved, kind=ChatKind.SUPERGROUP))
        self.mirror(new_id)

    def mirror(self, chat_id: int) -> None:
        """Make the sample's store agree about one chat: its settings and its watches, told apart by their areas."""
        if self._sample is None:
            return
        with self._store.read() as tx:
            chat, watches = tx.chats.get(chat_id), tx.chats.watches(chat_id)
        with self._sample.write() as tx:
            if chat is None:
                tx.chats.erase(chat_id)
            else:
                tx.chats.put(chat)
                _mirror_watches(tx, chat_id, watches)

    @property
    def _stores(self) -> tuple[Store, ...]:
        return (self._store, self._sample) if self._sample else (self._store,)

    def _set(self, chat: Chat, now: datetime, change: Callable[[Chat], Chat]) -> Chat:
        """Store a chat's changed settings, and let the digest that it waits for come as they say."""
        with self._store.write() as tx:
            changed = change(ensure(tx, chat.id, chat.kind, chat.language))
            tx.chats.put(changed)
        self.mirror(chat.id)
        for store in self._stores:
            with store.write() as tx:
                tx.digests.move(chat.id, gathering(changed, now), now)
        return changed

    def _change(self, chat_id: int, change: Callable[[Chat], Chat]) -> Chat | None:
        with self._store.write() as tx:
            chat = tx.chats.get(chat_id)
            if chat is None:
                return None
            changed = change(chat)
            tx.chats.put(changed)
        self.mirror(chat_id)
        return changed

    def _edit(self, chat_id: int, watch_id: int, change: Callable[[Watch], Watch]) -> Watch | None:
        with self._store.write() as tx:
            watch = tx.chats.watch(chat_id, watch_id)
            if watch is None:
                return None
            changed = change(watch)
            tx.chats.put_watch(changed)
        self.mirror(chat_id)
        return changed


def centre(area: Area) -> Area:
    """The area without its radius: what makes two watches of a chat the same."""
    return replace(area, radius_km=None)


def zone_name(name: str) -> str:
    """The IANA name of a zone as it is properly written; raises InvalidInput for one unknown."""
    found = _zones().get(name.strip().replace(" ", "_").casefold())
    if found is None:
        raise InvalidInput("time zone", f"no zone is called {name!r}", "an IANA name such as Africa/Kinshasa")
    return found


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def ensure(tx: Transaction, chat_id: int, kind: ChatKind, language: Language) -> Chat:
    """The stored chat; a new one is stored with this language, one that had gone is active again, and told of nothing
    that has become old."""
    stored = tx.chats.get(chat_id)
    if stored is None:
        chat = Chat(chat_id, kind, language)
    elif stored.state is ChatState.RETIRED:
        chat = replace(stored, state=ChatState.ACTIVE)
        tx.digests.release(chat_id)
    else:
        return stored
    tx.chats.put(chat)
    return chat


def _erase(store: Store, chat_id: int) -> Erased:
    with store.write() as tx:
        return tx.chats.erase(chat_id)


def _mirror_watches(tx: Transaction, chat_id: int, watches: list[Watch]) -> None:
    here = {centre(watch.area): watch for watch in tx.chats.watches(chat_id)}
    for gone in here.keys() - {centre(watch.area) for watch in watches}:
        tx.chats.remove_watch(chat_id, here[gone].id)
    for watch in watches:
        known = here.get(centre(watch.area))
        if known:
            tx.chats.put_watch(replace(watch, id=known.id))
        else:
            tx.chats.add_watch(replace(watch, id=0))
