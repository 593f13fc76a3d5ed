"""A file of bases that was sent: what it holds, and one tap to watch all of it; and the watches as such a file."""

from pathlib import PurePath

from alerts.phrases import plain
from chat.presses import Press
from chat.reach import NoFile, Upload
from chat.screens import Answer, Button, Document, Screen, said
from chat.sharing import saved, too_many
from chat.turn import StalePress, Turn
from pipeline.asking import MAX_RADIUS_KM, MIN_RADIUS_KM
from pipeline.bases import RADIUS_KM, Bases, Flawed, Problem, read_bases, table
from pipeline.bases_table import MAX_BYTES, MAX_ROWS, Flaw, Unreadable, read_rows
from pipeline.subscriptions import MAX_WATCHES, TooManyWatches
from pipeline.watch_sets import Added

ENDINGS = (".csv", ".tsv", ".txt", ".geojson", ".json")
SHOWN = 5  # bases of a file that are described
MOST_FLAWS = 10  # bad lines that are named
COMMAND = "/import"


async def import_(turn: Turn) -> Answer:
    """/import without a file: how it is done."""
    t = turn.t
    lines = [
        t.text(
            "Send me your bases as a file, CSV or GeoJSON, up to {size} MB and {most} watches. A CSV has a line of "
            "headers: name, lat, lon, radius_km; commas, semicolons or tabs part its columns. GeoJSON holds points "
            "with the properties name and radius_km.",
            size=MAX_BYTES >> 20,
            most=MAX_WATCHES,
        ),
        t.text("You see what it holds before anything is saved. Points are rounded to 0.1 degree, about 11 km."),
    ]
    if not turn.private:
        lines.append(t.text("In a group, write /import below the file as its caption."))
    return said("\n".join(lines), (Button(t.text("My watches as a file"), Press.WATCH_FILE.data()),))


async def uploaded(turn: Turn) -> Answer:
    """A file was sent: what it holds, or what is wrong with it. Nothing is saved yet."""
    upload = turn.upload
    if upload is None or PurePath(upload.name).suffix.casefold() not in ENDINGS:
        return said(turn.t.text("I read CSV and GeoJSON files with bases, nothing else. /import says how."))
    found = await _bases(turn, upload)
    if isinstance(found, Answer):
        return found
    if found.flawed:
        return said(_flaws(turn, found))
    try:
        outcome = await turn.do(turn.services.watch_sets.outcome, turn.chat.id, found.offers)
    except TooManyWatches:
        return said(too_many(turn))
    t, count = turn.t, len(found.offers)
    shown = [f"· {offer.watch.area.name}" for offer in found.offers[:SHOWN]]
    lines = [
        t.plural("{count} base in {file}:", "{count} bases in {file}:", count, file=plain(upload.name, 60)),
        *shown,
    ]
    if further := count - len(shown):
        lines.append(t.plural("and {count} more", "and {count} more", further))
    lines += _notes(turn, found, outcome)
    save = t.plural("Save {count}", "Save all {count}", count)
    buttons = (Button(save, Press.IMPORT.data("yes")), Button(t.text("Discard"), Press.IMPORT.data("no")))
    return Answer((Screen("\n".join(lines), (buttons,)),), quoting=True)


def _notes(turn: Turn, found: Bases, outcome: Added) -> list[str]:
    t = turn.t
    notes = [
        t.text("Points are rounded to 0.1 degree; without a radius I take {radius} km.", radius=RADIUS_KM),
    ]
    if found.joined:
        notes.append(
            t.plural(
                "{count} base shares its rounded point with another and is watched with it.",
                "{count} bases share their rounded points with others and are watched with them.",
                found.joined,
            )
        )
    if outcome.replaced:
        notes.append(
            t.plural(
                "{count} is watched already and will be changed; now it is: {names}.",
                "{count} are watched already and will be changed; now they are: {names}.",
                outcome.changed,
                names=t.series(area.name for area in outcome.replaced[:SHOWN]),
            )
        )
    if kept := outcome.kept:
        notes.append(t.plural("{count} is watched already just so.", "{count} are watched already just so.", kept))
    return notes


async def answered(turn: Turn) -> Answer:
    """Save all, or discard. The file is read again from the message it came in: nothing of it is kept between."""
    if turn.field(0) != "yes":
        return said(turn.t.text("Nothing was saved."))
    if turn.upload is None:
        raise StalePress
    found = await _bases(turn, turn.upload)
    if isinstance(found, Answer):
        return found
    if found.flawed:
        return said(_flaws(turn, found))
    try:
        added = await turn.do(turn.services.watch_sets.add, turn.chat, found.offers)
    except TooManyWatches:
        return said(too_many(turn))
    return saved(turn, added)


