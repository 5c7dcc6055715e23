"""Reading -> PlaceMentions: the places of the theatre in a sentence, and what speaks against each."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from extractors.facts.context import Context, Reading
from extractors.facts.reading import Mark, Sentence
from extractors.records import Place

# From the whole country to a quarter: of two that stand together the smaller is meant.
_SIZES = {"country": 0, "department": 1, "arrondissement": 2, "commune": 3, "communal_section": 4, "neighbourhood": 5}
# Steps by which a place is less likely (in step costs of context.py).
_OF_COUNTRY = 8.0
_OF_SITE = 4.0
_NEAR = 5.0
_TOWARDS = 6.0
# "Pont-Sondé, dans l'Artibonite", "the Port-au-Prince slum of Cité Soleil": so many tokens stand between the two.
_TOGETHER = 7


@dataclass(slots=True)
class PlaceMention:
    """A place over tokens i to j (a list of places as one), with what speaks against it.

    Args:
        is_goal: it is where people went, or where they came from; what is told happened elsewhere.
        others: the further places of a list.
    """

    i: int
    j: int
    place: Place
    text: str
    weight: float = 0.0
    is_goal: bool = False
    others: tuple[Place, ...] = ()


def read_places(context: Context, reading: Reading) -> list[PlaceMention]:
    """The places of the theatre that a sentence names, without those of people's posts and of datelines."""
    if reading.places is None:
        found = [m for mark in reading.sentence.each() if (m := _read_one(context, reading, mark)) is not None]
        reading.places = _join_lists(reading.sentence, _take_smaller(context, reading.sentence, found))
    return reading.places


def _read_one(context: Context, reading: Reading, mark: Mark) -> PlaceMention | None:
    sentence = reading.sentence
    if mark.i < reading.dateline:
        return None
    if "capital_city" in mark.entry.tags:
        return _read_capital(context, reading, mark)
    place = mark.name.place if mark.name is not None else None
    if place is None or place.country != context.mission.theatre or mark.is_compound or sentence.low(mark.j) == "-":
        return None
    if any(person.i <= mark.i < person.j or _is_of_post(sentence, mark, person.role) for person in reading.people):
        return None
    if _is_of_source(sentence, mark):
        return None
    i = mark.i
    while "place_modifier" in sentence.tags(i - 1):
        i -= 1
    text, weight = sentence.words(i, mark.j), _weigh(sentence, i, place)
    return PlaceMention(i, mark.j, place, text, weight, _is_goal(sentence, before_place(sentence, i)))


_SOURCES = frozenset(["body_noun", "source_ngo"])
# "a group in X, told", "a charity based in X has said": so many tokens to the verb.
_SAID_REACH = 4


def _is_of_source(sentence: Sentence, mark: Mark) -> bool:
    """As in "a rights group in Port-au-Prince told this newspaper that": where the group is, and nothing happened."""
    k = sentence.before_determiners(mark.i - 1, _LEADING)
    if "place_preposition" not in sentence.tags(k) or not sentence.tags(k - 1) & _SOURCES:
        return False
    near = range(mark.j, min(mark.j + _SAID_REACH, len(sentence.tokens)))
    return any("said" in sentence.tags(n) and not _is_inverted(sentence, n) for n in near)


def _is_inverted(sentence: Sentence, verb: int) -> bool:
    """As in "en una escuela en Kenscoff, Haití, informó la alcaldía": its subject stands behind the verb."""
    return sentence.low(verb - 1) == "," and "determiner" in sentence.tags(verb + 1)


def _read_capital(context: Context, reading: Reading, mark: Mark) -> PlaceMention | None:
    """As in "the capital", "in the Haitian capital": spelt as the article spells its name elsewhere."""
    if context.capital is None:
        return None
    if any(person.role is not None and person.role[0] <= mark.i < person.role[1] for person in reading.people):
        return None
    sentence, first = reading.sentence, mark.i
    while first < mark.j - 1 and sentence.tokens[first].low in _SMALL_WORDS:
        first += 1
    weight, is_goal = _weigh(sentence, mark.i, context.capital), _is_goal(sentence, before_place(sentence, mark.i))
    if weight >= _NEAR:
        # "In the hills above the capital" is not in it.
        return None
    text = context.capital_text or context.capital.name
    return PlaceMention(first, mark.j, context.capital, text, weight, is_goal)


_SMALL_WORDS = frozenset(["of", "the", "de", "la", "its", "in", "en"])


def _is_of_post(sentence: Sentence, mark: Mark, role: tuple[int, int] | None) -> bool:
    """As in "the mayor of Saint-Marc": the place of somebody's post, not of what happened."""
    if role is None:
        return False
    return role[0] <= mark.i < role[1] or (0 <= mark.i - role[1] <= 1 and "of" in sentence.tags(mark.i - 1))


