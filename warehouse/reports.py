"""Row of a claim <-> Report: what resolution needs of a claim, and the columns that it is looked for by."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from extractors.facts.former import tells_of_before
from extractors.facts.further import tells_of_another
from warehouse.resolution.amounts import Amount, looseness, said_between
from warehouse.resolution.days import days_of
from warehouse.resolution.report import Report
from warehouse.resolution.streams import Rule, Stream, stream_of
from warehouse.rows import Row

# How much a source is worth when it counts: officials and rights groups, the press, others.
_RANKS = {"un": 3, "mission": 3, "government": 3, "police": 3, "ngo": 3, "media": 2, None: 2}
_LOWEST_RANK = 1
# Of a claim that a person has confirmed.
_CONFIRMED_RANK = 4
# Shorter words join sentences of all kinds.
_WORD = re.compile(r"\w{4,}")
_MOST_BITS = 63


@dataclass(frozen=True, slots=True)
class Member:
    """A report in the ledger, or a fact that stands in for reports that lie elsewhere.

    Args:
        row: the columns of core.report, without the fact and the moments.
        fact_id: the fact that it belongs to so far, None for a new one.
        is_stand_in: it is no claim, but the fact itself.
    """

    report: Report
    row: Row
    fact_id: str | None = None
    is_stand_in: bool = False


def member_of_claim(claim: Mapping[str, Any]) -> Member:
    """A claim as queries/read_counted_claims.sql gives it."""
    row = dict(claim)
    number = row.pop("original_value", None) or ""
    row["is_former"] = tells_of_before(row["sentence"] or "", row["language"] or "", number)
    row["place_path"] = list(dict.fromkeys(filter(None, row["place_path"])))
    is_confirmed = "confirm" in (row["corrections"] or ())
    row["voice_rank"] = _CONFIRMED_RANK if is_confirmed else _RANKS.get(row["source_type"], _LOWEST_RANK)
    report = _report_of(row)
    stream = stream_of(report)
    first_on, last_on = _found_between(report, stream.rule)
    row |= {"stream": _number(stream), "rule": stream.rule.value, "first_on": first_on, "last_on": last_on}
    row |= {"said_low": None, "said_high": None, "slack": None}
    if report.amount:
        low, high = said_between(report.amount)
        row |= {"said_low": low, "said_high": high, "slack": looseness(report.amount)}
    return Member(report, row)


def settle_former(members: Iterable[Member]) -> list[Member]:
    """A figure is one of before only beside the one that took its place: in the same sentence, of the same stream."""
    members = list(members)
    current: defaultdict[tuple[str, str, int], set[float]] = defaultdict(set)
    for member in members:
        if member.report.amount and not member.report.is_former:
            current[_place_in_text(member)].add(member.report.amount.figure)
    return [_as_current(member) if _stands_alone(member, current) else member for member in members]


def _stands_alone(member: Member, current: Mapping[tuple[str, str, int], set[float]]) -> bool:
    report = member.report
    if not report.is_former:
        return False
    return report.amount is None or not (current.get(_place_in_text(member), set()) - {report.amount.figure})


def _place_in_text(member: Member) -> tuple[str, str, int]:
    return member.report.article_id, member.report.sentence, member.row["stream"]


def _as_current(member: Member) -> Member:
    return replace(member, report=replace(member.report, is_former=False), row={**member.row, "is_former": False})


def member_of_row(stored: Mapping[str, Any]) -> Member:
    """A row of core.report."""
    row = {name: value for name, value in stored.items() if name not in ("fact_id", "relation")}
    return Member(_report_of(row), row, stored["fact_id"])


def members_of_fact(fact: Mapping[str, Any]) -> tuple[Member, ...]:
    """A fact as queries/read_stream_facts.sql gives it: its first word, and its last and rival where they decide."""
    # The claim that a fact is named after may itself lie near, and the fact must stand in for the others all the same.
    first = {**fact, "claim_id": f"{fact['fact_id']}~first", "date_basis": None}
    first |= dict.fromkeys(("date_precision", "target", "part_of", "latitude", "longitude", "corrections"))
    first |= {"origin_id": fact["fact_id"], "article_id": fact["fact_id"], "voice": "", "language": ""}
    first["is_former"] = fact["told_from"] is None
    rows = [first]
    if fact["rule"] in (Rule.LEVEL, Rule.STANDING):
        rows.append({**first, "claim_id": f"{fact['fact_id']}~last", "published_on": fact["last_published_on"]})
    if fact["rule"] == Rule.STANDING and fact["measure"] == "requirement" and fact["agreement"] == "contested":
        # Of two figures of a need the fact shows one; who tells the other again must find it too.
        figures = {fact["value_low"], fact["value_high"]} - {None, fact["value_best"]}
        rows += [{**first, "claim_id": f"{fact['fact_id']}~{figure}", **_exactly(figure)} for figure in figures]
    return tuple(
        Member(replace(_report_of(row), stands_for=fact["fact_id"]), {}, fact["fact_id"], is_stand_in=True)
        for row in rows
    )


def _exactly(figure: Any) -> Row:
    return {**dict.fromkeys(("value_low", "value_best", "value_high"), figure), "qualifier": "exact"}


def _report_of(row: Mapping[str, Any]) -> Report:
    latitude, longitude = row["latitude"], row["longitude"]
    return Report(
        claim_id=row["claim_id"],
        recorded_at=row["recorded_at"],
        origin_id=row["origin_id"],
        article_id=row["article_id"],
        voice=row["voice"],
        published_on=row["published_on"],
        amount=_amount_of(row),
        start=row["event_start"],
        end=row["event_end"],
        precision=row["date_precision"],
        basis=row["date_basis"],
        place=tuple(row["place_path"] or ()),
        position=(latitude, longitude) if latitude is not None and longitude is not None else None,
        sentence=row["sentence"] or "",
        language=row["language"] or "",
        words=_words(row["sentence"] or ""),
        saying=repr([row[name] for name in _SAID]),
        is_further=tells_of_another(row["sentence"] or "", row["language"] or ""),
        is_former=bool(row["is_former"]),
        merged=frozenset(ruling for ruling in row["corrections"] or () if ruling.startswith("merge ")),
        parted=frozenset(_side(ruling) for ruling in row["corrections"] or () if ruling.startswith("apart ")),
        **{name: row[name] for name in _SAME_NAMES},
    )


_SAME_NAMES = (
    "mission",
    "kind",
    "subkind",
    "measure",
    "unit",
    "unit_class",
    "currency",
    "actor",
    "subject",
    "target",
    "person",
    "role",
    "status",
    "polarity",
    "as_of",
    "part_of",
)


# What two claims of one sentence may differ in; a newer extractor that reads the same changes none of it.
_SAID = (
    "value_low",
    "value_best",
    "value_high",
    "currency",
    "unit",
    "actor",
    "target",
    "event_start",
    "event_end",
    "place_path",
)


def _side(ruling: str) -> tuple[str, bool]:
    """A ruling that parts two claims, and whether this one is the first of them."""
    key, _, side = ruling.rpartition(" ")
    return key, side == "1"


@lru_cache(maxsize=10_000)
def _words(sentence: str) -> frozenset[str]:
    return frozenset(_WORD.findall(sentence.casefold()))


def _amount_of(row: Mapping[str, Any]) -> Amount | None:
    low, best, high = (
        None if row[name] is None else float(row[name]) for name in ("value_low", "value_best", "value_high")
    )
    if low is None and best is None and high is None:
        return None
    return Amount(low, best, high, row["qualifier"], row["unit"] == "percent")


def _found_between(report: Report, rule: Rule) -> tuple[date, date]:
    """The days by which a report is looked for."""
    if rule is Rule.EVENT:
        days = days_of(report)
        return days.first, days.last
    day = report.published_on if rule is Rule.STANDING else report.known_on
    return day, day


def _number(stream: Stream) -> int:
    """A stream as a number that is the same on every machine: cheaper to join by than its words."""
    digest = hashlib.blake2b(repr((stream.rule.value, *stream.key)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - _MOST_BITS)
