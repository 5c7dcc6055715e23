"""Reports of one stream -> clusters: those that tell of one event.

Pairs are scored by day, place, actor, value, claimant and wording; what one text tells apart is never joined, and no
chain of likenesses joins what contradicts itself. The strongest pairs are joined first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from warehouse.resolution.amounts import Agreement, Amount, compare_amounts
from warehouse.resolution.days import Days, days_of
from warehouse.resolution.report import Report
from warehouse.resolution.whereabouts import Nearness, compare_places, is_one_of

# Points for a pair; what they are was chosen on tests/resolution/dev, where no neighbour of them is better by .01.
_PLACE_POINTS = {Nearness.NEAR: -1.0, Nearness.UNKNOWN: 0.0, Nearness.WITHIN: 1.0, Nearness.SAME: 2.0}
_VALUE_POINTS = {Agreement.APART: -1.0, Agreement.UNKNOWN: 0.0, Agreement.COMPATIBLE: 1.0, Agreement.EQUAL: 2.0}
_SAME_DAY, _SAME_DAY_BORROWED, _WITHIN_DAYS, _DAYS_TOUCH, _UNDATED = 2.5, 2.0, 1.5, 1.0, 0.6
# Of two events that an undated report may tell of, the nearer one.
_A_DAY_FURTHER = 0.02
_SAME_ACTOR, _SAME_TARGET, _SAME_VOICE, _ALL_WORDS = 1.0, 0.5, 0.5, 2.0
_PART_AND_WHOLE = -1.5
# Who denies without a number denies something that was told, in the same text before all.
_DENIAL, _DENIAL_IN_ONE_TEXT = 1.5, 1.0
# 217 and "271", 24 vehicles and 20: slips and other counts, not other events.
_MISCOUNTED, _MOST_MISCOUNTED = -0.5, 2.5
_ENOUGH = 3.0
# "Another 75 landed on Saturday": so many texts of the later day say so, and none of the earlier one, where number and
# people are the same. All texts of one arrival may call it a further one, whatever day they give it.
_SAID_TO_BE_FURTHER = 2
# Harm is counted anew for days after an event; other figures are known when it happens.
_GROWING = {"casualty", "displacement"}
# Who fled an attack is counted for all that it reached, and by more towns from day to day.
_OF_AN_AREA = {"displacement"}


@dataclass(frozen=True, slots=True)
class Told:
    """A report with its days."""

    report: Report
    days: Days


class Event:
    """Reports that tell of one event, and what a further one may contradict."""

    def __init__(self, alike: Sequence[Told]) -> None:
        told = alike[0]
        report = told.report
        self.reports = [each.report for each in alike]
        # All overlap in pairs exactly when there is a day that all share.
        self.latest_start, self.earliest_end = told.days.first, told.days.last
        self.actors = {report.actor} - {None}
        self.sayings = {_saying(told): told}
        self.places = {report.place: report}
        self.texts: defaultdict[str, list[Told]] = defaultdict(list)
        # The days that are told for it, and the texts that call it a further one.
        self.days = {report.start} if report.start and report.start == report.end else set()
        self.further = {each.report.origin_id for each in alike if each.report.is_further}
        for each in alike:
            self.texts[each.report.origin_id].append(each)

    def contradicts(self, other: Event) -> bool:
        """Whether some report of the one cannot tell of the same as some report of the other."""
        if max(self.latest_start, other.latest_start) > min(self.earliest_end, other.earliest_end):
            return True
        if len(self.actors | other.actors) > 1 or self._is_told_beside(other) or other._is_told_beside(self):
            return True
        return (
            any(compare_places(a, b) is Nearness.APART for a in self.places.values() for b in other.places.values())
            or any(_cannot_count_alike(a, b) for a in self.sayings.values() for b in other.sayings.values())
            or any(
                _told_apart(a.report, b.report)
                for text in self.texts.keys() & other.texts.keys()
                for a in self.texts[text]
                for b in other.texts[text]
            )
        )

    def _is_told_beside(self, earlier: Event) -> bool:
        """Whether this is a further one, of a later day, of what is counted once."""
        if self.reports[0].kind in _GROWING or len(self.further) < _SAID_TO_BE_FURTHER or earlier.further:
            return False
        return len(self.days) == len(earlier.days) == 1 and max(earlier.days) < min(self.days)

    def join(self, other: Event) -> None:
        """Take the reports of another one in."""
        self.reports += other.reports
        self.latest_start = max(self.latest_start, other.latest_start)
        self.earliest_end = min(self.earliest_end, other.earliest_end)
        self.actors |= other.actors
        self.days |= other.days
        self.further |= other.further
        self.sayings = {**other.sayings, **self.sayings}
        self.places = {**other.places, **self.places}
        for text, told in other.texts.items():
            self.texts[text] += told


def cluster_events(reports: Sequence[Report]) -> list[list[Report]]:
    """Group the reports of one stream by the event that they tell of."""
    groups = _alike([Told(report, days_of(report)) for report in reports])
    events = {group[0].report.claim_id: Event(group) for group in groups}
    for _, one, other in sorted(_pairs([group[0] for group in groups]), key=_strongest_first):
        a, b = events[one.claim_id], events[other.claim_id]
        if a is not b and not a.contradicts(b):
            if len(a.reports) < len(b.reports):
                a, b = b, a
            a.join(b)
            events.update((report.claim_id, a) for report in b.reports if report.claim_id in events)
    return [event.reports for event in {id(event): event for event in events.values()}.values()]


def _alike(all_told: Sequence[Told]) -> list[list[Told]]:
    """Reports that say the same of the same day and place: compared with others, one speaks for all."""
    groups: defaultdict[tuple[object, ...], list[Told]] = defaultdict(list)
    for told in sorted(all_told, key=lambda told: told.report.tie):
        report = told.report
        is_plain = told.days.is_exact and report.amount and not (report.part_of or report.merged or report.parted)
        said = (_saying(told), report.target, report.place)
        groups[said if is_plain else (report.claim_id,)].append(told)
    return list(groups.values())


def _pairs(all_told: Sequence[Told]) -> Iterator[tuple[float, Report, Report]]:
    """Pairs that speak for one event; places that lie apart are not even compared report by report."""
    by_place: defaultdict[tuple[str, ...], list[Told]] = defaultdict(list)
    for told in sorted(all_told, key=lambda told: (told.days.first, told.report.tie)):
        by_place[told.report.place].append(told)
    for (_, here), (_, there) in combinations_with_replacement(by_place.items(), 2):
        near = compare_places(here[0].report, there[0].report)
        if near is Nearness.APART:
            continue
        for one, other in _overlapping(here, there):
            score = _score(one, other, near)
            if score is not None:
                yield score, one.report, other.report


def _overlapping(here: Sequence[Told], there: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs whose days overlap, each once; both are in the order of their first days."""
    for position, one in enumerate(here):
        last = one.days.last
        for other in there[position + 1 :] if here is there else there:
            if other.days.first > last:
                break
            if other.days.last >= one.days.first:
                yield one, other


