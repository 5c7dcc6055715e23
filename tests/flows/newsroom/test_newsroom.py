"""The sample newsroom is complete, behaves as it says, and can be read by the libraries that readers use."""

import gzip
import http.client
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
import trafilatura

from extractors.article import clean_page
from extractors.errors import ArticleError, FeedError, SeedError
from extractors.feed import parse_feed
from extractors.records import Page, Reason
from flows.newsroom import NewsroomServer, read_newsroom, render_page

SAMPLE = Path(__file__).parents[3] / "seeds" / "sample"
NEWSROOM = read_newsroom(SAMPLE)
SITE = NEWSROOM.site()
OUTLETS = {outlet.host: outlet for outlet in NEWSROOM.outlets}
XML_OUTLETS = [outlet for outlet in NEWSROOM.outlets if outlet.feed.format != "json"]
# Boxes that surround an article in the ten layouts, in their own words.
FURNITURE = re.compile(
    r"cookies|newsletter|Read also|Lea también|Voir aussi|Sign up"
    r"|Read next|Related stories|Más noticias|Subscribe|abonnés"
)


@pytest.fixture
def server():
    with NewsroomServer(NEWSROOM) as running:
        yield running


def ask(server, url, **headers):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Host": parts.netloc, **sent})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def feed_entries(outlet, edition=1):
    answer = NEWSROOM.site(edition)[outlet.host, outlet.feed.path]
    return {entry.guid: entry for entry in parse_feed(answer.body, url=outlet.feed_url).entries}


def page_of(story, body=None):
    answer = SITE[story.outlet, story.path]
    return Page(story.url, story.url, 200, answer.content_type, body or answer.body, story.published)


def test_the_newsroom_is_as_large_as_promised():
    stories = NEWSROOM.articles
    languages = [OUTLETS[story.outlet].language for story in stories]
    assert len(OUTLETS) >= 8
    assert len(stories) >= 32
    assert (languages.count("en") >= 18, languages.count("fr") >= 6, languages.count("es") >= 6) == (True, True, True)
    assert {outlet.feed.format for outlet in NEWSROOM.outlets} == {"rss", "atom", "rdf", "json"}
    assert sum(file.stat().st_size for file in SAMPLE.rglob("*") if file.is_file()) < 400_000


def test_all_stories_are_of_the_fortnight_and_of_the_length_of_news():
    for story in NEWSROOM.articles:
        assert "2025-01-13" <= story.published.date().isoformat() <= "2025-01-26", story.url
        assert 120 <= len(" ".join(story.paragraphs).split()) <= 450, story.url


def test_what_is_expected_is_what_is_there():
    off_topic = [each for each in NEWSROOM.rejections if each.reason is Reason.OFF_TOPIC]
    texts = {story.url: story.paragraphs for story in NEWSROOM.articles}
    copies = [story for story in NEWSROOM.articles if story.copy_of]
    exact = [story for story in copies if texts[story.copy_of] == story.paragraphs]
    cut = [
        story
        for story in copies
        if story not in exact and texts[story.copy_of][: len(story.paragraphs)] == story.paragraphs
    ]
    expected = NEWSROOM.expected
    assert expected.articles == len(NEWSROOM.articles) - len(off_topic)
    assert (expected.exact_copies, expected.cut_copies) == (len(exact), len(cut))
    assert expected.edited == len(NEWSROOM.edits)


def test_the_feed_list_names_every_feed():
    listed = tomllib.loads((SAMPLE / "feeds.toml").read_text(encoding="utf-8"))["feed"]
    feeds = {(o.feed_url, o.name, o.country, o.language, o.fetch) for o in NEWSROOM.outlets}
    feeds |= {(each.rejection.url, *each.outlet, "all") for each in NEWSROOM.staged if each.outlet}
    assert {(f["url"], f["outlet"], f["country"], f["language"], f["fetch"]) for f in listed} == feeds


def test_no_page_or_feed_refers_to_anything_outside_example_hosts():
    # Names of vocabularies look like addresses, and nobody fetches them.
    vocabularies = {"schema.org", "jsonfeed.org", "purl.org", "www.w3.org"}
    for key, answer in SITE.items():
        hosts = set(re.findall(rb"https?://([^/\"<\s?]+)", answer.body))
        outside = {host.decode() for host in hosts} - vocabularies
        assert all(host.endswith(".example") for host in outside), key


