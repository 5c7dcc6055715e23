"""Settings -> scheduled runs: the flow as a Prefect deployment, served in place until it is told to stop.

Prefect's temporary server never schedules anything, so where PREFECT_API_URL names no server, one is started on
loopback with its SQLite file in the data folder, and stopped again at the end.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from extractors.errors import SettingsError
from flows.progress import log
from flows.settings import Settings

_USUAL_INTERVAL_SECONDS = 1800.0
_USUAL_PORT = 4200
# A quiet machine needs 5 to 10 s for the first start, which creates the database.
_START_SECONDS = 120.0
_STOP_SECONDS = 20.0
# The runner asks for due runs this often; a schedule in seconds would otherwise wait for Prefect's usual ten.
_MOST_POLL_SECONDS = 10


def serve(settings: Settings) -> None:
    """Run on schedule until SIGINT or SIGTERM.

    Raises:
        SettingsError: no Prefect server could be started.
    """
    interval = None if settings.cron else settings.interval or _USUAL_INTERVAL_SECONDS
    if interval:
        os.environ.setdefault("PREFECT_RUNNER_POLL_FREQUENCY", str(max(1, min(int(interval / 2), _MOST_POLL_SECONDS))))
    with _prefect_server(settings) as api_url:
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
        parameters={"settings": settings.model_dump(mode="json")},
        description="One run over the feeds that are due.",
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    serving = asyncio.create_task(runner.start(webserver=False))
    await asyncio.sleep(0)
    # The runner has now set its own handler for SIGTERM, which stops nothing in Prefect 3.8: it never awaits the stop.
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving


@contextmanager
def _prefect_server(settings: Settings) -> Iterator[str]:
    if configured := os.environ.get("PREFECT_API_URL"):
        yield configured
        return
    port = _free_port()
    api_url = f"http://127.0.0.1:{port}/api"
    log_file = settings.data / "prefect" / "server.log"
    log_file.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with log_file.open("ab") as output:
        # A session of its own: Ctrl-C must reach the server after the runner has said goodbye to it.
        server = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)  # noqa: S603
    try:
        os.environ["PREFECT_API_URL"] = api_url
        _wait_until_healthy(server, api_url, log_file)
        yield api_url
    finally:
        del os.environ["PREFECT_API_URL"]
        _stop(server)


def _wait_until_healthy(server: subprocess.Popen[bytes], api_url: str, log_file: Path) -> None:
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - Prefect reads its settings when imported
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415

    deadline = time.monotonic() + _START_SECONDS
    with temporary_settings({PREFECT_API_URL: api_url}):
        while time.monotonic() < deadline and server.poll() is None:
            with get_client(sync_client=True) as client:
                if client.api_healthcheck() is None:
                    return
            time.sleep(0.2)
    raise SettingsError(f"Prefect's server did not start; {log_file} says why")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port() -> int:
    """Prefect's usual port if nobody has it, else any free one."""
    for port in (_USUAL_PORT, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SettingsError("no free port on loopback for Prefect's server")
