"""Victims -> who is counted: a gang's men, a contributor's officers, Haiti's police, else the people of the theatre."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.entry import Unit
from extractors.facts.kinds.home_forces import MEMBER_REACH, home_force, is_home_police, is_named, tells_of_home_police
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import (
    Found,
    actor_of,
    find_subjects,
    put_actor,
    put_implied_actor,
    resolve_focus,
    state_behind,
)
from extractors.records import Actor


def put_counted(context: Context, reading: Reading, draft: Draft, quantity: Quantity) -> None:
    """Fills the actor of a harm."""
    if _put_same(context, reading, draft, quantity):
        return
    if (known := _from_sentence_before(context, reading, quantity)) is not None:
        put_actor(draft, known)
        return
    if (victims := _from_clause_before(context, reading, quantity)) is not None:
        put_actor(draft, victims[0])
        draft.put("unit", None, unit=victims[1].name, unit_class=victims[1].unit_class)
        return
    quantity = _antecedent(reading, quantity)
    gang = _gang_words(reading, quantity)
    if gang is not None:
        _put_gang(context, reading, draft, gang)
        return
    own = next((m for m in quantity.actors if actor_of(m) is not None), None)
    actor, unit = actor_of(own), quantity.unit
    if unit is not None and unit.actor is not None:
        put_implied_actor(context, draft, unit.actor)
    elif own is not None and actor is not None and context.is_contributor(actor):
        put_actor(draft, (actor, own, reading.sentence))
    elif unit is not None and unit.group == "force" and not _are_plain_men(context, reading, quantity):
        _put_force(context, reading, draft, quantity, is_theatre=actor is not None)
    else:
        put_implied_actor(context, draft, context.mission.theatre)


# "three of the wounded", "two of them": the people of the harm told in this sentence or so many before.
_SAME_REACH = 2


def _put_same(context: Context, reading: Reading, draft: Draft, quantity: Quantity) -> bool:
    """As in "Eight officers were hurt. Three of the wounded were flown out.": a part of those harmed just before."""
    harm = context.harm
    if harm is None or harm.sentence.in_title:
        return False
    if not (_is_of_harmed(reading, quantity) or _follows(reading, quantity, harm)):
        return False
    if reading.sentence.index - harm.sentence.index > _SAME_REACH:
        return False
    span = harm.spans.get("actor")
    draft.put(
        "actor",
        span[0] if span and not reading.sentence.in_title else None,
        **{name: harm.get(name) for name in ("actor", "actor_text", "actor_country")},
    )
    return True


def _follows(reading: Reading, quantity: Quantity, harm: Draft) -> bool:
    """As in "25 others were wounded and five are missing": no noun in the sentence says who they are."""
    if harm.sentence is not reading.sentence or quantity.actors or quantity.unit is not None:
        return False
    before = [q for q in reading.quantities if q.figure[0] < quantity.figure[0]]
    return bool(before) and all(_are_others(reading, q) or q.unit is None for q in before)


def _is_of_harmed(reading: Reading, quantity: Quantity) -> bool:
    """True for "three of the injured", "deux des blessés", "Trois le sont grièvement", "tres de ellos"."""
    sentence = reading.sentence
    if quantity.i <= 1 and not quantity.actors and _are_others(reading, quantity):
        return True
    if quantity.actors or (quantity.unit is not None and quantity.unit.group != "event"):
        return False
    after = frozenset().union(*(sentence.tags(k) for k in range(quantity.figure[1], quantity.figure[1] + 2)))
    if quantity.unit is not None:
        return "of" in after and quantity.unit.subkind in ("injured", "killed", "kidnapped", None)
    return quantity.i <= 1 and bool(after & {"of_them", "so_they_are"})


def _are_others(reading: Reading, quantity: Quantity) -> bool:
    """As in "25 others were wounded" at the head of a sentence: others of the same."""
    return _is_other(reading, quantity) or (
        quantity.unit is None and "others" in reading.sentence.tags(quantity.figure[1])
    )


def _antecedent(reading: Reading, quantity: Quantity) -> Quantity:
    """As in "Two officers were killed and three wounded": without a noun it counts what the one before counts."""
    if quantity.actors or (
        quantity.unit is not None and quantity.unit.group != "event" and not _is_other(reading, quantity)
    ):
        return quantity
    if quantity.unit is not None and quantity.unit.subkind not in ("injured", None):
        return quantity
    before = [
        q
        for q in reading.quantities
        if q.figure[0] < quantity.figure[0] and q.unit is not None and q.group != "equipment"
    ]
    return before[-1] if before and before[-1].group in ("force", "gang", "civil") else quantity


def _from_sentence_before(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """As in "No Kenyan officer has been killed. Two had been injured.": what a bare subject counts was named before."""
    before = reading.before.sentence if reading.before is not None else None
    if before is None or quantity.i or quantity.unit is not None or before.in_title != reading.sentence.in_title:
        return None
    people = [m for m in before.each() if m.entry.unit is not None and m.entry.unit.group == "force"]
    nation = before.marks[people[0].i - 1] if len(people) == 1 and people[0].i else None
    actor = actor_of(nation)
    if nation is None or actor is None or not context.is_contributor(actor):
        return None
    return actor, nation, before


def _from_clause_before(context: Context, reading: Reading, quantity: Quantity) -> tuple[Found, Unit] | None:
    """As in "no Kenyan officer had died, calling reports of seven deaths false": deaths of those just spoken of."""
    sentence = reading.sentence
    if quantity.unit is None or quantity.unit.group != "event" or quantity.actors:
        return None
    harms = [mark.i for mark, cue in sentence.cues() if cue.kind == "casualty" and mark.j <= quantity.i]
    for mark in sentence.each():
        nation = sentence.marks[mark.i - 1] if mark.i else None
        actor = actor_of(nation)
        unit = mark.entry.unit
        if unit is None or unit.group != "force" or nation is None or not any(mark.j <= at for at in harms):
            continue
        if actor is not None and context.is_contributor(actor):
            return (actor, nation, sentence), unit
    return None


def _is_other(reading: Reading, quantity: Quantity) -> bool:
    return quantity.unit_at is not None and "others" in reading.sentence.tags(quantity.unit_at[0])


# "300 people whom the authorities describe as bandits": so many words may stand between a number and its predicate.
_PREDICATE_REACH = 9


def _gang_words(reading: Reading, quantity: Quantity) -> tuple[int, int] | None:
    """The words that make victims gang members: their noun, their predicate, or the gang they belonged to."""
    unit, sentence = quantity.unit, reading.sentence
    if unit is not None and unit.group == "gang" and quantity.unit_at is not None:
        return quantity.unit_at
    if unit is not None and (unit.unit_class in ("child", "woman", "civilian", "police") or unit.actor is not None):
        return None
    for k in range(quantity.j, min(quantity.j + _PREDICATE_REACH, len(sentence.tokens))):
        mark = sentence.marks[k]
        if sentence.low(k) in (",", ";", ":", ".") or (mark is not None and _ends_phrase(mark)):
            return None
        if mark is not None and _names_gang(sentence, quantity, mark):
            return mark.i, mark.j
    return None


def _ends_phrase(mark: Mark) -> bool:
    return bool(mark.entry.cues) or bool(mark.entry.tags & {"by", "break", "said", "conjunction"} - {"relative"})


def _names_gang(sentence: Sentence, quantity: Quantity, mark: Mark) -> bool:
    if mark.entry.unit is not None and mark.entry.unit.group == "gang":
        return not sentence.entry(mark.j).cues
    actor = actor_of(mark)
    return actor is not None and actor.type == "gang" and _belongs(sentence, quantity, mark.i)


def _belongs(sentence: Sentence, quantity: Quantity, k: int) -> bool:
    """As in "two members of the Gran Grif gang", "four belonged to the gang"."""
    words = frozenset().union(*(sentence.tags(n) for n in range(quantity.figure[1], k)))
    return "belonging" in words or (quantity.unit is not None and quantity.unit.group == "force" and "of" in words)


def _put_gang(context: Context, reading: Reading, draft: Draft, at: tuple[int, int]) -> None:
    put_implied_actor(context, draft, context.adversary)
    draft.fields["actor_text"] = reading.sentence.words(*at)
    draft.spans["actor"] = [reading.sentence.span(*at)]
    draft.derived.discard("actor")


def _are_plain_men(context: Context, reading: Reading, quantity: Quantity) -> bool:
    """As in "134 men and 73 women": a force's men only where a force is spoken of."""
    at = quantity.unit_at
    if at is None or "men_word" not in reading.sentence.tags(at[0]):
        return False
    return not any(is_named(context, mark) for mark in reading.sentence.each())


