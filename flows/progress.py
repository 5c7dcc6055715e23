"""Counts -> a progress bar on a terminal, plain log lines elsewhere; always on stderr."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

log = logging.getLogger("missionwire")

# Often enough to see that a long run is alive, seldom enough for a log that is kept.
_LINE_SECONDS = 10.0


def start_logging(*, verbose: bool = False) -> None:
    """Send log lines to stderr, once a process: coloured on a terminal, dated lines elsewhere."""
    if log.handlers:
        return
    handler: logging.Handler
    if sys.stderr.isatty():
        handler = RichHandler(console=Console(stderr=True), show_path=False, log_time_format="%H:%M:%S")
    else:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    log.propagate = False


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Give a function that is called once for each thing done; bars and lines say how many of `total` are."""
    if not sys.stderr.isatty():
        with _counting_in_lines(what, total) as advance:
            yield advance
        return
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=False) as bars:
        bar = bars.add_task(what, total=total)
        yield lambda: bars.advance(bar)


@contextmanager
def _counting_in_lines(what: str, total: int) -> Iterator[Callable[[], None]]:
    done, told_at = 0, time.monotonic()

    def advance() -> None:
        nonlocal done, told_at
        done += 1
        if done < total and time.monotonic() - told_at >= _LINE_SECONDS:
            told_at = time.monotonic()
            log.info("%s: %d of %d", what, done, total)

    yield advance
    log.info("%s: %d of %d", what, done, total)
