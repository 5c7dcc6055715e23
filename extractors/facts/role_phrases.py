"""People -> their posts: the words before or after a name that say what the person is.

Which posts exist is read from the text; the mission's list of people only tells name variants and whose a post is.
"""

from __future__ import annotations

from extractors.facts.appointments import find_given_posts, is_from, share_title
from extractors.facts.people import Person, read_name
from extractors.facts.reading import Mark, Sentence

# How far from a name its post may stand, in tokens: "head of the UN Integrated Office in Haiti, the Ecuadorian X".
_REACH_BEFORE = 12
_REACH_AFTER = 9


def find_roles(sentence: Sentence, people: list[Person]) -> None:
    """Fills the role of every person whose post the sentence names."""
    stop = 0
    for person in people:
        _find_role(sentence, person, stop)
        stop = person.j
    if people:
        share_title(sentence, people)
        find_given_posts(sentence, people, _set_role)


def _find_role(sentence: Sentence, person: Person, stop: int) -> None:
    if _role_adjacent(sentence, person, stop):
        return
    if _role_after(sentence, person):
        return
    _role_before(sentence, person, stop)


def _role_adjacent(sentence: Sentence, person: Person, stop: int) -> bool:
    """As in "MSS commander Godfrey Otunge", "the minister, Dominique Dupuy"."""
    at = person.i - 1
    if "be" in sentence.tags(at) and sentence.entry(at - 1).role is not None:
        # "whose head is X", "dont le chef est X"
        at -= 1
    mark = sentence.marks[at] if at >= stop else None
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
    if is_from(sentence, k):
        # "took over as police chief from X": whose place it was, not whose post stands before.
        return False
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
    if sentence.name(k) is not None or tags & _COMPLEMENT:
        return not tags & {"by", "said", "succession"}
    if not sentence.tokens[k].is_word:
        return False
    return sentence.tokens[k].is_capital or _is_in_complement(sentence, k)


_COMPLEMENT = frozenset(
    ["of", "determiner", "preposition", "organisation", "role_modifier", "mission_word", "conjunction"]
)
# "the mayor of the commune, X", "ministre chargé de la sécurité, X": such words belong to no phrase of a post.
_NO_COMPLEMENT = frozenset(["said", "have", "be", "modal", "break", "relative", "pronoun", "future", "by", "negation"])
_COMPLEMENT_REACH = 4


def _is_in_complement(sentence: Sentence, k: int) -> bool:
    """As in "director of the hospital", "maire de la commune": a plain noun that "of" leads to."""
    if sentence.tags(k) & _NO_COMPLEMENT or sentence.entry(k).cues:
        return False
    for n in range(k - 1, max(-1, k - _COMPLEMENT_REACH), -1):
        if "of" in sentence.tags(n) or (sentence.entry(n - 1).role is not None and sentence.tags(n) & {"preposition"}):
            return True
        if sentence.tags(n) & _NO_COMPLEMENT or not sentence.tokens[n].is_word:
            return False
    return False


def _role_after(sentence: Sentence, person: Person) -> bool:
    """As in "X, prime minister of Jamaica,", "X, who speaks for the force", "X leads the largest gang"."""
    k = person.j
    opened = (
        sentence.low(k) in (",", "(", "—", "–")
        or bool(sentence.tags(k) & {"relative", "head_verb"})
        or _is_said_to_be(sentence, k)
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
            if sentence.low(mark.j) == "'s":
                # "the Secretary-General's Special Representative": the second post is the person's.
                k = mark.j + 1
                continue
            return _set_role(sentence, person, mark, person.j)
        if not _may_open_role(sentence, k):
            return False
        k = mark.j if mark is not None else k + 1
    return False


def _is_said_to_be(sentence: Sentence, k: int) -> bool:
    """As in "X was commander of the old mission", "X es el nuevo jefe": a form of "be" and at once the post."""
    if "be" not in sentence.tags(k):
        return False
    k += 1
    while sentence.tags(k) & {"determiner", "article", "role_modifier", "earlier"} and sentence.entry(k).role is None:
        k += 1
    return sentence.entry(k).role is not None


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
    return mark.entry.role is not None and read_name(sentence, mark.j) - mark.j >= 2


def _set_role(sentence: Sentence, person: Person, mark: Mark, stop: int) -> bool:
    first, last = mark.i, mark.j
    while first > stop and (_extends_left(sentence, first - 1) or sentence.low(first) == "'s"):
        first -= 1
    last = _extend_right(sentence, last, person)
    person.role = (first, last)
    person.role_class = mark.entry.role or "head"
    names = {id(m): m for m in sentence.marks[first:last] if m is not None and m.name is not None and m.name.actor}
    person.names = list(names.values()) or _bearer(sentence, person)
    person.is_former = any("former" in sentence.tags(k) for k in range(first, mark.j))
    person.second_role = _second_role(sentence, last, person)
    return True


# "and the UN's Humanitarian Coordinator": so many tokens after "and" begins the second post.
_SECOND_REACH = 5


def _second_role(sentence: Sentence, k: int, person: Person) -> tuple[int, int] | None:
    """As in "X, head of BINUH and humanitarian coordinator": another post of the same person."""
    if k <= person.i or "conjunction" not in sentence.tags(k):
        return None
    for n in range(k + 1, min(k + _SECOND_REACH, len(sentence.tokens))):
        mark = sentence.marks[n]
        if mark is not None and mark.entry.role is not None:
            end = _extend_right(sentence, mark.j, person)
            return None if read_name(sentence, end) - end >= 2 else (mark.i, end)
        if not (sentence.tags(n) & {"determiner", "role_modifier"} or sentence.name(n) or sentence.low(n) == "'s"):
            return None
    return None


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


def _opens_role(sentence: Sentence, first: int) -> bool:
    """True where another post follows: "... and the UN's humanitarian coordinator"."""
    for k in range(first, min(first + _SECOND_REACH, len(sentence.tokens))):
        if sentence.entry(k).role is not None:
            return True
        if sentence.low(k) == ",":
            return False
    return False


_BODY_TAGS = frozenset(["organisation", "body_noun"])


def _extend_right(sentence: Sentence, last: int, person: Person) -> int:
    """Takes in "of the Kenya Police Service", "for Interior and National Administration"."""
    k, end = last, last
    while k < len(sentence.tokens) and k != person.i:
        tags, token = sentence.tags(k), sentence.tokens[k]
        if "conjunction" in tags and _opens_role(sentence, k + 1):
            break
        if sentence.name(k) is not None or tags & _BODY_TAGS or (token.is_word and token.is_capital):
            if (
                read_name(sentence, k) - k >= 2
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
