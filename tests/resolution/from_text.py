"""Labelled stories -> how well extraction and resolution tell the facts together: nothing but the texts is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.facts.extractor import ClaimExtractor
from extractors.records import Claim, Document, Reading
from tests.resolution.stories import Labelled, agreement, compare_facts, facts_of, load_stories

# Two figures that differ by less are one.
_ROUNDING = 0.005
_SLOTS = ("subkind", "actor", "status", "event_start", "place_id")


@dataclass(frozen=True)
class Report:
    """What a reader of the ledger would find of the labelled facts.

    Args:
        claims, facts: which share of them is there at all, and of the facts with every one of their claims.
        facts_each, f1: found facts for each labelled one, and B-cubed F1, over the claims that are there.
        value_best: of the facts that are there, in which share the value is right; n_independent: of those that are
            wholly there, in which share the number of sources is.
    """

    claims: float
    facts: float
    wholly: float
    facts_each: float
    f1: float
    value_best: float
    n_independent: float


def report_from_text(folder: Path, stories: Labelled, extractor: ClaimExtractor) -> Report:
    """Read, load and resolve the stories, and compare with their labels."""
    readings, claim_of = read_texts(stories, extractor)
    file = load_stories(folder, readings)
    fact_of = facts_of(file)
    found = {label: fact_of[claim] for label, claim in claim_of.items() if claim in fact_of}
    reached = _only(stories, found)
    sizes, here = Counter(stories.fact_of.values()), Counter(reached.fact_of.values())
    whole = _only(stories, [label for label in found if here[stories.fact_of[label]] == sizes[stories.fact_of[label]]])
    _, _, f1, facts_each = agreement(found, reached.fact_of)
    return Report(
        claims=len(found) / len(stories.fact_of),
        facts=len(reached.facts) / len(stories.facts),
        wholly=len(whole.facts) / len(stories.facts),
        facts_each=facts_each,
        f1=f1,
        value_best=compare_facts(file, found, reached)["value_best"],
        n_independent=compare_facts(file, found, whole)["n_independent"],
    )


def _only(stories: Labelled, labels: Sequence[str] | Mapping[str, str]) -> Labelled:
    """The stories with some of their labels, and the facts that these are of."""
    fact_of = {label: stories.fact_of[label] for label in labels}
    return replace(stories, fact_of=fact_of, facts={fact: stories.facts[fact] for fact in fact_of.values()})


def read_texts(stories: Labelled, extractor: ClaimExtractor) -> tuple[list[Reading], dict[str, str]]:
    """The readings with the claims that the extractor finds, and which of these each labelled claim is."""
    readings, claim_of = [], {}
    for reading in stories.readings:
        claims = extractor.extract(document_of(reading))
        readings.append(replace(reading, claims=claims))
        claim_of.update(_align(reading.claims, claims))
    return readings, claim_of


def document_of(reading: Reading) -> Document:
    article = reading.article
    published = article.published_at.date() if article.published_at else None
    return Document(reading.article_id, article.title, article.text, article.language or "en", published)


def _align(labels: Sequence[Claim], claims: Sequence[Claim]) -> dict[str, str]:
    """One to one, the likest first."""
    pairs = [(_likeness(label, claim), -i, -j) for i, label in enumerate(labels) for j, claim in enumerate(claims)]
    claim_of: dict[str, str] = {}
    for likeness, i, j in sorted(pairs, reverse=True):
        label, claim = labels[-i].claim_id, claims[-j].claim_id
        if likeness and label not in claim_of and claim not in claim_of.values():
            claim_of[label] = claim
    return claim_of


def _likeness(label: Claim, claim: Claim) -> float:
    """0 for claims of two things, else more the more slots agree; the same sentence counts most."""
    if label.kind != claim.kind or not _agrees(label, claim):
        return 0
    is_near = min(label.end, claim.end) > max(label.start, claim.start)
    return 1 + len(_SLOTS) * is_near + sum(getattr(label, slot) == getattr(claim, slot) for slot in _SLOTS)


def _agrees(label: Claim, claim: Claim) -> bool:
    if label.kind == "casualty" and label.subkind != claim.subkind:
        return False
    wanted, found = _figures(label), _figures(claim)
    if wanted:
        return any(abs(one - other) <= _ROUNDING * max(one, other) for one in wanted for other in found)
    if label.kind == "role":
        return (label.person or "").split()[-1:] == (claim.person or "").split()[-1:]
    return not found or claim.qualifier == "vague"


def _figures(claim: Claim) -> list[float]:
    return [float(f) for f in (claim.value_best, claim.value_low, claim.value_high) if f is not None]