def _put_force(context: Context, reading: Reading, draft: Draft, quantity: Quantity, *, is_theatre: bool) -> None:
    """Officers without a nation are the contributor's spoken of; those of the theatre are its police."""
    if not is_theatre and not is_home_police(context, reading, draft, quantity):
        if reading.sentence.in_title or _is_of_mission(context, reading, draft, quantity):
            # A headline leaves it to the body to say whose they are.
            put_implied_actor(context, draft, context.force)
            return
        found = _contributor(context, reading)
        if (found is None or found[2] is not reading.sentence) and tells_of_home_police(context, reading, quantity.i):
            put_implied_actor(context, draft, home_force(context, quantity))
            return
        if found is not None:
            put_actor(draft, found)
            return
        if _is_of_his_men(reading, quantity):
            put_implied_actor(context, draft, context.force)
            return
        if context.topic is not None and _sends_people(context.actors.get(context.topic)):
            put_implied_actor(context, draft, context.topic)
            return
        if _fell_abroad(context, reading) and (lead := _leading_state(context)) is not None:
            put_implied_actor(context, draft, lead)
            return
    put_implied_actor(context, draft, home_force(context, quantity))


def _fell_abroad(context: Context, reading: Reading) -> bool:
    """As in "Constable X, who was shot dead in Haiti": of its own police a country tells in what town they fell."""
    sentence = reading.sentence
    for mark in sentence.each():
        actor = actor_of(mark)
        if actor is None or mark.name is None or actor.id != context.mission.theatre or mark.name.form != "name":
            continue
        before = sentence.tags(mark.i - 1)
        if "place_preposition" in before and "of" not in before:
            return True
    return False


