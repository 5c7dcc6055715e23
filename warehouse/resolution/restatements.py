"""Clusters -> clusters: a sum told again in another currency, in the same sentence, is the same money."""

from __future__ import annotations

from collections import defaultdict

from warehouse.resolution.report import Report


def join_restatements(clusters: list[list[Report]]) -> list[list[Report]]:
    """Join clusters of money that one sentence tells in two currencies."""
    home = {id(cluster): cluster for cluster in clusters}
    by_sentence: defaultdict[tuple[str | None, ...], list[list[Report]]] = defaultdict(list)
    for cluster in clusters:
        for report in cluster:
            if report.currency:
                by_sentence[_payment(report)].append(cluster)
    for told in by_sentence.values():
        first = home[id(told[0])]
        for cluster in told[1:]:
            other = home[id(cluster)]
            if other is not first and not _currencies(first) & _currencies(other):
                first.extend(other)
                home = {key: first if known is other else known for key, known in home.items()}
    return list({id(cluster): cluster for cluster in home.values()}.values())


def _payment(report: Report) -> tuple[str | None, ...]:
    return (report.article_id, report.sentence, report.actor, report.target, report.status, report.measure)


def _currencies(cluster: list[Report]) -> set[str | None]:
    return {report.currency for report in cluster}
