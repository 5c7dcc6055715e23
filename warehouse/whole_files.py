"""Path -> a file that appears there whole or not at all, and never in the place of a database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import WarehouseError
from warehouse.guarding import check_file


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give the path to write to; what stands at `target` is replaced once all is written.

    Raises:
        RefusedError: a database lies there.
        WarehouseError: it is a folder, or there is none to put it into.
    """
    check_file(target)
    if target.is_dir():
        raise WarehouseError(target, "is a folder; name a file in it")
    if not target.parent.is_dir():
        raise WarehouseError(target, f"the folder {target.parent} does not exist")
    # A run and a person may write one file at once: the last one stands.
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
