"""Claims of a load -> facts: what changed is resolved anew together with its neighbours; everything else stays.

Called within the loading transaction. warehouse/resolution decides which reports are one fact, queries/sum_up_facts.sql
what they add up to. Reports that lie far off in time are stood in for by their fact, so that the cost of a load
does not grow with the ledger.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import WarehouseError
from extractors.facts.claimants import checksum_posts
from extractors.facts.further import checksum_further
from warehouse.claimants import name_voices
from warehouse.correction_links import has_corrections, link_corrections
from warehouse.migrate import has_fingerprint, record_fingerprint, rollback
from warehouse.reports import Member, member_of_claim, member_of_row, members_of_fact
from warehouse.resolution.report import Report
from warehouse.resolution.resolve import find_superseded, resolve
from warehouse.resolution.rulings import is_ruled
from warehouse.rows import Row, write_line
from warehouse.sql import data_file, list_sql, read_query
from warehouse.succession import inherit_facts

Connection = duckdb.DuckDBPyConnection

# Reports of one event overlap in time, and those that overlap with them may pull at them; a series changes its level by
# what is told within two months before and after.
_EVENT_ZONE, _USUAL_ZONE = timedelta(days=15), timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a load changes of the facts.

    Args:
        reports: members with the fact they now belong to; gone: claims that count no more.
        moved: ids of facts that were found to be another one, and that one's id.
        touched: facts to be summed up anew, and whether a later figure has taken their place.
    """

    reports: tuple[Member, ...]
    gone: tuple[Member, ...]
    moved: Mapping[str, str]
    touched: Mapping[str, bool]


def resolve_load(connection: Connection, *, known_at: datetime) -> None:
    """Bring the facts up to date with what was loaded; `incoming_reading` holds what that was."""
    for query in ("reach_articles", "bound_reached_articles", "find_touched_articles"):
        connection.execute(read_query(query))
    link_corrections(connection)
    resolve_touched(connection, known_at)


def bring_facts_up_to_date(connection: Connection, *, now: datetime) -> None:
    """Resolve everything anew where the rules are others than those that the facts were made by.

    A ledger that had no facts yet gets them as if each had been found when its articles were recorded.
    """
    rules = _checksum_rules()
    if has_fingerprint(connection, "facts", rules):
        return
    connection.execute("BEGIN TRANSACTION")
    try:
        is_first = connection.execute("SELECT count(*) FROM core.report").fetchone() == (0,)
        for first_at, last_at in connection.execute(read_query("list_article_slices")).fetchall():
            connection.execute(read_query("find_articles_recorded"), {"first_at": first_at, "last_at": last_at})
            resolve_touched(connection, last_at if is_first else now)
        record_fingerprint(connection, "facts", rules)
        connection.execute("COMMIT")
    except BaseException:
        rollback(connection)
        raise


def _checksum_rules() -> str:
    """Of all that decides what a fact is."""
    names = ("reports.py", "claimants.py", "queries/read_counted_claims.sql", "queries/sum_up_facts.sql")
    files = (*list_sql("resolution", "*.py"), *map(data_file, names))
    words = checksum_posts() + checksum_further()
    return hashlib.sha256(b"".join(file.read_bytes() for file in files) + words.encode()).hexdigest()


def resolve_touched(connection: Connection, known_at: datetime) -> None:
    """Bring the facts up to date with the articles of `touched_article`, whose corrections are linked."""
    counted, current = _read_touched(connection)
    added = [
        replace(claim, fact_id=current[key].fact_id) if key in current else claim
        for key, claim in counted.items()
        if key not in current or current[key].row != claim.row
    ]
    gone = [claim for key, claim in current.items() if key not in counted]
    if added or gone:
        before = [current[key] for key in counted if key in current and current[key].row != counted[key].row]
        _write(connection, _resolve(connection, inherit_facts(added, gone), gone, before, known_at), known_at)


def _read_touched(connection: Connection) -> tuple[dict[str, Member], dict[str, Member]]:
    """Of the articles touched: the claims that count, and the reports that counted so far."""
    since = connection.execute("SELECT min(recorded_at) FROM touched_article").fetchone()
    assert since is not None
    counted = _rows(connection, "read_counted_claims", since=since[0])
    claims = map(member_of_claim, name_voices(connection, counted))
    current = map(member_of_row, _rows(connection, "read_current_reports", since=since[0]))
    return _by_claim(claims), _by_claim(current)


