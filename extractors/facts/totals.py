"""Drafts -> drafts that know their total: parts told in one sentence, and what they add up to in another.

As in "20 soldiers and four policemen landed. The group of 24 ..." and "83 soldiers from Guatemala and El Salvador
landed. They are 75 Guatemalans and eight Salvadorans". (What adds up within one sentence, `sums.py` finds.)
"""

from __future__ import annotations

from extractors.facts.context import Context
from extractors.facts.drafts import Draft

_KINDS = frozenset(["deployment", "withdrawal", "strength", "pledge"])
# So many sentences away the total is still spoken of.
_REACH = 2
# Smaller numbers add up by chance.
_SMALLEST = 10
_ALIKE = ("status", "polarity", "measure")


def link_totals(context: Context, drafts: list[Draft]) -> None:
    """Gives parts their total; a total of several nations is no nation's own."""
    for total in drafts:
        parts = _parts_of(total, drafts)
        if not parts:
            continue
        for part in parts:
            part.whole = total
        nations = {part.get("actor") for part in parts}
        if len(nations) > 1 and total.get("actor") in nations:
            total.put("actor", None, actor=context.force, actor_country=None, actor_text=None)


def _parts_of(total: Draft, drafts: list[Draft]) -> list[Draft]:
    value = total.get("value_best")
    if total.kind not in _KINDS or value is None or value < _SMALLEST or total.whole is not None:
        return []
    near = [draft for draft in drafts if _may_be_part(draft, total)]
    for index in sorted({draft.sentence.index for draft in near}, key=lambda index: abs(index - total.sentence.index)):
        parts = [draft for draft in near if draft.sentence.index == index]
        if len(parts) > 1 and sum(part.get("value_best") for part in parts) == value:
            return parts
    return []


def _may_be_part(draft: Draft, total: Draft) -> bool:
    if draft is total or draft.kind != total.kind or draft.whole is not None or draft.get("value_best") is None:
        return False
    distance = abs(draft.sentence.index - total.sentence.index)
    if draft.sentence.in_title != total.sentence.in_title or not 0 < distance <= _REACH:
        return False
    days = {draft.get("event_start"), total.get("event_start")} - {None}
    return len(days) < 2 and all(draft.get(name) == total.get(name) for name in _ALIKE)
