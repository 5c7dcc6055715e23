"""Reports -> clusters: each the reports of one fact. The same whatever the order that they come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from warehouse.resolution.events import cluster_events
from warehouse.resolution.levels import cut_levels
from warehouse.resolution.report import Report
from warehouse.resolution.restatements import join_restatements
from warehouse.resolution.standing import (
    cluster_decisions,
    cluster_names,
    cluster_periods,
    cluster_quotes,
    cluster_standing,
)
from warehouse.resolution.streams import Rule, Stream, stream_of

Clusters = list[list[Report]]

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
    clusters = join_restatements(clusters)
    return [sorted(cluster, key=lambda report: (report.recorded_at, report.claim_id)) for cluster in clusters]
