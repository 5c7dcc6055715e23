"""What a rule has read -> Claim: the grounding gate.

A slot comes with the span of its words, or it is named in `derived`; a value without words is refused. No rule makes a
Claim in any other way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extractors.facts.confidence import confidence_of
from extractors.facts.context import Context
from extractors.facts.reading import Sentence
from extractors.records import Claim, Document, Span, stable_id

# Slots that always follow from others and have no words of their own.
_FOLLOWING = ("status", "measure", "qualifier", "subkind")
_IDENTITY = (
    "subkind", "measure", "value_low", "value_best", "value_high", "qualifier", "unit", "currency", "actor", "target",
    "person", "role", "status", "event_start", "event_end", "place", "part_of",
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A claim in the making; `fields` are columns of Claim, `spans` the words of its slots."""

    kind: str
    rule: str
    sentence: Sentence
    trigger: Span
    fields: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)
    whole: Draft | None = None

    def put(self, slot: str, span: Span | None, **fields: Any) -> None:
        """Fills a slot: its columns, and the words they were read from (None where they follow from other words)."""
        self.fields.update(fields)
        if span is None:
            self.derived.add(slot)
            self.spans.pop(slot, None)
        else:
            self.spans[slot] = [span]
            self.derived.discard(slot)

    def get(self, name: str) -> Any:
        """A column's value, None where it is not filled."""
        return self.fields.get(name)


def ground(drafts: list[Draft], context: Context, version: str) -> tuple[Claim, ...]:
    """The claims of all drafts whose spans hold; wholes come before their parts, so that parts can name them."""
    known = {id(draft) for draft in drafts}
    wholes = [draft.whole for draft in drafts if draft.whole is not None and id(draft.whole) in known]
    claims: dict[int, Claim] = {}
    # Hashing the text once: for every claim it would make the work grow with the square of the length.
    version_id = context.document.version_id
    for draft in (*wholes, *drafts):
        _ground_with_whole(draft, context, (version_id, version), claims)
    unique = {claim.claim_id: claim for claim in claims.values()}
    return tuple(sorted(unique.values(), key=lambda claim: (claim.in_title, claim.start, claim.end, claim.claim_id)))


Versions = tuple[str, str]


def _ground_with_whole(draft: Draft, context: Context, versions: Versions, claims: dict[int, Claim]) -> None:
    if id(draft) in claims:
        return
    whole = claims.get(id(draft.whole)) if draft.whole is not None else None
    if whole is not None:
        draft.fields["part_of"] = whole.claim_id
    claim = _ground_one(draft, context.document, context.mission.name, versions)
    if claim is not None:
        claims[id(draft)] = claim


def _ground_one(draft: Draft, document: Document, mission: str, versions: Versions) -> Claim | None:
    text = document.title if draft.sentence.in_title else document.text
    if not _holds(draft, text):
        return None
    sentence = (draft.sentence.start, draft.sentence.end)
    spans = {slot: tuple(sorted(found)) for slot, found in draft.spans.items()}
    spans["trigger"] = (draft.trigger,)
    spans["sentence"] = (sentence,)
    fields = dict(draft.fields)
    identity = [fields.get(name) for name in _IDENTITY]
    return Claim(
        claim_id=stable_id(
            versions[0], mission, draft.kind, *draft.trigger, draft.sentence.in_title, *identity, versions[1]
        ),
        document=document.id,
        version_id=versions[0],
        mission=mission,
        kind=draft.kind,
        rule=draft.rule,
        extractor_version=versions[1],
        language=document.language,
        sentence=text[sentence[0] : sentence[1]],
        start=draft.trigger[0],
        end=draft.trigger[1],
        spans=spans,
        derived=tuple(sorted(draft.derived | {name for name in _FOLLOWING if fields.get(name) is not None})),
        in_title=draft.sentence.in_title,
        **{"confidence": confidence_of(draft.rule, draft.kind), **fields},
    )


def _holds(draft: Draft, text: str) -> bool:
    spans = [draft.trigger, *(span for found in draft.spans.values() for span in found)]
    if not all(0 <= start < end <= len(text) for start, end in spans):
        return False
    has_value = any(draft.fields.get(name) is not None for name in ("value_low", "value_best", "value_high"))
    return not has_value or "value" in draft.spans
