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
        known = next((known for known in kept if _repeats(draft, known)), None)
        if known is None:
            kept.append(draft)
        else:
            _complete(known, draft)
    _unite_extensions(kept)
    return [draft for draft in kept if not _is_told_by_size(draft, kept)]


def _rank(draft: Draft) -> tuple[object, ...]:
    """Body before headline, numbers before what has none, then the order of the text."""
    return draft.sentence.in_title, _value(draft) is None, draft.sentence.index, draft.trigger


def _complete(known: Draft, repeated: Draft) -> None:
    """As in "The dead were 5,601. In 2024 ... 5,601 died": what is told twice has the day that one of the two says."""
    is_same = known.kind == repeated.kind and _value(known) == _value(repeated) is not None
    if not is_same or known.get("event_start") is not None or repeated.get("event_start") is None:
        return
    known.put("event", None, date_basis="inherited")
    known.fields.update({name: repeated.get(name) for name in _TIME_FIELDS})


_TIME_FIELDS = ("event_start", "event_end", "date_precision", "measure")


def _unite_extensions(kept: list[Draft]) -> None:
    """As in "The mandate was extended. The Council adopted resolution N on Monday": one act, dated by the second."""
    for draft in list(kept):
        if draft.get("subkind") != "extend" or draft.get("event_start") is not None or draft.kind != "mandate":
            continue
        for other in kept:
            near = other.kind == "mandate" and abs(other.sentence.index - draft.sentence.index) <= 1
            if near and other.get("subkind") == "authorise" and other.get("event_start") is not None:
                draft.fields.update({name: other.get(name) for name in _DATE_FIELDS})
                draft.spans["event"] = other.spans["event"]
                kept.remove(other)
                break


_DATE_FIELDS = ("event_start", "event_end", "date_precision", "date_basis")


def _is_told_by_size(draft: Draft, kept: list[Draft]) -> bool:
    """An authorisation without a number beside the authorised size of the same sentence."""
    if draft.kind != "mandate" or _value(draft) is not None or draft.get("subkind") not in ("authorise", "transition"):
        return False
    return any(
        o.kind == "mandate" and _value(o) is not None and o.get("status") == "done" and o.sentence is draft.sentence
        for o in kept
    )


def _repeats(draft: Draft, known: Draft) -> bool:
    if _FAMILY.get(draft.kind, draft.kind) != _FAMILY.get(known.kind, known.kind):
        return False
    if draft.kind == "statement":
        return bool(draft.trigger == known.trigger)
    if draft.kind == "role":
        same_post = draft.sentence is not known.sentence or draft.trigger == known.trigger
        return bool(draft.get("person") == known.get("person")) and same_post
    if draft.kind == "funding" and _value(draft) is None:
        return bool(draft.get("actor") == known.get("actor") and draft.get("status") == known.get("status"))
    # A headline says "$80.5 million" of what the body counts in C$.
    is_other_money = draft.get("currency") != known.get("currency") and not draft.sentence.in_title
    if draft.get("subkind") != known.get("subkind") or is_other_money:
        return False
    return _repeats_uncounted(draft, known) if _value(draft) is None else _repeats_counted(draft, known)


def _repeats_counted(draft: Draft, known: Draft) -> bool:
    if draft.sentence.in_title and _is_rounded(draft, known):
        return True
    if _value(draft) != _value(known) or _are_told_apart(draft, known):
        return False
    if draft.rule == "pledge.join" and _same(draft, known, "actor"):
        # "These 217 will join the first 400": those who have come are told again, not promised.
        return True
    same_kind = draft.kind == known.kind and _same(draft, known, "actor")
    return draft.sentence.in_title or (same_kind and draft.get("status") == known.get("status"))


# A headline rounds what the body counts: "près de 4.900 morts" for 4,864, "climbs past 100" for 115.
_ROUNDING = 0.03
_ROUGH = 0.2
_ROUNDED_KINDS = frozenset(["casualty", "displacement", "need"])


def _is_rounded(draft: Draft, known: Draft) -> bool:
    if draft.kind not in _ROUNDED_KINDS:
        return False
    one, other = _value(draft), _value(known)
    if not isinstance(one, float) or not isinstance(other, float):
        return False
    reach = _ROUNDING if draft.get("qualifier") in ("exact", None) else _ROUGH
    return abs(one - other) <= reach * max(one, other)


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
    if draft.kind == "mandate" and _are_of_other_days(draft, known):
        return False
    if draft.kind in ("control", "mandate"):
        return same and draft.get("place") == known.get("place") and draft.get("status") == known.get("status")
    same_when = draft.get("event_start") == known.get("event_start")
    return same and draft.get("status") == known.get("status") and (same_when or known.get("value_best") is not None)


def _are_of_other_days(draft: Draft, known: Draft) -> bool:
    """Two resolutions are told apart by their years: the one adopted now and the one of 2023."""
    one, other = draft.get("event_start"), known.get("event_start")
    return one is not None and other is not None and one.year != other.year


def _same(draft: Draft, known: Draft, name: str) -> bool:
    one, other = draft.get(name), known.get(name)
    return one is None or other is None or one == other


def _value(draft: Draft) -> object:
    return draft.get("value_best") or draft.get("value_low") or draft.get("value_high")
