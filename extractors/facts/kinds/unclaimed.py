"""Quantity that no cue governs -> strength, planned size or pledge: what people of a force are counted for by default.

Prose has more ways to say that a force has 550 people than any list of verbs. People of the mission beside whom nothing
happens are its strength; a number that another one falls short of is what was planned, or promised.
"""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.bodies import find_nation_behind, is_body_of_people, is_elsewhere
from extractors.facts.kinds.values import new_draft
from extractors.facts.kinds.whole_force import GENITIVES, find_owning_force, force_meant, topic_force
from extractors.facts.places import put_place
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import (
    Found,
    actor_of,
    clause_date,
    find_subjects,
    is_future,
    own_date,
    put_actor,
    put_date,
    put_implied_actor,
    resolve_focus,
    state_behind,
)

# Fewer are somebody's colleagues, not a contingent.
_SMALLEST_BODY = 5
# Of bare numbers only those count that nothing smaller than a force has.
_SMALLEST_BARE = 150
_LARGEST = 20_000
# "well short of the", "más del doble de los": words between what falls short and its number.
_CONTRAST_REACH = 3

_PERSONS = frozenset(["force", "nationals", "bare"])
# "It is 991, comprising ..." and "flies in two dozen: 20 soldiers and four police": a part is what its whole is.
_HAVING_PARTS = frozenset(["strength", "mandate", "deployment", "pledge", "withdrawal"])


def draft_unclaimed(context: Context, reading: Reading, quantity: Quantity, made: dict[int, Draft]) -> Draft | None:
    """One draft, or None where nothing says that the mission's people are counted."""
    if not _may_be(context, reading, quantity):
        return None
    if _is_parted_by_nation(context, reading, quantity):
        force = force_meant(context, reading, quantity.i)
        draft = _new(reading, quantity, "strength", "done", "stock")
        put_implied_actor(context, draft, force)
        return draft
    if _is_ceiling(reading, quantity):
        return _draft_ceiling(context, reading, quantity)
    if is_measured_against(reading, quantity):
        return _draft_goal(context, reading, quantity, made)
    whole = made.get(id(quantity.whole)) if quantity.whole is not None else None
    is_part = quantity.group != "bare" or quantity.is_addend
    if whole is not None and whole.kind in _HAVING_PARTS and is_part:
        return _draft_part(context, reading, quantity, whole)
    found = _whose(context, reading, quantity)
    return None if found is None else _draft_found(context, reading, quantity, found)


def _is_parted_by_nation(context: Context, reading: Reading, quantity: Quantity) -> bool:
    """As in "Of the 1,000 personnel, 730 are Kenyan": who has a nation is there, and so is the whole of them."""
    if quantity.value < _SMALLEST_BARE or not quantity.is_definite or quantity.actors:
        return False
    parts = (q for q in reading.quantities if q.value < quantity.value)
    return any(find_nation_behind(context, reading, part) is not None for part in parts)


def _may_be(context: Context, reading: Reading, quantity: Quantity) -> bool:
    is_people = quantity.group in _PERSONS or (quantity.group == "civil" and _has_addends(reading, quantity))
    if not is_people or quantity.is_article or quantity.is_vague or quantity.value > _LARGEST:
        return False
    if quantity.unit is not None and quantity.unit.actor is not None:
        return False
    return not is_elsewhere(context, reading) and is_body_of_people(context, reading, quantity)


def _is_ceiling(reading: Reading, quantity: Quantity) -> bool:
    """As in "sets a ceiling of 5,500 uniformed personnel": the noun says it, whoever sets it."""
    words = range(quantity.i - 1, quantity.figure[0])
    return not quantity.actors and any("limit_noun" in reading.sentence.tags(k) for k in words)


def _draft_ceiling(context: Context, reading: Reading, quantity: Quantity) -> Draft:
    is_proposed = any("proposal" in tags for tags in reading.sentence.classes)
    draft = _new(reading, quantity, "mandate", "planned" if is_proposed else "done", "ceiling")
    draft.fields["subkind"] = "authorise"
    force = force_meant(context, reading, quantity.i)
    put_implied_actor(context, draft, force if is_proposed else _COUNCIL)
    if not is_proposed:
        draft.put("target", None, target=force)
    return draft


