"""Stored texts -> Claims of today's extractors: what they would change first, then the change."""
