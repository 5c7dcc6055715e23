"""Clusters -> clusters: a sum told again in another currency is the same money.

One sentence that tells both is proof. Elsewhere two sums of one payer are one if they were told within weeks and agree
at rough rates.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from warehouse.resolution.report import Report

# US dollars for one unit, the mean of 2023 to 2025 to two digits: good to tell one sum from two, and for nothing else.
_ROUGH_RATES = {
    "USD": 1.0, "EUR": 1.09, "GBP": 1.27, "CAD": 0.73, "CHF": 1.14, "AUD": 0.66, "JPY": 0.0068, "BRL": 0.19,
    "MXN": 0.055, "KES": 0.0075, "HTG": 0.0076, "DOP": 0.017, "JMD": 0.0064, "XOF": 0.0017, "KRW": 0.00074,
}  # fmt: skip
# Rates move by a tenth within these years.
_RATE_SLACK = 0.1
_TOLD_WITHIN_DAYS = 30


def join_restatements(clusters: list[list[Report]]) -> list[list[Report]]:
    """Join clusters of money that are one sum in two currencies."""
    payments: defaultdict[tuple[str | None, ...], list[list[Report]]] = defaultdict(list)
    for cluster in clusters:
        if cluster[0].currency:
            payments[cluster[0].mission, cluster[0].actor, cluster[0].status].append(cluster)
    home = {id(cluster): cluster for cluster in clusters}
    for one, other in (pair for money in payments.values() for pair in combinations(money, 2)):
        a, b = home[id(one)], home[id(other)]
        if a is not b and not _currencies(a) & _currencies(b) and (_is_told_as_one(a, b) or _is_one_sum(a, b)):
            a.extend(b)
            home = {key: a if known is b else known for key, known in home.items()}
    return list({id(cluster): cluster for cluster in home.values()}.values())


def _is_told_as_one(one: list[Report], other: list[Report]) -> bool:
    return bool({_payment(report) for report in one} & {_payment(report) for report in other})


def _is_one_sum(one: list[Report], other: list[Report]) -> bool:
    return any(_agree(a, b) for a in one for b in other)


def _agree(one: Report, other: Report) -> bool:
    a, b = _in_dollars(one), _in_dollars(other)
    is_one_payment = (one.actor, one.status, one.measure) == (other.actor, other.status, other.measure)
    is_one_target = one.target is None or other.target is None or one.target == other.target
    if a is None or b is None or one.actor is None or not (is_one_payment and is_one_target):
        return False
    is_near = abs((one.published_on - other.published_on).days) <= _TOLD_WITHIN_DAYS
    return is_near and abs(a - b) <= _RATE_SLACK * max(a, b)


def _in_dollars(report: Report) -> float | None:
    rate = _ROUGH_RATES.get(report.currency or "")
    return None if rate is None or report.amount is None else report.amount.figure * rate


def _payment(report: Report) -> tuple[str | None, ...]:
    return (report.article_id, report.sentence, report.actor, report.target, report.status, report.measure)


def _currencies(cluster: list[Report]) -> set[str | None]:
    return {report.currency for report in cluster}
