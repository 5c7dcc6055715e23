"""Path -> a file that appears there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What a process that died leaves behind ends so.
_HALF_WRITTEN = ".partial"


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give the path to write to, in the same folder; what stands at `target` is replaced once all is written."""
    # Two processes may write one file at once: the last one stands.
    half = target.with_name(f".{target.name}.{os.getpid()}{_HALF_WRITTEN}")
    try:
        yield half
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def remove_halves(*folders: Path) -> None:
    """Clear what dead processes left in folders; call it only while nobody writes there."""
    for folder in folders:
        for file in folder.glob(f".*{_HALF_WRITTEN}"):
            file.unlink(missing_ok=True)
