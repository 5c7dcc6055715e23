"""Run and Condition -> one line in the log: how the run went, how the feeds do, what waits and when it goes on."""

from __future__ import annotations

from extractors.errors import MissionwireError
from extractors.records import Run
from flows.condition import count_states, read_condition, read_feed_health
from flows.progress import log
from flows.settings import Settings

_STATES = ("ok", "late", "silent", "drying", "failing", "gone", "paused")


def tell_condition(settings: Settings, run: Run) -> None:
    """Log the line of health that ends each run; where it cannot be had the run is none the worse."""
    try:
        log.info("%s", health_line(settings, run))
    except (MissionwireError, OSError) as error:
        log.warning("how the feeds do cannot be told: %s", error)


def health_line(settings: Settings, run: Run) -> str:
    """How a run went, how many feeds are in which state, what waits, and when the next feed is due."""
    condition, health = read_condition(settings), read_feed_health(settings)
    counts = count_states(health) if health.columns else {}
    due_at = health.columns.index("next_due_at") if health.columns else 0
    due = min((row[due_at] for row in health.rows if row[due_at] is not None), default=None)
    waiting = [
        (condition.waiting, "to load"),
        (len(condition.broken), "set aside"),
        (int(condition.is_unpublished), "to publish"),
    ]
    parts = [
        f"run {run.state}: {run.articles_loaded} articles, {run.claims_new} claims, {run.rejected} rejected",
        "feeds: " + (", ".join(f"{counts[state]} {state}" for state in _STATES if counts.get(state)) or "none known"),
        f"next feed due {due:%Y-%m-%d %H:%M} UTC" if due else "",
        "waiting: " + ", ".join(f"{count} {what}" for count, what in waiting if count) if any(dict(waiting)) else "",
        "the disk is nearly full" if condition.free_bytes < condition.needed_bytes else "",
    ]
    return "; ".join(part for part in parts if part)
