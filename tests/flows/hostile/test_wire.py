"""What servers do to a single poll, byte by byte, and the row that each leaves."""

import gzip
import zlib
from dataclasses import dataclass
from itertools import pairwise

import brotli
import pytest

from tests.flows.hostile.conftest import PATIENT, SHORT
from tests.flows.hostile.server import FEED, ITEM, http, moved, rss
from tests.flows.sql_clients import wait_until

GARBLED = bytes(range(128, 256)) * 4


@dataclass(frozen=True)
class Case:
    """A behaviour: what /feed, and other paths, answer, and what the poll must say; robots.txt is not counted."""

    name: str
    answers: object
    outcome: str = "changed"
    reason: str | None = None
    requests: int = 1
    entries: int = 0
    detail: str = ""
    fault: str = ""


def changed(name, answers, entries=1, requests=1, fault=""):
    return Case(name, answers, requests=requests, entries=entries, fault=fault)


def failed(name, answers, reason, requests=1, detail=""):
    return Case(name, answers, "failed", reason, requests, detail=detail)


def drip(piece, seconds=0.05, head=b""):
    """Send a piece again and again, for ever."""

    def send(stream, _):
        stream.sendall(head)
        server = send.server
        while server.pause(seconds):
            stream.sendall(piece)

    return send


def silence(head=b""):
    """Send what is given, and then nothing, with the connection open."""

    def send(stream, _):
        stream.sendall(head)
        send.server.pause(10)

    return send


def flood(stream, _):
    """Headers without end, as fast as they are taken."""
    stream.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        stream.sendall(b"X-Header-%d: %s\r\n" % (number, b"x" * 200))


def bomb_without_end(stream, _):
    """A gzip stream that goes on unpacking to zeros."""
    stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n")
    packer = zlib.compressobj(wbits=31)
    for _number in range(200):
        stream.sendall(packer.compress(b"\0" * 1_000_000))
    stream.sendall(packer.flush())


def with_cookie(stream, headers):
    """Redirects to itself until its cookie comes back."""
    has_cookie = "seen=1" in headers.get("cookie", "")
    stream.sendall(http(FEED) if has_cookie else moved("/feed", "302 Found", Set_Cookie="seen=1; Path=/"))


def chain(hops):
    """/feed -> /1 -> /2 ..., and the feed behind the last."""
    paths = ["/feed", *(f"/{number}" for number in range(1, hops + 1))]
    redirects = {path: moved(after, "302 Found") for path, after in pairwise(paths)}
    return {**redirects, paths[-1]: http(FEED)}


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
WHOLE_CHUNK = b"%x\r\n%s\r\n" % (len(FEED), FEED)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\nConnection: close\r\n\r\n"

