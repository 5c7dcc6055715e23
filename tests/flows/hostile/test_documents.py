"""What stands in a feed's document: encodings, bombs, debris, links and dates, and the entries read from it."""

from datetime import UTC, datetime, timedelta

import pytest

from extractors.feed_text import MOST_ENTRIES
from flows.fetch.limits import Limits
from tests.flows.hostile.conftest import NOW
from tests.flows.hostile.server import FEED, ITEM, http, rss

ACCENTS = "<item><title>Pòtoprens – “Haïti”</title><link>http://p.example/1</link></item>"
LATIN = "<item><title>Conseil présidentiel à Haïti</title><link>http://p.example/1</link></item>"
BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
QUADRATIC = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">'
HALF_A_PAIR = (
    b'{"version": "https://jsonfeed.org/version/1.1", "items": '
    b'[{"id": "\\ud800", "url": "http://p.example/\\udfff", "title": "Kenya"}]}'
)
UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>'


def item(title="Kenya sends 150 to Haiti", link="http://p.example/1", more=""):
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def with_doctype(doctype, title):
    return rss(item(title), declaration=f'<?xml version="1.0"?>{doctype}]>')


READ = [
    ("UTF-8 with BOM", b"\xef\xbb\xbf" + rss(ACCENTS), "Pòtoprens – “Haïti”"),
    ("UTF-16 with BOM", rss(ACCENTS, declaration=UTF_16, encoding="utf-16"), "Pòtoprens – “Haïti”"),
    ("UTF-16 without BOM", rss(ACCENTS, declaration=UTF_16, encoding="utf-16-be"), "Pòtoprens – “Haïti”"),
    (
        "UTF-8 declared as Latin-1",
        rss(ACCENTS, declaration='<?xml version="1.0" encoding="ISO-8859-1"?>'),
        "Pòtoprens – “Haïti”",
    ),
    ("Latin-1 declared as UTF-8", rss(LATIN, encoding="latin-1"), "Conseil présidentiel à Haïti"),
    (
        "a charset that does not exist",
        rss(ACCENTS, declaration='<?xml version="1.0" encoding="x-none"?>'),
        "Pòtoprens – “Haïti”",
    ),
    ("null bytes", rss(item("Kenya\0 sends")), "Kenya sends"),
    ("control characters", rss(item("Kenya\x08\x1b sends")), "Kenya sends"),
    ("references to what is no character", rss(item("Kenya&#0;&#xD800;&#99999999; sends")), "Kenya sends"),
    ("double-encoded entities", rss(item("Kenya &amp;amp; Haiti &amp;eacute;")), "Kenya & Haiti é"),
    ("HTML entities without a DTD", rss(item("caf&eacute; &nbsp;&mdash; Haiti")), "café — Haiti"),
    ("markup in a title", rss(item("<![CDATA[<b>Kenya</b> <script>alert(1)</script>sends]]>")), "Kenya sends"),
    (
        "half a surrogate pair in JSON",
        HALF_A_PAIR,
        "Kenya",
    ),
    ("a bare ampersand", rss(item("Law & order")), "Law & order"),
    ("text before the declaration", b"\n<br>Warning: x\n" + FEED, ITEM[1]),
    ("cut in the middle", rss(item(), item("Second"))[:-40], "Kenya sends 150 to Haiti"),
    ("an external entity", with_doctype('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">', "A&x;B"), None),
]


