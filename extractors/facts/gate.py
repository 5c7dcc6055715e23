"""Proposal -> Claim or Refusal: the gate that whatever another extractor finds has to pass.

The passage must stand in the text (exactly, folded, or aligned at 0.75), every slot's words within it, and the value is
read out of its words by the reader of numbers that the rules use: an invented one has no words to be read from.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.facts.context import Context, Reading
from extractors.facts.date_mention import DateMention
from extractors.facts.drafts import Draft, ground
from extractors.facts.kinds.values import bounds, new_draft
from extractors.facts.locating import Locator, align
from extractors.facts.places import place_fields
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import actor_of, put_actor, put_date
from extractors.facts.tokens import read_tokens
from extractors.proposal import WORDED_SLOTS, Proposal
from extractors.records import Claim, Grounding, Refusal, Span

STATUSES = frozenset(
    ["done", "planned", "pledged", "requested", "needed", "unfulfilled", "denied", "alleged", "conditional"]
)
MEASURES = frozenset(["flow", "stock", "cumulative", "ceiling", "requirement", "share"])
SUBKINDS = {
    "casualty": frozenset(
        ["killed", "injured", "kidnapped", "missing", "sexual_violence", "killed_or_injured",
         "killed_injured_or_kidnapped"]
    ),
    "mandate": frozenset(["authorise", "extend", "transition", "terminate"]),
    "role": frozenset(["holds", "appointed", "resigned", "replaced", "former"]),
    "control": frozenset(["held", "retaken"]),
}  # fmt: skip
# What a status is where the extractor says none.
_USUAL_STATUS = {"pledge": "pledged", "need": "needed"}
# Two numbers this near are one number written in two ways ("1.3 million").
_SAME_NUMBER = 0.005


@dataclass(frozen=True, slots=True)
class Maker:
    """Who proposes, and which release of it."""

    name: str
    version: str


class _NotGroundedError(Exception):
    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def admit(
    context: Context, proposals: Sequence[Proposal], maker: Maker, known: Sequence[Claim] = ()
) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """Proposals of one document as claims, and why the others are none.

    Args:
        known: claims of the document that other extractors made; what says the same again is left out.
    """
    locators = {False: Locator(context.document.text), True: Locator(context.document.title)}
    claims: list[Claim] = []
    refusals: list[Refusal] = []
    for proposal in proposals:
        try:
            claim = _admit_one(context, proposal, maker, locators)
        except _NotGroundedError as error:
            refusals.append(refuse(context, maker, error.reason, error.detail, proposal))
            continue
        if not any(_says_again(claim, other) for other in (*known, *claims)):
            claims.append(claim)
    return tuple(claims), tuple(refusals)


def refuse(context: Context, maker: Maker, reason: str, detail: str, proposal: Proposal | None = None) -> Refusal:
    """The row that says why nothing came of a proposal, or of a whole document."""
    document = context.document
    return Refusal(
        article_id=document.id,
        version_id=document.version_id,
        mission=context.mission.name,
        extractor=maker.name,
        extractor_version=maker.version,
        reason=reason,
        detail=detail,
        proposal=dataclasses.asdict(proposal) if proposal is not None else None,
    )


def _says_again(claim: Claim, other: Claim) -> bool:
    """The same kind read from the same words, whoever read it."""
    if claim.kind != other.kind or claim.in_title != other.in_title:
        return False
    slot = next((name for name in ("value", "person") if name in claim.spans), "trigger")
    return any(a < d and c < b for a, b in claim.spans[slot] for c, d in other.spans.get(slot, ()))


def _admit_one(context: Context, proposal: Proposal, maker: Maker, locators: dict[bool, Locator]) -> Claim:
    _check_fields(context, proposal)
    passage, grounding, in_title = _find_passage(context, proposal, locators)
    spans = {slot: _find_words(proposal, slot, passage, locators[in_title]) for slot in proposal.words}
    reading = _sentence_of(context, spans, passage, in_title=in_title)
    draft = _start_draft(proposal, reading, spans, passage, f"{maker.name}.{proposal.kind}")
    _fill(context, draft, proposal, spans)
    made = ground([draft], context, f"{maker.name}/{maker.version}")
    if not made:
        raise _NotGroundedError("words_not_found", "a span lies outside of the text")
    # What is known of the rules' reliability says nothing of another extractor's.
    return dataclasses.replace(made[0], extractor=maker.name, grounding=grounding, confidence=None)


def _check_fields(context: Context, proposal: Proposal) -> None:
    lists = {
        "kind": context.mission.kinds,
        "status": STATUSES | {None},
        "measure": MEASURES | {None},
        "subkind": SUBKINDS.get(proposal.kind, frozenset()) | {None},
    }
    for name, allowed in lists.items():
        if getattr(proposal, name) not in allowed:
            raise _NotGroundedError("wrong_field", f"{name} {getattr(proposal, name)!r} of {proposal.kind}")
    unknown = sorted(set(proposal.words) - set(WORDED_SLOTS))
    if unknown:
        raise _NotGroundedError("wrong_field", f"no slot is called {unknown[0]!r}")
    if proposal.kind == "casualty" and proposal.subkind is None:
        raise _NotGroundedError("wrong_field", "a casualty without its harm")


def _find_passage(context: Context, proposal: Proposal, locators: dict[bool, Locator]) -> tuple[Span, Grounding, bool]:
    for in_title, locator in locators.items():
        found = locator.find(proposal.quote)
        if found is not None:
            return *found, in_title
    tokens = read_tokens(context.lexicon.pattern, proposal.quote, 0, len(proposal.quote))
    body = [reading.sentence for reading in context.readings if not reading.sentence.in_title]
    aligned = align(tokens, body) if tokens else None
    if aligned is None:
        raise _NotGroundedError("quote_not_found", "the passage does not stand in the text")
    return aligned, "aligned", False


def _find_words(proposal: Proposal, slot: str, passage: Span, locator: Locator) -> Span:
    found = locator.find(proposal.words[slot], passage)
    if found is None:
        raise _NotGroundedError("words_not_found", f"{slot} {proposal.words[slot]!r} does not stand in the passage")
    return found[0]


def _sentence_of(context: Context, spans: dict[str, Span], passage: Span, *, in_title: bool) -> Reading:
    """The sentence of the value, else of the trigger, else the first one of the passage."""
    start = next((spans[slot][0] for slot in ("value", "trigger", "person") if slot in spans), passage[0])
    return _reading_at(context, start, in_title=in_title)


def _start_draft(proposal: Proposal, reading: Reading, spans: dict[str, Span], passage: Span, rule: str) -> Draft:
    sentence = reading.sentence
    trigger = spans.get("trigger") or spans.get("value") or (max(passage[0], sentence.start), passage[1])
    if "value" not in spans:
        if proposal.value is not None:
            raise _NotGroundedError("value_not_read", f"{proposal.value:g} has no words")
        return Draft(proposal.kind, rule, sentence, trigger)
    start, end = spans["value"]
    quantity = next((q for q in reading.quantities if (w := sentence.span(*q.figure))[0] < end and start < w[1]), None)
    if quantity is None:
        raise _NotGroundedError("value_not_read", f"{proposal.words['value']!r} is no quantity")
    numbers = [number for number in bounds(quantity) if number is not None]
    if proposal.value is not None and not any(_is_same(proposal.value, number) for number in numbers):
        raise _NotGroundedError("value_differs", f"{proposal.words['value']!r} does not say {proposal.value:g}")
    draft = new_draft(proposal.kind, rule, reading, quantity, None)
    draft.trigger = trigger
    if quantity.currency is not None:
        draft.fields["currency"] = quantity.currency
    return draft


def _is_same(stated: float, read: float) -> bool:
    return abs(stated - read) <= _SAME_NUMBER * max(abs(stated), abs(read))


def _fill(context: Context, draft: Draft, proposal: Proposal, spans: dict[str, Span]) -> None:
    draft.fields.update(
        status=proposal.status or _USUAL_STATUS.get(proposal.kind, "done"),
        subkind=proposal.subkind,
        measure=proposal.measure,
    )
    for slot in {"person", "role"} & spans.keys():
        draft.put(slot, spans[slot], **{slot: _words(draft, spans[slot])})
    for slot in {"actor", "target"} & spans.keys():
        _put_actor(context, draft, slot, spans[slot])
    if "source" in spans:
        text = _words(draft, spans["source"])
        draft.put("source", spans["source"], source=text, source_text=text, attribution="indirect_quote")
    if "event" in spans:
        _put_event(context, draft, spans["event"])
    if "place" in spans:
        _put_place(context, draft, spans["place"])


def _reading_at(context: Context, offset: int, *, in_title: bool) -> Reading:
    """The sentence that an offset lies in."""
    for reading in context.readings:
        sentence = reading.sentence
        if sentence.in_title == in_title and sentence.start <= offset < sentence.end:
            return reading
    raise _NotGroundedError("quote_not_found", "the passage begins in no sentence")


def _touches(sentence: Sentence, mark: Mark | DateMention, span: Span) -> bool:
    start, end = sentence.span(mark.i, mark.j)
    return start < span[1] and span[0] < end


def _put_actor(context: Context, draft: Draft, slot: str, span: Span) -> None:
    """The actor that the words name; words that the mission has no name for are kept as they stand."""
    reading = _reading_at(context, span[0], in_title=draft.sentence.in_title)
    for mark in reading.sentence.each():
        actor = actor_of(mark)
        if actor is not None and _touches(reading.sentence, mark, span):
            put_actor(draft, (actor, mark, reading.sentence), slot=slot)
            draft.spans[slot] = [span]
            return
    draft.put(slot, span, **{f"{slot}_text": _words(draft, span)})


def _put_event(context: Context, draft: Draft, span: Span) -> None:
    reading = _reading_at(context, span[0], in_title=draft.sentence.in_title)
    for mention in reading.dates:
        if _touches(reading.sentence, mention, span):
            put_date(draft, mention, future=draft.fields["status"] == "planned", sentence=reading.sentence)
            return
    raise _NotGroundedError("date_not_read", f"{_words(draft, span)!r} is no date")


def _put_place(context: Context, draft: Draft, span: Span) -> None:
    """The place that the words name; a place that the gazetteer does not know is kept as it is spelt."""
    reading = _reading_at(context, span[0], in_title=draft.sentence.in_title)
    for mark in reading.sentence.each():
        if mark.name is not None and mark.name.place is not None and _touches(reading.sentence, mark, span):
            draft.put("place", span, **place_fields(mark.name.place, _words(draft, span), "explicit"))
            return
    draft.put("place", span, place=_words(draft, span), place_basis="explicit")


def _words(draft: Draft, span: Span) -> str:
    return draft.sentence.text[slice(*span)]
