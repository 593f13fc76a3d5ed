"""The command line: what it prints, and that a person's mistake is one line and exit code 2."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import bot
from alerts.types import Verdict
from classifiers.taxonomy import Fault
from store.store import Store
from tests.builders import NOW, make_chat, make_located, make_reading
from tests.telling import tell

ROOT = Path(__file__).resolve().parents[1]


class Command:
    """bot.py in this process, with an environment of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str, stdin: str = "", **environment: str) -> tuple[int, str, str]:
        for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "TOCSIN_FEEDS", "TOCSIN_ADMINS"):
            self._monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            self._monkeypatch.setenv(name, value)
        self._monkeypatch.setattr(sys, "argv", ["bot.py", *words])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as caught:
            bot.main()
        out, err = self._capsys.readouterr()
        return int(caught.value.code or 0), out, err


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


CAPTURE = {
    "id": "a",
    "title": "M23 rebels capture Walikale in eastern Congo",
    "summary": "Fighters took the town in North Kivu on Wednesday, killing at least 12 people, residents said.",
    "language": "en",
}
SPORT = {"id": "b", "title": "Lions capture the cup after penalties", "summary": "The home crowd sang all night."}


def test_classify_answers_line_by_line(command: Command) -> None:
    code, out, err = command("classify", "--jsonl", stdin=json.dumps(CAPTURE) + "\n" + json.dumps(SPORT) + "\n")
    assert (code, err) == (0, "")
    capture, sport = rows(out)
    assert (capture["id"], sport["id"]) == ("a", "b")
    assert capture["labels"][0] == "territory_captured"
    assert capture["killed"] == 12
    assert capture["actor"] == "M23"
    assert (capture["places"][0]["resolved"], capture["places"][0]["country"]) == ("Walikale", "CD")
    assert sport["labels"] == []
    assert sport["status"] is None
    assert set(capture["signals"]) == set(sport["signals"])
    assert len(capture["signals"]) == 12


def test_geoparse_resolves_what_is_given_and_finds_what_is_not(command: Command) -> None:
    text = "Shells fell on Goma and on Blefuscu."
    given = {"id": 1, "text": text, "mentions": [{"start": 27, "end": 35}, {"start": 15, "end": 19}]}
    code, out, _ = command("geoparse", "--jsonl", stdin=json.dumps({"id": 0, "text": text}) + "\n" + json.dumps(given))
    assert code == 0
    found, resolved = rows(out)
    assert [(m["name"], m["country"]) for m in found["mentions"]] == [("Goma", "CD")]
    assert [m["name"] for m in resolved["mentions"]] == ["Blefuscu", "Goma"]
    assert resolved["mentions"][1]["lat"] == pytest.approx(-1.67, abs=0.1)


def test_explain_reads_an_argument_or_standard_input(command: Command) -> None:
    text = f"{CAPTURE['title']}\n{CAPTURE['summary']}"
    code, out, err = command("explain", text)
    assert (code, err) == (0, "")
    assert out.startswith("News of conflict: ")
    assert "Territory captured" in out.splitlines()[1]
    assert "Actor: M23 (rule: " in out
    assert "taken for Walikale, town, North Kivu, DR Congo" in out
    assert command("explain", "-", stdin=text) == (0, out, "")


def test_replay_tells_one_story(command: Command, tmp_path: Path) -> None:
    entries = [
        {
            **CAPTURE,
            "feed": "https://one.example/rss",
            "published": "2025-03-19T14:00:00Z",
            "link": "https://one.example/1",
        },
        {
            "id": "c",
            "feed": "https://two.example/rss",
            "published": "2025-03-19T15:00:00Z",
            "title": "Walikale falls to M23 rebels",
            "summary": "The rebels captured the town in North Kivu on Wednesday, a local official said.",
            "link": "https://two.example/1",
        },
        {**SPORT, "feed": "https://one.example/rss", "published": "2025-03-19T16:00:00Z", "link": None},
    ]
    path = tmp_path / "entries.jsonl"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    code, out, err = command("replay", str(path), "--out", str(tmp_path / "out"))
    assert (code, out) == (0, ""), err
    readings, incidents, alerts = (
        rows((tmp_path / "out" / f"{name}.jsonl").read_text(encoding="utf-8"))
        for name in ("readings", "incidents", "alerts")
    )
    assert [row["id"] for row in readings] == ["a", "c", "b"]
    [incident] = incidents
    assert incident["articles"] == ["a", "c"]
    assert (incident["kind"], incident["place"], incident["country"]) == ("territory_captured", "Walikale", "CD")
    assert incident["certainty"] == "Observed"
    assert [alert["reason"] for alert in alerts] == ["new", "corroborated"]
    assert [alert["at"] for alert in alerts] == ["2025-03-19T14:00:00Z", "2025-03-19T15:00:00Z"]
    assert alerts[1]["text"].startswith("CORROBORATED")
    assert alerts[1]["articles"] == ["a", "c"]