def _has_addends(reading: Reading, quantity: Quantity) -> bool:
    """True for the whole of parts that are a force's ("5,550 people: 5,500 in uniform and 50 civilians"), or a part."""
    if quantity.is_addend and quantity.whole is not None:
        return quantity.whole.group != "civil" or _has_addends(reading, quantity.whole)
    parts = [part for part in reading.quantities if part.whole is quantity and part.is_addend]
    return any(part.group in ("force", "bare") for part in parts)


def is_measured_against(reading: Reading, quantity: Quantity) -> bool:
    """As in "far from the 2,500", "980 of the 2,500", "twice the 2,500": what there should be."""
    sentence = reading.sentence
    if any(part.whole is quantity and part.figure[0] < quantity.figure[0] for part in reading.quantities):
        return quantity.is_definite or quantity.value >= _SMALLEST_BARE
    before = range(max(0, quantity.i - _CONTRAST_REACH), quantity.figure[0])
    return any("contrast" in sentence.tags(k) or _is_fraction_of(sentence, k) for k in before)


def _is_fraction_of(sentence: Sentence, k: int) -> bool:
    """As in "a third of the 2,500", not "the third group of 217"."""
    mark = sentence.marks[k]
    if mark is None or "fraction" not in mark.entry.tags:
        return False
    return "of" in sentence.tags(mark.j) and not sentence.entry(mark.j).cues


def _draft_goal(context: Context, reading: Reading, quantity: Quantity, made: dict[int, Draft]) -> Draft | None:
    part = next((p for p in reading.quantities if p.whole is quantity and id(p) in made), None)
    before = made.get(id(part)) if part is not None else next(iter(reversed(made.values())), None)
    sender = before.get("actor") if before is not None else None
    own = [found for found in _own(context, reading, quantity) if context.is_contributor(found[0])]
    if before is not None and before.kind == "strength":
        if "earlier" in reading.sentence.tags(quantity.j):
            # "860, contre 700 auparavant": what there was before.
            return _draft_part(context, reading, quantity, before)
        if "total" in reading.sentence.tags(quantity.j):
            # "735 out of 991 in all": what there is of everybody.
            draft = _draft_part(context, reading, quantity, before)
            put_implied_actor(context, draft, force_meant(context, reading, quantity.i))
            return draft
    if own or (sender is not None and context.is_contributor(context.actors.get(sender))):
        draft = _new(reading, quantity, "pledge", "pledged", "flow")
        if own:
            put_actor(draft, own[0])
        else:
            put_implied_actor(context, draft, str(sender))
        return draft
    if quantity.value < _SMALLEST_BARE or (before is None and quantity.group == "bare"):
        return None
    draft = _new(reading, quantity, "mandate", "planned", "ceiling")
    draft.fields["subkind"] = "authorise"
    put_implied_actor(context, draft, force_meant(context, reading, quantity.i))
    return draft


def _draft_part(context: Context, reading: Reading, quantity: Quantity, whole: Draft) -> Draft:
    """As in "991, comprising 733 police from Kenya": a part is there as its whole is."""
    draft = _new(reading, quantity, whole.kind, str(whole.get("status")), whole.get("measure"))
    own = [found for found in _own(context, reading, quantity) if context.is_contributor(found[0])]
    if whole.kind == "mandate":
        draft.fields["subkind"] = whole.get("subkind")
    if own:
        put_actor(draft, own[0])
    elif whole.get("actor") is not None:
        put_implied_actor(context, draft, str(whole.get("actor")))
        if whole.get("target") is not None:
            draft.put("target", None, target=whole.get("target"))
    mention = own_date(reading, quantity) if whole.kind != "strength" else None
    if mention is not None:
        put_date(draft, mention, future=whole.get("status") == "planned")
    if whole.kind == "strength":
        put_place(context, reading, draft, quantity.i)
    return draft


