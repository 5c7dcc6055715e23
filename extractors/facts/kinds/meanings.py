"""People of a mission -> (kind, status, measure): what the cue says, corrected by who acts and by what is near."""

from __future__ import annotations

from itertools import takewhile

from extractors.facts.context import Context, Reading
from extractors.facts.governing import Bid
from extractors.facts.kinds.bodies import is_group
from extractors.facts.kinds.unclaimed import is_measured_against
from extractors.facts.kinds.verb_moods import is_negated, is_promise, is_refused
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import Found, actor_of, clause_date, find_subjects, is_future

MEASURES = {"deployment": "flow", "withdrawal": "flow", "pledge": "flow", "strength": "stock", "mandate": "ceiling"}

Meaning = tuple[str, str, str]


def classify(context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> Meaning:
    """(kind, status, measure): what the cue says, corrected by who acts and what stands around it."""
    sentence, at = reading.sentence, bid.mark.i
    kind, status = _moved(context, reading, quantity, bid, actors)
    told = _told_by_form(context, reading, quantity, bid, actors, kind)
    if told is not None:
        return told
    if kind == "mandate" and "adopt" in sentence.tags(at):
        status = "done"
    if _is_said_of_force(context, reading, bid, actors):
        kind, status = _sized(reading, kind, status, quantity, bid)
    kind, status = _settled(context, reading, quantity, bid, actors, kind, status)
    if kind == "strength" and not quantity.actors and _near(sentence, quantity, "limit_noun"):
        kind, status = "mandate", "done"
    if kind == "strength" and _is_owed(sentence, quantity):
        kind, status = "pledge", "unfulfilled"
    if kind == "mandate":
        status = _granted(sentence, quantity, status)
    measure = bid.cue.measure if kind == bid.cue.kind else None
    return kind, status, measure or MEASURES[kind]


def _told_by_form(
    context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found], kind: str
) -> Meaning | None:
    """What the noun or the number itself says, whatever the verb: groups, shares, goals, nations, "the force of"."""
    sentence, at = reading.sentence, bid.mark.i
    stop = min(quantity.i, at)
    if kind == "mandate" and not bid.cue.actor and is_group(context, reading, actors, stop):
        return "deployment", "planned", "flow"
    if kind in ("strength", "deployment") and _is_share_of(sentence, quantity):
        return "mandate", "planned", "ceiling"
    if kind == "mandate" and _is_said_of_nation(context, sentence, bid, actors):
        # "With them Kenya will have 700": a nation has people, only the force has a planned size.
        return "strength", "done", "stock"
    if bid.cue.name == "size" and "definite" in sentence.tags(at - 1) and "of" in sentence.tags(bid.mark.j - 1):
        # "The force of about 1,000 has struggled": the one that there is.
        return "strength", "done", "stock"
    if kind in ("deployment", "strength") and not quantity.actors and _is_target(sentence, stop):
        return "mandate", "planned", "ceiling"
    return None


# "porte à 5 550 l'effectif maximal", "still has 260 to send": so many tokens on either side of the number.
_NEAR = 4


def _near(sentence: Sentence, quantity: Quantity, tag: str) -> bool:
    return any(tag in sentence.tags(k) for k in range(quantity.i - _NEAR, quantity.j + _NEAR))


