"""Killed, locked out, out of disk: nothing is half-done, nothing is lost, the next load carries on."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from extractors.errors import WarehouseError
from tests.warehouse.ledger import at, fresh_ledger, make_poll, make_reading, rows_of, spool_records
from tests.warehouse.test_load import everything
from warehouse.load import load_spools
from warehouse.publish import publish
from warehouse.spool import Spool, remove_half_written, waiting_spools

LOAD = """
import sys
from datetime import datetime
from pathlib import Path
from extractors.errors import WarehouseError
from warehouse.load import load_spools
from warehouse.spool import waiting_spools
data = Path(sys.argv[1])
print("ready", flush=True)
try:
    load_spools(data / "ledger.duckdb", waiting_spools(data / "spool"), recorded_at=datetime.fromisoformat(sys.argv[2]))
except WarehouseError as error:
    sys.exit(f"refused: {error}")
"""

# A limit on the size of files stands in for a full disk where no small file system can be mounted: DuckDB meets the
# same refusal in the middle of a write.
WITH_FULL_DISK = """
import os, resource, sys
limit = os.path.getsize(sys.argv[1] + "/ledger.duckdb") + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
"""

READ = """
import sys, duckdb
print("reading", flush=True)
answers = 0
while True:
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        claims, articles = connection.execute(
            "SELECT (SELECT count(*) FROM claims), (SELECT count(*) FROM articles)"
        ).fetchone()
        assert claims == articles, (claims, articles)
        answers += 1
    if len(sys.argv) > 2 and __import__("os").path.exists(sys.argv[2]):
        break
print(answers)
"""


def start(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def batch(first, count=60):
    return [make_reading(number, hours=number / 100) for number in range(first, first + count)]


def test_a_half_written_spool_is_never_loaded(tmp_path):
    spool = Spool.create(tmp_path / "spool", "run-1", 1)
    spool.add(make_reading(1))
    assert waiting_spools(tmp_path / "spool") == ()
    remove_half_written(tmp_path / "spool")
    assert list((tmp_path / "spool").iterdir()) == []
    spool.discard()


def test_a_spool_begun_again_holds_only_the_second_try(tmp_path):
    first = Spool.create(tmp_path / "spool", "run-1", 1)
    first.add(make_reading(1))
    first.discard()
    path = spool_records(tmp_path / "spool", make_reading(2))
    assert (path / "reading.jsonl").read_text().count("\n") == 1


def test_spools_wait_in_the_order_of_run_and_batch(tmp_path):
    for run_id, batch_number in (("b", 2), ("b", 10), ("a", 1)):
        spool_records(tmp_path, make_poll(), run_id=run_id, batch=batch_number)
    assert [path.name for path in waiting_spools(tmp_path)] == ["a-000001.spool", "b-000002.spool", "b-000010.spool"]


def test_a_run_id_that_would_leave_the_folder_is_refused(tmp_path):
    with pytest.raises(WarehouseError, match="cannot name a folder"):
        Spool.create(tmp_path, "../elsewhere", 1)


def test_a_spool_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WarehouseError, match="spool cannot be written"):
        Spool.create(tmp_path / "file", "run-1", 1)


SPOOL_ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from extractors.errors import WarehouseError
from tests.warehouse.ledger import make_reading
from warehouse.spool import Spool
spool = Spool.create(Path(sys.argv[1]), "run-1", 1)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    spool.add(*[make_reading(n) for n in range(100)])
    spool.finish()
except WarehouseError as error:
    print(error)
spool.discard()
print(list(Path(sys.argv[1]).iterdir()))
"""


def test_a_spool_on_a_full_disk_is_told_and_leaves_nothing(tmp_path):
    tried = start(SPOOL_ON_A_FULL_DISK, tmp_path)
    output, errors = tried.communicate()
    assert tried.returncode == 0, errors
    assert "spool cannot be written: File too large" in output
    assert output.endswith("[]\n")


def test_killed_between_commit_and_removal_the_spool_loads_again_without_effect(tmp_path):
    spool_records(tmp_path / "spool", *batch(1, 5))
    kept = {path: path.read_bytes() for path in waiting_spools(tmp_path / "spool")[0].iterdir()}
    load_spools(fresh_ledger(tmp_path), waiting_spools(tmp_path / "spool"), recorded_at=at(1))
    before = everything(tmp_path)
    for path, content in kept.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    load_spools(tmp_path / "ledger.duckdb", waiting_spools(tmp_path / "spool"), recorded_at=at(2))
    assert everything(tmp_path) == before
    assert waiting_spools(tmp_path / "spool") == ()


