"""Backfill -> its counts: those of a run, and what was looked at and left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extractors.records import Run
from flows.recording import Tally


class BackfillTally(Tally):
    """The counts of one backfill as they grow.

    Args:
        run: its row; a source that could not be read counts as a failed feed.
    """

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.seen_count = 0
        self.left_out: Counter[str] = Counter()

    def fail(self, count: int = 1) -> None:
        """Count sources that could not be read, or not to their end."""
        self.run = replace(self.run, feeds_failed=self.run.feeds_failed + count)

    def summary(self, noun: str) -> str:
        """Two lines for a backfill; `noun` says what was looked at."""
        run = self.run
        told = [f"{count:,} {why}" for why, count in self.left_out.most_common() if count]
        return (
            f"{run.state}: {self.seen_count:,} {noun} looked at, {run.articles_loaded:,} articles loaded "
            f"({run.copies:,} of them copies), {run.rejected:,} rejected, {run.claims_new:,} new claims, "
            f"{run.feeds_failed} sources failed, {run.seconds or 0:.1f} s\n"
            f"left out: {', '.join(told) or 'nothing'}"
        )
