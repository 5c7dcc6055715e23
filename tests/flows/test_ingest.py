"""The whole flow, in this process, against a real server and a real Prefect server."""

import pytest

from extractors.errors import SeedError
from flows.ingest import ingest
from flows.settings import read_settings
from tests.flows.conftest import Reply
from tests.flows.newspaper import PARAGRAPHS, feed, feed_list, page
from tests.flows.shared_server import using_shared_server
from warehouse.query import run_query

CORE = ("core.article", "core.article_version", "core.claim", "raw.entry", "raw.page")


@pytest.fixture(scope="module", autouse=True)
def prefect_server():
    """One Prefect server for all tests here."""
    with using_shared_server():
        yield


@pytest.fixture
def run(tmp_path):
    """Run the flow over a feed list, with everything of it in tmp_path."""

    def run_once(*feed_urls, everything=True, fetch="all", **options):
        settings = read_settings(
            data=tmp_path / "data",
            feeds=feed_list(tmp_path, *feed_urls, fetch=fetch),
            spacing_seconds=0,
            retry_seconds=0,
            allow_private_addresses=True,
            workers=1,
            **options,
        )
        return ingest(settings, everything=everything)

    return run_once


@pytest.fixture
def ask(tmp_path):
    """Rows of a query on the published snapshot."""
    return lambda sql: list(run_query(tmp_path / "data/published/missionwire.duckdb", sql).rows)


def counts(ask):
    return {table: ask(f"SELECT count(*) FROM {table}")[0][0] for table in CORE}


def test_a_bad_page_does_not_stop_a_good_one(site, run, ask):
    """A 404 and a page without an article are counted; the article is loaded."""
    site.replies |= {
        "/feed": feed(site, ("/story", "Kenya sends 150"), ("/lost", "Lost story"), ("/menu", "Menu")),
        "/story": page("Kenya sends 150 officers to Haiti"),
        "/menu": Reply(
            b"<html><body><ul><li><a href='/'>Home</a></ul></body></html>", headers={"Content-Type": "text/html"}
        ),
    }
    report = run(site.url("/feed"))
    assert (report.state, report.entries_new, report.articles_loaded, report.rejected) == ("completed", 3, 1, 2)
    assert sorted(ask("SELECT url, stage, reason FROM rejections")) == [
        (site.url("/lost"), "fetch", "not_found"),
        (site.url("/menu"), "clean", "no_text"),
    ]
    assert ask("SELECT title, outlet, language, missions FROM articles") == [
        ("Kenya sends 150 officers to Haiti", "Paper", "en", ["haiti"])
    ]


def test_a_claim_can_be_traced_to_its_sentence(site, run, ask):
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 to Haiti")}
    run(site.url("/feed"))
    ((actor, value, day, sentence, url, found),) = ask(
        "SELECT actor, value_best, event_start::VARCHAR, sentence, c.url, text[start + 1:c.end] "
        "FROM claims AS c JOIN articles USING (article_id) WHERE kind = 'deployment'"
    )
    assert (actor, value, day, url) == ("KEN", 150, "2025-01-17", site.url("/story"))
    assert sentence == PARAGRAPHS[0]
    assert found
    assert found in sentence


def test_the_same_again_adds_nothing_and_asks_with_validators(site, run, ask):
    validators = {"ETag": '"a1"', "Last-Modified": "Sat, 18 Jan 2025 09:00:00 GMT"}
    site.replies |= {
        "/feed": feed(site, ("/story", "Kenya sends 150"), **validators),
        "/story": page("Kenya sends 150 officers to Haiti"),
    }
    run(site.url("/feed"))
    before = counts(ask)
    again = run(site.url("/feed"))
    assert counts(ask) == before
    assert (again.entries_new, again.articles_loaded, again.claims_new) == (0, 0, 0)
    assert again.feeds_unchanged == 1
    last = site.asked("/feed")[-1]
    assert (last["If-None-Match"], last["If-Modified-Since"]) == tuple(validators.values())
    assert len(site.asked("/story")) == 1


@pytest.mark.long
def test_a_feed_that_is_not_due_is_not_asked(site, run):
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 officers")}
    run(site.url("/feed"))
    assert run(site.url("/feed"), everything=False).feeds_polled == 0
    assert len(site.asked("/feed")) == 1


def test_an_edited_article_keeps_both_versions(site, run, ask):
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 officers")}
    run(site.url("/feed"))
    edited = (PARAGRAPHS[0].replace("150", "160"), *PARAGRAPHS[1:])
    site.replies |= {
        "/feed": feed(site, ("/story", "Kenya sends 160", "Corrected: 160 police went to Haiti.")),
        "/story": page("Kenya sends 160 officers", edited),
    }
    run(site.url("/feed"))
    assert ask("SELECT title, revision_count FROM articles") == [("Kenya sends 160 officers", 2)]
    assert ask("SELECT title FROM article_versions ORDER BY revision") == [
        ("Kenya sends 150 officers",),
        ("Kenya sends 160 officers",),
    ]
    assert ask("SELECT value_best FROM claims WHERE kind = 'deployment'") == [(160,)]
    assert len(ask("SELECT 1 FROM claim_history WHERE kind = 'deployment'")) == 2


