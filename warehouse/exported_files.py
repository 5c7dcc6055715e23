"""Path -> a file that a person asked for: whole or not at all, and never in the place of a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import WarehouseError
from extractors.whole_files import written_whole
from warehouse.guarding import check_file


@contextmanager
def exported_whole(target: Path) -> Iterator[Path]:
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
    with written_whole(target) as half:
        yield half
