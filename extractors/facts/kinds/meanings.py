"""People of a mission -> (kind, status, measure): what the cue says, corrected by who acts and by what is near."""

from __future__ import annotations

from itertools import takewhile

from extractors.facts.context import Context, Reading
from extractors.facts.governing import Bid
from extractors.facts.kinds.bodies import are_nations, is_group
from extractors.facts.kinds.comparisons import is_measured_against
from extractors.facts.kinds.senders import is_share_of_force, says_force
from extractors.facts.kinds.surroundings import (
    NEAR,
    granted,
    has_timetable,
    is_decided,
    is_limit,
    is_owed,
    is_pledged_noun,
    is_share_of,
    is_standing,
    is_target,
    near,
)
from extractors.facts.kinds.verb_meanings import is_to_come, read_verb
from extractors.facts.kinds.whole_force import is_force_phrase
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import Found, actor_of, clause_date, find_subjects

MEASURES = {"deployment": "flow", "withdrawal": "flow", "pledge": "flow", "strength": "stock", "mandate": "ceiling"}

Meaning = tuple[str, str, str]


def classify(context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> Meaning:
    """(kind, status, measure): what the cue says, corrected by who acts and what stands around it."""
    sentence, at = reading.sentence, bid.mark.i
    kind, status = read_verb(context, reading, quantity, bid, actors)
    told = _told_by_form(context, reading, quantity, bid, actors, kind)
    if told is not None:
        return told
    if kind == "mandate" and "adopt" in sentence.tags(at):
        status = "done"
    if _is_said_of_force(context, reading, bid, actors):
        kind, status = _sized(reading, kind, status, quantity, bid)
    kind, status = _settled(context, reading, quantity, bid, actors, kind, status)
    if kind == "strength" and not quantity.actors and _is_allowed(reading, quantity, bid):
        kind, status = "mandate", "done"
    if bid.cue.kind in ("deployment", "strength") and _never_had_more(reading, quantity, bid):
        kind, status, quantity.qualifier = "strength", "done", "up_to"
    if bid.cue.name in ("have", "field") and kind == "strength" and is_owed(sentence, quantity):
        kind, status = "pledge", "unfulfilled"
    if kind == "mandate":
        status = granted(sentence, quantity, bid, status)
    measure = bid.cue.measure if kind == bid.cue.kind else None
    if kind == "strength" and bid.cue.name == "total" and any("together" in tags for tags in sentence.classes):
        # "Together that makes 732": a sum that the text has made, and no count of those who are there.
        measure = "cumulative"
    return kind, status, measure or MEASURES[kind]


def _is_allowed(reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """As in "the maximum strength of 5,550", "a draft that would bring the strength to 5,550": nobody is there yet."""
    sentence = reading.sentence
    if near(sentence, quantity, "limit_noun") or (bid.cue.name == "field" and is_limit(sentence, quantity)):
        return True
    before = range(min(bid.mark.i, quantity.i) - 1, -1, -1)
    clause = takewhile(lambda k: sentence.low(k) not in (",", ";") and "break" not in sentence.tags(k), before)
    return quantity.group != "nationals" and any("proposal" in sentence.tags(k) for k in clause)


def _never_had_more(reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """As in "it has never deployed more than 1,000": the most there ever were."""
    near_verb = range(bid.mark.i - 3, bid.mark.j + 1)
    return quantity.qualifier == "more_than" and any("never" in reading.sentence.tags(k) for k in near_verb)


def _told_by_form(
    context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found], kind: str
) -> Meaning | None:
    """What the noun or the number itself says, whatever the verb: groups, shares, goals, nations, "the force of"."""
    sentence, at = reading.sentence, bid.mark.i
    stop = min(quantity.i, at)
    if kind == "mandate" and not bid.cue.actor and is_group(context, reading, actors, stop):
        return "deployment", "planned", "flow"
    if kind == "mandate" and _is_said_of_nation(context, sentence, bid, actors):
        # "With them Kenya will have 700": a nation has people, only the force has a planned size.
        return "strength", "done", "stock"
    is_granted = any(sentence.tags(k) & {"adopt", "council"} for k in range(quantity.j, quantity.j + NEAR))
    if (
        bid.cue.name == "size"
        and "definite" in sentence.tags(at - 1)
        and says_force(context, bid, reading)
        and not is_granted
    ):
        # "The force of about 1,000 has struggled": the one that there is.
        return "strength", "done", "stock"
    is_goal = is_share_of(sentence, quantity) or (not quantity.actors and is_target(sentence, stop))
    if kind in ("deployment", "strength") and is_goal:
        return "mandate", "planned", "ceiling"
    return _told_by_strong(context, reading, quantity, bid, actors) if bid.cue.name == "strong" else None


def _told_by_strong(
    context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]
) -> Meaning | None:
    """What "strong" says: a nation's unit that is to come, or the planned size of the force."""
    is_nations = are_nations(context, actors)
    if is_nations and _comes_later(reading, bid):
        return ("deployment", "planned", "flow") if reading.dates else ("pledge", "pledged", "flow")
    if is_nations or not (is_to_come(reading, bid) or "article" in reading.sentence.tags(quantity.figure[0] - 1)):
        return None
    # "is to be 2,500-strong", "a 2,500-strong force".
    return "mandate", "planned", "ceiling"


# "750 strong, will be here", "a 750-strong battalion is to arrive": so many tokens from the size to its verb.
_COMING_REACH = 6


def _comes_later(reading: Reading, bid: Bid) -> bool:
    """True where the verb behind a size speaks of what is to come."""
    return any("future" in reading.sentence.tags(k) for k in range(bid.mark.j, bid.mark.j + _COMING_REACH))


def _settled(
    context: Context,
    reading: Reading,
    quantity: Quantity,
    bid: Bid,
    actors: list[Found],
    kind: str,
    status: str,
) -> tuple[str, str]:
    """Movements without a timetable are promises, what a part is measured against too; who was there before stays."""
    at = bid.mark.i
    if kind in ("strength", "mandate") and _is_only_promised(context, reading, quantity, bid, actors):
        return "pledge", "pledged"
    if (kind, status) == ("deployment", "planned") and bid.cue.name not in _TIMED and not _is_timed(reading, at):
        return "pledge", "pledged"
    named = any(context.is_contributor(found[0]) for found in actors if found[2] is reading.sentence)
    if kind == "deployment" and not named and is_limit(reading.sentence, quantity):
        return "mandate", "done"
    if (kind, status) == ("deployment", "done"):
        return _done(context, reading, quantity, bid, named=named)
    if kind == "withdrawal" and any(part.whole is quantity for part in reading.quantities):
        # "350 of the 700 will return": only the part does.
        return "strength", "done"
    return kind, status


# "could one day number", "might eventually have": so many tokens.
_POSSIBLE_REACH = 4


def _is_only_promised(context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> bool:
    """As in "pledges have reached 7,500", "a contingent that could number 150"."""
    is_sum = "sum_verb" in reading.sentence.tags(bid.mark.i) and is_pledged_noun(reading.sentence, bid.mark.i)
    # "cleared the way for 900 Kenyan police to serve in Haiti", "the 150-strong contribution that it pledged"
    is_aim = bid.cue.name == "present" and "to" in reading.sentence.tags(bid.mark.i - 1) and quantity.j <= bid.mark.i
    is_owed_unit = bid.cue.name == "strong" and _is_promised_behind(reading.sentence, bid)
    return is_sum or is_aim or is_owed_unit or _is_held_out(context, reading, bid, actors)


def _is_promised_behind(sentence: Sentence, bid: Bid) -> bool:
    after = range(bid.mark.j, min(bid.mark.j + _COMING_REACH, len(sentence.tokens)))
    return any(cue.kind == "pledge" for k in after for cue in sentence.entry(k).cues)


def _is_held_out(context: Context, reading: Reading, bid: Bid, actors: list[Found]) -> bool:
    """As in "a Bahamian contingent that could one day number 150": a nation's people who are only held out."""
    sentence = reading.sentence
    before = range(max(0, bid.mark.i - _POSSIBLE_REACH), bid.mark.i)
    is_possible = any("condition" in sentence.tags(k) and "break" not in sentence.tags(k) for k in before)
    return is_possible and are_nations(context, actors)


def _done(context: Context, reading: Reading, quantity: Quantity, bid: Bid, *, named: bool) -> tuple[str, str]:
    """What a movement in the past tense may be beside one: who stays, what is measured, what is only decided."""
    is_whole = bid.cue.name == "form contingent" and _is_of_force(reading.sentence, bid)
    if is_whole or is_standing(reading.sentence, quantity, bid) or _is_content(context, reading, bid):
        return "strength", "done"
    if named and (_breaks_down(context, reading, bid) or is_share_of_force(context, reading, quantity)):
        return "strength", "done"
    if bid.cue.takes != "after" and is_measured_against(reading, quantity):
        return ("pledge", "pledged") if named else ("mandate", "planned")
    return ("pledge", "pledged") if is_decided(reading.sentence, bid) else ("deployment", "done")


def _breaks_down(context: Context, reading: Reading, bid: Bid) -> bool:
    """As in "It has 1,000 members: Kenya supplies 730, Guatemala 150": behind the colon stands who they are."""
    sentence, total = reading.sentence, context.counted
    if total is None or total.sentence is not sentence or total.kind != "strength" or bid.cue.name != "send":
        return False
    return any(sentence.low(k) == ":" for k in range(reading.quantities[0].j, bid.mark.i))


# "make up nearly three quarters of the force": so many tokens from the verb to its noun.
_WHOLE_REACH = 7


def _is_of_force(sentence: Sentence, bid: Bid) -> bool:
    """As in "400 Kenyans and 24 Jamaicans make up the entire force": those who are there, not a group on its way."""
    near = (sentence.tags(k) for k in range(bid.mark.j, min(bid.mark.j + _WHOLE_REACH, len(sentence.tokens))))
    return any("mission_word" in tags and "force_noun" not in tags for tags in near)


# Who is awaited, or will serve, needs no date.
_TIMED = frozenset(["await", "present"])


def _is_content(context: Context, reading: Reading, bid: Bid) -> bool:
    """As in "the force, comprising 733 police from Kenya": what somebody has, unless a contingent is spoken of."""
    if bid.cue.name != "contingent":
        return False
    if any("at_present" in reading.sentence.tags(k) for k in range(bid.mark.i - 2, bid.mark.j + 2)):
        return True
    words = context.lexicon.words
    before = reading.before.sentence.tokens if reading.before is not None else []
    near = (words.get(token.low) for token in (*reading.sentence.tokens[: bid.mark.j], *before))
    return not any(entry is not None and "contingent_noun" in entry.tags for entry in near)


def _is_said_of_nation(context: Context, sentence: Sentence, bid: Bid, actors: list[Found]) -> bool:
    named = [found for found in actors if found[2] is sentence]
    if bid.cue.name != "size" or not named or not all(context.is_contributor(found[0]) for found in named):
        return False
    # "Washington wants the new force to reach 5,500": the force stands between the nation and the size.
    between = (sentence.marks[k] for k in range(named[-1][1].j, bid.mark.i))
    return not any(m is not None and (context.is_force(actor_of(m)) or is_force_phrase(sentence, m)) for m in between)


def _is_said_of_force(context: Context, reading: Reading, bid: Bid, actors: list[Found]) -> bool:
    """True where the force itself acts, or is what the numbers of several nations add up to."""
    if bid.cue.takes == "after":
        subjects = find_subjects(context, reading, bid.mark.i, senders=True)
        if subjects and all(context.is_force(found[0]) for found in subjects):
            return True
    return bool(actors) and all(context.is_force(found[0]) or found[0].type == "un" for found in actors)


def _sized(reading: Reading, kind: str, status: str, quantity: Quantity, bid: Bid) -> tuple[str, str]:
    """What is said of the whole force: its planned size, or its present strength."""
    sentence = reading.sentence
    before = range(min(bid.mark.i, quantity.i) - 1, -1, -1)
    # "urged them to support the mission, which has 400": a relative clause says what is.
    clause = takewhile(lambda k: "relative" not in sentence.tags(k) and sentence.low(k) != ";", before)
    is_wished = any("wish" in sentence.tags(k) for k in clause)
    if bid.cue.name == "arrive" and quantity.j <= bid.mark.i and kind == "deployment" and not is_wished:
        # "300 reinforcements would arrive in May": who comes to the force is not its size.
        return kind, status
    if kind in ("deployment", "strength") and (status == "planned" or is_wished or is_to_come(reading, bid)):
        return "mandate", "planned"
    if (
        kind == "strength"
        and bid.cue.name == "have"
        and (any(tags & {"resolution", "council"} for tags in sentence.classes) or _is_created(sentence, bid))
    ):
        return "mandate", "done"
    if kind == "deployment" and bid.cue.takes == "after":
        return "strength", status
    return kind, status


def _is_created(sentence: Sentence, bid: Bid) -> bool:
    """As in "It creates the force for twelve months, with 5,500 in uniform"."""
    tokens = range(bid.mark.i) if bid.cue.weak >= FAINT else ()
    return any(sentence.tags(k) & {"adopt", "adopt_weak"} for k in tokens)


# The weight of "with", which says least of all that somebody has people.
FAINT = 3.0


def _is_timed(reading: Reading, at: int) -> bool:
    return clause_date(reading, at) is not None or has_timetable(reading.sentence)
