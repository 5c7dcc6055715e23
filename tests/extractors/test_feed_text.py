"""What of a feed's bytes tells of news, and where a feed that is too long is cut."""

import pytest

from extractors.feed import parse_feed
from extractors.feed_text import MOST_ENTRIES, feed_fingerprint

ITEM = "<item><title>One</title><link>http://p.example/1</link><slash:comments>3</slash:comments></item>"


def rss(head="", items=ITEM, tail=""):
    return f"<rss version='2.0'><channel><title>P</title>{head}{items}</channel></rss>{tail}".encode()


@pytest.mark.parametrize(
    "body",
    [
        rss("<lastBuildDate>Tue, 02 Jan 2024</lastBuildDate>"),
        rss("<pubDate>Tue, 02 Jan 2024</pubDate>"),
        rss("<!-- made in 0.3 s -->"),
        rss(tail="<!-- cached at 12:00 -->"),
        rss(items=ITEM.replace(">3<", ">4<")),
    ],
)
def test_build_dates_comments_and_their_counts_are_no_news(body):
    assert feed_fingerprint(body) == feed_fingerprint(rss())


@pytest.mark.parametrize(
    "body",
    [
        rss(items=ITEM + ITEM),
        rss(items=ITEM.replace("One", "Two")),
        rss(items=ITEM.replace("</item>", "<pubDate>Tue, 02 Jan 2024</pubDate></item>")),
        rss("<ttl>60</ttl>"),
        rss(items="<!-- " + ITEM + " -->"),
        b"",
    ],
)
def test_entries_and_what_a_feed_asks_for_count(body):
    assert feed_fingerprint(body) != feed_fingerprint(rss())


def test_a_comment_that_opens_in_one_entry_and_ends_in_another_hides_none():
    opened = ITEM.replace("One", "<![CDATA[a <!-- b]]>")
    ended = ITEM.replace("One", "<![CDATA[c --> d]]>")
    assert feed_fingerprint(rss(items=opened + ITEM + ended)) != feed_fingerprint(rss(items=opened + ended))


@pytest.mark.parametrize(
    ("first", "each", "last", "kind"),
    [
        ("<rss version='2.0'><channel>", "<item><title>{}</title></item>", "</channel></rss>", "rss20"),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<entry><id>{}</id><title>{}</title></entry>",
            "</feed>",
            "atom10",
        ),
    ],
)
def test_what_is_too_long_is_cut_before_it_is_parsed(first, each, last, kind):
    body = first + "".join(each.format(number, number) for number in range(MOST_ENTRIES + 7)) + last
    document = parse_feed(body.encode(), url="http://p.example/feed")
    assert (document.format, len(document.entries)) == (kind, MOST_ENTRIES)
    assert [entry.title for entry in document.entries[-1:]] == [str(MOST_ENTRIES - 1)]
    assert document.faults == ("5,007 entries, of which the first 5,000 were read",) or "5,007" in str(document.faults)
