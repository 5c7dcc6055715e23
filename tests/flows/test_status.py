"""`missionwire status`: a line for each matter that a person should know of, and what to do about it."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.records import Feed, Reason, Run
from flows import condition, status
from flows.condition import noted_serving, read_condition
from flows.locking import run_lock
from flows.retention import clear_old_files, shorten_log
from flows.settings import Settings
from flows.telling import health_line
from tests.flows.command import missionwire
from tests.warehouse.ledger import (
    FEED,
    NOW,
    at,
    load_records,
    make_entry,
    make_poll,
    make_reading,
    make_run,
    spool_records,
)
from tests.warehouse.test_views import load_lists

OTHER = "https://other.example/feed"


@pytest.fixture
def settings(tmp_path):
    """A data folder with one feed that is well and one that fails, as a run leaves it."""
    data = tmp_path / "data"
    failing = make_poll(feed=OTHER, outcome="failed", reason=Reason.TIMEOUT, failure_count=4)
    ended = make_run(state="partial", ended_at=at(0.1), feeds_polled=2, feeds_failed=1)
    load_records(data, make_poll(entries_new=1), failing, ended, make_entry(1), make_reading(1))
    load_lists(data, Feed(FEED, "Paper"), Feed(OTHER, "Other"))
    publish(data)
    return Settings(data=data, warehouse=data / "ledger.duckdb", now=at(0.5))


def publish(data):
    (data / "published").mkdir(exist_ok=True)
    shutil.copyfile(data / "ledger.duckdb", data / "published/missionwire.duckdb")


def told(settings, capsys):
    """The status as programs read it."""
    status.print_status(settings, {}, as_json=True)
    return json.loads(capsys.readouterr().out)


def matter(settings, capsys, name):
    """State and advice of one matter."""
    [line] = [line for line in told(settings, capsys)["matters"] if line["matter"] == name]
    return line["state"], line["advice"]


def test_feeds_are_counted_and_those_in_trouble_come_with_advice(settings, capsys):
    found = told(settings, capsys)
    assert found["feed_counts"] == {"failing": 1, "ok": 1}
    [feed] = found["feeds"]
    assert (feed["feed"], feed["state"]) == (OTHER, "failing")
    assert feed["note"] == "4 failures in a row since 2025-01-20: timeout"
    assert "feeds check" in feed["advice"]
    assert found["last_runs"][0]["state"] == "partial"


def test_people_read_the_same_in_one_section_a_matter(settings, capsys):
    status.print_status(settings, {})
    out = capsys.readouterr().out
    titles = (
        "Settings in force",
        "How it stands",
        "Last runs",
        "Feeds that need attention (1 ok, 1 failing)",
        "Not loaded",
    )
    assert all(out.count(title) == 1 for title in titles)
    assert "failing: 'missionwire feeds check'" in out


def test_before_the_first_run_it_says_how_to_make_a_start(tmp_path):
    done = missionwire("status", "--json", cwd=tmp_path)
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["feeds"] == []
    assert {"matter": "run", "state": "none yet", "advice": "'missionwire run' makes a start"} in found["matters"]


class TestSchedule:
    def test_a_schedule_that_is_on_is_told_of(self, settings, capsys):
        with noted_serving(settings):
            state, advice = matter(settings, capsys, "schedule")
        assert "is on (process" in state
        assert "every 1800 s); last run 30 minutes ago" in state
        assert advice == ""
        assert "no 'missionwire serve' is on" in matter(settings, capsys, "schedule")[0]

    def test_a_schedule_that_misses_its_runs_is_late(self, settings, capsys):
        with noted_serving(settings):
            late = settings.model_copy(update={"now": at(3)})
            assert "no run although one was due" in matter(late, capsys, "schedule")[1]

    @pytest.mark.parametrize(
        ("state", "detail"),
        [("completed", "backfill of 1 file"), ("killed", "backfill of 1 file: the process ended without a word")],
    )
    def test_backfills_do_not_hide_that_it_misses_its_runs(self, settings, capsys, state, detail):
        for number in range(6):  # more than the last runs that are listed
            later = replace(make_run(f"run-{number + 2}", state=state, detail=detail), started_at=at(2 + number / 10))
            load_records(settings.data, later, run_id=later.run_id, hours=2 + number / 10)
        publish(settings.data)
        with noted_serving(settings):
            late = settings.model_copy(update={"now": at(3)})
            assert "no run although one was due" in matter(late, capsys, "schedule")[1]

    def test_without_a_schedule_a_day_without_a_run_is_told_of(self, settings, capsys):
        assert "serve" in matter(settings.model_copy(update={"now": at(30)}), capsys, "schedule")[1]

    def test_a_note_that_outlived_its_process_is_not_believed(self, settings):
        (settings.data / "serve.json").write_text('{"process": 1, "interval_seconds": 5, "cron": null}')
        (settings.data / "serve.lock").touch()
        assert read_condition(settings).serving is None

    def test_a_run_that_is_on_is_told_of(self, settings, capsys):
        with run_lock(settings.data, warehouse=settings.warehouse_file):
            assert matter(settings, capsys, "run")[0].startswith("one is on (process")
        assert matter(settings, capsys, "run")[0] == "the last one partial"


@pytest.mark.parametrize(
    ("state", "advice"), [("failed", "remedy the cause"), ("killed", "nothing is lost"), ("running", "cut off")]
)
def test_a_run_that_did_not_end_well_is_told_of_with_its_reason(settings, capsys, state, advice):
    later = replace(make_run("run-2", state=state, detail="OSError: no"), started_at=at(0.2))
    load_records(settings.data, later, run_id="run-2", hours=1)
    publish(settings.data)
    found = matter(settings, capsys, "run")
    assert "OSError: no" in found[0]
    assert advice in found[1]


class TestWhatWaits:
    def test_a_spool_a_mark_and_an_unpublished_ledger_are_told_of(self, settings, capsys):
        spool_records(settings.spool_folder, make_entry(2))
        (settings.data / "pending").mkdir()
        (settings.data / "pending/2025~01~20~x-0000.warc.gz").touch()
        settings.unpublished_mark.touch()
        assert matter(settings, capsys, "waiting") == (
            "1 batch read and not loaded yet, 1 batch fetched and not read yet",
            "nothing: the next run takes them up",
        )
        assert matter(settings, capsys, "snapshot")[0] == "behind the warehouse"

    def test_a_spool_that_was_set_aside_wants_a_person(self, settings, capsys):
        spool_records(settings.spool_folder, make_entry(2)).rename(settings.spool_folder / "x.broken")
        state, advice = matter(settings, capsys, "waiting")
        assert state == "1 batch set aside as unreadable"
        assert str(settings.spool_folder) in advice

    def test_too_little_room_is_told_of(self, settings, capsys, monkeypatch):
        assert matter(settings, capsys, "disk")[1] == ""
        monkeypatch.setattr(condition, "_free_bytes", lambda _: 900_000_000)
        assert matter(settings, capsys, "disk") == (
            "900 MB free",
            "make room: 1 GB should be free for the next run and a copy of the warehouse",
        )

    def test_the_archive_is_measured(self, settings, capsys):
        (settings.archive_folder / "2025/01/20").mkdir(parents=True)
        (settings.archive_folder / "2025/01/20/a.warc.gz").write_bytes(b"x" * 5000)
        assert matter(settings, capsys, "archive")[0].startswith("5 kB of fetched pages, kept for good")


def test_the_line_of_health_after_a_run_says_it_all(settings):
    spool_records(settings.spool_folder, make_entry(2))
    run = Run(run_id="r", started_at=NOW, state="partial", articles_loaded=3, claims_new=4, rejected=5)
    assert health_line(settings, run) == (
        "run partial: 3 articles, 4 claims, 5 rejected; feeds: 1 ok, 1 failing; "
        "next feed due 2025-01-20 07:00 UTC; waiting: 1 to load"
    )


class TestRetention:
    def archived(self, settings, day, name):
        file = settings.archive_folder / day / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
        return file

    def test_what_still_waits_to_be_read_or_loaded_stays(self, settings):
        settings = settings.model_copy(update={"keep_days": 10})
        old = [self.archived(settings, "2024/12/01", f"{name}.warc.gz") for name in ("read", "marked", "spooled")]
        gone = self.archived(settings, "2024/11/30", "read.warc.gz")
        (settings.data / "pending").mkdir()
        (settings.data / "pending/2024~12~01~marked.warc.gz").touch()
        reading = make_reading(7, archive_file="2024/12/01/spooled.warc.gz", archive_offset=0)
        waiting = spool_records(settings.spool_folder, reading)
        clear_old_files(settings, now=NOW)
        assert [file.exists() for file in old] == [False, True, True]
        assert not gone.parent.parent.exists()
        shutil.rmtree(waiting)
        (settings.data / "pending/2024~12~01~marked.warc.gz").unlink()
        clear_old_files(settings, now=NOW)
        assert list(settings.archive_folder.iterdir()) == []

    def test_no_page_goes_before_its_time(self, settings):
        settings = settings.model_copy(update={"keep_days": 1})
        young = self.archived(settings, f"{NOW - timedelta(days=1):%Y/%m/%d}", "a.warc.gz")
        clear_old_files(settings, now=NOW)
        assert young.exists()

    def test_a_log_that_grew_too_long_keeps_its_end_and_its_writer(self, tmp_path):
        file = tmp_path / "server.log"
        with file.open("ab", buffering=0) as writer:
            writer.write(b"a line of the server's log\n" * 200_000)
            shorten_log(file)
            writer.write(b"the newest\n")
        lines = file.read_bytes().splitlines()
        assert 900_000 < file.stat().st_size < 1_100_000
        assert set(lines) == {b"a line of the server's log", b"the newest"}
        assert lines[-1] == b"the newest"
        shorten_log(tmp_path / "none.log")
