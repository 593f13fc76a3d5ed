"""Telegram: what people type and press, what they are shown, and the Channel that sends alerts."""
