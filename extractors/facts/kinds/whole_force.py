"""Reading -> the force as a whole: which of the mission's forces is meant, and whether it is still spoken of.

A mission that took the place of another one is told beside it: "It may grow to 5,500; its forerunner was meant to have
2,500." Each size belongs to the force that stands nearest, or that the sentences before were about.
"""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import Found, actor_of, acts, opens_clause

# A force spoken of is meant by "it" for so many sentences.
_REACH = 3
# A force named behind the number is further away than one before it.
_BEHIND = 6


def force_meant(context: Context, reading: Reading, at: int) -> str:
    """The id of the force that token `at` speaks of."""
    known = context.mission.forces
    if len(known) < 2:
        return context.force
    before: Reading | None = reading
    for _ in range(_REACH):
        if before is None or before.sentence.in_title != reading.sentence.in_title:
            break
        named = _named(context, before.sentence, at if before is reading else len(before.sentence.tokens))
        if named is not None:
            return named
        if _says_head(context, before.sentence):
            return context.force
        before = before.before
    return context.force


def _named(context: Context, sentence: Sentence, at: int) -> str | None:
    """The force named nearest to a token; a predecessor needs no name ("the mission it replaces")."""
    found: list[tuple[int, str]] = []
    for mark in sentence.each():
        force = _force_of(context, mark, sentence)
        if force is not None:
            found.append((at - mark.j if mark.j <= at else mark.i - at + _BEHIND, force))
    return min(found)[1] if found else None


def _force_of(context: Context, mark: Mark, sentence: Sentence) -> str | None:
    if "predecessor" in mark.entry.tags:
        return predecessor_of(context, context.force)
    actor = actor_of(mark)
    if actor is None or not context.is_force(actor) or is_generic(sentence, mark):
        return None
    return actor.id


def _says_head(context: Context, sentence: Sentence) -> bool:
    """As in "the force", where "force" is in the name of the newest one, and not in that of its predecessor."""
    actor = context.actors.get(context.force)
    if actor is None or predecessor_of(context, context.force) == context.force:
        return False
    heads = {word.lower() for name in actor.names for word in name.text.split()}
    return any(is_force_phrase(sentence, mark) and sentence.low(mark.j - 1) in heads for mark in sentence.each())


def speaks_of_force(context: Context, sentence: Sentence) -> bool:
    """True where the force or the mission is named, whatever is said of it."""
    return any(context.is_force(actor_of(m)) or "mission_word" in m.entry.tags for m in sentence.each())


def predecessor_of(context: Context, force: str) -> str:
    """The force whose place another one took; the force itself where it is the first."""
    for succession in context.mission.successions:
        if succession.successor == force:
            return succession.predecessor
    return force


def is_generic(sentence: Sentence, mark: Mark) -> bool:
    """As in "the mission", "the multinational force", "the U.N.-backed mission": whichever force there is."""
    return not any(sentence.tokens[k].is_capital for k in range(max(mark.i + 1, mark.j - 1), mark.j)) and (
        mark.j - mark.i > 1 or mark.is_compound
    )


def topic_force(context: Context, reading: Reading) -> Found | None:
    """The force, where the sentence before was about it: what "it" and "its" mean now."""
    before = reading.before
    for _ in range(_REACH):
        if before is None or before.sentence.in_title != reading.sentence.in_title:
            return None
        found, is_others = _topic(context, before.sentence)
        if found is not None or is_others:
            return found
        before = before.before
    return None


def _topic(context: Context, sentence: Sentence) -> tuple[Found | None, bool]:
    """The force that a sentence is about, and whether it is about a nation instead."""
    is_others, named = False, None
    for mark in sentence.each():
        actor = actor_of(mark)
        if is_force_phrase(sentence, mark) or (actor is not None and context.is_force(actor) and not mark.is_compound):
            known = actor or context.actors.get(context.force)
            first = _first_of(sentence, mark)
            if known is not None and opens_clause(sentence, first - 1):
                return (known, mark, sentence), False
            named = named or ((known, mark, sentence) if known is not None else None)
        elif context.is_contributor(actor) and acts(context, sentence, mark):
            is_others = True
    return (None, True) if is_others else (named, False)


def _first_of(sentence: Sentence, mark: Mark) -> int:
    """The token at which the phrase begins: with its article and what stands between."""
    for k in range(mark.i - 1, max(-1, mark.i - 3), -1):
        if "definite" in sentence.tags(k):
            return k
    return mark.i


def is_force_phrase(sentence: Sentence, mark: Mark) -> bool:
    """As in "the mission", "the outgoing operation", "this new force"."""
    if "predecessor" in mark.entry.tags:
        return True
    if "mission_word" not in mark.entry.tags or "force_noun" in mark.entry.tags:
        return False
    return "definite" in sentence.tags(_first_of(sentence, mark))


# "members of the Kenyan-led security force": so many tokens.
_OWNER_REACH = 6
GENITIVES = ("'s", "’s")


def find_owning_force(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """As in "990 members of the force", "480 éléments de la mission", "the force's 990 members"."""
    sentence = reading.sentence
    is_before_noun = "mission_word" in sentence.tags(quantity.j) | sentence.tags(quantity.j + 1)
    is_of = is_before_noun or bool(sentence.tags(quantity.j) & {"of", "from"})
    if quantity.group != "force":
        return None
    behind = range(quantity.j, min(quantity.j + _OWNER_REACH, len(sentence.tokens))) if is_of else range(0)
    before = (quantity.i - 2,) if quantity.i > 1 and sentence.low(quantity.i - 1) in GENITIVES else ()
    inside = range(quantity.figure[1] + 1, quantity.j)
    unit = sentence.marks[quantity.unit_at[0]] if quantity.unit_at is not None else None
    if unit is not None and quantity.value > 1 and context.holds(sentence, inside, "mission_word"):
        # "990 membres de la force" is one noun.
        known = context.actors.get(context.force)
        return (known, unit, sentence) if known is not None else None
    for k in (*before, *behind):
        mark = sentence.marks[k]
        actor = actor_of(mark)
        is_noun = mark is not None and (is_before_noun and "mission_word" in mark.entry.tags)
        if mark is not None and (is_noun or context.is_force(actor) or is_force_phrase(sentence, mark)):
            known = actor or context.actors.get(context.force)
            return (known, mark, sentence) if known is not None else None
    return None
