"""Decisions that need no server: when a feed is due, what an archive keeps, which setting wins, who holds the lock."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from extractors.agency import credited_agency
from extractors.errors import BusyError, SettingsError
from extractors.records import Feed, Poll, Reason
from flows.due import due_after_failure, due_after_success, learn_interval
from flows.locking import run_lock
from flows.polling import Polled, due_feeds, excuse_feeds
from flows.retention import remove_old_archives
from flows.settings import read_settings, setting_origins
from warehouse.state import FeedState

NOW = datetime(2025, 1, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _poll(**signals):
    return Poll(feed="https://a.example/", polled_at=NOW, outcome="changed", **signals)


@pytest.mark.parametrize(
    ("signals", "pause", "reason"),
    [
        ({"fresh_seconds": 7200}, 2 * HOUR, "HTTP cache lifetime"),
        ({"fresh_seconds": 3600, "ttl_seconds": 10800}, 3 * HOUR, "the feed's own ttl"),
        ({"ttl_seconds": 10_000_000}, 24 * HOUR, "the feed's own ttl"),
        ({"fresh_seconds": 3600, "skip_hours": (13, 14)}, 3 * HOUR, "skipHours or skipDays"),
        ({"fresh_seconds": 3600, "skip_days": (0,)}, 12 * HOUR, "skipHours or skipDays"),
        ({"fresh_seconds": 3600, "skip_hours": tuple(range(24))}, HOUR, "HTTP cache lifetime"),
    ],
)
def test_the_longest_wish_decides_when_a_feed_is_due(signals, pause, reason):
    assert due_after_success(_poll(**signals)) == (NOW + pause, reason)


@pytest.mark.parametrize(("interval", "reason"), [(None, "usual interval"), (7200, "learned interval")])
def test_a_habit_is_asked_up_to_a_tenth_early_so_that_feeds_drift_apart(interval, reason):
    full = timedelta(seconds=interval or 1800)
    due_at, why = due_after_success(_poll(interval_seconds=interval, fresh_seconds=60))
    assert NOW + 0.9 * full <= due_at <= NOW + full
    assert why == reason


def test_the_interval_is_learned_within_five_minutes_and_a_day():
    busy = quiet = None
    for _ in range(40):
        busy = learn_interval(busy, entries_seen=20, entries_new=15, is_first=False)
        quiet = learn_interval(quiet, entries_seen=20, entries_new=0, is_first=False)
    assert (busy, quiet) == (300, 86_400)
    assert learn_interval(None, entries_seen=20, entries_new=20, is_first=True) == 1800
    assert learn_interval(1800, entries_seen=20, entries_new=1, is_first=False) == 1800


def test_a_failing_feed_is_asked_ever_later_but_never_given_up():
    pauses = [due_after_failure(NOW, Reason.TIMEOUT, count)[0] - NOW for count in (1, 2, 3, 19, 50)]
    assert pauses == [HOUR / 2, HOUR, 2 * HOUR, 24 * HOUR, 7 * 24 * HOUR]


def _failed(url, reason=Reason.DNS_FAILURE):
    return Polled(Poll(feed=url, asked_url=url, polled_at=NOW, outcome="failed", reason=reason, failure_count=4))


def test_no_feed_is_blamed_when_no_host_at_all_was_reached():
    polled = (_failed("https://a.example/f"), _failed("https://b.example/f", Reason.TIMEOUT))
    states = {"https://a.example/f": FeedState("https://a.example/f", failure_count=3)}
    excused = [each.poll for each in excuse_feeds(polled, states)]
    assert [(poll.reason, poll.failure_count) for poll in excused] == [
        (Reason.NETWORK_DOWN, 3),
        (Reason.NETWORK_DOWN, 0),
    ]
    assert all(poll.next_due_at == NOW + HOUR / 12 for poll in excused)


@pytest.mark.parametrize(
    "others",
    [
        (),
        (_failed("https://a.example/g"),),
        (_failed("https://b.example/f", Reason.ROBOTS),),
    ],
)
def test_one_host_alone_tells_nothing_of_our_line(others):
    polled = (_failed("https://a.example/f"), *others)
    assert excuse_feeds(polled, {}) == polled


def test_a_feed_that_may_not_be_asked_tells_nothing_of_our_line():
    """Its robots.txt is known from yesterday, so that no host was asked for it."""
    closed = _failed("https://c.example/f", Reason.ROBOTS)
    polled = (_failed("https://a.example/f"), closed, _failed("https://b.example/f", Reason.TIMEOUT))
    excused = excuse_feeds(polled, {})
    assert [each.poll.reason for each in excused] == [Reason.NETWORK_DOWN, Reason.ROBOTS, Reason.NETWORK_DOWN]
    assert excused[1] == closed


def test_a_gone_feed_is_asked_once_a_week():
    assert due_after_failure(NOW, Reason.GONE, 1)[0] == NOW + timedelta(days=7)


def test_asking_everything_still_respects_what_a_server_asked_for():
    feeds = [Feed(f"http://{name}.example/") for name in ("new", "due", "later", "patience")]
    states = {
        "http://due.example/": FeedState("http://due.example/", next_due_at=NOW),
        "http://later.example/": FeedState("http://later.example/", next_due_at=NOW + HOUR),
        "http://patience.example/": FeedState(
            "http://patience.example/", next_due_at=NOW - HOUR, not_before=NOW + HOUR
        ),
    }
    due = due_feeds(feeds, states, now=NOW, everything=False)
    everything = due_feeds(feeds, states, now=NOW, everything=True)
    assert [feed.url.split("/")[2] for feed in due] == ["new.example", "due.example"]
    assert [feed.url.split("/")[2] for feed in everything] == ["new.example", "due.example", "later.example"]


@pytest.mark.parametrize(("keep_days", "left"), [(0, 3), (10, 2), (1, 1)])
def test_an_archive_keeps_as_many_days_as_it_is_told(tmp_path, keep_days, left):
    for day in ("2024/12/01", "2025/01/15", "2025/01/20"):
        (tmp_path / day).mkdir(parents=True)
    (tmp_path / "2024/notes/my").mkdir(parents=True)
    remove_old_archives(tmp_path, keep_days=keep_days, now=NOW)
    assert len(list(tmp_path.glob("*/[0-9]*/*"))) == left
    assert (tmp_path / "2024/notes/my").exists()


def test_an_option_wins_over_the_environment_and_that_over_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "missionwire.toml").write_text('data = "from-file"\nworkers = 3\ncontact = "file@paper.example"\n')
    monkeypatch.setenv("MISSIONWIRE_DATA", "from-environment")
    monkeypatch.setenv("MISSIONWIRE_WORKERS", "2")
    settings = read_settings(data="from-option")
    assert (str(settings.data), settings.workers, settings.contact) == ("from-option", 2, "file@paper.example")
    origins = setting_origins({"data": "from-option"})
    assert [origins[name] for name in ("data", "workers", "contact", "now")] == [
        "option",
        "environment",
        "missionwire.toml",
        "default",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("colour = 1\n", "colour in missionwire.toml: there is no such setting"),
        ("workers = -1\n", "workers in missionwire.toml = -1"),
        ('cron = "every day"\n', "is no cron expression"),
        ('cron = "0 * * * *"\ninterval = 60\n', "keep one of them"),
        ('contact = "a\\nb"\n', "plain ASCII on one line"),
        ("data = \n", "cannot be read as TOML"),
        ('alert = "mail -s \'help"\n', "no shell would read it (No closing quotation"),
        ('warehouse = "ducklake:mysql:password=secret"\n', r"= 'ducklake:mysql:password=\*\*\*: "),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong(tmp_path, monkeypatch, content, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "missionwire.toml").write_text(content)
    with pytest.raises(SettingsError, match=words.replace("(", r"\(")):
        read_settings()


@pytest.mark.parametrize(
    ("alert", "shown"),
    [
        ("https://hooks.example/services/T0/B0/key", "https://hooks.example/***"),
        ("https://hooks.example/?key=1", "https://hooks.example/***"),
        ("https://me:secret@hooks.example/", "https://me:***@hooks.example/"),
        ("mail -s missionwire desk@example.org", "mail -s missionwire desk@example.org"),
        (" ", ""),
    ],
)
def test_a_webhook_is_shown_without_what_opens_it(tmp_path, alert, shown):
    assert read_settings(data=tmp_path, alert=alert).model_dump()["alert"] == shown


def test_the_lock_dies_with_its_process_and_names_its_holder(tmp_path):
    script = (
        "import sys, pathlib, flows.locking as l\n"
        f"with l.run_lock(pathlib.Path({str(tmp_path)!r})):\n    print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(BusyError, match=f"process {holder.pid}"), run_lock(tmp_path):
        pass
    holder.kill()
    holder.communicate()
    with run_lock(tmp_path), run_lock(tmp_path):
        pass


AGENCIES = ("Reuters", "AFP", "AP", "EFE", "Atlantic Wire")


@pytest.mark.parametrize(
    ("text", "authors", "agency"),
    [
        ("NAIROBI, Jan 18 (Reuters) - Kenya sent officers to Haiti.", (), "Reuters"),
        ("Des policiers sont partis pour Haïti.\n\n© AFP", (), "AFP"),
        ("Policías parten hacia Haití.\n\nCon información de EFE", (), "EFE"),
        ("Officers left for Haiti.", ("Jane Doe, AP",), "AP"),
        ("Officers left for Haiti.\n\nSource: Atlantic Wire", (), "Atlantic Wire"),
        ("Officers told AP in an interview that they had arrived. " * 20, (), None),
        ("Maps of the capital.", (), None),
    ],
)
def test_a_credit_is_read_from_byline_dateline_and_last_line_only(text, authors, agency):
    assert credited_agency(text, authors, AGENCIES) == agency
