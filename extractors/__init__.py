"""Bytes and text in, records out: feeds, articles and the claims they make. Pure: no network, no clock, no database."""
