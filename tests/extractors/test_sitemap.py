"""Sitemaps as sites write them, and as they should not."""

import gzip
from datetime import UTC, datetime

import pytest

from extractors.errors import FeedError
from extractors.records import Reason
from extractors.sitemap import MOST_URLS, SitemapEntry, SitemapLink, parse_sitemap

URL = "https://paper.example/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {SPACES}>
  <url>
    <loc>https://paper.example/2024/06/25/officers-land/</loc>
    <lastmod>2024-06-26T08:30:00+02:00</lastmod>
    <image:image><image:loc>https://paper.example/a.jpg</image:loc><image:title>A picture</image:title></image:image>
    <news:news>
      <news:publication><news:name>The Paper</news:name><news:language>en-US</news:language></news:publication>
      <news:publication_date>2024-06-25</news:publication_date>
      <news:title><![CDATA[Officers land & stay]]></news:title>
    </news:news>
  </url>
  <url><loc>/relative</loc></url>
</urlset>"""
OFFICERS = SitemapEntry(
    "https://paper.example/2024/06/25/officers-land/",
    datetime(2024, 6, 26, 6, 30, tzinfo=UTC),
    datetime(2024, 6, 25, tzinfo=UTC),
    "Officers land & stay",
    "en",
)


def parse(text, **options):
    return parse_sitemap(text if isinstance(text, bytes) else text.encode(), url=URL, **options)


def test_news_sitemaps_tell_day_title_and_language():
    """What stands in a picture is not the page's."""
    assert parse(NEWS).entries == (OFFICERS, SitemapEntry("https://paper.example/relative"))


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(NEWS.encode()),
        b"\xef\xbb\xbf" + NEWS.encode(),
        b"\n\n  " + NEWS.encode(),
        NEWS.replace("UTF-8", "UTF-16").encode("utf-16"),
        NEWS.replace(SPACES, "").encode(),
        NEWS.replace("https://paper.example/2024", "  https://paper.example/2024").encode(),
    ],
    ids=["gzip", "bom", "blank lines", "utf-16", "no namespaces", "spaces"],
)
def test_packing_and_encoding_make_no_difference(body):
    assert parse(body).entries[0] == OFFICERS


def test_an_index_names_sitemaps_with_their_last_change():
    index = f"""<sitemapindex {SPACES}>
      <sitemap><loc>https://paper.example/s1.xml.gz</loc><lastmod>2024-05-01</lastmod></sitemap>
      <sitemap><loc>s2.xml</loc></sitemap></sitemapindex>"""
    document = parse(index)
    assert (document.format, document.entries) == ("index", ())
    assert document.children == (
        SitemapLink("https://paper.example/s1.xml.gz", datetime(2024, 5, 1, tzinfo=UTC)),
        SitemapLink("https://paper.example/s2.xml"),
    )


def test_a_list_of_addresses_is_a_sitemap():
    document = parse("https://paper.example/a\r\n\r\nhttps://paper.example/b\n")
    assert document.format == "text"
    assert [entry.url for entry in document.entries] == ["https://paper.example/a", "https://paper.example/b"]


def test_a_feed_is_told_from_a_sitemap():
    assert parse('<rss version="2.0"><channel><title>Paper</title></channel></rss>').format == "feed"


def test_a_bare_ampersand_is_read_as_one():
    assert parse("<urlset><url><loc>https://paper.example/?a=1&b=2&amp;c=3</loc></url></urlset>").entries == (
        SitemapEntry("https://paper.example/?a=1&b=2&c=3"),
    )


@pytest.mark.parametrize(
    "cut",
    [NEWS[: NEWS.index("<url><loc>/relative")].encode(), gzip.compress(NEWS.encode())[:-20]],
    ids=["markup", "gzip"],
)
def test_what_was_cut_short_is_read_as_far_as_it_goes(cut):
    document = parse(cut)
    assert document.entries[:1] == (OFFICERS,)
    assert document.faults


def test_wrong_addresses_are_named_and_cost_no_other():
    document = parse("<urlset><url><loc>javascript:x</loc></url><url/><url><loc>/a</loc></url></urlset>")
    assert [entry.url for entry in document.entries] == ["https://paper.example/a"]
    assert len(document.faults) == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.EMPTY_BODY),
        (b"<!DOCTYPE html><html><body><p>Not here</p></body></html>", Reason.NOT_A_FEED),
        (b"Not found\n", Reason.NOT_A_FEED),
        (b'{"error": 404}', Reason.NOT_A_FEED),
        (b"%PDF-1.4", Reason.NOT_A_FEED),
        (gzip.compress(b" " * (50 * 1024 * 1024 + 1)), Reason.TOO_LARGE),
    ],
    ids=["empty", "html", "text", "json", "pdf", "bomb"],
)
def test_what_is_no_sitemap_is_refused_with_a_reason(body, reason):
    with pytest.raises(FeedError) as caught:
        parse(body)
    assert caught.value.reason is reason


def test_entities_are_not_followed(tmp_path):
    """Neither to a file, nor to themselves."""
    secret = tmp_path / "secret"
    secret.write_text("https://paper.example/secret")
    doubled = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40))
    document = parse(
        f'<!DOCTYPE u [<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY e0 "ha">{doubled}]>'
        "<urlset><url><loc>/a&file;</loc></url><url><loc>/b</loc><x>&e39;</x></url></urlset>"
    )
    assert not [entry for entry in document.entries if "secret" in entry.url]


def test_more_than_the_protocol_allows_is_not_read():
    document = parse("<urlset>" + "<url><loc>/a</loc></url>" * (MOST_URLS + 5) + "</urlset>")
    assert len(document.entries) == MOST_URLS
    assert "50,000" in document.faults[-1]
