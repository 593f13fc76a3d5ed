"""Who stands behind the main claim: the outlet, a warring party, or somebody who can confirm it."""

import re
from dataclasses import dataclass

from classifiers.taxonomy import Status

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StatusFinding:
    """`rule`: one short English line saying why; the names are as written, None where the text names nobody."""

    status: Status
    rule: str
    claimant: str | None = None
    confirmed_by: str | None = None
    disputed: bool = False
    disputed_by: str | None = None


_CLAIM = re.compile(
    r"\b(claim\w*|allege\w*|affirme\w*|revendique\w*|inadai|yadai|wanadai|asegura\w*|afirma\w*)\b", re.I
)
_DENY = re.compile(r"\b(den(?:y|ies|ied)|dément\w*|yakanusha|limekanusha|niega\w*|nega\w*)\b", re.I)
_WARN = re.compile(r"\b(warn\w*|threat\w*|fear\w*|could|may|might|menace\w*|tishia\w*|amenaza\w*)\b", re.I)


def find_status(text: str, language: str, background: tuple[Span, ...] = ()) -> StatusFinding:
    denial = _DENY.search(text)
    claim = _CLAIM.search(text)
    if claim:
        return StatusFinding(Status.CLAIMED, f"a claim: “{claim[0]}”", disputed=denial is not None)
    if denial:
        return StatusFinding(Status.DENIED, f"a denial: “{denial[0]}”", disputed=True)
    if warning := _WARN.search(text.split("\n")[0]):
        return StatusFinding(Status.WARNED, f"a warning: “{warning[0]}”")
    return StatusFinding(Status.REPORTED, "told as fact by the outlet")
