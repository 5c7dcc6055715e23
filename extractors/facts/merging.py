"""Drafts -> drafts: one claim for one assertion, whether it stands in the headline, the lead or twice."""

from __future__ import annotations

from extractors.facts.context import Context
from extractors.facts.drafts import Draft

_FAMILY = dict.fromkeys(("deployment", "pledge", "strength", "mandate", "withdrawal"), "people")


def merge(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Drops repetitions, headlines that the body says again, and kinds that the mission does not want."""
    wanted = [draft for draft in drafts if draft.kind in context.mission.kinds]
    wanted.sort(key=_rank)
    kept: list[Draft] = []
    for draft in wanted:
        if not any(_repeats(draft, known) for known in kept):
            kept.append(draft)
    _unite_extensions(kept)
    return [draft for draft in kept if not _is_told_by_size(draft, kept)]


def _rank(draft: Draft) -> tuple[object, ...]:
    """Body before headline, numbers before what has none, then the order of the text."""
    return draft.sentence.in_title, _value(draft) is None, draft.sentence.index, draft.trigger


def _unite_extensions(kept: list[Draft]) -> None:
    """As in "The mandate was extended. The Council adopted resolution N on Monday": one act, dated by the second."""
    for draft in kept:
        if draft.get("subkind") != "extend" or draft.get("event_start") is not None or draft.kind != "mandate":
            continue
        for other in kept:
            near = other.kind == "mandate" and abs(other.sentence.index - draft.sentence.index) <= 1
            if near and other.get("subkind") == "authorise" and other.get("event_start") is not None:
                draft.fields.update({name: other.get(name) for name in _DATE_FIELDS})
                draft.spans["event"] = other.spans["event"]
                other.fields["event_start"] = None
                break


_DATE_FIELDS = ("event_start", "event_end", "date_precision", "date_basis")


def _is_told_by_size(draft: Draft, kept: list[Draft]) -> bool:
    """An authorisation without a number beside the authorised size of the same document."""
    if draft.kind != "mandate" or _value(draft) is not None or draft.get("subkind") not in ("authorise", "transition"):
        return False
    sizes = [other for other in kept if other.kind == "mandate" and _value(other) is not None]
    near = [o for o in sizes if o.get("status") == "done" and abs(o.sentence.index - draft.sentence.index) <= 3]
    extended = [o for o in kept if o.get("subkind") == "extend" and abs(o.sentence.index - draft.sentence.index) <= 1]
    return bool(near) or (bool(extended) and draft.get("event_start") is None)


def _repeats(draft: Draft, known: Draft) -> bool:
    if _FAMILY.get(draft.kind, draft.kind) != _FAMILY.get(known.kind, known.kind):
        return False
    if draft.kind == "statement":
        return bool(draft.trigger == known.trigger)
    if draft.kind == "role":
        same_post = draft.sentence is not known.sentence or draft.trigger == known.trigger
        return bool(draft.get("person") == known.get("person")) and same_post
    if draft.get("subkind") != known.get("subkind") or draft.get("currency") != known.get("currency"):
        return False
    return _repeats_uncounted(draft, known) if _value(draft) is None else _repeats_counted(draft, known)


def _repeats_counted(draft: Draft, known: Draft) -> bool:
    if _value(draft) != _value(known) or _are_told_apart(draft, known):
        return False
    same_kind = draft.kind == known.kind and _same(draft, known, "actor")
    return draft.sentence.in_title or (same_kind and draft.get("status") == known.get("status"))


def _are_told_apart(draft: Draft, known: Draft) -> bool:
    """Two numbers of one sentence, or of two days, are two things however equal they look."""
    if draft.sentence.in_title:
        return False
    if draft.sentence is known.sentence:
        return draft.spans.get("value") != known.spans.get("value")
    days = {draft.get("event_start"), known.get("event_start")} - {None}
    return len(days) > 1 and draft.get("measure") == "flow"


def _repeats_uncounted(draft: Draft, known: Draft) -> bool:
    same = draft.kind == known.kind and _same(draft, known, "actor")
    if draft.sentence.in_title:
        return same or draft.get("actor") == known.get("actor")
    if draft.kind in ("control", "mandate"):
        return same and draft.get("place") == known.get("place") and draft.get("status") == known.get("status")
    same_when = draft.get("event_start") == known.get("event_start")
    return same and draft.get("status") == known.get("status") and (same_when or known.get("value_best") is not None)


def _same(draft: Draft, known: Draft, name: str) -> bool:
    one, other = draft.get(name), known.get(name)
    return one is None or other is None or one == other


def _value(draft: Draft) -> object:
    return draft.get("value_best") or draft.get("value_low") or draft.get("value_high")
