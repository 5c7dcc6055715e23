"""Reports -> clusters: each the reports of one fact. The same whatever the order that they come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.resolution.amounts import may_be_disputed
from warehouse.resolution.days import is_closed_period
from warehouse.resolution.events import cluster_events
from warehouse.resolution.levels import cut_levels
from warehouse.resolution.report import Report
from warehouse.resolution.restatements import join_restatements
from warehouse.resolution.rulings import apply_rulings
from warehouse.resolution.standing import (
    cluster_decisions,
    cluster_names,
    cluster_periods,
    cluster_quotes,
    cluster_standing,
)
from warehouse.resolution.streams import Rule, Stream, stream_of

Clusters = list[list[Report]]

# 6,000 in camps are no later figure of the 5 million who go hungry.
_OTHER_SUBJECT = 100.0
# Earlier than anything that is told.
_LONG_AGO = date.min

_RULES: dict[Rule, Callable[[Sequence[Report]], Clusters]] = {
    Rule.EVENT: cluster_events,
    Rule.PERIOD: cluster_periods,
    Rule.LEVEL: cut_levels,
    Rule.STANDING: cluster_standing,
    Rule.NAMED: cluster_names,
    Rule.QUOTE: cluster_quotes,
    Rule.DECISION: cluster_decisions,
}


def resolve(reports: Iterable[Report]) -> Clusters:
    """Group reports by the fact that they tell of; each cluster in the order in which the ledger came to know it."""
    streams: defaultdict[Stream, list[Report]] = defaultdict(list)
    for report in reports:
        streams[stream_of(report)].append(report)
    clusters = [cluster for stream, members in streams.items() for cluster in _RULES[stream.rule](members)]
    clusters = apply_rulings(join_restatements(clusters))
    return [sorted(cluster, key=lambda report: (report.recorded_at, report.tie)) for cluster in clusters]


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cluster says in all, as far as its place in a series goes.

    Args:
        first_on: the first day that it held for, as far as it is told; first_told, last_told: days of publication. What
            is only told as the figure of before held long ago.
        sums: the highest figure in each currency; one without a currency is under None.
        first: the first report that was published.
    """

    first_on: date
    first_told: date
    last_told: date
    figure: float
    sums: Mapping[str | None, float]
    first: Report


def find_superseded(clusters: Clusters) -> set[int]:
    """Numbers of the clusters whose figure a later one of the same series has taken the place of."""
    streams: defaultdict[Stream, dict[int, Figure]] = defaultdict(dict)
    for number, cluster in enumerate(clusters):
        if all(report.is_denial for report in cluster):
            # What is only denied has never been so, and takes the place of nothing.
            continue
        streams[stream_of(cluster[0])][number] = _figure_of(cluster)
    return {
        number
        for stream, figures in streams.items()
        if (takes_the_place := _SUCCESSION.get(stream.rule))
        for number, earlier in figures.items()
        # Where one does it is mostly the newest.
        if any(takes_the_place(later, earlier) for later in reversed(figures.values()) if later is not earlier)
    }


def _figure_of(cluster: Sequence[Report]) -> Figure:
    told = [report.published_on for report in cluster if not report.is_former]
    held = (report.known_on for report in cluster if not (report.is_former and report.is_undated))
    return Figure(
        first_on=min(held, default=_LONG_AGO),
        first_told=min(told, default=_LONG_AGO),
        last_told=max(told, default=_LONG_AGO),
        figure=max((report.amount.figure for report in cluster if report.amount), default=0.0),
        sums=_sums_of(cluster),
        first=min(cluster, key=lambda report: (report.published_on, report.tie)),
    )


def _sums_of(cluster: Sequence[Report]) -> Mapping[str | None, float]:
    sums: dict[str | None, float] = {}
    for report in cluster:
        if report.amount:
            sums[report.currency] = max(report.amount.figure, sums.get(report.currency, 0.0))
    return sums


def _is_later_level(later: Figure, earlier: Figure) -> bool:
    lower, higher = sorted((later.figure, earlier.figure))
    return later.first_on > earlier.first_on and higher <= _OTHER_SUBJECT * max(lower, 1.0)


def _is_later_total(later: Figure, earlier: Figure) -> bool:
    """A total told again for the same period, or for one that has gone on since."""
    one, other = later.first, earlier.first
    if one.actor != other.actor or one.start != other.start or one.end is None or other.end is None:
        return False
    if not may_be_disputed(one.amount, other.amount):
        return False
    if one.end == other.end:
        return later.first_told > earlier.first_told
    return one.end > other.end and not is_closed_period(other)


def _is_raised(later: Figure, earlier: Figure) -> bool:
    """A promise of more by the same one, or of less when the first is not told any longer."""
    if later.first.status != "pledged":
        return False
    return any(
        _is_other_promise(later, earlier, later.sums[currency], earlier.sums[currency])
        for currency in later.sums.keys() & earlier.sums.keys()
    )


def _is_other_promise(later: Figure, earlier: Figure, more: float, less: float) -> bool:
    since = earlier.first_told if more > less else earlier.last_told
    return more != less and min(more, less) > 0 and later.first_told > since


_SUCCESSION: dict[Rule, Callable[[Figure, Figure], bool]] = {
    Rule.LEVEL: _is_later_level,
    Rule.PERIOD: _is_later_total,
    Rule.STANDING: _is_raised,
}
