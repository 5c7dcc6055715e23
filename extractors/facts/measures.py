"""Drafts -> drafts with the measure that their dates and their tense ask for: one event, or a running total."""

from __future__ import annotations

from datetime import timedelta

from extractors.facts.bidding import NUMBER_OF
from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.tolls import is_counted_from_arrival, is_toll_of_one, is_toll_so_far

# Harm counted over longer than a month is a report's total, not one event.
_LONGEST_EVENT = timedelta(days=31)
# "Since Tuesday" still is one fight; from a longer stretch on the count is one that goes on.
_LONGEST_FIGHT = timedelta(days=10)


def settle_measures(context: Context, drafts: list[Draft]) -> None:
    """Makes running totals of harm that was given the flow of one event."""
    readings = {id(reading.sentence): reading for reading in context.readings}
    for draft in drafts:
        if _is_loss_so_far(context, draft):
            _take_day(draft)
            _take_place(context, draft)
        if draft.get("measure") != "flow" or draft.kind not in ("casualty", "displacement"):
            continue
        reading = readings[id(draft.sentence)]
        is_toll = is_toll_so_far(context, reading, draft)
        if is_toll:
            _take_day(draft)
        if is_toll and is_counted_from_arrival(reading, draft):
            _take_place(context, draft)
        if (
            is_toll
            or _is_long(reading, draft)
            or _is_of_months(context, reading, draft)
            or _is_statistic(context, draft)
        ):
            draft.fields["measure"] = "cumulative" if draft.kind == "casualty" else "stock"
    _carry_totals(readings, drafts)
    _keep_sums(drafts)
    for draft in drafts:
        if _is_raised(context, readings[id(draft.sentence)], draft):
            draft.fields.update(measure="flow", as_of=None)


def _is_loss_so_far(context: Context, draft: Draft) -> bool:
    """As in "it brings to three the number of Kenyan police killed in Haiti": wherever and whenever they fell."""
    actor = context.actors.get(draft.get("actor") or "")
    return draft.rule == f"casualty.{NUMBER_OF}" and (context.is_contributor(actor) or context.is_force(actor))


# Those who were there before are told so many sentences before the sum at most.
_SUM_REACH = 2


def _keep_sums(drafts: list[Draft]) -> None:
    """As in "400 were there already. That makes 617": a text that adds up sets the sum against those before.

    "It does not reach 800" is a bound and no level that another figure could go on from.
    """
    sizes = [d for d in drafts if d.kind == "strength" and d.get("measure") == "stock" and d.get("status") == "done"]
    for total in sizes:
        is_bound = total.get("qualifier") == "fewer_than"
        if total.rule == "strength.total" and (is_bound or any(_is_before(size, total) for size in sizes)):
            total.fields["measure"] = "cumulative"


def _is_before(size: Draft, total: Draft) -> bool:
    return (
        size is not total
        and size.get("actor") == total.get("actor")
        and 0 <= total.sentence.index - size.sentence.index <= _SUM_REACH
        and size.sentence.in_title == total.sentence.in_title
        and (size.get("value_best") or 0) < (total.get("value_best") or 0)
    )


def _is_raised(context: Context, reading: Reading, draft: Draft) -> bool:
    """A total that is the toll of one event after all; of the displaced only those who fled it."""
    if draft.get("measure") != {"casualty": "cumulative", "displacement": "stock"}.get(draft.kind):
        return False
    if draft.rule in ("casualty.ordinal", "displacement.displaced people") or _is_long(reading, draft):
        return False
    if _is_loss_so_far(context, draft):
        return False
    return is_toll_of_one(context, reading, draft)


# A hundred and more harmed without a day are counted over a period: of 300 annotated numbers nine in ten are.
_STATISTIC = 100


def _is_statistic(context: Context, draft: Draft) -> bool:
    value = draft.get("value_best") or draft.get("value_low") or 0
    if draft.kind != "casualty" or value < _STATISTIC or draft.get("date_precision") in ("day", "week"):
        return False
    return not (draft.get("date_precision") == "month" and _is_of_one_spot(context, draft))


def _is_of_one_spot(context: Context, draft: Draft) -> bool:
    """As in "In December 200 were killed in Wharf Jérémie": of a month in a village or a quarter one attack is told."""
    places = (place for place in context.mission.places if place.place_id == draft.get("place_id"))
    return any(place.kind not in _WIDE for place in places)


_WIDE = frozenset(["country", "department", "arrondissement", "commune"])


# So many sentences on, an undated number still belongs to the totals that came before it.
_CARRY = 2


def _carry_totals(readings: dict[int, Reading], drafts: list[Draft]) -> None:
    """As in "1,520 died during the quarter. Another 609 were hurt": what follows an undated total is one too.

    In a report, most of whose numbers are totals, an undated one is a total as well.
    """
    harms = [d for d in drafts if d.kind == "casualty" and not d.sentence.in_title and d.get("status") == "done"]
    totals = sum(d.get("measure") == "cumulative" for d in harms)
    is_report = totals > len(harms) - totals
    total: Draft | None = None
    for draft in sorted(harms, key=lambda d: (d.sentence.index, d.trigger)):
        is_undated = draft.get("event_start") is None and not readings[id(draft.sentence)].dates
        if is_undated and draft.get("measure") == "flow":
            is_near = total is not None and draft.sentence.index - total.sentence.index <= _CARRY
            draft.fields["measure"] = "cumulative" if is_near or is_report else "flow"
        is_total = draft.get("measure") == "cumulative" and draft.get("event_start") is None
        total = draft if is_total else total if is_undated else None


def _take_day(draft: Draft) -> None:
    """The day that the lead lent to a total is not its own."""
    draft.fields.update(event_start=None, event_end=None, date_precision=None, date_basis=None)
    draft.spans.pop("event", None)
    draft.derived.discard("event")


def _take_place(context: Context, draft: Draft) -> None:
    """The place of another clause is not that of all who fell."""
    draft.fields.update(dict.fromkeys(_PLACE_FIELDS))
    draft.put("place", None, country=context.mission.theatre, place_basis="inherited")


_PLACE_FIELDS = ("place", "place_id", "admin1", "admin2", "pcode", "latitude", "longitude")


def _is_long(reading: Reading, draft: Draft) -> bool:
    start, end = draft.get("event_start"), draft.get("event_end")
    if start is None or end is None:
        return False
    span = draft.spans.get("event")
    own = next((m for m in reading.dates if span == [reading.sentence.span(m.i, m.j)]), None)
    if own is not None and own.is_since and end - start > _LONGEST_FIGHT:
        return True
    return draft.kind == "casualty" and end - start > _LONGEST_EVENT


def _is_of_months(context: Context, reading: Reading, draft: Draft) -> bool:
    """As in "between January and March" where no day of publication tells the year: still a total."""
    if context.document.published_on is not None or draft.get("event_start") is not None or draft.kind != "casualty":
        return False
    months = {mark.entry.month for mark in reading.sentence.found if mark.entry.month}
    return len(months) > 1 or any("ongoing_sum" in mark.entry.tags for mark in reading.sentence.found)
