"""Labels of texts kept elsewhere: joined by id, refused where they do not hold."""

import json
from pathlib import Path

import pytest

from classifiers.corpus import labelled_item
from classifiers.labels import read_again, read_labels
from classifiers.taxonomy import Facility, Signal, Status
from errors import InvalidInput

CORPORA = Path(__file__).parents[2] / "classifiers" / "corpora"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    rows = [
        {"id": "feed-1", "title": "Rebels loot the clinic of Kibua", "summary": "Staff fled, the army says."},
        {"id": "chronicle-1", "text": "Voters go to the polls in Bolivia."},
    ]
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def table(folder: Path, *rows: str) -> Path:
    path = folder / "labels.tsv"
    path.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_labels_meet_their_texts(tmp_path: Path, texts: Path) -> None:
    path = table(tmp_path, "chronicle-1\t-\t-\t-", "feed-1\tfacility_attacked,displacement\thealth\tclaimed")
    nothing, looted = read_labels(path, [texts])
    assert (nothing.relevant, nothing.signals, nothing.text.title) == (False, (), "Voters go to the polls in Bolivia.")
    assert looted.relevant
    assert looted.signals == (Signal.FACILITY_ATTACKED, Signal.DISPLACEMENT)
    assert (looted.facility, looted.status) == (Facility.HEALTH, Status.CLAIMED)
    assert looted.text.summary == "Staff fled, the army says."


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("feed-1\t-\t-", "3 fields"),
        ("feed-2\t-\t-\t-", "no text has the id 'feed-2'"),
        ("feed-1\tlooting\t-\t-", "found 'looting'"),
        ("feed-1\tunrest\t-\trumoured", "found 'rumoured'"),
    ],
)
def test_a_row_that_does_not_hold_is_named(tmp_path: Path, texts: Path, row: str, found: str) -> None:
    path = table(tmp_path, "chronicle-1\t-\t-\t-", row)
    with pytest.raises(InvalidInput, match=found) as refused:
        read_labels(path, [texts])
    assert f"{path}:2" in str(refused.value)


def test_a_table_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"none\.tsv"):
        read_labels(tmp_path / "none.tsv", [])


@pytest.mark.parametrize("name", ["stream-labels.tsv", "chronicle-labels.tsv"])
def test_the_tables_of_the_project_hold(tmp_path: Path, name: str) -> None:
    ids = [line.split("\t")[0] for line in (CORPORA / name).read_text(encoding="utf-8").splitlines()]
    texts = tmp_path / "texts.jsonl"
    texts.write_text("".join(json.dumps({"id": i, "text": "words"}) + "\n" for i in ids), encoding="utf-8")
    items = read_labels(CORPORA / name, [texts])
    assert len({item.id for item in items}) == len(ids)
    assert all((item.status is not None) == item.relevant for item in items)
    assert all(item.facility is None or Signal.FACILITY_ATTACKED in item.signals for item in items)


ITEM = {
    "id": "own-1",
    "lang": "en",
    "date": None,
    "source": "own",
    "title": "Clinic looted in Kibua",
    "summary": None,
    "relevant": False,
    "signals": [],
    "facility": None,
    "status": None,
    "place": "Kibua",
    "country": "CD",
    "actor": None,
}


def test_a_second_reading_holds_for_the_translations_too(tmp_path: Path) -> None:
    rows = [ITEM, {**ITEM, "id": "own-1@fr", "lang": "fr", "translated": True}, {**ITEM, "id": "own-2"}]
    items = [labelled_item("here:1", row) for row in rows]
    path = table(tmp_path, "own-1\tfacility_attacked\thealth\treported")
    first, translation, other = read_again(path, items)
    for item in (first, translation):
        assert item.relevant
        assert (item.signals, item.facility) == ((Signal.FACILITY_ATTACKED,), Facility.HEALTH)
        assert (item.status, item.place) == (Status.REPORTED, "Kibua")
    assert other == items[2]


def test_a_second_reading_of_nothing_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, "own-9\t-\t-\t-")
    with pytest.raises(InvalidInput, match="no item has the id 'own-9'"):
        read_again(path, [labelled_item("here:1", ITEM)])
