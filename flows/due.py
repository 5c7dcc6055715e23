"""Poll -> when its feed is due again, and which signal decided that.

Pure decisions: no clock, no network. What a server or a feed asks for is a shortest wait; within that, the feed's own
habit decides. Source: RFC 9111, 4.2 (freshness); RSS 2.0 (ttl, skipHours, skipDays).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from extractors.records import Poll, Reason, stable_id

# A feed of which nothing is known yet is asked twice an hour; a learned interval stays within 5 minutes and a day.
USUAL = timedelta(minutes=30)
_SHORTEST = timedelta(minutes=5)
_LONGEST = timedelta(days=1)
_PROBE = timedelta(days=7)
# At the longest pause this makes two weeks of failures, after which only a probe a week goes on.
_HOPELESS = 20
# Feeds that were due together drift apart: a learned interval is shortened by up to a tenth.
_JITTER = 0.1


def learn_interval(interval_seconds: float | None, *, entries_seen: int, entries_new: int, is_first: bool) -> float:
    """The interval after a poll: shorter where much was new, longer where nothing was.

    Args:
        interval_seconds: the interval so far, None where nothing is known.
        is_first: the feed was never read before, so that all of it is new, which teaches nothing.
    """
    known = interval_seconds or USUAL.total_seconds()
    if is_first:
        return known
    share = entries_new / entries_seen if entries_seen else 0.0
    # Half a document of new entries: the next half may be missed. A fifth is comfortable. Nothing: there is time.
    factor = 0.5 if share >= 0.5 else 0.75 if share >= 0.2 else 1.0 if share else 1.25
    return min(max(known * factor, _SHORTEST.total_seconds()), _LONGEST.total_seconds())


def due_after_success(poll: Poll) -> tuple[datetime, str]:
    """When to ask again after an answer, and why then: the longest wait that anybody asked for, or the habit."""
    habit = poll.interval_seconds or USUAL.total_seconds()
    wishes = [
        (
            habit * (1 - _JITTER * _spread(poll)),
            "learned interval" if habit != USUAL.total_seconds() else "usual interval",
        ),
        (_bounded(poll.fresh_seconds), "HTTP cache lifetime"),
        (_bounded(poll.ttl_seconds), "the feed's own ttl"),
    ]
    pause, reason = max(wishes)
    due_at = poll.polled_at + timedelta(seconds=pause)
    allowed_at = next_allowed(due_at, poll.skip_hours, poll.skip_days)
    return (due_at, reason) if allowed_at == due_at else (allowed_at, "skipHours or skipDays")


def due_after_failure(now: datetime, reason: Reason, failure_count: int) -> tuple[datetime, str]:
    """When to ask again after `failure_count` failures in a row: ever later, never not at all."""
    if reason is Reason.GONE:
        return now + _PROBE, "gone: a probe a week"
    if reason is Reason.NETWORK_DOWN:
        return now + _SHORTEST, "our own network was down"
    if failure_count >= _HOPELESS:
        return now + _PROBE, f"failed {failure_count} times in a row: a probe a week"
    pause = min(USUAL * 2 ** min(failure_count - 1, 10), _LONGEST)
    return now + pause, f"failed {failure_count} times in a row"


def patience(now: datetime, retry_after_seconds: float | None) -> datetime | None:
    """Until when a server asked to be left alone (Retry-After), None where it did not ask."""
    return now + timedelta(seconds=_bounded(retry_after_seconds)) if retry_after_seconds else None


def _bounded(seconds: float | None) -> float:
    """A wish in seconds; nobody's counts beyond a day."""
    return min(seconds or 0.0, _LONGEST.total_seconds())


def _spread(poll: Poll) -> float:
    """A number between 0 and 1 that is the same for the same feed and moment on every machine."""
    return int(stable_id(poll.feed, poll.polled_at.isoformat())[:8], 16) / 0xFFFFFFFF


def next_allowed(moment: datetime, skip_hours: tuple[int, ...], skip_days: tuple[int, ...]) -> datetime:
    """The moment, or the next full hour that the feed does not ask to be spared; all hours spared means none is."""
    allowed = moment
    for _ in range(7 * 24):
        if allowed.hour not in skip_hours and allowed.weekday() not in skip_days:
            return allowed
        allowed = (allowed + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return moment
