"""Changed reports -> their neighbours in stream and time, which may be resolved otherwise with them.

Reports that lie far off are stood in for by their fact, so that the cost of a load does not grow with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import duckdb

from warehouse.correction_links import has_corrections
from warehouse.handing import fetch_rows, hand_rows
from warehouse.reports import Member, member_of_row, members_of_fact
from warehouse.resolution.rulings import is_ruled
from warehouse.rows import Row
from warehouse.sql import read_query

Connection = duckdb.DuckDBPyConnection

# Reports of one event overlap in time, and those that overlap with them may pull at them; a series changes its level by
# what is told within two months before and after.
_EVENT_ZONE, _USUAL_ZONE = timedelta(days=15), timedelta(days=60)


def read_neighbours(connection: Connection, changed: Sequence[Member]) -> tuple[dict[str, Member], dict[str, bool]]:
    """Reports of the same streams around the same days, stand-ins for those further off, and which are superseded."""
    hand_rows(connection, "read_touched_zones", _zones(changed))
    ruled = _read_ruled(connection, changed)
    if ruled:
        named = [member for member in ruled.values() if is_ruled(member.report)]
        hand_rows(connection, "read_touched_zones", _zones([*changed, *named]))
    connection.execute(read_query("extend_zones"))
    first_on, last_on = connection.execute("SELECT min(first_on), max(last_on) FROM touched_zone").fetchall()[0]
    bounds = {"first_on": first_on, "last_on": last_on}
    members = ruled | by_claim(map(member_of_row, fetch_rows(connection, "read_near_reports", **bounds)))
    members |= _read_rest_of_events(connection, members)
    near_by_fact: dict[str | None, int] = {}
    for member in members.values():
        near_by_fact[member.fact_id] = near_by_fact.get(member.fact_id, 0) + 1
    was_superseded = {}
    for fact in fetch_rows(connection, "read_stream_facts", **bounds):
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
    hand_rows(connection, "read_reached_facts", [{"fact_id": member.fact_id} for member in ruled])
    return by_claim(map(member_of_row, fetch_rows(connection, "read_ruled_reports")))


def _read_rest_of_events(connection: Connection, members: Mapping[str, Member]) -> dict[str, Member]:
    """The other reports of events that reach into the zones: an event is looked at as a whole."""
    events = [member for member in members.values() if member.row["rule"] == "event"]
    if not events:
        return {}
    hand_rows(connection, "read_reached_facts", [{"fact_id": fact} for fact in {m.fact_id for m in events}])
    bounds = {
        "first_on": min(member.row["first_on"] for member in events),
        "last_on": max(member.row["last_on"] for member in events),
    }
    return by_claim(map(member_of_row, fetch_rows(connection, "read_reports_of_facts", **bounds)))


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


def by_claim(members: Iterable[Member]) -> dict[str, Member]:
    """Members by the claim that each of them is, or stands for."""
    return {member.report.claim_id: member for member in members}