def test_the_same_text_elsewhere_is_a_marked_copy(site, run, ask):
    site.replies |= {
        "/feed": feed(site, ("/story", "Kenya sends 150"), ("/reprint", "Kenya sends 150, agency says")),
        "/story": page("Kenya sends 150 officers"),
        "/reprint": page("Kenya sends 150 officers, agency says", published="2025-01-18T12:00:00+00:00"),
    }
    report = run(site.url("/feed"))
    assert report.copies == 1
    assert sorted(ask("SELECT copy_role FROM articles")) == [("copy",), ("original",)]
    assert len(ask("SELECT DISTINCT article_id FROM claims")) == 2
    assert ask("SELECT n_claims, n_independent FROM deployments") == [(2, 1)]


def test_a_broken_and_an_unreachable_feed_do_not_stop_a_good_one(site, run, ask):
    site.replies |= {
        "/feed": feed(site, ("/story", "Kenya sends 150")),
        "/story": page("Kenya sends 150 officers"),
        "/broken": Reply(b"<html><body>Welcome</body></html>", headers={"Content-Type": "text/html"}),
    }
    nobody = "http://127.0.0.1:9/feed"
    report = run(site.url("/feed"), site.url("/broken"), nobody)
    assert (report.state, report.feeds_failed, report.articles_loaded) == ("partial", 2, 1)
    assert sorted(ask("SELECT url, reason FROM rejections")) == sorted(
        [(site.url("/broken"), "not_a_feed"), (nobody, "unreachable")]
    )
    site.replies["/broken"] = feed(site, ("/late", "Jamaica joins"))
    site.replies["/late"] = page(
        "Jamaica joins the mission", [PARAGRAPHS[0].replace("Kenya", "Jamaica"), *PARAGRAPHS[1:]]
    )
    assert run(site.url("/feed"), site.url("/broken")).articles_loaded == 1


def test_a_passing_failure_is_asked_again_by_the_next_run_though_the_feed_is_unchanged(site, run, ask):
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": Reply(status=503)}
    assert run(site.url("/feed")).rejected == 1
    site.replies["/story"] = page("Kenya sends 150 officers")
    assert run(site.url("/feed")).articles_loaded == 1
    assert ask("SELECT url FROM rejections") == []


def test_an_entry_that_names_no_mission_is_not_fetched_from_a_matching_feed(site, run, ask):
    site.replies |= {
        "/feed": feed(
            site, ("/story", "Kenya sends 150 to Haiti"), ("/cup", "Cup final", "Two goals in the last minute.")
        ),
        "/story": page("Kenya sends 150 officers"),
    }
    run(site.url("/feed"), fetch="matching")
    assert site.asked("/cup") == []
    assert ask("SELECT url, reason FROM rejections") == [(site.url("/cup"), "off_topic")]


def test_the_clock_of_a_run_can_be_set(site, run, ask):
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 officers")}
    report = run(site.url("/feed"), now="2025-01-20T06:00:00Z")
    assert report.started_at.isoformat() == "2025-01-20T06:00:00+00:00"
    assert ask("SELECT recorded_at::VARCHAR FROM articles") == [("2025-01-20 06:00:00+00",)]
    assert ask("SELECT last_polled_at::VARCHAR FROM feed_health") == [("2025-01-20 06:00:00+00",)]


def test_a_wrong_feed_list_is_refused_before_anything_is_asked(site, tmp_path):
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{site.url("/feed")}"\noutlett = "Paper"\n')
    settings = read_settings(data=tmp_path / "data", feeds=tmp_path / "feeds.toml", allow_private_addresses=True)
    with pytest.raises(SeedError, match=r"feeds\.toml:3"):
        ingest(settings)
    assert site.requests == []


@pytest.mark.long
def test_a_permanent_redirect_is_believed_on_the_third_day_and_forgotten_when_it_fails(site, run, ask):
    site.replies |= {
        "/feed": Reply(status=301, headers={"Location": "/new"}),
        "/new": feed(site, ("/story", "Kenya sends 150")),
        "/story": page("Kenya sends 150 officers"),
    }
    for hour in ("20T06", "20T18", "21T06"):
        run(site.url("/feed"), now=f"2025-01-{hour}:00:00Z")
    assert len(site.asked("/feed")) == 3
    run(site.url("/feed"), now="2025-01-22T06:00:00Z")
    run(site.url("/feed"), now="2025-01-23T06:00:00Z")
    assert len(site.asked("/feed")) == 4
    assert ask("SELECT count(*), count(DISTINCT feed) FROM raw.entry") == [(1, 1)]
    site.replies["/new"] = Reply(status=404)
    run(site.url("/feed"), now="2025-01-24T06:00:00Z")
    assert len(site.asked("/feed")) == 4
    site.replies["/feed"] = feed(site, ("/story", "Kenya sends 150"))
    run(site.url("/feed"), now="2025-01-25T06:00:00Z")
    assert len(site.asked("/feed")) == 5
    assert ask("SELECT count(*) FROM ops.poll WHERE outcome = 'failed'") == [(1,)]


