"""People of a mission -> deployment, withdrawal, pledge, strength or the planned size of the force."""

from __future__ import annotations

import itertools

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.governing import Bid
from extractors.facts.kinds.bodies import is_body_of_people, is_group, speaks_of_mission
from extractors.facts.kinds.senders import find_senders, names_others
from extractors.facts.kinds.values import new_draft
from extractors.facts.places import put_place
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import (
    Found,
    actor_of,
    clause_date,
    find_subjects,
    is_future,
    put_actor,
    put_date,
    put_implied_actor,
)

_MEASURES = {"deployment": "flow", "withdrawal": "flow", "pledge": "flow", "strength": "stock", "mandate": "ceiling"}


def draft_force(context: Context, reading: Reading, quantity: Quantity, bid: Bid | None) -> Draft | None:
    """One draft: the kind follows the cue, then what stands around it."""
    assert bid is not None
    sentence = reading.sentence
    if not _may_be_force(context, reading, quantity, bid):
        return None
    actors = find_senders(context, reading, quantity, bid)
    if _is_nobodys(context, reading, bid, actors):
        return None
    kind, status, measure = _classify(context, reading, quantity, bid, actors)
    if not _may_stand(context, quantity, bid, (kind, status), actors):
        return None
    if not actors and kind == "strength" and names_others(context, sentence, min(bid.mark.i, quantity.i)):
        return None
    draft = new_draft(kind, f"{kind}.{bid.cue.name}", reading, quantity, (bid.mark.i, bid.mark.j))
    draft.fields.update(status=status, measure=measure)
    if quantity.unit is None:
        draft.put("unit", None, unit="personnel", unit_class="personnel")
    _put_actors(context, reading, draft, actors, quantity)
    if kind == "mandate":
        draft.fields["subkind"] = "authorise"
    _put_when(reading, draft, bid, kind, status)
    if kind in ("deployment", "withdrawal", "strength"):
        put_place(context, reading, draft, bid.mark.i)
    if kind == "pledge" and any("failing" in sentence.tags(k) for k in range(len(sentence.tokens))):
        draft.fields["status"] = "unfulfilled"
    return draft


