"""People -> posts that a verb gives them: "was named commander", "took over as director", "in place of X".

Posts that stand beside a name are read in role_phrases.py; here the name and the post are parted by the verb.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from extractors.facts.people import Person
from extractors.facts.reading import Mark, Sentence

# "X, a South African who spent decades in peacekeeping, was appointed ... special representative".
_REACH = 16
# "was named on Monday as the new commander": adverbs and dates between the verb and the post.
_LINK_REACH = 8

SetRole = Callable[[Sentence, Person, Mark, int], bool]


def find_given_posts(sentence: Sentence, people: list[Person], set_role: SetRole) -> None:
    """Gives posts to people who have none yet, and the same post to those who made room for them."""
    if any(person.role is None for person in people):
        for mark in sentence.each():
            if mark.entry.role is not None and not _is_taken(people, mark):
                _give(sentence, people, mark, set_role)
            elif mark.entry.tags & {"office_noun", "head_verb"} and not _is_taken(people, mark):
                _give_office(sentence, people, mark, set_role)
        _hand_on(sentence, people)


def _is_taken(people: list[Person], mark: Mark) -> bool:
    return any(p.role is not None and p.role[0] <= mark.i < p.role[1] for p in people)


def _give(sentence: Sentence, people: list[Person], mark: Mark, set_role: SetRole) -> None:
    """The person before a post that a verb or "as" leads to."""
    link = _link_before(sentence, mark.i)
    if link is None:
        return
    before = [p for p in people if p.j <= link and link - p.j <= _REACH]
    # "appointed X as commander": the name nearest to the link; "X was appointed commander": the subject.
    person = next((p for p in reversed(before) if p.role is None and not _is_parted(sentence, p.j, link)), None)
    if person is not None:
        set_role(sentence, person, mark, person.j)


def _give_office(sentence: Sentence, people: list[Person], mark: Mark, set_role: SetRole) -> None:
    """As in "X took over the presidency of", "removed X from the head office of", "asumió la jefatura de ... X"."""
    is_verb = "head_verb" in mark.entry.tags
    if not is_verb and _office_link(sentence, people, mark.i) is None:
        return
    before = [p for p in people if p.role is None and p.j <= mark.i and mark.i - p.j <= _REACH]
    if is_verb:
        before = [p for p in before if all(sentence.tags(k) & _AUXILIARY for k in range(p.j, mark.i))]
    # Spanish may name who takes the post behind it.
    after = [p for p in people if p.role is None and 0 <= p.i - mark.j <= _REACH and not _is_cut(sentence, mark.j, p.i)]
    if is_verb and any(p.j <= mark.i for p in people):
        after = []
    for person in before[-1:] or after[:1]:
        set_role(sentence, person, mark, min(person.j, mark.i) if person.j <= mark.i else mark.i)


_AUXILIARY = frozenset(["have", "be", "earlier", "pronoun", "modal", "future"])


def _office_link(sentence: Sentence, people: list[Person], i: int) -> int | None:
    """The verb that gives, takes or leaves an office; the person it is given to may stand between."""
    k = i - 1
    while k >= max(0, i - _LINK_REACH):
        tags = sentence.tags(k)
        if tags & {"office_verb", "appointed", "resigned", "replaced", "role_link"}:
            return k
        may_pass = tags & {"determiner", "article", "definite", "role_modifier", "of", "possessive", "to"}
        is_person = any(p.i <= k < p.j for p in people)
        if not (may_pass or is_person or sentence.name(k) is not None or _is_date(sentence, k)):
            return None
        k -= 1
    return None


def _is_cut(sentence: Sentence, first: int, last: int) -> bool:
    return any(sentence.low(k) in (",", ";", ".") or "break" in sentence.tags(k) for k in range(first, last))


def _link_before(sentence: Sentence, i: int) -> int | None:
    """The token that leads to a post: "as", "to the post of", or the verb that gives it."""
    k = i - 1
    while k >= max(0, i - _LINK_REACH):
        tags = sentence.tags(k)
        if tags & {"role_link", "appointed", "resigned"}:
            return k
        may_pass = tags & {"determiner", "article", "definite", "role_modifier", "of", "possessive", "to"}
        if not (may_pass or sentence.name(k) is not None or sentence.low(k) == "'s" or _is_date(sentence, k)):
            return None
        k -= 1
    return None


def _is_date(sentence: Sentence, k: int) -> bool:
    """As in "nommé le 2 juillet représentant spécial", "was named on Monday as"."""
    entry = sentence.entry(k)
    return (
        bool(entry.month or entry.weekday >= 0 or entry.relative)
        or sentence.tokens[k].text.isdigit()
        or ("preposition" in entry.tags and _is_date(sentence, k + 1))
    )


def _is_parted(sentence: Sentence, first: int, last: int) -> bool:
    return any(sentence.low(k) == ";" or "conjunction" in sentence.tags(k) for k in range(first, last))


def _hand_on(sentence: Sentence, people: list[Person]) -> None:
    """As in "X replaces Y as director", "in place of Y": who made room held the same post."""
    held = next((p for p in people if p.role is not None), None)
    if held is None:
        return
    for person in people:
        if person.role is not None or person is held:
            continue
        k = person.i - 1
        while k > 0 and "succession" not in sentence.tags(k) and _may_lead_to_name(sentence, k):
            k -= 1
        if "succession" in sentence.tags(k) or (is_from(sentence, k) and held.role is not None and held.role[1] == k):
            person.role, person.role_class = held.role, held.role_class
            person.names, person.is_former = list(held.names), True


def is_from(sentence: Sentence, k: int) -> bool:
    """English "from", which is no "of": "took over as director from X"."""
    return "from" in sentence.tags(k) and "of" not in sentence.tags(k)


def _may_lead_to_name(sentence: Sentence, k: int) -> bool:
    return bool(sentence.tags(k) & {"determiner", "article", "role_modifier"} or sentence.entry(k).role)


def share_title(sentence: Sentence, people: list[Person]) -> None:
    """As in "Ministers X and Y", "les ministres X et Y": a title in the plural goes on to the next name."""
    for held, person in pairwise(people):
        if person.role is not None or held.role is None or held.role[1] != held.i:
            continue
        between = range(held.j, person.i)
        is_list = between and all(
            sentence.low(k) == "," or sentence.tags(k) & {"conjunction", "list_sign"} for k in between
        )
        if is_list and any(_is_plural(sentence, k) for k in range(*held.role)):
            person.role, person.role_class, person.names = held.role, held.role_class, list(held.names)


def _is_plural(sentence: Sentence, k: int) -> bool:
    low = sentence.low(k)
    return sentence.entry(k).role is not None and (low.endswith("s") or "s-" in low)