def test_killed_at_any_moment_of_a_load_the_tables_end_as_if_undisturbed(tmp_path):
    undisturbed = tmp_path / "undisturbed"
    disturbed = tmp_path / "disturbed"
    for data in (undisturbed, disturbed):
        data.mkdir()
        spool_records(data / "spool", *batch(1))
        fresh_ledger(data)
    load_spools(undisturbed / "ledger.duckdb", waiting_spools(undisturbed / "spool"), recorded_at=at(1))
    # A load takes a third of a second: the delays fall before, into and after its transaction.
    for delay_seconds in (0.01, 0.05, 0.1, 0.15, 0.2, 0.3):
        loader = start(LOAD, disturbed, at(1).isoformat())
        loader.stdout.readline()
        time.sleep(delay_seconds)
        loader.send_signal(signal.SIGKILL)
        loader.communicate()
    load_spools(disturbed / "ledger.duckdb", waiting_spools(disturbed / "spool"), recorded_at=at(1))
    assert everything(disturbed) == everything(undisturbed)
    assert waiting_spools(disturbed / "spool") == ()


def test_a_reader_that_holds_the_ledger_keeps_the_spool_waiting(tmp_path):
    spool = spool_records(tmp_path / "spool", make_reading(1))
    holder = start(
        "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print('held', flush=True); input()",
        fresh_ledger(tmp_path),
    )
    holder.stdout.readline()
    with pytest.raises(WarehouseError, match=f"held by process {holder.pid}"):
        load_spools(tmp_path / "ledger.duckdb", (spool,), recorded_at=at(0))
    holder.kill()
    holder.communicate()
    assert waiting_spools(tmp_path / "spool") == (spool,)
    assert load_spools(tmp_path / "ledger.duckdb", (spool,), recorded_at=at(0)).articles_loaded == 1


def test_a_full_disk_while_loading_loses_nothing(tmp_path):
    noise = random.Random(1)
    readings = [make_reading(n, text=f"217 {noise.randbytes(20_000).hex()}") for n in range(400)]
    spool = spool_records(tmp_path / "spool", *readings)
    fresh_ledger(tmp_path)
    loader = start(WITH_FULL_DISK + LOAD, tmp_path, at(0).isoformat())
    _, errors = loader.communicate()
    assert loader.returncode == 1, errors
    assert "refused:" in errors
    assert "make room" in errors
    assert waiting_spools(tmp_path / "spool") == (spool,)
    assert rows_of(tmp_path, "FROM core.article") == []
    assert load_spools(tmp_path / "ledger.duckdb", (spool,), recorded_at=at(0)).articles_loaded == 400


ON_A_SMALL_DISK = """
import shutil, subprocess, sys
from datetime import UTC, datetime
from pathlib import Path
from extractors.errors import WarehouseError
from warehouse.connection import open_warehouse
from warehouse.load import load_spools
from warehouse.publish import publish
from warehouse.spool import waiting_spools
data, disk = Path(sys.argv[1]), Path(sys.argv[1]) / "disk"
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=True)
shutil.copyfile(data / "ledger.duckdb", disk / "ledger.duckdb")
def load():
    now = datetime(2025, 1, 20, tzinfo=UTC)
    return load_spools(disk / "ledger.duckdb", waiting_spools(data / "spool"), recorded_at=now)
for attempt in (load, lambda: publish(disk / "ledger.duckdb", disk / "published")):
    (disk / "filler").write_bytes(bytes(0 if attempt is load else 1_500_000))
    try:
        attempt()
    except WarehouseError as error:
        print(error)
assert list((disk / "published").iterdir()) == []
(disk / "filler").unlink()
with open_warehouse(disk / "ledger.duckdb", read_only=True) as connection:
    print(connection.execute("SELECT count(*) FROM core.article").fetchone()[0])
subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
print(load().articles_loaded)
"""


def _may_mount() -> bool:
    unshare = shutil.which("unshare")
    if unshare is None:
        return False
    tried = subprocess.run([unshare, "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False)
    return tried.returncode == 0


def test_on_a_disk_that_is_really_full_the_next_load_carries_on(tmp_path):
    if not _may_mount():
        pytest.skip("mounting a small file system in a namespace of its own is not allowed here")
    (tmp_path / "disk").mkdir()
    fresh_ledger(tmp_path)
    noise = random.Random(1)
    spool_records(
        tmp_path / "spool", *[make_reading(n, text=f"217 {noise.randbytes(9_000).hex()}") for n in range(400)]
    )
    tried = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", ON_A_SMALL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr
    refused_load, refused_snapshot, articles_before, articles_loaded = tried.stdout.splitlines()
    assert "make room" in refused_load
    assert "No space left" in refused_snapshot
    assert (articles_before, articles_loaded) == ("0", "400")


@pytest.mark.long
def test_readers_of_the_published_file_keep_answering_while_runs_load_and_publish(tmp_path):
    published = publish(fresh_ledger(tmp_path), tmp_path / "published")
    stop = tmp_path / "stop"
    readers = [start(READ, published, stop) for _ in range(2)]
    for reader in readers:
        reader.stdout.readline()
    for number in range(5):
        spool_records(tmp_path / "spool", *batch(1 + number * 10, 10), run_id=f"run-{number}")
        load_spools(tmp_path / "ledger.duckdb", waiting_spools(tmp_path / "spool"), recorded_at=at(number))
        publish(tmp_path / "ledger.duckdb", tmp_path / "published")
    stop.touch()
    for reader in readers:
        output, errors = reader.communicate()
        assert reader.returncode == 0, errors
        assert int(output) > 5