def test_verdicts_are_written_for_training(command: Command, sqlite_url: str, tmp_path: Path) -> None:
    store = Store.open(sqlite_url)
    with store.write() as tx:
        tx.chats.put(make_chat(7))
    incident = tell(store, 7)
    with store.write() as tx:
        article = tx.articles.get(incident.witnesses[0].article_id).article
        tx.articles.add_reading(article, make_reading(), make_located())
        tx.verdicts.put(Verdict(7, incident.id, Fault.OLD_NEWS, 1, NOW))
    store.close()
    out = tmp_path / "verdicts.jsonl"
    assert command("verdicts", "--out", str(out), DATABASE_URL=sqlite_url) == (0, "", "")
    (row,) = rows(out.read_text(encoding="utf-8"))
    assert (row["title"], row["votes"], row["chats"]) == (article.title, {"old_news": 1}, 1)
    assert command("verdicts", "--out", str(tmp_path), DATABASE_URL=sqlite_url)[0] == 2


def test_migrate_makes_the_database(command: Command, tmp_path: Path) -> None:
    code, _, _ = command("migrate", DATABASE_URL=f"sqlite:///{tmp_path / 'new' / 'x.sqlite'}")
    assert code == 0
    assert (tmp_path / "new" / "x.sqlite").exists()


@pytest.mark.parametrize(
    ("words", "environment", "named"),
    [
        (("run",), {"TELEGRAM_BOT_TOKEN": "nonsense"}, "TELEGRAM_BOT_TOKEN"),
        (("run",), {"TOCSIN_FEEDS": "/nowhere/feeds.yaml"}, "/nowhere/feeds.yaml"),
        (("run",), {"TOCSIN_ADMINS": "bob"}, "TOCSIN_ADMINS"),
        (("run", "--sample"), {"TELEGRAM_BOT_TOKEN": "123456:TESTTOKEN"}, "--sample"),
        (("run",), {"DATABASE_URL": "nonsense://x"}, "DATABASE_URL"),
        (("migrate",), {"DATABASE_URL": "mysql://root:secret-word@localhost/x"}, "DATABASE_URL"),
        (("migrate",), {"DATABASE_URL": "postgresql://u:secret-word@127.0.0.1:1/x"}, "DATABASE_URL"),
        (("replay", "/nowhere/e.jsonl", "--out", "/tmp/x"), {}, "/nowhere/e.jsonl"),  # noqa: S108
        (("explain", " "), {}, "TEXT"),
        (("verdicts", "--out", "/tmp/x"), {"DATABASE_URL": "sqlite:////nowhere/x.sqlite"}, "DATABASE_URL"),  # noqa: S108
        (("check",), {"TOCSIN_FEEDS": "/nowhere/feeds.yaml"}, "/nowhere/feeds.yaml"),
    ],
)
def test_a_mistake_is_one_line(
    command: Command, words: tuple[str, ...], environment: dict[str, str], named: str
) -> None:
    code, out, err = command(*words, **environment)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1, err
    assert named in err
    assert "secret-word" not in err


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("nonsense", "standard input:1"),
        ('{"title": "x"}', "field id"),
        ('{"id": 1, "title": 5}', "field title"),
        ('{"id": 1, "title": "x", "published": "soon"}', "field published"),
    ],
)
def test_a_wrong_item_is_named(command: Command, line: str, field: str) -> None:
    code, out, err = command("classify", "--jsonl", stdin=line + "\n")
    assert (code, out) == (2, "")
    assert field in err
    assert err.count("\n") == 1


def test_a_wrong_replay_line_is_named(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": "a", "title": "x", "published": "2025-03-19"}\n{"id": "b"\n', encoding="utf-8")
    code, _, err = command("replay", str(path), "--out", str(tmp_path / "out"))
    assert code == 2
    assert f"{path}:2" in err


def test_the_real_process_ends_with_code_2() -> None:
    done = subprocess.run(
        [sys.executable, "bot.py", "replay", "/nowhere", "--out", "/nowhere"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert (
        done.stderr
        == "tocsin: /nowhere: cannot be read: No such file or directory; expected a JSON lines file, plain or .gz\n"
    )


@pytest.mark.parametrize("operated", [True, False])
async def test_who_tries_it_is_told_where_and_how_to_operate_it(
    capsys: pytest.CaptureFixture[str], operated: bool
) -> None:
    async with bot._emulator(0, operated=operated) as address:
        told = capsys.readouterr().out
    assert f"open {address} in a browser and press Start." in told
    assert ("TOCSIN_ADMINS=7" in told) is not operated
