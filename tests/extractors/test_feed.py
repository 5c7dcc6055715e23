import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import FeedError
from extractors.feed import parse_feed
from extractors.records import Reason

SAMPLES = Path(__file__).parent / "samples" / "feeds"
URL = "https://phare.example/feeds/news.xml"


def read(name):
    return (SAMPLES / name).read_bytes()


def test_rss():
    feed = parse_feed(read("rss.xml"), url=URL, content_type="application/rss+xml")
    assert (feed.title, feed.format, feed.language) == ("Le Phare – à la une", "rss20", "fr")
    assert (feed.ttl_seconds, feed.skip_hours, feed.skip_days) == (90 * 60, (0, 3), (6,))
    first = feed.entries[0]
    assert (first.guid, first.url) == ("phare-1", "https://phare.example/actualites/le-bac")
    assert first.title == "Le bac est arrivé à l’aube & la fête a duré"
    assert (first.summary, first.content) == ("Le bac est arrivé mardi. La foule était là.", "Texte entier.")
    assert first.published_at == datetime(2025, 1, 14, 11, 30, tzinfo=UTC)
    assert first.authors == ("Hélène Désir",)


def test_an_entry_without_link_has_its_permalink_or_none():
    feed = parse_feed(read("rss.xml"), url=URL)
    assert [entry.url for entry in feed.entries[1:]] == ["https://phare.example/actualites/une-date", ""]
    assert "1 entries without a link" in feed.faults


def test_a_date_written_by_hand_is_read_and_a_word_is_a_fault():
    feed = parse_feed(read("rss.xml"), url=URL)
    assert [entry.published_at for entry in feed.entries[1:]] == [datetime(2025, 1, 15, 10, 5, tzinfo=UTC), None]
    assert "1 dates that cannot be read" in feed.faults


def test_atom_inherits_the_author_of_the_feed_and_its_base():
    feed = parse_feed(read("atom.xml"), url="https://elsewhere.example/atom")
    assert (feed.format, feed.language) == ("atom10", "en")
    first, second = feed.entries
    assert first.url == "https://lantern.example/news/second-ferry"
    assert first.title == "Second ferry delayed"
    assert first.published_at == datetime(2025, 1, 14, 5, 30, tzinfo=UTC)
    assert first.updated_at == datetime(2025, 1, 15, 5, 30, tzinfo=UTC)
    assert (first.authors, second.authors) == (("Amina Okello", "Jean Prosper"), ("The Desk",))
    assert second.title == "5 < 6, says the school"
    assert second.published_at is None, "an update is no publication"


def test_rdf_publishes_on_its_only_date():
    feed = parse_feed(read("rdf.xml"), url=URL)
    assert (feed.format, feed.language) == ("rss10", "es")
    assert feed.entries[0].published_at == datetime(2025, 1, 14, 13, 0, tzinfo=UTC)
    assert feed.entries[0].authors == ("Rosa Peña",)


def test_json_feed():
    feed = parse_feed(read("feed.json"), url=URL, content_type="application/feed+json")
    assert (feed.format, feed.title, feed.language) == ("json", "Lantern Notes", "en")
    one, two, three = feed.entries
    assert (one.content, one.authors) == ("One & two", ("The Desk",))
    assert one.published_at == datetime(2025, 1, 14, 13, 30, tzinfo=UTC)
    assert (two.url, two.content) == ("https://lantern.example/notes/2", "Plain text <kept>")
    assert (three.guid, three.url) == ("3", "")


def test_json_feed_of_version_one_names_one_author():
    item = b'{"id": "https://a.example/1", "author": {"name": "A"}}'
    body = b'{"version": "https://jsonfeed.org/version/1", "title": "T", "items": [%s]}' % item
    assert parse_feed(body, url=URL).entries[0].authors == ("A",)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_accents_are_right_whatever_is_declared(encoding):
    """The document declares UTF-8 in its first line, and the header Latin-1."""
    body = read("rss.xml").decode("utf-8").encode(encoding)
    for content_type in ("application/rss+xml; charset=iso-8859-1", "text/xml", ""):
        feed = parse_feed(body, url=URL, content_type=content_type)
        assert feed.title == "Le Phare – à la une"
        assert feed.entries[0].title == "Le bac est arrivé à l’aube & la fête a duré"


def test_a_wrong_declaration_is_a_fault():
    feed = parse_feed(read("rss.xml").decode("utf-8").encode("cp1252"), url=URL)
    assert feed.faults[0] == "declared as utf-8, read as cp1252"