Tie = tuple[str, str, str, str]


def _strongest_first(pair: tuple[float, Report, Report]) -> tuple[float, Tie, Tie]:
    score, one, other = pair
    return -score, min(one.tie, other.tie), max(one.tie, other.tie)


def _score(one: Told, other: Told, near: Nearness) -> float | None:
    """How likely two reports tell of one event; None where they cannot, or too little speaks for it."""
    a, b = one.report, other.report
    if _cannot_count_alike(one, other) or (a.actor != b.actor and a.actor and b.actor):
        return None
    score = _PLACE_POINTS[near] + _value_points(a, b) + _day_points(one, other) + _SAME_ACTOR * _same(a.actor, b.actor)
    score += _PART_AND_WHOLE * ((a.part_of is None) != (b.part_of is None)) + _denial_points(a, b)
    if score + _SAME_TARGET + _SAME_VOICE + _ALL_WORDS < _ENOUGH:
        return None
    score += _SAME_TARGET * _same(a.target, b.target) + _SAME_VOICE * (a.voice == b.voice)
    score += _ALL_WORDS * _likeness(a, b)
    return None if score < _ENOUGH or (a.origin_id == b.origin_id and _told_apart(a, b)) else score


def _cannot_count_alike(one: Told, other: Told) -> bool:
    """Whether two numbers cannot be of one event: neither a toll that grows, nor two counts of one day and people."""
    a, b = one.report, other.report
    if a.currency != b.currency:
        return True
    is_apart = compare_amounts(a.amount, b.amount) is Agreement.APART
    if is_apart and a.kind not in _OF_AN_AREA and (is_one_of(a, b) or is_one_of(b, a)):
        # What befell one town, and what two have in common.
        return True
    if a.kind in _GROWING or not is_apart:
        return False
    return not (_is_one_day(a, b) and _same(a.actor, b.actor) and _is_slip(a.amount, b.amount))


