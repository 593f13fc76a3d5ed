"""`python -m tests.lock_current`: exits 1, one line per difference, unless requirements/ fit pyproject.toml.

Where the package registry answers, the locks are compiled anew, preferring the versions they hold, and compared;
where it does not, every requirement of pyproject.toml must be locked at a version it allows.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
RUNTIME = ROOT / "requirements" / "runtime.txt"
DEV = ROOT / "requirements" / "dev.txt"
_COMPILE = ("pip", "compile", "-q", "--universal", "--generate-hashes", "--no-header", "--python-version", "3.11")
_UNREACHABLE = ("Failed to fetch", "error sending request", "dns error", "timed out")
_PATIENCE_S = 240


class Unreachable(Exception):
    """The registry does not answer."""


@dataclass(frozen=True)
class Pin:
    requirement: Requirement
    hashes: frozenset[str]

    @property
    def shown(self) -> str:
        marker = f" ; {self.requirement.marker}" if self.requirement.marker else ""
        return f"{self.requirement.name}{self.requirement.specifier}{marker}"

    @property
    def version(self) -> str:
        return str(self.requirement.specifier).removeprefix("==")


def pins(lock: str) -> list[Pin]:
    """The pins of a lock; comments are not read."""
    uncommented = re.sub(r"(?m)^\s*#.*\n?", "", lock).replace("\\\n", " ")
    return [_pin(line) for line in uncommented.splitlines() if line.strip()]


def _pin(line: str) -> Pin:
    text, *hashes = line.split("--hash=")
    return Pin(Requirement(text.strip()), frozenset(item.strip() for item in hashes))


def compared(name: str, committed: list[Pin], compiled: list[Pin]) -> Iterator[str]:
    """Differences between a lock and its compilation. Files that a registry has gained since are none."""
    ours = {pin.shown: pin for pin in committed}
    fresh = {pin.shown: pin for pin in compiled}
    for shown in sorted(ours.keys() - fresh.keys()):
        yield f"{name}: {shown} is locked but not needed so"
    for shown in sorted(fresh.keys() - ours.keys()):
        yield f"{name}: {shown} is needed but not locked so"
    for shown in sorted(ours.keys() & fresh.keys()):
        if not ours[shown].hashes <= fresh[shown].hashes or not ours[shown].hashes:
            yield f"{name}: {shown} has hashes that the registry does not know"


def unmet(name: str, requirements: list[str], committed: list[Pin]) -> Iterator[str]:
    """Requirements that a lock does not meet."""
    for text in requirements:
        wanted = Requirement(text)
        versions = [pin.version for pin in committed if _same(pin.requirement.name, wanted.name)]
        if not versions:
            yield f"{name}: {text} is not locked"
        for version in versions:
            if not wanted.specifier.contains(version, prereleases=True):
                yield f"{name}: {wanted.name}=={version} is locked, pyproject.toml asks for {text}"


def _same(one: str, other: str) -> bool:
    return re.sub(r"[-_.]+", "-", one).lower() == re.sub(r"[-_.]+", "-", other).lower()


def recompiled(target: Path, *options: str) -> list[Pin]:
    """What uv makes of pyproject.toml now, keeping the versions that `target` holds. Raises Unreachable."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / target.name
        output.write_text(target.read_text(encoding="utf-8"), encoding="utf-8")  # uv prefers what is there
        uv = Path(sys.executable).parent / "uv"
        command = [str(uv), *_COMPILE, str(PROJECT), *options, "-o", str(output)]
        environment = {**os.environ, "UV_HTTP_TIMEOUT": "20"}
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, cwd=ROOT, timeout=_PATIENCE_S, env=environment, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise Unreachable from error
        if done.returncode and any(sign in done.stderr for sign in _UNREACHABLE):
            raise Unreachable
        if done.returncode:
            sys.exit(f"uv: {' '.join(done.stderr.split())}")
        return pins(output.read_text(encoding="utf-8"))


def main() -> int:
    runtime, dev = (pins(path.read_text(encoding="utf-8")) for path in (RUNTIME, DEV))
    try:
        found = [
            *compared(RUNTIME.name, runtime, recompiled(RUNTIME)),
            *compared(DEV.name, dev, recompiled(DEV, "--group", "dev", "-c", str(RUNTIME))),
        ]
        check = "compiled anew"
    except Unreachable:
        project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
        needed = project["project"]["dependencies"]
        found = [
            *unmet(RUNTIME.name, needed, runtime),
            *unmet(DEV.name, [*needed, *project["dependency-groups"]["dev"]], dev),
            *compared_versions(runtime, dev),
        ]
        check = "registry out of reach, checked against pyproject.toml only"
    for line in found:
        print(line)
    print(f"locks: {f'{len(found)} differences' if found else 'current'} ({check})")
    return 1 if found else 0


def compared_versions(runtime: list[Pin], dev: list[Pin]) -> Iterator[str]:
    """Packages of the runtime lock that the development lock does not hold at the same version."""
    held = {pin.shown for pin in dev}
    for pin in runtime:
        if pin.shown not in held:
            yield f"{DEV.name}: {pin.shown} of {RUNTIME.name} is not locked so"


if __name__ == "__main__":
    sys.exit(main())
