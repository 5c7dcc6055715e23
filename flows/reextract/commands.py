"""Command line -> a reextract: `missionwire reextract`, and `--diff` before it."""

# ruff: noqa: PLC0415 - as in flows.cli, the command imports what it needs when it is called
# ruff: noqa: FBT002 - flags of the command line

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from extractors.errors import SettingsError
from flows.options import Data, MissionNames, Wait
from flows.settings import read_settings

_DAY = ["%Y-%m-%d"]


def reextract(
    diff: Annotated[
        bool, typer.Option("--diff", help="Say what would be added, removed and changed; write nothing.")
    ] = False,
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="First day of publication, in UTC.", show_default=False)
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Last day of publication, in UTC.", show_default=False)
    ] = None,
    kind: Annotated[str | None, typer.Option(help="With --diff: only claims of this kind.", show_default=False)] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=0, help="With --diff: so many claims at most; all are counted.", show_default=False),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --diff: JSON Lines, one a claim; the counts go to stderr.")
    ] = False,
    data: Data = None,
    mission: MissionNames = None,
    wait: Wait = False,
) -> None:
    """Read all articles again by today's extractors and missions; nobody is asked for a page.

    Their claims take the place of the older ones, which stay in claim_history. Begin with --diff: it changes nothing.
    """
    from flows.reextract.job import read_days, run_reextract, show_differences

    settings = read_settings(data=data, mission=mission)
    days = read_days(since, until)
    if diff:
        raise typer.Exit(show_differences(settings, days, kind=kind, limit=limit, as_json=as_json))
    if kind is not None or limit is not None or as_json:
        raise SettingsError("--kind, --limit and --json go with --diff: what is adopted is all that was read")
    raise typer.Exit(run_reextract(settings, days, wait=wait))
