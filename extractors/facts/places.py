"""Reading -> place: where a trigger's clause says it happened."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.reading import Mark
from extractors.facts.slots import gap
from extractors.records import Place

# A place further from its verb belongs to another clause (in step costs of context.py).
_PLACE_REACH = 16.0


def put_place(context: Context, reading: Reading, draft: Draft, at: int, *, inherit: bool) -> None:
    """Fills the place: named near the trigger, else (for events) in the sentence before, else the theatre."""
    mark = _nearest_place(context, reading, at)
    if mark is not None and mark.name is not None and mark.name.place is not None:
        place, basis, sentence = mark.name.place, "explicit", reading.sentence
    elif (at_capital := _capital_mark(reading)) is not None and context.capital is not None:
        mark, place, basis, sentence = at_capital, context.capital, "explicit", reading.sentence
    else:
        _put_inherited(context, reading, draft, inherit=inherit)
        return
    draft.put("place", sentence.span(mark.i, mark.j), **place_fields(place, sentence.words(mark.i, mark.j), basis))


def place_fields(place: Place, text: str, basis: str) -> dict[str, object]:
    """The columns of a gazetteer place, as the text spells it."""
    return {
        "place": text,
        "place_id": place.place_id,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "pcode": place.pcode,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "place_basis": basis,
    }


def _nearest_place(context: Context, reading: Reading, at: int) -> Mark | None:
    best, least = None, _PLACE_REACH
    sentence = reading.sentence
    for mark in sentence.each():
        if mark.i < reading.dateline:
            continue
        if mark.name is None or mark.name.place is None or mark.name.place.country != context.mission.theatre:
            continue
        if mark.is_compound or sentence.low(mark.j) == "-":
            continue
        cost = gap(reading, mark.j, at) if mark.j <= at else gap(reading, at + 1, mark.i)
        if mark.name.place.kind == "country":
            cost += _PLACE_REACH / 2
        if cost < least or best is None:
            best, least = mark, cost
    return best


def _capital_mark(reading: Reading) -> Mark | None:
    for mark in reading.sentence.each():
        if "capital_city" in mark.entry.tags:
            return mark
    return None


def _put_inherited(context: Context, reading: Reading, draft: Draft, *, inherit: bool) -> None:
    before = reading.before if not reading.sentence.in_title else None
    for _ in range(2):
        if before is None or not inherit:
            break
        for mark in before.sentence.each():
            place = mark.name.place if mark.name is not None else None
            if place is not None and place.country == context.mission.theatre and place.kind != "country":
                text = before.sentence.words(mark.i, mark.j)
                draft.put("place", before.sentence.span(mark.i, mark.j), **place_fields(place, text, "inherited"))
                return
        before = before.before
    for mark in reading.sentence.each():
        place = mark.name.place if mark.name is not None else None
        if place is not None and place.kind == "country" and place.country == context.mission.theatre:
            text = reading.sentence.words(mark.i, mark.j)
            draft.put("place", reading.sentence.span(mark.i, mark.j), **place_fields(place, text, "explicit"))
            return
    draft.put("place", None, country=context.mission.theatre, place_basis="inherited")
