"""Feed list -> what each feed is and what it answers; and the list with feeds more or less."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from extractors.errors import SettingsError
from extractors.opml import read_opml, write_opml
from extractors.records import Feed
from extractors.seeds import read_feeds
from flows.feed_file import FeedFile, fits
from flows.feed_finding import find_feed
from flows.fetching import only_looking
from flows.polling import Polled, poll_feeds
from flows.progress import counting
from flows.settings import Settings
from flows.tables import write_rows
from warehouse.exported_files import exported_whole
from warehouse.query import run_query
from warehouse.sql import read_query


def list_feeds(settings: Settings) -> None:
    """Print the feeds of the list, and their state where they have been polled."""
    states = {}
    if settings.published_file.exists():
        health = run_query(settings.published_file, read_query("report_feed_states"))
        states = {row[0]: row[1:] for row in health.rows}
    rows = [
        (
            feed.url,
            feed.outlet,
            feed.country,
            feed.language,
            feed.fetch,
            *(("paused", None) if feed.is_paused else states.get(feed.url, ("not polled yet", None))),
        )
        for feed in read_feeds(settings.feed_file)
    ]
    write_rows(("feed", "outlet", "country", "language", "fetch", "state", "last polled"), rows, sys.stdout)


def add_feed(settings: Settings, address: str, *, everything: bool, outlet: str | None) -> None:
    """Find the feed behind an address, and put it into the list.

    Raises:
        SettingsError: there is no feed behind it.
    """
    feed, document, others = find_feed(settings, address)
    feed = replace(feed, fetch="all" if everything else "matching", outlet=outlet or feed.outlet)
    file = FeedFile(settings)
    what = "added to" if file.add([feed]) else "stands already in"
    sys.stdout.write(f"{feed.url} ({feed.outlet}, {len(document.entries)} entries): {what} {file.path}\n")
    for other in others:
        sys.stdout.write(f"the site names another one: {other}\n")


def remove_feeds(settings: Settings, names: Sequence[str]) -> None:
    """Take feeds out of the list."""
    _tell(FeedFile(settings).remove(names), "removed; what was read from it stays")


def pause_feeds(settings: Settings, names: Sequence[str], *, is_paused: bool) -> None:
    """Stop asking feeds, or ask them again."""
    _tell(FeedFile(settings).pause(names, is_paused=is_paused), "paused" if is_paused else "asked again")


def import_feeds(settings: Settings, file: Path) -> None:
    """Add the feeds of an OPML file.

    Raises:
        OpmlError: the file is none.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}") from error
    feeds = read_opml(content, str(file))
    list_file = FeedFile(settings)
    added = list_file.add(feeds)
    sys.stdout.write(f"{len(added)} of {len(feeds)} feeds added to {list_file.path}; the others stood there already\n")


def export_feeds(settings: Settings, file: Path | None) -> None:
    """Write the list as OPML, to a file or to stdout.

    Raises:
        WarehouseError: no file may be written there.
    """
    content = write_opml(read_feeds(settings.feed_file))
    if file is None:
        sys.stdout.write(content.decode())
    else:
        with exported_whole(file) as part:
            part.write_bytes(content)


def _tell(feeds: Sequence[Feed], what: str) -> None:
    for feed in feeds:
        sys.stdout.write(f"{feed.url}: {what}\n")


def check_feeds(settings: Settings, names: Sequence[str]) -> int:
    """Ask feeds once, archive and load nothing, print each answer; 0 when all are feeds, else 1.

    Raises:
        SettingsError: no feed of the list fits a name.
    """
    feeds = [feed for feed in read_feeds(settings.feed_file) if not names or any(fits(feed, name) for name in names)]
    if not feeds:
        raise SettingsError(
            f"no feed of {settings.feed_file} fits {', '.join(names)}; 'missionwire feeds list' shows them"
        )
    outlets = {feed.url: feed.outlet for feed in feeds}
    rows = [(each.poll.feed, outlets[each.poll.feed], *_answer(each)) for each in asyncio.run(_poll(settings, feeds))]
    write_rows(("feed", "outlet", "answer", "entries", "newest", "remarks"), rows, sys.stdout)
    return 1 if any(row[2] != "ok" for row in rows) else 0


async def _poll(settings: Settings, feeds: Sequence[Feed]) -> tuple[Polled, ...]:
    with counting("feeds", len(feeds)) as advance:
        async with only_looking(settings, "check") as (fetcher, archive):
            return await poll_feeds(feeds, {}, fetcher, archive, now=datetime.now(UTC), advance=advance)


def _answer(polled: Polled) -> tuple[str, int, str, str]:
    poll = polled.poll
    newest = f"{poll.newest_entry_at:%Y-%m-%d}" if poll.newest_entry_at else ""
    if poll.reason:
        return poll.reason.value, 0, newest, poll.detail
    moved = f"moved to {poll.final_url}" if poll.final_url not in (None, poll.feed) else ""
    return "ok", poll.entries_seen, newest, "; ".join(filter(None, (moved, *poll.faults)))
