"""Cue of people -> (kind, status): what its verb forms, its subject and its goal make of it ("landed at home")."""

from __future__ import annotations

from itertools import takewhile

from extractors.facts.acting import COUNCIL
from extractors.facts.context import Context, Reading
from extractors.facts.governing import Bid
from extractors.facts.kinds.bodies import are_nations
from extractors.facts.kinds.directions import leads_home
from extractors.facts.kinds.goals import is_homecoming, is_setting_out
from extractors.facts.kinds.surroundings import NEAR, is_pledged_noun
from extractors.facts.kinds.verb_moods import is_negated, is_promise, is_refused
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import Found, actor_of, is_future

_NEAR_DATES = ("day", "week", "month")


def read_verb(context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> tuple[str, str]:
    """The cue's own kind and status, as its verb forms and its subject have them."""
    sentence, at = reading.sentence, bid.mark.i
    kind, status = bid.cue.kind, bid.cue.status or "done"
    if bid.cue.actor == COUNCIL and _is_national(reading, bid):
        return "pledge", "pledged"
    is_later = _is_not_before(sentence, bid)
    if kind == "deployment" and is_negated(sentence, at) and not is_later:
        return "pledge", "unfulfilled"
    if kind == "deployment" and is_refused(sentence, at) and not is_later:
        return kind, "conditional"
    if kind == "deployment" and is_promise(sentence, at):
        # "has undertaken to dispatch 600 in November": a promise with a date is a plan.
        has_date = any(m.i >= quantity.j and m.precision in _NEAR_DATES for m in reading.dates)
        return ("deployment", "planned") if has_date else ("pledge", "pledged")
    if kind == "deployment" and bid.cue.takes == "after" and is_pledged_noun(sentence, at):
        return "pledge", "pledged"
    is_planned = is_future(reading, at) or is_expected(reading, quantity, bid) or "future" in sentence.tags(bid.mark.j)
    if kind in ("deployment", "withdrawal") and is_planned:
        status = "planned"
    if bid.cue.name == "join" and (quantity.j <= at or _are_joined_by(sentence, quantity, bid)):
        kind, status = "deployment", "planned" if is_future(reading, at) else status
    return _turned(context, reading, quantity, bid, actors, kind, status)


# "were joined on Saturday by another 83": so many tokens between the verb and its agent.
_AGENT_REACH = 5


def _are_joined_by(sentence: Sentence, quantity: Quantity, bid: Bid) -> bool:
    """As in "They were joined on Saturday by 83 soldiers": in the passive those who come stand behind "by"."""
    is_near = "by" in sentence.tags(quantity.i - 1) and 0 <= quantity.i - bid.mark.j <= _AGENT_REACH
    return is_near and any("be" in sentence.tags(k) for k in (bid.mark.i - 1, bid.mark.i - 2))


def _is_not_before(sentence: Sentence, bid: Bid) -> bool:
    """As in "no viajará antes de septiembre", "n'arriveront pas avant mars": they come, but later."""
    behind = range(bid.mark.j, bid.mark.j + 3)
    return "future" in sentence.tags(bid.mark.i) and any(sentence.tags(k) & {"earlier_than", "date_by"} for k in behind)


def is_expected(reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """As in "an advance party of some 400 is expected", "the return of 400 is due": the verb behind says when."""
    sentence = reading.sentence
    is_noun = "of" in sentence.tags(bid.mark.j - 1) | sentence.tags(bid.mark.j) and bid.mark.j <= quantity.i
    # "200 arrived in May, and 200 more are expected": the second number has a verb of its own behind it.
    is_other = bid.cue.takes == "subject" and "conjunction" in sentence.tags(quantity.i - 1)
    own_tags = sentence.tags(bid.mark.i) | sentence.tags(bid.mark.j - 1) | sentence.tags(quantity.i)
    is_attribute = bid.cue.takes == "after" or is_noun or is_other or bool(own_tags & {"of", "carrying"})
    if not is_attribute or bid.mark.j > quantity.i:
        return False
    near = range(quantity.j, quantity.j + NEAR)
    # "the dispatch of 600, who were due in May": a relative clause speaks of other times than the noun before it.
    stops = {"conjunction", "break", "relative"} if is_noun else {"conjunction", "break"}
    own = takewhile(lambda k: sentence.low(k) != "," and not sentence.tags(k) & stops, near)
    return any("future" in sentence.tags(k) for k in own) or _is_brought(reading, bid)


def _is_brought(reading: Reading, bid: Bid) -> bool:
    """As in "will lead the force with a contingent of 1,000": the verb before "with" says when."""
    with_ = bid.mark.i - 1 - ("article" in reading.sentence.tags(bid.mark.i - 1))
    is_noun = bid.cue.takes == "after" and "of" in reading.sentence.tags(bid.mark.j - 1) | reading.sentence.tags(
        bid.mark.j
    )
    return is_noun and {"break", "preposition"} <= reading.sentence.tags(with_) and is_future(reading, with_)


def _turned(
    context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found], kind: str, status: str
) -> tuple[str, str]:
    """Movements and sizes that the verb alone does not tell: homecomings, "has reached 980", "with 1,500 to come"."""
    named = [found for found in actors if found[2] is reading.sentence]
    if bid.cue.name in _BEING_THERE and is_to_come(reading, bid) and are_nations(context, named):
        return "deployment", "planned"
    if kind == "strength" and "to" in reading.sentence.tags(bid.mark.i - 1) and not are_nations(context, named):
        # "was envisioned to have 2,500": an infinitive is no present.
        return "mandate", "done" if any("adopt" in tags for tags in reading.sentence.classes) else "planned"
    may_return = status == "done" or "leaving" in reading.sentence.tags(bid.mark.i)
    is_return = may_return and is_homecoming(context, reading, quantity, bid, actors)
    if kind == "deployment" and (is_return or leads_home(context, reading, quantity, bid)):
        return "withdrawal", status
    if kind == "withdrawal" and is_setting_out(context, reading, quantity, bid):
        return "deployment", status
    if _is_size(reading.sentence, quantity, bid):
        return "strength", status
    # "With them the Kenyan contingent would exceed 1,000": so many are to be there.
    will_be = kind == "strength" and "to_come" in reading.sentence.tags(bid.mark.i) and are_nations(context, named)
    return kind, "planned" if will_be else status


def _is_size(sentence: Sentence, quantity: Quantity, bid: Bid) -> bool:
    """As in "Kenya has 736 officers deployed", "their number has reached 980": how many there are."""
    is_held = quantity.j == bid.mark.i and "have" in sentence.tags(quantity.i - 1)
    is_reached = quantity.i == bid.mark.j and "amounting" in sentence.tags(bid.mark.j - 1)
    return (bid.cue.name == "send" and is_held) or (bid.cue.name == "arrive" and is_reached)


# "will have 600", "600 will be on the ground": who is to be there has yet to come.
_BEING_THERE = frozenset(["have", "present", "on the ground"])


def _is_national(reading: Reading, bid: Bid) -> bool:
    """As in "Kenya's parliament approved 1,000 officers": a state decides on its own people, not the Council."""
    before = [actor for k in range(bid.mark.i) if (actor := actor_of(reading.sentence.marks[k])) is not None]
    return bool(before) and all(actor.type == "state" for actor in before)


def is_to_come(reading: Reading, bid: Bid) -> bool:
    """True for a verb in the future, unless it can mean a plan itself ("compte" counts, "compte envoyer" plans)."""
    return "future" not in reading.sentence.tags(bid.mark.i) and is_future(reading, bid.mark.i)
