"""Name -> SQL: the .sql files that ship beside this module. One statement a file in queries/ and checks/."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def read_query(name: str) -> str:
    """Return the statement queries/<name>.sql."""
    return (_HERE / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def list_sql(folder: str, pattern: str = "*.sql") -> tuple[Path, ...]:
    """Return the .sql files (or others) of a folder beside this module, in the order of their names."""
    return tuple(sorted((_HERE / folder).glob(pattern)))


def data_file(name: str) -> Path:
    """Return the path of a file that ships beside this module."""
    return _HERE / name
