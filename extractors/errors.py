"""Everything that can go wrong between a feed and a fact.

MissionwireError
├── FetchError(url, reason)      nothing usable came back over HTTP
│   └── TransientError           time-out, 429 or 5xx: worth another try
├── FeedError(url, reason)       bytes came back, but they are not a feed
├── ArticleError(url, reason)    a page came back, but no article is in it
├── SeedError(file, line)        a hand-kept file is wrong: says line, value and what would be right
├── SettingsError                the set-up cannot be used: says which setting and what would be right
├── BusyError                    another run holds the lock
└── WarehouseError(file)         DuckDB refused; the cause is chained
    └── SpoolError(file)         a spool cannot be read; the others can

`reason` is always one of `records.Reason`. Errors cross process borders, so all of them can be pickled:
every argument is handed to `Exception.__init__` in order.
"""

from __future__ import annotations

from pathlib import Path

from extractors.records import Reason


class MissionwireError(Exception):
    """Base of all errors that missionwire raises on purpose."""


class _UrlError(MissionwireError):
    def __init__(self, url: str, reason: Reason, detail: str = "") -> None:
        super().__init__(url, reason, detail)
        self.url = url
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.url}: {self.reason.value}" + (f" ({self.detail})" if self.detail else "")


class FetchError(_UrlError):
    """Nothing usable came back over HTTP; `status` is the server's answer, None where there was none."""

    def __init__(self, url: str, reason: Reason, detail: str = "", status: int | None = None) -> None:
        super().__init__(url, reason, detail)
        self.args = (url, reason, detail, status)
        self.status = status


class TransientError(FetchError):
    """A failure that may be gone the next time: time-out, 429, 5xx, a connection that broke."""

    def __init__(
        self,
        url: str,
        reason: Reason,
        detail: str = "",
        status: int | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(url, reason, detail, status)
        self.args = (url, reason, detail, status, retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


class FeedError(_UrlError):
    """Bytes came back, but they are not a feed."""


class ArticleError(_UrlError):
    """A page came back, but no article is in it."""


class SeedError(MissionwireError):
    """A hand-kept file is wrong.

    Args:
        file: the file as the user would name it.
        line: 1-based line, or 0 where the file as a whole is meant.
        problem: the value and what is wrong with it.
        remedy: what would be right.
    """

    def __init__(self, file: str | Path, line: int, problem: str, remedy: str) -> None:
        super().__init__(str(file), line, problem, remedy)
        self.file = str(file)
        self.line = line
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.problem}. {self.remedy}"


class SettingsError(MissionwireError):
    """The set-up cannot be used; the message says which setting and what would be right."""


class BusyError(MissionwireError):
    """Another run holds the lock."""


class WarehouseError(MissionwireError):
    """DuckDB refused; the cause is chained."""

    def __init__(self, file: object, problem: str) -> None:
        super().__init__(str(file), problem)
        self.file = str(file)
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}"


class SpoolError(WarehouseError):
    """A spool cannot be read; the warehouse and all other spools are well."""