def _resolve(
    connection: Connection,
    added: Sequence[Member],
    gone: Sequence[Member],
    before: Sequence[Member],
    known_at: datetime,
) -> Changes:
    """What becomes of the facts.

    Args:
        before: of those added that are known, what they said until now: it may have been of another stream.
    """
    members, was_superseded = _read_neighbours(connection, [*added, *gone, *before])
    old_facts = {key: member.fact_id for key, member in members.items()}
    for member in gone:
        members.pop(member.report.claim_id, None)
    members |= _by_claim(added)
    clusters = resolve(member.report for member in members.values())
    names = _name_facts(clusters, members, known_at)
    superseded = {names[number] for number in find_superseded(clusters)}
    new_facts = {report.claim_id: names[number] for number, cluster in enumerate(clusters) for report in cluster}

    altered = _by_claim(added)
    reports = [
        replace(member, fact_id=new_facts[key])
        for key, member in members.items()
        if not member.is_stand_in and (key in altered or new_facts[key] != old_facts.get(key))
    ]
    moved = _find_moved(members, new_facts, set(names))
    touched = {fact for fact in (*old_facts.values(), *(member.fact_id for member in gone)) if fact is not None}
    changed = {member.fact_id for member in (*reports, *gone)} | {old_facts.get(m.report.claim_id) for m in reports}
    changed |= set(moved) | set(moved.values())
    changed |= {fact for fact in touched if fact in was_superseded and was_superseded[fact] != (fact in superseded)}
    return Changes(
        tuple(reports), tuple(gone), moved, {fact: fact in superseded for fact in changed if fact is not None}
    )


def _read_neighbours(connection: Connection, changed: Sequence[Member]) -> tuple[dict[str, Member], dict[str, bool]]:
    """Reports of the same streams around the same days, stand-ins for those further off, and which are superseded."""
    _read_lines(connection, "read_touched_zones", _zones(changed))
    ruled = _read_ruled(connection, changed)
    if ruled:
        named = [member for member in ruled.values() if is_ruled(member.report)]
        _read_lines(connection, "read_touched_zones", _zones([*changed, *named]))
    connection.execute(read_query("extend_zones"))
    first_on, last_on = connection.execute("SELECT min(first_on), max(last_on) FROM touched_zone").fetchall()[0]
    bounds = {"first_on": first_on, "last_on": last_on}
    members = ruled | _by_claim(map(member_of_row, _rows(connection, "read_near_reports", **bounds)))
    members |= _read_rest_of_events(connection, members)
    near_by_fact: dict[str | None, int] = {}
    for member in members.values():
        near_by_fact[member.fact_id] = near_by_fact.get(member.fact_id, 0) + 1
    was_superseded = {}
    for fact in _rows(connection, "read_stream_facts", **bounds):
        was_superseded[fact["fact_id"]] = fact["is_superseded"]
        if near_by_fact.get(fact["fact_id"], 0) < fact["n_claims"]:
            for member in members_of_fact(fact):
                members.setdefault(member.report.claim_id, member)
    return members, was_superseded


def _read_ruled(connection: Connection, changed: Sequence[Member]) -> dict[str, Member]:
    """Reports of the facts in these streams that people have merged or kept apart, however far off in time."""
    ruled = [member for member in changed if is_ruled(member.report)]
    if not ruled and not has_corrections(connection):
        return {}
    _read_lines(connection, "read_reached_facts", [{"fact_id": member.fact_id} for member in ruled])
    return _by_claim(map(member_of_row, _rows(connection, "read_ruled_reports")))


def _read_rest_of_events(connection: Connection, members: Mapping[str, Member]) -> dict[str, Member]:
    """The other reports of events that reach into the zones: an event is looked at as a whole."""
    events = [member for member in members.values() if member.row["rule"] == "event"]
    if not events:
        return {}
    _read_lines(connection, "read_reached_facts", [{"fact_id": fact} for fact in {m.fact_id for m in events}])
    bounds = {
        "first_on": min(member.row["first_on"] for member in events),
        "last_on": max(member.row["last_on"] for member in events),
    }
    return _by_claim(map(member_of_row, _rows(connection, "read_reports_of_facts", **bounds)))


def _zones(changed: Sequence[Member]) -> list[Row]:
    """For each stream the days around those of its changed reports, without overlaps."""
    zones: list[Row] = []
    for member in sorted(changed, key=lambda member: (member.row["stream"], member.row["first_on"])):
        row = member.row
        margin = _EVENT_ZONE if row["rule"] == "event" else _USUAL_ZONE
        first_on, last_on = _shifted(row["first_on"], -margin), _shifted(row["last_on"], margin)
        if zones and zones[-1]["stream"] == row["stream"] and zones[-1]["last_on"] >= first_on:
            zones[-1]["last_on"] = max(zones[-1]["last_on"], last_on)
        else:
            zones.append({"stream": row["stream"], "first_on": first_on, "last_on": last_on})
    return zones