def _leading_state(context: Context) -> str | None:
    return next((actor.id for actor in context.mission.actors if actor.type == "state" and _leads(actor)), None)


def _is_of_his_men(reading: Reading, quantity: Quantity) -> bool:
    """As in "three of his officers" (not "his colleagues"): the mission's, where nobody's nation was told."""
    tags = reading.sentence.tags(quantity.j - 1)
    return quantity.value > 1 and "fellow" not in tags and "possessive" in reading.sentence.tags(quantity.j - 2)


def _contributor(context: Context, reading: Reading) -> Found | None:
    """The contributor whose officers they are: named in the sentence or just before, else what the article is about."""
    for mark in reading.sentence.each():
        actor = state_behind(context, actor_of(mark))
        if actor is not None and _has_people(context, mark):
            return actor, mark, reading.sentence
    found = [f for f in resolve_focus(reading) if _has_people(context, f[1])]
    is_near = bool(found) and reading.sentence.index - found[0][2].index <= 1
    return (
        found[0] if is_near and (_leads(found[0][0]) or not _leads(context.actors.get(context.topic or ""))) else None
    )


def _leads(actor: Actor | None) -> bool:
    """The state that leads the force has most of its people: where it is the topic, officers are its own."""
    return actor is not None and "lead" in actor.roles


def _has_people(context: Context, mark: Mark) -> bool:
    actor = state_behind(context, actor_of(mark))
    return context.is_contributor(actor) and _sends_people(actor)


def _sends_people(actor: Actor | None) -> bool:
    """True for states with people in the force; a donor has nobody there to lose."""
    return actor is not None and bool({"contributor", "lead"} & set(actor.roles))


def _is_of_mission(context: Context, reading: Reading, draft: Draft, quantity: Quantity) -> bool:
    """As in "two members of the mission", "the force has lost three officers": no nation, but the force itself."""
    sentence = reading.sentence
    at = quantity.unit_at[1] if quantity.unit_at is not None else quantity.j
    after = range(at, min(at + MEMBER_REACH, len(sentence.tokens)))
    if after and "of" in sentence.tags(after[0]):
        return any(context.is_force(actor_of(sentence.marks[k])) or "mission_word" in sentence.tags(k) for k in after)
    start = sentence.token_at(draft.trigger[0]) or 0
    subjects = find_subjects(context, reading, start, senders=True) if draft.rule == "casualty.killed" else []
    return bool(subjects) and all(context.is_force(found[0]) for found in subjects)
