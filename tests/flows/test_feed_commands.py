"""`missionwire feeds add, remove, pause, import, export` from outside."""

import tomllib

import duckdb

from tests.flows.command import missionwire
from tests.flows.conftest import Reply
from tests.flows.newspaper import feed, page


def _list(file):
    return tomllib.loads(file.read_text())["feed"]


def test_the_address_of_a_site_is_enough(site, tmp_path):
    head = f'<link rel="alternate" type="application/rss+xml" href="{site.url("/rss")}">'
    site.replies |= {
        "/": Reply(f"<html><head>{head}</head></html>".encode(), headers={"Content-Type": "text/html"}),
        "/rss": feed(site, ("/story", "Kenya sends 150")),
    }
    done = missionwire("feeds", "add", site.url("/"), "--all", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 entries): added to data/feeds.toml" in done.stdout
    added = _list(tmp_path / "data/feeds.toml")[-1]
    assert added == {"url": site.url("/rss"), "outlet": "Paper", "fetch": "all"}
    again = missionwire("feeds", "add", site.url("/rss"), cwd=tmp_path)
    assert "stands already" in again.stdout
    # The list that comes with missionwire was copied, with its comments.
    assert "# Haiti" in (tmp_path / "data/feeds.toml").read_text()
    assert site.url("/rss") in missionwire("feeds", "list", cwd=tmp_path).stdout


