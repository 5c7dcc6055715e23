"""People that no cue governs -> whose they are: the nation in the phrase, its owner, or the force spoken of."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.kinds.comparisons import SMALLEST_BARE
from extractors.facts.kinds.whole_force import GENITIVES, find_owning_force, topic_force
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import Found, actor_of, find_subjects, resolve_focus, state_behind

# Fewer are somebody's colleagues, not a contingent.
_SMALLEST_BODY = 5
# "the last of its 490": so many tokens from the word to the number.
LAST_REACH = 3


def own_nations(context: Context, reading: Reading, quantity: Quantity) -> list[Found]:
    """The states behind those named in the phrase of a number, or before it in a list."""
    marks = quantity.actors or _nation_before(reading.sentence, quantity)
    return [(a, mark, reading.sentence) for mark in marks if (a := state_behind(context, actor_of(mark)))]


def _nation_before(sentence: Sentence, quantity: Quantity) -> list[Mark]:
    """As in "1,480: Chadians, 1,092; Salvadorans, 240": a list with the people before their numbers."""
    mark = sentence.marks[quantity.i - 2] if quantity.i >= 2 and sentence.low(quantity.i - 1) == "," else None
    is_list = mark is not None and mark.name is not None and mark.name.form == "adjective"
    return [mark] if mark is not None and is_list and quantity.is_addend else []


def find_whose(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """The nation in the phrase, or the force that the clause is about."""
    own = [found for found in own_nations(context, reading, quantity) if context.is_contributor(found[0])]
    if own:
        return own[0] if len(own) == 1 and quantity.value >= _SMALLEST_BODY else None
    owner = find_owning_force(context, reading, quantity)
    if owner is not None:
        return owner if quantity.value >= _SMALLEST_BODY else None
    nation = _owned(context, reading, quantity) or _of_rest(context, reading, quantity)
    if nation is not None:
        return nation
    least = SMALLEST_BARE if quantity.group == "bare" else _SMALLEST_BODY
    if quantity.value < least or reading.sentence.in_title:
        return None
    subjects = find_subjects(context, reading, quantity.i, senders=True)
    if subjects and subjects[0][2] is reading.sentence:
        found = subjects[0]
    else:
        is_told = bool(subjects) or _is_we(reading.sentence, quantity.i) or _is_figure(reading.sentence, quantity)
        topic = topic_force(context, reading) if is_told else None
        if topic is None:
            return None
        found = topic
    return found if context.is_force(found[0]) else None


def _of_rest(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """As in "The remaining 600 would come later": the rest of those whom the nation spoken of last has promised."""
    sentence = reading.sentence
    before = range(max(0, quantity.i - LAST_REACH), quantity.j)
    is_rest = quantity.is_definite and any(sentence.tags(k) & {"last_of", "others"} for k in before)
    after = range(quantity.j, min(quantity.j + LAST_REACH, len(sentence.tokens)))
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


def _is_we(sentence: Sentence, stop: int) -> bool:
    return any("pronoun_we" in sentence.tags(k) for k in range(stop))


# "The precise figure, according to his staff, is 416": so many tokens from the noun to the number.
_FIGURE_REACH = 9


def _is_figure(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "The figure is now 785": the count of whoever the sentence before was about."""
    near = range(max(0, quantity.i - _FIGURE_REACH), quantity.i)
    is_said = any("be" in sentence.tags(k) for k in range(quantity.i - 2, quantity.i))
    return is_said and any("figure_noun" in sentence.tags(k) for k in near)


# "none of its 2,000 soldiers": so many tokens from the word to the number.
_NONE_REACH = 3


def find_none_of(context: Context, reading: Reading, quantity: Quantity) -> list[Found]:
    """As in "and Benin none of its 2,000 soldiers": the verb is left out, and its new subject stands before "none"."""
    sentence = reading.sentence
    near = range(max(0, quantity.i - _NONE_REACH), quantity.figure[0])
    k = next((k for k in near if "none_of" in sentence.tags(k)), None)
    mark = sentence.marks[k - 1] if k else None
    actor = actor_of(mark)
    return [(actor, mark, sentence)] if mark is not None and actor is not None and context.is_contributor(actor) else []
