"""Name of an export -> CSV on stdout, a CSV or Parquet file, or a folder of all of them."""

from __future__ import annotations

import sys
from pathlib import Path

from extractors.errors import SettingsError
from flows.progress import log
from warehouse.exporting import EXPORTS, print_export, write_export
from warehouse.lake import Address
from warehouse.suggesting import suggest

_ALL = "all"


def export(published: Address, name: str, *, csv: str | None, parquet: Path | None, with_fact_id: bool) -> None:
    """Write one export, or all of them into a folder, read-only on the snapshot.

    Raises:
        SettingsError: there is no snapshot yet, no such export, or the files asked for do not fit.
        WarehouseError: a file cannot be written.
    """
    _check(published, name, csv, parquet)
    target = parquet or (Path(csv) if csv not in (None, "-") else None)
    if target is None:
        print_export(published, name, sys.stdout, with_fact_id=with_fact_id)
        return
    as_parquet = parquet is not None
    for each, file in _files(name, target, ".parquet" if as_parquet else ".csv").items():
        write_export(published, each, file, as_parquet=as_parquet, with_fact_id=with_fact_id)
        log.info("written: %s", file)


def _files(name: str, target: Path, suffix: str) -> dict[str, Path]:
    if name != _ALL:
        return {name: target}
    target.mkdir(parents=True, exist_ok=True)
    return {each: target / f"{each}{suffix}" for each in EXPORTS}


def _check(published: Address, name: str, csv: str | None, parquet: Path | None) -> None:
    if not published.exists():
        raise SettingsError(f"{published} does not exist yet; 'missionwire demo' or 'missionwire run' makes one")
    known = (*EXPORTS, _ALL)
    if name not in known:
        nearest = suggest(name, known)
        hint = f"did you mean {nearest[0]}? " if nearest else ""
        raise SettingsError(f"there is no export {name}; {hint}there are {', '.join(known)}")
    if csv is not None and parquet is not None:
        raise SettingsError("--csv and --parquet exclude each other; choose one")
    if name == _ALL and parquet is None and csv in (None, "-"):
        raise SettingsError("all exports go into a folder; name it with --csv or --parquet")
