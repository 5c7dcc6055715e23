"""Data folder -> its warehouse: the DuckDB file in it, or a lake of its own with its catalog in PostgreSQL.

Tests that use the fixture `warehouse_kind` run on both; tests/conftest.py says which of them. Making all tables takes a
quarter second in a file and four seconds in a lake, so both begin as copies of an empty one.
"""

from __future__ import annotations

import atexit
import shutil
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import duckdb

from warehouse.connection import open_warehouse
from warehouse.lake import Lake, attach_source


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
        self._reader = None
        self._read = None

    def address(self, data):
        """Whoever asks may change the lake, and a reader that stays does not get over it when rows are removed."""
        self._leave()
        return self._lake(data)

    def is_made(self, data):
        return data in self._made

    def make(self, data):
        self._server.create(self._name(data))
        with open_warehouse(self.address(data)):
            self._made.add(data)

    def copy(self, data, target):
        """PostgreSQL copies a database that nobody has open; the catalog has to be told the new folder."""
        self._leave()
        self._server.create(self._name(target), template=self._name(data))
        self._made.add(target)
        moved = f"UPDATE ducklake_metadata SET value = '{target}/lake/' WHERE key = 'data_path'"
        self._server.tell(self._name(target), moved)
        shutil.copytree(data / "lake", target / "lake")

    def ask(self, data, sql):
        """On one connection for all lakes: its extensions take half a second, and who reads a lake holds up nobody."""
        if self._reader is None:
            self._reader = duckdb.connect()
            self._reader.execute("SET TimeZone = 'UTC'")
        if self._read != data:
            self._leave()
            attach_source(self._reader, self._lake(data))
            self._reader.execute("USE source")
            self._read = data
        return self._reader.execute(sql).fetchall()

    def _leave(self):
        if self._read is not None:
            self._reader.execute("USE memory")
            self._reader.execute("DETACH source")
            self._read = None

    def forget(self):
        """Drop what the test that has ended leaves: a database takes eight megabytes."""
        self._leave()
        for data in self._made - set(_MADE.values()):
            self._server.tell("postgres", f"DROP DATABASE {self._names.pop(data)}")
            self._made.remove(data)

    def _lake(self, data):
        return Lake(f"ducklake:postgres:{self._server.place(self._name(data))}", str(data / "lake"))

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