@pytest.mark.parametrize("outlet", XML_OUTLETS, ids=lambda outlet: outlet.host)
def test_feedparser_reads_every_entry_of_a_feed(outlet):
    feed = feedparser.parse(SITE[outlet.host, outlet.feed.path].body)
    announced = [each for each in NEWSROOM.staged if each.entry and each.entry.outlet == outlet.host]
    assert len(feed.entries) == len(NEWSROOM.articles_of(outlet)) + len(announced)
    assert all(entry.title and entry.link and entry.summary for entry in feed.entries)
    # The one feed that lies about its encoding is read all the same, and said to be broken.
    assert bool(feed.bozo) == (outlet.feed.encoding != "utf-8")


@pytest.mark.parametrize("outlet", NEWSROOM.outlets, ids=lambda outlet: outlet.host)
def test_a_feed_says_what_the_stories_say(outlet):
    entries = feed_entries(outlet)
    for story in NEWSROOM.articles_of(outlet):
        entry = entries[story.url]
        assert (entry.title, entry.summary, entry.published_at) == (story.title, story.summary, story.published)
        assert story.paragraphs[0] in entry.content or outlet.feed.content == "summary"


@pytest.mark.parametrize("story", NEWSROOM.articles, ids=lambda story: story.url)
def test_trafilatura_finds_the_story_in_its_page(story):
    text = trafilatura.extract(SITE[story.outlet, story.path].body)
    words = " ".join(story.paragraphs).split()
    assert len(set(words) & set(text.split())) >= 0.8 * len(set(words))
    assert story.caption not in text


def test_trafilatura_leaves_most_furniture_out():
    texts = [trafilatura.extract(SITE[story.outlet, story.path].body) for story in NEWSROOM.articles]
    assert sum(not FURNITURE.search(text) for text in texts) >= 0.9 * len(texts)


def test_the_exact_copy_has_the_original_s_text_once_both_pages_are_cleaned():
    stories = {story.url: story for story in NEWSROOM.articles}
    for copy in (story for story in stories.values() if story.copy_of):
        original = stories[copy.copy_of]
        is_exact = copy.paragraphs == original.paragraphs
        assert (clean_page(page_of(copy)).text_hash == clean_page(page_of(original)).text_hash) == is_exact


def test_every_staged_answer_fails_for_its_reason():
    for each in NEWSROOM.staged:
        url, reason = each.rejection.url, each.rejection.reason
        if reason in {Reason.CONSENT_WALL, Reason.NO_TEXT}:
            page = Page(url, url, 200, each.answer.content_type, each.answer.body, each.entry.published)
            with pytest.raises(ArticleError) as caught:
                clean_page(page)
            assert caught.value.reason == reason
        elif reason is Reason.NOT_A_FEED:
            with pytest.raises(FeedError, match="not_a_feed"):
                parse_feed(each.answer.body, url=url)
        elif reason is not Reason.OFF_TOPIC:
            assert (each.answer.status, reason) in {(404, Reason.NOT_FOUND), (410, Reason.GONE)}


def test_the_edit_changes_one_page_and_its_feed_entry():
    before, after = NEWSROOM.site(1), NEWSROOM.site(2)
    (edit,) = NEWSROOM.edits
    outlet = OUTLETS[edit.outlet]
    assert {key for key in before if before[key] != after[key]} == {
        (edit.outlet, edit.path),
        (edit.outlet, outlet.feed.path),
    }
    old, new = feed_entries(outlet, 1), feed_entries(outlet, 2)
    assert {guid for guid in old if old[guid].entry_hash != new[guid].entry_hash} == {edit.url}
    assert old.keys() == new.keys()


def test_the_server_answers_for_every_host_and_path(server):
    for (host, path), answer in SITE.items():
        status, headers, body = ask(server, f"http://{host}{path}")
        assert (status, headers["Content-Type"], body) == (answer.status, answer.content_type, answer.body)
    assert ask(server, "http://nobody.example/")[0] == 404


