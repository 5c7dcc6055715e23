"""Settings -> scheduled runs: the flow as a Prefect deployment, served in place until it is told to stop.

Prefect's temporary server never schedules anything, so where PREFECT_API_URL names no server, one is started on
loopback with its SQLite file in the data folder, and stopped again at the end.
"""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress

from flows.condition import noted_serving
from flows.prefect_server import prefect_server
from flows.progress import log
from flows.settings import Settings

_USUAL_INTERVAL_SECONDS = 1800.0
# The runner asks for due runs this often; a schedule in seconds would otherwise wait for Prefect's usual ten.
_MOST_POLL_SECONDS = 10
_SECRET = {"llm_key", "sql_token", "warehouse", "alert"}


def serve(settings: Settings) -> None:
    """Run on schedule until SIGINT or SIGTERM.

    Raises:
        SettingsError: no Prefect server could be started.
    """
    interval = None if settings.cron else settings.interval or _USUAL_INTERVAL_SECONDS
    if interval:
        os.environ.setdefault("PREFECT_RUNNER_POLL_FREQUENCY", str(max(1, min(int(interval / 2), _MOST_POLL_SECONDS))))
    with prefect_server(settings, is_temporary=False) as api_url, noted_serving(settings):
        log.info("serving on schedule (%s); Prefect at %s", settings.cron or f"every {interval:g} s", api_url)
        asyncio.run(_serve_flow(settings, interval))
    log.info("stopped")


async def _serve_flow(settings: Settings, interval: float | None) -> None:
    from prefect.runner import Runner  # noqa: PLC0415 - Prefect reads its settings when it is imported
    from prefect.types.entrypoint import EntrypointType  # noqa: PLC0415

    from flows.ingest import ingest  # noqa: PLC0415

    runner = Runner(name="missionwire", limit=1)
    await runner.aadd_flow(
        ingest,
        name="missionwire",
        interval=interval,
        cron=settings.cron,
        # Secrets are no parameters to be kept by a server, nor is what may hold one, a lake's address or a webhook: a
        # run's own process has them from where this one has them.
        parameters={"settings": settings.model_dump(mode="json", exclude=_SECRET)},
        description="One run over the feeds that are due.",
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    serving = asyncio.create_task(runner.start(webserver=False))
    await asyncio.sleep(0)
    told_to_stop = asyncio.Event()
    # The runner has now set its own handler for SIGTERM, which stops nothing in Prefect 3.8: it never awaits the stop.
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    stopping = asyncio.create_task(told_to_stop.wait())
    await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
    if runner.started:
        # Cancelling the task alone would wait for the run that is on, however long that takes.
        await runner.astop()
    stopping.cancel()
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