def test_a_cut_feed_gives_the_entries_it_has():
    body = read("rss.xml")
    feed = parse_feed(body[: body.index(b"<title>Sans adresse")], url=URL)
    assert [entry.guid for entry in feed.entries[:2]] == ["phare-1", "https://phare.example/actualites/une-date"]
    assert any("not well-formed" in fault for fault in feed.faults)


def test_a_cut_json_feed_gives_the_items_it_has():
    body = read("feed.json")
    feed = parse_feed(body[: body.index(b'{"id": 3')], url=URL)
    assert [entry.title for entry in feed.entries] == ["A note", ""]
    assert "broken JSON" in feed.faults[0]
    assert feed.title == "Lantern Notes"


def test_control_characters_and_text_before_the_document_are_mended():
    body = b"Warning: cannot modify header in line 3\n" + read("rdf.xml").replace(b"reabre", b"rea\x0bbre")
    feed = parse_feed(body, url=URL)
    assert feed.entries[0].title == "El puerto reabre"
    assert feed.faults == ("control characters removed", "text before the document removed")


def test_a_feed_that_breaks_feedparser_is_mended_first():
    body = read("rss.xml").replace(b"<ttl>", b"</width><ttl>")
    feed = parse_feed(body, url=URL)
    assert feed.entries[0].guid == "phare-1"
    assert any("feedparser failed" in fault for fault in feed.faults)


def test_an_entity_bomb_stays_small_and_opens_no_file():
    started = time.process_time()
    feed = parse_feed(read("bomb.xml"), url=URL)
    assert time.process_time() - started < 1
    assert "boom" not in feed.entries[0].title
    assert "root:" not in feed.entries[0].summary


def test_a_body_that_names_a_file_is_not_opened():
    with pytest.raises(FeedError):
        parse_feed(str(SAMPLES / "rss.xml").encode(), url=URL)


@pytest.mark.parametrize(
    ("body", "reason", "detail"),
    [
        (b"", Reason.EMPTY_BODY, "0 bytes"),
        (b" \n\t", Reason.EMPTY_BODY, "no text"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", Reason.NOT_A_FEED, "an HTML page"),
        (b"<html><head><title>x</title></head></html>", Reason.NOT_A_FEED, "an HTML page"),
        (b"<?xml version='1.0'?><opml version='2.0'><body/></opml>", Reason.NOT_A_FEED, "feed list"),
        (b"<?xml version='1.0'?><urlset><url/></urlset>", Reason.NOT_A_FEED, "<urlset>"),
        (b'{"message": "not found"}', Reason.NOT_A_FEED, "not a JSON Feed"),
        (b'{"message": ', Reason.NOT_A_FEED, "broken JSON"),
        (b"Service unavailable", Reason.NOT_A_FEED, "neither XML nor JSON"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", Reason.NOT_A_FEED, "neither XML nor JSON"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_it_is(body, reason, detail):
    with pytest.raises(FeedError) as refused:
        parse_feed(body, url=URL, content_type="application/rss+xml")
    assert refused.value.reason is reason
    assert detail in refused.value.detail
    assert refused.value.url == URL


def test_a_list_of_feeds_is_named_so():
    with pytest.raises(FeedError, match="OPML"):
        parse_feed(read("list.opml"), url=URL)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_feed_or_refused(body):
    assert refusal(body) in {None, Reason.NOT_A_FEED, Reason.EMPTY_BODY}


@given(st.integers(0, 1700), st.binary(max_size=3))
def test_a_damaged_feed_is_a_feed_or_refused(position, damage):
    body = read("rss.xml")
    assert refusal(body[:position] + damage + body[position + 1 :]) in {None, Reason.NOT_A_FEED}


def refusal(body):
    try:
        parse_feed(body, url=URL)
    except FeedError as refused:
        return refused.reason
    return None


def test_a_date_at_the_end_of_the_calendar_is_left_unread():
    item = "<item><title>T</title><link>http://a.example/1</link><pubDate>9999-12-31T23:59:59-12:00</pubDate></item>"
    feed = f'<rss version="2.0"><channel><title>F</title><ttl>²</ttl>{item}</channel></rss>'
    document = parse_feed(feed.encode(), url="http://a.example/feed")
    assert document.entries[0].published_at is None
    assert document.ttl_seconds is None
