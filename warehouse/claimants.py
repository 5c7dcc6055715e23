"""Rows of claims -> rows with one voice for each claimant: a post of a place is told by both, not by its words.

"The mayor of Cabaret" in one language and her town hall in another are one voice. A post without a place is of the
commune or department where the claim plays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import duckdb

from extractors.facts.claimants import Holder, fold_place, read_holder
from warehouse.rows import Row
from warehouse.sql import read_query

# Of two places of one name the post is that of the larger: communes have mayors, their sections have none.
_KINDS = ("commune", "department", "arrondissement", "communal_section", "neighbourhood")
# In which column a claim says where it plays, by the territory of the post.
_COLUMNS = {"commune": "admin2", "department": "admin1"}

Seats = Mapping[tuple[str, str], str]


def name_voices(connection: duckdb.DuckDBPyConnection, claims: Iterable[Row]) -> Iterator[Row]:
    """The rows of queries/read_counted_claims.sql with their voice settled; `claimant` is in the words of the text."""
    seats: Seats | None = None
    for claim in claims:
        claimant = claim.pop("claimant")
        words = (claim.pop("claimant_post", None), claimant)
        holders = (_read_holder(text, claim["language"] or "") for text in words if text)
        holder = next(filter(None, holders), None)
        if holder is not None:
            seats = _read_seats(connection) if seats is None else seats
            claim["voice"] = _name_voice(holder, claim, seats) or claim["voice"]
        yield claim


# The same few claimants are quoted again and again.
_read_holder = lru_cache(maxsize=10_000)(read_holder)


def _name_voice(holder: Holder, claim: Row, seats: Seats) -> str | None:
    """None for a post of a place that nobody knows."""
    named = (seats.get((claim["mission"], words)) for words in holder.places)
    seat = next(filter(None, named), None)
    if seat is None and holder.is_bare and holder.post.territory in _COLUMNS:
        seat = claim[_COLUMNS[holder.post.territory]]
    return f"{holder.post.name} of {seat}".lower() if seat else None


def _read_seats(connection: duckdb.DuckDBPyConnection) -> Seats:
    rows = connection.execute(read_query("list_place_names")).fetchall()
    ranks = {kind: rank for rank, kind in enumerate(_KINDS)}
    seats: dict[tuple[str, str], str] = {}
    for mission, _, name, aliases, seat in sorted(rows, key=lambda row: ranks.get(row[1], len(ranks))):
        for known in (name, *(aliases or ())):
            seats.setdefault((mission, fold_place(known)), seat)
    return seats
