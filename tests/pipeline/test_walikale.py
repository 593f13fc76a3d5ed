"""The war of early 2025 in the Kivus, replayed: what one would want to have been told, and when."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import jsonl
from feeds.catalogue import load
from pipeline.assess import Assessor
from pipeline.entries import recordings
from pipeline.replay import replay
from store.store import Store

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "walikale-2025.jsonl"
TERRITORY = "Territory captured"
RINGING_ANEW = {"new", "escalated"}


@dataclass(frozen=True, slots=True)
class Told:
    at: datetime
    reason: str
    severity: str
    certainty: str
    incident: int
    entries: frozenset[str]
    text: str

    @property
    def headline(self) -> str:
        return self.text.splitlines()[0]


@dataclass(frozen=True, slots=True)
class Story:
    rows: Sequence[dict[str, Any]]
    alerts: Sequence[Told]

    def on(self, month: int, day: int, *words: str, days: int = 1) -> list[Told]:
        """The alerts of a day (UTC), or of several from that day, with all these words in the first line."""
        start = datetime(2025, month, day, tzinfo=UTC)
        end = start + timedelta(days=days)
        return [a for a in self.alerts if start <= a.at < end and all(word in a.headline for word in words)]

    def entry(self, words: str) -> dict[str, Any]:
        """The first entry with these words in its title."""
        return next(row for row in self.rows if words in row["title"])


@pytest.fixture(scope="module")
def story(assessor: Assessor, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("walikale")
    file = Path(shutil.copy(migrated_file, folder / "replay.sqlite"))
    rows = list(jsonl.read(SAMPLE))
    store = Store.open(f"sqlite:///{file}")
    catalogue = load(ROOT / "feeds.yaml")
    asyncio.run(replay(recordings(rows), catalogue, assessor, store, folder, lambda done: None))
    store.close()
    return Story([row for _, row in rows], [_told(row) for _, row in jsonl.read(folder / "alerts.jsonl")])


def _told(row: dict[str, Any]) -> Told:
    at = jsonl.parse_time(row["at"], "at")
    assert at is not None
    entries = frozenset(row["articles"])
    return Told(at, row["reason"], row["severity"], row["certainty"], row["incident"], entries, row["text"])


@pytest.mark.parametrize(
    ("month", "day", "place", "severity", "first"),
    [
        (1, 21, "Minova", "Severe", "le M23 entre à Minova"),
        (1, 27, "Goma", "Extreme", "M23 rebels say they have taken Goma"),
        (2, 5, "Nyabibwe", "Severe", "la cité de Nyabibwe tombe"),
        (2, 14, "Kavumu", "Severe", "L'aéroport de Kavumu est aux mains"),
        (2, 14, "Bukavu", "Extreme", "M23 enters Bukavu"),
        (3, 12, "Kashebere", "Severe", "le M23 à Kashebere"),
        (3, 19, "Walikale", "Severe", "le M23 entre dans Walikale-centre"),
    ],
)
def test_the_fall_of_a_town_is_told_once_and_at_its_first_report(
    story: Story, month: int, day: int, place: str, severity: str, first: str
) -> None:
    told = story.on(month, day, f"{TERRITORY}, {place} (", days=2)
    assert told[0].at == jsonl.parse_time(story.entry(first)["published"], "published")
    assert told[0].severity == severity
    assert [a.reason in RINGING_ANEW for a in told] == [True] + [False] * (len(told) - 1)
    assert {a.incident for a in told} == {told[0].incident}


@pytest.mark.parametrize(
    ("month", "day", "place", "days"),
    [
        (1, 4, "Masisi", 1),
        (1, 21, "Minova", 1),
        (1, 27, "Goma", 1),
        (2, 5, "Nyabibwe", 1),
        (2, 14, "Bukavu", 3),
        (2, 18, "Kamanyola", 1),
        (3, 19, "Walikale", 1),
    ],
)
def test_it_is_borne_out_by_others(story: Story, month: int, day: int, place: str, days: int) -> None:
    last = story.on(month, day, TERRITORY, place, days=days)[-1]
    assert last.certainty == "Observed"
    assert last.headline.startswith(("CORROBORATED", "CONFIRMED"))


def test_a_claim_is_told_as_a_claim_until_somebody_else_says_so(story: Story) -> None:
    claimed, *later = story.on(1, 27, TERRITORY, "Goma")
    assert claimed.headline.startswith("CLAIMED by M23")
    assert claimed.certainty == "Possible"
    reported = next(alert for alert in later if alert.headline.startswith("REPORTED"))
    assert reported.entries >= {story.entry("sont entrés dans le centre de Goma")["id"]}
    assert story.on(1, 4, "CLAIMED by M23", TERRITORY)


def test_the_loser_confirms_walikale(story: Story) -> None:
    [confirmed] = [alert for alert in story.on(3, 20, TERRITORY, "Walikale") if alert.reason == "confirmed"]
    assert confirmed.headline.startswith("CONFIRMED by Congolese army")
    assert story.entry("army confirms loss of Walikale")["id"] in confirmed.entries


def test_both_sides_of_a_bombing_are_told(story: Story) -> None:
    blasts = story.on(2, 27, "Bukavu")
    assert {alert.incident for alert in blasts} == {blasts[0].incident}
    assert "escalated" in {alert.reason for alert in blasts}  # when there were eleven dead
    assert blasts[-1].reason == "disputed"


def test_an_edited_title_stays_one_report(story: Story) -> None:
    edited = [row["id"] for row in story.rows if row["link"].endswith("bukavu-rally-bbc")]
    assert len(edited) == 2
    assert "2 independent outlets" in story.on(2, 27, "Bukavu")[1].text


def test_attacks_on_msf_are_told(story: Story) -> None:
    first, second = story.on(2, 20, "Health facility attacked", "Masisi")
    assert (first.reason, second.reason) == ("new", "corroborated")
    clinic = story.on(3, 20, "Health facility attacked", "Walikale")
    assert [alert.reason for alert in clinic] == ["new", "corroborated"]
    assert clinic[0].entries == {story.entry("MSF teams trapped by fighting in Walikale")["id"]}


@pytest.mark.parametrize(("month", "day"), [(1, 17), (3, 4), (3, 18)])
def test_people_who_flee_are_told_of(story: Story, month: int, day: int) -> None:
    assert story.on(month, day, "eople fleeing")  # the first word of a headline has a capital, a further one none


def test_strikes_on_the_airfield_are_told_each_time(story: Story) -> None:
    first, second = story.on(3, 22, "strike", "Walikale"), story.on(3, 27, "strike", "Walikale")
    assert first[0].reason == second[0].reason == "new"
    assert first[0].incident != second[0].incident


def test_a_town_is_not_taken_before_it_is(story: Story) -> None:
    assert not story.on(3, 9, TERRITORY, "Walikale", days=10)  # a road opened, an attack thrown back
    assert story.on(3, 19, "Armed clash, near Walikale")[0].reason == "new"
    assert story.on(3, 17, "Armed clash, Mpofi")[0].reason == "new"


def test_that_all_is_under_control_is_told_to_nobody(story: Story) -> None:
    calm = story.entry("la situation est sous contrôle")["id"]
    assert [alert.headline for alert in story.alerts if calm in alert.entries] == []


def test_the_presidencys_word_disputes_the_fall_of_bukavu(story: Story) -> None:
    [disputed] = [alert for alert in story.on(2, 15, TERRITORY, "Bukavu") if alert.reason == "disputed"]
    assert story.entry("Bukavu sous contrôle des FARDC")["id"] in disputed.entries


def test_a_withdrawal_that_was_not_made_is_disputed_and_no_capture(story: Story) -> None:
    assert not story.on(3, 22, TERRITORY, "Walikale", days=3)
    assert not story.on(3, 22, "CONFIRMED by M23", days=3)
    stayed = story.entry("toujours présent à Walikale")["id"]
    assert [a.reason for a in story.on(3, 23, "De-escalation, Walikale") if stayed in a.entries] == ["disputed"]


def test_truces_and_talks_are_told_of_the_country(story: Story) -> None:
    truce = story.on(2, 3, "De-escalation")
    assert [alert.reason for alert in truce] == ["new", "corroborated"]
    assert all("De-escalation, DR Congo" in alert.headline for alert in truce)
    talks = story.on(3, 17, "Ceasefire broken, DR Congo", days=2)
    assert [alert.reason for alert in talks] == ["new", "corroborated"]


def test_the_announced_withdrawal_is_no_more_than_an_easing(story: Story) -> None:
    eased = story.on(3, 22, "De-escalation", "Walikale")
    assert eased[0].reason == "new"
    assert eased[0].severity == "Moderate"
    assert story.on(4, 3, "Walikale")


@pytest.mark.parametrize("why", ["other", "background", "anniversary"])
def test_nobody_is_told_of_what_is_no_news_of_war(story: Story, why: str) -> None:
    quiet = {row["id"] for row in story.rows if row.get("quiet") == why}
    assert quiet
    assert [a.headline for a in story.alerts if a.entries & quiet] == []


def test_a_copy_of_an_agencys_text_is_no_second_witness(story: Story) -> None:
    copies = {story.entry("M23 rebels seize Masisi town")["id"], story.entry("Rebels take control of Masisi")["id"]}
    told = [alert for alert in story.on(1, 4, TERRITORY, "Masisi", days=2) if alert.entries & copies]
    assert len({alert.headline.split(":")[0] for alert in told}) == 1
    assert told[-1].entries >= copies


def test_the_sample_is_of_the_size_it_says(story: Story) -> None:
    catalogue = load(ROOT / "feeds.yaml")
    publishers = {feed.url: feed.publisher_id for feed in catalogue.feeds}
    assert len(story.rows) == 240
    assert len({publishers[row["feed"]] for row in story.rows}) == 33
