"""Sentence -> People: capitalised names, with the posts that the mission knows them in.

Which posts exist is read from the text; the mission's list of people only tells name variants and whose a post is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from extractors.facts.reading import Mark, Sentence
from extractors.facts.tokens import fold
from extractors.records import Post

_LONGEST_NAME = 6


@dataclass(slots=True)
class Person:
    """A name over tokens i to j, with its role phrase where there is one."""

    i: int
    j: int
    name: str
    role: tuple[int, int] | None = None
    role_class: str | None = None
    second_role: tuple[int, int] | None = None
    names: list[Mark] = field(default_factory=list)
    post: Post | None = None
    is_former: bool = False


def read_people(sentence: Sentence, mission_posts: dict[str, list[Post]], surnames: set[str]) -> list[Person]:
    """The people of a sentence in order.

    Args:
        mission_posts: known posts by folded surname.
        surnames: of the people met so far; a surname alone stands for one of them. It is added to.
    """
    people: list[Person] = []
    i = 0
    tokens = sentence.tokens
    while i < len(tokens):
        if not tokens[i].text[0].isupper():
            i += 1
            continue
        end = read_name(sentence, i)
        if end == i and "honorific" in sentence.tags(i - 1 if sentence.low(i - 1) != "." else i - 2):
            # "Mr Türk": a known surname that is also the name of a people.
            end = i + 1 if fold(tokens[i].text) in surnames else i
        if end > i and _is_person(sentence, i, end, mission_posts, surnames):
            people.append(Person(i, end, sentence.words(i, end)))
            surnames.add(fold(sentence.tokens[end - 1].text))
        i = max(end, i + 1)
    for person in people:
        person.post = find_post(person.name, mission_posts)
    return people


def _is_person(sentence: Sentence, i: int, end: int, posts: dict[str, list[Post]], surnames: set[str]) -> bool:
    """Two words and more, a surname met before, or one behind a title ("President Ruto"); not a town after "in"."""
    last = fold(sentence.tokens[end - 1].text)
    if end - i == 1:
        return last in surnames or (last in posts and _has_title(sentence, i))
    tags = sentence.tags(i - 1) if i else frozenset()
    is_place = "place_preposition" in tags and not tags & {"of", "to", "by", "according", "from", "for"}
    return not is_place or last in posts or last in surnames


def _has_title(sentence: Sentence, i: int) -> bool:
    k = i - 2 if sentence.low(i - 1) == "." else i - 1
    return sentence.entry(k).role is not None or "honorific" in sentence.tags(k)


def find_post(name: str, posts: dict[str, list[Post]]) -> Post | None:
    """The latest known post under that name: same surname, and same given name or initial where there is one."""
    words = [word for word in fold(name).replace(".", "").split() if word.isalpha() or "-" in word or "'" in word]
    found = None
    for post in posts.get(words[-1], ()) if words else ():
        known = [fold(form).split() for form in (post.person, *post.aliases)]
        is_same = len(words) == 1 or any(words[0][0] == form[0][0] or words[0] in form for form in known if form)
        if is_same and (found is None or (post.held_from or date.min) > (found.held_from or date.min)):
            found = post
    return found


def read_name(sentence: Sentence, i: int) -> int:
    """The token after the name that begins at i; i itself where none does."""
    if not _is_name_token(sentence, i) or len(sentence.tokens[i].text) == 1:
        return i
    end = i + 1
    while end < len(sentence.tokens) and end - i < _LONGEST_NAME:
        step = _name_step(sentence, end) or int(end - i > 1 and _is_state_as_surname(sentence, end))
        if not step:
            break
        end += step
    if any(_is_organisation(sentence, k) for k in range(i, end)) or _goes_on_as_organisation(sentence, end):
        return i
    return end


def _name_step(sentence: Sentence, k: int) -> int:
    if len(sentence.tokens[k].text) == 1 and sentence.tokens[k].is_capital and sentence.low(k + 1) == ".":
        return 2 if _is_name_token(sentence, k + 2) else 0
    if _is_name_token(sentence, k) or _is_place_name(sentence, k):
        return 1
    if sentence.low(k) in _QUOTES:
        for width in (2, 3):
            if sentence.low(k + width) in _QUOTES and _is_name_token(sentence, k + width + 1):
                return width + 1
        return 0
    if "name_particle" in sentence.tags(k) and _is_name_token(sentence, k + 1):
        return 1
    return 0


def _is_place_name(sentence: Sentence, k: int) -> bool:
    """A one-word place or people right after a given name is a surname: "Marie Jean Baptiste", "Volker Türk,"."""
    mark = sentence.marks[k]
    if mark is None or mark.name is None or mark.j - mark.i > 1 or not sentence.tokens[k].is_capital:
        return False
    if mark.name.actor is None:
        return True
    ends = sentence.low(k + 1) in (",", ".", "") or bool(sentence.tags(k + 1) & {"said", "have", "be"})
    return mark.name.form == "adjective" and ends


def _is_state_as_surname(sentence: Sentence, k: int) -> bool:
    """As in "María Isabel Salvador": the short name of a state behind two given names."""
    mark = sentence.marks[k]
    if mark is None or mark.name is None or mark.j - mark.i > 1 or not sentence.tokens[k].is_capital:
        return False
    is_last = mark.j >= len(sentence.tokens) or not sentence.tokens[mark.j].is_capital
    return mark.name.form == "name" and is_last and sentence.low(mark.j) not in ("-", "'s", "’s")


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
