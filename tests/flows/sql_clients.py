"""A SQL server as its own process, and real DuckDB clients of it."""

import re
import socket
import subprocess
import sys
import threading
import time

import duckdb

from tests.flows.command import SETTINGS, clean_environment
from warehouse.extensions import load_extension

TOKEN = "a-token-for-the-tests"
OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False, "threads": 1}


class Server:
    """`missionwire serve --sql` on a free port of loopback; what it says on stderr is kept."""

    def __init__(self, data, *arguments, settings=None):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._said = []
        self._news = threading.Condition()
        address = ("--sql-address", f"127.0.0.1:{self.port}")
        environment = clean_environment() | SETTINGS | {"MISSIONWIRE_SQL_TOKEN": TOKEN} | (settings or {})
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows", "serve", "--sql", "--data", str(data), *address, *arguments],
            env={name: value for name, value in environment.items() if value},
            cwd=data.parent,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self):
        with self.process.stderr as lines:
            for line in lines:
                with self._news:
                    self._said.append(line)
                    self._news.notify_all()
        with self._news:
            self._said.append("(ended)")
            self._news.notify_all()

    def said(self):
        with self._news:
            return "".join(self._said)

    def wait_for(self, words, seconds=60):
        """Wait until the server has said this, or has ended."""
        with self._news:
            self._news.wait_for(
                lambda: re.search(words, "".join(self._said)) or self._said[-1:] == ["(ended)"], seconds
            )
            text = "".join(self._said)
        assert re.search(words, text), text
        return self

    def ready(self):
        return self.wait_for("answering at quack:")

    def stop(self):
        """End it as a service manager would, and return its exit code."""
        self.process.terminate()
        return self._end()

    def kill(self):
        """End it as a test that is over would, whatever it does."""
        self.process.kill()
        self._end()

    def _end(self):
        code = self.process.wait(30)
        self._listener.join(30)
        return code


def plain_client():
    """A DuckDB that can speak Quack, and is connected to nobody."""
    connection = duckdb.connect(config=OFFLINE)
    for extension in ("httpfs", "quack"):
        load_extension(connection, extension)
    return connection


def attach(connection, port, token=TOKEN, name="mw"):
    connection.execute(f"ATTACH 'quack:127.0.0.1:{port}' AS {name} (TOKEN '{token}')")
    return connection


def client_of(server, token=TOKEN):
    return attach(plain_client(), server.port, token)


def ask(connection, sql, name="mw"):
    """The rows of a question that the server answers as a whole."""
    return connection.execute(f"FROM {name}.query($ask${sql}$ask$)").fetchall()


def wait_until(is_true, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_true():
            return
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")
