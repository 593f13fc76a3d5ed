"""The line that reminds of a pause."""

from alerts.i18n import zone
from alerts.types import ChatState
from chat.turn import Turn


def pause_line(turn: Turn) -> str:
    """That alerts are paused, and what sends them again; empty where they are not."""
    if turn.chat.state is ChatState.PAUSED:
        return turn.t.text("Alerts are paused. /start sends them again.")
    if turn.chat.paused_until is None or not turn.chat.is_paused(turn.now):
        return ""
    until = turn.t.time(turn.chat.paused_until, zone(turn.chat.time_zone))
    return turn.t.text("Alerts are paused until {time}. /resume sends them again.", time=until)