def _is_owed(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "still has about 260 of its thousand to send"."""
    reach = range(quantity.j, quantity.j + _NEAR + 2)
    # "617, with more expected to join": what stands behind a break is said of others.
    after = list(takewhile(lambda k: "break" not in sentence.tags(k), reach))
    if any("owing" in sentence.tags(k) for k in after):
        return True
    moved = (k for k in after if any(cue.kind == "deployment" for cue in sentence.entry(k + 1).cues))
    return any("to" in sentence.tags(k) for k in moved if k > quantity.j)


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
    if (kind, status) == ("deployment", "planned") and bid.cue.name not in _TIMED and not _is_timed(reading, at):
        return "pledge", "pledged"
    if (kind, status) == ("deployment", "done"):
        if _is_standing(reading.sentence, quantity, bid) or _is_content(context, reading, bid):
            return "strength", status
        if bid.cue.takes != "after" and is_measured_against(reading, quantity):
            is_nations = any(context.is_contributor(found[0]) for found in actors if found[2] is reading.sentence)
            return ("pledge", "pledged") if is_nations else ("mandate", "planned")
        if _is_decided(reading.sentence, bid):
            return "pledge", "pledged"
    if kind == "withdrawal" and any(part.whole is quantity for part in reading.quantities):
        # "350 of the 700 will return": only the part does.
        return "strength", "done"
    return kind, status


def _is_decided(sentence: Sentence, bid: Bid) -> bool:
    """As in "approved the deployment of 1,500", "the dispatch of 600 was suspended": a noun, and no movement yet."""
    if any("suspended" in sentence.tags(k) for k in range(bid.mark.i - _NEAR, bid.mark.i)):
        return True
    is_noun = "of" in sentence.tags(bid.mark.j - 1) | sentence.tags(bid.mark.j) and bid.cue.name == "send"
    near = range(max(0, bid.mark.i - _DECIDED_REACH), min(len(sentence.tokens), bid.mark.j + 2 * _DECIDED_REACH))
    return is_noun and any(sentence.tags(k) & _DECISIONS or _is_pledge(sentence, k) for k in near)


_DECIDED_REACH = 8
_DECISIONS = frozenset(["adopt", "wish", "suspended", "proposal"])


def _is_pledge(sentence: Sentence, k: int) -> bool:
    return any(cue.kind == "pledge" and not cue.weak for cue in sentence.entry(k).cues)


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


def _granted(sentence: Sentence, quantity: Quantity, status: str) -> str:
    """A size is planned as long as it is only proposed; a limit ("up to"), or what the Council adopts, is granted."""
    tags = frozenset().union(*sentence.classes)
    if "proposal" in tags:
        return "planned"
    council = "council" in tags or any((a := actor_of(m)) is not None and a.id == _COUNCIL for m in sentence.each())
    return "done" if quantity.qualifier == "up_to" or (council and "adopt" in tags) else status


def _is_said_of_nation(context: Context, sentence: Sentence, bid: Bid, actors: list[Found]) -> bool:
    named = [found for found in actors if found[2] is sentence]
    return bid.cue.name == "size" and bool(named) and all(context.is_contributor(found[0]) for found in named)


def _is_share_of(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "less than half of the 2,500": the number is the whole that there should be."""
    return any(sentence.tags(k) & {"fraction"} for k in range(quantity.i - 4, quantity.i)) and quantity.is_definite


def _is_said_of_force(context: Context, reading: Reading, bid: Bid, actors: list[Found]) -> bool:
    """True where the force itself acts, or is what the numbers of several nations add up to."""
    if bid.cue.takes == "after":
        subjects = find_subjects(context, reading, bid.mark.i, senders=True)
        if subjects and all(context.is_force(found[0]) for found in subjects):
            return True
    return bool(actors) and all(context.is_force(found[0]) or found[0].type == "un" for found in actors)


def _moved(context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> tuple[str, str]:
    """The cue's own kind and status, as its verb forms and its subject have them."""
    sentence, at = reading.sentence, bid.mark.i
    kind, status = bid.cue.kind, bid.cue.status or "done"
    if bid.cue.actor == _COUNCIL and _is_national(reading, bid):
        return "pledge", "pledged"
    if kind == "deployment" and is_negated(sentence, at):
        return "pledge", "unfulfilled"
    if kind == "deployment" and is_refused(sentence, at):
        return kind, "conditional"
    if kind == "deployment" and is_promise(sentence, at):
        return "pledge", "pledged"
    if kind == "deployment" and bid.cue.takes == "after" and _is_pledged_noun(sentence, at):
        return "pledge", "pledged"
    if kind in ("deployment", "withdrawal") and (is_future(reading, at) or _is_expected(reading, quantity, bid)):
        status = "planned"
    if bid.cue.name == "join" and quantity.j <= at:
        kind = "deployment"
    return _turned(context, reading, quantity, bid, actors, kind, status)


def _is_expected(reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """As in "an advance party of some 400 is expected": a noun leaves it to the verb behind its number."""
    last = min(quantity.j + _NEAR, len(reading.sentence.tokens) - 1)
    return bid.cue.takes == "after" and bid.mark.j <= quantity.i and is_future(reading, last, back=_NEAR)


def _turned(
    context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found], kind: str, status: str
) -> tuple[str, str]:
    """Movements and sizes that the verb alone does not tell: homecomings, "has reached 980", "with 1,500 to come"."""
    named = [found for found in actors if found[2] is reading.sentence]
    if bid.cue.name in ("have", "present") and _is_to_come(reading, bid) and _is_nations(context, named):
        return "deployment", "planned"
    if kind == "strength" and "to" in reading.sentence.tags(bid.mark.i - 1) and not _is_nations(context, named):
        # "was envisioned to have 2,500": an infinitive is no present.
        return "mandate", "done" if any("adopt" in tags for tags in reading.sentence.classes) else "planned"
    if (kind, status) == ("deployment", "done") and is_homecoming(context, reading, quantity, bid, actors):
        return "withdrawal", status
    if bid.cue.name == "arrive" and quantity.i == bid.mark.j:
        is_size = "amounting" in reading.sentence.tags(bid.mark.j - 1)
        return ("strength" if is_size else kind), status
    return kind, status


_COUNCIL = "UNSC"


def _is_national(reading: Reading, bid: Bid) -> bool:
    """As in "Kenya's parliament approved 1,000 officers": a state decides on its own people, not the Council."""
    before = [actor for k in range(bid.mark.i) if (actor := actor_of(reading.sentence.marks[k])) is not None]
    return bool(before) and all(actor.type == "state" for actor in before)


def _is_nations(context: Context, actors: list[Found]) -> bool:
    return bool(actors) and all(context.is_contributor(found[0]) for found in actors)


# "landed in Nairobi", "stepped off a plane from Port-au-Prince": so many tokens behind the verb.
_HOME_REACH = 5


def is_homecoming(context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> bool:
    """As in "landed in Nairobi": those who arrive in their own country come back."""
    sentence, own = reading.sentence, {found[0].id for found in actors if context.is_contributor(found[0])}
    if "leaving" in sentence.tags(bid.mark.i) or _is_sent_off(sentence, bid):
        return False
    after = max(bid.mark.j, quantity.j)
    behind = (*range(bid.mark.j, quantity.i), *range(after, after + _HOME_REACH))
    if own and any("homeward" in sentence.tags(k) for k in behind):
        return True
    for k in (*range(bid.mark.j, bid.mark.j + _HOME_REACH), *range(after, after + _HOME_REACH)):
        name = sentence.name(k)
        if name is None or not sentence.tags(k - 1) & {"place_preposition"} or sentence.tags(k - 1) & {"from", "of"}:
            continue
        if name.actor is not None and name.actor.id in own and name.form != "adjective":
            return True
    return False


def _is_sent_off(sentence: Sentence, bid: Bid) -> bool:
    """As in "saw off the contingent of 217 at the airport in Nairobi": a noun leaves it to the verb before it."""
    before = (mark for mark in sentence.each() if mark.j <= bid.mark.i)
    return bid.cue.takes == "after" and any(cue.name == "send" for mark in before for cue in mark.entry.cues)


def _sized(reading: Reading, kind: str, status: str, quantity: Quantity, bid: Bid) -> tuple[str, str]:
    """What is said of the whole force: its planned size, or its present strength."""
    sentence = reading.sentence
    is_wished = any("wish" in sentence.tags(k) for k in range(min(bid.mark.i, quantity.i)))
    if kind in ("deployment", "strength") and (status == "planned" or is_wished or _is_to_come(reading, bid)):
        return "mandate", "planned"
    if kind == "strength" and bid.cue.weak and any(tags & {"resolution", "council"} for tags in sentence.classes):
        return "mandate", "done"
    if kind == "deployment" and bid.cue.takes == "after":
        return "strength", status
    return kind, status


def _is_to_come(reading: Reading, bid: Bid) -> bool:
    """Not where the verb itself can mean a plan ("compte un millier" counts, "compte envoyer" plans)."""
    return "future" not in reading.sentence.tags(bid.mark.i) and is_future(reading, bid.mark.i)


def _is_timed(reading: Reading, at: int) -> bool:
    return clause_date(reading, at) is not None or _has_timetable(reading.sentence)


def _is_pledged_noun(sentence: Sentence, stop: int) -> bool:
    """As in "Commitments include 1,500 troops": the subject says that the list is one of promises."""
    return any("pledge_noun" in sentence.tags(k) for k in range(stop))


def _is_target(sentence: Sentence, stop: int) -> bool:
    """As in "The target is a contingent of 5,500": the subject says that the size is a goal."""
    return any("target_noun" in sentence.tags(k) for k in range(stop))


def _has_timetable(sentence: Sentence) -> bool:
    return any("timetable" in sentence.tags(k) for k in range(len(sentence.tokens)))


def _is_standing(sentence: Sentence, quantity: Quantity, bid: Bid) -> bool:
    """True for people who were there before: "already deployed", "the 600 sent before them"."""
    first, last = min(quantity.i, bid.mark.i), max(quantity.j, bid.mark.j)
    near = range(max(0, first - 3), min(len(sentence.tokens), last + 3))
    return any("earlier" in sentence.tags(k) and not _cut(sentence, k, first, last) for k in near)


def _cut(sentence: Sentence, k: int, first: int, last: int) -> bool:
    gap_range = range(k, first) if k < first else range(last, k)
    return any(sentence.low(n) in (",", ";") for n in gap_range)
