"""Claims of a load -> facts: what changed is resolved anew together with its neighbours; everything else stays.

Called within the loading transaction. warehouse/resolution decides which reports are one fact, queries/sum_up_facts.sql
what they add up to, and warehouse/neighbours.py which of them are looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import chain

import duckdb

from extractors.facts.claimants import checksum_posts
from extractors.facts.former import checksum_former
from extractors.facts.further import checksum_further
from warehouse.claimants import name_voices
from warehouse.correction_links import link_corrections
from warehouse.handing import fetch_rows, hand_rows
from warehouse.migrate import has_fingerprint, record_fingerprint, rollback
from warehouse.neighbours import by_claim, read_neighbours
from warehouse.reports import Member, member_of_claim, member_of_row, settle_former
from warehouse.resolution.report import Report
from warehouse.resolution.resolve import find_superseded, resolve
from warehouse.rows import Row
from warehouse.sql import data_file, list_sql, read_query
from warehouse.succession import inherit_facts

Connection = duckdb.DuckDBPyConnection


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
    words = checksum_posts() + checksum_further() + checksum_former()
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
    counted = fetch_rows(connection, "read_counted_claims", since=since[0])
    claims = settle_former(map(member_of_claim, name_voices(connection, counted)))
    current = map(member_of_row, fetch_rows(connection, "read_current_reports", since=since[0]))
    return by_claim(claims), by_claim(current)


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
    members, was_superseded = read_neighbours(connection, [*added, *gone, *before])
    old_facts = {key: member.fact_id for key, member in members.items()}
    for member in gone:
        members.pop(member.report.claim_id, None)
    members |= by_claim(added)
    clusters = resolve(member.report for member in members.values())
    names = _name_facts(clusters, members, known_at)
    superseded = {names[number] for number in find_superseded(clusters)}
    new_facts = {report.claim_id: names[number] for number, cluster in enumerate(clusters) for report in cluster}

    altered = by_claim(added)
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
    hand_rows(connection, "read_changed_reports", rows)
    hand_rows(connection, "read_moved_facts", [{"retired_id": a, "fact_id": b} for a, b in changes.moved.items()])
    hand_rows(
        connection, "read_touched_facts", [{"fact_id": a, "is_superseded": b} for a, b in changes.touched.items()]
    )
    at = {"known_at": known_at}
    (bounds,) = fetch_rows(connection, "bound_touched_facts")
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
