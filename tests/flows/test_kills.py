"""Killed at any moment, with a full disk, with a reader in the way: the ledger comes out as if nothing had happened."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from extractors.errors import SettingsError
from flows.locking import run_lock
from flows.settings import read_settings
from tests.flows.killing import (
    PHASES,
    Newsdesk,
    contents,
    differences,
    leftovers,
    newsroom_feeds,
    plan_kills,
    reader_at_hand,
    stage,
)
from tests.flows.shared_server import shared_api_url

SEED = int(os.environ.get("KILL_SEED", "20250119"))
KILLS = int(os.environ.get("KILLS", "50"))
# Several kills in a row before the run to the end, as when a machine restarts again and again.
_IN_A_ROW = 4
# Runs with a Prefect server of their own; the others share one, whose start would be most of the time.
_OWN_SERVER = 2


@pytest.fixture(scope="module")
def api_url():
    return shared_api_url()


@pytest.mark.long
@pytest.mark.timeout(900)
def test_fifty_kills_at_random_moments_change_no_table(site, tmp_path, api_url):
    """Half of the folders begin with the first edition, half of them go on with the second one."""
    feeds = newsroom_feeds(site, tmp_path)
    died_in = Counter()
    reference = tmp_path / "reference"
    for edition in (1, 2):
        stage(site, edition)
        before = tmp_path / f"before-{edition}"
        if reference.exists():
            shutil.copytree(reference, before)
        seconds = Newsdesk(reference, feeds, edition, api_url).measure()
        sys.stdout.write(f"{ {phase: round(taken, 3) for phase, taken in seconds.items()} }\n")
        expected = contents(reference / "missionwire.duckdb"), contents(reference / "published/missionwire.duckdb")
        plan = plan_kills(KILLS // 2, seconds, SEED + edition)
        chains = [plan[start : start + _IN_A_ROW] for start in range(0, len(plan), _IN_A_ROW)]

        def carry_out(numbered, before=before, expected=expected, edition=edition):
            number, kills = numbered
            folder = tmp_path / f"killed-{edition}-{number}"
            if before.exists():
                shutil.copytree(before, folder)
            desk = Newsdesk(folder, feeds, edition, None if number < _OWN_SERVER // 2 else api_url)
            died = [_kill(desk, phase, delay) for phase, delay in kills]
            desk.finish()
            found = contents(folder / "missionwire.duckdb"), contents(folder / "published/missionwire.duckdb")
            what = f"KILL_SEED={SEED}, edition {edition}, killed in {died} by {kills}"
            for kind, left, right in zip(("warehouse", "published"), found, expected, strict=True):
                assert not differences(left, right), f"{kind}: {what}: {differences(left, right)}"
            assert leftovers(folder) == [], what
            return died

        with ThreadPoolExecutor(2) as pairs:
            for died in pairs.map(carry_out, enumerate(chains)):
                died_in.update(died)
    sys.stdout.write(f"killed in: {dict(died_in)}\n")
    assert sum(died_in.values()) == KILLS
    # Which phase a moment falls into is a matter of how busy the machine is.
    assert len(set(PHASES) & set(died_in)) >= 6 or KILLS < 50


def _kill(desk, phase, delay):
    """Kill a run; where it had ended before, as on a machine that has grown quicker, kill another one sooner."""
    while (died_in := desk.kill_in(phase, delay)) is None:
        phase, delay = "start", delay / 2
    return died_in


@pytest.fixture(scope="module")
def small_disk():
    """Makes small disks: a tmpfs at a folder, that can be given more room."""
    mounted = []

    def make(folder, size):
        folder.mkdir(parents=True, exist_ok=True)
        options = "remount," if folder in mounted else ""
        command = ["mount", "-t", "tmpfs", "-o", f"{options}size={size}", "tmpfs", str(folder)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("mounting a small disk is not allowed here")
        if folder not in mounted:
            mounted.append(folder)

    yield make
    for folder in reversed(mounted):
        subprocess.run(["umount", "-l", str(folder)], check=True)


# Edition, folder that lies on a disk of its own, and room in it that some step of a run finds too small.
_TOO_SMALL = (
    (1, ".", "40k"),
    (1, ".", "300k"),
    (1, ".", "8m"),
    (1, "spool", "64k"),
    (1, "ledger", "1m"),
    (1, "ledger", "6m"),
    (2, "archive", "16k"),
    (2, "spool", "16k"),
    (2, "published", "1m"),
    (2, "prefect", "64k"),
)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_with_the_disk_full_and_then_room_again_the_tables_are_the_same(site, tmp_path, api_url, small_disk):
    feeds = newsroom_feeds(site, tmp_path)
    before, reference = tmp_path / "before", tmp_path / "reference"

    def fill(number):
        edition, place, size = _TOO_SMALL[number]
        folder = tmp_path / f"full-{number}"
        if edition == 2:
            shutil.copytree(before, folder)
        small_disk(folder / place, size)
        ledger = folder / "ledger/ledger.duckdb" if place == "ledger" else None
        desk = Newsdesk(folder, feeds, edition, None if place == "prefect" else api_url, ledger)
        error = _refused(desk, f"{place} of {size}")
        small_disk(folder / place, "64m")
        desk.finish()
        found = contents(ledger or folder / "missionwire.duckdb")
        assert not differences(found, contents(reference / "missionwire.duckdb")), f"{place} of {size}"
        assert leftovers(folder) == []
        return error

    for edition in (1, 2):
        stage(site, edition)
        if reference.exists():
            shutil.copytree(reference, before)
        Newsdesk(reference, feeds, edition, api_url).finish()
        with ThreadPoolExecutor(2) as pairs:
            numbers = [number for number, (first, *_) in enumerate(_TOO_SMALL) if first == edition]
            for told in pairs.map(fill, numbers):
                sys.stdout.write(f"{told}\n")


def _refused(desk, what):
    """Run on a disk that is too small: exit 2, nothing on stdout, and one line that says what is wrong."""
    code, said, told = desk.run()
    errors = [line for line in told.splitlines() if " ERROR " in line]
    assert (code, said, len(errors)) == (2, "", 1), f"{what}: {told}"
    assert "Traceback" not in told
    assert "Exception ignored" not in told
    assert "a file:" not in errors[0]
    return f"{what}: {errors[0]}"


@pytest.mark.long
@pytest.mark.timeout(900)
def test_with_a_reader_in_the_way_what_was_read_waits_and_the_next_run_loads_it(site, tmp_path, api_url):
    """From the beginning of a run, or from the phase named: the run says so, and nothing is lost."""
    feeds = newsroom_feeds(site, tmp_path)
    stage(site, 1)
    before = tmp_path / "before"
    Newsdesk(before, feeds, 1, api_url).finish()
    stage(site, 2)
    shutil.copytree(before, tmp_path / "reference")
    Newsdesk(tmp_path / "reference", feeds, 2, api_url).finish()
    expected = contents(tmp_path / "reference/missionwire.duckdb")
    for phase in ("start", "poll", "fetch and read"):
        folder = tmp_path / phase
        shutil.copytree(before, folder)
        desk = Newsdesk(folder, feeds, 2, api_url)
        code, told = _run_beside_reader(desk, phase)
        assert code == 2, told
        assert "nothing is lost" in told
        assert "Traceback" not in told
        assert list((folder / "spool").glob("*.spool"))
        if phase == "start":
            asked = len(site.requests)
            assert _run_beside_reader(desk, phase)[0] == 2
            assert len(site.requests) == asked, "a run asked although it could not know what was asked before"
        desk.finish()
        found = contents(folder / "missionwire.duckdb")
        assert not differences(found, expected), f"{phase}: {differences(found, expected)}"
        assert leftovers(folder) == []


def _run_beside_reader(desk, phase):
    """Run while a reader takes hold of the warehouse in a phase and keeps it: exit code and stderr."""
    with reader_at_hand(desk.folder / "missionwire.duckdb") as reader:
        run = desk.start()
        desk.wait_for(run, phase)
        reader.stdin.write(b"now\n")
        reader.stdin.flush()
        if phase == "start":
            assert reader.stdout.readline() == b"held\n"
        told = run.communicate(timeout=240)[1]
    return run.returncode, told


@pytest.mark.long
def test_two_data_folders_with_one_warehouse_do_not_run_at_once(site, tmp_path, api_url):
    feeds = newsroom_feeds(site, tmp_path)
    stage(site, 1)
    ledger = tmp_path / "shared.duckdb"
    first, second = (Newsdesk(tmp_path / name, feeds, 1, api_url, ledger) for name in ("first", "second"))
    with run_lock(first.folder, warehouse=ledger):
        code, _, told = second.run()
    assert code == 3
    assert f"with the warehouse {ledger}" in told


def test_the_published_file_is_no_warehouse(tmp_path):
    published = tmp_path / "published/missionwire.duckdb"
    published.parent.mkdir()
    published.touch()
    (tmp_path / "link.duckdb").symlink_to(published)
    for name in (published, tmp_path / "link.duckdb"):
        with pytest.raises(SettingsError, match="is the published file"):
            read_settings(data=tmp_path, warehouse=name)