def _may_be_force(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """False for other missions, for those who are no body of people, and for sizes that are only mentioned."""
    if is_elsewhere(context, reading) or not is_body_of_people(context, reading, quantity):
        return False
    return bid.cue.name != "planned size" or quantity.is_definite or bid.mark.j <= quantity.i


def _is_nobodys(context: Context, reading: Reading, bid: Bid, actors: list[Found]) -> bool:
    """True for a strength that belongs to nobody of the mission."""
    return not actors and bid.cue.kind == "strength" and not speaks_of_mission(context, reading, bid)


def _may_stand(context: Context, quantity: Quantity, bid: Bid, meaning: tuple[str, str], actors: list[Found]) -> bool:
    if quantity.group in ("civil", "bare") and not _may_count(context, quantity, meaning[0], actors):
        is_total = not actors and bid.cue.name == "total" and quantity.value <= _LARGEST_FORCE
        return is_total and quantity.group == "bare"
    # A force does not promise itself.
    is_unkept = meaning == ("pledge", "unfulfilled")
    return not (is_unkept and actors and not any(context.is_contributor(found[0]) for found in actors))


def is_elsewhere(context: Context, reading: Reading) -> bool:
    """True for a sentence about another mission's people, in which ours has no part."""
    marks = list(reading.sentence.each())
    if not any("other_mission" in mark.entry.tags for mark in marks):
        return False
    return not any(context.is_force(actor_of(mark)) for mark in marks)


# The largest peace operations count 20,000 people; larger figures are populations.
_LARGEST_FORCE = 50_000


def _may_count(context: Context, quantity: Quantity, kind: str, actors: list[Found]) -> bool:
    """Plain people and bare numbers belong to a force only where a contributor or the force stands by them."""
    if quantity.value > _LARGEST_FORCE:
        return False
    if any(context.is_contributor(found[0]) or context.is_force(found[0]) for found in actors):
        return True
    return kind == "mandate"


Meaning = tuple[str, str, str]


def _classify(context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> Meaning:
    """(kind, status, measure): what the cue says, corrected by who acts and what stands around it."""
    sentence, at = reading.sentence, bid.mark.i
    kind, status = _moved(reading, quantity, bid)
    if kind == "mandate" and not bid.cue.actor and is_group(context, reading, actors, min(quantity.i, at)):
        return "deployment", "planned", "flow"
    if kind in ("strength", "deployment") and _is_share_of(sentence, quantity):
        return "mandate", "planned", "ceiling"
    if kind == "mandate" and _is_authorised(sentence, at):
        status = "done"
    if kind in ("deployment", "strength") and not quantity.actors and _is_target(sentence, min(quantity.i, at)):
        return "mandate", "planned", "ceiling"
    if _is_said_of_force(context, reading, bid, actors):
        kind, status = _sized(kind, status, quantity, bid)
    if (kind, status) == ("deployment", "planned") and bid.cue.name != "await" and not _is_timed(reading, at):
        kind, status = "pledge", "pledged"
    if (kind, status) == ("deployment", "done") and _is_standing(sentence, quantity, bid):
        kind = "strength"
    if (kind, status) == ("mandate", "planned") and quantity.qualifier == "up_to":
        status = "done"
    measure = bid.cue.measure if kind == bid.cue.kind else None
    return kind, status, measure or _MEASURES[kind]


def _is_share_of(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "less than half of the 2,500": the number is the whole that there should be."""
    return any("fraction" in sentence.tags(k) for k in range(quantity.i - 4, quantity.i)) and quantity.is_definite


def _is_authorised(sentence: Sentence, at: int) -> bool:
    """As in "the 2,500 that the Council has authorised": the size is one that was granted, and by whom."""
    if "adopt" not in sentence.tags(at):
        return False
    council = any((a := actor_of(m)) is not None and a.id == _COUNCIL for m in sentence.each())
    return council or any("council" in sentence.tags(k) for k in range(len(sentence.tokens)))


def _is_said_of_force(context: Context, reading: Reading, bid: Bid, actors: list[Found]) -> bool:
    """True where the force itself acts, or is what the numbers of several nations add up to."""
    if bid.cue.takes == "after":
        subjects = find_subjects(context, reading, bid.mark.i, senders=True)
        if subjects and all(context.is_force(found[0]) for found in subjects):
            return True
    return bool(actors) and all(context.is_force(found[0]) or found[0].type == "un" for found in actors)


def _moved(reading: Reading, quantity: Quantity, bid: Bid) -> tuple[str, str]:
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
    if kind in ("deployment", "withdrawal") and is_future(reading, at):
        status = "planned"
    if bid.cue.name == "join" and quantity.j <= at:
        kind = "deployment"
    return kind, status


_COUNCIL = "UNSC"


def _is_national(reading: Reading, bid: Bid) -> bool:
    """As in "Kenya's parliament approved 1,000 officers": a state decides on its own people, not the Council."""
    before = [actor for k in range(bid.mark.i) if (actor := actor_of(reading.sentence.marks[k])) is not None]
    return bool(before) and all(actor.type == "state" for actor in before)


def _sized(kind: str, status: str, quantity: Quantity, bid: Bid) -> tuple[str, str]:
    """What is said of the whole force: its planned size, or its present strength."""
    if status == "planned" and kind in ("deployment", "strength"):
        return "mandate", "planned"
    if kind == "pledge" and quantity.qualifier == "up_to":
        return "mandate", "planned"
    if kind == "deployment" and bid.cue.takes == "after":
        return "strength", status
    return kind, status


def _is_timed(reading: Reading, at: int) -> bool:
    return clause_date(reading, at) is not None or _has_timetable(reading.sentence)


def _is_pledged_noun(sentence: Sentence, stop: int) -> bool:
    """As in "Commitments include 1,500 troops": the subject says that the list is one of promises."""
    return any("pledge_noun" in sentence.tags(k) for k in range(stop))


def _is_target(sentence: Sentence, stop: int) -> bool:
    """As in "The target is a contingent of 5,500": the subject says that the size is a goal."""
    return any("target_noun" in sentence.tags(k) for k in range(stop))


def is_negated(sentence: Sentence, at: int) -> bool:
    """As in "has not sent any of the 2,000", "n'en a envoyé aucun": the people are told not to have come."""
    if "negation" in sentence.tags(at + 1):
        return True
    before = range(at - 1, max(-1, at - _NEGATION_REACH), -1)
    near = itertools.takewhile(lambda k: "break" not in sentence.tags(k) and sentence.low(k) != ",", before)
    return any(sentence.tags(k) & {"failing", "negation"} for k in near)


# "n'en a encore toujours pas envoyé": so many words may stand between the negation and its verb.
_NEGATION_REACH = 6


def is_refused(sentence: Sentence, at: int, *, even_doubtful: bool = False) -> bool:
    """True when the verb is negated ("has yet to deploy", "did not arrive")."""
    for k in range(at - 1, max(-1, at - 5), -1):
        tags = sentence.tags(k)
        if tags & {"failing", "negation"} or ("condition" in tags and not even_doubtful):
            return True
        if "break" in sentence.tags(k) or sentence.low(k) == ",":
            return False
    return False


def is_promise(sentence: Sentence, at: int) -> bool:
    """As in "promised to send": the verb hangs on a promise right before it."""
    for k in range(at - 1, max(-1, at - 5), -1):
        mark = sentence.marks[k]
        if mark is None:
            continue
        if "pledging" in mark.entry.tags:
            return True
        if any(cue.kind == "pledge" and not cue.weak for cue in mark.entry.cues):
            return bool(sentence.tags(mark.j) & {"to", "future", "relative"})
        if mark.entry.tags & {"break", "have", "be"}:
            return False
    return False


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


def _put_actors(context: Context, reading: Reading, draft: Draft, actors: list[Found], quantity: Quantity) -> None:
    kind = draft.kind
    if kind == "mandate":
        council = draft.fields["status"] == "done" or any(a[0].id == "UNSC" for a in actors)
        put_implied_actor(context, draft, "UNSC" if council else context.force)
        return
    wanted = [f for f in actors if context.is_contributor(f[0])] or [f for f in actors if context.is_force(f[0])]
    if (not wanted and _is_joint(reading, draft)) or (
        len({f[0].id for f in wanted}) > 1 and (kind in ("pledge", "strength") or len(quantity.actors) > 1)
    ):
        put_implied_actor(context, draft, context.force)
    elif wanted:
        put_actor(draft, wanted[0])
    elif kind in ("strength", "pledge"):
        put_implied_actor(context, draft, context.force)


def _is_joint(reading: Reading, draft: Draft) -> bool:
    return draft.kind == "pledge" and any("contributors" in mark.entry.tags for mark in reading.sentence.each())


def _put_when(reading: Reading, draft: Draft, bid: Bid, kind: str, status: str) -> None:
    mention = clause_date(reading, bid.mark.i)
    if mention is None or (kind == "strength" and (mention.is_since or mention.basis != "explicit")):
        return
    put_date(draft, mention, future=status == "planned", as_of=kind == "strength")


def draft_nation(context: Context, reading: Reading, quantity: Quantity) -> Draft | None:
    """As in "730 are Kenyan": a number and the nation it is said of."""
    sentence = reading.sentence
    mark = sentence.marks[quantity.j + 1] if quantity.j + 1 < len(sentence.marks) else None
    if quantity.group not in ("bare", "force") or "be" not in sentence.tags(quantity.j) or mark is None:
        return None
    actor = actor_of(mark)
    if actor is None or mark.name is None or mark.name.form != "adjective" or not context.is_contributor(actor):
        return None
    draft = new_draft("strength", "strength.nation", reading, quantity, (quantity.j, quantity.j + 1))
    draft.fields.update(status="done", measure="stock")
    if quantity.unit is None:
        draft.put("unit", None, unit="personnel", unit_class="personnel")
    put_actor(draft, (actor, mark, sentence))
    put_place(context, reading, draft, quantity.j)
    return draft