def _draft_found(context: Context, reading: Reading, quantity: Quantity, found: Found) -> Draft:
    """What people of the mission are counted for: they moved on a day, are to come, are planned, or are there."""
    kind, status, measure = _mean(context, reading, quantity, found)
    draft = _new(reading, quantity, kind, status, measure)
    force = force_meant(context, reading, quantity.i)
    if kind == "mandate":
        draft.fields["subkind"] = "authorise"
        put_implied_actor(context, draft, _COUNCIL if status == "done" else force)
        if status == "done":
            draft.put("target", None, target=force)
    elif context.is_force(found[0]):
        put_actor(draft, (context.actors.get(force, found[0]), found[1], found[2]))
    else:
        put_actor(draft, found)
    mention = clause_date(reading, quantity.i) if kind != "strength" else None
    if mention is not None:
        put_date(draft, mention, future=status == "planned")
    if kind in ("strength", "deployment"):
        put_place(context, reading, draft, quantity.i)
    return draft


Meaning = tuple[str, str, str]


def _mean(context: Context, reading: Reading, quantity: Quantity, found: Found) -> Meaning:
    sentence = reading.sentence
    to_come = is_future(reading, quantity.i) or is_future(reading, min(quantity.j, len(sentence.tokens) - 1), back=3)
    if context.is_force(found[0]):
        tags = frozenset().union(*sentence.classes)
        is_granted = tags & {"resolution", "council", "adopt"} and not _falls_short(reading, quantity)
        if is_granted or quantity.qualifier == "up_to":
            return "mandate", "done", "ceiling"
        to_come = to_come or "article" in sentence.tags(quantity.figure[0] - 1)
        return ("mandate", "planned", "ceiling") if to_come else ("strength", "done", "stock")
    if _leaves(sentence, quantity):
        return "withdrawal", "planned" if to_come else "done", "flow"
    is_pledged = any("pledge_noun" in sentence.tags(k) for k in range(quantity.i))
    if is_pledged or (quantity.is_definite and _is_still_owed(reading, quantity)):
        return "pledge", "pledged", "flow"
    if to_come:
        return ("deployment", "planned", "flow") if reading.dates else ("pledge", "pledged", "flow")
    has_day = any(mention.precision == "day" and not mention.is_speech for mention in reading.dates)
    has_more = any("more" in sentence.tags(k) for k in range(quantity.i, min(quantity.j + 2, len(sentence.tokens))))
    return ("deployment", "done", "flow") if has_day or has_more else ("strength", "done", "stock")


# "the remaining 490 officers will all leave": so many tokens on either side of the number.
_LEAVING_REACH = 6


