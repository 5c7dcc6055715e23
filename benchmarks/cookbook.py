"""A ledger of 1,000,000 articles -> what publishing it costs, and the cookbook's queries, on file and on a lake.

Each query beside a plain scan of the claims in the same place; the lake's catalog is a PostgreSQL on this machine, its
files lie in a folder.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.ledger import large_ledger
from tests.docs.transcripts import COOKBOOK, recipes
from tests.postgres import running_postgres
from warehouse.connection import open_warehouse
from warehouse.lake import Address, Lake
from warehouse.moving import copy_tables
from warehouse.publish import publish

_ATTEMPTS = 3
_SCAN = "FROM core.claim"


def main() -> None:
    """Measure and print."""
    ledger = large_ledger()
    with TemporaryDirectory() as name:
        folder = Path(name)
        _publish(ledger, folder)
        published = publish(ledger, folder / "published")
        with running_postgres() as postgres:
            postgres.create("lake")
            lake = Lake(f"ducklake:postgres:{postgres.place('lake')}", str(folder / "lake"))
            started = time.perf_counter()
            rows = copy_tables(ledger, lake)
            print(f"copying {rows:,} rows to the lake took {time.perf_counter() - started:.0f} s")
            _compare(_seconds(published), _seconds(lake))


def _publish(ledger: Path, folder: Path) -> None:
    """The first publication makes the index of words, the second one has next to nothing new."""
    gigabytes = ledger.stat().st_size / 1e9

    def seconds(action: Callable[[], object]) -> float:
        started = time.perf_counter()
        action()
        return time.perf_counter() - started

    first = seconds(lambda: publish(ledger, folder / "published"))
    again = statistics.median(seconds(lambda: publish(ledger, folder / "published")) for _ in range(_ATTEMPTS))
    bare = statistics.median(seconds(lambda: shutil.copyfile(ledger, folder / "copy")) for _ in range(_ATTEMPTS))
    print(
        f"publishing {gigabytes:.1f} GB: {again / gigabytes:.2f} s/GB, {again / bare:.1f} times a bare copy of the file"
    )
    print(f"  the first one, with an index of words made from nothing: {first / gigabytes:.2f} s/GB")


def _seconds(address: Address) -> dict[str, float | None]:
    """Seconds of each query, the median of some attempts; None where a place does not answer it."""
    with open_warehouse(address, read_only=True) as connection:

        def seconds(query: str) -> float | None:
            taken = []
            for _ in range(_ATTEMPTS):
                started = time.perf_counter()
                try:
                    connection.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {query}")
                except duckdb.Error:
                    return None
                taken.append(time.perf_counter() - started)
            return statistics.median(taken)

        found = {recipe["question"]: seconds(recipe["sql"].rstrip("; \n")) for recipe in recipes(COOKBOOK.read_text())}
        return {_SCAN: seconds(_SCAN), **found}


def _compare(on_file: dict[str, float | None], on_lake: dict[str, float | None]) -> None:
    file_scan, lake_scan = on_file.pop(_SCAN), on_lake.pop(_SCAN)
    assert file_scan is not None
    assert lake_scan is not None
    print(f"a plain scan of the claims takes {lake_scan / file_scan:.1f} times as long on the lake as in the file")
    print("the cookbook's queries          file/scan   lake/scan   lake/file")
    ratios = []
    for question, seconds in on_file.items():
        there = on_lake[question]
        if seconds is None:
            print(f"  {question[:60]:60} has no answer in generated news")
            continue
        if there is None:
            print(f"  {question[:60]:60} {seconds / file_scan:8.2f}   in the file only")
            continue
        ratios.append(there / seconds)
        print(f"  {question[:60]:60} {seconds / file_scan:8.2f} {there / lake_scan:8.2f} {there / seconds:8.2f}")
    print(f"  median of lake/file {statistics.median(ratios):.2f}")
