"""Reports for tests of fusing: a few sentences become a report as the earlier stages would hand it over."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from classifiers.taxonomy import Signal
from incidents.fuse import fuse
from incidents.types import Incident, Report
from places.types import Located, Mention, Place, Precision, Resolution
from tests.builders import NOW, make_article, make_place, make_reading, make_source, minutes

WALIKALE = make_place()
MUBI = make_place(id="sup:CD/mubi", name="Mubi", lat=-1.47, lon=28.20, population=9_000)
PINGA = make_place(id="sup:CD/pinga", name="Pinga", lat=-0.98, lon=28.69, population=15_000)
MASISI = make_place(id="sup:CD/masisi", name="Masisi", admin2="Masisi", lat=-1.40, lon=28.81)
NORTH_KIVU = make_place(
    id="a1:CD/North Kivu", name="North Kivu", precision=Precision.ADMIN1, admin2=None, lat=-0.8, uncertainty_km=150.0
)
CONGO = make_place(
    id="c:CD", name="DR Congo", precision=Precision.COUNTRY, admin1=None, admin2=None, lat=-2.9, uncertainty_km=900.0
)
KHARTOUM = make_place(id="gn:379252", name="Khartoum", country="SD", admin1="Khartoum", lat=15.55, lon=32.53)

CAPTURE = (Signal.TERRITORY_CAPTURED,)
CLASH = (Signal.ARMED_CLASH,)


def hours(number: float) -> Any:
    return minutes(60 * number)


def outlet(name: str, **fields: Any) -> Any:
    return make_source(**{"publisher_id": name, "name": name, "independence": f"publisher:{name}", **fields})


def report(
    number: int,
    title: str,
    summary: str = "",
    *,
    place: Place | None = WALIKALE,
    named: str | None = None,
    others: Sequence[tuple[str, Place]] = (),
    after: float = 0.0,
    labels: tuple[Signal, ...] = CAPTURE,
    by: str | None = None,
    article: dict[str, Any] | None = None,
    **reading: Any,
) -> Report:
    """Report `number`, published `after` hours; `named` is how the text writes its place, `by` the outlet."""
    text = f"{title}\n{summary}"
    main = resolution(text, named or place.name, place) if place else None
    source = outlet(by or f"outlet {number}")
    fields = {"id": number, "title": title, "summary": summary, "source": source, "published": NOW + hours(after)}
    return Report(
        make_article(**{**fields, **(article or {})}),
        make_reading(labels=labels, **reading),
        Located(main, tuple(resolution(text, name, other) for name, other in others)),
    )


def resolution(text: str, name: str, place: Place) -> Resolution:
    start = max(text.find(name), 0)
    return Resolution(Mention(start, start + len(name), name), place, 0.9, "given")


def told(*reports: Report, known: Sequence[Incident] = ()) -> list[Incident]:
    """The incidents that these reports make, one after the other, ids from 1; those merged into others left out."""
    incidents = {incident.id: incident for incident in known}
    for one in reports:
        fusion = fuse(one, list(incidents.values()), one.article.published)
        for change in (fusion, *fusion.others) if fusion else ():
            number = change.incident.id or len(incidents) + 1
            incidents[number] = replace(change.incident, id=number)
    return [incident for incident in incidents.values() if incident.merged_into is None]


def groups(incidents: Sequence[Incident]) -> set[frozenset[int]]:
    """The numbers of the reports that each incident rests on."""
    return {frozenset(w.article_id for w in incident.witnesses) for incident in incidents}
