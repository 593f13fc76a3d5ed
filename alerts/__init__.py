"""Whom to tell, why, and in what words. Pure; knows nothing of Telegram."""
