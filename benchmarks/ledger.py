"""Ledgers of 10,000 and of 1,000,000 articles -> what loading and resolving 500 more costs, and what views cost.

A hundred days of a hundred articles, three claims each, are loaded and resolved for real; the large ledger is those
days a hundred times over, each time further back. Both are as dense on the days around the new articles.
"""

from __future__ import annotations

import atexit
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from extractors.records import Article, Claim, MissionMatch, Reading, stable_id
from extractors.seeds import read_mission
from extractors.similarity import sketch_text
from flows.settings import SEEDS
from warehouse.connection import connect, open_warehouse
from warehouse.load import load_spools
from warehouse.seeds import load_seeds
from warehouse.spool import Spool

_DAYS, _A_DAY, _NEW = 100, 100, 500
_TIMES = 100
_LAST = datetime(2026, 1, 1, tzinfo=UTC)
MOST_TIMES = 1.5
MOST_SCANS = 3.0
_ACTORS = ("KEN", "JAM", "BHS", "GTM", "SLV", "BEN")
_PLACES = (("Delmas", "HT0112"), ("Kenscoff", "HT0115"), ("Carrefour", "HT0113"), ("Mirebalais", "HT0611"))
_IDS = {"article_id", "version_id", "claim_id", "fact_id", "origin_id", "copy_group_id", "part_of", "text_hash"}
_ADDRESSES = {"url", "asked_url", "final_url", "page_url", "guid"}
_HASHES = {"text_id", "hash", "other_text_id"}
_TOLD = {"claim", "report", "fact"}
_VALUES = {"value_low", "value_best", "value_high", "said_low", "said_high"} | {
    f"best_{policy}" for policy in ("acled", "latest", "official")
}
_VIEWS = (
    "articles",
    "article_versions",
    "claims",
    "claim_history",
    "facts",
    "fact_claims",
    "evidence",
    "strength",
    "casualties",
    "promises",
    "disputes",
)


def main() -> None:
    """Measure and print."""
    ledgers = _ledgers()
    rows = {file.stem: [_measured(file, attempt) for attempt in range(3)] for file in ledgers}
    scans = _scans(large_ledger())
    print(f"loading and resolving {_NEW} articles with {3 * _NEW} claims")
    for stem, found in rows.items():
        count = _DAYS * _A_DAY * (_TIMES if stem == "large" else 1)
        seconds, peak = (statistics.median(row[what] for row in found) for what in ("seconds", "peak_bytes"))
        print(f"  at {count:9,} articles   {seconds:6.2f} s CPU   {peak / 1e6:6.0f} MB at most")
    for what in ("seconds", "peak_bytes"):
        ratio = _median(rows["large"], what) / _median(rows["small"], what)
        print(f"  ratio of {what:11}      {ratio:6.2f}      (target: at most {MOST_TIMES})")
    print("views at 1,000,000 articles, as multiples of a plain scan of the claims table")
    for view, ratio in scans.items():
        print(f"  {view:22} {ratio:6.2f}      (target: at most {MOST_SCANS})")


def large_ledger() -> Path:
    """The ledger of 1,000,000 articles, made once for all benchmarks of a process: it takes minutes."""
    return _ledgers()[1]


@cache
def _ledgers() -> tuple[Path, Path]:
    held = TemporaryDirectory()
    atexit.register(held.cleanup)
    small, large = Path(held.name) / "small.duckdb", Path(held.name) / "large.duckdb"
    _fill(small)
    _repeat(small, large)
    return small, large


def _median(rows: list[dict[str, Any]], what: str) -> float:
    return float(statistics.median(row[what] for row in rows))


def _fill(file: Path) -> None:
    """The hundred days, loaded five days at a time."""
    with open_warehouse(file) as connection:
        load_seeds(connection, missions=[read_mission(SEEDS / "missions" / "haiti")], feeds=[], publishers=[])
    for first in range(0, _DAYS, 5):
        readings = [
            _reading(day * _A_DAY + n, _LAST - timedelta(days=_DAYS - day))
            for day in range(first, first + 5)
            for n in range(_A_DAY)
        ]
        _load(file, readings, _LAST - timedelta(days=_DAYS - first - 5))


def _load(file: Path, readings: list[Reading], recorded_at: datetime) -> None:
    spool = Spool.create(file.parent / "spool", f"run-{recorded_at:%Y%m%dT%H%M%S}", 1)
    spool.add(*readings)
    load_spools(file, [spool.finish()], recorded_at=recorded_at)


def _reading(number: int, day: datetime) -> Reading:
    """An article of a day; its claims are of that day's events, of the series as it stands, of a promise."""
    chance = random.Random(number)
    published = day + timedelta(seconds=chance.randrange(86_400))
    url = f"https://paper-{number % 200}.example/{number}"
    words = " ".join(f"word{chance.randrange(5_000)}" for _ in range(300))
    text = f"{words}. Kenya sent 217 officers, story {number}."
    article_id = stable_id(url)
    article = Article(url=url, title=f"Story {number}", text=text, language="en", published_at=published)
    version_id = stable_id(article_id, article.title, text)
    return Reading(
        article_id=article_id,
        url=url,
        article=article,
        asked_url=url,
        final_url=url,
        fetched_at=published,
        outlet=f"Paper {number % 200}",
        sketch=sketch_text(text),
        matches=(MissionMatch("haiti", 2.0, ("Haiti",)),),
        claims=tuple(_claims(number, chance, article_id, version_id, published, text)),
    )


