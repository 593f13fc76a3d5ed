"""The countries and provinces that chats watch: what the feeds' health is told for."""

from dataclasses import dataclass, field

from places.gazetteer import Gazetteer
from places.nearest import province_at
from places.types import Area, AreaKind
from store.store import Store

BATCH = 500


@dataclass(frozen=True)
class WatchedRegions:
    """`_provinces`: of points that were looked up, since that takes milliseconds and they are asked for again."""

    gazetteer: Gazetteer
    _provinces: dict[tuple[float, float], Area | None] = field(default_factory=dict, repr=False)

    def of(self, area: Area) -> Area | None:
        """The country or province by whose sources a watch of this area lives: a territory's and a circle's province.

        None for the world, and for a circle in the middle of nowhere.
        """
        if area.kind is AreaKind.COUNTRY:
            return area
        if area.country and area.admin1:
            return Area(AreaKind.ADMIN1, area.admin1, area.country, area.admin1)
        if area.lat is None or area.lon is None:
            return None
        point = (area.lat, area.lon)
        if point not in self._provinces:
            found = province_at(self.gazetteer, *point)
            self._provinces[point] = Area(AreaKind.ADMIN1, found.name, found.country, found.name) if found else None
        return self._provinces[point]

    def all(self, store: Store) -> set[Area]:
        """Those that active chats watch now."""
        found: set[Area] = set()
        after: int | None = None
        while True:
            with store.read() as tx:
                subscribers = tx.chats.subscribers(after, BATCH)
            found |= {region for s in subscribers for watch in s.watches if (region := self.of(watch.area))}
            if len(subscribers) < BATCH:
                return found
            after = subscribers[-1].chat.id
