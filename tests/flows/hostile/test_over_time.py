"""What servers do over several polls: validators that lie, moves, requests for patience, robots.txt, and the end."""

from datetime import timedelta

import pytest

from flows.due import USUAL
from tests.flows.hostile.conftest import NOW, SHORT
from tests.flows.hostile.server import FEED, http, moved, rss
from warehouse.state import FeedState

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
OTHER = rss(("/2", "Jamaica joins"))


def outcomes(reader, url, *moments):
    return [str(reader.run(url, now=NOW + moment).poll.outcome) for moment in moments]


def test_304_for_ever_is_believed_for_eight_days_only(server, reader):
    server.answers["/feed"] = [http(FEED, ETag='"1"'), http(b"", "304 Not Modified")]
    found = outcomes(reader, server.url("/feed"), 0 * DAY, DAY, 5 * DAY, 9 * DAY)
    assert found == ["changed", "unchanged", "unchanged", "failed"]
    assert [asked.get("if-none-match") for asked in server.asked()[:4]] == [None, '"1"', '"1"', None]
    assert len(server.asked()) == 6


def test_a_304_with_another_etag_is_answered_with_that_one(server, reader):
    server.answers["/feed"] = [http(FEED, ETag='"1"'), http(b"", "304 Not Modified", ETag='W/"2"')]
    assert outcomes(reader, server.url("/feed"), 0 * DAY, DAY, 2 * DAY) == ["changed", "unchanged", "unchanged"]
    assert server.asked()[2]["if-none-match"] == 'W/"2"'


def test_a_new_etag_each_time_for_the_same_bytes_is_unchanged(server, reader):
    server.answers["/feed"] = [http(FEED, ETag=f'"{number}"') for number in range(3)]
    assert outcomes(reader, server.url("/feed"), 0 * DAY, DAY, 2 * DAY) == ["changed", "unchanged", "unchanged"]


def test_another_body_under_the_same_etag_is_changed(server, reader):
    server.answers["/feed"] = [http(FEED, ETag='"1"'), http(OTHER, ETag='"1"')]
    assert outcomes(reader, server.url("/feed"), 0 * DAY, DAY) == ["changed", "changed"]


@pytest.mark.parametrize("etag", ['"\xe9t\xe9"', "no quotes", '"' + "x" * 8_000 + '"', 'W/"a", "b"'])
def test_a_strange_etag_is_sent_back_byte_for_byte(server, reader, etag):
    server.answers["/feed"] = http(FEED, ETag=etag, Last_Modified="the day before yesterday")
    assert outcomes(reader, server.url("/feed"), 0 * DAY, DAY) == ["changed", "unchanged"]
    assert server.asked()[1]["if-none-match"] == etag
    assert server.asked()[1]["if-modified-since"] == "the day before yesterday"


def test_a_build_date_that_changes_each_time_is_no_change(server, reader):
    server.answers["/feed"] = [
        http(rss(("/1", "Haiti"), head=f"<lastBuildDate>{number}</lastBuildDate>")) for number in range(3)
    ]
    assert outcomes(reader, server.url("/feed"), 0 * DAY, DAY, 2 * DAY) == ["changed", "unchanged", "unchanged"]


def test_an_empty_feed_that_was_full_is_read_and_loses_nothing(server, reader):
    server.answers["/feed"] = [http(FEED), http(rss()), http(FEED)]
    runs = [reader.run(server.url("/feed"), now=NOW + number * DAY) for number in range(3)]
    assert [(run.poll.outcome, run.poll.entries_seen, run.poll.entries_new) for run in runs] == [
        ("changed", 1, 1),
        ("changed", 0, 0),
        ("changed", 1, 1),
    ]


def test_two_feeds_under_one_address_are_both_read(server, reader):
    server.answers["/feed"] = [http(FEED), http(OTHER)] * 2
    runs = [reader.run(server.url("/feed"), now=NOW + number * DAY) for number in range(4)]
    assert {entry.url for run in runs for entry in run.new} == {"http://p.example/1", "http://p.example/2"}
    assert {run.poll.outcome for run in runs} == {"changed"}


def test_a_guid_that_is_used_again_for_another_story_hides_neither(server, reader):
    """Some papers number their stories anew each day."""
    items = [f"<item><guid>1</guid><title>Story {n}</title><link>http://p.example/{n}</link></item>" for n in (1, 2)]
    server.answers["/feed"] = [http(rss(item)) for item in items]
    runs = [reader.run(server.url("/feed"), now=NOW + number * DAY) for number in range(3)]
    assert [[entry.url for entry in run.new] for run in runs] == [["http://p.example/1"], ["http://p.example/2"], []]