@pytest.mark.long
def test_a_feed_that_says_the_same_in_other_bytes_is_unchanged(site, run, ask):
    """A build date in the channel changes the bytes at every poll, and nothing for a reader."""
    site.replies["/feed"] = feed(site, ("/story", "Kenya sends 150"))
    site.replies["/story"] = page("Kenya sends 150 officers")
    run(site.url("/feed"), now="2025-01-20T06:00:00Z")
    site.replies["/feed"].body = site.replies["/feed"].body.replace(b"<channel>", b"<channel><!-- built anew -->")
    report = run(site.url("/feed"), now="2025-01-20T12:00:00Z")
    assert (report.feeds_polled, report.feeds_unchanged, report.entries_new) == (1, 1, 0)
    assert ask("SELECT outcome FROM ops.poll ORDER BY polled_at") == [("changed",), ("unchanged",)]


@pytest.mark.long
def test_validators_are_dropped_after_eight_days(site, run, ask):
    """Some servers answer 304 for ever."""
    site.replies["/feed"] = feed(site, ETag='"1"')
    run(site.url("/feed"), now="2025-01-01T06:00:00Z")
    site.replies["/feed"] = Reply(status=304)
    run(site.url("/feed"), now="2025-01-05T06:00:00Z")
    site.replies["/feed"] = feed(site, ETag='"2"')
    run(site.url("/feed"), now="2025-01-10T06:00:00Z")
    assert [headers.get("If-None-Match") for headers in site.asked("/feed")] == [None, '"1"', None]


def test_wishes_beyond_all_measure_do_not_stop_a_run(site, run, ask):
    site.replies |= {
        "/feed": feed(site, ("/story", "Kenya sends 150"), **{"Cache-Control": f"max-age={'9' * 20}"}),
        "/story": page("Kenya sends 150 officers"),
        "/patience": Reply(status=503, headers={"Retry-After": "9" * 20}),
    }
    # Another domain: what asks for patience is left alone with all its pages.
    patience = site.url("/patience").replace("127.0.0.1", "localhost")
    report = run(site.url("/feed"), patience, now="2025-01-20T06:00:00Z")
    assert (report.feeds_failed, report.articles_loaded) == (1, 1)
    assert ask("SELECT max(next_due_at)::VARCHAR FROM ops.poll") == [("2025-01-21 06:00:00+00",)]


def test_entries_without_a_link_are_each_accounted_for_once(site, run, ask):
    items = "".join(f"<item><title>Haiti {n}</title></item>" for n in range(3))
    rss = f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'.encode()
    site.replies |= {"/a": Reply(rss), "/b": Reply(rss)}
    for _ in range(2):
        run(site.url("/a"), site.url("/b"))
    assert ask("SELECT reason, count(*), count(DISTINCT url) FROM ops.rejection GROUP BY reason") == [("no_link", 6, 6)]
    assert ask("SELECT count(*) FROM raw.entry") == [(6,)]


def test_an_entry_whose_page_another_feed_has_brought_is_received_all_the_same(site, run, ask):
    """In the same run or a later one; the page is asked for once."""
    site.replies |= {
        "/feed": feed(site, ("/story", "Kenya sends 150")),
        "/again": feed(site, ("/story", "Kenya sends 150 officers")),
        "/later": feed(site, ("/story", "Police land")),
        "/story": page("Kenya sends 150 officers to Haiti"),
    }
    run(site.url("/feed"), site.url("/again"))
    assert run(site.url("/feed"), site.url("/again"), site.url("/later")).entries_new == 1
    assert [row[0] for row in ask("SELECT title FROM raw.entry ORDER BY title")] == [
        "Kenya sends 150",
        "Kenya sends 150 officers",
        "Police land",
    ]
    assert len(site.asked("/story")) == 1


def test_a_run_leaves_its_artifacts_in_prefect(site, run):
    """Under keys that stay the same; the table of promises is what the page shows."""
    from prefect.client.orchestration import get_client

    site.replies |= {
        "/feed": feed(site, ("/story", "Kenya sends 150")),
        "/story": page("Kenya sends 150 officers to Haiti"),
    }
    done = run(site.url("/feed"), report=True)
    with get_client(sync_client=True) as client:
        found = client.request("POST", "/artifacts/latest/filter", json={}).json()
    by_key = {artifact["key"]: artifact for artifact in found}
    assert {"missionwire-run", "missionwire-feeds", "missionwire-promises", "missionwire-report"} <= set(by_key)
    assert done.run_id in by_key["missionwire-run"]["data"]
    assert site.url("/feed") in by_key["missionwire-feeds"]["data"]
    assert "report.html" in by_key["missionwire-report"]["data"]
