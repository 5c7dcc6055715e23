"""Headers -> seconds: how long a server wants to be left alone, and how long its answer stays fresh.

Source: RFC 9110, 10.2.3 (Retry-After); RFC 9111, 4.2 (freshness).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Nobody's wish counts beyond a year; a number of a thousand digits would not even be a finite one.
_LONGEST_SECONDS = 366 * 86_400.0


def retry_after_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait, from either form of Retry-After; None where it is absent or unreadable."""
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return _seconds(value)
    moment = _http_date(value)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def fresh_seconds(headers: Mapping[str, str]) -> float | None:
    """The cache lifetime: max-age, else the time from Date to Expires; None where neither is said."""
    for directive in headers.get("Cache-Control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            return _seconds(value.strip('"'))
        if name in ("no-cache", "no-store"):
            return None
    expires, sent = _http_date(headers.get("Expires", "")), _http_date(headers.get("Date", ""))
    return max(0.0, (expires - sent).total_seconds()) if expires and sent else None


def _seconds(digits: str) -> float:
    return min(float(digits), _LONGEST_SECONDS)


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        # Not a date, or one that no calendar has.
        return None
