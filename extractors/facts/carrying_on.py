"""Drafts of a sentence that nobody is quoted for -> the claimant of the sentence before, whose count they go on with.

"At least 70 were killed, the UN said. Another 16 were injured." A sentence with a day or a place of its own tells of
something else, unless it only gives an earlier count ("A year ago it was 315,000").
"""

from __future__ import annotations

from extractors.facts.attribution import read_said
from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft

# Counts that one source gives in a row; what troops do and money does is told by the way.
_COUNTED = frozenset(["casualty", "displacement", "need"])
_TOLD = frozenset(["indirect_quote", "according_to"])


def carry_on(context: Context, reading: Reading, drafts: list[Draft], before: list[Draft]) -> None:
    """Fills the source of drafts that go on with a count.

    Args:
        before: the drafts of the sentence before, with their sources.
    """
    if reading.sentence.in_title or not _is_next(context, reading) or read_said(context, reading):
        return
    for draft in drafts:
        if draft.kind not in _COUNTED or draft.get("source") is not None or draft.get("attribution") is not None:
            continue
        model = next((old for old in reversed(before) if old.kind == draft.kind and _is_told(old)), None)
        if model is not None and _goes_on(reading, draft):
            names = ("attribution", "source", "source_text", "source_type", "via")
            fields = {name: model.get(name) for name in names if model.get(name) is not None}
            draft.put("source", model.spans["source"][0], **fields)


def _is_told(draft: Draft) -> bool:
    return draft.get("attribution") in _TOLD and draft.get("source") is not None and "source" in draft.spans


def _is_next(context: Context, reading: Reading) -> bool:
    """True for a sentence in the paragraph of the one before it."""
    before = reading.before
    if before is None or before.sentence.in_title:
        return False
    return "\n" not in context.document.text[before.sentence.end : reading.sentence.start]


def _goes_on(reading: Reading, draft: Draft) -> bool:
    has_scene = any(not mention.is_speech for mention in reading.dates) or any(
        mark.name is not None and mark.name.place is not None for mark in reading.sentence.each()
    )
    return _is_bare(reading, draft) and (not has_scene or draft.kind == "displacement")


def _is_bare(reading: Reading, draft: Draft) -> bool:
    """A number without a noun of its own: "it was 5,981", "another 12", "douze autres"."""
    unit = draft.spans.get("unit")
    if unit is None:
        return True
    sentence = reading.sentence
    inside = [k for k, token in enumerate(sentence.tokens) if unit[0][0] <= token.start < unit[0][1]]
    return all("others" in sentence.tags(k) for k in inside)
