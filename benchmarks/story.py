"""The alerts of a replay in order, as Markdown: `python -m benchmarks.story DIR [--into PAGE] [--level PNG]`.

DIR is what `bot.py replay ENTRIES --out DIR` wrote. Messages that ring are given with what they say, silent edits with
their new first line. PAGE is rewritten between its two marks, else all is printed. PNG gets the chart of North Kivu's
level over the replayed months, and standard error what it shows.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import jsonl
from alerts.levels import LevelView
from alerts.types import Edition, Language, Reason
from benchmarks.story_level import standing_of, summary
from chat.charts import draw
from errors import InvalidInput
from pipeline.entries import text
from places.gazetteer import Gazetteer

BEGIN, END = "<!-- alerts: begin -->", "<!-- alerts: end -->"
_LEFT_OUT = ("http://", "https://", "Your watch: ", "When: ", "T-")


@dataclass(frozen=True, slots=True)
class Told:
    at: datetime
    reason: Reason
    lines: tuple[str, ...]
    incident: int


def told(rows: Iterable[tuple[str, dict[str, Any]]]) -> list[Told]:
    """The alerts of (where, row) pairs of an alerts.jsonl. Raises InvalidInput naming line and field."""
    return [_told(where, row) for where, row in rows]


def story(alerts: Iterable[Told]) -> str:
    """The alerts, in the order given, under a heading for each day (UTC); ends with a line break."""
    found = list(alerts)
    rings = sum(alert.reason.sounds for alert in found)
    count = len({alert.incident for alert in found})
    head = f"{len(found)} alerts about {count} incidents: {rings} messages or replies that ring, the rest silent edits."
    return "\n".join([head, *_days(found), ""])


def put_in(page: str, alerts: str, where: str) -> str:
    """`page` with `alerts` between its marks. Raises InvalidInput when it lacks one; `where` names it."""
    before, begun, rest = page.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise InvalidInput(where, "lacks a mark", f"{BEGIN} and, after it, {END}")
    return f"{before}{BEGIN}\n\n{alerts}\n{END}{after}"


def _days(alerts: Iterable[Told]) -> Iterator[str]:
    for day, of_day in groupby(alerts, key=lambda alert: alert.at.date()):
        yield from ("", f"## {day.day} {day:%B %Y}", "")
        for alert in of_day:
            yield from _entry(alert)


def _entry(alert: Told) -> Iterator[str]:
    stamp = f"{alert.at:%H:%M} T-{alert.incident:04}"
    if not alert.reason.sounds:
        yield f"- {stamp}, edited silently: {_escaped(alert.lines[0])}"
        return
    yield f"- **{stamp}, {alert.reason}**: {_escaped(alert.lines[0])}"
    for line in alert.lines[1:]:
        if not line.startswith(_LEFT_OUT):
            yield f"  <br>{_escaped(line)}"


def _escaped(line: str) -> str:
    """As Markdown shows it: headlines come from outside."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in line)


def _told(where: str, row: dict[str, Any]) -> Told:
    at = jsonl.parse_time(row.get("at"), f"{where}, field at")
    reason, incident = text(where, row, "reason"), row.get("incident")
    if at is None:
        raise InvalidInput(f"{where}, field at", "is missing", "a time (RFC 3339)")
    if reason not in set(Reason):
        raise InvalidInput(f"{where}, field reason", f"found {reason!r}", f"one of {', '.join(Reason)}")
    if not isinstance(incident, int):
        raise InvalidInput(f"{where}, field incident", f"found {incident!r}", "a number")
    return Told(at, Reason(reason), tuple(text(where, row, "text").splitlines()) or ("",), incident)


def chart(folder: Path, alerts: Iterable[Told], path: Path) -> str:
    """Draw the level of benchmarks.story_level.REGION into the PNG at `path`; says what it shows."""
    last = {alert.incident: alert.reason for alert in alerts}
    withdrawn = frozenset(incident for incident, reason in last.items() if reason is Reason.WITHDRAWN)
    standing = standing_of(jsonl.read(folder / "incidents.jsonl"), withdrawn, Gazetteer.load())
    path.write_bytes(draw(LevelView(standing, Edition.LIVE, Language.EN)))
    return summary(standing)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--into", type=Path, metavar="PAGE")
    parser.add_argument("--level", type=Path, metavar="PNG")
    arguments = parser.parse_args()
    try:
        alerts = told(jsonl.read(arguments.folder / "alerts.jsonl"))
        if arguments.level is not None:
            sys.stderr.write(chart(arguments.folder, alerts, arguments.level))
        written = story(alerts)
        if arguments.into is None:
            sys.stdout.write(written)
        else:
            page = put_in(arguments.into.read_text(encoding="utf-8"), written, str(arguments.into))
            arguments.into.write_text(page, encoding="utf-8", newline="\n")
    except InvalidInput as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
