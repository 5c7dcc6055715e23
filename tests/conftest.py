"""A fence around all tests: nothing may connect to an address outside loopback. And which tests run on a lake, too.

A test or class says `@pytest.mark.usefixtures("warehouse_kind")`, or a module `pytestmark = ...`: it runs on the DuckDB
file, and on a lake when the long tests run. What is about the file in such a module, or what a lake would only repeat,
says so: `@pytest.mark.file_only(why)`. Of a test with several cases a lake gets the first: cases differ in the rule,
not in where rows lie.
"""

import ipaddress
import os
import socket
import sys
from pathlib import Path

import hypothesis
import pytest

from tests.postgres import running_postgres
from tests.shared_demo import shared_demo
from tests.warehouse.kinds import KIND, Lakes

ROOT = Path(__file__).resolve().parent.parent
_strays: list[str] = []
# Drawing takes seconds a run; the tests of the page ask for it.
os.environ["MISSIONWIRE_REPORT"] = "false"
# No test is timed: the first example of a property may wait for a library to load, on a machine that is busy.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def _watch(event, arguments):
    if event != "socket.connect":
        return
    sock, address = arguments
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return
    try:
        is_loopback = ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        is_loopback = address[0] == "localhost"
    if not is_loopback:
        _strays.append(str(address))
        raise PermissionError(f"a test tried to reach {address}: only loopback is allowed")


# An audit hook sees every connection of this process, whichever library makes it, and cannot be removed.
sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def fence():
    """Fail the test that tried to leave loopback, even where the code under test swallowed the refusal."""
    _strays.clear()
    yield
    assert not _strays, f"left loopback: {_strays}"


@pytest.fixture(scope="session")
def root():
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """What a demo left and said; it is made once for all test processes."""
    own = tmp_path_factory.getbasetemp()
    return shared_demo(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


_LAKE = pytest.param("lake", marks=pytest.mark.long)


def pytest_generate_tests(metafunc):
    if "warehouse_kind" in metafunc.fixturenames:
        is_file_only = metafunc.definition.get_closest_marker("file_only")
        metafunc.parametrize("warehouse_kind", ["file"] if is_file_only else ["file", _LAKE], indirect=True)


def pytest_collection_modifyitems(config, items):
    on_lake = {}
    for item in items:
        if hasattr(item, "callspec") and item.callspec.params.get("warehouse_kind") == "lake":
            on_lake.setdefault((item.parent, item.originalname), []).append(item)
    later = {item for cases in on_lake.values() for item in cases[1:]}
    config.hook.pytest_deselected(items=list(later))
    items[:] = [item for item in items if item not in later]


@pytest.fixture(scope="session")
def postgres():
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def lakes(postgres):
    return Lakes(postgres)


@pytest.fixture
def warehouse_kind(request):
    """Let `ledger_of` and its like mean the file, or a lake."""
    if request.param == "file":
        yield
        return
    lakes = request.getfixturevalue("lakes")
    chosen = KIND.set(lakes)
    yield
    KIND.reset(chosen)
    lakes.forget()
