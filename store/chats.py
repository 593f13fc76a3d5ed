"""Chats, what they watch, and forgetting them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from alerts.types import Bar, Chat, ChatState, Watch
from classifiers.taxonomy import Signal
from places.types import Area
from store.batches import batches
from store.digest_tables import DigestRow
from store.errors import NotStored
from store.operating_tables import InviteRow
from store.share_tables import ShareRow
from store.tables import AlertRow, ChatRow, OutboxRow, OutboxWatchRow, VerdictRow, WatchRow
from store.types import Erased, Subscriber


class Chats:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, chat_id: int) -> Chat | None:
        row = self._session.get(ChatRow, chat_id)
        return None if row is None else chat_of(row)

    def put(self, chat: Chat) -> None:
        """Store a chat, or its new settings."""
        self._session.merge(
            ChatRow(
                id=chat.id,
                kind=chat.kind,
                language=chat.language,
                time_zone=chat.time_zone,
                state=chat.state,
                quiet_from=chat.quiet_from,
                quiet_until=chat.quiet_until,
                rhythm=chat.rhythm,
                digest_at=chat.digest_at,
                pictures=chat.pictures,
                paused_until=chat.paused_until,
            )
        )
        self._session.flush()

    def retire(self, chat_id: int) -> None:
        """The bot can no longer reach the chat: nothing is sent to it until it comes back. Unknown chats: nothing."""
        self._session.execute(update(ChatRow).where(ChatRow.id == chat_id).values(state=ChatState.RETIRED))

    def migrate(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup: everything of it moves to the new id, and joins what is there already."""
        self._session.execute(update(InviteRow).where(InviteRow.chat_id == old_id).values(chat_id=new_id))
        if old_id == new_id or self._session.get(ChatRow, old_id) is None:
            return
        if self._session.get(ChatRow, new_id) is None:
            # All rows of the chat follow by their foreign keys.
            self._session.execute(update(ChatRow).where(ChatRow.id == old_id).values(id=new_id))
        else:
            self._merge(old_id, new_id)
        # An alert being spread in order of ids has passed the new id but not the old one: go back, telling twice is
        # prevented by the outbox.
        passed = (~AlertRow.finished, AlertRow.cursor >= new_id, AlertRow.cursor < old_id)
        self._session.execute(update(AlertRow).where(*passed).values(cursor=new_id - 1))
        self._session.expire_all()

    def erase(self, chat_id: int) -> Erased:
        """Remove the chat with its watches, outbox rows and verdicts; nothing of it remains."""
        erased = Erased(*(self._count(table, chat_id) for table in (WatchRow, OutboxRow, VerdictRow)))
        self._session.execute(delete(ChatRow).where(ChatRow.id == chat_id))
        self._session.execute(delete(InviteRow).where(InviteRow.chat_id == chat_id))
        self._session.expire_all()
        return erased

    def watches(self, chat_id: int) -> list[Watch]:
        """In the order they were added."""
        rows = select(WatchRow).where(WatchRow.chat_id == chat_id).order_by(WatchRow.id)
        return [watch_of(row) for row in self._session.scalars(rows)]

    def watch(self, chat_id: int, watch_id: int) -> Watch | None:
        """None also for a watch of another chat."""
        row = self._watch_row(chat_id, watch_id)
        return None if row is None else watch_of(row)

    def add_watch(self, watch: Watch) -> Watch:
        """Store a new watch of a stored chat; returned with its id."""
        if self._session.get(ChatRow, watch.chat_id) is None:
            raise NotStored(f"chat {watch.chat_id} is not stored")
        row = WatchRow(id=None, chat_id=watch.chat_id)
        _fill(row, watch)
        self._session.add(row)
        self._session.flush()
        return replace(watch, id=row.id)

    def put_watch(self, watch: Watch) -> None:
        """Store a watch's new settings. Raises NotStored when it was removed meanwhile."""
        row = self._watch_row(watch.chat_id, watch.id)
        if row is None:
            raise NotStored(f"chat {watch.chat_id} has no watch {watch.id}")
        _fill(row, watch)
        self._session.flush()

    def remove_watch(self, chat_id: int, watch_id: int) -> bool:
        """Whether there was such a watch of this chat."""
        row = self._watch_row(chat_id, watch_id)
        if row is None:
            return False
        self._session.delete(row)
        self._session.flush()
        return True

    def subscribers(self, after: int | None, limit: int) -> list[Subscriber]:
        """Active chats that watch something, by id above `after`."""
        chats = (
            select(ChatRow)
            .where(ChatRow.state == ChatState.ACTIVE, exists().where(WatchRow.chat_id == ChatRow.id))
            .order_by(ChatRow.id)
            .limit(limit)
        )
        if after is not None:
            chats = chats.where(ChatRow.id > after)
        found = [chat_of(row) for row in self._session.scalars(chats)]
        watches = self._watches_between(found)
        return [Subscriber(chat, watches[chat.id]) for chat in found]

    def active(self, after: int | None, limit: int) -> list[int]:
        """Ids of active chats, whether or not they watch something, above `after`."""
        chats = select(ChatRow.id).where(ChatRow.state == ChatState.ACTIVE).order_by(ChatRow.id).limit(limit)
        return list(self._session.scalars(chats if after is None else chats.where(ChatRow.id > after)))

    def count(self) -> int:
        """How many chats are active."""
        active = select(func.count()).select_from(ChatRow).where(ChatRow.state == ChatState.ACTIVE)
        return self._session.scalar(active) or 0

    def _watches_between(self, chats: Sequence[Chat]) -> dict[int, tuple[Watch, ...]]:
        """The watches of chats that are neighbours by id."""
        if not chats:
            return {}
        rows = (
            select(WatchRow)
            .where(WatchRow.chat_id.between(chats[0].id, chats[-1].id))
            .order_by(WatchRow.chat_id, WatchRow.id)
        )
        by_chat = groupby(map(watch_of, self._session.scalars(rows)), key=lambda watch: watch.chat_id)
        return {chat_id: tuple(watches) for chat_id, watches in by_chat}

    def _merge(self, old_id: int, new_id: int) -> None:
        self._session.execute(update(WatchRow).where(WatchRow.chat_id == old_id).values(chat_id=new_id))
        both = select(OutboxRow.incident_id).where(OutboxRow.chat_id == new_id)
        ours, shared = OutboxRow.chat_id == old_id, OutboxRow.incident_id.in_(both.scalar_subquery())
        shared_ids = self._session.scalars(select(OutboxRow.incident_id).where(ours, shared)).all()
        self._session.execute(update(OutboxRow).where(ours, ~shared).values(chat_id=new_id))
        for incident_id in shared_ids:
            self._merge_watches(old_id, new_id, incident_id)
        judged = select(VerdictRow.incident_id).where(VerdictRow.chat_id == new_id).scalar_subquery()
        theirs = (VerdictRow.chat_id == old_id, VerdictRow.incident_id.not_in(judged))
        self._session.execute(update(VerdictRow).where(*theirs).values(chat_id=new_id))
        if self._session.get(DigestRow, new_id) is None:
            self._session.execute(update(DigestRow).where(DigestRow.chat_id == old_id).values(chat_id=new_id))
        self._session.execute(update(ShareRow).where(ShareRow.chat_id == old_id).values(chat_id=new_id))
        # Of an incident both were told of, the supergroup's own message lives on.
        self._session.execute(delete(ChatRow).where(ChatRow.id == old_id))

    def _merge_watches(self, old_id: int, new_id: int, incident_id: int) -> None:
        row = OutboxWatchRow
        there = select(row.watch_id).where(row.chat_id == new_id, row.incident_id == incident_id)
        here = (row.chat_id == old_id, row.incident_id == incident_id)
        self._session.execute(update(row).where(*here, row.watch_id.not_in(there)).values(chat_id=new_id))

    def _count(self, table: type[WatchRow] | type[OutboxRow] | type[VerdictRow], chat_id: int) -> int:
        rows = select(func.count()).select_from(table).where(table.chat_id == chat_id)
        return self._session.scalar(rows) or 0

    def _watch_row(self, chat_id: int, watch_id: int) -> WatchRow | None:
        row = self._session.get(WatchRow, watch_id)
        return row if row is not None and row.chat_id == chat_id else None


