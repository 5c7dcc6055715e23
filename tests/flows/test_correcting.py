"""Corrections the whole way: written by a command or by hand, applied by a run, undone by taking the line away."""

import duckdb
import pytest

from tests.flows.command import missionwire
from tests.flows.newspaper import feed, feed_list, page

# Each needs a whole run of its own to begin with.
pytestmark = pytest.mark.long

HEADER = "action\tclaim\tother\tslot\tvalue\tnote\tby\ton\n"
OTHER = (
    "Kenya sent 150 police officers to Haiti on Friday, January 17, 2025, the mission said in a note to reporters.",
    "A convoy took them through the emptied streets of the capital, where the gangs had burnt a police station.",
)


@pytest.fixture
def folder(site, tmp_path):
    """A data folder with one run over two stories of the same arrival."""
    site.replies = {
        "/feed": feed(site, ("/1", "Police arrive"), ("/2", "Officers land")),
        "/1": page("Police arrive"),
        "/2": page("Officers land", OTHER),
    }
    feed_list(tmp_path, site.url("/feed"))
    assert run(tmp_path).returncode == 0
    return tmp_path


def run(folder, *options):
    return missionwire("run", "--all", "--feeds", "feeds.toml", *options, cwd=folder)


def ask(folder, sql):
    with duckdb.connect(str(folder / "data/published/missionwire.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


ARRIVAL = "kind = 'deployment' AND value_best = 150"


def facts(folder):
    return ask(folder, f"SELECT fact_id, n_articles, is_corrected FROM facts WHERE {ARRIVAL} ORDER BY ALL")


def claims(folder):
    rows = ask(folder, f"SELECT claim_id FROM claims WHERE {ARRIVAL} ORDER BY recorded_at, claim_id")
    return [claim_id for (claim_id,) in rows]


def test_a_claim_is_retracted_and_the_file_is_the_one_place_that_says_so(folder):
    before, [first, *others] = facts(folder), claims(folder)
    assert len(others) >= 1
    done = missionwire("retract", first[:10], "--reason", "an old number", "--by", "Desk", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "data/corrections.tsv:2 rejects 1 claims of this sentence: Kenya sent 150" in done.stdout
    assert facts(folder) != before
    assert ask(folder, "SELECT claim_id, correction FROM claims WHERE correction IS NOT NULL") == [(first, "rejected")]
    assert ask(folder, 'SELECT note, "by", is_applied FROM corrections') == [("an old number", "Desk", True)]

    again = missionwire("retract", first, "--reason", "again", cwd=folder)
    assert (again.returncode, "rejects this claim already" in again.stdout) == (0, True)
    assert (folder / "data/corrections.tsv").read_text().count("\n") == 2

    # A run changes nothing of it.
    retracted = facts(folder)
    assert run(folder).returncode == 0
    assert facts(folder) == retracted

    # Without the line all is as it was; the run says so to everybody who asks.
    (folder / "data/corrections.tsv").write_text(HEADER)
    assert run(folder).returncode == 0
    assert facts(folder) == before
    assert ask(folder, "FROM corrections") == []


def test_the_file_is_applied_at_once_and_shown_with_what_came_of_it(folder):
    first, second, *_ = claims(folder)
    lines = f"correct\t{first}\t\tvalue\t140\tmisheard\tDesk\t2025-02-01\nreject\t00000000\t\t\t\t\t\t\n"
    (folder / "data/corrections.tsv").write_text(f"# of the desk\n{HEADER}{lines}")
    waiting = missionwire("corrections", cwd=folder)
    assert "has 2 lines, and 0 of them are published" in waiting.stdout
    shown = missionwire("corrections", "--apply", cwd=folder)
    assert shown.returncode == 0
    assert "value_best: 150 -> 140" in shown.stdout
    assert "corrections.tsv:4 has no effect: no claim has the id 00000000" in shown.stderr
    assert ask(folder, f"SELECT count(*) FROM claims WHERE {ARRIVAL}") != [(0,)]
    assert ask(folder, "SELECT count(*) FROM facts WHERE kind = 'deployment' AND is_corrected") == [(1,)]
    status = missionwire("status", cwd=folder).stdout
    assert "2 lines, 1 without effect" in status
    assert second in claims(folder)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("rejct\t0123abcd\t\t\t\t\t\t", "corrections.tsv:2: action 'rejct' is no action. Did you mean 'reject'?"),
        ("correct\t0123abcd\t\tvalue\tmany\t\t\t", "corrections.tsv:2: value 'many' is no number"),
    ],
)
def test_a_wrong_line_ends_a_run_before_anything_is_asked(folder, site, line, problem):
    (folder / "data/corrections.tsv").write_text(f"{HEADER}{line}\n")
    asked = len(site.requests)
    done = run(folder)
    assert done.returncode == 2
    assert problem in done.stderr
    assert len(site.requests) == asked
    assert "no run can begin before" in missionwire("status", cwd=folder).stdout


def test_an_unknown_claim_is_not_retracted(folder):
    done = missionwire("retract", "00000000", "--reason", "wrong", cwd=folder)
    assert done.returncode == 2
    assert "no claim has the id 00000000" in done.stderr
    assert not (folder / "data/corrections.tsv").exists()
