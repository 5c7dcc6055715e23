"""Snapshot -> the page of a mission: its charts, its words, and the command that writes it."""
