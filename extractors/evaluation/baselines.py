"""Document -> Claims, the simple ways: what a score has to beat before it means anything.

Both see the same words, names and numbers as the rules do, and know nothing of grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft, ground
from extractors.facts.entry import Cue
from extractors.facts.extractor import ClaimExtractor
from extractors.facts.kinds.values import new_draft
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark
from extractors.facts.slots import actor_of, put_actor
from extractors.records import Claim, Document

Baseline = Callable[[ClaimExtractor, Document], tuple[Claim, ...]]


def nearest_number(extractor: ClaimExtractor, document: Document) -> tuple[Claim, ...]:
    """The number nearest to a trigger word is its value, the name nearest to it who acts, whatever stands between."""
    return _read(extractor, document, _nearest_to_triggers)


def verb_plus_unit(extractor: ClaimExtractor, document: Document) -> tuple[Claim, ...]:
    """A trigger with a number and a unit it may govern after it, as pattern matchers over word lists do it."""
    return _read(extractor, document, _governed_units)


BASELINES: dict[str, Baseline] = {"nearest number": nearest_number, "verb plus unit": verb_plus_unit}

Candidates = Callable[[Reading], Iterator[tuple[Mark, Cue, Quantity]]]


def _read(extractor: ClaimExtractor, document: Document, candidates: Candidates) -> tuple[Claim, ...]:
    context = extractor.read(document)
    if context is None:
        return ()
    drafts = [
        _draft(context, reading, *found) for reading in context.readings for found in _unique(candidates(reading))
    ]
    return ground(drafts, context, "baseline")


def _unique(found: Iterator[tuple[Mark, Cue, Quantity]]) -> Iterator[tuple[Mark, Cue, Quantity]]:
    """One kind once for each number."""
    seen: set[tuple[str, int]] = set()
    for mark, cue, quantity in found:
        if (cue.kind, quantity.i) not in seen:
            seen.add((cue.kind, quantity.i))
            yield mark, cue, quantity


def _nearest_to_triggers(reading: Reading) -> Iterator[tuple[Mark, Cue, Quantity]]:
    for mark, cue in reading.sentence.cues():
        if reading.quantities:
            yield mark, cue, min(reading.quantities, key=lambda quantity: abs(quantity.i - mark.i))


def _governed_units(reading: Reading) -> Iterator[tuple[Mark, Cue, Quantity]]:
    for mark, cue in reading.sentence.cues():
        fitting = (q for q in reading.quantities if q.i >= mark.j and q.group in cue.accepts)
        if (first := next(fitting, None)) is not None:
            yield mark, cue, first


def _draft(context: Context, reading: Reading, mark: Mark, cue: Cue, quantity: Quantity) -> Draft:
    draft = new_draft(cue.kind, f"baseline.{cue.name}", reading, quantity, (mark.i, mark.j))
    draft.fields.update(subkind=cue.subkind, status=cue.status or "done", measure=cue.measure)
    if quantity.currency is not None:
        draft.fields["currency"] = quantity.currency
    actors = [
        (actor, other, reading.sentence)
        for other in reading.sentence.each()
        if (actor := actor_of(other)) is not None and (context.is_contributor(actor) or context.is_force(actor))
    ]
    if actors:
        put_actor(draft, min(actors, key=lambda found: abs(found[1].i - mark.i)))
    return draft
