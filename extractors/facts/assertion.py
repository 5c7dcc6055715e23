"""Draft -> how firmly it is said: denied, alleged, conditional, or plainly asserted."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.drafts import Draft

# "allegedly killed", "did not kill": the word of doubt stands so many tokens before the verb, in its clause.
_REACH = 5


def assess(reading: Reading, draft: Draft) -> None:
    """Changes status, polarity and certainty where the words before the trigger take the assertion back."""
    if draft.kind in ("role", "statement", "mandate"):
        return
    tags = _tags_before(reading, draft)
    if ("denial" in tags and draft.get("status") == "done") or ("negation" in tags and draft.kind == "casualty"):
        draft.fields.update(status="denied", polarity="-")
    elif "hearsay" in tags:
        draft.fields["certainty"] = "possible"
        if draft.get("status") == "done" and draft.kind != "casualty":
            draft.fields["status"] = "alleged"
    elif "condition" in tags and draft.get("status") == "planned":
        draft.fields.update(status="conditional", certainty="possible")


def _tags_before(reading: Reading, draft: Draft) -> set[str]:
    sentence = reading.sentence
    at = next((k for k, token in enumerate(sentence.tokens) if token.start >= draft.trigger[0]), 0)
    found: set[str] = set()
    for k in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if sentence.low(k) in (",", ";") or "break" in sentence.tags(k):
            break
        found |= sentence.tags(k)
    return found