TIME = [
    failed("no answer at all", silence(), "timeout", 3),
    failed("silent after the headers", silence(HEAD), "timeout", 3),
    failed("one byte at a time for ever", drip(b"x", head=HEAD), "timeout", 3),
    failed("headers one at a time for ever", drip(b"X-A: b\r\n", head=b"HTTP/1.1 200 OK\r\n"), "timeout", 3),
    failed("chunks one at a time for ever", drip(b"1\r\nx\r\n", head=CHUNKED), "timeout", 3),
    failed("silent in the middle of the status line", silence(b"HTTP/1.1 2"), "timeout", 3),
]
BYTES = [
    failed("headers that never end", flood, "protocol_error", 3),
    failed("no status line", b"Content-Type: text/xml\r\n\r\n" + FEED, "protocol_error", 3),
    failed("an HTTP/0.9 body", FEED, "protocol_error", 3),
    failed("closed without a byte", b"", "protocol_error", 3),
    failed("closed after the headers", HEAD, "protocol_error", 3),
    failed("a header without a colon", b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n" + FEED, "protocol_error", 3),
    failed("another protocol", b"SSH-2.0-OpenSSH_9.2\r\n", "protocol_error", 3),
    failed("a length that is too long", http(FEED, Content_Length=len(FEED) + 10), "protocol_error", 3),
    changed("a length that is too short", http(rss(ITEM, ITEM), Content_Length=len(FEED) + 20), 2, fault="not well"),
    failed("two lengths that differ", http(FEED, content_length="5"), "protocol_error", 3),
    failed("a length that is no number", http(FEED, Content_Length="many"), "protocol_error", 3),
    failed("a negative length", http(FEED, Content_Length="-1"), "protocol_error", 3),
    changed("no length, ended by closing", http(FEED, Content_Length=None)),
    changed("whole chunks", CHUNKED + WHOLE_CHUNK + b"0\r\n\r\n"),
    failed("chunks that break off", CHUNKED + WHOLE_CHUNK[:40], "protocol_error", 3),
    failed("chunks without the last one", CHUNKED + WHOLE_CHUNK, "protocol_error", 3),
    failed("a chunk size that is no number", CHUNKED + b"zz\r\n" + FEED, "protocol_error", 3),
    changed("bytes after the end", http(FEED) + b"HTTP/1.1 200 OK\r\n\r\nmore"),
    changed("100 Continue first", b"HTTP/1.1 100 Continue\r\n\r\n" + http(FEED)),
    changed("HTTP/1.0", http(FEED).replace(b"1.1", b"1.0", 1)),
    changed("bytes above 127 in a header", http(FEED, X_Motto="\xe9\xff")),
]
CODINGS = [
    changed("gzip", http(gzip.compress(FEED), Content_Encoding="gzip")),
    changed("brotli", http(brotli.compress(FEED), Content_Encoding="br")),
    changed("deflate", http(zlib.compress(FEED), Content_Encoding="deflate")),
    changed("deflate without a zlib head", http(zlib.compress(FEED)[2:-4], Content_Encoding="deflate")),
    changed("nested codings", http(brotli.compress(gzip.compress(FEED)), Content_Encoding="gzip, br")),
    changed("a coding that is a charset", http(FEED, Content_Encoding="utf-8")),
    failed("a coding that nobody knows", http(GARBLED, Content_Encoding="x-own"), "not_a_feed"),
    failed("gzip that is none", http(FEED, Content_Encoding="gzip"), "protocol_error", 3),
    failed("brotli that is none", http(FEED, Content_Encoding="br"), "protocol_error", 3),
    failed("a gzip bomb", http(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip"), "too_large"),
    failed("a gzip bomb without end", bomb_without_end, "too_large"),
    failed("a brotli bomb", http(brotli.compress(b"\0" * 50_000_000, quality=3), Content_Encoding="br"), "too_large"),
    failed(
        "gzip in gzip, a bomb",
        http(gzip.compress(gzip.compress(b"\0" * 50_000_000)), Content_Encoding="gzip, gzip"),
        "too_large",
    ),
    failed("too long, and said so", http(b"x" * 3_000_000), "too_large"),
]
STATUSES = [
    failed("404", http(b"", "404 Not Found"), "not_found"),
    failed("410", http(b"", "410 Gone"), "gone"),
    failed("401", http(b"", "401 Unauthorized", WWW_Authenticate="Basic"), "forbidden"),
    failed("402", http(b"", "402 Payment Required"), "payment_required"),
    failed("403", http(FEED, "403 Forbidden"), "forbidden"),
    failed("451", http(b"", "451 Unavailable"), "forbidden"),
    failed("418", http(b"", "418 Teapot"), "http_error", detail="HTTP 418"),
    failed("204", http(b"", "204 No Content"), "http_error", detail="HTTP 204"),
    failed("206 to nobody's range", http(FEED, "206 Partial Content"), "http_error"),
    failed("500", http(b"", "500 Oops"), "server_error", 3),
    failed("599", http(b"", "599 Oops"), "server_error", 3),
    failed("999", http(FEED, "999 Request denied"), "server_error", 3, detail="HTTP 999"),
    failed("304 to a first request", http(b"", "304 Not Modified"), "protocol_error", 3, detail="304"),
    changed("500, then well", [http(b"", "500 Oops"), http(FEED)], requests=2),
    changed("no reason phrase", http(FEED, "200 ")),
]
REDIRECTS = [
    changed("five redirects", chain(5), requests=6),
    failed("six redirects", chain(6), "too_many_redirects", 6),
    failed("a redirect to itself", moved("/feed", "302 Found"), "too_many_redirects", 6),
    failed(
        "two that redirect to each other",
        {"/feed": moved("/b"), "/b": moved("/feed")},
        "too_many_redirects",
        6,
    ),
    changed("a cookie that must come back", with_cookie, requests=2),
    failed("a cookie that is never enough", moved("/feed", "302 Found", Set_Cookie="a=b"), "too_many_redirects", 6),
    changed("a Location without scheme and host", {"/feed": moved("new?x=1"), "/new?x=1": http(FEED)}, requests=2),
    changed("a Location with a fragment", {"/feed": moved("/new#top"), "/new": http(FEED)}, requests=2),
    changed("a Location with spaces", {"/feed": moved("/a b"), "/a%20b": http(FEED)}, requests=2),
    changed("a Location with accents", {"/feed": moved("/\xe9"), "/%C3%A9": http(FEED)}, requests=2),
    changed(
        "a tracking parameter that the server insists on",
        {"/feed": moved("/feed?utm_source=rss&a=1"), "/feed?utm_source=rss&a=1": http(FEED)},
        requests=2,
    ),
    failed("an empty Location", moved(""), "bad_url"),
    failed("a redirect without Location", http(b"", "301 Moved"), "http_error", detail="HTTP 301"),
    failed("javascript: as Location", moved("javascript:alert(1)"), "bad_url"),
    failed("file: as Location", moved("file:///etc/passwd"), "bad_url"),
    failed("ftp: as Location", moved("ftp://127.0.0.1/feed"), "bad_url"),
    failed("a Location without a host, which is this one", moved("http:///feed"), "too_many_redirects", 6),
    failed("a Location with a port that is none", moved("http://127.0.0.1:99999/"), "bad_url"),
    failed("a Location with an address that is none", moved("http://[::1/feed"), "bad_url"),
    failed("300 with choices", http(b"", "300 Multiple Choices", Location="/b"), "http_error"),
]


@pytest.mark.parametrize("case", [*TIME, *BYTES, *CODINGS, *STATUSES, *REDIRECTS], ids=lambda case: case.name)
def test_a_poll(case, server, reader):
    answers = case.answers if isinstance(case.answers, dict) else {"/feed": case.answers}
    for answer in answers.values():
        if callable(answer):
            answer.server = server
    server.answers |= answers
    (polled,) = reader.poll(server.url("/feed"), limits=SHORT if case in TIME else PATIENT)
    poll = polled.poll
    assert (poll.outcome, poll.reason, poll.detail if not poll.reason else "") == (case.outcome, case.reason, "")
    assert case.detail in poll.detail
    assert any(case.fault in fault for fault in (*poll.faults, ""))
    assert len(polled.entries) == poll.entries_seen == case.entries
    # On a busy machine a poll of little patience may have given up before the server has read its request.
    wait_until(lambda: len(server.asked()) >= case.requests)
    assert len(server.asked()) == case.requests
    assert poll.next_due_at is None or poll.next_due_at > poll.polled_at


def test_credentials_in_a_location_are_not_sent(server, reader):
    server.answers |= {"/feed": moved(f"http://user:secret@127.0.0.1:{server.port}/new"), "/new": http(FEED)}
    (polled,) = reader.poll(server.url("/feed"))
    assert polled.poll.outcome == "changed"
    assert "authorization" not in server.asked("/new")[0]
    assert "secret" not in polled.poll.final_url
