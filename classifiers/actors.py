"""Who did the main act."""

import re
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ActorFinding:
    """`actor`: the doer's short name, None where nobody is named; `all`: every armed actor named, in order."""

    actor: str | None
    all: tuple[str, ...] = ()


_NAMES = re.compile(r"\b(M23|FARDC|ADF|CODECO|RSF|Hamas|Hezbollah|Israel|Russia|Ukraine|Taliban|Boko Haram|Wagner)\b")


def find_actor(text: str, language: str, background: tuple[Span, ...] = ()) -> ActorFinding:
    inside = [m for m in _NAMES.finditer(text) if not any(start <= m.start() < end for start, end in background)]
    names = tuple(dict.fromkeys(match[0] for match in inside))
    return ActorFinding(names[0] if names else None, names)
