"""Words of the command line that several commands share -> what Typer makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option(help="Folder for the warehouse and the archive.  \\[default: data]")]
MissionNames = Annotated[str | None, typer.Option(help="Missions to read for, parted by commas.  \\[default: haiti]")]
Feeds = Annotated[
    Path | None, typer.Option(help="A feed list in TOML.  \\[default: the one that comes with missionwire]")
]
Wait = Annotated[
    bool, typer.Option("--wait", help="If another run is on, wait for its end instead of ending with exit 3.")
]
