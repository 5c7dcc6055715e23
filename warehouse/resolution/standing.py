"""Reports of what stands until further notice -> clusters: promises, ceilings, posts, words, totals of a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain

from warehouse.resolution.amounts import is_same_promise
from warehouse.resolution.days import days_of, same_period
from warehouse.resolution.levels import cut_levels
from warehouse.resolution.report import Report

# Two quotations of one speaker share most of their words, or come within days of each other in two languages.
_SAME_WORDS = 0.5
# "Chad is ready to send troops" and "1,500 soldiers", two years later, are two promises.
_ONE_PROMISE_DAYS = 180
_DAYS_OF_A_SPEECH = 1
_LONGER_IN_TRANSLATION = 1.6


def cluster_standing(reports: Sequence[Report]) -> list[list[Report]]:
    """Group by value; a report without a number is of the value that was told around that time, if one was."""
    clusters = _cluster([report for report in reports if report.amount], _same_promise)
    if reports[0].measure == "requirement":
        clusters = _join_disputed(clusters)
    valued = list(clusters)
    bare: list[Report] = []
    for report in (report for report in reports if report.amount is None):
        near = [cluster for cluster in valued if _days_apart(report, cluster) <= _ONE_PROMISE_DAYS]
        (min(near, key=lambda cluster: _days_apart(report, cluster)) if near else bare).append(report)
    return [*clusters, bare] if bare else clusters


def _same_promise(one: Report, other: Report) -> bool:
    a, b = one.amount, other.amount
    assert a is not None
    assert b is not None
    if one.currency != other.currency or (one.origin_id == other.origin_id and a.figure != b.figure):
        return False
    return is_same_promise(a, b)


Sentence = tuple[str, str, str]


def _join_disputed(clusters: list[list[Report]]) -> list[list[Report]]:
    """One sentence that sets two claimants' figures of a need against each other tells of one need."""
    joined: list[list[Report]] = []
    for cluster in clusters:
        rival = next((other for other in joined if _are_rivals(cluster, other)), None)
        if rival is None:
            joined.append(list(cluster))
        else:
            rival.extend(cluster)
    return joined


def _are_rivals(one: Sequence[Report], other: Sequence[Report]) -> bool:
    if {report.stands_for for report in one} & {report.stands_for for report in other} - {None}:
        return True
    voices, rivals = _voices_of(one), _voices_of(other)
    shared = voices.keys() & rivals.keys()
    is_apart = any(a.is_apart_from(b) for a in one for b in other) if shared else True
    return not is_apart and all(voices[sentence].isdisjoint(rivals[sentence]) for sentence in shared)


def _voices_of(cluster: Sequence[Report]) -> dict[Sentence, set[str]]:
    voices: defaultdict[Sentence, set[str]] = defaultdict(set)
    for report in cluster:
        voices[report.article_id, report.sentence, report.currency or ""].add(report.voice)
    return voices


def _days_apart(report: Report, cluster: Sequence[Report]) -> int:
    return min(abs((report.published_on - member.published_on).days) for member in cluster if member.amount)


def cluster_periods(reports: Sequence[Report]) -> list[list[Report]]:
    """Group totals by their period and who is counted; a total that is revised later is a new level."""
    periods = _cluster(reports, lambda one, other: one.actor == other.actor and same_period(one, other))
    return [level for period in periods for level in cut_levels(period, is_total=True)]


def cluster_decisions(reports: Sequence[Report]) -> list[list[Report]]:
    """Group decisions of a council by their day; one that is recalled without its day is the last one before."""
    dated = [report for report in reports if report.start]
    clusters = _cluster(dated, _same_decision)
    undated = [report for report in reports if not report.start]
    if not clusters:
        return [undated]
    for report in undated:
        _last_before(report, clusters).append(report)
    return clusters


def _same_decision(one: Report, other: Report) -> bool:
    return days_of(one).overlaps(days_of(other))


def _last_before(report: Report, clusters: list[list[Report]]) -> list[Report]:
    def started(cluster: list[Report]) -> date:
        return min(member.start for member in cluster if member.start)

    before = [cluster for cluster in clusters if started(cluster) <= report.published_on]
    return max(before, key=started) if before else min(clusters, key=started)


def cluster_names(reports: Sequence[Report]) -> list[list[Report]]:
    """A person in a post is one fact, however often told."""
    return [list(reports)]


def cluster_quotes(reports: Sequence[Report]) -> list[list[Report]]:
    """Group quotations of one speaker by their words, and by their day where they stand in several languages."""
    clusters: list[list[Report]] = []
    for report in sorted(reports, key=lambda report: (report.published_on, report.tie)):
        home = next((cluster for cluster in clusters if _is_quoted_in(report, cluster)), None)
        if home is None:
            clusters.append([report])
        else:
            home.append(report)
    return clusters


def _is_quoted_in(report: Report, cluster: Sequence[Report]) -> bool:
    if any(report.is_apart_from(member) for member in cluster):
        return False
    own = [member for member in cluster if member.language == report.language]
    return any(_same_quote(report, member) for member in own or cluster)


def _same_quote(one: Report, other: Report) -> bool:
    if one.article_id == other.article_id:
        return one.sentence == other.sentence
    if one.language != other.language:
        return _may_be_translated(one, other)
    shorter = min(len(one.words), len(other.words))
    return bool(shorter) and len(one.words & other.words) / shorter >= _SAME_WORDS


def _may_be_translated(one: Report, other: Report) -> bool:
    """Of one day, and about as long."""
    longer, shorter = max(len(one.sentence), len(other.sentence)), min(len(one.sentence), len(other.sentence))
    is_one_day = abs((one.known_on - other.known_on).days) <= _DAYS_OF_A_SPEECH
    return is_one_day and longer <= _LONGER_IN_TRANSLATION * shorter


def _cluster(reports: Sequence[Report], is_same: Callable[[Report, Report], bool]) -> list[list[Report]]:
    """Put each report into the first cluster with which all agree; in an order that does not depend on arrival."""
    clusters: list[_Cluster] = []
    for report in sorted(reports, key=lambda report: (report.published_on, report.tie)):
        home = next((cluster for cluster in clusters if cluster.takes(report, is_same)), None)
        if home is None:
            home = _Cluster()
            clusters.append(home)
        home.add(report)
    return [cluster.reports for cluster in clusters]


class _Cluster:
    """Reports that agree; a further one is compared with one of each that say the same, and with those of its text."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self._saying: dict[tuple[object, ...], Report] = {}
        self._texts: defaultdict[str, list[Report]] = defaultdict(list)

    def add(self, report: Report) -> None:
        self.reports.append(report)
        self._texts[report.origin_id].append(report)
        saying = (report.amount, report.currency, report.actor, report.start, report.end, report.stands_for)
        self._saying.setdefault(saying, report)

    def takes(self, report: Report, is_same: Callable[[Report, Report], bool]) -> bool:
        # A plain loop: where a contributor has made many promises, nearly all calls end at the first member.
        for member in chain(self._saying.values(), self._texts.get(report.origin_id, ())):
            if report.is_apart_from(member) or not is_same(report, member):
                return False
        return True