def _weigh(sentence: Sentence, i: int, place: Place) -> float:
    k = before_place(sentence, i)
    tags = sentence.tags(k)
    weight = _OF_COUNTRY if place.kind == "country" else _OF_SITE if place.kind == "site" else 0.0
    if "nearness" in tags:
        weight += _NEAR
    if _is_goal(sentence, k):
        weight += _TOWARDS
    if "post_of" in sentence.tags(k - 1) and "of" in tags:
        weight += _TOWARDS
    if tags & {"later_than", "earlier_than"}:
        # "A week after Pont-Sondé, 20 died in Gros-Morne": the name is that of another event.
        weight += _TOWARDS
    return weight


def before_place(sentence: Sentence, i: int) -> int:
    """The token that says how a place is meant: "to" in "to Delmas", "to the coastal town of Delmas"."""
    k = sentence.before_determiners(i - 1, _LEADING)
    head = k - 1 if "of" in sentence.tags(k) else k
    if "place_modifier" in sentence.tags(head):
        head -= 1
    if not sentence.tags(head) & _HEADS:
        return k
    mark = sentence.marks[head]
    before = mark.i - 1 if mark is not None else head - 1
    if before >= 1 and sentence.marks[before] is None and sentence.tokens[before].is_word:
        before -= 1
    return sentence.before_determiners(before, _LEADING)


_HEADS = frozenset(["place_noun", "place_head"])


# "au", "du" are determiners, too.
_LEADING = frozenset(["preposition", "towards", "nearness", "of"])


def _is_goal(sentence: Sentence, k: int) -> bool:
    """As in "fled to", "withdrew towards"; whoever is only known to have come from there is not there either."""
    return bool(sentence.tags(k) & {"towards", "origin"})


def _take_smaller(context: Context, sentence: Sentence, found: list[PlaceMention]) -> list[PlaceMention]:
    """Of a quarter and its town side by side only the quarter stays."""
    larger = set()
    for one, other in itertools.pairwise(found):
        if other.i - one.j > _TOGETHER or _is_listed(sentence, one.j, other.i):
            continue
        large, small = sorted((one, other), key=lambda m: size_of(context, m.place))
        if _lies_in(context, small.place, large.place):
            small.weight = min(small.weight, large.weight)
            larger.add(id(large))
    return [mention for mention in found if id(mention) not in larger]


def size_of(context: Context, place: Place) -> float:
    """From the whole country to a quarter; the capital stands above the communes around it."""
    return _SIZES["commune"] - 0.5 if place is context.capital else _SIZES.get(place.kind, 6)


def _lies_in(context: Context, small: Place, large: Place) -> bool:
    """A quarter lies in its commune, and the communes around the capital count as parts of it."""
    if large.kind == "country" or small.kind == "site":
        return large.kind == "country" and small.kind != "country"
    if large.kind == "department":
        return small.admin1 == large.name
    if large is context.capital and small is not large:
        return small.admin1 == large.admin1
    return small.admin2 == large.name


def _is_listed(sentence: Sentence, first: int, last: int) -> bool:
    return last - first <= 3 and any("conjunction" in sentence.tags(k) for k in range(first, last))


def _join_lists(sentence: Sentence, found: list[PlaceMention]) -> list[PlaceMention]:
    """As in "Mirebalais and Saut-d'Eau": places of one list are where it happened together."""
    joined: list[PlaceMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is not None and _continues(sentence, last, mention):
            joined[-1] = PlaceMention(
                last.i,
                mention.j,
                last.place,
                sentence.words(last.i, mention.j),
                min(last.weight, mention.weight),
                last.is_goal,
                (*last.others, mention.place),
            )
        else:
            joined.append(mention)
    return joined


def _continues(sentence: Sentence, last: PlaceMention, mention: PlaceMention) -> bool:
    if "country" in (last.place.kind, mention.place.kind) or "between" in sentence.tags(last.i - 1):
        return False
    tokens = range(last.j, mention.i)
    return (
        0 < len(tokens) <= _LONGEST_LINK
        and all(
            sentence.low(k) == ","
            or sentence.tags(k) & {"conjunction", "determiner", "nearness"}
            or _is_in(sentence, k)
            for k in tokens
        )
        and any(sentence.low(k) == "," or "conjunction" in sentence.tags(k) for k in tokens)
    )


def _is_in(sentence: Sentence, k: int) -> bool:
    return bool(sentence.tags(k) & {"place_preposition"}) and "towards" not in sentence.tags(k)


# "and neighbouring", "et dans le".
_LONGEST_LINK = 3
