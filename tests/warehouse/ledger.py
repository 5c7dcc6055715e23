"""Records for the warehouse's tests: the least that a record needs, the rest by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from extractors.records import (
    Article,
    Claim,
    Entry,
    MissionMatch,
    Poll,
    Reading,
    Run,
    stable_id,
)
from tests.warehouse.kinds import KIND, made_once
from warehouse import migrate
from warehouse.lake import Address
from warehouse.load import LoadReport, load_spools
from warehouse.publish import publish
from warehouse.spool import Spool, waiting_spools
from warehouse.sql import list_sql

NOW = datetime(2025, 1, 20, 6, 0, tzinfo=UTC)
FEED = "https://news.example/feed"


def at(hours: float) -> datetime:
    """The clock of the tests: so many hours after the first run."""
    return NOW + timedelta(hours=hours)


def make_entry(number: int = 1, *, feed: str = FEED, title: str = "Police leave", **slots) -> Entry:
    url = slots.pop("url", f"https://news.example/story/{number}")
    return Entry(feed_url=feed, guid=slots.pop("guid", f"guid-{number}"), url=url, title=title, **slots)


def make_claim(article_id: str, title: str, text: str, words: str = "217", **slots) -> Claim:
    """A claim whose sentence is the whole text, and whose value stands where `words` first stand in it."""
    version_id = stable_id(article_id, title, text)
    start = text.index(words)
    span = (start, start + len(words))
    slots.setdefault("extractor_version", "1")
    slots.setdefault("kind", "deployment")
    slots.setdefault("value_best", 217)
    slots.setdefault("value_low", slots["value_best"])
    slots.setdefault("value_high", slots["value_best"])
    slots.setdefault("spans", {"value": (span,), "trigger": (span,), "sentence": ((0, len(text)),)})
    slots.setdefault("measure", "flow")
    slots.setdefault("actor", "KEN")
    key = (version_id, slots["kind"], words, slots["value_best"], slots["extractor_version"], slots.get("person"))
    return Claim(
        claim_id=stable_id(*key, slots.get("status"), slots["actor"], slots["measure"]),
        document=article_id,
        version_id=version_id,
        mission="haiti",
        rule="test",
        language="en",
        sentence=text,
        start=span[0],
        end=span[1],
        original_value=words,
        **slots,
    )


def make_reading(number: int = 1, *, text: str | None = None, title: str = "Police leave", hours: float = 0, **slots):
    """One article with one claim, unless `claims` says otherwise (a list of slots for each)."""
    text = f"Kenya sent 217 officers to Haiti, story {number}." if text is None else text
    url = slots.pop("url", f"https://news.example/story/{number}")
    article_id = stable_id(url)
    claims = tuple(make_claim(article_id, title, text, **claim) for claim in slots.pop("claims", [{}]))
    article = Article(
        url=url,
        title=title,
        text=text,
        language=slots.pop("language", "en"),
        published_at=slots.pop("published_at", NOW),
        published_basis="json_ld",
    )
    return Reading(
        article_id=article_id,
        url=url,
        article=article,
        asked_url=slots.pop("asked_url", url),
        final_url=slots.pop("final_url", url),
        fetched_at=at(hours),
        outlet=slots.pop("outlet", "News Example"),
        matches=(MissionMatch("haiti", 2.0, ("Haiti", "Kenya")),),
        claims=claims,
        **slots,
    )


def make_poll(hours: float = 0, *, feed: str = FEED, outcome: str = "changed", **slots) -> Poll:
    slots.setdefault("next_due_at", at(hours + 1))
    return Poll(feed=feed, polled_at=at(hours), outcome=outcome, **slots)


def make_run(run_id: str = "run-1", **slots) -> Run:
    return Run(run_id=run_id, started_at=NOW, **slots)


def spool_records(folder: Path, *records, run_id: str = "run-1", batch: int = 1) -> Path:
    spool = Spool.create(folder, run_id, batch)
    spool.add(*records)
    return spool.finish()


def load_records(data: Path, *records, run_id: str = "run-1", hours: float = 0) -> LoadReport:
    """Load records by way of a spool into the ledger of a data folder."""
    spool_records(data / "spool", *records, run_id=run_id)
    return load_spools(fresh_ledger(data), waiting_spools(data / "spool"), recorded_at=at(hours))


def publish_two_stories(folder: Path) -> Path:
    """A small ledger, published in the folder's data; returns the folder."""
    load_records(folder, make_reading(1), make_reading(2, claims=[{"value_best": 20.5}]))
    publish(folder / "ledger.duckdb", folder / "data/published")
    return folder


def ledger_of(data: Path) -> Address:
    """Where the ledger of a data folder is: data/ledger.duckdb, or the lake that stands for it."""
    return KIND.get().address(data)


def rows_of(data: Path, sql: str) -> list[tuple]:
    """What the ledger of a data folder answers to a reader."""
    return KIND.get().ask(data, sql)


def fresh_ledger(data: Path) -> Address:
    """The ledger of a data folder, an empty one where there is none."""
    return copied_ledger(data, KIND.get().make)


def copied_ledger(data: Path, make: Callable[[Path], object]) -> Address:
    """The ledger of a data folder; where there is none, one as `make` leaves it, which is asked to once."""
    kind = KIND.get()
    if not kind.is_made(data):
        kind.copy(made_once(kind, make), data)
    return kind.address(data)


def older_copy(file: Path, target: Path, version: int) -> Path:
    """The rows of a ledger in a file of an earlier schema, as far as that one had tables and columns for them."""
    with duckdb.connect(str(target)) as older:
        for migration in list_sql("migrations"):
            if int(migration.name[:4]) <= version:
                migrate._apply(older, migration)
        # What stands under the name of a view in earlier releases is another text than today's.
        older.execute("CREATE VIEW claims AS SELECT 'of an earlier release' AS claim_id")
        older.execute(f"ATTACH '{file}' AS newer (READ_ONLY)")
        tables = older.execute(
            "SELECT schema_name || '.' || table_name, string_agg('\"' || column_name || '\"', ', ') "
            "FROM duckdb_columns() JOIN duckdb_tables() USING (table_oid, database_name, schema_name, table_name) "
            "WHERE database_name = current_database() AND table_name NOT IN ('migration', 'fingerprint') GROUP BY ALL"
        ).fetchall()
        for table, columns in tables:
            older.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM newer.{table}")
    return target
