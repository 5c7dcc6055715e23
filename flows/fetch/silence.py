"""Domain -> does it answer at all: one that was silent for long enough is not waited for again in this run."""

from __future__ import annotations

from collections import Counter

from extractors.errors import FetchError, TransientError
from extractors.records import Reason
from extractors.url import registered_domain

# Two pages with three tries each: at 20 s of silence a try, two minutes a run for a host that is down, whether it has
# three pages waiting or three hundred.
_MOST_SILENT_TRIES = 6
_SILENT = {Reason.TIMEOUT, Reason.UNREACHABLE, Reason.DNS_FAILURE}


class Silence:
    """Counts, for one run, how often in a row each registered domain gave no answer."""

    def __init__(self) -> None:
        self._tries: Counter[str] = Counter()
        self._last: dict[str, FetchError] = {}

    def note(self, url: str, mishap: FetchError) -> None:
        """Count a request that failed; only silence counts, not an answer that broke off."""
        if mishap.reason in _SILENT:
            domain = registered_domain(url)
            self._tries[domain] += 1
            self._last[domain] = mishap

    def end(self, url: str) -> None:
        """The domain of `url` has answered."""
        self._tries.pop(registered_domain(url), None)

    def refuse(self, url: str, domain: str) -> None:
        """Let a domain be asked.

        Raises:
            TransientError: it was silent too often; a later run may have more luck.
        """
        tries = self._tries[domain]
        if tries >= _MOST_SILENT_TRIES:
            last = self._last[domain]
            detail = f"{domain} gave no answer {tries} times in a row, and is left to the next run ({last.detail})"
            raise TransientError(url, last.reason, detail)
