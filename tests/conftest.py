"""A fence around all tests: nothing may connect to an address outside loopback."""

import ipaddress
import os
import socket
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_strays: list[str] = []
# Drawing takes seconds a run; the tests of the page ask for it.
os.environ["MISSIONWIRE_REPORT"] = "false"


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
