"""Two machines with one lake: each has a data folder of its own, and both run, ask, correct and remove."""

import pytest

from tests.flows.command import missionwire
from tests.flows.newspaper import feed, feed_list, page

pytestmark = pytest.mark.long


@pytest.fixture
def command(postgres, site, tmp_path):
    """A command on one of the machines; what it prints."""
    site.replies = {
        "/feed": feed(site, ("/1", "Police arrive"), ("/2", "Officers land")),
        "/1": page("Police arrive"),
        "/2": page("Officers land", ("Kenya sent 150 police officers to Haiti on Friday, January 17, 2025.",)),
    }
    postgres.create("newsroom")
    settings = {
        "MISSIONWIRE_WAREHOUSE": f"ducklake:postgres:{postgres.place('newsroom')}",
        "MISSIONWIRE_LAKE_DATA": str(tmp_path / "lake"),
        "MISSIONWIRE_MISSION": "haiti",
    }
    for machine in ("one", "other"):
        (tmp_path / machine).mkdir()
        feed_list(tmp_path / machine, site.url("/feed"))

    def run(machine, *arguments):
        done = missionwire(*arguments, cwd=tmp_path / machine, settings=settings)
        assert done.returncode == 0, done.stderr
        assert "teamwork" not in done.stdout + done.stderr
        return done.stdout

    return run


def test_what_one_machine_loads_the_other_knows_asks_and_changes(command, site, tmp_path):
    assert "2 articles loaded" in command("one", "run", "--all", "--feeds", "feeds.toml")
    assert "0 articles loaded" in command("other", "run", "--all", "--feeds", "feeds.toml")

    arrival = "SELECT claim_id FROM claims WHERE value_best = 150 ORDER BY url"
    claims = command("other", "sql", "--csv", arrival).split()[1:]
    assert len(claims) == 2
    assert "rejects 1 claims" in command("one", "retract", claims[0], "--reason", "an old number")
    assert "rejected" in command("other", "sql", "SELECT correction FROM claims WHERE correction IS NOT NULL")
    assert claims[0][:12] in command("one", "corrections")

    told = command("other", "status")
    assert "completed" in told
    assert "none is needed: readers ask the lake" in told
    assert command("other", "export", "un-contributors").startswith("contribution_id,")
    command("other", "report")
    assert "Kenya" in (tmp_path / "other/data/published/report.html").read_text(encoding="utf-8")
    assert "0        2" in command("one", "reextract", "--diff")

    assert "removed with 1 wordings" in command("other", "takedown", site.url("/2"), "--reason", "asked for")
    assert command("one", "sql", "--csv", "SELECT url FROM articles").split() == ["url", site.url("/1")]
    command("one", "backup", "saved.duckdb")
    assert (tmp_path / "one/saved.duckdb").exists()
