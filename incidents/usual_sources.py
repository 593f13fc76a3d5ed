"""Who usually tells of a region, and when too few of them speak for its silence to mean anything."""

from collections.abc import Collection, Mapping

from incidents.easing import SPEAKING, USUAL_REPORTS

MOST = 8  # sources of a region: the rest tell of it now and then


def usual_sources(reports: Mapping[str, int], read: Collection[str]) -> list[str]:
    """The publishers that tell of a region most, the first one first.

    `reports`: by publisher, its recent reports of the region. `read`: the publishers whose feeds are polled; who is
    only quoted by others cannot fall silent.
    """
    usual = [publisher for publisher, count in reports.items() if count >= USUAL_REPORTS and publisher in read]
    return sorted(usual, key=lambda publisher: (-reports[publisher], publisher))[:MOST]


def hushed(usual: Collection[str], silent: Collection[str]) -> list[str]:
    """The usual sources that are silent, where those left are too few for their silence to mean anything; else none."""
    mute = [publisher for publisher in usual if publisher in silent]
    return mute if mute and len(usual) - len(mute) < SPEAKING * len(usual) else []
