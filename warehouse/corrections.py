"""Corrections -> ref.correction, their claims, and the facts that these tell of: all of it anew when the file changed.

What a load brings is linked by warehouse/correction_links.py, so that a correction holds for later readings, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import orjson

from extractors.corrections import Correction
from warehouse.connection import Connection
from warehouse.correction_links import has_corrections, link_corrections
from warehouse.correction_problems import Named, judge
from warehouse.facts import resolve_touched
from warehouse.migrate import has_fingerprint, record_fingerprint, rollback
from warehouse.sql import read_query


def are_due(connection: Connection, corrections: Sequence[Correction]) -> bool:
    """Whether the file or the lists it is checked against changed, or a claim has come that it was waiting for."""
    if not corrections and not has_corrections(connection):
        return False
    if not has_fingerprint(connection, "corrections", _checksum(connection, corrections)):
        return True
    waiting = [prefix for (prefix,) in connection.execute(read_query("list_unnamed_claims")).fetchall()]
    return any(named.count == 1 for named in find_named(connection, waiting).values())


def apply_corrections(connection: Connection, corrections: Sequence[Correction], *, known_at: datetime) -> None:
    """Let the ledger say what the claims and these corrections say, and nothing that earlier ones said."""
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(read_query("keep_corrected"))
        connection.execute(read_query("clear_correction"))
        connection.execute(read_query("clear_correction_link"))
        _insert(connection, corrections)
        connection.execute(read_query("link_named_claims"))
        connection.execute(read_query("find_corrected_articles"))
        link_corrections(connection)
        resolve_touched(connection, known_at)
        record_fingerprint(connection, "corrections", _checksum(connection, corrections))
        connection.execute("COMMIT")
    except BaseException:
        rollback(connection)
        raise


def list_problems(connection: Connection) -> list[tuple[int, str]]:
    """Lines that have no effect, and why."""
    return connection.execute(read_query("list_correction_problems")).fetchall()


def find_named(connection: Connection, prefixes: Sequence[str]) -> dict[str, Named]:
    """What is known of the claims whose ids begin so; of those that no claim begins with nothing."""
    if not prefixes:
        return {}
    rows = connection.execute(read_query("find_named_claims"), {"prefixes": list(prefixes)}).fetchall()
    return {row[0]: Named(*row[1:]) for row in rows}


def _insert(connection: Connection, corrections: Sequence[Correction]) -> None:
    prefixes = {prefix for each in corrections for prefix in (each.claim, each.other) if prefix}
    found = find_named(connection, sorted(prefixes))
    names = frozenset(connection.execute(read_query("list_known_names")).fetchall())
    problems = judge(corrections, found, names)
    rows = [
        {
            **asdict(each),
            "claim_id": _id_of(found, each.claim),
            "other_id": _id_of(found, each.other),
            "problem": problems.get(each.line),
        }
        for each in corrections
    ]
    connection.execute(read_query("insert_correction"), {"corrections": orjson.dumps(rows).decode()})


def _id_of(found: dict[str, Named], prefix: str | None) -> str | None:
    named = found.get(prefix) if prefix else None
    return named.claim_id if named and named.count == 1 else None


def _checksum(connection: Connection, corrections: Sequence[Correction]) -> str:
    """Of the corrections and of the lists of places and actors that they are checked against."""
    seeds = connection.execute(read_query("find_fingerprint"), {"name": "seeds"}).fetchone()
    return hashlib.sha256(repr((tuple(corrections), seeds)).encode()).hexdigest()
