"""How fast reports are fused: `python -m benchmarks.fusing [--relevant 0.05]`.

One process, one thread, a SQLite file. So many incidents are open when the clock starts. Of the reports that come then,
a third tell of a known incident, the others of new ones, while old incidents close; between them come articles that are
no news of conflict (--relevant; under a tenth of a raw stream is). They are recorded as the bot does it with what a
poll brings: so many in a transaction (--poll) are stored, fused, their incidents revised, the alerts decided. Prints
articles per second of processor time in slices and the memory in use after each, which must not grow with their number.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from classifiers.taxonomy import Signal, Status
from classifiers.types import Reading
from feeds.types import Article, PublisherKind, Reliability, Source
from incidents.types import Report
from pipeline.fuse import AT_ONCE, Taken, record_all
from places.types import Located, Mention, Place, Precision, Resolution
from store.batches import batches
from store.migrations import migrate
from store.store import Store

START = datetime(2025, 3, 19, tzinfo=UTC)
COUNTRIES = ("CD", "SD", "UA", "MM", "SY", "YE", "ML", "BF", "NG", "SO")
TOWNS = 3000
OUTLETS = 200
OPEN_FOR = timedelta(hours=72)
SLICES = 8
KINDS = (Signal.ARMED_CLASH, Signal.REMOTE_VIOLENCE, Signal.CIVILIANS_ATTACKED, Signal.TERRITORY_CAPTURED)
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("ra", "lo", "mi", "tu", "ne", "sk")]


def towns(chance: random.Random) -> list[Place]:
    """Spread over ten countries of ten provinces, each country in a box of its own."""
    found = []
    for number in range(TOWNS):
        country = number % len(COUNTRIES)
        lat, lon = -30 + 6 * country + chance.random() * 5, chance.random() * 15
        province = f"Province {int(lon)}"
        found.append(
            Place(
                f"gn:{number}",
                f"Town {number}",
                Precision.PLACE,
                COUNTRIES[country],
                province,
                None,
                lat,
                lon,
                5.0,
                9000,
            )
        )
    return found


def reports(chance: random.Random, count: int, every: timedelta, relevant: float) -> Iterator[Report]:
    """So many reports of events and what is retold of them, one after the other; between them articles that are no
    news of conflict, so that `relevant` is the share of the former."""
    places = towns(chance)
    told: list[tuple[Place, Signal, str, datetime]] = []
    at = START
    for number in range(count):
        at += every
        if told and chance.random() < 1 / 3:
            place, kind, words, _ = told[chance.randrange(max(0, len(told) - 500), len(told))]
            words = " ".join(chance.sample(words.split(), 9))
        else:
            place, kind = chance.choice(places), chance.choice(KINDS)
            words = " ".join(chance.choices(WORDS, k=14))
            told.append((place, kind, words, at))
        yield report(number, place, kind, words, at, chance.randrange(OUTLETS))
        while chance.random() > relevant:
            other = report(chance.getrandbits(60), place, kind, words, at, chance.randrange(OUTLETS))
            yield replace(other, reading=replace(other.reading, labels=()), located=Located(None))


def report(number: int, place: Place, kind: Signal, words: str, at: datetime, outlet: int) -> Report:
    name = f"outlet-{outlet}"
    source = Source(name, name, PublisherKind.NATIONAL, Reliability.C, f"publisher:{name}")
    title = f"{place.name}: {words}"
    article = Article(0, f"{number}", 1, f"https://{name}.example", source, title, words, None, at, at, "en")
    reading = Reading(
        relevance=0.97,
        probabilities={kind: 0.9},
        labels=(kind,),
        facility=None,
        status=Status.REPORTED,
        disputed=False,
        actor=None,
        claimant=None,
        confirmed_by=None,
        disputed_by=None,
        killed=None,
        injured=None,
        displaced=None,
        language="en",
        evidence=(),
        background=(),
        model="benchmark",
    )
    main = Resolution(Mention(0, len(place.name), place.name), place, 0.9, "made up")
    return Report(article, reading, Located(main))


def megabytes() -> float:
    """Of memory in use now (Linux), not at its highest."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open", type=int, default=5000, help="incidents that are open")
    parser.add_argument("--reports", type=int, default=4000, help="reports that are timed")
    parser.add_argument("--poll", type=int, default=AT_ONCE, help="articles in a transaction")
    parser.add_argument("--relevant", type=float, default=1.0, help="share of the articles that are news of conflict")
    arguments = parser.parse_args()
    before = int(arguments.open * 1.5)  # a third of them join
    every = OPEN_FOR / before
    known = reports(random.Random(1), before, every, 1.0)
    made = reports(random.Random(2), arguments.reports, every, arguments.relevant)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'benchmark.sqlite'}"
        migrate(url)
        store = Store.open(url)
        take(store, known, AT_ONCE)
        with store.read() as tx:
            print(f"{sum(1 for _ in tx.incidents.all())} incidents open, {megabytes():.0f} MB")
        rest = (later(one, number) for number, one in enumerate(made))
        size = arguments.reports // SLICES
        for number in range(SLICES):
            began, clock = time.process_time(), time.perf_counter()
            take(store, islice(rest, size), arguments.poll)
            rate, by_clock = size / (time.process_time() - began), size / (time.perf_counter() - clock)
            print(
                f"reports {number * size:6} to {(number + 1) * size:6}: {rate:5.0f} a second "
                f"({by_clock:.0f} by the clock), {megabytes():.0f} MB"
            )
        store.close()


def later(one: Report, number: int) -> Report:
    """The report as of after those that were open before."""
    at = one.article.published + OPEN_FOR
    return replace(one, article=replace(one.article, key=f"later {number}", published=at, fetched=at))


def take(store: Store, made: Iterable[Report], poll: int) -> None:
    for some in batches(made, poll):
        record_all(store, [Taken(one, "") for one in some], some[-1].article.published)


if __name__ == "__main__":
    main()