def test_a_feed_that_turns_into_a_page_fails_and_comes_back(server, reader):
    page = http(b"<!DOCTYPE html><html><body>Maintenance</body></html>", Content_Type="text/html")
    server.answers["/feed"] = [http(FEED), page, http(OTHER)]
    runs = [reader.run(server.url("/feed"), now=NOW + number * DAY) for number in range(3)]
    assert [(run.poll.outcome, run.poll.failure_count) for run in runs] == [
        ("changed", 0),
        ("failed", 1),
        ("changed", 0),
    ]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize("wish", ["7200", "Mon, 20 Jan 2025 14:00:00 GMT", "Monday, 20-Jan-25 14:00:00 GMT"])
def test_retry_after_is_heeded_in_both_forms_for_the_whole_domain(server, reader, status, wish):
    server.answers |= {"/feed": http(b"", status, Retry_After=wish), "/other": http(FEED)}
    poll = reader.poll(server.url("/feed"))[0].poll
    assert (poll.outcome, poll.reason) == ("failed", "too_many_requests" if status[0] == "4" else "server_error")
    assert poll.not_before == NOW + 2 * HOUR
    assert poll.next_due_at >= poll.not_before
    reader.poll(server.url("/other"), now=NOW + HOUR)
    assert len(server.asked()) == 1
    assert reader.poll(server.url("/other"), now=NOW + 3 * HOUR)[0].poll.outcome == "changed"


@pytest.mark.parametrize(
    ("wish", "requests"),
    [
        ("soon", 3),
        ("-5", 3),
        ("0", 3),
        ("", 3),
        ("Sun, 19 Jan 2025 12:00:00 GMT", 3),
        ("Mon, 20 Jan 99999 12:00:00 GMT", 3),
        ("9" * 400, 1),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 3),
    ],
)
def test_a_senseless_retry_after_holds_for_a_day_at_most(server, reader, wish, requests):
    server.answers["/feed"] = http(b"", "503 Busy", Retry_After=wish)
    poll = reader.poll(server.url("/feed"))[0].poll
    assert (poll.outcome, poll.reason, len(server.asked())) == ("failed", "server_error", requests)
    assert NOW < poll.next_due_at <= NOW + DAY


@pytest.mark.parametrize(
    "said",
    [
        {"Cache_Control": f"max-age={'9' * 400}"},
        {"Cache_Control": "max-age=-1, max-age=x"},
        {"Expires": "Fri, 31 Dec 9999 23:59:59 -2359", "Date": "Mon, 20 Jan 2025 12:00:00 GMT"},
        {"Expires": "0", "Date": "now"},
    ],
)
def test_a_senseless_cache_lifetime_holds_for_a_day_at_most(server, reader, said):
    server.answers["/feed"] = http(FEED, **said)
    poll = reader.run(server.url("/feed")).poll
    assert poll.outcome == "changed"
    assert NOW < poll.next_due_at <= NOW + DAY


def test_a_permanent_redirect_given_once_is_followed_and_forgotten(server, reader):
    server.answers |= {"/feed": [moved("/new"), http(FEED)], "/new": http(FEED)}
    first = reader.run(server.url("/feed")).poll
    assert (first.moved_to, first.moved_days, first.next_url) == (server.url("/new"), 1, server.url("/feed"))
    again = reader.run(server.url("/feed"), now=NOW + DAY).poll
    assert (again.moved_to, again.next_url) == (None, server.url("/feed"))


def test_a_permanent_redirect_of_three_days_is_believed(server, reader):
    server.answers |= {"/feed": moved("/new", "308 Permanent Redirect"), "/new": http(FEED)}
    for moment in (0 * DAY, HOUR, DAY, 2 * DAY, 3 * DAY):
        poll = reader.run(server.url("/feed"), now=NOW + moment).poll
    assert (poll.asked_url, poll.outcome) == (server.url("/new"), "unchanged")
    assert len(server.asked("/feed")) == 4


def test_a_maintenance_page_of_three_days_moves_no_feed(server, reader):
    page = http(b"<html><body>Back soon</body></html>", Content_Type="text/html")
    server.answers |= {"/feed": [http(FEED), moved("/soon")], "/soon": page}
    for number in range(5):
        poll = reader.run(server.url("/feed"), now=NOW + number * DAY).poll
    assert (poll.outcome, poll.reason, poll.next_url) == ("failed", "not_a_feed", server.url("/feed"))
    assert len(server.asked("/feed")) == 5


def test_a_permanent_redirect_to_another_feed_is_followed_and_never_believed(server, reader):
    """A closed paper leads to its new owner's feed, which shares no entry with it."""
    server.answers |= {"/feed": [http(FEED), moved("/owner")], "/owner": http(OTHER)}
    polls = [reader.run(server.url("/feed"), now=NOW + number * DAY).poll for number in range(6)]
    assert [(poll.moved_to, poll.moved_days) for poll in polls[1:]] == [(server.url("/owner"), 0)] * 5
    assert {poll.next_url for poll in polls} == {server.url("/feed")}
    assert len(server.asked("/feed")) == 6


def test_gone_is_asked_once_a_week(server, reader):
    server.answers["/feed"] = http(b"", "410 Gone")
    assert reader.run(server.url("/feed")).poll.next_due_at == NOW + 7 * DAY