def chat_of(row: ChatRow) -> Chat:
    return Chat(
        id=row.id,
        kind=row.kind,
        language=row.language,
        time_zone=row.time_zone,
        state=row.state,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        rhythm=row.rhythm,
        digest_at=row.digest_at,
        pictures=row.pictures,
        paused_until=row.paused_until,
    )


def watches_by_id(session: Session, ids: Collection[int]) -> dict[int, Watch]:
    """Those of the watches that still exist, whosever they are."""
    rows = (row for some in batches(ids) for row in session.scalars(select(WatchRow).where(WatchRow.id.in_(some))))
    return {row.id: watch_of(row) for row in rows}


def watch_of(row: WatchRow) -> Watch:
    area = Area(
        kind=row.area_kind,
        name=row.area_name,
        country=row.country,
        admin1=row.admin1,
        admin2=row.admin2,
        lat=row.lat,
        lon=row.lon,
        radius_km=row.radius_km,
    )
    return Watch(
        id=row.id,
        chat_id=row.chat_id,
        area=area,
        min_severity=row.min_severity,
        kinds=frozenset(map(Signal, row.kinds)),
        min_certainty=row.min_certainty,
        night=Bar(row.night_severity, row.night_certainty) if row.night_severity and row.night_certainty else None,
        radii={Signal(name): float(radius) for name, radius in row.radii.items()},
    )


def _fill(row: WatchRow, watch: Watch) -> None:
    area = watch.area
    row.area_kind = area.kind
    row.area_name = area.name
    row.country = area.country
    row.admin1 = area.admin1
    row.admin2 = area.admin2
    row.lat = area.lat
    row.lon = area.lon
    row.radius_km = area.radius_km
    row.min_severity = watch.min_severity
    row.min_certainty = watch.min_certainty
    row.night_severity = watch.night.severity if watch.night else None
    row.night_certainty = watch.night.certainty if watch.night else None
    row.kinds = sorted(kind.value for kind in watch.kinds)
    row.radii = {kind.value: watch.radii[kind] for kind in sorted(watch.radii)}