async def watch_file(turn: Turn) -> Answer:
    """The watches as CSV."""
    t = turn.t
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    if not watches:
        return said(t.text("You watch nothing yet. Write the name of a place, or /watch."))
    caption = t.plural(
        "{count} watch as CSV. Sent to me as a file, here or in another chat, it is read again as it is.",
        "{count} watches as CSV. Sent to me as a file, here or in another chat, it is read again as it is.",
        len(watches),
    )
    refused = t.text("This chat takes no files. An administrator can allow them.")
    document = Document("tocsin-watches.csv", table(watches))
    return Answer((Screen(caption, document=document, bars=refused),), anew=True)


async def _bases(turn: Turn, upload: Upload) -> Bases | Answer:
    """What the file holds, or what to say of one that cannot be read. A large one is not even loaded."""
    t = turn.t
    if upload.size > MAX_BYTES:
        return said(_flaw(turn, Flaw.TOO_LARGE))
    if turn.reach is None:
        raise StalePress
    try:
        data = await turn.reach.download(upload)
        return await turn.do(_read, turn, data)
    except NoFile:
        return said(t.text("Telegram does not give me this file. Please send it again."))
    except Unreadable as refused:
        return said(_flaw(turn, refused.flaw))


def _read(turn: Turn, data: bytes) -> Bases:
    t = turn.t
    return read_bases(
        read_rows(data),
        turn.services.gazetteer,
        lambda name, radius: t.text("{radius} km around {name}", radius=radius, name=name),
    )


def _flaw(turn: Turn, flaw: Flaw) -> str:
    t = turn.t
    match flaw:
        case Flaw.EMPTY:
            return t.text("There are no bases in this file.")
        case Flaw.NOT_TEXT:
            return t.text("This file is no text. Save the table as CSV and send that.")
        case Flaw.NOT_JSON:
            return t.text("This file begins like GeoJSON but is no JSON that I can read.")
        case Flaw.NOT_GEOJSON:
            return t.text("This file is JSON but no GeoJSON: I expect a FeatureCollection of points.")
        case Flaw.NO_COLUMNS:
            return t.text("I find no line of headers with name, lat and lon in this file. /import says how it is done.")
        case Flaw.TOO_LARGE:
            return t.text("This file is too large: I read files of up to {size} MB.", size=MAX_BYTES >> 20)
        case Flaw.TOO_MANY:
            return t.text("This file is too long: I read up to {most} lines.", most=t.number(MAX_ROWS))


def _flaws(turn: Turn, found: Bases) -> str:
    t, count = turn.t, len(found.flawed)
    head = t.plural(
        "{count} line cannot be read, so nothing was saved. Mend it and send the file again:",
        "{count} lines cannot be read, so nothing was saved. Mend them and send the file again:",
        count,
    )
    lines = [head, *(f"· {_line(turn, flawed)}" for flawed in found.flawed[:MOST_FLAWS])]
    if (further := count - MOST_FLAWS) > 0:
        lines.append(t.plural("and {count} more", "and {count} more", further))
    return "\n".join(lines)


def _line(turn: Turn, flawed: Flawed) -> str:
    t, line, found = turn.t, flawed.line, flawed.found
    match flawed.problem:
        case Problem.NO_NAME:
            return t.text("line {line}: the name is missing", line=line)
        case Problem.NO_POSITION:
            return t.text("line {line}: latitude or longitude is missing", line=line)
        case Problem.NO_NUMBER:
            return t.text("line {line}: “{found}” is not a number", line=line, found=found)
        case Problem.LATITUDE:
            return t.text("line {line}: latitude {found} is not between -90 and 90", line=line, found=found)
        case Problem.LONGITUDE:
            return t.text("line {line}: longitude {found} is not between -180 and 180", line=line, found=found)
        case Problem.RADIUS:
            return t.text(
                "line {line}: radius {found} is not between {least} and {most} km",
                line=line,
                found=found,
                least=MIN_RADIUS_KM,
                most=t.number(MAX_RADIUS_KM),
            )
        case Problem.AREA:
            return t.text("line {line}: I know no area {found}", line=line, found=found)
        case Problem.SETTINGS:
            return t.text("line {line}: the settings cannot be read", line=line)
