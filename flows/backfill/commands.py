"""Command line -> a backfill: `missionwire backfill warc`, `sitemap` and `urls`."""

# ruff: noqa: PLC0415 - as in flows.cli, each command imports what it needs when it is called
# ruff: noqa: FBT002 - flags of the command line

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.options import Data, MissionNames, Wait
from flows.settings import read_settings

backfill_app = typer.Typer(
    help="Load what was published before you polled: from WARC files, sitemaps, or a list of addresses.",
    no_args_is_help=True,
)

_DAY = ["%Y-%m-%d"]
First = Annotated[
    datetime | None, typer.Option("--from", formats=_DAY, help="First day of publication, in UTC.", show_default=False)
]
Last = Annotated[
    datetime | None, typer.Option("--to", formats=_DAY, help="Last day of publication, in UTC.", show_default=False)
]
Everything = Annotated[bool, typer.Option("--all", help="Every page, not only those that may concern a mission.")]
Outlet = Annotated[str | None, typer.Option(help="The publisher's name.  \\[default: as seeds/publishers.tsv has it]")]


@backfill_app.command("warc")
def warc(
    files: Annotated[
        list[Path],
        typer.Argument(help="WARC files, or folders of them: CC-NEWS, your own archive.", show_default=False),
    ],
    first: First = None,
    last: Last = None,
    everything: Everything = False,
    data: Data = None,
    mission: MissionNames = None,
    wait: Wait = False,
) -> None:
    """Read pages out of WARC files; no publisher is asked. Those that are loaded are copied into your own archive."""
    from flows.backfill.asked import Asked, read_days
    from flows.backfill.job import find_warc_files, run_backfill

    days = read_days(first, last)
    asked = Asked("warc", find_warc_files(files), days, everything)
    raise typer.Exit(run_backfill(read_settings(data=data, mission=mission), asked, wait=wait))


@backfill_app.command("sitemap")
def sitemap(
    addresses: Annotated[
        list[str], typer.Argument(help="Sitemaps, or sites whose robots.txt names them.", show_default=False)
    ],
    first: First = None,
    last: Last = None,
    everything: Everything = False,
    outlet: Outlet = None,
    data: Data = None,
    mission: MissionNames = None,
    wait: Wait = False,
) -> None:
    """Ask for the pages that a site's sitemaps list, as politely as a run does."""
    from flows.backfill.asked import Asked, read_days
    from flows.backfill.job import read_addresses, run_backfill

    asked = Asked("sitemap", read_addresses(addresses), read_days(first, last), everything, outlet)
    raise typer.Exit(run_backfill(read_settings(data=data, mission=mission), asked, wait=wait))


@backfill_app.command("urls")
def urls(
    file: Annotated[
        Path,
        typer.Argument(
            help="One address a line, JSON Lines with url, or CSV with a url column; - for stdin.", show_default=False
        ),
    ],
    first: First = None,
    last: Last = None,
    everything: Everything = False,
    outlet: Outlet = None,
    data: Data = None,
    mission: MissionNames = None,
    wait: Wait = False,
) -> None:
    """Ask for the pages of a list; those that the list gives a title for only where that may concern a mission."""
    from flows.backfill.asked import Asked, read_days
    from flows.backfill.job import keep_list, run_backfill

    settings = read_settings(data=data, mission=mission)
    asked = Asked("urls", (keep_list(settings, file),), read_days(first, last), everything, outlet)
    raise typer.Exit(run_backfill(settings, asked, wait=wait))
