"""Incidents as files that other programs read: one module for each format. Pure."""
