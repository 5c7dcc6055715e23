"""One demo for all test processes: whoever asks first makes it, the others wait for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from tests.flows.command import missionwire


@dataclass(frozen=True, slots=True)
class Demo:
    """The folder that a demo ran in and what the demo said; `data/demo` in it is read, never changed."""

    folder: Path
    returncode: int
    stdout: str
    stderr: str


def run_demo(folder: Path) -> Demo:
    """Run a demo in a folder, also one where a demo has run."""
    done = missionwire("demo", cwd=folder)
    return Demo(folder, done.returncode, done.stdout, done.stderr)


def shared_demo(shared: Path) -> Demo:
    """Make the demo of a folder that all processes know, or take it as another has made it."""
    folder, said = shared / "demo", shared / "demo.json"
    with FileLock(shared / "demo.lock"):
        if not said.exists():
            folder.mkdir()
            said.write_text(json.dumps(asdict(run_demo(folder)), default=str))
        told = json.loads(said.read_text())
    return Demo(**told | {"folder": folder})
