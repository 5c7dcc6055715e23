"""Sentence -> areas: towns, roads and sites beside a verb of holding or retaking, a list as all its members."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.facts.context import Context
from extractors.facts.reading import Mark, Sentence
from extractors.records import Place

# The first area stands within so many tokens of its verb, the next ones of a list this close to each other.
_REACH = 12
_NEXT = 8


@dataclass(slots=True)
class Area:
    """An area over tokens i to j: a place of the gazetteer, a road, or a site that is known by its noun."""

    i: int
    j: int
    place: Place | None = None
    is_road: bool = False
    is_site: bool = False


def is_place(context: Context, mark: Mark) -> bool:
    """True for towns, quarters and departments of the theatre."""
    place = mark.name.place if mark.name is not None else None
    return place is not None and place.country == context.mission.theatre and place.kind != "country"


def areas_after(context: Context, sentence: Sentence, verb: Mark) -> list[Area]:
    """The object of a verb: "retook the port and the town of Gressier"."""
    found: list[Area] = []
    k = verb.j
    while k < len(sentence.tokens) and k - (found[-1].j if found else verb.j) < (_NEXT if found else _REACH):
        if _ends(sentence, k, found):
            break
        area = _area_at(context, sentence, k)
        if area is not None and (not found or _is_listed(sentence, found[-1].j, area.i)):
            found.append(area)
        elif area is not None:
            break
        k = area.j if area is not None else k + 1
    return found


def areas_before(context: Context, sentence: Sentence, verb: Mark) -> list[Area]:
    """The subject of a passive or a predicate: "Mirebalais and Saut-d'Eau remain in their hands"."""
    found: list[Area] = []
    k = 0
    while k < verb.i:
        area = _area_at(context, sentence, k)
        if area is None or area.j > verb.i:
            k += 1
            continue
        if found and _renames(sentence, found[-1], area):
            k = area.j
            continue
        if found and not _is_listed(sentence, found[-1].j, area.i):
            found = []
        found.append(area)
        k = area.j
    return found if found and verb.i - found[-1].j <= _REACH else []


def _ends(sentence: Sentence, k: int, found: list[Area]) -> bool:
    tags = sentence.tags(k)
    if "area" in tags or sentence.name(k) is not None:
        return False
    if sentence.low(k) in (";", ":", "."):
        return True
    return bool(tags & {"break", "said", "relative"}) or (bool(found) and bool(sentence.entry(k).cues))


def _is_listed(sentence: Sentence, first: int, last: int) -> bool:
    """Only list words, articles and prepositions that go on from the verb ("de Ganthier, al este, y de Carrefour")."""
    between = range(first, last)
    if any(sentence.tags(k) & {"be", "have", "said", "break"} or sentence.entry(k).cues for k in between):
        return False
    if any("conjunction" in sentence.tags(k) for k in between):
        return last - first <= _NEXT
    # "Lascahobas, in the Centre department", "Teleco, a site in Kenscoff": what follows says where or what it is.
    return sentence.low(first) == "," and all(sentence.tags(k) & _LIST_WORDS for k in range(first + 1, last))


_LIST_WORDS = frozenset(["of", "definite", "determiner"])


def _renames(sentence: Sentence, named: Area, area: Area) -> bool:
    """As in "Saut-d'Eau, la commune voisine, ...": between commas a noun says what the place before it is."""
    if named.place is None or area.place is not None or area.is_site or sentence.low(named.j) != ",":
        return False
    return all(sentence.tags(k) & _LIST_WORDS for k in range(named.j + 1, area.i))


def _area_at(context: Context, sentence: Sentence, k: int) -> Area | None:
    mark = sentence.marks[k] if k < len(sentence.marks) else None
    if mark is None or mark.i != k or mark.is_compound:
        return None
    if is_place(context, mark) and mark.name is not None:
        # "Téléco in Kenscoff": the second only says where the first is.
        is_inside = k > 0 and "place_preposition" in sentence.tags(k - 1) and _is_area_end(context, sentence, k - 2)
        return None if is_inside else Area(_start_of_part(sentence, mark.i), mark.j, mark.name.place)
    if "area" not in mark.entry.tags or _is_apposition(sentence, mark):
        return None
    return _noun_area(context, sentence, mark)


def _start_of_part(sentence: Sentence, i: int) -> int:
    """As in "lower Delmas", "le bas de Delmas": a part of the place is spelt with it."""
    k = i - 1
    while sentence.tags(k) & {"of"}:
        k -= 1
    return k if "place_modifier" in sentence.tags(k) else i


def _is_area_end(context: Context, sentence: Sentence, k: int) -> bool:
    mark = sentence.marks[k] if k >= 0 else None
    return mark is not None and is_place(context, mark)


def _is_apposition(sentence: Sentence, mark: Mark) -> bool:
    """As in "Teleco, a telecommunications site"."""
    return any(
        "article" in sentence.tags(k) and sentence.low(k - 1) == "," for k in (mark.i - 1, mark.i - 2, mark.i - 3)
    )


def _noun_area(context: Context, sentence: Sentence, mark: Mark) -> Area:
    """As in "the town of Mirebalais", "the general hospital", "la carretera de Hinche"."""
    is_road, is_site = "road" in mark.entry.tags, "site" in mark.entry.tags
    if is_road and (end := _end_of_stretch(sentence, mark.j)) > mark.j:
        return Area(mark.i, end, None, is_road=True, is_site=True)
    j, linked = mark.j, False
    while sentence.tags(j) & {"of", "place_preposition", "determiner", "definite"} and j < mark.j + 3:
        linked, j = True, j + 1
    named = sentence.marks[j] if linked and j < len(sentence.marks) else None
    if named is not None and is_place(context, named) and named.name is not None:
        if is_road:
            return Area(mark.i, named.j, None, is_road=True, is_site=True)
        return Area(named.i, named.j, named.name.place)
    if is_site and _is_definite(sentence, mark):
        return Area(mark.i, _end_of_site(sentence, mark), None, is_road=is_road, is_site=True)
    return Area(mark.i, mark.j, None, is_road=is_road)


# "between the airport and the container port": so many tokens behind "and".
_STRETCH_REACH = 6


def _end_of_stretch(sentence: Sentence, j: int) -> int:
    """Past "between Cabaret and Arcahaie" behind a road, up to the last word of its second end."""
    if "between" not in sentence.tags(j):
        return j
    middle = next((k for k in range(j + 2, j + 2 + _STRETCH_REACH) if "conjunction" in sentence.tags(k)), None)
    if middle is None:
        return j
    end = middle + 1
    while sentence.tags(end) & _LIST_WORDS:
        end += 1
    name = sentence.marks[end] if end < len(sentence.marks) else None
    if name is not None and name.name is not None:
        return name.j
    ends = (k for k in range(end, end + _STRETCH_REACH) if not _is_noun_word(sentence, k))
    return next(ends, end)


def _is_noun_word(sentence: Sentence, k: int) -> bool:
    is_word = k < len(sentence.tokens) and sentence.tokens[k].is_word
    return is_word and not sentence.tags(k) & _ENDS_NOUN and not sentence.entry(k).cues


_ENDS_NOUN = frozenset(["place_preposition", "preposition", "conjunction", "be", "have", "break", "relative", "said"])


def _is_definite(sentence: Sentence, mark: Mark) -> bool:
    """True for "the port", false for "a hospital", "several hospitals": only one thing is meant by name."""
    if "article" in sentence.tags(mark.i - 1):
        return False
    return any(sentence.tags(k) & {"definite", "determiner"} for k in (mark.i - 1, mark.i - 2))


def _end_of_site(sentence: Sentence, mark: Mark) -> int:
    """Past the name in "route de l'Aéroport", "puerto de la capital"."""
    k = mark.j
    while sentence.tags(k) & _LIST_WORDS and "capital_city" not in sentence.tags(k) and k < mark.j + 3:
        k += 1
    names = k
    while names < len(sentence.tokens) and (
        (sentence.tokens[names].is_word and sentence.tokens[names].is_capital) or "capital_city" in sentence.tags(names)
    ):
        names += 1
    return names if names > k > mark.j else mark.j
