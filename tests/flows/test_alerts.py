"""Alerts: a command or a webhook of the user's is told once when something turns bad."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from extractors.errors import SettingsError
from flows.fetch.webhook import post_message
from tests.flows.command import missionwire
from tests.flows.conftest import Reply
from tests.flows.newspaper import feed, feed_list, page

# Each is several whole runs.
pytestmark = pytest.mark.long


@pytest.fixture
def told(tmp_path):
    """A command that keeps what it is told, and what it has kept so far."""
    (tmp_path / "tell.sh").write_text(
        '#!/bin/sh\ncat >> told.txt\nprintf "%s\\n" "$MISSIONWIRE_ALERT_JSON" >> told.jsonl\n'
    )
    (tmp_path / "tell.sh").chmod(0o755)

    def read():
        file = tmp_path / "told.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    return read


def test_a_dead_feed_is_told_of_once_and_again_after_it_was_well(site, tmp_path, told):
    feeds = feed_list(tmp_path, site.url("/feed"))
    settings = {"MISSIONWIRE_ALERT": f"{tmp_path}/tell.sh"}

    def run(day):
        missionwire(
            "run",
            "--all",
            "--feeds",
            feeds,
            cwd=tmp_path,
            settings={**settings, "MISSIONWIRE_NOW": f"2025-01-{day}T06:00Z"},
        )

    site.replies["/feed"] = feed(site)
    run("01")
    assert told() == []
    site.replies["/feed"] = Reply(status=410)
    run("02")
    run("03")
    assert [[f["state"] for f in message["feeds"]] for message in told()] == [["gone"]]
    assert "Paper is gone" in (tmp_path / "told.txt").read_text()
    site.replies["/feed"] = feed(site)
    run("10")
    site.replies["/feed"] = Reply(status=410)
    run("11")
    assert len(told()) == 2


def test_a_source_whose_pages_turn_empty_is_told_of_once(site, tmp_path, told):
    """The feed goes on as before; its pages hold a menu instead of the story."""
    stories = [(f"/story/{number}", f"Kenya sends {number}00 officers") for number in range(25)]
    for number, (path, title) in enumerate(stories):
        site.replies[path] = page(title) if number < 15 else Reply(b"<html><body><nav>Home</nav></body></html>")
    feeds = feed_list(tmp_path, site.url("/feed"))
    for day, upto in (("01", 15), ("05", 25), ("06", 25)):
        site.replies["/feed"] = feed(site, *stories[:upto])
        settings = {"MISSIONWIRE_ALERT": f"{tmp_path}/tell.sh", "MISSIONWIRE_NOW": f"2025-02-{day}T06:00Z"}
        done = missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path, settings=settings)
        assert done.returncode == 0, done.stderr
    assert "feeds: 1 drying" in done.stderr
    [message] = told()
    assert [each["state"] for each in message["feeds"]] == ["drying"]
    assert message["text"] == (
        "missionwire: Paper is drying up: "
        "10 of its last 10 pages gave no text since 2025-02-05, mostly no_text; 0 % before"
    )


def test_a_failed_run_is_told_of(site, tmp_path, told):
    site.replies["/feed"] = feed(site, ("/story", "Kenya sends 150"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data/archive").write_text("a file where a folder should be")
    settings = {"MISSIONWIRE_ALERT": f"{tmp_path}/tell.sh"}
    missionwire("run", "--feeds", feed_list(tmp_path, site.url("/feed")), cwd=tmp_path, settings=settings)
    assert [message["state"] for message in told()] == ["failed"]


def test_an_alert_that_fails_fails_no_run(site, tmp_path):
    site.replies["/feed"] = Reply(status=410)
    feeds = feed_list(tmp_path, site.url("/feed"))
    for command in ("/nowhere/to/be/found", "false", "http://127.0.0.1:1/hook"):
        done = missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path, settings={"MISSIONWIRE_ALERT": command})
        assert done.returncode == 1
        assert "the alert could not be given" in done.stderr


def test_a_webhook_gets_json(site, tmp_path):
    got = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    site.replies["/feed"] = Reply(status=410)
    settings = {"MISSIONWIRE_ALERT": f"http://127.0.0.1:{server.server_address[1]}/hook"}
    missionwire("run", "--feeds", feed_list(tmp_path, site.url("/feed")), cwd=tmp_path, settings=settings)
    server.shutdown()
    server.server_close()
    (message,) = got
    assert message["feeds"][0]["state"] == "gone"
    assert message["text"].startswith("missionwire: Paper is gone")


def test_an_error_of_a_webhook_does_not_repeat_its_address(site):
    site.replies["/services/key"] = Reply(status=404)
    for url in (site.url("/services/key"), "http://127.0.0.1:1/services/key"):
        with pytest.raises(SettingsError) as caught:
            post_message(url, {}, user_agent="missionwire")
        assert "key" not in str(caught.value)
