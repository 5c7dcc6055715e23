"""Answer -> when a feed is due again, and which signal decided that.

Pure decisions: no clock, no network. The longest wait that anybody asked for wins, within bounds.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from extractors.records import Reason

# A news feed that says nothing of itself is asked twice an hour; nobody's wish counts beyond a day.
_USUAL = timedelta(minutes=30)
_LONGEST = timedelta(days=1)
_GONE = timedelta(days=7)


def due_after_success(
    now: datetime, *, max_age_seconds: int | None = None, ttl_seconds: int | None = None
) -> tuple[datetime, str]:
    """When to ask again after an answer, and why then.

    Args:
        max_age_seconds: the HTTP header's wish (Cache-Control: max-age).
        ttl_seconds: the feed document's wish (ttl, sy:updatePeriod).
    """
    wishes = [(_USUAL, "usual interval")]
    if max_age_seconds:
        wishes.append((_bounded(max_age_seconds), "Cache-Control: max-age"))
    if ttl_seconds:
        wishes.append((_bounded(ttl_seconds), "the feed's own ttl"))
    pause, reason = max(wishes)
    return now + pause, reason


def patience(now: datetime, retry_after_seconds: float | None) -> datetime | None:
    """Until when a server asked to be left alone (Retry-After), None where it did not ask."""
    return now + _bounded(retry_after_seconds) if retry_after_seconds else None


def _bounded(seconds: float) -> timedelta:
    return timedelta(seconds=min(seconds, _LONGEST.total_seconds()))


def due_after_failure(now: datetime, reason: Reason, failure_count: int) -> tuple[datetime, str]:
    """When to ask again after `failure_count` failures in a row: ever later, never not at all."""
    if reason is Reason.GONE:
        return now + _GONE, "gone: a probe a week"
    pause = min(_USUAL * 2 ** min(failure_count - 1, 10), _LONGEST)
    return now + pause, f"failed {failure_count} times in a row"
