"""Claims that count no more, claims that took their place -> the fact that each of these goes on telling of.

A newer extractor gives every claim a new id. What it reads from the same words of the same article is the same report,
and its fact keeps its id, also where a slot is read otherwise now. An outlet that puts another figure into its article
without a word corrects what it said of that event: the fact has changed, and is no other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from warehouse.reports import Member
from warehouse.resolution.streams import Rule

# From those that say the very same to those that stand in the same sentence: the first that fits decides.
_SAME_WORDS = ("article_id", "mission", "kind", "sentence")
_SAME_FIGURE = (*_SAME_WORDS, "subkind", "measure", "unit", "value_low", "value_best", "value_high", "person")
_SAME_CLAIM = (*_SAME_FIGURE, "actor", "target", "role", "status", "polarity", "event_start", "event_end", "place")
# An edited sentence: the event is the same where all but the figure is.
_SAME_EVENT = (
    "article_id",
    "rule",
    "stream",
    "subkind",
    "currency",
    "actor",
    "target",
    "event_start",
    "event_end",
    "place_id",
)
_STEPS = (_SAME_CLAIM, _SAME_FIGURE, _SAME_WORDS, _SAME_EVENT)


def inherit_facts(added: Sequence[Member], gone: Sequence[Member]) -> list[Member]:
    """The new claims, those that follow on an old one with its fact; each old one is followed by one at most."""
    heirs = {member.report.claim_id: member for member in added}
    left = list(gone)
    for step in _STEPS if left else ():
        open_places: dict[tuple[Any, ...], list[Member]] = {}
        for member in left:
            open_places.setdefault(_key(member, step), []).append(member)
        for member in _without_fact(heirs.values()):
            followed = open_places.get(_key(member, step))
            if followed and (step is not _SAME_EVENT or _is_dated_event(member)):
                heirs[member.report.claim_id] = replace(member, fact_id=followed.pop(0).fact_id)
        left = [member for place in open_places.values() for member in place]
    return list(heirs.values())


def _without_fact(members: Iterable[Member]) -> list[Member]:
    return [member for member in members if member.fact_id is None]


def _is_dated_event(member: Member) -> bool:
    return member.row["rule"] == Rule.EVENT and member.row["event_start"] is not None and bool(member.report.amount)


def _key(member: Member, columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(member.row[name] for name in columns)
