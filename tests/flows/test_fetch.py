"""Asking servers: validators, limits, refusals, and the archive that keeps what came back."""

import asyncio
import gzip
import time
import zlib
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import httpx
import pytest

from extractors.errors import FetchError, TransientError
from extractors.records import Entry, Reason
from flows.fetch.addresses import is_public
from flows.fetch.archive import Archive, archived_offsets, read_archived
from flows.fetch.client import Fetcher, Known
from flows.fetch.limits import USUAL_LIMITS, Limits
from flows.fetch.manners import Manners
from flows.fetch.spacing import Spacing
from flows.fetch.waits import fresh_seconds
from tests.flows.conftest import Reply

NOW = datetime(2025, 1, 20, 12, tzinfo=UTC)
PAGE = "<p>Pòtoprens</p>".encode()


@pytest.fixture
def ask(tmp_path):
    """Fetch one URL after another with one fetcher and one archive."""

    def fetch(*urls, allow_private=True, connect_to=None, limits=USUAL_LIMITS, **wishes):
        async def fetch_all():
            fetcher = Fetcher(
                user_agent="missionwire test",
                spacing_seconds=0,
                allow_private=allow_private,
                retry_seconds=0,
                manners=tmp_path / "manners",
                clock=lambda: NOW,
                connect_to=connect_to,
                limits=limits,
            )
            try:
                with Archive(tmp_path, f"batch-{len(list(tmp_path.rglob('*.gz')))}", now=NOW) as archive:
                    return [await fetcher.fetch(url, archive=archive, **wishes) for url in urls]
            finally:
                await fetcher.close()

        return asyncio.run(fetch_all())

    return fetch


def test_an_answer_is_archived_with_the_entry_that_led_to_it(site, ask, tmp_path):
    site.replies["/a"] = Reply(
        gzip.compress(PAGE), headers={"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"}
    )
    entry = Entry("http://feed.example/", "1", site.url("/a"), "Title", published_at=NOW, authors=("A. Writer",))
    (answer,) = ask(site.url("/a"), entry=entry)
    page, led_by = read_archived(tmp_path, answer.page.archive_file, answer.page.archive_offset)
    assert page == answer.page
    assert page.body == PAGE
    assert page.content_type == "text/html; charset=utf-8"
    assert led_by == entry


def test_each_response_of_an_archive_can_be_found_again(site, ask, tmp_path):
    site.replies |= {"/a": Reply(b"first"), "/b": Reply(b"second")}
    answers = ask(site.url("/a"), site.url("/b"))
    file = tmp_path / answers[0].page.archive_file
    assert list(archived_offsets(file)) == [answer.page.archive_offset for answer in answers]
    assert [read_archived(tmp_path, answers[0].page.archive_file, at)[0].body for at in archived_offsets(file)] == [
        b"first",
        b"second",
    ]


def test_validators_are_sent_back_verbatim_and_304_brings_no_page(site, ask):
    site.replies["/feed"] = Reply(status=304, headers={"ETag": 'W/"7"'})
    (answer,) = ask(site.url("/feed"), known=Known('W/"7"', "Sun, 19 Jan 2025 10:00:00 GMT"))
    assert answer.page is None
    assert answer.status == 304
    (headers,) = site.asked("/feed")
    assert headers["If-None-Match"] == 'W/"7"'
    assert headers["If-Modified-Since"] == "Sun, 19 Jan 2025 10:00:00 GMT"
    assert headers["User-Agent"] == "missionwire test"


