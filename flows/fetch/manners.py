"""What servers ask of us, remembered between runs: robots.txt by origin, and who wants to be left alone.

Files in one folder, each replaced as a whole. Losing them costs a few requests and nothing else.
Source: RFC 9309 (robots.txt), RFC 9110, 10.2.3 (Retry-After).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from extractors.records import stable_id
from extractors.whole_files import written_whole

# RFC 9309 asks for no more than a day; a server that failed is asked for its rules again sooner.
_RULES_LAST = timedelta(days=1)
_FAILURES_LAST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class StoredRules:
    """One robots.txt as it was answered; `text` is empty where the status is no success."""

    status: int
    text: str
    fetched_at: datetime

    @property
    def is_failure(self) -> bool:
        """A server in trouble: nothing may be asked of it until it answers (RFC 9309, 2.3.1.4)."""
        return self.status == 429 or self.status >= 500


class Manners:
    """Rules and requests for patience, by origin and by registered domain.

    Args:
        folder: where they are kept; made when the first one is.
        clock: the run's clock.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock
        self._rules: dict[str, StoredRules] = {}
        self._holds = self._read_holds()

    def rules(self, origin: str) -> StoredRules | None:
        """The robots.txt of an origin ("https://host:port"), None where none is known that is still good."""
        found = self._rules.get(origin) or self._read_rules(origin)
        if found is None:
            return None
        age = self._clock() - found.fetched_at
        return found if timedelta() <= age < (_FAILURES_LAST if found.is_failure else _RULES_LAST) else None

    def keep_rules(self, origin: str, status: int, text: str) -> StoredRules:
        """Remember what an origin answered."""
        kept = self._rules[origin] = StoredRules(status, text, self._clock())
        row = {"origin": origin, "status": status, "text": text, "fetched_at": kept.fetched_at.isoformat()}
        self._write(self._rules_file(origin), row)
        return kept

    def hold(self, domain: str, seconds: float) -> None:
        """Leave a registered domain alone for so long."""
        until = self._clock() + timedelta(seconds=seconds)
        if until > self._holds.get(domain, until - timedelta(seconds=1)):
            self._holds[domain] = until
            self._write(self._holds_file, {name: moment.isoformat() for name, moment in self._holds.items()})

    def seconds_held(self, domain: str) -> float:
        """How long a registered domain wants to be left alone yet."""
        until = self._holds.get(domain)
        return max(0.0, (until - self._clock()).total_seconds()) if until else 0.0

    @property
    def _holds_file(self) -> Path:
        return self._folder / "holds.json"

    def _rules_file(self, origin: str) -> Path:
        return self._folder / "robots" / f"{stable_id(origin)[:32]}.json"

    def _read_rules(self, origin: str) -> StoredRules | None:
        try:
            row = json.loads(self._rules_file(origin).read_text(encoding="utf-8"))
            found = StoredRules(int(row["status"]), str(row["text"]), datetime.fromisoformat(row["fetched_at"]))
        except (OSError, ValueError, KeyError, TypeError):
            # Not there, or cut short by a full disk: the server is asked again.
            return None
        self._rules[origin] = found
        return found

    def _read_holds(self) -> dict[str, datetime]:
        try:
            rows = json.loads(self._holds_file.read_text(encoding="utf-8"))
            holds = {str(domain): datetime.fromisoformat(until) for domain, until in rows.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
        now = self._clock()
        return {domain: until for domain, until in holds.items() if until > now}

    @staticmethod
    def _write(file: Path, row: dict[str, object] | dict[str, str]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with written_whole(file) as half:
                half.write_text(json.dumps(row), encoding="utf-8")
        except OSError as error:
            # An error of a write names no file.
            raise OSError(error.errno, error.strerror, str(file)) from error
