"""Verb before a number -> qualifier: verbs that say on which side of a number the count lies ("dépasse", "ronda").

They stand for no part of the number, as "more than" does: adverbs may part them from it, and a negation turns them.
"""

from __future__ import annotations

from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence

# "dépasse désormais largement les", "n'a toutefois jamais dépassé": so many words between the verb and the number,
# and between the negation and its verb.
_REACH = 4
_PASSED = frozenset(["adverb", "passing_adverb", "at_present", "earlier", "only", "never", "negation"])


def read_bound(sentence: Sentence, quantity: Quantity) -> str | None:
    """As in "approche ainsi les 1 050" (nearly), "ne dépasse guère 400" (up to); None without such a verb."""
    k = quantity.i - 1
    while k > quantity.i - _REACH and sentence.tags(k) & _PASSED:
        k -= 1
    verb = sentence.marks[k] if "bounding" in sentence.tags(k) else None
    if verb is None or verb.entry.qualifier is None:
        return None
    around = (*range(verb.i - _REACH, verb.i), *range(verb.j, quantity.i))
    if verb.entry.qualifier == "more_than" and any("negation" in sentence.tags(n) for n in around):
        return "up_to"
    return verb.entry.qualifier if quantity.qualifier == "exact" else None