def test_bytes_that_are_known_are_no_page_and_not_archived_again(site, ask, tmp_path):
    site.replies["/feed"] = Reply(PAGE)
    (first,) = ask(site.url("/feed"))
    (again,) = ask(site.url("/feed"), known=Known(body_hash=first.body_hash))
    assert (again.status, again.page, again.body_hash) == (200, None, first.body_hash)
    assert len(list(tmp_path.rglob("*.warc.gz"))) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=7200"}, 7200),
        ({"Cache-Control": 'MAX-AGE="60"'}, 60),
        ({"Expires": "Mon, 20 Jan 2025 13:00:00 GMT", "Date": "Mon, 20 Jan 2025 12:00:00 GMT"}, 3600),
        ({"Expires": "0"}, None),
        ({"Cache-Control": "no-cache", "Expires": "Mon, 20 Jan 2035 13:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_the_cache_lifetime_is_read(headers, seconds):
    assert fresh_seconds(httpx.Headers(headers)) == seconds


@pytest.mark.parametrize(("statuses", "has_moved"), [((301, 308), True), ((301, 302), False), ((307, 301), False)])
def test_only_permanent_redirects_say_that_something_has_moved(site, ask, statuses, has_moved):
    site.replies |= {
        "/a": Reply(status=statuses[0], headers={"Location": "/b"}),
        "/b": Reply(status=statuses[1], headers={"Location": "/c"}),
        "/c": Reply(PAGE),
    }
    (answer,) = ask(site.url("/a"))
    assert answer.moved_to == (site.url("/c") if has_moved else None)


def test_what_robots_txt_forbids_is_not_asked_for(site, ask):
    site.replies |= {
        "/robots.txt": Reply(b"User-agent: missionwire\nDisallow: /private\n"),
        "/public": Reply(status=301, headers={"Location": "/private/x"}),
    }
    for path in ("/private/x", "/public"):
        with pytest.raises(FetchError) as caught:
            ask(site.url(path))
        assert caught.value.reason is Reason.ROBOTS
        assert not isinstance(caught.value, TransientError)
    assert site.asked("/private/x") == []
    assert len(site.asked("/robots.txt")) == 1


def test_a_robots_txt_that_fails_means_wait(site, ask):
    site.replies |= {"/robots.txt": Reply(status=503), "/x": Reply(PAGE)}
    with pytest.raises(TransientError) as caught:
        ask(site.url("/x"))
    assert caught.value.reason is Reason.ROBOTS
    assert site.asked("/x") == []


@pytest.mark.parametrize("reply", [Reply(status=404), Reply(status=403), Reply(b"\xff\xfe no rules <html>"), Reply()])
def test_no_rules_forbid_nothing(site, ask, reply):
    site.replies |= {"/robots.txt": reply, "/x": Reply(PAGE)}
    (answer,) = ask(site.url("/x"))
    assert answer.page.body == PAGE


def test_a_domain_that_asks_for_patience_is_left_alone_by_later_runs_too(site, ask):
    site.replies |= {"/x": Reply(status=429, headers={"Retry-After": "3600"}), "/y": Reply(PAGE)}
    for path in ("/x", "/y"):
        with pytest.raises(TransientError) as caught:
            ask(site.url(path))
        assert caught.value.reason is Reason.TOO_MANY_REQUESTS
    assert site.asked("/y") == []


def test_rules_and_patience_run_out(tmp_path):
    clock = [NOW]
    manners = Manners(tmp_path, lambda: clock[0])
    manners.keep_rules("https://a.example", 200, "rules")
    manners.keep_rules("https://b.example", 503, "")
    manners.hold("a.example", 600)
    later = Manners(tmp_path, lambda: clock[0])
    assert later.rules("https://a.example").text == "rules"
    assert later.rules("https://b.example").is_failure
    assert later.seconds_held("a.example") == 600
    clock[0] += timedelta(hours=2)
    assert later.rules("https://b.example") is None
    assert later.rules("https://a.example").text == "rules"
    assert later.seconds_held("a.example") == 0
    clock[0] += timedelta(hours=23)
    assert later.rules("https://a.example") is None


def test_a_crawl_delay_keeps_requests_apart(site, ask):
    site.replies |= {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 0.4\n"), "/a": Reply(PAGE), "/b": Reply(PAGE)}
    started = time.monotonic()
    ask(site.url("/a"), site.url("/b"))
    assert time.monotonic() - started >= 0.4


def test_a_redirect_is_followed_and_the_last_address_is_kept(site, ask):
    site.replies |= {"/old": Reply(status=301, headers={"Location": "/new"}), "/new": Reply(PAGE)}
    (answer,) = ask(site.url("/old"))
    assert answer.page.url == site.url("/old")
    assert answer.page.final_url == answer.final_url == site.url("/new")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=404), Reason.NOT_FOUND),
        (Reply(status=410), Reason.GONE),
        (Reply(status=403), Reason.FORBIDDEN),
        (Reply(status=402), Reason.PAYMENT_REQUIRED),
        (Reply(status=418), Reason.HTTP_ERROR),
        (Reply(status=302, headers={"Location": "/x"}), Reason.TOO_MANY_REDIRECTS),
        (Reply(status=302, headers={"Location": "javascript:alert(1)"}), Reason.BAD_URL),
    ],
)
def test_a_refusal_has_its_own_reason_and_is_final(site, ask, reply, reason):
    site.replies["/x"] = reply
    with pytest.raises(FetchError) as caught:
        ask(site.url("/x"))
    assert caught.value.reason is reason
    assert not isinstance(caught.value, TransientError)


