"""Settings -> a SQL server that follows what is published, until it is told to stop.

`python -m flows.sql_serving DATA ADDRESS` is the same as a companion of the schedule: it ends when its standard input
does, that is with the process that started it, however that one ends.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from extractors.errors import BusyError, SettingsError, WarehouseError
from flows.progress import log, start_logging
from flows.settings import Settings, read_settings
from flows.sql_tokens import Tokens
from warehouse.lake import Lake
from warehouse.serving import SqlServer

# How long a new publication may wait to be noticed.
_LOOK_SECONDS = 0.25
# How often sessions and questions are looked through.
_REVIEW_SECONDS = 20.0
_LONG_SECONDS = 120.0
_STOP_SECONDS = 20.0


def serve_sql(settings: Settings, *, stop: threading.Event | None = None) -> None:
    """Answer DuckDB clients from the newest publication until SIGINT or SIGTERM, or until `stop` is set.

    Raises:
        SettingsError: no token, or the address is taken.
        BusyError: another SQL server is on in this data folder.
        WarehouseError: what is published cannot be opened.
    """
    stop = stop or _stop_on_signals()
    published = settings.published_file
    if isinstance(published, Lake):
        raise SettingsError(
            f"{published} is a lake, which needs no SQL server: missionwire sql asks it from any machine"
        )
    tokens = Tokens(settings)
    with _only_one(settings):
        if not _wait_for_publication(settings, stop):
            return
        _check_address(settings.sql_address)
        server = SqlServer(
            settings.serving_folder,
            memory=settings.sql_memory,
            threads=settings.sql_threads,
            holder_of=tokens.holder_of,
        )
        try:
            server.take_up(published)
            server.listen(settings.sql_address)
            _say_how_to_ask(settings, tokens)
            _follow(published, server, tokens, stop)
        finally:
            server.close()
    log.info("stopped")


@contextmanager
def sql_server_beside(settings: Settings) -> Iterator[None]:
    """Have a SQL server in a process of its own, whose end is the end of this one too.

    Raises:
        SettingsError: it has ended before it was told to.
    """
    command = [sys.executable, "-m", "flows.sql_serving", str(settings.data), settings.sql_address]
    # A session of its own: Ctrl-C reaches it by way of this process.
    server = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own module
    ended = threading.Event()

    def watch() -> None:
        server.wait()
        if not ended.is_set():
            ended.set()
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        is_early = ended.is_set()
        ended.set()
        _end(server)
        if is_early:
            # In the place of the SystemExit by which the signal may have come.
            raise SettingsError("the SQL server has ended; the lines above say why")


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    """Hold the folder of snapshots, and clear what a server that was killed left there."""
    folder = settings.serving_folder
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name("serving.lock"), timeout=0):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700)
            yield
    except Timeout as error:
        raise BusyError(f"another SQL server is on in {settings.data}") from error


def _wait_for_publication(settings: Settings, stop: threading.Event) -> bool:
    if not settings.published_file.exists():
        log.info("waiting for %s: 'missionwire run' fills and publishes it", settings.published_file)
    while not settings.published_file.exists():
        if stop.wait(_LOOK_SECONDS):
            log.info("stopped")
            return False
    return True


def _check_address(address: str) -> None:
    """Quack would share a port with another server, and half of the questions would reach the wrong one."""
    host, port = address.rsplit(":", 1)
    host = host.strip("[]")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            probe.listen()
    except OSError as error:
        raise SettingsError(f"sql_address {address} cannot be used: {error.strerror or error}") from error
    if not _is_loopback(str(place[0])):
        log.warning(
            "%s can be reached from other machines, and Quack itself is not encrypted: see docs/serving.md", host
        )


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.split("%", 1)[0]).is_loopback


def _say_how_to_ask(settings: Settings, tokens: Tokens) -> None:
    log.info("answering at quack:%s; tokens: %s", settings.sql_address, tokens.file or "MISSIONWIRE_SQL_TOKEN")
    log.info(
        "in any DuckDB: ATTACH 'quack:%s' AS missionwire (TOKEN '...'); FROM missionwire.query('FROM deployments');",
        settings.sql_address,
    )


def _follow(published: Path, server: SqlServer, tokens: Tokens, stop: threading.Event) -> None:
    told: set[tuple[str, str]] = set()
    reviewed_at = time.monotonic()
    while not stop.wait(_LOOK_SECONDS):
        try:
            tokens.refresh()
            if server.take_up(published):
                log.info("a new publication is served")
            server.let_go()
            if time.monotonic() - reviewed_at > _REVIEW_SECONDS:
                reviewed_at = time.monotonic()
                told = _review(server, told)
        except WarehouseError as error:
            log.error("%s; what was served before is served still", error)


def _review(server: SqlServer, told: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Say what an operator should know of: long questions, each once, and clients that were turned away."""
    if refused := server.refused_count():
        log.warning("%d attempts with a wrong token", refused)
    long = [question for question in server.questions() if question.seconds > _LONG_SECONDS]
    for question in long:
        if (question.session, question.sql) not in told:
            log.warning("a question of %s takes %d s: %.200s", question.holder, question.seconds, question.sql)
    return {(question.session, question.sql) for question in long}


def main(data: str, address: str) -> None:
    """Serve as a companion: until told to stop, or until the parent is gone."""
    start_logging()
    stop = _stop_on_signals()
    threading.Thread(target=_stop_with_parent, args=(stop,), daemon=True).start()
    serve_sql(read_settings(data=data, sql_address=address), stop=stop)


def _stop_with_parent(stop: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    stop.set()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (SettingsError, BusyError, WarehouseError) as fault:
        log.error("%s", fault)
        sys.exit(2)
