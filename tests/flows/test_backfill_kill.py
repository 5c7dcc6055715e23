"""A backfill that is killed goes on where it was, and leaves the tables of one that was not."""

import json
import signal
import time

import duckdb
import pytest

from tests.flows.archiving import Warc
from tests.flows.command import missionwire, start
from tests.flows.newspaper import PARAGRAPHS, feed_list, page

# All columns but those that name the run, its clock or the place of a copy.
TABLES = {
    "raw.entry": "feed, guid, url, title, entry_hash",
    "raw.page": "asked_url, final_url, article_id, version_id, feed, guid",
    "core.article": "article_id, url, outlet",
    "core.article_version": "article_id, version_id, revision, is_newest, copy_role",
    "core.claim": "* EXCLUDE (run_id, recorded_at)",
    "ops.rejection": "url, stage, reason, is_final",
}


def story(number):
    paragraphs = (f"This is what is known of part {number} of it, as of that day.", *PARAGRAPHS)
    return page(f"Officers land in Haiti, part {number}", paragraphs)


def contents(data):
    with duckdb.connect(str(data / "missionwire.duckdb"), read_only=True) as connection:
        return {
            table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()
            for table, columns in TABLES.items()
        }


def kill_when(process, happens):
    """Kill a process once something has happened; nothing of it may be left to clean up after itself."""
    deadline = time.monotonic() + 120
    while not happens():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()


def offset_in(data):
    """How far the note says that a backfill of an archive came."""
    return max(
        (json.loads(note.read_text())["place"]["offset"] for note in data.glob("backfill/*/progress.json")), default=0
    )


@pytest.mark.long
def test_an_archive_is_gone_on_with(tmp_path):
    """Killed behind its first batch, and again in the middle of the next one."""
    feeds = feed_list(tmp_path, "https://paper.example/feed")
    with Warc(tmp_path / "news.warc.gz") as warc:
        for number in range(600):
            warc.add(f"https://paper.example/{number}", story(number).body)
    command = ("backfill", "warc", tmp_path / "news.warc.gz", "--data")
    settings = {"MISSIONWIRE_FEEDS": str(feeds)}
    whole = missionwire(*command, tmp_path / "whole", cwd=tmp_path, settings=settings)
    assert whole.returncode == 0, whole.stderr
    data = tmp_path / "data"
    first = start(*command, data, cwd=tmp_path)
    kill_when(first, lambda: offset_in(data))
    second = start(*command, data, cwd=tmp_path)
    archived = len(list(data.glob("archive/**/*.warc.gz")))
    kill_when(second, lambda: len(list(data.glob("archive/**/*.warc.gz"))) > archived)
    last = missionwire(*command, data, cwd=tmp_path, settings=settings)
    assert last.returncode == 0, last.stderr
    assert "goes on where it was" in last.stderr
    assert contents(data) == contents(tmp_path / "whole")
    assert not list(data.glob("backfill/*/progress.json"))


@pytest.mark.long
def test_nobody_is_asked_again_for_what_was_archived(tmp_path, site):
    """Killed while the second batch is on its way; those of the first one are not asked for again."""
    for number in range(300):
        site.replies[f"/{number}"] = story(number)
    (tmp_path / "list.txt").write_text("\n".join(site.url(f"/{number}") for number in range(300)))
    command = ("backfill", "urls", tmp_path / "list.txt", "--data")
    settings = {"MISSIONWIRE_FEEDS": str(feed_list(tmp_path, site.url("/feed")))}
    whole = missionwire(*command, tmp_path / "whole", cwd=tmp_path, settings=settings)
    assert whole.returncode == 0, whole.stderr
    site.requests.clear()
    data = tmp_path / "data"
    first = start(*command, data, cwd=tmp_path)
    kill_when(first, lambda: len(site.requests) > 120)
    asked = len(site.requests)
    last = missionwire(*command, data, cwd=tmp_path, settings=settings)
    assert last.returncode == 0, last.stderr
    # One page was asked for and not archived yet, and robots.txt may be asked for twice.
    assert len(site.requests) <= 300 + 1 + 3
    assert asked > 120
    assert contents(data) == contents(tmp_path / "whole")
