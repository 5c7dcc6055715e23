"""Reports of one stream -> clusters: those that tell of one event.

Pairs are scored by day, place, actor, value, claimant and wording; what one text tells apart is never joined, and no
chain of likenesses joins what contradicts itself. The strongest pairs are joined first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from warehouse.resolution.amounts import Agreement, compare_amounts, figure
from warehouse.resolution.days import Days, days_of
from warehouse.resolution.report import Report
from warehouse.resolution.whereabouts import Nearness, compare_places

# Points for a pair; what they are was chosen on tests/resolution/dev, where no neighbour of them is better by .01.
_PLACE_POINTS = {Nearness.NEAR: -1.0, Nearness.UNKNOWN: 0.0, Nearness.WITHIN: 1.0, Nearness.SAME: 2.0}
_VALUE_POINTS = {Agreement.APART: -1.0, Agreement.UNKNOWN: 0.0, Agreement.COMPATIBLE: 1.0, Agreement.EQUAL: 2.0}
_SAME_DAY, _WITHIN_DAYS, _DAYS_TOUCH, _UNDATED = 2.5, 1.5, 1.0, 0.5
# Of two events that an undated report may tell of, the nearer one.
_A_DAY_FURTHER = 0.03
_SAME_ACTOR, _SAME_TARGET, _SAME_VOICE, _ALL_WORDS = 1.0, 0.5, 0.5, 2.0
_PART_AND_WHOLE = -1.5
# 217 and "271", 24 vehicles and 20: slips and other counts, not other events.
_MISCOUNTED, _MOST_MISCOUNTED = -0.5, 2.5
_ENOUGH = 3.0
# Harm is counted anew for days after an event; other figures are known when it happens.
_GROWING = {"casualty", "displacement"}


def cluster_events(reports: Sequence[Report]) -> list[list[Report]]:
    """Group the reports of one stream by the event that they tell of."""
    days = {report.claim_id: days_of(report) for report in reports}
    clusters = {report.claim_id: [report] for report in reports}
    for _, one, other in sorted(_pairs(reports, days), key=_strongest_first):
        a, b = clusters[one.claim_id], clusters[other.claim_id]
        if a is not b and _may_join(a, b, days):
            a.extend(b)
            for member in b:
                clusters[member.claim_id] = a
    return list({id(cluster): cluster for cluster in clusters.values()}.values())


def _pairs(reports: Sequence[Report], days: dict[str, Days]) -> Iterator[tuple[float, Report, Report]]:
    in_order = sorted(reports, key=lambda report: (days[report.claim_id].first, report.claim_id))
    for position, one in enumerate(in_order):
        last = days[one.claim_id].last
        for other in in_order[position + 1 :]:
            if days[other.claim_id].first > last:
                break
            score = score_pair(one, other, days)
            if score is not None and score >= _ENOUGH:
                yield score, one, other


def _strongest_first(pair: tuple[float, Report, Report]) -> tuple[float, str, str]:
    score, one, other = pair
    return -score, min(one.claim_id, other.claim_id), max(one.claim_id, other.claim_id)


def _may_join(a: Sequence[Report], b: Sequence[Report], days: dict[str, Days]) -> bool:
    return all(score_pair(one, other, days) is not None for one in a for other in b)


def score_pair(one: Report, other: Report, days: dict[str, Days]) -> float | None:
    """How likely two reports tell of one event; None where they cannot."""
    when, other_when = days[one.claim_id], days[other.claim_id]
    near, amount = compare_places(one, other), compare_amounts(one, other)
    if (
        near is Nearness.APART
        or not when.overlaps(other_when)
        or _differ(one.actor, other.actor)
        or one.currency != other.currency
    ):
        return None
    if amount is Agreement.APART and not _may_be_miscounted(one, other, when, other_when):
        return None
    if one.origin_id == other.origin_id and _told_apart(one, other, near, amount):
        return None
    score = _PLACE_POINTS[near] + _value_points(one, amount) + _day_points(when, other_when)
    if not (when.is_dated and other_when.is_dated):
        score -= _A_DAY_FURTHER * abs((one.known_on - other.known_on).days)
    score += _SAME_ACTOR * _same(one.actor, other.actor) + _SAME_TARGET * _same(one.target, other.target)
    score += _PART_AND_WHOLE * ((one.part_of is None) != (other.part_of is None))
    return score + _SAME_VOICE * (one.voice == other.voice) + _ALL_WORDS * _likeness(one, other)


def _may_be_miscounted(one: Report, other: Report, when: Days, other_when: Days) -> bool:
    """Whether two numbers may be of one event: a toll that grows, or a count of the same day and the same people."""
    if one.kind in _GROWING:
        return True
    is_one_day = when.is_exact and other_when.is_exact and when.first == other_when.first
    lower, higher = sorted((figure(one), figure(other)))
    return is_one_day and _same(one.actor, other.actor) and higher <= _MOST_MISCOUNTED * lower


def _value_points(report: Report, amount: Agreement) -> float:
    if amount is Agreement.APART and report.kind not in _GROWING:
        return _MISCOUNTED
    return _VALUE_POINTS[amount]


def _told_apart(one: Report, other: Report, near: Nearness, amount: Agreement) -> bool:
    """Whether one text tells two things: a whole and its part, other days, other numbers of what is known at once."""
    if one.claim_id == other.part_of or other.claim_id == one.part_of:
        return True
    if one.article_id != other.article_id and one.sentence == other.sentence:
        return False
    if one.start and other.start and (one.start, one.end) != (other.start, other.end):
        return True
    # Two counts of one day and place: two voices, or an earlier count beside a later one.
    is_one_scene = bool(one.start and other.start) and near is Nearness.SAME
    return amount is Agreement.APART and not is_one_scene and one.voice == other.voice


def _day_points(when: Days, other: Days) -> float:
    if not (when.is_dated and other.is_dated):
        return _UNDATED
    if when.is_exact and other.is_exact:
        return _SAME_DAY if when.first == other.first else _DAYS_TOUCH
    return _WITHIN_DAYS if when.middle_overlaps(other) else _DAYS_TOUCH


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _likeness(one: Report, other: Report) -> float:
    """Share of the words that two sentences have in common (Jaccard)."""
    union = len(one.words | other.words)
    return len(one.words & other.words) / union if union else 0.0