def _shifted(day: date, by: timedelta) -> date:
    """A day moved, but not out of the calendar."""
    return min(max(date.min - min(by, timedelta()), day), date.max - max(by, timedelta())) + by


def _name_facts(clusters: Sequence[Sequence[Report]], members: Mapping[str, Member], known_at: datetime) -> list[str]:
    """An id for each cluster: that of the oldest fact in it, else that of its first claim.

    A fact that falls apart leaves its id to the part with the claim that it is named after. One that came to be in this
    run counts for nothing: after a kill what one load would have brought comes in two, and is named as if by one.
    """
    new = {key for key, member in members.items() if not member.is_stand_in and member.report.recorded_at == known_at}
    taken: set[str] = set()
    home = {report.claim_id: number for number, cluster in enumerate(clusters) for report in cluster}
    names = [""] * len(clusters)
    order = sorted(range(len(clusters)), key=lambda number: (clusters[number][0].recorded_at, clusters[number][0].tie))
    for number in order:
        known = [members[report.claim_id].fact_id for report in clusters[number]]
        free = (fact for fact in known if fact and fact not in taken | new and home.get(fact, number) == number)
        told = (report.claim_id for report in clusters[number] if report.stands_for is None)
        # Reports far off, apart from those of their fact that lie near, stay with them: nobody has looked at them.
        names[number] = next(chain(free, told, filter(None, known)))
        taken.add(names[number])
    return names


def _find_moved(members: Mapping[str, Member], new_facts: Mapping[str, str], names: set[str]) -> dict[str, str]:
    """Facts that are no more, and where the first of their reports went."""
    in_order = sorted(members.values(), key=lambda member: (member.report.recorded_at, member.report.tie))
    moved: dict[str, str] = {}
    for member in in_order:
        if member.fact_id is not None and member.fact_id not in names:
            moved.setdefault(member.fact_id, new_facts[member.report.claim_id])
    return moved


def _write(connection: Connection, changes: Changes, known_at: datetime) -> None:
    rows: list[Row] = [{**_plain(member.row), "fact_id": member.fact_id} for member in changes.reports]
    rows += [{"claim_id": member.report.claim_id, "fact_id": None} for member in changes.gone]
    _read_lines(connection, "read_changed_reports", rows)
    _read_lines(connection, "read_moved_facts", [{"retired_id": a, "fact_id": b} for a, b in changes.moved.items()])
    _read_lines(
        connection, "read_touched_facts", [{"fact_id": a, "is_superseded": b} for a, b in changes.touched.items()]
    )
    at = {"known_at": known_at}
    (bounds,) = _rows(connection, "bound_touched_facts")
    days = {"first_on": bounds["first_of_all_on"], "last_on": bounds["last_of_all_on"]}
    connection.execute(read_query("close_reports"), at | days)
    connection.execute(read_query("insert_reports"), at)
    if changes.moved:
        for query in ("move_reports", "close_moved_reports"):
            connection.execute(read_query(query), at | days)
    connection.execute(read_query("delete_unseen_reports"))
    connection.execute(read_query("find_reopened_reports"), at | days)
    for query in ("delete_reopened_reports", "reopen_reports"):
        connection.execute(read_query(query), at)
    connection.execute(read_query("gather_touched_reports"), bounds)
    for query in ("shape_changed_facts", "sum_up_facts", "drop_same_facts"):
        connection.execute(read_query(query))
    for query in ("close_facts", "insert_facts"):
        connection.execute(read_query(query), at)
    connection.execute(read_query("delete_unseen_facts"))
    for query in ("find_reopened_facts", "delete_reopened_facts", "reopen_facts", "forget_aliases"):
        connection.execute(read_query(query), at)
    connection.execute(read_query("insert_fact_aliases"), at)
    connection.execute(read_query("mark_relations"), days)


def _plain(row: Row) -> Row:
    """A row with its exact numbers as text: JSON has none."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def _read_lines(connection: Connection, query: str, rows: Sequence[Row]) -> None:
    """Hand rows to a query as a file of JSON Lines, which DuckDB reads faster than parameters."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rows.jsonl"
            file.write_bytes(b"".join(map(write_line, rows)))
            connection.execute(read_query(query), {"file": str(file)})
    except OSError as error:
        problem = f"the disk is full, or writing failed; make room and run again ({error.strerror})"
        raise WarehouseError(error.filename or tempfile.gettempdir(), problem) from error


def _rows(connection: Connection, query: str, **parameters: Any) -> list[Row]:
    result = connection.execute(read_query(query), parameters)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _by_claim(members: Iterable[Member]) -> dict[str, Member]:
    return {member.report.claim_id: member for member in members}
