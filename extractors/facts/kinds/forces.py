"""People of a mission -> deployment, withdrawal, pledge, strength or the planned size of the force."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.date_mention import DateMention
from extractors.facts.drafts import Draft
from extractors.facts.governing import Bid
from extractors.facts.kinds.bodies import find_nation_behind, is_body_of_people, is_elsewhere, speaks_of_mission
from extractors.facts.kinds.directions import is_own_verb
from extractors.facts.kinds.force_actors import put_force_actor
from extractors.facts.kinds.meanings import classify
from extractors.facts.kinds.promised_on import is_day_of_promise
from extractors.facts.kinds.senders import find_senders, is_share_of_force, names_others
from extractors.facts.kinds.surroundings import is_called_off
from extractors.facts.kinds.values import new_draft
from extractors.facts.kinds.whole_force import force_meant
from extractors.facts.places import put_place
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import (
    Found,
    actor_of,
    clause_date,
    is_future,
    own_date,
    put_actor,
    put_date,
    put_implied_actor,
)


def draft_force(context: Context, reading: Reading, quantity: Quantity, bid: Bid | None) -> Draft | None:
    """One draft; None for numbers that are no people of the mission."""
    assert bid is not None
    if not _may_be_force(context, reading, quantity, bid):
        return None
    if _is_whole_at_hand(context, reading, quantity, bid):
        return _draft_whole(context, reading, quantity, bid)
    return _draft_told(context, reading, quantity, bid)


def _draft_told(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> Draft | None:
    """The kind follows the cue, then what stands around it."""
    sentence = reading.sentence
    actors = find_senders(context, reading, quantity, bid)
    if is_each(sentence, quantity):
        actors = actors[-1:]
    is_crowd = _is_crowd_of_force(context, reading, quantity, bid, actors)
    if not is_crowd and _is_nobodys(context, reading, bid, actors):
        return None
    kind, status, measure = classify(context, reading, quantity, bid, actors)
    if kind in ("deployment", "pledge") and is_called_off(sentence, quantity, bid):
        kind, status = "pledge", "unfulfilled"
    if not is_crowd and not _may_stand(context, reading, quantity, bid, (kind, status), actors):
        return None
    if (
        not actors
        and not is_crowd
        and kind == "strength"
        and names_others(context, sentence, min(bid.mark.i, quantity.i))
    ):
        return None
    draft = new_draft(kind, f"{kind}.{bid.cue.name}", reading, quantity, (bid.mark.i, bid.mark.j))
    draft.fields.update(status=status, measure=measure)
    if quantity.unit is None:
        draft.put("unit", None, unit="personnel", unit_class="personnel")
    put_force_actor(context, reading, draft, actors, quantity)
    if kind == "mandate":
        draft.fields["subkind"] = "authorise"
    _put_when(reading, draft, quantity, bid)
    if kind in ("deployment", "withdrawal", "strength"):
        put_place(context, reading, draft, bid.mark.i)
    if kind == "pledge" and _is_unkept(context, reading, quantity):
        draft.fields["status"] = "unfulfilled"
    return draft


def _is_whole_at_hand(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """As in "Kenya contributes 720 of the force's 990 members": all of them are there."""
    part = next((q for q in reading.quantities if q.whole is quantity), None)
    if part is None or bid.cue.kind not in ("deployment", "strength") or is_future(reading, bid.mark.i):
        return False
    return is_share_of_force(context, reading, part)


def _draft_whole(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> Draft:
    draft = new_draft("strength", "strength.whole", reading, quantity, (bid.mark.i, bid.mark.j))
    draft.fields.update(status="done", measure="stock")
    put_implied_actor(context, draft, force_meant(context, reading, quantity.i))
    return draft


def is_each(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "Burundi and Sierra Leone offered 500 each": the number is that of every one of them."""
    # "Burundi and Sierra Leone each offered 500": it may stand before the verb as well.
    around = (*range(quantity.j, quantity.j + 2), *range(quantity.i - _EACH_REACH, quantity.i))
    return any("each" in sentence.tags(k) for k in around)


_EACH_REACH = 4


