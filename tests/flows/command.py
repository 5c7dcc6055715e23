"""A command of missionwire as its own process."""

import os
import subprocess
import sys

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
    return subprocess.Popen(command, cwd=cwd, env=clean_environment() | SETTINGS, stderr=subprocess.DEVNULL)


def clean_environment():
    """This process's environment without settings of missionwire and Prefect."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "MISSIONWIRE_"))}


def missionwire(*arguments, cwd, settings=None, **options):
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "flows", *map(str, arguments)],
        cwd=cwd,
        env=clean_environment() | SETTINGS | (settings or {}),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        **options,
    )
