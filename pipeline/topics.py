"""In which of a forum's topics a chat is told of an incident: the rule, and the use cases that bind watches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alerts.types import Watch
from store.errors import NotStored
from store.store import Store
from store.topics import Topic


@dataclass(frozen=True, slots=True)
class Placement:
    """`thread_id` None: the General topic. `closed`: watches whose topic takes nothing any more, of which the chat is
    to be told now."""

    thread_id: int | None = None
    closed: tuple[Watch, ...] = ()


GENERAL = Placement()


def placement(matched: Sequence[Watch], topics: Mapping[int, Topic]) -> Placement:
    """The topic of the first matching watch that has one. One message tells of all watches that match, so that one
    incident is in one topic."""
    bound = [(watch, topics[watch.id]) for watch in matched if watch.id in topics]
    thread_id = next((topic.thread_id for _, topic in bound if not topic.closed), None)
    if thread_id is not None:
        return Placement(thread_id)
    return Placement(None, tuple(watch for watch, topic in bound if topic.closed))


class TopicBinding:
    """Synchronous, safe to call from many threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def topics(self, chat_id: int) -> dict[int, Topic]:
        """The topics of the chat's watches, by watch; those of closed ones are left out."""
        with self._store.read() as tx:
            return {id: topic for id, topic in tx.topics.of_chat(chat_id).items() if not topic.closed}

    def set(self, chat_id: int, watch_id: int, thread_id: int | None) -> bool:
        """Tell what the watch matches in this topic, None: in General. Whether there is such a watch."""
        with self._store.write() as tx:
            if thread_id is None:
                tx.topics.unbind(chat_id, watch_id)
                return tx.chats.watch(chat_id, watch_id) is not None
            try:
                tx.topics.bind(chat_id, watch_id, thread_id)
            except NotStored:
                return False
            return True
