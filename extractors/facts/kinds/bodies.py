"""Quantity -> is it a body of people sent somewhere: not those who speak one by one, not things, not a home force."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.governing import Bid
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.scope import Scope, own_scope
from extractors.facts.slots import Found, actor_of


def is_body_of_people(context: Context, reading: Reading, quantity: Quantity) -> bool:
    """False for sources, for bare numbers of vehicles, for people wished for, and for those who serve at home."""
    if _speaks(reading.sentence, quantity) or (quantity.group == "bare" and _counts_things(reading)):
        return False
    if _is_wished(reading.sentence, quantity):
        return False
    return not (_serves_at_home(context, reading.sentence) and not quantity.actors)


def is_elsewhere(context: Context, reading: Reading) -> bool:
    """True for a sentence about another mission's people, in which ours has no part."""
    return own_scope(context, reading.sentence) is Scope.OTHER


# "pide llegar a 1.000 efectivos", "had asked for 40": so many words may stand between the wish and its number.
_WISH_REACH = 5


def _is_wished(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "wants to have 1,000", "asked for 40 more": a number that somebody would like is nobody's promise."""
    for k in range(quantity.i - 1, max(-1, quantity.i - 1 - _WISH_REACH), -1):
        tags = sentence.tags(k)
        if "wish" in tags:
            return True
        if "break" in tags or "relative" in tags or sentence.low(k) in (",", ";"):
            return False
    return False


def _speaks(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "three officers who said", "according to two officers": they are sources, nobody's contingent."""
    k = quantity.j
    if "relative" in sentence.tags(k):
        k += 1
    while sentence.tags(k) & {"have", "earlier"}:
        k += 1
    # "announced 400 officers" speaks of them, "400 officers announced by" does too; only plain saying is a source's.
    if "source_verb" in sentence.tags(k):
        return True
    return bool(sentence.tags(quantity.i - 1) & {"according", "interviewing"})


def _counts_things(reading: Reading) -> bool:
    """As in "They bring the number to 62" after a sentence about vehicles: what was counted last is counted on."""
    group = _last_group(reading.sentence)
    if group is None and reading.before is not None and reading.before.sentence.in_title == reading.sentence.in_title:
        group = _last_group(reading.before.sentence)
    return group == "equipment"


def _last_group(sentence: Sentence) -> str | None:
    """Equipment where the sentence counts things and nobody."""
    groups = {mark.entry.unit.group for mark in sentence.each() if mark.entry.unit is not None}
    if groups & {"force", "civil", "gang", "event"}:
        return "people"
    return "equipment" if "equipment" in groups else None


def _serves_at_home(context: Context, sentence: Sentence) -> bool:
    """As in "at the border", "on active duty": an army or a police at home, unless the mission is spoken of."""
    marks = list(sentence.each())
    if not any("home_duty" in mark.entry.tags for mark in marks):
        return False
    return not any(context.is_force(actor_of(mark)) for mark in marks)


# Cues that speak of the mission's own people without naming it ("join the 400", "bringing the total to 617").
OF_MISSION = frozenset(["join", "total", "on the ground", "leave behind", "strong"])


def speaks_of_mission(context: Context, reading: Reading, bid: Bid) -> bool:
    """True where a strength that nobody is named for can only be the mission's."""
    sentence = reading.sentence
    if bid.cue.name in OF_MISSION:
        return True
    for mark in sentence.each():
        if context.is_force(actor_of(mark)) or mark.entry.tags & {"mission_word", "earlier"}:
            return True
    return False


def are_nations(context: Context, actors: list[Found]) -> bool:
    """True where those who act are known, and contributors all: their people, not the force as a whole."""
    return bool(actors) and all(context.is_contributor(found[0]) for found in actors)


def is_group(context: Context, reading: Reading, actors: list[Found], stop: int) -> bool:
    """As in "the new group will have about 20 people", "Kenya's second contingent": not the size of the force."""
    if any(context.is_force(found[0]) for found in actors):
        return False
    tags = frozenset().union(*(reading.sentence.tags(k) for k in range(stop)))
    near = frozenset().union(*(reading.sentence.tags(k) for k in range(stop - _GROUP_REACH, stop)))
    return "contingent_noun" in near and not tags & {"resolution", "council"}


# "the new group, he said, will have about 20 people": so many tokens between the noun and its verb.
_GROUP_REACH = 5


def find_nation_behind(context: Context, reading: Reading, quantity: Quantity) -> Found | None:
    """The nation of "730 are Kenyan", "about 800 of them are Kenyans", "of whom some 760 are from Kenya"."""
    sentence, be = reading.sentence, quantity.j
    while "of_them" in sentence.tags(be):
        be += 1
    k = be + 1
    is_origin = "from" in sentence.tags(k)
    while is_origin and sentence.tags(k) & {"from", "determiner"}:
        k += 1
    mark = sentence.marks[k] if k < len(sentence.marks) else None
    actor = actor_of(mark)
    if quantity.group not in ("bare", "force") or "be" not in sentence.tags(be) or mark is None or mark.name is None:
        return None
    if actor is None or (mark.name.form != "adjective" and not is_origin) or not context.is_contributor(actor):
        return None
    return actor, mark, sentence
