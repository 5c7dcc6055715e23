"""A command of missionwire as its own process. Runs of one test process share a Prefect server; a demo has its own."""

import os
import subprocess
import sys

from tests.flows.shared_server import shared_api_url

_FLOWS = ("run", "backfill", "reextract")
SETTINGS = {
    "MISSIONWIRE_SPACING_SECONDS": "0",
    "MISSIONWIRE_ALLOW_PRIVATE_ADDRESSES": "true",
    "MISSIONWIRE_WORKERS": "1",
    "MISSIONWIRE_CONTACT": "desk@paper.example",
    "MISSIONWIRE_RETRY_SECONDS": "0",
    # Drawing takes seconds a run; tests/flows/test_report.py asks for it.
    "MISSIONWIRE_REPORT": "false",
}


def start(*arguments, cwd):
    """Start a command, and let it run."""
    command = [sys.executable, "-m", "flows", *map(str, arguments)]
    environment = clean_environment() | SETTINGS | _api_of(arguments[0])
    return subprocess.Popen(command, cwd=cwd, env=environment, stderr=subprocess.DEVNULL)


def clean_environment():
    """This process's environment without settings of missionwire and Prefect."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "MISSIONWIRE_"))}


def missionwire(*arguments, cwd, settings=None, **options):
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "flows", *map(str, arguments)],
        cwd=cwd,
        env=clean_environment() | SETTINGS | _api_of(arguments[0], settings) | (settings or {}),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        **options,
    )


def _api_of(command, settings=None):
    """Of a flow, unless the test says something of Prefect itself."""
    is_told = any(name.startswith("PREFECT_") for name in settings or {})
    return {"PREFECT_API_URL": shared_api_url()} if command in _FLOWS and not is_told else {}