@pytest.mark.parametrize(("failures", "pause"), [(0, USUAL), (1, 2 * USUAL), (10, DAY), (21, 7 * DAY), (500, 7 * DAY)])
def test_failures_are_asked_ever_later_and_never_not_at_all(server, reader, failures, pause):
    url = server.url("/feed")
    poll = reader.poll(url, states={url: FeedState(url, failure_count=failures)})[0].poll
    assert (poll.reason, poll.failure_count, poll.next_due_at - NOW) == ("not_found", failures + 1, pause)


ROBOTS = [
    ("forbids all", http(b"User-agent: *\nDisallow: /"), "robots", 0),
    ("forbids all, with a byte-order mark", http(b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), "robots", 0),
    ("forbids us by name", http(b"User-agent: missionwire\nDisallow: /feed\n\nUser-agent: *\nAllow: /"), "robots", 0),
    ("forbids another", http(b"User-agent: otherbot\nDisallow: /"), None, 1),
    ("forbids behind a redirect", moved("/rules"), "robots", 0),
    ("answers 500", http(b"", "500 Oops"), "robots", 0),
    ("answers 429", http(b"", "429 Slow down"), "robots", 0),
    ("answers 403", http(b"", "403 Forbidden"), None, 1),
    ("is a page", http(b"<html><body>User-agent: nobody</body></html>"), None, 1),
    ("is binary", http(bytes(range(256)) * 10), None, 1),
    ("redirects to itself", moved("/robots.txt"), None, 1),
    ("redirects to no address", moved("javascript:1"), None, 1),
    ("has no end", http(b"User-agent: *\nAllow: /\n" + b"# x\n" * 700_000), None, 1),
    ("asks for a senseless delay", http(b"User-agent: *\nCrawl-delay: never"), None, 1),
    ("asks for a delay below nothing", http(b"User-agent: *\nCrawl-delay: -5"), None, 1),
    ("breaks off", http(b"User-agent: *", Content_Length=900), "protocol_error", 0),
]


@pytest.mark.parametrize(("robots", "reason", "requests"), [row[1:] for row in ROBOTS], ids=[row[0] for row in ROBOTS])
def test_robots_txt(server, reader, robots, reason, requests):
    server.answers |= {
        "/robots.txt": robots,
        "/rules": http(b"User-agent: *\nDisallow: /feed"),
        "/feed": http(FEED),
    }
    poll = reader.poll(server.url("/feed"))[0].poll
    assert (poll.outcome, poll.reason) == ("failed" if reason else "changed", reason)
    assert len(server.asked("/feed")) == requests


def test_a_robots_txt_that_times_out_is_waited_for_once_a_run(server, reader):
    server.answers |= {"/robots.txt": lambda *_: server.pause(5), "/a": http(FEED), "/b": http(FEED)}
    polled = reader.poll(server.url("/a"), server.url("/b"), limits=SHORT)
    assert [(each.poll.outcome, each.poll.reason) for each in polled] == [("failed", "timeout")] * 2
    assert [path for path, _ in server.requests] == ["/robots.txt"]
    server.answers["/robots.txt"] = http(b"", "404 Not Found")
    assert reader.poll(server.url("/a"), now=NOW + HOUR)[0].poll.outcome == "changed"


def test_everything_down_at_once_blames_no_feed(serve, reader):
    servers = [serve(f"127.0.0.{number}") for number in (3, 4, 5)]
    urls = [server.url("/feed") for server in servers]
    for server in servers:
        server.close()
    for moment in range(2):
        polls = reader.run(*urls, now=NOW + moment * HOUR).polls
        assert {(poll.reason, poll.failure_count) for poll in polls} == {("network_down", 0)}
        assert {poll.next_due_at - poll.polled_at for poll in polls} == {timedelta(minutes=5)}


def test_a_forbidden_feed_does_not_hide_that_our_line_is_down(serve, reader):
    """Its rules are known from before; the others cannot be reached."""
    servers = [serve(f"127.0.0.{number}") for number in (6, 7, 8)]
    closed, *_ = servers
    closed.answers["/robots.txt"] = http(b"User-agent: *\nDisallow: /")
    assert reader.run(closed.url("/feed")).poll.reason == "robots"
    for server in servers:
        server.close()
    polls = reader.run(*(server.url("/feed") for server in servers), now=NOW + HOUR).polls
    assert [poll.reason for poll in polls] == ["robots", "network_down", "network_down"]


def test_one_server_that_answers_puts_the_blame_on_the_others(serve, reader):
    alive, dead = serve("127.0.0.3"), serve("127.0.0.4")
    alive.answers["/feed"] = http(b"", "404 Not Found")
    dead.close()
    found = reader.run(alive.url("/feed"), dead.url("/feed")).polls
    assert [(poll.reason, poll.failure_count) for poll in found] == [("not_found", 1), ("unreachable", 1)]
