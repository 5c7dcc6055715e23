"""Data folder -> its warehouse: the DuckDB file in it, or a lake of its own with its catalog in PostgreSQL.

Tests that use the fixture `kind` run on both; conftest.py says which of them. Making all tables takes a quarter second
in a file and four seconds in a lake, so both begin as copies of an empty one.
"""

from __future__ import annotations

import atexit
import shutil
from contextlib import ExitStack
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from warehouse.connection import open_warehouse
from warehouse.lake import Lake


class Files:
    """data/ledger.duckdb."""

    def address(self, data):
        return data / "ledger.duckdb"

    def is_made(self, data):
        return self.address(data).exists()

    def make(self, data):
        with open_warehouse(self.address(data)):
            pass

    def copy(self, data, target):
        shutil.copyfile(self.address(data), self.address(target))

    def ask(self, data, sql):
        with open_warehouse(self.address(data), read_only=True) as connection:
            return connection.execute(sql).fetchall()


class Lakes:
    """data/lake, and a database of PostgreSQL for each data folder."""

    def __init__(self, server):
        self._server = server
        self._names = {}
        self._numbers = count()
        self._made = set()
        self._readers = {}
        self._open = ExitStack()

    def address(self, data):
        return Lake(f"ducklake:postgres:{self._server.place(self._name(data))}", str(data / "lake"))

    def is_made(self, data):
        return data in self._made

    def make(self, data):
        self._server.create(self._name(data))
        with open_warehouse(self.address(data)):
            self._made.add(data)

    def copy(self, data, target):
        """PostgreSQL copies a database that nobody has open; the catalog has to be told the new folder."""
        self.close()
        self._server.create(self._name(target), template=self._name(data))
        self._made.add(target)
        moved = f"UPDATE ducklake_metadata SET value = '{target}/lake/' WHERE key = 'data_path'"
        self._server.tell(self._name(target), moved)
        shutil.copytree(data / "lake", target / "lake")

    def ask(self, data, sql):
        """On a connection that is kept: opening one takes most of a second, and who reads a lake holds up nobody."""
        if data not in self._readers:
            opened = open_warehouse(self.address(data), read_only=True)
            self._readers[data] = self._open.enter_context(opened)
        return self._readers[data].execute(sql).fetchall()

    def close(self):
        self._readers.clear()
        self._open.close()

    def forget(self):
        """Drop what the test that has ended leaves: a database takes eight megabytes."""
        self.close()
        for data in self._made - set(_MADE.values()):
            self._server.tell("postgres", f"DROP DATABASE {self._names.pop(data)}")
            self._made.remove(data)

    def _name(self, data):
        if data not in self._names:
            self._names[data] = f"ledger_{next(self._numbers)}"
        return self._names[data]


FILES = Files()
KIND = ContextVar("the kind that the running test is about", default=FILES)
_MADE = {}


def made_once(kind, make):
    """The folder in which `make` has left a ledger of that kind."""
    if (kind, make) not in _MADE:
        folder = Path(mkdtemp(prefix="missionwire-ledger-"))
        atexit.register(shutil.rmtree, folder)
        make(folder)
        _MADE[kind, make] = folder
    return _MADE[kind, make]