def _is_one_day(one: Report, other: Report) -> bool:
    return one.start is not None and one.start == one.end and (one.start, one.end) == (other.start, other.end)


def _denial_points(one: Report, other: Report) -> float:
    """What speaks for a denial without a number: that there is something to deny."""
    if one.is_denial == other.is_denial or all(report.amount for report in (one, other) if report.is_denial):
        return 0.0
    return _DENIAL + _DENIAL_IN_ONE_TEXT * (one.origin_id == other.origin_id)


def _is_slip(one: Amount | None, other: Amount | None) -> bool:
    lower, higher = sorted(amount.figure for amount in (one, other) if amount)
    return higher <= _MOST_MISCOUNTED * lower


def _saying(told: Told) -> tuple[object, ...]:
    """What a report is compared by where numbers may contradict each other."""
    report = told.report
    return report.amount, report.currency, report.actor, report.start, report.end, told.days.is_exact, report.place


def _value_points(one: Report, other: Report) -> float:
    agreement = compare_amounts(one.amount, other.amount)
    return _MISCOUNTED if agreement is Agreement.APART and one.kind not in _GROWING else _VALUE_POINTS[agreement]


def _told_apart(one: Report, other: Report) -> bool:
    """Whether one text tells two things: a whole and its part, other days, other numbers of what is known at once."""
    if one.claim_id == other.part_of or other.claim_id == one.part_of:
        return True
    if one.article_id != other.article_id and one.sentence == other.sentence:
        return False
    if one.start and other.start and (one.start, one.end) != (other.start, other.end):
        return True
    if one.is_former != other.is_former and one.sentence == other.sentence:
        # "Lowered to 40 from 60".
        return False
    # Two counts of one day and place: two voices, or an earlier count beside a later one.
    is_one_scene = bool(one.start and other.start) and compare_places(one, other) is Nearness.SAME
    differs = compare_amounts(one.amount, other.amount) is Agreement.APART
    return differs and not is_one_scene and one.voice == other.voice


def _day_points(one: Told, other: Told) -> float:
    a, b = one.days, other.days
    if not (a.is_dated and b.is_dated):
        return _UNDATED - _A_DAY_FURTHER * abs((one.report.known_on - other.report.known_on).days)
    if _is_one_day(one.report, other.report):
        return _SAME_DAY if a.is_exact and b.is_exact else _SAME_DAY_BORROWED
    if a.is_exact and b.is_exact:
        return _DAYS_TOUCH
    return _WITHIN_DAYS if a.middle_overlaps(b) else _DAYS_TOUCH


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _likeness(one: Report, other: Report) -> float:
    """Share of the words that two sentences have in common (Jaccard)."""
    union = len(one.words | other.words)
    return len(one.words & other.words) / union if union else 0.0