def _is_unkept(context: Context, reading: Reading, quantity: Quantity) -> bool:
    """As in "promised 1,000 but has sent none", not "has not fixed a date" nor "270 of the 1,000 never left"."""
    sentence = reading.sentence
    if any("none_of" in sentence.tags(k) for k in range(quantity.i - _NONE_REACH, quantity.i)):
        return True
    others = [q for q in reading.quantities if q is not quantity and q.group in ("force", "nationals", "bare")]
    for k, tags in enumerate(sentence.classes):
        is_failing = "failing" in tags or any(cue.name == "stay away" for cue in sentence.entry(k).cues)
        if not is_failing or any("undated" in sentence.tags(n) for n in range(k + 1, k + _UNDATED_REACH)):
            continue
        first, last = min(k, quantity.i), max(k, quantity.i)
        if any(first < other.figure[0] < last and other.whole is not quantity for other in others):
            continue
        if not _is_of_next(context, sentence, quantity.j, k):
            return True
    return False


def _is_of_next(context: Context, sentence: Sentence, first: int, k: int) -> bool:
    """As in "six marines of a promised 150, and Benin none of its 2,000": who failed is named behind a new start."""
    starts = [n for n in range(first, k) if sentence.low(n) in (",", ";") and "conjunction" in sentence.tags(n + 1)]
    return any(context.is_contributor(actor_of(sentence.marks[n])) for start in starts for n in range(start, k))


# "none of the 2,000", "aucun des quelque 2 000": so many tokens.
_NONE_REACH = 3
# "has not yet fixed a firm date": so many tokens from the negation to what is missing.
_UNDATED_REACH = 6


