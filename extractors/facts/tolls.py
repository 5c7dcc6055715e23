"""Draft -> is its number the toll of one event ("killed in last week's attack has climbed to 115"), or one so far?"""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.reading import Sentence

# "in last week's gang assault", "tras la masacre": so many tokens from the preposition to its noun.
_PREPOSITION_REACH = 6
# "the massacre of Wharf Jérémie, with 207 dead": so many tokens from the noun to its toll, and from "with" to it.
_TOLL_REACH = 7
_WITH_REACH = 3
# "have been", "han sido": so many tokens stand between the auxiliary and its verb.
_PERFECT_REACH = 3


def is_toll_of_one(context: Context, reading: Reading, draft: Draft) -> bool:
    """As in "The toll of Thursday's attack rose to 70": however often it was raised, all fell in one event."""
    sentence = reading.sentence
    value = sentence.token_at(draft.spans["value"][0][0]) if "value" in draft.spans else None
    if value is None:
        return False
    return any(_is_of(reading, i, j, value) for i, j in _events(context, sentence))


def _events(context: Context, sentence: Sentence) -> list[tuple[int, int]]:
    """The single events that a sentence names, also inside phrases ("la masacre de"), as tokens i to j."""
    return [
        (mark.i, mark.j)
        for mark in sentence.each()
        if "single_event" in mark.entry.tags or context.holds(sentence, range(mark.i, mark.j), "single_event")
    ]


def _is_of(reading: Reading, i: int, j: int, value: int) -> bool:
    """True where a preposition ties the event at tokens i to j to this number, and no other number lies between."""
    sentence = reading.sentence
    first, last = min(j, value), max(i, value)
    if any(sentence.low(k) == ";" for k in range(first, last)):
        return False
    if any(q.group != "money" and first <= q.figure[0] < last and q.figure[0] != value for q in reading.quantities):
        return False
    return _is_inside(sentence, i) or _is_with(sentence, j, value)


def _is_inside(sentence: Sentence, i: int) -> bool:
    """As in "in the attack", "de la matanza", "muertos por el ataque"; not "since the attack" nor "with the attack"."""
    for k in range(i - 1, max(-1, i - 1 - _PREPOSITION_REACH), -1):
        tags = sentence.tags(k)
        if tags & {"since", "comparison", "contrast"} or sentence.low(k) in (",", ";", ":"):
            return False
        if tags & {"place_preposition", "of", "later_than", "by"}:
            return "article" not in sentence.tags(k + 1)
        if "preposition" in tags or sentence.entry(k).cues:
            return False
    return False


def _is_with(sentence: Sentence, j: int, value: int) -> bool:
    """As in "the massacre of Wharf Jérémie, with 207 dead": the toll is said of the noun before it."""
    near = range(max(j, value - _WITH_REACH), value)
    return j <= value <= j + _TOLL_REACH and any("accompanying" in sentence.tags(k) for k in near)


def is_toll_so_far(context: Context, reading: Reading, draft: Draft) -> bool:
    """As in "Three Kenyans have died", "has lost two officers": without a day, what a contributor has lost so far."""
    if draft.kind != "casualty" or draft.get("status") != "done" or (draft.get("value_best") or 0) < _FEWEST:
        return False
    actor = context.actors.get(draft.get("actor") or "")
    if not (context.is_contributor(actor) or context.is_force(actor)):
        return False
    sentence = reading.sentence
    at = sentence.token_at(draft.trigger[0]) or 0
    if _counts_from_arrival(sentence, at):
        return True
    if any(not _is_of_telling(sentence, mention.i, at, is_speech=mention.is_speech) for mention in reading.dates):
        return False
    return any(_is_perfect(context, sentence, k) for k in range(max(0, at - _PERFECT_REACH), at + 1)) or (
        _is_pluperfect(context, sentence, at)
        and any("before_then" in sentence.tags(k) for k in range(at, at + _BEFORE))
    )


def is_counted_from_arrival(reading: Reading, draft: Draft) -> bool:
    """As in "has lost two officers since its deployment": wherever in the land they fell."""
    return _counts_from_arrival(reading.sentence, reading.sentence.token_at(draft.trigger[0]) or 0)


# One who has died is told as an event.
_FEWEST = 2
# "had been killed in Haiti before": so many tokens from the verb to the word.
_BEFORE = 6


def _counts_from_arrival(sentence: Sentence, at: int) -> bool:
    """As in "has lost two officers since its deployment": whatever other day the sentence tells."""
    for k in range(at, len(sentence.tokens)):
        if sentence.low(k) in (";", ":"):
            return False
        if "since_arrival" in sentence.tags(k):
            return True
    return False


def _is_of_telling(sentence: Sentence, day: int, at: int, *, is_speech: bool) -> bool:
    """As in "has lost three officers, the president told the General Assembly in New York on Monday"."""
    return is_speech or (day > at and any("said" in sentence.tags(k) for k in range(at, day)))


def _is_perfect(context: Context, sentence: Sentence, k: int) -> bool:
    """As in "have died", "has lost", also where a phrase holds the word."""
    return "perfect" in sentence.tags(k) or context.holds(sentence, (k,), "perfect")


def _is_pluperfect(context: Context, sentence: Sentence, at: int) -> bool:
    return context.holds(sentence, range(max(0, at - _PERFECT_REACH), at + 1), "pluperfect")
