"""Settings -> Fetcher: the one way to ask, for a run and for whoever only wants to look."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from flows.fetch.addresses import Address
from flows.fetch.archive import Archive
from flows.fetch.client import Fetcher
from flows.settings import Settings


def make_fetcher(
    settings: Settings,
    *,
    connect_to: Mapping[str, Address] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Fetcher:
    """A fetcher as the settings want it; `connect_to` and `clock` as there."""
    return Fetcher(
        user_agent=settings.user_agent,
        spacing_seconds=settings.spacing_seconds,
        allow_private=settings.allow_private_addresses,
        retry_seconds=settings.retry_seconds,
        manners=settings.manners_folder,
        connect_to=connect_to,
        clock=clock,
    )


@asynccontextmanager
async def only_looking(settings: Settings, name: str) -> AsyncIterator[tuple[Fetcher, Archive]]:
    """A fetcher, and an archive of which nothing stays.

    What servers ask of us is kept all the same: their robots.txt, and whether to leave them alone.
    """
    with tempfile.TemporaryDirectory() as folder:
        fetcher = make_fetcher(settings)
        try:
            with Archive(Path(folder), name, now=datetime.now(UTC)) as archive:
                yield fetcher, archive
        finally:
            await fetcher.close()
