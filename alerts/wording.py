"""The texts of alerts, Telegram-free; what the other folders use."""

from alerts.history import render_detail, render_line, render_sources
from alerts.message import render
from alerts.reply import render_reply
from alerts.view import AlertView, parse_public_id, public_id
from alerts.why import render_why

__all__ = [
    "AlertView",
    "parse_public_id",
    "public_id",
    "render",
    "render_detail",
    "render_line",
    "render_reply",
    "render_sources",
    "render_why",
]