def _leaves(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "Kenya's remaining 490 officers will leave in stages": the last of a contingent go home."""
    near = range(max(0, quantity.i - _LAST_REACH), quantity.j)
    if not any("last_of" in sentence.tags(k) for k in near):
        return False
    after = range(quantity.j, min(quantity.j + _LEAVING_REACH, len(sentence.tokens)))
    return any(sentence.tags(k) & {"leaving", "departing", "homeward"} for k in after)


# "the last of its 490": so many tokens from the word to the number.
_LAST_REACH = 3


def _falls_short(reading: Reading, quantity: Quantity) -> bool:
    """As in "nears 1,050, a fifth of the 5,500 that the resolution set": what a larger number of its clause is for."""
    larger = (q for q in reading.quantities if q.value > quantity.value and q.group in _PERSONS)
    return any(is_measured_against(reading, other) for other in larger)


_COUNCIL = "UNSC"


def _new(reading: Reading, quantity: Quantity, kind: str, status: str, measure: str | None) -> Draft:
    draft = new_draft(kind, f"{kind}.unclaimed", reading, quantity, quantity.unit_at or quantity.figure)
    draft.fields.update(status=status, measure=measure)
    if quantity.unit is None:
        draft.put("unit", None, unit="personnel", unit_class="personnel")
    return draft


def _own(context: Context, reading: Reading, quantity: Quantity) -> list[Found]:
    marks = quantity.actors or _nation_before(reading.sentence, quantity)
    return [(a, mark, reading.sentence) for mark in marks if (a := state_behind(context, actor_of(mark)))]


def _nation_before(sentence: Sentence, quantity: Quantity) -> list[Mark]:
    """As in "1,480: Chadians, 1,092; Salvadorans, 240": a list with the people before their numbers."""
    mark = sentence.marks[quantity.i - 2] if quantity.i >= 2 and sentence.low(quantity.i - 1) == "," else None
    is_list = mark is not None and mark.name is not None and mark.name.form == "adjective"
    return [mark] if mark is not None and is_list and quantity.is_addend else []


def _whose(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """The nation in the phrase, or the force that the clause is about."""
    own = [found for found in _own(context, reading, quantity) if context.is_contributor(found[0])]
    if own:
        return own[0] if len(own) == 1 and quantity.value >= _SMALLEST_BODY else None
    owner = find_owning_force(context, reading, quantity)
    if owner is not None:
        return owner if quantity.value >= _SMALLEST_BODY else None
    nation = _owned(context, reading, quantity) or _of_rest(context, reading, quantity)
    if nation is not None:
        return nation
    least = _SMALLEST_BARE if quantity.group == "bare" else _SMALLEST_BODY
    if quantity.value < least or reading.sentence.in_title:
        return None
    subjects = find_subjects(context, reading, quantity.i, senders=True)
    if subjects and subjects[0][2] is reading.sentence:
        found = subjects[0]
    else:
        topic = topic_force(context, reading) if subjects or _is_we(reading.sentence, quantity.i) else None
        if topic is None:
            return None
        found = topic
    return found if context.is_force(found[0]) else None


def _of_rest(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """As in "The remaining 600 would come later": the rest of those whom the nation spoken of last has promised."""
    sentence = reading.sentence
    before = range(max(0, quantity.i - _LAST_REACH), quantity.j)
    is_rest = quantity.is_definite and any(sentence.tags(k) & {"last_of", "others"} for k in before)
    after = range(quantity.j, min(quantity.j + _LAST_REACH, len(sentence.tokens)))
    if not is_rest or quantity.value < _SMALLEST_BODY or not any("future" in sentence.tags(k) for k in after):
        return None
    return next((found for found in resolve_focus(reading) if context.is_contributor(found[0])), None)


def _owned(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """As in "Kenya's 700-odd officers", "Kenya, whose 1,000 policemen were to come"."""
    sentence, first = reading.sentence, quantity.i
    if quantity.value < _SMALLEST_BODY or not (quantity.group == "force" or _is_named_owner(sentence, quantity)):
        return None
    near = range(max(0, first - 2), quantity.figure[0])
    if not any(sentence.tags(k) & {"possessive", "genitive"} or sentence.low(k) in GENITIVES for k in near):
        return None
    subjects = find_subjects(context, reading, quantity.figure[0], senders=True)
    return next((f for f in subjects if f[2] is sentence and context.is_contributor(f[0])), None)


def _is_named_owner(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "Burundi's 800, offered in December": a bare number right behind a nation in the genitive."""
    k = quantity.i - 1
    is_genitive = "genitive" in sentence.tags(k) or sentence.low(k) in GENITIVES
    return quantity.group == "bare" and is_genitive and sentence.name(k - 1) is not None


def _is_still_owed(reading: Reading, quantity: Quantity) -> bool:
    """As in "confirmed its 2,000 soldiers", "its 150 police will be ready": people who are only held out."""
    sentence = reading.sentence
    around = range(max(0, quantity.i - _HELD_OUT_REACH), min(quantity.j + _HELD_OUT_REACH, len(sentence.tokens)))
    return any(sentence.tags(k) & {"held_out", "condition", "proviso"} for k in around) or any(
        cue.kind == "pledge" for k in around for cue in sentence.entry(k).cues
    )


# "its 150 military police, he said, are in training": so many tokens on either side.
_HELD_OUT_REACH = 6


def _is_we(sentence: Sentence, stop: int) -> bool:
    return any("pronoun_we" in sentence.tags(k) for k in range(stop))
