"""A Prefect server outside all data folders, because each run's own costs seconds to start."""

import atexit
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from functools import cache
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from flows.prefect_server import listening


@cache
def shared_api_url():
    """Prefect's address for all runs of this process: started when it is first asked for, gone with the process."""
    held = ExitStack()
    atexit.register(held.close)
    return held.enter_context(_server(held.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))))


@contextmanager
def using_shared_server():
    """Let flows that run in this process use it, and send no heartbeats: their thread ends by whole seconds."""
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_API_URL: shared_api_url(), PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


@contextmanager
def _server(folder):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | {
        "PREFECT_HOME": folder,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
        "PREFECT_UI_ENABLED": "0",
    }
    with listening(0) as listener:
        api_url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        command = [sys.executable, "-m", "flows.prefect_server", str(listener.fileno())]
        options = {"stdin": subprocess.PIPE, "stderr": subprocess.DEVNULL, "env": environment}
        server = subprocess.Popen(command, pass_fds=[listener.fileno()], **options)
    with server:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not _is_healthy(api_url):
            time.sleep(0.2)
        try:
            yield api_url
        finally:
            server.terminate()


def _is_healthy(api_url):
    try:
        with urlopen(f"{api_url}/health", timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False