@pytest.mark.parametrize(("body", "title"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_a_broken_document_is_read(server, reader, body, title):
    server.answers["/feed"] = http(body, Content_Type="application/rss+xml")
    (polled,) = reader.poll(server.url("/feed"))
    assert (polled.poll.outcome, polled.poll.reason) == ("changed", None)
    assert polled.entries
    assert title is None or polled.entries[0].title == title
    assert "root:" not in repr(polled.entries)


@pytest.mark.parametrize("head", [{"Content_Type": "text/html"}, {"Content_Type": "image/png"}, {"Content_Type": ""}])
def test_a_feed_is_read_whatever_type_is_said(server, reader, head):
    server.answers["/feed"] = http(FEED, **head)
    assert reader.poll(server.url("/feed"))[0].poll.entries_seen == 1


@pytest.mark.parametrize(
    ("body", "reason", "detail"),
    [
        (b"", "empty_body", "0 bytes"),
        (b" \r\n\t ", "empty_body", "no text"),
        (b"<!DOCTYPE html><html><body>Welcome</body></html>", "not_a_feed", "an HTML page"),
        (b"<html><head><meta http-equiv='refresh' content='0; url=/new'></head></html>", "not_a_feed", "an HTML page"),
        (b'{"error": {"code": 500, "message": "no feed"}}', "not_a_feed", "JSON, but not"),
        (b'[{"id": 1}]', "not_a_feed", "JSON, but not"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": ', "not_a_feed", "broken JSON"),
        (b"[" * 200_000, "not_a_feed", "broken JSON"),
        (b"<opml version='2.0'></opml>", "not_a_feed", "OPML"),
        (b"<error>quota</error>", "not_a_feed", "<error>"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "not_a_feed", "neither XML nor JSON"),
        (b"%PDF-1.7\n" + bytes(range(128, 256)) * 40, "not_a_feed", "neither XML nor JSON"),
        (b"ok", "not_a_feed", "neither XML nor JSON"),
    ],
)
def test_what_is_no_feed_is_rejected_with_what_it_is(server, reader, body, reason, detail):
    server.answers["/feed"] = http(body, Content_Type="application/rss+xml")
    poll = reader.poll(server.url("/feed"))[0].poll
    assert (poll.outcome, poll.reason) == ("failed", reason)
    assert detail in poll.detail


@pytest.mark.parametrize("doctype", [BOMB, QUADRATIC], ids=["a billion laughs", "quadratic"])
def test_a_bomb_of_entities_is_not_expanded(server, reader, doctype):
    server.answers["/feed"] = http(with_doctype(doctype, "&i;" if doctype is BOMB else "&a;" * 5_000))
    (polled,) = reader.poll(server.url("/feed"))
    assert polled.poll.reason in {None, "not_a_feed"}
    assert sum(len(entry.title) for entry in polled.entries) < 1_000_000


def test_external_entities_and_stylesheets_are_not_asked_for(server, reader, canary):
    lure = canary.url("/x")
    doctype = (
        f'<?xml-stylesheet href="{lure}"?><!DOCTYPE rss SYSTEM "{lure}" '
        f'[<!ENTITY % p SYSTEM "{lure}"> %p; <!ENTITY x SYSTEM "{lure}">'
    )
    server.answers["/feed"] = http(with_doctype(doctype, "A &x; B"))
    (polled,) = reader.poll(server.url("/feed"))
    assert polled.poll.outcome == "changed"
    assert len(server.asked()) == 1


def test_twenty_thousand_entries_are_read_up_to_a_limit(server, reader):
    server.answers["/feed"] = http(rss(*((f"/{number}", "Haiti") for number in range(20_000))))
    (polled,) = reader.poll(server.url("/feed"), limits=Limits())
    assert (polled.poll.outcome, polled.poll.entries_seen, len(polled.entries)) == (
        "changed",
        MOST_ENTRIES,
        MOST_ENTRIES,
    )
    assert "20,000 entries" in polled.poll.faults[-1]


def test_a_title_of_a_million_characters_is_cut(server, reader):
    server.answers["/feed"] = http(rss(item("Haiti " * 170_000)))
    (polled,) = reader.poll(server.url("/feed"), limits=Limits())
    assert polled.poll.entries_seen == 1
    assert len(polled.entries[0].title) <= 1_000
    assert any("title" in fault for fault in polled.poll.faults)


def test_two_feeds_in_one_document_leave_the_first(server, reader):
    server.answers["/feed"] = http(FEED + FEED.replace(b"/1", b"/2"))
    (polled,) = reader.poll(server.url("/feed"))
    assert polled.poll.outcome == "changed"
    assert polled.entries[0].url == "http://p.example/1"
    assert polled.poll.faults


@pytest.mark.parametrize(
    ("link", "read"),
    [
        ("/story?a=1", "/story?a=1"),
        ("story", "/news/story"),
        ("//p.example/x", "http://p.example/x"),
        ("  http://p.example/a b ", "http://p.example/a%20b"),
        ("javascript:alert(1)", ""),
        ("mailto:desk@p.example", ""),
        ("data:text/html,hello", ""),
        ("file:///etc/passwd", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_links_are_made_absolute_or_left_out(server, reader, link, read):
    server.answers["/news/feed"] = http(rss(item(link=link)))
    (polled,) = reader.poll(server.url("/news/feed"))
    assert [entry.url for entry in polled.entries] == [server.url(read) if read.startswith("/") else read]


def test_entries_without_an_id_are_known_by_their_link(server, reader):
    server.answers["/feed"] = http(rss(item("One", "http://p.example/1"), item("Two", "http://p.example/2")))
    assert [entry.guid for entry in reader.run(server.url("/feed")).new] == ["http://p.example/1", "http://p.example/2"]


def test_one_guid_for_all_entries_hides_none(server, reader):
    again = "<guid>same</guid>"
    server.answers["/feed"] = http(
        rss(item("One", "http://p.example/1", again), item("Two", "http://p.example/2", again))
    )
    assert {entry.url for entry in reader.run(server.url("/feed")).new} == {"http://p.example/1", "http://p.example/2"}


DAY = datetime(2025, 1, 18, tzinfo=UTC)
NINE = datetime(2025, 1, 18, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Sat, 18 Jan 2025 09:00:00 Z", NINE),
        ("Saturday, 18 January 2025 09:00", NINE),
        ("Mon, 18 Jan 2025 09:00:00 GMT", NINE),
        ("Sat, 18 Jan 2025 04:00:00 EST", NINE),
        ("Sat, 18 Jan 2025 09:00:00 +00:00", NINE),
        ("18 Jan 2025 09:00:00", NINE),
        ("Jan 18, 2025 9:00 AM", NINE),
        ("2025-01-18 09:00:00", NINE),
        ("2025-01-18T09:00Z", NINE),
        ("20250118T090000Z", NINE),
        ("1737190800", NINE),
        ("sam., 18 janv. 2025 09:00:00 +0000", NINE),
        ("sáb, 18 ene 2025 09:00:00 GMT", NINE),
        ("18/01/2025", DAY),
        ("Sat Jan 18 09:00:00 2025", NINE),
        ("Sat, 18 Jan 2025 99:99:99 GMT", None),
        ("Sat, 31 Feb 2025 09:00:00 GMT", None),
        ("Thu, 01 Jan 99999 00:00:00 GMT", None),
        ("0000-00-00 00:00:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_in_wrong_formats_are_read_or_left_out(server, reader, written, moment):
    server.answers["/feed"] = http(rss(item(more=f"<pubDate>{written}</pubDate>")))
    (polled,) = reader.poll(server.url("/feed"))
    assert (polled.poll.outcome, polled.entries[0].published_at) == ("changed", moment)


def test_a_date_in_the_future_is_no_sign_of_life(server, reader):
    dates = ("Sat, 18 Jan 2025 09:00:00 GMT", "Mon, 18 Jan 2045 09:00:00 GMT")
    server.answers["/feed"] = http(
        rss(*(item(link=f"/{date[-8:]}{date[8:16]}", more=f"<pubDate>{date}</pubDate>") for date in dates))
    )
    (polled,) = reader.poll(server.url("/feed"))
    assert polled.poll.newest_entry_at == NINE
    assert max(entry.published_at for entry in polled.entries) > NOW + timedelta(days=7000)
