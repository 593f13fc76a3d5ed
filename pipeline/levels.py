"""Use cases of levels: how a region stands, which regions rise, and spreading a rise to those who watch there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from alerts.levels import concerned, region_key, severity_of
from alerts.mutes import silences_region
from incidents.activity import Event, by_country, reaches
from incidents.alarms import APART_DAYS
from incidents.level import NEEDED_DAYS, Level, Standing, assess, scale_of
from incidents.standing import default_forests
from places.gazetteer import Gazetteer
from places.types import Area, AreaKind, Place
from store.levels import Rise
from store.store import Store, Transaction

BATCH = 500
KEPT = timedelta(hours=1)
LATE_DAYS = 2  # a rise found later is told no more: it is no news
CIRCLES_A_TICK = 200  # at least, so that a look at them takes seconds
TICKS = 24  # of half an hour, within which every circle has its turn: long before a rise is no news
STIRRING_DAYS = 3  # without an event for so long nothing can cross its bound


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything counted as of one day: what standings are made from. `first`: since when news is read."""

    day: date
    first: date
    events: Sequence[Event]
    own: dict[str, list[Event]]
    places: dict[str, Place]  # of the events, by id: there are far fewer of them
    scale: float

    @classmethod
    def of(cls, events: Sequence[Event], day: date, first: date) -> "Situation":
        places = {event.place.id: event.place for event in events}
        return cls(day, first, events, by_country(events), places, scale_of(events, day, first))

    def standing(self, area: Area, gazetteer: Gazetteer) -> Standing:
        nearby = self._around(area) if area.kind is AreaKind.CIRCLE else self.own.get(area.country or "", [])
        centre = _centre(area, gazetteer)
        return assess(area, centre, nearby, self.day, self.first, self.scale, default_forests())

    def _around(self, circle: Area) -> list[Event]:
        """What may count for a circle, which may lie in several countries."""
        counted = {id for id, p in self.places.items() if p.country == circle.country or reaches(circle, p)}
        return [event for event in self.events if event.place.id in counted]

    def stirring(self, circles: Iterable[Area]) -> list[Area]:
        """Those with an event in or near them of late: what is farther away weighs too little to raise them."""
        late = {e.place.id: e.place for e in self.events if 0 <= (self.day - e.day).days < STIRRING_DAYS}
        return [circle for circle in circles if any(reaches(circle, place) for place in late.values())]

    def regions(self, days: int) -> list[Area]:
        """The countries and provinces with an event within the last `days`."""
        found: dict[Area, None] = {}
        for event in self.events:
            place = event.place
            if not 0 <= (self.day - event.day).days < days or place.country == "XZ":
                continue
            found[Area(AreaKind.COUNTRY, place.country, place.country)] = None
            if place.admin1:
                found[Area(AreaKind.ADMIN1, place.admin1, place.country, place.admin1)] = None
        return list(found)


def _centre(area: Area, gazetteer: Gazetteer) -> Place | None:
    return gazetteer.place(f"a1:{area.country}/{area.admin1}") if area.kind is AreaKind.ADMIN1 else None