def _may_be_force(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """False for other missions, for those who are no body of people, and for sizes that are only mentioned.

    "where 2,500 had been planned" says it of the number itself.
    """
    if is_elsewhere(context, reading) or not is_body_of_people(context, reading, quantity):
        return False
    if bid.cue.kind == "withdrawal" and quantity.group == "bare" and _takes_back(reading.sentence):
        return False
    is_sum = any("total" in reading.sentence.tags(k) for k in range(quantity.j, bid.mark.j))
    before = reading.sentence.marks[bid.mark.i - 1]
    is_said = before is not None and "be" in before.entry.tags and before.i == quantity.j
    return bid.cue.name != "planned size" or quantity.is_definite or bid.mark.j <= quantity.i or is_sum or is_said


def _takes_back(sentence: Sentence) -> bool:
    """As in "cut its promise from 800 to 500, and Honduras withdrew its own": no people are moved."""
    return any("pledge_noun" in tags for tags in sentence.classes)


def _is_nobodys(context: Context, reading: Reading, bid: Bid, actors: list[Found]) -> bool:
    """True for a strength that belongs to nobody of the mission."""
    return not actors and bid.cue.kind == "strength" and not speaks_of_mission(context, reading, bid)


def _may_stand(
    context: Context, reading: Reading, quantity: Quantity, bid: Bid, meaning: tuple[str, str], actors: list[Found]
) -> bool:
    is_plain = quantity.group in ("civil", "bare")
    if is_plain and not (
        _may_count(context, quantity, meaning[0], actors) and _is_close(reading, quantity, bid, actors)
    ):
        is_total = not actors and bid.cue.name in _SIZES and quantity.value <= _LARGEST_FORCE
        return is_total and quantity.group == "bare"
    if bid.cue.name == "talk" and not any(found[0].type == "state" for found in actors):
        return False
    if bid.cue.name == "leave" and (meaning[0] == "deployment" or not is_own_verb(reading, bid)):
        # "Eight officers left the station": nobody says that they went to the mission, or came from there.
        return False
    # A force does not promise itself.
    is_unkept = meaning == ("pledge", "unfulfilled")
    return not (is_unkept and actors and not any(context.is_contributor(found[0]) for found in actors))


# Nouns and verbs of size, which need nobody else to act: "the strength of the mission was 912".
_SIZES = frozenset(["total", "stand at", "field", "there are"])


# The largest peace operations count some 20,000 people; larger figures are populations.
_LARGEST_FORCE = 20_000


# Plain people are counted by a verb right beside them.
_HIGHEST_CIVIL_BID = 4.0


def _is_close(reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> bool:
    """True for numbers whose people somebody in the sentence has: named, "it", "its"."""
    if quantity.group == "civil":
        return bid.cost <= _HIGHEST_CIVIL_BID
    sentence = reading.sentence
    names = any(found[2] is sentence for found in actors)
    names = names or any(mark.name is not None and mark.name.actor is not None for mark in sentence.each())
    # "Another 150 followed": more of those spoken of before.
    names = names or (quantity.value > 1 and "article" in sentence.tags(quantity.i) and quantity.i < quantity.figure[0])
    return names or bid.cue.kind in ("strength", "mandate") or any(tags & _ANAPHORS for tags in sentence.classes)


_ANAPHORS = frozenset(["pronoun_group", "pronoun", "possessive", "more", "others", "mission_word", "contingent_noun"])


def _may_count(context: Context, quantity: Quantity, kind: str, actors: list[Found]) -> bool:
    """Plain people and bare numbers belong to a force only where a contributor or the force stands by them."""
    if quantity.value > _LARGEST_FORCE:
        return False
    if any(context.is_contributor(found[0]) or context.is_force(found[0]) for found in actors):
        return True
    return kind == "mandate"


# So many people of no nation are a force, where one is spoken of and nobody's own police.
_SMALLEST_FORCE = 300


# A force is spoken of for so many sentences.
_SPOKEN_REACH = 4


def _is_near_force(context: Context, reading: Reading) -> bool:
    """True where the force was named a few sentences before at most."""
    near: Reading | None = reading
    for _ in range(_SPOKEN_REACH):
        if near is None:
            return False
        if any(context.is_force(actor_of(m)) or "mission_word" in m.entry.tags for m in near.sentence.each()):
            return True
        near = near.before
    return False


def _is_crowd_of_force(context: Context, reading: Reading, quantity: Quantity, bid: Bid, actors: list[Found]) -> bool:
    """As in "About 1,000 people serve under the force's flag", "Some 980 currently serve"."""
    if actors or bid.cue.kind != "strength" or not _SMALLEST_FORCE <= quantity.value <= _LARGEST_FORCE:
        return False
    before = reading.before
    marks = reading.sentence.each() + (before.sentence.each() if before is not None else [])
    if not _is_near_force(context, reading):
        return False
    if quantity.group == "civil" and not speaks_of_mission(context, reading, bid):
        return False
    return not any(context.is_home(actor_of(m)) or (m.entry.unit is not None and m.entry.unit.actor) for m in marks)


def _put_when(reading: Reading, draft: Draft, quantity: Quantity, bid: Bid) -> None:
    kind, status = draft.kind, draft.get("status")
    mention = own_date(reading, quantity) if kind != "strength" else None
    mention = mention or clause_date(reading, bid.mark.i)
    is_early = mention is not None and mention.i < (
        quantity.i if bid.cue.takes == "subject" else min(bid.mark.i, quantity.i)
    )
    if status == "planned" and mention is not None and is_early:
        # "met him on 11 October and will send 600 in November": plans are dated behind their verb.
        first = max(bid.mark.i, quantity.i)
        mention = next((later for later in reading.dates if later.i > first), mention)
    if mention is not None and kind == "pledge" and not is_day_of_promise(reading.sentence, quantity, bid, mention):
        return
    if mention is None or (kind == "strength" and not _dates_stock(quantity, bid, mention)):
        return
    put_date(draft, mention, future=status == "planned", as_of=kind == "strength")


def _dates_stock(quantity: Quantity, bid: Bid, mention: DateMention) -> bool:
    """True for a date in full, and for one behind a count in the past ("numbered 785 at the end of last year")."""
    if mention.is_since or mention.is_speech:
        return False
    return mention.basis == "explicit" or (
        mention.basis == "relative"
        and mention.precision in ("month", "year")
        and mention.i >= max(quantity.j, bid.mark.j)
    )


def draft_nation(context: Context, reading: Reading, quantity: Quantity) -> Draft | None:
    """As in "730 are Kenyan": a number and the nation it is said of."""
    sentence, found = reading.sentence, find_nation_behind(context, reading, quantity)
    if found is None:
        return None
    at = found[1].i - 1
    draft = new_draft("strength", "strength.nation", reading, quantity, (at, at + 1))
    draft.fields.update(status="done", measure="stock")
    if quantity.unit is None:
        draft.put("unit", None, unit="personnel", unit_class="personnel")
    put_actor(draft, (found[0], found[1], sentence))
    put_place(context, reading, draft, at)
    return draft