@pytest.mark.parametrize("outlet", NEWSROOM.outlets, ids=lambda outlet: outlet.host)
def test_a_feed_is_asked_conditionally_with_what_it_offers(server, outlet):
    _, headers, body = ask(server, outlet.feed_url)
    assert ("ETag" in headers, "Last-Modified" in headers) == (
        "etag" in outlet.feed.validators,
        "last_modified" in outlet.feed.validators,
    )
    if "ETag" in headers:
        assert ask(server, outlet.feed_url, If_None_Match=headers["ETag"])[::2] == (304, b"")
        assert ask(server, outlet.feed_url, If_None_Match='"other"')[::2] == (200, body)
    if "Last-Modified" in headers:
        assert ask(server, outlet.feed_url, If_Modified_Since=headers["Last-Modified"])[0] == 304
        assert ask(server, outlet.feed_url, If_Modified_Since="Mon, 13 Jan 2025 00:00:00 GMT")[0] == 200
    assert server.requests[0] == (outlet.host, outlet.feed.path, 200, None, None)


def test_a_date_that_cannot_be_read_is_no_condition(server):
    outlet = next(o for o in NEWSROOM.outlets if "last_modified" in o.feed.validators)
    assert ask(server, outlet.feed_url, If_Modified_Since="yesterday")[0] == 200


def test_the_edit_ends_the_validity_of_what_the_feed_gave(server):
    (edit,) = NEWSROOM.edits
    url = OUTLETS[edit.outlet].feed_url
    _, headers, _ = ask(server, url)
    conditions = {"If_None_Match": headers["ETag"], "If_Modified_Since": headers["Last-Modified"]}
    server.edition = 2
    assert ask(server, url, **conditions)[0] == 200
    assert ask(server, url, If_Modified_Since=headers["Last-Modified"])[0] == 200


def test_every_combination_of_validators_and_hints_is_there():
    feeds = [outlet.feed for outlet in NEWSROOM.outlets]
    assert {feed.validators for feed in feeds} == {("etag", "last_modified"), ("etag",), ("last_modified",), ()}
    assert any(feed.ttl for feed in feeds)
    assert any(feed.cache_control for feed in feeds)
    assert any(feed.tracking for feed in feeds)


def test_pages_are_packed_for_those_who_ask(server):
    outlet = next(outlet for outlet in NEWSROOM.outlets if outlet.gzip)
    plain = ask(server, outlet.feed_url)[2]
    _, headers, packed = ask(server, outlet.feed_url, Accept_Encoding="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain


def test_a_moved_story_redirects_to_its_page(server):
    (story,) = (story for story in NEWSROOM.articles if story.moved_from)
    entry = feed_entries(OUTLETS[story.outlet])[story.url]
    status, headers, _ = ask(server, entry.url)
    assert (status, headers["Location"]) == (301, story.url)


def test_the_connection_stays_open_between_requests(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    for host in NEWSROOM.hosts:
        connection.request("GET", "/robots.txt", headers={"Host": f"{host}:80"})
        assert connection.getresponse().read().startswith(b"User-agent: *")
    connection.request("HEAD", "/robots.txt", headers={"Host": NEWSROOM.hosts[0]})
    assert connection.getresponse().read() == b""
    connection.close()


def test_the_server_listens_on_loopback_only():
    with pytest.raises(ValueError, match="loopback"):
        NewsroomServer(NEWSROOM, address="0.0.0.0")


def test_a_page_of_another_text_is_rendered_from_the_same_layout():
    story = NEWSROOM.articles[0]
    other = replace(story, title="Rates & <rules>", paragraphs=("One sentence of a new story.",) * 9)
    page = render_page(OUTLETS[story.outlet], other).decode()
    assert "Rates &amp; &lt;rules&gt;" in page
    assert page.count("One sentence of a new story.") == 9
    assert render_page(OUTLETS[story.outlet], other) == page.encode()


def test_a_story_without_a_date_is_refused_by_name(tmp_path):
    copy_sample(tmp_path)
    (tmp_path / "le-cap" / "new.txt").write_text("title: No date\nsummary: None\n\nText.", encoding="utf-8")
    with pytest.raises(SeedError, match=r"new\.txt:1: KeyError: 'published'"):
        read_newsroom(tmp_path)


def test_a_copy_of_nothing_is_refused(tmp_path):
    copy_sample(tmp_path)
    story = "title: T\nsummary: S\npublished: 2025-01-20T00:00:00+00:00\ncopy_of: le-cap/nothing\n"
    (tmp_path / "le-cap" / "new.txt").write_text(story, encoding="utf-8")
    with pytest.raises(SeedError, match="le-cap/nothing"):
        read_newsroom(tmp_path)


def copy_sample(folder):
    for file in SAMPLE.rglob("*.*"):
        target = folder / file.relative_to(SAMPLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
