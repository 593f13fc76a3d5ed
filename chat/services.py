"""What the handlers work with; put together once, by bot.py."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from chat.easel import Easel
from pipeline.admission import Admission
from pipeline.feed_keeping import FeedKeeper
from pipeline.levels import Levels
from pipeline.sharing import Sharing
from pipeline.subscriptions import Subscriptions
from pipeline.topics import TopicBinding
from pipeline.watch_feeds import FeedWatch
from pipeline.watch_sets import WatchSets
from pipeline.watched_regions import WatchedRegions
from places.gazetteer import Gazetteer
from places.search import PlaceSearch
from store.store import Store


@dataclass(frozen=True, repr=False)
class Services:
    """`sample_store`: where the bundled sample is replayed to, None where there is no sample. `model`: the name of what
    reads. `admins`: user ids of operators. `on_watch(chat_id)` is called in the event loop after a watch was saved.
    `clock`: aware UTC."""

    store: Store
    gazetteer: Gazetteer
    version: str
    clock: Callable[[], datetime]
    started_at: datetime
    feeds: FeedKeeper
    admission: Admission
    model: str = ""
    sample_store: Store | None = None
    admins: frozenset[int] = frozenset()
    on_watch: Callable[[int], None] | None = None
    easel: Easel = field(default_factory=Easel)
    search: PlaceSearch = field(init=False)
    subscriptions: Subscriptions = field(init=False)
    sharing: Sharing = field(init=False)
    watch_sets: WatchSets = field(init=False)
    topics: TopicBinding = field(init=False)
    levels: Levels = field(init=False)
    regions: WatchedRegions = field(init=False)
    feed_watch: FeedWatch = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "search", _search_of(self.gazetteer))
        object.__setattr__(self, "subscriptions", Subscriptions(self.store, self.sample_store))
        object.__setattr__(self, "sharing", Sharing(self.store, self.subscriptions))
        object.__setattr__(self, "watch_sets", WatchSets(self.store, self.subscriptions))
        object.__setattr__(self, "topics", TopicBinding(self.store))
        object.__setattr__(self, "levels", Levels(self.store, self.gazetteer, self.clock))
        regions = WatchedRegions(self.gazetteer)
        object.__setattr__(self, "regions", regions)
        object.__setattr__(self, "feed_watch", FeedWatch(self.store, self.feeds.catalogue, regions, self.clock))

    @property
    def stores(self) -> tuple[Store, ...]:
        """The live store first."""
        return (self.store, self.sample_store) if self.sample_store else (self.store,)


@lru_cache(maxsize=1)
def _search_of(gazetteer: Gazetteer) -> PlaceSearch:
    """Built once for a gazetteer: it keeps a list of names."""
    return PlaceSearch(gazetteer)
