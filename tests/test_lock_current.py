"""The check of the lock files finds what is wrong with them."""

import pytest

from tests import lock_current
from tests.lock_current import DEV, PROJECT, RUNTIME, Unreachable, compared, compared_versions, main, pins, unmet

LOCK = """\
alpha==1.2 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via tocsin (pyproject.toml)
beta-two[extra]==3.0 ; sys_platform == 'win32' \\
    --hash=sha256:cc
    # via
    #   alpha
"""


def test_a_lock_is_read() -> None:
    alpha, beta = pins(LOCK)
    assert (alpha.shown, alpha.version, alpha.hashes) == ("alpha==1.2", "1.2", {"sha256:aa", "sha256:bb"})
    assert beta.shown == 'beta-two==3.0 ; sys_platform == "win32"'


def test_a_lock_is_current_also_when_a_registry_has_gained_files() -> None:
    gained = LOCK.replace("--hash=sha256:cc", "--hash=sha256:cc --hash=sha256:dd")
    assert list(compared("l", pins(LOCK), pins(gained))) == []


@pytest.mark.parametrize(
    ("now", "lines"),
    [
        (
            LOCK.replace("1.2", "1.3"),
            ["l: alpha==1.2 is locked but not needed so", "l: alpha==1.3 is needed but not locked so"],
        ),
        (LOCK.replace("sha256:bb", "sha256:ee"), ["l: alpha==1.2 has hashes that the registry does not know"]),
        (LOCK + "gamma==1\n", ["l: gamma==1 is needed but not locked so"]),
    ],
)
def test_each_difference_is_one_line(now: str, lines: list[str]) -> None:
    assert list(compared("l", pins(LOCK), pins(now))) == lines


def test_unmet_requirements_are_found_without_a_registry() -> None:
    found = list(unmet("l", ["alpha>=1", "beta_two>=4", "gamma", "Alpha<1"], pins(LOCK)))
    assert found == [
        "l: beta_two==3.0 is locked, pyproject.toml asks for beta_two>=4",
        "l: gamma is not locked",
        "l: Alpha==1.2 is locked, pyproject.toml asks for Alpha<1",
    ]


def test_the_development_lock_holds_the_runtime_versions() -> None:
    assert list(compared_versions(pins(LOCK), pins(LOCK))) == []
    assert len(list(compared_versions(pins(LOCK), pins(LOCK.replace("1.2", "1.3"))))) == 1


def test_without_a_registry_the_committed_locks_pass_and_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unreachable(*_: object) -> None:
        raise Unreachable

    monkeypatch.setattr(lock_current, "recompiled", unreachable)
    assert main() == 0
    assert "out of reach" in capsys.readouterr().out
    assert all(path.exists() for path in (PROJECT, RUNTIME, DEV))
