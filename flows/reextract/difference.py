"""Snapshot -> Differences: what today's extractors read otherwise, text by text, while nothing is written.

Texts come in batches, and what differs is handed on one by one: nothing here grows with the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.claim_changes import Change, compare_claims
from extractors.facts.extractor import ClaimExtractor
from extractors.records import Rejection, Rereading
from flows.cluster import open_pool
from flows.missions import named_missions
from flows.progress import counting, log
from flows.proposing import Proposers, other_extractors
from flows.settings import Settings
from warehouse.lake import Address
from warehouse.rereading import Days, KnownText, known_texts

# Two worker processes are kept busy by some dozens; a few hundred texts and their claims are a few megabytes.
_BATCH = 250


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, and the text it is of."""

    change: Change
    text: KnownText


@dataclass(slots=True)
class Totals:
    """What all differences come to, those that are not printed among them.

    Args:
        claims: by kind and how.
        missions: articles by mission and whether they are about it now ("added") or no longer ("removed").
    """

    text_count: int = 0
    failed_count: int = 0
    claims: Counter[tuple[str, str]] = field(default_factory=Counter)
    missions: Counter[tuple[str, str]] = field(default_factory=Counter)


def find_differences(
    settings: Settings, published: Address, days: Days, *, kind: str | None, totals: Totals
) -> Iterator[Difference]:
    """Claims that are added, removed or changed, in the order in which their texts were recorded.

    Args:
        kind: of claims; None for all.
        totals: counts on while the differences are taken.
    """
    extractors = [ClaimExtractor(mission) for mission in named_missions(settings)]
    proposers = Proposers(extractors, other_extractors(settings))
    pool = open_pool(settings, ())
    try:
        with (
            known_texts(published, proposers.readers, days, batch_size=_BATCH) as batches,
            counting("texts", batches.count) as advance,
        ):
            for batch in batches:
                texts = [known.text for known in batch]
                found = proposers.add_to_texts(texts, pool.reread(texts))
                for known, result in zip(batch, found, strict=True):
                    yield from _compare(known, result, {each.mission for each in proposers.readers}, kind, totals)
                    advance()
    finally:
        pool.close()


def _compare(
    known: KnownText, result: Rereading | Rejection, missions: set[str], kind: str | None, totals: Totals
) -> Iterator[Difference]:
    if isinstance(result, Rejection):
        totals.failed_count += 1
        log.warning("%s: %s; it cannot be compared", known.url, result.detail)
        return
    totals.text_count += 1
    _count_missions(known, result, missions, totals)
    changes = compare_claims(known.claims, result.claims)
    for change in (change for change in changes if kind in (None, change.claim.kind)):
        totals.claims[change.claim.kind, change.how] += 1
        if change.how != "same":
            yield Difference(change, known)


def _count_missions(known: KnownText, result: Rereading, missions: set[str], totals: Totals) -> None:
    before, after = missions & set(known.missions), {match.mission for match in result.matches}
    totals.missions.update((mission, "added") for mission in after - before)
    totals.missions.update((mission, "removed") for mission in before - after)
