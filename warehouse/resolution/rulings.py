"""Clusters -> clusters, as people have ruled: claims that they merge are one fact, claims that they part are two.

What the rules found is looked at first, so that a ruling means the same whatever comes later. The reports that no
ruling names go with those that they were found with, and of these with the one that they are more like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from warehouse.resolution.amounts import compare_amounts
from warehouse.resolution.report import Report
from warehouse.resolution.streams import Stream, stream_of
from warehouse.resolution.whereabouts import compare_places

Clusters = list[list[Report]]
# A cluster as the rules found it, by its number, and one report of it.
Found = tuple[int, Report]

# More than all else together: the same sentence in two papers is one assertion.
_SAME_SENTENCE = 10.0


def apply_rulings(clusters: Clusters) -> Clusters:
    """Join and part clusters as their reports' rulings say; a ruling across streams has no effect.

    Where people contradict themselves, what is merged stays together.
    """
    if not any(is_ruled(report) for cluster in clusters for report in cluster):
        return clusters
    return [group for whole in _join(clusters) for group in _part(whole)]


def is_ruled(report: Report) -> bool:
    """Whether a ruling names the report."""
    return bool(report.merged or report.parted)


def _join(clusters: Clusters) -> list[list[Found]]:
    """Clusters that a merged claim of each ties together become one; each report keeps its cluster's number."""
    ties: dict[tuple[Stream, str], int] = {}
    home = list(range(len(clusters)))
    for number, cluster in enumerate(clusters):
        for report in cluster:
            for ruling in report.merged:
                first = ties.setdefault((stream_of(report), ruling), number)
                old, new = home[number], home[first]
                home = [new if known == old else known for known in home]
    wholes: defaultdict[int, list[Found]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        wholes[home[number]] += [(number, report) for report in cluster]
    return list(wholes.values())


def _part(whole: Sequence[Found]) -> Clusters:
    """Split a cluster so that no two claims that are parted stay together."""
    units = _units([found for found in whole if is_ruled(found[1])])
    opposed = [unit for unit in units if any(_are_parted(unit, other) for other in units)]
    if not opposed:
        return [[report for _, report in whole]]
    groups: list[list[Found]] = []
    for unit in (*opposed, *(unit for unit in units if unit not in opposed)):
        free = [group for group in groups if not _are_parted(unit, group)]
        if free:
            _nearest(unit, free).extend(unit)
        else:
            groups.append(list(unit))
    named = [list(group) for group in groups]
    for found in whole:
        if not is_ruled(found[1]):
            groups[named.index(_nearest([found], named))].append(found)
    return [[report for _, report in group] for group in groups]


def _units(ruled: Iterable[Found]) -> list[list[Found]]:
    """Claims that are merged, together; in an order that does not depend on arrival."""
    units: list[list[Found]] = []
    for found in sorted(ruled, key=lambda found: (found[1].published_on, found[1].tie)):
        tied = [unit for unit in units if any(found[1].merged & report.merged for _, report in unit)]
        joined = [member for unit in tied for member in unit] + [found]
        first = units.index(tied[0]) if tied else len(units)
        units = [unit for unit in units if unit not in tied]
        units.insert(first, joined)
    return units


def _are_parted(unit: Sequence[Found], other: Sequence[Found]) -> bool:
    """Whether some claim of the one is on the other side of a ruling from some claim of the other."""
    if unit is other:
        return False
    sides = {side for _, report in unit for side in report.parted}
    return any((key, not side) in sides for _, report in other for key, side in report.parted)


def _nearest(unit: Sequence[Found], groups: Sequence[list[Found]]) -> list[Found]:
    """The group that a unit was found with, and of several such the one that it is more like; the first of equals."""
    return max(groups, key=lambda group: max(_closeness(one, other) for one in unit for other in group))


def _closeness(one: Found, other: Found) -> tuple[bool, float]:
    return one[0] == other[0], _likeness(one[1], other[1])


def _likeness(one: Report, other: Report) -> float:
    union = len(one.words | other.words)
    return (
        _SAME_SENTENCE * (one.origin_id == other.origin_id and one.sentence == other.sentence)
        + compare_amounts(one.amount, other.amount)
        + compare_places(one, other) / 2
        + (one.actor == other.actor)
        + 1 / (1 + abs((one.known_on - other.known_on).days))
        + (len(one.words & other.words) / union if union else 0.0)
    )
