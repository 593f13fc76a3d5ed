"""What operators decide of incidents that chats found wrong."""

from enum import StrEnum


class ReviewDecision(StrEnum):
    KEPT = "kept"  # it was right
    WITHDRAWN = "withdrawn"
    MARKED = "marked"  # wrong, and to be learned from; nobody is told
