"""Sentence -> People: capitalised names, and the post that the words before or after give them.

Which posts exist is read from the text; the mission's list of people only tells name variants and whose a post is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.facts.reading import Mark, Sentence
from extractors.facts.tokens import fold
from extractors.records import Post

# How far from a name its post may stand, in tokens: "head of the UN Integrated Office in Haiti, the Ecuadorian X".
_REACH_BEFORE = 12
_REACH_AFTER = 9
_LONGEST_NAME = 6


@dataclass(slots=True)
class Person:
    """A name over tokens i to j, with its role phrase where there is one."""

    i: int
    j: int
    name: str
    role: tuple[int, int] | None = None
    role_class: str | None = None
    names: list[Mark] = field(default_factory=list)
    post: Post | None = None
    is_former: bool = False
    is_possessive: bool = False


def read_people(sentence: Sentence, mission_posts: dict[str, list[Post]], surnames: set[str]) -> list[Person]:
    """The people of a sentence in order.

    Args:
        mission_posts: known posts by folded surname.
        surnames: of the people met so far; a surname alone stands for one of them. It is added to.
    """
    people: list[Person] = []
    i = 0
    while i < len(sentence.tokens):
        end = _read_name(sentence, i)
        if end - i >= 2 or (end - i == 1 and fold(sentence.tokens[i].text) in surnames):
            people.append(Person(i, end, sentence.words(i, end)))
            surnames.add(fold(sentence.tokens[end - 1].text))
        i = max(end, i + 1)
    for number, person in enumerate(people):
        person.post = find_post(person.name, mission_posts)
        _find_role(sentence, person, people[:number])
    return people


def find_post(name: str, posts: dict[str, list[Post]]) -> Post | None:
    """The latest known post of a person of that name: same surname, and same given name or initial where there is one."""
    words = [word for word in fold(name).replace(".", "").split() if word.isalpha() or "-" in word or "'" in word]
    found = None
    for post in posts.get(words[-1], ()) if words else ():
        known = [fold(form).split() for form in (post.person, *post.aliases)]
        if len(words) == 1 or any(words[0][0] == form[0][0] or words[0] in form for form in known if form):
            if found is None or (post.held_from and (found.held_from is None or post.held_from > found.held_from)):
                found = post
    return found


def _read_name(sentence: Sentence, i: int) -> int:
    """The token after the name that begins at i; i itself where none does."""
    if not _is_name_token(sentence, i) or len(sentence.tokens[i].text) == 1:
        return i
    end = i + 1
    while end < len(sentence.tokens) and end - i < _LONGEST_NAME:
        step = _name_step(sentence, end)
        if not step:
            break
        end += step
    if any(_is_organisation(sentence, k) for k in range(i, end)) or _goes_on_as_organisation(sentence, end):
        return i
    return end


def _name_step(sentence: Sentence, k: int) -> int:
    if len(sentence.tokens[k].text) == 1 and sentence.tokens[k].is_capital and sentence.low(k + 1) == ".":
        return 2 if _is_name_token(sentence, k + 2) else 0
    if _is_name_token(sentence, k):
        return 1
    if sentence.low(k) in _QUOTES:
        for width in (2, 3):
            if sentence.low(k + width) in _QUOTES and _is_name_token(sentence, k + width + 1):
                return width + 1
        return 0
    if "name_particle" in sentence.tags(k) and _is_name_token(sentence, k + 1):
        return 1
    return 0


_QUOTES = frozenset(['"', "“", "”", "'", "‘", "’", "«", "»", "''"])


def _is_name_token(sentence: Sentence, k: int) -> bool:
    if not 0 <= k < len(sentence.tokens):
        return False
    token, mark = sentence.tokens[k], sentence.marks[k]
    if not token.is_word or not token.is_capital or "." in token.text:
        return False
    if len(token.text) > 3 and token.text.isupper() and not token.text.istitle():
        return False
    if mark is None:
        return True
    return mark.name is None and mark.entry.tags <= {"name_particle"} and _has_no_meaning(mark)


def _has_no_meaning(mark: Mark) -> bool:
    entry = mark.entry
    return not (entry.unit or entry.cues or entry.role or entry.month or entry.weekday >= 0 or entry.relative)


def _is_organisation(sentence: Sentence, k: int) -> bool:
    return "organisation" in sentence.tags(k)


def _goes_on_as_organisation(sentence: Sentence, end: int) -> bool:
    """Organisation names go on after a preposition or stand right before a word of theirs: "Kenya Airways"."""
    return (
        "organisation" in sentence.tags(end) and sentence.tokens[end].is_capital
        if end < len(sentence.tokens)
        else False
    )


def _find_role(sentence: Sentence, person: Person, earlier: list[Person]) -> None:
    stop = earlier[-1].j if earlier else 0
    if _role_adjacent(sentence, person, stop):
        return
    if _role_after(sentence, person):
        return
    _role_before(sentence, person, stop)


def _role_adjacent(sentence: Sentence, person: Person, stop: int) -> bool:
    """As in "MSS commander Godfrey Otunge", "the minister, Dominique Dupuy"."""
    mark = sentence.marks[person.i - 1] if person.i > stop else None
    if mark is not None and mark.entry.role is not None:
        return _set_role(sentence, person, mark, stop)
    return False


def _role_before(sentence: Sentence, person: Person, stop: int) -> bool:
    """As in "the head of the force, the Kenyan Godfrey Otunge": a post with its complement, then the name."""
    for k in range(person.i - 1, max(stop, person.i - 5) - 1, -1):
        mark = sentence.marks[k]
        if mark is not None and "headed_by" in mark.entry.tags:
            return _set_role(sentence, person, mark, stop)
    k = person.i - 1
    while k >= max(stop, person.i - _REACH_BEFORE):
        mark = sentence.marks[k]
        if mark is not None and mark.entry.role is not None:
            return _set_role(sentence, person, mark, stop)
        if not _may_stand_between(sentence, k, person.i):
            return False
        k = mark.i - 1 if mark is not None else k - 1
    return False


def _may_stand_between(sentence: Sentence, k: int, name: int) -> bool:
    tags = sentence.tags(k)
    if sentence.low(k) == ",":
        return all(
            sentence.name(n) is not None or sentence.tags(n) & {"determiner", "article"} for n in range(k + 1, name)
        )
    if sentence.name(k) is not None or tags & {
        "of",
        "determiner",
        "preposition",
        "organisation",
        "role_modifier",
        "mission_word",
    }:
        return not tags & {"by", "said"}
    return sentence.tokens[k].is_capital and sentence.tokens[k].is_word


def _role_after(sentence: Sentence, person: Person) -> bool:
    """As in "X, prime minister of Jamaica,", "X, who speaks for the force", "X leads the largest gang"."""
    k = person.j
    opened = (
        sentence.low(k) in (",", "(", "—", "–") or "relative" in sentence.tags(k) or "head_verb" in sentence.tags(k)
    )
    if not opened:
        return _role_after_alias(sentence, person)
    if sentence.low(k) in (",", "(", "—", "–"):
        k = _skip_alias(sentence, k + 1)
    limit = min(len(sentence.tokens), k + _REACH_AFTER)
    while k < limit:
        mark = sentence.marks[k]
        if mark is not None and (mark.entry.role is not None or "head_verb" in mark.entry.tags):
            if _belongs_to_next(sentence, mark):
                return False
            return _set_role(sentence, person, mark, person.j)
        if not _may_open_role(sentence, k):
            return False
        k = mark.j if mark is not None else k + 1
    return False


def _skip_alias(sentence: Sentence, k: int) -> int:
    """Past "alias Barbecue," between a name and its post."""
    if "alias" not in sentence.tags(k):
        return k
    for n in range(k + 1, min(k + 6, len(sentence.tokens))):
        if sentence.low(n) == ",":
            return n + 1
    return k


def _role_after_alias(sentence: Sentence, person: Person) -> bool:
    if "alias" not in sentence.tags(person.j):
        return False
    for k in range(person.j + 1, min(person.j + 5, len(sentence.tokens))):
        mark = sentence.marks[k]
        if mark is not None and (mark.entry.role is not None or "head_verb" in mark.entry.tags):
            return _set_role(sentence, person, mark, person.j)
    return False


def _may_open_role(sentence: Sentence, k: int) -> bool:
    tags = sentence.tags(k)
    if tags & {"said", "break"} or sentence.low(k) in (",", ".", ";"):
        return False
    if sentence.name(k) is not None or tags & {
        "determiner",
        "article",
        "relative",
        "be",
        "role_modifier",
        "organisation",
        "possessive",
    }:
        return True
    return (sentence.tokens[k].is_word and not sentence.entry(k).cues) or sentence.low(k) == "'s"


def _belongs_to_next(sentence: Sentence, mark: Mark) -> bool:
    return mark.entry.role is not None and _read_name(sentence, mark.j) - mark.j >= 2


def _set_role(sentence: Sentence, person: Person, mark: Mark, stop: int) -> bool:
    first, last = mark.i, mark.j
    while first > stop and _extends_left(sentence, first - 1):
        first -= 1
    last = _extend_right(sentence, last, person)
    person.role = (first, last)
    person.role_class = mark.entry.role or "head"
    names = {id(m): m for m in sentence.marks[first:last] if m is not None and m.name is not None and m.name.actor}
    person.names = list(names.values()) or _bearer(sentence, person)
    person.is_former = any("former" in sentence.tags(k) for k in range(first, mark.j))
    person.is_possessive = any("possessive" in sentence.tags(k) for k in range(first - 1, mark.j))
    return True


def _bearer(sentence: Sentence, person: Person) -> list[Mark]:
    """A nationality between the post and the name ("the force's head, the Kenyan X") speaks for the person."""
    marks = [sentence.marks[k] for k in range(max(0, person.i - 2), person.i)]
    return [mark for mark in marks if mark is not None and mark.name is not None and mark.name.actor is not None]


def _extends_left(sentence: Sentence, k: int) -> bool:
    tags, token = sentence.tags(k), sentence.tokens[k]
    if "role_modifier" in tags or sentence.name(k) is not None:
        return "of" not in tags
    if sentence.low(k) in ("'s", "-") or (sentence.low(k) == "and" and sentence.tokens[k - 1].is_capital and k > 0):
        return sentence.low(k) != "and"
    mark = sentence.marks[k]
    known = mark is None or mark.entry.tags <= {"organisation", "mission_word", "role_modifier", "force_noun"}
    return token.is_word and token.is_capital and known and k > 0


def _extend_right(sentence: Sentence, last: int, person: Person) -> int:
    """Takes in "of the Kenya Police Service", "for Interior and National Administration"."""
    k, end = last, last
    while k < len(sentence.tokens) and k != person.i:
        tags, token = sentence.tags(k), sentence.tokens[k]
        if sentence.name(k) is not None or "organisation" in tags or (token.is_word and token.is_capital):
            if (
                _read_name(sentence, k) - k >= 2
                and not tags
                and sentence.name(k) is None
                and k > end + 0
                and "of" not in sentence.tags(k - 1)
            ):
                break
            k += 1
            end = k
        elif (
            tags & {"of", "determiner", "place_preposition", "conjunction", "role_modifier", "mission_word"}
            and k - end < 2
        ):
            if "mission_word" in tags or ("role_modifier" in tags and "of" not in tags):
                end = k + 1
            k += 1
        else:
            break
    return end
