"""Movement -> which way it goes: out to the mission, or home from it, as its goal says ("for Haiti", "in Nairobi")."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.governing import Bid, leaning_cue
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import Found

# "landed in Nairobi", "stepped off a plane from Port-au-Prince": so many tokens behind the verb.
_HOME_REACH = 5


def is_homecoming(context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> bool:
    """As in "landed in Nairobi": those who arrive in their own country come back."""
    sentence, own = reading.sentence, {found[0].id for found in actors if context.is_contributor(found[0])}
    after = max(bid.mark.j, quantity.j)
    behind = (*range(bid.mark.j, quantity.i), *range(after, after + _HOME_REACH))
    if "be" not in sentence.tags(quantity.j) and _is_coming_back(sentence, quantity):
        return True
    if "leaving" in sentence.tags(bid.mark.i) or _is_sent_off(sentence, bid):
        # "left home" sets out, "boarded a plane for home" and "flew off to Nairobi" come back.
        return any(
            "towards" in sentence.tags(k - 1) and ("homeward" in sentence.tags(k) or _is_own(sentence, k, own))
            for k in behind
        )
    if own and any("homeward" in sentence.tags(k) for k in behind):
        return True
    for k in (*range(bid.mark.j, bid.mark.j + _HOME_REACH), *range(after, after + _HOME_REACH)):
        name = sentence.name(k)
        if name is None or not sentence.tags(k - 1) & {"place_preposition"} or sentence.tags(k - 1) & {"from", "of"}:
            continue
        if _is_own(sentence, k, own):
            return True
    return False


def _is_coming_back(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "welcomed 165 officers returning from Haiti": what leans on the number says that they come back."""
    at = leaning_cue(sentence, quantity)
    # "120 officers in relief of as many": what has its number behind it says nothing of this one.
    kinds = {cue.kind for cue in sentence.entry(at).cues if cue.takes != "after"} if at is not None else set()
    # "230 Kenyans relieved 100 of their colleagues": the same verb brings some and takes others.
    return "withdrawal" in kinds and "deployment" not in kinds


def _is_own(sentence: Sentence, k: int, own: set[str]) -> bool:
    name = sentence.name(k)
    return name is not None and name.actor is not None and name.actor.id in own and name.form != "adjective"


def is_setting_out(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """As in "the departure of 150 officers for Haiti": the noun leaves it to the goal which way they go."""
    sentence, after = reading.sentence, max(bid.mark.j, quantity.j)
    if "leaving" not in sentence.tags(bid.mark.i) or "of" not in sentence.tags(bid.mark.j - 1):
        return False
    near = range(after, min(after + _HOME_REACH, len(sentence.tokens)))
    goals = (k for k in near if "towards" in sentence.tags(k - 1) and "from" not in sentence.tags(k - 1))
    return any(_is_theatre(context, sentence.marks[k]) for k in goals)


def _is_theatre(context: Context, mark: Mark | None) -> bool:
    """The country that the mission works in, or a place there."""
    name = mark.name if mark is not None else None
    is_country = name is not None and name.actor is not None and name.actor.id == context.mission.theatre
    return is_country or (name is not None and name.place is not None and not name.is_elsewhere)


def _is_sent_off(sentence: Sentence, bid: Bid) -> bool:
    """As in "saw off the contingent of 217 at the airport in Nairobi": a noun leaves it to the verb before it."""
    before = (mark for mark in sentence.each() if mark.j <= bid.mark.i)
    return bid.cue.takes == "after" and any(cue.name == "send" for mark in before for cue in mark.entry.cues)
