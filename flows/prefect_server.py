"""Settings -> a Prefect server on loopback that ends with the process that started it, however that one ends.

Prefect's own temporary server outlives a process that is killed, and its files stay locked. This one reads its standard
input, which closes with the other end of the pipe. `python -m flows.prefect_server FD` is the server's own process; the
file descriptor is of a socket that listens already, so that no moment is left in which another server takes the port.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import SettingsError
from flows.settings import Settings

_USUAL_PORT = 4200
# A quiet machine needs 5 to 10 s for the first start, which creates the database.
_START_SECONDS = 120.0
_STOP_SECONDS = 20.0
# Prefect's own words for a server without the services that only a schedule needs, and without its web page.
_TEMPORARY = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT_UI_ENABLED": "0"}
# A run leaves 20 kB with its server, and a temporary one never clears up: 3,000 runs, two months of half-hourly ones.
# The ledger has its own table of runs, so nothing is lost.
_MOST_BYTES = 64_000_000


@contextmanager
def prefect_server(settings: Settings, *, is_temporary: bool) -> Iterator[str]:
    """Give the address of Prefect's API: the one in PREFECT_API_URL, else that of a server of our own.

    Args:
        is_temporary: for one run, without scheduler and web page.

    Raises:
        SettingsError: no server could be started.
    """
    if configured := os.environ.get("PREFECT_API_URL"):
        yield configured
        return
    log_file = settings.data / "prefect" / "server.log"
    with listening(0 if is_temporary else _USUAL_PORT) as listener:
        api_url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        server = _start(listener, log_file, _temporary(settings) if is_temporary else {})
    try:
        os.environ["PREFECT_API_URL"] = api_url
        _wait_until_healthy(server, api_url, log_file)
        yield api_url
    finally:
        del os.environ["PREFECT_API_URL"]
        _stop(server)


def listening(wanted: int) -> socket.socket:
    """A socket that listens on loopback: on the port wanted if nobody has it, else on any free one; 0 wants none."""
    for port in (wanted, 0):
        listener = socket.socket()
        # A server that has just ended leaves its connections behind for a minute, which are in nobody's way.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            # With reuse, two may bind one port, but only one may listen.
            listener.listen()
        except OSError:
            listener.close()
            continue
        return listener
    raise SettingsError("no free port on loopback for Prefect's server")


def _start(listener: socket.socket, log_file: Path, more: dict[str, str]) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PREFECT__SERVER_FINAL": "1",
        # Its web page asks there for what it shows.
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(listener.getsockname()[1]),
        **more,
    }
    with log_file.open("ab") as output:
        # A session of its own: Ctrl-C must reach the server after the runner has said goodbye to it.
        return subprocess.Popen(  # noqa: S603 - our own module, and a number
            [sys.executable, "-m", "flows.prefect_server", str(listener.fileno())],
            pass_fds=[listener.fileno()],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
            env=environment,
        )


def _temporary(settings: Settings) -> dict[str, str]:
    """What a server for one run is told besides: unless the user says where, it has a database file of its own.

    Not the one of `serve`, which may be running: the lock of the data folder makes this one ours alone, to be cleared.
    """
    if any(name.startswith("PREFECT_") and "_DATABASE_" in name for name in os.environ):
        return _TEMPORARY
    file = (settings.data / "prefect" / "single-runs.db").resolve()
    if file.exists() and file.stat().st_size > _MOST_BYTES:
        for part in file.parent.glob(f"{file.name}*"):
            part.unlink()
    return {**_TEMPORARY, "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{file}"}


def _wait_until_healthy(server: subprocess.Popen[bytes], api_url: str, log_file: Path) -> None:
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - Prefect reads its settings when imported
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415

    deadline = time.monotonic() + _START_SECONDS
    with temporary_settings({PREFECT_API_URL: api_url}):
        while time.monotonic() < deadline and server.poll() is None:
            with get_client(sync_client=True) as client:
                # A server that still lives has had the port to itself, so that the answer was its own.
                if client.api_healthcheck() is None and server.poll() is None:
                    return
            time.sleep(0.2)
    raise SettingsError(f"Prefect's server did not start; {log_file} says why")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.communicate(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.communicate()


def main(descriptor: int) -> None:
    """Serve on a socket that listens, until told to stop, or until the parent is gone."""
    import uvicorn  # noqa: PLC0415 - only the server's own process needs it

    threading.Thread(target=_end_with_parent, daemon=True).start()
    app = "prefect.server.api.server:create_app"
    server = uvicorn.Server(uvicorn.Config(app, factory=True, log_level="error", lifespan="on"))
    server.run(sockets=[socket.socket(fileno=descriptor)])
    if not server.started:
        sys.exit("Prefect's server did not start")


def _end_with_parent() -> None:
    # Not through sys.stdin, whose lock would be held while the interpreter shuts down.
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
