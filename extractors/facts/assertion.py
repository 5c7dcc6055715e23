"""Draft -> how firmly it is said: denied, alleged, conditional, or plainly asserted."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.drafts import Draft
from extractors.facts.reading import Sentence

# "allegedly killed", "did not kill": the word of doubt stands so many tokens before the verb, in its clause.
_REACH = 5


def assess(reading: Reading, draft: Draft) -> None:
    """Changes status, polarity and certainty where the words before the trigger take the assertion back."""
    if draft.kind in ("role", "statement", "mandate"):
        return
    tags = _tags_before(reading, draft)
    if _is_rejected(reading, draft):
        tags = tags | {"denial"}
    if ("denial" in tags and draft.get("status") == "done") or ("negation" in tags and draft.kind == "casualty"):
        draft.fields.update(status="denied", polarity="-")
    elif "hearsay" in tags:
        draft.fields["certainty"] = "possible"
        if draft.get("status") == "done":
            draft.fields["status"] = "alleged"
    elif "condition" in tags and draft.get("status") == "planned":
        draft.fields.update(status="conditional", certainty="possible")


def _is_rejected(reading: Reading, draft: Draft) -> bool:
    """As in "rejected a claim, spread on social networks, that four had been killed": the clause is what is denied."""
    sentence, is_denied = reading.sentence, False
    for k, token in enumerate(sentence.tokens):
        if token.start >= draft.trigger[0]:
            return False
        tags = sentence.tags(k)
        if "denial" in tags:
            is_denied = True
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


def _tags_before(reading: Reading, draft: Draft) -> set[str]:
    sentence = reading.sentence
    at = next((k for k, token in enumerate(sentence.tokens) if token.start >= draft.trigger[0]), 0)
    found: set[str] = set()
    for k in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if sentence.low(k) in (",", ";") or "break" in sentence.tags(k):
            break
        found |= sentence.tags(k)
    return found
