"""Backfills in this process, against a real server and a real Prefect server."""

import functools
import gzip
import io
import json
import re
from datetime import datetime
from types import SimpleNamespace

import pytest
from prefect.settings import PREFECT_API_URL

from extractors.errors import SettingsError
from flows.backfill.asked import read_days
from flows.backfill.captures import WarcError, Wish, scan_warc
from flows.backfill.job import find_warc_files
from flows.backfill.url_list import read_url_list
from flows.cli import app
from tests.flows.archiving import Warc
from tests.flows.command import SETTINGS
from tests.flows.conftest import Reply
from tests.flows.newspaper import PARAGRAPHS, feed_list, page
from tests.flows.shared_server import using_shared_server
from warehouse.query import run_query

CAKE = (
    "<html><head><title>Cake</title></head><body><article><h1>Cake</h1>"
    + "<p>A cake with plums and sugar stands an hour in the oven, and another one on the table.</p>" * 8
    + "</article></body></html>"
).encode()


@pytest.fixture(scope="module", autouse=True)
def prefect_server():
    """One Prefect server for all tests here."""
    with using_shared_server():
        yield


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """Run a command, with everything of it in tmp_path; its exit code, and its counts by what is counted."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MISSIONWIRE_FEEDS", str(feed_list(tmp_path, "https://paper.example/feed")))
    # The one server of all tests here, in the place of one for each command.
    monkeypatch.setenv("PREFECT_API_URL", PREFECT_API_URL.value())

    def run(*arguments, data="data", stdin=""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = app([*map(str, arguments), "--data", str(tmp_path / data)], standalone_mode=False)
        out = capsys.readouterr().out
        found = re.findall(r"([\d,]+) ([A-Za-z][A-Za-z ]+)", out)
        return SimpleNamespace(
            code=code, out=out, counts={what.strip(): int(number.replace(",", "")) for number, what in found}
        )

    return run


@pytest.fixture
def backfill(command):
    return functools.partial(command, "backfill")


@pytest.fixture
def ask(tmp_path):
    """Rows of a query on the published snapshot."""
    return lambda sql, data="data": list(run_query(tmp_path / data / "published/missionwire.duckdb", sql).rows)


def story(number, day=18, **options):
    """An article of January 2025, whose text is of no other."""
    paragraphs = (f"This is what is known of part {number} of it, as of that day.", *PARAGRAPHS)
    return page(f"Officers land in Haiti, part {number}", paragraphs, f"2025-01-{day:02}T09:00:00+00:00").body


def urls_of(rows):
    return [url.rpartition("/")[2] for (url,) in rows]


ARTICLES = "SELECT url FROM articles ORDER BY url"


def write_news(file):
    """A file as CC-NEWS has them: some pages of ours among others."""
    with Warc(file) as warc:
        warc.add_others()
        for number in range(4):
            warc.add(f"https://paper.example/{number}", story(number, 10 + number), captured=f"2025-01-{20 + number}")
            warc.add(f"https://cake.example/{number}", CAKE)
        warc.add("https://paper.example/lost", b"Not here", status="404 Not Found")
        warc.add("https://paper.example/file", b"%PDF-1.4", kind="application/pdf")
        warc.add("https://paper.example/feed", b"<?xml version='1.0'?><rss/>")
        body = story(8)
        warc.add("https://paper.example/8", b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), Transfer_Encoding="chunked")
        warc.add("https://paper.example/9", gzip.compress(story(9)), Content_Encoding="gzip")
    return file


def test_archives_of_others_are_read_and_what_is_loaded_is_copied(tmp_path, backfill, ask):
    """Chunks and gzip are undone; the time of the capture is that of fetching; all else is counted by why."""
    file = write_news(tmp_path / "news.warc.gz")
    done = backfill("warc", file)
    assert done.code == 0
    assert urls_of(ask(ARTICLES)) == ["0", "1", "2", "3", "8", "9"]
    for what, count in {"not about a mission": 4, "no page": 4, "articles loaded": 6, "rejected": 0}.items():
        assert done.counts[what] == count
    assert "2 not HTML" in done.out
    assert "1 not HTTP 200" in done.out
    file.unlink()
    places = ask("SELECT asked_url, archive_file, archive_offset, fetched_at FROM raw.page ORDER BY asked_url")
    assert [f"{place[3]:%Y-%m-%d %H}" for place in places[:2]] == ["2025-01-20 10", "2025-01-21 10"]
    assert backfill("warc", tmp_path / "data/archive", data="anew").code == 0
    assert ask(ARTICLES, "anew") == ask(ARTICLES)


@pytest.mark.long
def test_reading_an_archive_twice_adds_nothing(tmp_path, backfill, ask):
    """Neither a row nor a copy of a page."""
    file = write_news(tmp_path / "news.warc.gz")
    with Warc(tmp_path / "wall.warc.gz") as warc:
        warc.add("https://paper.example/wall", b"<html><title>Multinational Security Support in Haiti</title></html>")
    tables = [f"SELECT * FROM {table} ORDER BY ALL" for table in ("core.article_version", "raw.page", "ops.rejection")]
    backfill("warc", file, tmp_path / "wall.warc.gz")
    first = [ask(table) for table in tables]
    assert first[2], "the page without an article is rejected"
    archived = sorted((tmp_path / "data/archive").glob("**/*.warc.gz"))
    again = backfill("warc", file, tmp_path / "wall.warc.gz")
    assert again.counts["known already"] == 7
    assert [ask(table) for table in tables] == first
    assert sorted((tmp_path / "data/archive").glob("**/*.warc.gz")) == archived
    assert not list((tmp_path / "data/backfill").glob("*/progress.json"))


def test_the_days_of_the_article_decide(tmp_path, backfill, ask):
    file = write_news(tmp_path / "news.warc.gz")
    done = backfill("warc", file, "--from", "2025-01-11", "--to", "2025-01-12")
    assert urls_of(ask(ARTICLES)) == ["1", "2"]
    assert done.counts["outside the days asked for"] == 4


def test_captures_become_revisions_in_the_order_of_capture(tmp_path, backfill, ask):
    """The later wording is read first."""
    for day, body in (("2025-01-22", story(2)), ("2025-01-20", story(1))):
        with Warc(tmp_path / f"{day}.warc.gz") as warc:
            warc.add("https://paper.example/s", body, captured=day)
        backfill("warc", tmp_path / f"{day}.warc.gz")
    rows = ask("SELECT revision, title FROM article_versions ORDER BY revision")
    assert rows == [(1, "Officers land in Haiti, part 1"), (2, "Officers land in Haiti, part 2")]


def test_everything_is_loaded_where_it_is_asked_for(tmp_path, backfill, ask):
    with Warc(tmp_path / "cakes.warc") as warc:
        warc.add("https://cake.example/1", CAKE)
    backfill("warc", tmp_path / "cakes.warc")
    assert ask(ARTICLES) == []
    backfill("warc", tmp_path / "cakes.warc", "--all")
    assert urls_of(ask(ARTICLES)) == ["1"]


def test_what_was_taken_down_does_not_come_back(tmp_path, command, backfill, ask):
    file = write_news(tmp_path / "news.warc.gz")
    backfill("warc", file)
    command("takedown", "https://paper.example/2", "--reason", "asked")
    done = backfill("warc", file)
    assert done.counts["taken down on request"] == 1
    assert urls_of(ask(ARTICLES)) == ["0", "1", "3", "8", "9"]


def scan(file, start=0):
    return list(scan_warc(file, Wish(None, bool), start=start))


def test_a_damaged_record_costs_no_other(tmp_path, backfill, ask):
    """Bytes are wrong in the middle, and the end is cut off."""
    file = write_news(tmp_path / "news.warc.gz")
    places = [seen.capture.offset for seen in scan(file) if seen.capture and "paper" in seen.capture.url]
    content = bytearray(file.read_bytes())
    content[places[1] + 40 : places[1] + 60] = b"\0" * 20
    file.write_bytes(content[:-50])
    done = backfill("warc", file)
    assert done.code == 1
    assert done.counts["damaged"] == 2
    assert urls_of(ask(ARTICLES)) == ["0", "2", "3", "8"]


def test_a_wrong_length_costs_no_other_record_in_an_unpacked_file(tmp_path):
    file = tmp_path / "plain.warc"
    with Warc(file) as warc:
        for number in range(3):
            warc.add(f"https://paper.example/{number}", story(number))
    content = file.read_bytes()
    place = content.index(b"paper.example/1")
    wrong = re.sub(rb"Content-Length: \d+", b"Content-Length: 99999999", content[place:], count=1)
    file.write_bytes(content[:place] + wrong)
    found = [seen.capture.url[-1] for seen in scan(file) if seen.capture]
    assert found[0] == "0"
    assert "damaged" in {seen.refused for seen in scan(file)}


def test_reading_may_go_on_at_the_end_of_any_record(tmp_path):
    file = write_news(tmp_path / "news.warc.gz")
    seen = scan(file)
    for position, each in enumerate(seen[:-1]):
        assert [later.capture for later in scan(file, each.end)] == [later.capture for later in seen[position + 1 :]]
    assert scan(file, seen[-1].end) == []


@pytest.mark.parametrize(
    "content", [b"", b"no archive", gzip.compress(b"no archive"), gzip.compress(b"x" * 9)[:-9]], ids=range(4)
)
def test_a_file_that_is_no_archive_is_named(tmp_path, content):
    file = tmp_path / "other.warc.gz"
    file.write_bytes(content)
    with pytest.raises(WarcError, match=r"other\.warc\.gz: no WARC file"):
        scan(file)


def test_files_that_are_not_there_are_named_before_anything_is_read(tmp_path):
    for path in (tmp_path / "lost.warc.gz", tmp_path):
        with pytest.raises(SettingsError, match="no WARC file is there"):
            find_warc_files([path])


def sitemap(*entries):
    """Of (address, last change), (address, day, title)."""
    urls = ""
    for url, *told in entries:
        urls += f"<url><loc>{url}</loc>"
        if len(told) == 2:
            urls += f"<n:news><n:publication_date>{told[0]}</n:publication_date><n:title>{told[1]}</n:title></n:news>"
        elif told:
            urls += f"<lastmod>{told[0]}</lastmod>"
        urls += "</url>"
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="news">{urls}</urlset>'.encode()


@pytest.fixture
def paper(site):
    """A site with a robots.txt, an index, a packed sitemap, one of news, and an old one."""
    for number in range(6):
        site.replies[f"/s{number}"] = Reply(story(number, 10 + number), headers={"Content-Type": "text/html"})
    children = (("old.xml", "2024-12-01"), ("packed.xml.gz", "2025-01-20"), ("news.xml", "2025-01-20"))
    index = "".join(
        f"<sitemap><loc>{site.url('/' + name)}</loc><lastmod>{day}</lastmod></sitemap>" for name, day in children
    )
    site.replies |= {
        "/robots.txt": Reply(f"User-agent: *\nDisallow: /s3\nSitemap: {site.url('/index.xml')}\n".encode()),
        "/index.xml": Reply(f"<sitemapindex>{index}</sitemapindex>".encode()),
        "/old.xml": Reply(sitemap((site.url("/s9"), "2024-11-01"))),
        "/packed.xml.gz": Reply(
            gzip.compress(
                sitemap(
                    (site.url("/s0"), "2025-01-20"),
                    (site.url("/s1"), "2025-01-20"),
                    (site.url("/s8"), "2025-01-02"),
                    ("https://other.example/x", "2025-01-20"),
                    (site.url("/how-to-bake-a-cake-with-plums"),),
                )
            )
        ),
        "/news.xml": Reply(
            sitemap(
                (site.url("/s2"), "2025-01-12", "Officers land in Haiti"),
                (site.url("/s3"), "2025-01-13", "Officers stay in Haiti"),
                (site.url("/s4"), "2025-01-14", "Plums"),
                (site.url("/s5"), "2025-02-14", "Officers leave Haiti"),
            )
        ),
    }
    return site


def test_the_sitemaps_of_a_site_lead_to_its_pages(paper, backfill, ask):
    """From robots.txt down; what cannot be of the days, or of a mission, is not asked for."""
    done = backfill("sitemap", paper.url("/"), "--from", "2025-01-11", "--to", "2025-01-31", "--outlet", "The Paper")
    assert done.code == 0
    assert urls_of(ask(ARTICLES)) == ["s1", "s2"]
    assert ask("SELECT DISTINCT outlet FROM articles") == [("The Paper",)]
    assert ask("SELECT right(url, 3), reason FROM rejections") == [("/s3", "robots")]
    asked = [path for path, _ in paper.requests]
    assert sorted(asked) == ["/index.xml", "/news.xml", "/packed.xml.gz", "/robots.txt", "/s0", "/s1", "/s2"]
    assert done.counts["of another site than their sitemap"] == 1
    assert done.counts["sitemaps that did not change since"] == 1
    assert done.counts["not about a mission"] == 2


@pytest.mark.long
def test_a_sitemap_done_twice_asks_for_no_page_again(paper, backfill, ask):
    """Not even for one that turned out to be of other days; other days find it."""
    days = ("--from", "2025-01-11", "--to", "2025-01-31")
    backfill("sitemap", paper.url("/"), *days)
    rows = ask("SELECT * FROM core.article_version ORDER BY ALL")
    paper.requests.clear()
    again = backfill("sitemap", paper.url("/"), *days)
    assert not [path for path, _ in paper.requests if path.startswith("/s")]
    assert again.counts["known already"] == 3
    assert ask("SELECT * FROM core.article_version ORDER BY ALL") == rows
    backfill("sitemap", paper.url("/"), "--from", "2025-01-01")
    assert urls_of(ask(ARTICLES)) == ["s0", "s1", "s2", "s5"]


@pytest.mark.long
def test_a_new_warehouse_is_built_from_our_own_archive(tmp_path, paper, backfill, ask, monkeypatch):
    """In place, with the entries that led to the pages; the archives of sitemaps hold none."""
    tables = (
        "SELECT feed, guid, url, title, published_at FROM raw.entry ORDER BY ALL",
        "SELECT asked_url, fetched_at, archive_file, archive_offset, feed, guid FROM raw.page ORDER BY ALL",
        "SELECT * EXCLUDE (run_id, recorded_at) FROM core.claim ORDER BY ALL",
    )
    backfill("sitemap", paper.url("/"))
    rows = [ask(table) for table in tables]
    assert all(rows)
    again = backfill("warc", tmp_path / "data/archive")
    assert again.counts["known already"] == len(rows[1])
    monkeypatch.setenv("MISSIONWIRE_WAREHOUSE", str(tmp_path / "new.duckdb"))
    backfill("warc", tmp_path / "data/archive")
    assert [ask(table) for table in tables] == rows


def test_without_a_word_in_robots_txt_the_usual_places_are_tried(site, backfill, ask):
    site.replies |= {
        "/s1": Reply(story(1), headers={"Content-Type": "text/html"}),
        "/sitemap_index.xml": Reply(site.url("/s1").encode()),
    }
    assert backfill("sitemap", site.url("")).code == 0
    assert urls_of(ask(ARTICLES)) == ["s1"]


def test_a_sitemap_that_is_none_is_a_failure_with_its_reason(site, backfill, ask):
    site.replies["/sitemap.xml"] = page("Our sitemap")
    done = backfill("sitemap", site.url("/sitemap.xml"))
    assert done.code == 1
    assert ask("SELECT url, stage, reason FROM rejections") == [(site.url("/sitemap.xml"), "poll", "not_a_feed")]
    assert ask("SELECT state FROM runs") == [("partial",)]


def test_a_list_is_asked_for_and_each_address_is_accounted_for(paper, backfill, ask, tmp_path):
    lines = [
        "# a comment",
        paper.url("/s0"),
        paper.url("/s0"),
        "javascript:alert(1)",
        paper.url("/gone"),
        paper.url("/2019/05/04/old"),
        json.dumps({"url": paper.url("/s4"), "title": "Officers in Haiti", "published": "2025-01-14"}),
        json.dumps({"url": paper.url("/s5"), "title": "Plums"}),
    ]
    done = backfill("urls", "-", "--from", "2025-01-01", stdin="\n".join(lines))
    assert urls_of(ask(ARTICLES)) == ["s0", "s4"]
    assert ask("SELECT reason FROM rejections ORDER BY reason") == [("bad_url",), ("not_found",)]
    assert done.counts["outside the days asked for"] == 1
    assert done.counts["not about a mission"] == 1
    assert not list((tmp_path / "data/backfill").glob("stdin/*"))


def test_lists_come_in_three_forms():
    day = "2025-01-14"
    table = f"id,publish_date,title,url\n1,{day},Officers,https://paper.example/a\n"
    for content in (table, json.dumps({"url": "https://paper.example/a", "title": "Officers", "date": day})):
        (entry,) = read_url_list(content.encode(), name="list", feed="urls:list")
        assert (entry.url, entry.title, f"{entry.published_at:%Y-%m-%d}") == (
            "https://paper.example/a",
            "Officers",
            day,
        )


@pytest.mark.parametrize("content", ["", "# nothing\n", '{"url": 1}', "{broken"])
def test_a_list_that_cannot_be_read_is_refused(content):
    with pytest.raises(SettingsError, match="right would be"):
        read_url_list(content.encode(), name="list", feed="urls:list")


def test_days_that_exclude_each_other_are_refused():
    with pytest.raises(SettingsError, match="lies after"):
        read_days(*(time_of(day) for day in ("2025-02-01", "2025-01-01")))


def time_of(day):
    return datetime.fromisoformat(f"{day}T00:00:00+00:00")


@pytest.mark.parametrize(
    ("url", "may_be"),
    [
        ("https://paper.example/2025/01/15/x", True),
        ("https://paper.example/2025/01/09/x", True),
        ("https://paper.example/2025/01/08/x", False),
        ("https://paper.example/2025/01/x", True),
        ("https://paper.example/2024/12/x", False),
        ("https://paper.example/2025/02/x", False),
        ("https://paper.example/2025/99/x", True),
        ("https://paper.example/15-january", True),
    ],
)
def test_the_day_in_an_address_rules_out_what_lies_days_away(url, may_be):
    assert read_days(time_of("2025-01-10"), time_of("2025-01-20")).may_have_url(url) is may_be
