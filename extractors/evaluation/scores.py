"""GoldDocuments, claims -> Report: precision, recall and F1, the slots, and what was missed or made up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.evaluation.agreement import SLOTS, agrees_loosely, agrees_strictly, count_agreeing, slot_agrees
from extractors.evaluation.gold import GoldDocument, GoldFact
from extractors.records import Claim


@dataclass(slots=True)
class Score:
    """Counts behind precision and recall: facts wanted, claims made, and how many of them agree one to one."""

    wanted: int = 0
    made: int = 0
    hits: int = 0

    @property
    def precision(self) -> float | None:
        """The share of claims that are right; None where none was made."""
        return self.hits / self.made if self.made else None

    @property
    def recall(self) -> float | None:
        """The share of facts that were found; None where there is none."""
        return self.hits / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two; None where nothing was wanted and nothing made."""
        total = self.wanted + self.made
        return 2 * self.hits / total if total else None


@dataclass(slots=True)
class Report:
    """What an extractor is worth on some documents.

    Args:
        loose, strict: by group: "all", "language en", "kind casualty".
        rules: by name of the rule, its claims and those that agree strictly; a rule wants nothing of its own.
        slots: right and compared, by slot, over the loosely aligned pairs.
        missed: facts without a claim, with the id of their document; `spurious` claims without a fact.
        in_empty: claims made in documents that hold no fact.
    """

    loose: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    strict: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    rules: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    slots: dict[str, Score] = field(default_factory=lambda: {slot: Score() for slot in SLOTS})
    missed: list[tuple[str, GoldFact]] = field(default_factory=list)
    spurious: list[tuple[str, Claim]] = field(default_factory=list)
    in_empty: int = 0


def score_claims(documents: Iterable[GoldDocument], claims: Mapping[str, Sequence[Claim]]) -> Report:
    """Compare claims with gold facts, document by document.

    Args:
        claims: by id of the document; a document without an entry has none.
    """
    report = Report()
    for gold in documents:
        made = claims.get(gold.document.id, ())
        pairs = align(gold.facts, made, agrees_loosely)
        _count(report.loose, gold, made, pairs)
        strict_pairs = align(gold.facts, made, agrees_strictly)
        _count(report.strict, gold, made, strict_pairs)
        _count_rules(report, made, {j for _, j in strict_pairs})
        _count_slots(report, [(gold.facts[i], made[j]) for i, j in pairs])
        _list_misses(report, gold, made, pairs)
        report.in_empty += 0 if gold.facts else len(made)
    return report


Pairs = list[tuple[int, int]]


def align(facts: Sequence[GoldFact], claims: Sequence[Claim], agrees: Callable[[GoldFact, Claim], bool]) -> Pairs:
    """One-to-one pairs of positions (fact, claim): those that agree in most slots first, then in the order given."""
    candidates = sorted(
        (-count_agreeing(fact, claim), i, j)
        for i, fact in enumerate(facts)
        for j, claim in enumerate(claims)
        if agrees(fact, claim)
    )
    used_facts: set[int] = set()
    used_claims: set[int] = set()
    pairs: Pairs = []
    for _, i, j in candidates:
        if i not in used_facts and j not in used_claims:
            used_facts.add(i)
            used_claims.add(j)
            pairs.append((i, j))
    return pairs


def _count(scores: dict[str, Score], gold: GoldDocument, made: Sequence[Claim], pairs: Pairs) -> None:
    for group in ("all", f"language {gold.document.language}"):
        score = scores[group]
        score.wanted += len(gold.facts)
        score.made += len(made)
        score.hits += len(pairs)
    for fact in gold.facts:
        scores[f"kind {fact.kind}"].wanted += 1
    for claim in made:
        scores[f"kind {claim.kind}"].made += 1
    for i, _ in pairs:
        scores[f"kind {gold.facts[i].kind}"].hits += 1


def _count_rules(report: Report, made: Sequence[Claim], right: set[int]) -> None:
    for j, claim in enumerate(made):
        for name in (claim.rule, claim.kind):
            report.rules[name].made += 1
            report.rules[name].hits += j in right


def _count_slots(report: Report, pairs: Iterable[tuple[GoldFact, Claim]]) -> None:
    for fact, claim in pairs:
        for slot in SLOTS:
            verdict = slot_agrees(slot, fact, claim)
            if verdict is not None:
                report.slots[slot].wanted += 1
                report.slots[slot].hits += verdict


def _list_misses(report: Report, gold: GoldDocument, made: Sequence[Claim], pairs: Pairs) -> None:
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    report.missed += [(gold.document.id, fact) for i, fact in enumerate(gold.facts) if i not in found]
    report.spurious += [(gold.document.id, claim) for j, claim in enumerate(made) if j not in used]
