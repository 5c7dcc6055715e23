"""Settings -> Prefect's environment. Called before Prefect is imported: it reads its settings at import.

What the user has set in the environment stays as it is.
"""

from __future__ import annotations

import os

from flows.settings import Settings


def prepare_prefect(settings: Settings) -> None:
    """Keep Prefect's files in the data folder, its telemetry off and its log quiet: the caller tells of errors."""
    home = (settings.data / "prefect").resolve()
    # Prefect does not create the folders above its own, and its server then waits for ever.
    home.mkdir(parents=True, exist_ok=True)
    defaults = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        # A server that runs for years forgets runs of more than 90 days; by itself it forgets only their events.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        # It goes to server.log, which says why a server did not start.
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        # The temporary server needs 4 to 9 s to start on a quiet machine, and more on a busy one.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_CLI_PROMPT": "false",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
