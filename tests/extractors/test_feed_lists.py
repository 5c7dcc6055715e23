"""OPML, and the feeds that a page names."""

import pytest

from extractors.feed_links import find_feed_links
from extractors.opml import OpmlError, read_opml, write_opml
from extractors.records import Feed

FEEDS = (
    Feed("https://a.example/feed", "A & B", "KEN", "sw", "all"),
    Feed("https://b.example/feed", None, None, None, is_paused=True),
)


def test_a_list_written_and_read_is_the_same():
    read = read_opml(write_opml(FEEDS), "list.opml")
    assert read[0] == FEEDS[0]
    assert (read[1].url, read[1].is_paused, read[1].outlet) == (FEEDS[1].url, True, FEEDS[1].url)


def test_folders_are_flattened_and_addresses_come_once():
    content = b"""<opml version="1.0"><body><outline text="Haiti">
      <outline text="One" xmlUrl="https://one.example/rss"/><outline text="Site without a feed" htmlUrl="https://x.example"/>
      <outline text="Again" xmlUrl=" https://one.example/rss "/></outline>
      <outline title="Two" text="2" xmlUrl="http://two.example/rss"/></body></opml>"""
    assert [(feed.url, feed.outlet) for feed in read_opml(content, "x")] == [
        ("https://one.example/rss", "Again"),
        ("http://two.example/rss", "Two"),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "Document is empty|no element"),
        (b"<opml><body></opml>", "mismatch"),
        (b"<rss/>", "a <rss> document"),
        (b"<opml><body/></opml>", "no outline has an xmlUrl"),
        (b'<opml><body>\n<outline xmlUrl="javascript:1"/></body></opml>', "x.opml:2: xmlUrl 'javascript:1'"),
        (b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body>&a;</body></opml>', "no outline"),
    ],
)
def test_a_bad_list_is_refused(content, problem):
    with pytest.raises(OpmlError, match=problem):
        read_opml(content, "x.opml")


def test_the_feeds_of_a_page_are_found_those_of_comments_last():
    page = b"""<html><head><base href="https://site.example/news/">
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
      <link rel="Alternate home" type="application/rss+xml; charset=utf-8" title=" The  News " href="feed/">
      <link rel="alternate" type="application/feed+json" href="https://site.example/feed.json">
      <link rel="alternate" hreflang="fr" href="/fr/"><link rel="alternate" type="application/atom+xml" href="">
      </head></html>"""
    assert [(link.url, link.title) for link in find_feed_links(page, "https://site.example/")] == [
        ("https://site.example/news/feed/", "The News"),
        ("https://site.example/feed.json", ""),
        ("https://site.example/comments/feed/", "Comments"),
    ]


@pytest.mark.parametrize("body", [b"", b"   ", b"%PDF-1.7", b"\x00\x01", b"<html>"])
def test_what_is_no_page_names_no_feed(body):
    assert find_feed_links(body, "https://site.example/") == ()