class Levels:
    """`clock`: aware UTC. Synchronous, safe to call from many threads."""

    def __init__(self, store: Store, gazetteer: Gazetteer, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._gazetteer = gazetteer
        self._clock = clock
        self._above: tuple[datetime, list[Standing]] | None = None  # as of when
        self._known: dict[int, tuple[int, Event | None]] = {}  # by incident: the revision, and what counts of it
        self._turn = ""  # the key of the circle that was looked at last

    def standing(self, area: Area) -> Standing:
        """How an area stands now; a territory stands as its province."""
        if area.kind is AreaKind.ADMIN2:
            area = replace(area, kind=AreaKind.ADMIN1, name=area.admin1 or area.name, admin2=None)
        return self._situation().standing(area, self._gazetteer)

    def standings(self, areas: Iterable[Area]) -> list[Standing]:
        situation = self._situation()
        return [situation.standing(area, self._gazetteer) for area in areas]

    def above_calm(self) -> list[Standing]:
        """Every country and province above Calm, the highest first, then those with more incidents; as of the last
        tick, where that is no longer ago than KEPT: to assess them all takes seconds."""
        now, kept = self._clock(), self._above
        if kept is None or now - kept[0] > KEPT or now.date() != kept[0].date():
            kept = self._above = now, self._find_above(self._situation())
        return list(kept[1])

    def _find_above(self, situation: Situation) -> list[Standing]:
        found = [situation.standing(area, self._gazetteer) for area in situation.regions(365)]
        above = [standing for standing in found if standing.level is not Level.CALM]
        return sorted(above, key=lambda s: (-s.level.rank, -s.grounds.week, region_key(s.area)))

    def tick(self) -> int:
        """Find the regions that rise and tell whom it concerns; how many rose. Where very many circles stir, each
        look takes its share of them."""
        now = self._clock()
        situation = self._situation()
        self._above = now, self._find_above(situation)
        areas = [*situation.regions(STIRRING_DAYS), *self._circles_in_turn(situation)]
        rose = 0
        for area in areas:
            standing = situation.standing(area, self._gazetteer)
            if standing.rose and situation.day - standing.rose[-1] <= timedelta(LATE_DAYS):
                rose += self._record(standing, now)
        while self._spread(now):
            pass
        return rose

    def _situation(self) -> Situation:
        day = self._clock().date()
        since = datetime.combine(day - timedelta(NEEDED_DAYS), time(), UTC)
        with self._store.read() as tx:
            first = tx.levels.first_day() or day
            revisions, known = tx.levels.revisions(since), self._known
            changed = [id for id, now in revisions.items() if id not in known or known[id][0] != now]
            fresh = tx.levels.events_of(changed)
        same = {id: known[id] for id in revisions.keys() - set(changed)}
        kept = {id: same[id] if id in same else (now, fresh.get(id)) for id, now in revisions.items()}
        self._known = kept  # revisions are immutable: to decode thousands of them for every question takes long
        return Situation.of([event for _, event in kept.values() if event], day, first)

    def _circles_in_turn(self, situation: Situation) -> list[Area]:
        """The stirring circles whose turn it is, from the one after the last on."""
        stirring = {region_key(circle): circle for circle in situation.stirring(self._circles())}
        keys = sorted(stirring, key=lambda key: (key <= self._turn, key))
        chosen = keys[: max(CIRCLES_A_TICK, ceil(len(keys) / TICKS))]
        self._turn = chosen[-1] if chosen else ""
        return [stirring[key] for key in chosen]

    def _circles(self) -> list[Area]:
        """The circles that chats watch, each once."""
        found: dict[str, Area] = {}
        after: int | None = None
        while True:
            with self._store.read() as tx:
                subscribers = tx.chats.subscribers(after, BATCH)
            for subscriber in subscribers:
                for watch in subscriber.watches:
                    if watch.area.kind is AreaKind.CIRCLE:
                        found.setdefault(region_key(watch.area), watch.area)
            if len(subscribers) < BATCH:
                return list(found.values())
            after = subscribers[-1].chat.id

    def _record(self, standing: Standing, now: datetime) -> bool:
        """Store a rise, unless the region's last one is too near."""
        key, day = region_key(standing.area), standing.rose[-1]
        with self._store.write() as tx:
            last = tx.levels.last_rise(key)
            if last is not None and (day - last).days < APART_DAYS:
                return False
            tx.levels.add_rise(key, day, severity_of(standing.level), standing, now)
            return True

    def _spread(self, now: datetime) -> bool:
        """Deal with one batch of chats of the first pending rise; False: none is pending."""
        with self._store.read() as tx:
            if tx.levels.pending() is None:
                return False
        with self._store.write() as tx:
            rise = tx.levels.pending()
            if rise is not None:
                _spread_batch(tx, rise, now)
        return True


def _spread_batch(tx: Transaction, rise: Rise, now: datetime) -> None:
    subscribers = tx.chats.subscribers(rise.cursor, BATCH)
    area = rise.standing.area
    chats = [s.chat.id for s in subscribers if concerned(s.watches, area, rise.severity)]
    mutes = tx.mutes.of_chats(chats, now)
    tx.levels.want([id for id in chats if not silences_region(mutes.get(id, ()), area, now)], rise.id, now)
    tx.levels.advance(rise.id, subscribers[-1].chat.id if len(subscribers) == BATCH else None)
