"""On a timer: whoever lives by the feeds hears once when they fall silent, and once when they are back."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.levels import region_key
from alerts.notices import Notice, NoticeKind
from feeds.health import Trouble, TroubleKind, changes, network_trouble, silent_publishers, troubles
from feeds.schedule import FeedState
from feeds.types import Catalogue
from incidents.easing import RHYTHM
from incidents.usual_sources import hushed, usual_sources
from pipeline.watched_regions import WatchedRegions
from places.types import Area, AreaKind, Place
from store.notices import OpenTrouble
from store.store import Store, Transaction

_REGION = "region:"


def lasting_silence(tx: Transaction, place: Place) -> Notice | None:
    """What was told of the usual sources of the place's province, else of its country, and still holds."""
    areas = [Area(AreaKind.COUNTRY, place.country, place.country)]
    if place.admin1:
        areas.insert(0, Area(AreaKind.ADMIN1, place.admin1, place.country, place.admin1))
    known = tx.notices.troubles()
    found = (known.get(_REGION + region_key(area)) for area in areas)
    return next((trouble.notice for trouble in found if trouble), None)


@dataclass(frozen=True)
class FeedWatch:
    """`catalogue`: what is polled now; `clock`: aware UTC. What was told is in the store, so that it is told once."""

    store: Store
    catalogue: Callable[[], Catalogue]
    regions: WatchedRegions
    clock: Callable[[], datetime]

    def tick(self) -> int:
        """Compare how the feeds are with what was told; how many notices that makes.

        While our own network is down nothing else is found out about feeds: no answer says nothing about them.
        """
        now = self.clock()
        with self.store.read() as tx:
            states, known = tx.feeds.all(), tx.notices.troubles()
        open_feeds = {key: trouble for key, trouble in known.items() if not key.startswith(_REGION)}
        if down := network_trouble(states, now):
            before = {key: trouble for key, trouble in open_feeds.items() if key == down.key}
            return self._tell_operators(before, [down], now)
        told = self._tell_operators(open_feeds, troubles(states, self.catalogue()), now)
        open_regions = {key: trouble for key, trouble in known.items() if key.startswith(_REGION)}
        return told + self._tell_subscribers(open_regions, self.silences(states), self._silent_names(states), now)

    def lasting(self, areas: Iterable[Area]) -> list[Notice]:
        """What was told of the sources of these watched areas and still holds."""
        regions = {self.regions.of(area) for area in areas}
        with self.store.read() as tx:
            open_now = tx.notices.troubles()
        return [t.notice for key, t in open_now.items() if key.startswith(_REGION) and t.notice.area in regions]

    def silences(self, states: Sequence[FeedState]) -> dict[Area, Notice]:
        """The watched regions of whose usual sources too few speak."""
        catalogue = self.catalogue()
        names = {publisher.id: publisher.name for publisher in catalogue.publishers}
        silent = silent_publishers(states, catalogue)
        if not silent:
            return {}
        with self.store.read() as tx:
            reports = tx.counts.reports_by_region(self.clock() - RHYTHM)
        read = {feed.publisher_id for feed in catalogue.feeds}
        usual = {region: usual_sources(counts, read) for region, counts in reports.items()}
        mute = {region: found for region, sources in usual.items() if (found := hushed(sources, silent))}
        if not mute:
            return {}
        return {
            area: Notice(
                NoticeKind.SILENCE, area=area, usual=len(usual[key]), names=tuple(names[id] for id in mute[key])
            )
            for area in self.regions.all(self.store)
            if (key := region_key(area)) in mute
        }

    def _silent_names(self, states: Sequence[FeedState]) -> frozenset[str]:
        catalogue = self.catalogue()
        silent = silent_publishers(states, catalogue)
        return frozenset(publisher.name for publisher in catalogue.publishers if publisher.id in silent)

    def _tell_operators(self, known: Mapping[str, OpenTrouble], found: Sequence[Trouble], now: datetime) -> int:
        before = {key: trouble.notice.troubles[0] for key, trouble in known.items()}
        begun, over = changes(before, found)
        if not begun and not over:
            return 0
        with self.store.write() as tx:
            if over:
                tx.notices.add(Notice(NoticeKind.RECOVERY, troubles=tuple(over)), now)
            for trouble in over:
                tx.notices.close_trouble(trouble.key)
                _outdate(tx, known[trouble.key], only=trouble.kind is TroubleKind.NETWORK)
            if begun:
                told = tx.notices.add(Notice(NoticeKind.TROUBLE, troubles=tuple(begun)), now)
                for trouble in begun:
                    tx.notices.open_trouble(trouble.key, Notice(NoticeKind.TROUBLE, troubles=(trouble,)), told, now)
        return bool(begun) + bool(over)

    def _tell_subscribers(
        self,
        known: Mapping[str, OpenTrouble],
        found: Mapping[Area, Notice],
        silent: Collection[str],
        now: datetime,
    ) -> int:
        by_key = {_REGION + region_key(area): notice for area, notice in found.items()}
        begun = {key: notice for key, notice in by_key.items() if key not in known}
        over = [trouble for key, trouble in known.items() if key not in by_key]
        if not begun and not over:
            return 0
        with self.store.write() as tx:
            for key, notice in begun.items():
                tx.notices.open_trouble(key, notice, tx.notices.add(notice, now), now)
            for trouble in over:
                tx.notices.close_trouble(trouble.key)
                _outdate(tx, trouble, only=True)
                if trouble.notice_id is not None:
                    tx.notices.add(_speaking(trouble, silent), now)
        return len(begun) + len(over)


def _outdate(tx: Transaction, trouble: OpenTrouble, *, only: bool) -> None:
    """Who was not told that it began need not hear of it any more; `only`: the notice told of nothing else."""
    if only and trouble.notice_id is not None:
        tx.notices.outdated(trouble.notice_id)


def _speaking(trouble: OpenTrouble, silent: Collection[str]) -> Notice:
    """Names those of its sources that are silent no more."""
    back = tuple(name for name in trouble.notice.names if name not in silent)
    return Notice(NoticeKind.SPEAKING, area=trouble.notice.area, names=back, answers=trouble.notice_id)