def _claims(
    number: int, chance: random.Random, article_id: str, version_id: str, published: datetime, text: str
) -> Iterator[Claim]:
    day = (published - timedelta(days=chance.randrange(3))).date()
    # Five events a day are told by many; whose turn it is depends on the day alone.
    event = random.Random(f"{day} {chance.randrange(5)}")
    place, place_id = event.choice(_PLACES)
    level = 100 * (1 + day.toordinal() // 30 % 12)
    killed = {"kind": "casualty", "subkind": "killed", "measure": "flow", "actor": "HTI", "day": day}
    sent = {"kind": "deployment", "measure": "flow", "actor": event.choice(_ACTORS), "day": day}
    slots: tuple[dict[str, Any], ...] = (
        {**killed, "value": event.randrange(1, 30), "place": place, "place_id": place_id},
        {"kind": "strength", "measure": "stock", "actor": chance.choice(_ACTORS), "value": level, "day": None},
        # One claim in thirty repeats a promise, as in the news that the corpus was written after.
        {**sent, "value": event.randrange(20, 300)}
        if number % 10
        else {"kind": "pledge", "measure": "flow", "actor": chance.choice(_ACTORS), "value": 1000, "day": None},
    )
    for place_in_text, slot in enumerate(slots):
        value, on = slot.pop("value"), slot.pop("day")
        yield Claim(
            claim_id=stable_id(number, place_in_text),
            document=article_id,
            version_id=version_id,
            mission="haiti",
            value_low=value,
            value_best=value,
            value_high=value,
            qualifier="exact",
            unit="person",
            status="pledged" if slot["kind"] == "pledge" else "done",
            event_start=on,
            event_end=on,
            sentence=text[-40:],
            start=0,
            end=6,
            rule="generated",
            extractor_version="1",
            language="en",
            **slot,
        )


def _repeat(small: Path, large: Path) -> None:
    """Write the days again and again, each time as much further back, the oldest first."""
    with open_warehouse(large):
        pass
    connection = connect(large, read_only=False)
    connection.execute(f"ATTACH '{small}' AS small (READ_ONLY)")
    tables = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'small' "
        "AND schema_name IN ('core', 'raw', 'ref') AND estimated_size > 0"
    ).fetchall()
    for schema, table in tables:
        times = 1 if schema == "ref" else _TIMES
        for back in range(times - 1, -1, -1):
            columns = connection.execute(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = 'small' "
                "AND schema_name = ? AND table_name = ? ORDER BY column_index",
                [schema, table],
            ).fetchall()
            moved = ", ".join(_moved(table, name, kind, back) for name, kind in columns)
            connection.execute(f"INSERT INTO {schema}.{table} SELECT {moved} FROM small.{schema}.{table}")
    connection.execute("CHECKPOINT")
    connection.close()


def _moved(table: str, name: str, kind: str, back: int) -> str:
    """A column of the copy that lies `back` times a hundred days earlier; ids are others, the newest days stay.

    Nobody is told of one promise for 27 years: each hundred days have promises of their own, which take the place of
    those before.
    """
    moved = f'"{name}"'
    if kind.startswith(("TIMESTAMP", "DATE")):
        moved = f'("{name}" - INTERVAL {back * _DAYS} DAY)::{kind}'
    elif name in _IDS:
        moved = f"sha256(\"{name}\" || '{back}')"
    elif name in _ADDRESSES:
        moved = f"\"{name}\" || '-{back}'"
    elif name in _HASHES:
        moved = f'hash("{name}", {back})'
    elif table in _TOLD and name in _VALUES:
        moved = f"if(kind = 'pledge', {moved} + {back}, {moved})"
    elif table == "fact" and name == "is_superseded":
        moved = f"{moved} OR kind = 'pledge'"
    return f'({moved}) AS "{name}"' if back else f'"{name}"'


def _measured(file: Path, attempt: int) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.ledger", str(file), str(attempt)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])  # type: ignore[no-any-return]


def load_in_own_process(file: Path, attempt: int) -> dict[str, float]:
    """Load 500 articles of the last five days, with what it cost."""
    first = 10_000_000 + attempt * 1000
    readings = [_reading(first + n, _LAST - timedelta(days=5 - n % 5)) for n in range(_NEW)]
    started = time.process_time()
    _load(file, readings, _LAST + timedelta(minutes=attempt))
    return {"seconds": time.process_time() - started, "peak_bytes": _peak_bytes()}


def _peak_bytes() -> float:
    """The most that this process has held; getrusage would count its parent's too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float(psutil.Process().memory_info().rss)
    (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return float(line.split()[1]) * 1024


def _scans(file: Path) -> dict[str, float]:
    with open_warehouse(file, read_only=True) as connection:

        def seconds(query: str) -> float:
            taken = []
            for _ in range(3):
                started = time.perf_counter()
                connection.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {query}")
                taken.append(time.perf_counter() - started)
            return statistics.median(taken)

        scan = seconds("FROM core.claim")
        return {view: seconds(f"FROM {view}") / scan for view in _VIEWS}


if __name__ == "__main__":
    print(json.dumps(load_in_own_process(Path(sys.argv[1]), int(sys.argv[2]))))
