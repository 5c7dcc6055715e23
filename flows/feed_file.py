"""Feed list -> the same list with a feed more, less, paused or resumed; comments and order stay.

Every change is read back as a run would read it before it replaces the file, so that a wrong line is named and nothing
is half-written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from extractors.errors import SettingsError
from extractors.records import Feed
from extractors.seeds import read_feeds
from extractors.whole_files import written_whole
from flows.settings import Settings

_HEAD = "# Feeds that missionwire polls; docs/commands.md explains the keys.\n"


class FeedFile:
    """The list that the settings name. The one that comes with missionwire is copied into the data folder first.

    Args:
        settings: name the list, or leave it to the data folder.
    """

    def __init__(self, settings: Settings) -> None:
        self._own = settings.feeds or settings.data / "feeds.toml"
        self._given = settings.feed_file

    @property
    def path(self) -> Path:
        """The file that changes are written to."""
        return self._own

    def feeds(self) -> tuple[Feed, ...]:
        """All feeds of the list.

        Raises:
            SeedError: a line is wrong; says which.
        """
        return read_feeds(self._own if self._own.exists() else self._given)

    def add(self, feeds: Sequence[Feed]) -> tuple[Feed, ...]:
        """Add feeds at the end; those that are there already stay as they are. Returns the added ones."""
        known = {feed.url for feed in self.feeds()}
        new = tuple({feed.url: feed for feed in feeds if feed.url not in known}.values())
        if new:
            self._change(lambda tables: tables.extend(_table(feed) for feed in new))
        return new

    def remove(self, names: Sequence[str]) -> tuple[Feed, ...]:
        """Take feeds out of the list; what was read from them stays in the warehouse."""
        found = self._find(names)
        urls = {feed.url for feed in found}

        def drop(tables: Any) -> None:
            for number in reversed(range(len(tables))):
                if str(tables[number].get("url")) in urls:
                    del tables[number]

        self._change(drop)
        return found

    def pause(self, names: Sequence[str], *, is_paused: bool) -> tuple[Feed, ...]:
        """Stop asking feeds, or ask them again."""
        found = self._find(names)
        urls = {feed.url for feed in found}

        def mark(tables: Any) -> None:
            for table in tables:
                if str(table.get("url")) in urls:
                    if is_paused:
                        table["paused"] = True
                    else:
                        table.pop("paused", None)

        self._change(mark)
        return found

    def _find(self, names: Sequence[str]) -> tuple[Feed, ...]:
        """The feeds that names mean, each name one or more.

        Raises:
            SettingsError: a name fits no feed, or several without being one's whole address.
        """
        found: dict[str, Feed] = {}
        for name in names:
            fitting = [feed for feed in self.feeds() if fits(feed, name)]
            exact = [feed for feed in fitting if feed.url == name]
            if not fitting:
                raise SettingsError(f"no feed of {self._given} fits {name}; 'missionwire feeds list' shows them")
            if len(fitting) > 1 and not exact:
                urls = ", ".join(feed.url for feed in fitting)
                raise SettingsError(
                    f"{name} fits {len(fitting)} feeds ({urls}); right would be the whole address of one"
                )
            found.update({feed.url: feed for feed in exact or fitting})
        return tuple(found.values())

    def _change(self, change: Callable[[Any], None]) -> None:
        self._own.parent.mkdir(parents=True, exist_ok=True)
        if not self._own.exists():
            # The list that comes with missionwire is replaced with each new release: people's changes live beside it.
            if self._given.exists() and self._given != self._own:
                shutil.copyfile(self._given, self._own)
            else:
                self._own.write_text(_HEAD, encoding="utf-8")
        try:
            document = tomlkit.parse(self._own.read_text(encoding="utf-8"))
        except (TOMLKitError, UnicodeDecodeError) as error:
            raise SettingsError(f"{self._own} cannot be read as TOML: {error}") from error
        if not document.get("feed"):
            # A list that has lost its last feed has none, or an empty array, to which no table can be added.
            document.pop("feed", None)
            document.append("feed", tomlkit.aot())
        change(document["feed"])
        if not document["feed"]:
            document.remove("feed")
        with written_whole(self._own) as half:
            half.write_text(tomlkit.dumps(document), encoding="utf-8")
            read_feeds(half)


def fits(feed: Feed, name: str) -> bool:
    """True when a name is an address, an outlet, or a part of either."""
    return name.casefold() in feed.url.casefold() or name.casefold() in (feed.outlet or "").casefold()


def _table(feed: Feed) -> Any:
    table = tomlkit.table()
    given = {
        "url": feed.url,
        "outlet": feed.outlet,
        "country": feed.country,
        "language": feed.language,
        "fetch": feed.fetch if feed.fetch == "all" else None,
        "paused": feed.is_paused or None,
    }
    for name, value in given.items():
        if value is not None:
            table.add(name, value)
    return table
