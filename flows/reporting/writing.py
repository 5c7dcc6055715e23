"""Settings -> report.html: the page of each mission beside the snapshot, put in place by a rename."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from extractors.errors import SettingsError
from flows.missions import named_missions
from flows.reporting.page import Subject, render_report
from flows.settings import Settings
from warehouse.exported_files import exported_whole
from warehouse.lake import Address
from warehouse.picture import read_picture


def report(settings: Settings, output: Path | None) -> tuple[Path, ...]:
    """Write the page of each mission that the settings name, and return where they are.

    Args:
        output: the file for it; beside the snapshot if None.

    Raises:
        SettingsError: there is no snapshot yet, no such mission, or several missions for one file.
        WarehouseError: the snapshot cannot be read.
    """
    if not settings.published_file.exists():
        raise SettingsError(
            f"{settings.published_file} does not exist yet; 'missionwire demo' or 'missionwire run' makes one"
        )
    subjects = list_subjects(settings)
    if output is not None and len(subjects) > 1:
        names = ", ".join(subject.name for subject in subjects)
        raise SettingsError(f"--output is one file, and there are several missions ({names}); name one with --mission")
    if output is not None and output.is_dir():
        raise SettingsError(f"--output {output} is a folder; right would be {output / 'report.html'}")
    files = (output,) if output else report_files(settings, subjects)
    for subject, file in zip(subjects, files, strict=True):
        write_report(settings.published_file, subject, file)
    return files


def list_subjects(settings: Settings) -> tuple[Subject, ...]:
    """The missions that pages are about, in the order of the settings."""
    return tuple(
        Subject(mission.name, mission.title, settings.seeds / "missions" / mission.name / "outline.geojson")
        for mission in named_missions(settings)
    )


def report_files(settings: Settings, subjects: Sequence[Subject]) -> tuple[Path, ...]:
    """report.html for the first mission, report-NAME.html for each other one."""
    folder = settings.published_folder
    return tuple(
        folder / ("report.html" if number == 0 else f"report-{subject.name}.html")
        for number, subject in enumerate(subjects)
    )


def write_report(published: Address, subject: Subject, file: Path) -> None:
    """Draw one page and put it in place whole."""
    # A lake is read as it is now.
    moment = published.stat().st_mtime if isinstance(published, Path) else time.time()
    published_at = datetime.fromtimestamp(moment, UTC)
    page = render_report(read_picture(published, subject.name), subject, published_at=published_at)
    file.parent.mkdir(parents=True, exist_ok=True)
    with exported_whole(file) as part:
        part.write_text(page, encoding="utf-8")