@pytest.mark.parametrize(
    ("status", "reason"), [(429, Reason.TOO_MANY_REQUESTS), (500, Reason.SERVER_ERROR), (503, Reason.SERVER_ERROR)]
)
def test_a_passing_failure_is_tried_three_times(site, ask, status, reason):
    site.replies["/x"] = Reply(status=status)
    with pytest.raises(TransientError) as caught:
        ask(site.url("/x"))
    assert caught.value.reason is reason
    assert len(site.asked("/x")) == 3


def test_a_failure_that_passes_is_no_failure(site, ask):
    site.replies["/x"] = [Reply(status=500), Reply(PAGE)]
    (answer,) = ask(site.url("/x"))
    assert answer.page.body == PAGE


def test_a_server_that_asks_for_patience_is_not_asked_again_in_this_run(site, ask):
    site.replies["/x"] = Reply(status=503, headers={"Retry-After": "120"})
    with pytest.raises(TransientError) as caught:
        ask(site.url("/x"))
    assert caught.value.retry_after_seconds == 120
    assert len(site.asked("/x")) == 1


def test_a_body_that_unpacks_beyond_the_cap_is_cut_off(site, ask):
    packed = zlib.compress(b"0" * 10_000_000)
    assert len(packed) < 100_000
    site.replies["/bomb"] = Reply(packed, headers={"Content-Encoding": "deflate"})
    with pytest.raises(FetchError) as caught:
        ask(site.url("/bomb"), limits=Limits(body_bytes=100_000))
    assert caught.value.reason is Reason.TOO_LARGE


def test_a_closed_port_is_unreachable(site, ask):
    url = site.url("/x")
    site.close()
    with pytest.raises(TransientError) as caught:
        ask(url)
    assert caught.value.reason is Reason.UNREACHABLE


def test_a_loopback_address_is_private_unless_allowed(site, ask):
    site.replies["/x"] = Reply(PAGE)
    with pytest.raises(FetchError) as caught:
        ask(site.url("/x"), allow_private=False)
    assert caught.value.reason is Reason.PRIVATE_ADDRESS
    assert site.requests == []


def test_a_name_that_resolves_to_loopback_is_private(site, ask):
    with pytest.raises(FetchError) as caught:
        ask(f"http://localhost:{site.port}/x", allow_private=False)
    assert caught.value.reason is Reason.PRIVATE_ADDRESS
    assert site.requests == []


def test_a_mapped_host_is_asked_at_its_address_under_its_own_name(site, ask):
    site.replies["/x"] = Reply(PAGE)
    (answer,) = ask(
        "http://ledger.example/x", allow_private=False, connect_to={"ledger.example": ("127.0.0.1", site.port)}
    )
    assert answer.final_url == "http://ledger.example/x"
    assert site.requests[0][1]["Host"] == "ledger.example"


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
    ],
)
def test_an_address_off_the_public_internet_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_on_the_public_internet_is_public(address):
    assert is_public(address)


def test_two_requests_to_one_domain_never_overlap_and_keep_their_distance():
    async def measure():
        spacing, loop, spans = Spacing(0.05), asyncio.get_running_loop(), []

        async def ask(domain):
            async with spacing.turn(domain, 0.0):
                start = loop.time()
                await asyncio.sleep(0.01)
                spans.append((domain, start, loop.time()))

        await asyncio.gather(*(ask("a") for _ in range(3)), ask("b"))
        return spans

    spans = asyncio.run(measure())
    ours = sorted((start, end) for domain, start, end in spans if domain == "a")
    assert all(later[0] - earlier[1] >= 0.05 for earlier, later in pairwise(ours))
    assert next(start for domain, start, _ in spans if domain == "b") < ours[1][0]
