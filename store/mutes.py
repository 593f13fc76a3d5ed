"""What chats do not want to hear of for a while."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from alerts.mutes import Mute, MuteScope
from classifiers.taxonomy import Signal
from places.types import Place
from store.batches import batches
from store.codec import Codec
from store.mute_tables import MuteRow
from store.tables import ChatRow

PLACE = Codec(Place)


class Mutes:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, mute: Mute) -> Mute | None:
        """Store a mute in place of the chat's earlier one of the same matter; returned with its id.

        None: the chat is not stored.
        """
        if self._session.get(ChatRow, mute.chat_id) is None:
            return None
        row = self._session.scalar(_of(mute.chat_id).where(MuteRow.scope == mute.scope, MuteRow.key == mute.key))
        if row is None:
            row = MuteRow(id=None, chat_id=mute.chat_id, scope=mute.scope, key=mute.key)
            self._session.add(row)
        row.place = PLACE.encode(mute.place) if mute.place else None
        row.until = mute.until
        self._session.flush()
        return replace(mute, id=row.id)

    def end(self, chat_id: int, scope: MuteScope, key: str) -> bool:
        """Whether the chat had such a mute; it is removed."""
        row = self._session.scalar(_of(chat_id).where(MuteRow.scope == scope, MuteRow.key == key))
        if row is None:
            return False
        self._session.delete(row)
        self._session.flush()
        return True

    def of_chat(self, chat_id: int, now: datetime) -> list[Mute]:
        """Those that last, the first to end first."""
        return self.of_chats([chat_id], now).get(chat_id, [])

    def of_chats(self, chat_ids: Collection[int], now: datetime) -> dict[int, list[Mute]]:
        """Those that last, by chat, the first to end first."""
        found: defaultdict[int, list[Mute]] = defaultdict(list)
        for some in batches(dict.fromkeys(chat_ids)):
            lasting = select(MuteRow).where(MuteRow.chat_id.in_(some), MuteRow.until > now)
            for row in self._session.scalars(lasting.order_by(MuteRow.until, MuteRow.id)):
                found[row.chat_id].append(_mute(row))
        return dict(found)

    def remove_ended(self, now: datetime) -> None:
        """Remove those that last no longer, of all chats."""
        self._session.execute(delete(MuteRow).where(MuteRow.until <= now))


def _of(chat_id: int) -> Select[MuteRow]:
    return select(MuteRow).where(MuteRow.chat_id == chat_id)


def _mute(row: MuteRow) -> Mute:
    return Mute(
        id=row.id,
        chat_id=row.chat_id,
        scope=row.scope,
        until=row.until,
        place=PLACE.decode(row.place) if row.place else None,
        kind=Signal(row.key) if row.scope is MuteScope.KIND else None,
        incident_id=int(row.key) if row.scope is MuteScope.INCIDENT else None,
    )