def test_a_site_that_names_no_feed_is_asked_at_the_usual_places(site, tmp_path):
    site.replies |= {"/": page("Front page"), "/feed.xml": feed(site, ("/story", "Kenya sends 150"))}
    (tmp_path / "own.toml").write_text("# mine\n")
    done = missionwire("feeds", "add", site.url("/"), "--feeds", "own.toml", "--outlet", "Mine", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert _list(tmp_path / "own.toml") == [{"url": site.url("/feed.xml"), "outlet": "Mine"}]
    assert (tmp_path / "own.toml").read_text().startswith("# mine\n")


def test_what_leads_to_no_feed_changes_nothing(site, tmp_path):
    site.replies["/"] = page("Front page")
    (tmp_path / "own.toml").write_text('[[feed]]\nurl = "https://a.example/feed"\n')
    before = (tmp_path / "own.toml").read_bytes()
    for address, problem in ((site.url("/"), "leads to none; tried"), (site.url("/lost"), "not_found")):
        done = missionwire("feeds", "add", address, "--feeds", "own.toml", cwd=tmp_path)
        assert done.returncode == 2
        assert problem in done.stderr
    assert (tmp_path / "own.toml").read_bytes() == before


def test_feeds_are_paused_resumed_and_removed(site, tmp_path):
    (tmp_path / "own.toml").write_text(
        '[[feed]]\nurl = "https://a.example/feed" # the first\noutlet = "A"\n\n'
        '[[feed]]\nurl = "https://a.example/feed/more"\noutlet = "B"\n'
    )
    own = ("--feeds", "own.toml")
    assert missionwire("feeds", "pause", "B", *own, cwd=tmp_path).returncode == 0
    assert [table.get("paused") for table in _list(tmp_path / "own.toml")] == [None, True]
    assert "paused" in missionwire("feeds", "list", *own, cwd=tmp_path).stdout
    assert missionwire("feeds", "pause", "--resume", "B", *own, cwd=tmp_path).returncode == 0
    assert [table.get("paused") for table in _list(tmp_path / "own.toml")] == [None, None]
    unclear = missionwire("feeds", "remove", "a.example", *own, cwd=tmp_path)
    assert unclear.returncode == 2
    assert "fits 2 feeds" in unclear.stderr
    assert missionwire("feeds", "remove", "https://a.example/feed", *own, cwd=tmp_path).returncode == 0
    assert [table["outlet"] for table in _list(tmp_path / "own.toml")] == ["B"]
    assert missionwire("feeds", "remove", "nowhere", *own, cwd=tmp_path).returncode == 2


def test_a_paused_feed_is_not_asked(site, tmp_path):
    site.replies |= {"/a": feed(site), "/b": feed(site)}
    (tmp_path / "own.toml").write_text(
        f'[[feed]]\nurl = "{site.url("/a")}"\npaused = true\n\n[[feed]]\nurl = "{site.url("/b")}"\n'
    )
    assert missionwire("run", "--all", "--feeds", "own.toml", cwd=tmp_path).returncode == 0
    assert site.asked("/a") == []
    assert len(site.asked("/b")) == 1


def test_lists_go_to_other_readers_and_back(tmp_path):
    (tmp_path / "own.toml").write_text('[[feed]]\nurl = "https://a.example/feed"\noutlet = "A"\nlanguage = "fr"\n')
    (tmp_path / "empty.toml").write_text("")
    assert missionwire("feeds", "export", "list.opml", "--feeds", "own.toml", cwd=tmp_path).returncode == 0
    done = missionwire("feeds", "import", "list.opml", "--feeds", "empty.toml", cwd=tmp_path)
    assert "1 of 1 feeds added" in done.stdout
    assert _list(tmp_path / "empty.toml") == _list(tmp_path / "own.toml")
    bad = missionwire("feeds", "import", "own.toml", "--feeds", "empty.toml", cwd=tmp_path)
    assert bad.returncode == 2
    assert "right would be" in bad.stderr


def test_no_list_takes_the_place_of_a_database(tmp_path):
    with duckdb.connect(str(tmp_path / "ledger.duckdb")) as ledger:
        ledger.execute("CREATE TABLE t (i INTEGER)")
    before = (tmp_path / "ledger.duckdb").read_bytes()
    done = missionwire("feeds", "export", "ledger.duckdb", cwd=tmp_path)
    assert (done.returncode, "is a DuckDB database" in done.stderr) == (2, True)
    assert (tmp_path / "ledger.duckdb").read_bytes() == before


def test_a_list_that_has_lost_its_last_feed_takes_others(tmp_path):
    (tmp_path / "own.toml").write_text('# mine\n[[feed]]\nurl = "https://a.example/feed"\n')
    (tmp_path / "array.toml").write_text("feed = []\n")
    (tmp_path / "list.opml").write_text('<opml><body><outline text="B" xmlUrl="https://b.example/f"/></body></opml>')
    assert missionwire("feeds", "remove", "a.example", "--feeds", "own.toml", cwd=tmp_path).returncode == 0
    assert (tmp_path / "own.toml").read_text().startswith("# mine\n")
    for name in ("own.toml", "array.toml"):
        done = missionwire("feeds", "import", "list.opml", "--feeds", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert [table["url"] for table in _list(tmp_path / name)] == ["https://b.example/f"]


def test_a_host_is_asked_by_https_and_then_by_http(site, tmp_path):
    site.replies |= {"/": feed(site, ("/story", "Kenya sends 150"))}
    (tmp_path / "own.toml").write_text("")
    done = missionwire("feeds", "add", f"127.0.0.1:{site.port}", "--feeds", "own.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert _list(tmp_path / "own.toml")[0]["url"] == f"http://127.0.0.1:{site.port}"


def test_a_host_of_our_own_network_is_refused_with_the_setting_that_allows_it(site, tmp_path):
    settings = {"MISSIONWIRE_ALLOW_PRIVATE_ADDRESSES": "false"}
    done = missionwire("feeds", "add", site.url("/"), cwd=tmp_path, settings=settings)
    assert done.returncode == 2
    assert "set MISSIONWIRE_ALLOW_PRIVATE_ADDRESSES=true" in done.stderr
    assert site.requests == []


def test_who_wants_to_be_left_alone_is_not_checked_either(site, tmp_path):
    site.replies["/feed"] = Reply(b"later", 503, headers={"Retry-After": "7200"})
    (tmp_path / "own.toml").write_text(f'[[feed]]\nurl = "{site.url("/feed")}"\n')
    for _ in range(2):
        done = missionwire("feeds", "check", "--feeds", "own.toml", cwd=tmp_path)
        assert done.returncode == 1, done.stderr
    assert "left alone" in done.stdout
    assert len(site.asked("/feed")) == 1


def test_a_wrong_line_is_named_and_nothing_is_changed(tmp_path):
    (tmp_path / "own.toml").write_text('[[feed]]\nurl = "ftp://a.example/"\n')
    (tmp_path / "list.opml").write_text('<opml><body><outline xmlUrl="https://b.example/f"/></body></opml>')
    done = missionwire("feeds", "import", "list.opml", "--feeds", "own.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert "own.toml:2" in done.stderr
