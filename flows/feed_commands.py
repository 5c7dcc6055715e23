"""Command line -> the feed list: `missionwire feeds list`, `check`, `add`, `remove`, `pause`, `import`, `export`."""

# ruff: noqa: PLC0415 - as in flows.cli, each command imports what it needs when it is called
# ruff: noqa: FBT002 - flags of the command line

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import Data, Feeds
from flows.settings import read_settings

feeds_app = typer.Typer(help="Feeds: what is polled, and whether it answers.", no_args_is_help=True)

FeedNames = Annotated[list[str], typer.Argument(help="URLs, outlets or parts of them.", show_default=False)]


@feeds_app.command("list")
def feeds_list(data: Data = None, feeds: Feeds = None) -> None:
    """The feeds of the list, with what the last polls found."""
    from flows.feedlist import list_feeds

    list_feeds(read_settings(data=data, feeds=feeds))


@feeds_app.command("check")
def feeds_check(
    names: Annotated[
        list[str] | None, typer.Argument(help="URLs, outlets or parts of them.  \\[default: all]", show_default=False)
    ] = None,
    data: Data = None,
    feeds: Feeds = None,
) -> None:
    """Ask the feeds once, now, and say what each answers. Nothing is loaded."""
    from flows.feedlist import check_feeds

    raise typer.Exit(check_feeds(read_settings(data=data, feeds=feeds), names or []))


@feeds_app.command("add")
def feeds_add(
    address: Annotated[str, typer.Argument(help="A feed, or the site that has one.", show_default=False)],
    everything: Annotated[
        bool, typer.Option("--all", help="Fetch every entry, not only those that may matter.")
    ] = False,
    outlet: Annotated[str | None, typer.Option(help="The publisher's name.  \\[default: the feed's own]")] = None,
    data: Data = None,
    feeds: Feeds = None,
) -> None:
    """Put a feed into the list; the address of its site is enough."""
    from flows.feedlist import add_feed

    add_feed(read_settings(data=data, feeds=feeds), address, everything=everything, outlet=outlet)


@feeds_app.command("remove")
def feeds_remove(names: FeedNames, data: Data = None, feeds: Feeds = None) -> None:
    """Take feeds out of the list; what was read from them stays."""
    from flows.feedlist import remove_feeds

    remove_feeds(read_settings(data=data, feeds=feeds), names)


@feeds_app.command("pause")
def feeds_pause(
    names: FeedNames,
    resume: Annotated[bool, typer.Option("--resume", help="Ask them again.")] = False,
    data: Data = None,
    feeds: Feeds = None,
) -> None:
    """Keep feeds in the list without asking them."""
    from flows.feedlist import pause_feeds

    pause_feeds(read_settings(data=data, feeds=feeds), names, is_paused=not resume)


@feeds_app.command("import")
def feeds_import(
    file: Annotated[Path, typer.Argument(help="An OPML file.", show_default=False)],
    data: Data = None,
    feeds: Feeds = None,
) -> None:
    """Add the feeds of another reader's OPML file."""
    from flows.feedlist import import_feeds

    import_feeds(read_settings(data=data, feeds=feeds), file)


@feeds_app.command("export")
def feeds_export(
    file: Annotated[Path | None, typer.Argument(help="File to write.  \\[default: stdout]", show_default=False)] = None,
    data: Data = None,
    feeds: Feeds = None,
) -> None:
    """Write the list as OPML, for another reader."""
    from flows.feedlist import export_feeds

    export_feeds(read_settings(data=data, feeds=feeds), file)
