"""Draft -> how firmly it is said: denied, alleged, conditional, or plainly asserted."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.drafts import Draft
from extractors.facts.reading import Sentence

# "allegedly killed", "did not kill": the word of doubt stands so many tokens before the verb, in its clause.
_REACH = 5


def assess(reading: Reading, draft: Draft) -> None:
    """Changes status, polarity and certainty where the words around the trigger take the assertion back."""
    if draft.kind in ("role", "statement", "mandate") or not _may_doubt(reading):
        return
    before, after = _tags_before(reading, draft), _tags_after(reading, draft)
    if _is_denied(reading, draft, before, after):
        draft.fields.update(status="denied", polarity="-")
    elif "hearsay" in before or ("doubt" in after and draft.kind != "pledge"):
        draft.fields["certainty"] = "possible"
        if draft.get("status") == "done":
            draft.fields["status"] = "alleged"
    elif _is_imagined(draft, before) or (
        draft.get("status") in ("planned", "pledged") and _is_conditional(draft, before, after)
    ):
        draft.fields.update(status="conditional", certainty="possible")


_DOUBTING = frozenset(["denial", "negation", "hearsay", "condition", "proviso", "doubt", "untrue"])


def _may_doubt(reading: Reading) -> bool:
    """False for the many sentences without a word of doubt."""
    return any(mark.entry.tags & _DOUBTING for mark in reading.sentence.found)


def _is_denied(reading: Reading, draft: Draft, before: frozenset[str], after: frozenset[str]) -> bool:
    if _is_rejected(reading, draft):
        return True
    if "denial" in before and draft.get("status") == "done":
        return True
    is_rumour = "rumour" in _tags_of(reading, 0, _token_at(reading, draft.trigger[0]))
    if is_rumour and ("untrue" in after or _opens_untrue(reading.sentence)):
        return True
    return "negation" in before and draft.kind == "casualty"


def _opens_untrue(sentence: Sentence) -> bool:
    """As in "False, the mission said of a rumour that ...": the first word is the answer."""
    return "untrue" in sentence.tags(0) and sentence.low(1) in (",", ":")


def _is_conditional(draft: Draft, before: frozenset[str], after: frozenset[str]) -> bool:
    """As in "would send 1,500 provided that somebody else feeds them"; "may arrive in May" is less than a plan."""
    return "proviso" in after or ("condition" in before and draft.get("status") == "planned")


def _is_imagined(draft: Draft, before: frozenset[str]) -> bool:
    """As in "if the force reached 2,500": a size that is only supposed."""
    return draft.rule == "strength.total" and bool(before & {"condition", "proviso"})


def _is_rejected(reading: Reading, draft: Draft) -> bool:
    """As in "rejected a claim, spread on social networks, that four had been killed": the clause is what is denied."""
    sentence, is_denied = reading.sentence, False
    for k, token in enumerate(sentence.tokens):
        if token.start >= draft.trigger[0]:
            return False
        tags = sentence.tags(k)
        if "denial" in tags:
            is_denied = True
            if "complement" in tags and not draft.sentence.in_title:
                return not _turns(sentence, k + 1, draft.trigger[0])
        elif is_denied and "complement" in tags and not draft.sentence.in_title:
            return not _turns(sentence, k + 1, draft.trigger[0])
        elif is_denied and (token.text == ";" or ("break" in tags and not tags & {"relative", "complement"})):
            is_denied = False
    return False


def _turns(sentence: Sentence, k: int, stop: int) -> bool:
    """True where another clause opens before the trigger ("denied that ..., but four were killed")."""
    while k < len(sentence.tokens) and sentence.tokens[k].start < stop:
        if sentence.low(k) == ";" or sentence.tags(k) & {"break"}:
            return True
        k += 1
    return False


def _token_at(reading: Reading, offset: int) -> int:
    k = reading.sentence.token_at(offset)
    return len(reading.sentence.tokens) if k is None else k


def _tags_of(reading: Reading, first: int, last: int) -> frozenset[str]:
    found: set[str] = set()
    for k in range(first, last):
        found |= reading.sentence.tags(k)
    return frozenset(found)


def _tags_before(reading: Reading, draft: Draft) -> frozenset[str]:
    sentence, at = reading.sentence, _token_at(reading, draft.trigger[0])
    first = at
    while first > max(0, at - _REACH):
        if sentence.low(first - 1) in (",", ";") or "break" in sentence.tags(first - 1):
            break
        first -= 1
    return _tags_of(reading, first, at)


def _tags_after(reading: Reading, draft: Draft) -> frozenset[str]:
    """The words behind the trigger and its number, up to the next clause of its own number."""
    sentence, ends = reading.sentence, [draft.trigger[1], *(end for _, end in draft.spans.get("value", ()))]
    first = _token_at(reading, max(ends))
    own = {first - 1}
    numbers = (q.figure[0] for q in reading.quantities if q.figure[0] >= first and q.figure[0] not in own)
    stops = [k for k in range(first, len(sentence.tokens)) if sentence.low(k) in (";", ":")]
    return _tags_of(reading, first, min([*numbers, *stops, len(sentence.tokens)]))
