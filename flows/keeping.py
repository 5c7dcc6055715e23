"""Warehouse -> backup, and back; or without an article that had to go. Never in the middle of a run."""

from __future__ import annotations

import sys
from pathlib import Path

from extractors.errors import SettingsError
from flows.fetch.archive import blank_archived
from flows.locking import run_lock
from flows.recording import mark_unpublished, publish_if_due
from flows.settings import Settings
from warehouse.copying import bring_up_to_date, copy_whole, schema_of
from warehouse.lake import Lake
from warehouse.moving import copy_tables
from warehouse.removing import find_removable, remove_article
from warehouse.takedowns import Takedown, read_takedowns, take_down_again


def back_up(settings: Settings, target: Path | None, *, wait: bool) -> None:
    """Copy the warehouse to a file, once the run that may be on has ended.

    Args:
        target: the file, or a folder; `backups` in the data folder if none is named.

    Raises:
        BusyError: a run is on, and `wait` is not asked for.
        WarehouseError: there is no warehouse, or no room; nothing was changed.
    """
    file = target or settings.data / "backups"
    if file.suffix != ".duckdb":
        file = file / f"missionwire-{settings.clock():%Y%m%dT%H%M%SZ}.duckdb"
    with run_lock(settings.data, warehouse=settings.warehouse_file, wait=wait):
        if isinstance(settings.warehouse_file, Lake):
            copy_tables(settings.warehouse_file, file)
        else:
            copy_whole(settings.warehouse_file, file)
    sys.stdout.write(f"{file}: {file.stat().st_size / 1e6:,.1f} MB. The archive of pages is not in it.\n")


def restore(settings: Settings, backup: Path, *, wait: bool) -> None:
    """Put a backup in the place of the warehouse, keep what stood there, and publish it; takedowns since then hold.

    Raises:
        SettingsError: the backup is the warehouse itself, or there is none.
        BusyError: a run is on, and `wait` is not asked for.
        WarehouseError: the backup cannot be read, or there is no room; the warehouse is as it was.
    """
    file = settings.warehouse_file
    if isinstance(file, Lake):
        raise SettingsError(
            f"{file} is a lake; right would be an empty one, and: missionwire copy-warehouse TARGET, "
            f"with MISSIONWIRE_WAREHOUSE={backup}"
        )
    if file.exists() and backup.exists() and file.samefile(backup):
        raise SettingsError(f"{backup} is the warehouse itself; right would be a file that 'missionwire backup' made")
    if not backup.exists():
        raise SettingsError(f"{backup} does not exist; right would be a file that 'missionwire backup' made")
    schema_of(backup)
    with run_lock(settings.data, warehouse=settings.warehouse_file, wait=wait):
        removed: tuple[Takedown, ...] = ()
        if file.exists():
            removed = read_takedowns(file)
            before = file.with_name(f"{file.stem}.before-restore.duckdb")
            copy_whole(file, before)
            sys.stdout.write(f"what stood there is kept as {before}\n")
        mark_unpublished(settings)
        copy_whole(backup, file)
        bring_up_to_date(file)
        count = take_down_again(file, removed, recorded_at=settings.clock())
        publish_if_due(settings)
    if count:
        sys.stdout.write(f"{count} articles that were taken down since are taken down again\n")
    sys.stdout.write(f"{backup} is the warehouse now, and published\n")


def copy_warehouse(settings: Settings, target: str, *, wait: bool) -> None:
    """Copy the warehouse to a lake, or from a lake to a file; it stays as it is.

    Raises:
        SettingsError: the target is no address.
        BusyError: a run is on, and `wait` is not asked for.
        WarehouseError: the target holds rows already, or one of the two cannot be opened; nothing was copied.
    """
    try:
        address = settings.model_copy(update={"warehouse": target}).warehouse_file
    except ValueError as error:
        raise SettingsError(str(error)) from error
    with run_lock(settings.data, warehouse=settings.warehouse_file, wait=wait):
        count = copy_tables(settings.warehouse_file, address)
    sys.stdout.write(f"{address}: {count:,} rows copied. Set MISSIONWIRE_WAREHOUSE to it for runs and questions.\n")


def take_down(settings: Settings, url: str, *, reason: str, wait: bool) -> None:
    """Remove an article on request: its claims, wordings, feed entries and archived pages; in what is published, too.

    The archive first: killed in between, the article is still known, and the command can be given again.

    Raises:
        WarehouseError: there is no such article; nothing was changed.
        BusyError: a run is on, and `wait` is not asked for.
    """
    with run_lock(settings.data, warehouse=settings.warehouse_file, wait=wait):
        found = find_removable(settings.warehouse_file, url)
        for name, offset in found.places:
            if (settings.archive_folder / name).exists():
                blank_archived(settings.archive_folder, name, offset)
        # Before, so that a snapshot and a page that still show it are known to be behind, whatever happens now.
        mark_unpublished(settings)
        versions, claims, pages = remove_article(
            settings.warehouse_file, found, reason=reason, recorded_at=settings.clock()
        )
        publish_if_due(settings)
    sys.stdout.write(
        f"{found.url}: removed with {versions} wordings, {claims} claims and {pages} archived pages. "
        "Backups made before still hold it; 'missionwire restore' takes it out of them again.\n"
    )
