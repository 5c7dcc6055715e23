"""What was loaded is read again by newer extractors: what would change is told first, then the current view moves."""

import functools
import json
import shutil
import signal
import time
from types import SimpleNamespace

import duckdb
import pytest

from extractors.errors import SettingsError, WarehouseError
from extractors.facts.extractor import ClaimExtractor
from extractors.proposal import ExtractorError
from extractors.records import Extraction, Rereading, StoredText
from extractors.seeds import read_mission
from flows.cli import app
from flows.proposing import Proposers
from flows.settings import SEEDS
from tests.flows.command import SETTINGS, missionwire, start
from tests.flows.newspaper import PARAGRAPHS, feed, feed_list, page
from tests.flows.shared_server import shared_api_url, using_shared_server
from tests.warehouse.ledger import at, fresh_ledger, make_reading, spool_records
from warehouse.load import load_spools
from warehouse.query import run_query
from warehouse.spool import waiting_spools

ATTACK = (
    "Gangs killed 40 people in Kenscoff on Friday, the Multinational Security Support mission in Haiti said.",
    *PARAGRAPHS[1:],
)


@pytest.fixture(scope="module", autouse=True)
def prefect_server():
    """One Prefect server for all tests here."""
    with using_shared_server():
        yield


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """Run a command, with everything of it in tmp_path."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PREFECT_API_URL", shared_api_url())

    def run(*arguments):
        code = app([*map(str, arguments), "--data", str(tmp_path / "data")], standalone_mode=False)
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return run


@pytest.fixture
def reextract(command):
    return functools.partial(command, "reextract")


@pytest.fixture
def ask(tmp_path):
    """Rows of a query on the published snapshot."""
    return lambda sql: list(run_query(tmp_path / "data/published/missionwire.duckdb", sql).rows)


@pytest.fixture
def seeds(tmp_path, monkeypatch):
    """Use a copy of the seeds with some words of a mission's file changed: another version of the extractor."""

    def use(**changes):
        folder = tmp_path / f"seeds-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(SEEDS, folder)
        for name, (old, new) in changes.items():
            [file] = (folder / "missions/haiti").glob(f"{name}.*")
            text = file.read_text()
            assert old in text
            file.write_text(text.replace(old, new))
        monkeypatch.setenv("MISSIONWIRE_SEEDS", str(folder))

    return use


OLDER = {"mission": ('"casualty", ', ""), "places": ("HT0115\tKenscoff", "HT9115\tKenscoff")}


def test_what_changes_is_told_first_and_then_adopted(site, tmp_path, monkeypatch, seeds, command, reextract, ask):
    site.replies = {
        "/feed": feed(site, ("/police", "Kenya sends police to Haiti"), ("/attack", "Attack in Kenscoff, Haiti")),
        "/police": page("Kenya sends police to Haiti"),
        "/attack": page("Attack in Kenscoff, Haiti", ATTACK),
    }
    monkeypatch.setenv("MISSIONWIRE_FEEDS", str(feed_list(tmp_path, site.url("/feed"))))
    seeds(**OLDER)
    assert command("run", "--all").code == 0
    assert ask("SELECT kind, value_best FROM claims ORDER BY ALL") == [("deployment", 150)]
    [old_version] = ask("SELECT DISTINCT extractor_version FROM claims")

    # The casualties are wanted now.
    seeds()
    before = (tmp_path / "data/missionwire.duckdb").read_bytes()
    told = reextract("--diff", "--json")
    [added] = map(json.loads, told.out.splitlines())
    assert (added["change"], added["kind"], added["sentence"]) == ("added", "casualty", ATTACK[0])
    assert (added["outlet"], added["url"], added["after"]["place"]) == ("Paper", site.url("/attack"), "Kenscoff")
    assert "2 texts compared" in told.err
    assert (tmp_path / "data/missionwire.duckdb").read_bytes() == before

    requests = len(site.requests)
    done = reextract()
    assert done.code == 0
    assert "2 of 2 texts read again" in done.out
    assert ask("SELECT kind, value_best FROM claims ORDER BY ALL") == [("casualty", 40), ("deployment", 150)]
    assert ask("SELECT kind, value_best FROM facts ORDER BY ALL") == [("casualty", 40), ("deployment", 150)]
    assert ask("SELECT kind FROM claim_history WHERE is_superseded") == [("deployment",)]
    assert ask("SELECT DISTINCT extractor_version FROM claims") != [old_version]
    assert len(site.requests) == requests

    # Once more, nothing is there to do; and the snapshot stays the file that it was.
    snapshot = (tmp_path / "data/published/missionwire.duckdb").stat()
    assert reextract().out == "nothing to read again: today's extractors have read all 2 texts\n"
    assert (tmp_path / "data/published/missionwire.duckdb").stat().st_ino == snapshot.st_ino

    # The police are not asked for any more, and the place has another id.
    seeds(mission=('"deployment", ', ""), places=OLDER["places"])
    told = reextract("--diff")
    assert "- deployment: " in told.out
    [changed] = [line for line in told.out.splitlines() if line.startswith("~ ")]
    assert changed.startswith("~ casualty: ")
    assert "place_id HT0115 -> HT9115" in changed
    assert f"\n  {ATTACK[0]}\n  Paper, 2025-01-18, {site.url('/attack')}\n" in told.out
    table = {row.split()[0]: row.split()[1:] for row in told.out.splitlines()[:4]}
    assert table["casualty"] == ["0", "0", "1", "0"]
    assert table["total"] == ["0", "1", "1", "0"]
    assert "- deployment" not in reextract("--diff", "--kind", "casualty").out
    assert "~ casualty" not in reextract("--diff", "--limit", "0").out
    assert "0 texts compared" in reextract("--diff", "--until", "2024-12-31").out
    assert "read the same" in reextract("--diff", "--since", "2025-02-01").out
    assert "1 claims new, 2 superseded" in reextract().out
    assert ask("SELECT kind, place_id FROM facts") == [("casualty", "HT9115")]
    assert ask("SELECT count(*) FROM claim_history") == [(4,)]


def test_what_is_about_a_mission_follows_its_terms(site, tmp_path, monkeypatch, seeds, command, reextract, ask):
    site.replies = {"/feed": feed(site, ("/police", "Police")), "/police": page("Kenya sends police to Haiti")}
    monkeypatch.setenv("MISSIONWIRE_FEEDS", str(feed_list(tmp_path, site.url("/feed"))))
    assert command("run", "--all").code == 0
    known = (SEEDS / "missions/haiti/mission.toml").read_text()
    utopia = 'shared_place_names = ["Port-au-Prince"]\n[[term]]\nlanguage = "en"\nweight = 1.0\ntexts = ["Utopia"]\n'
    seeds(mission=(known[known.index("shared_place_names") :], utopia))
    told = reextract("--diff")
    assert "1 texts are no longer about haiti" in told.out
    assert reextract().code == 0
    assert ask("SELECT missions, (SELECT count(*) FROM claims) FROM articles") == [([], 0)]


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("--kind", "casualty"), SettingsError, "--diff"),
        (("--json",), SettingsError, "--diff"),
        (("--diff", "--kind", "casualties"), SettingsError, "there are .*casualty"),
        (("--since", "2025-02-01", "--until", "2025-01-01"), SettingsError, "right would be"),
        (("--diff",), WarehouseError, "does not exist yet"),
        (("--mission", "nowhere"), SettingsError, "no such mission"),
    ],
)
def test_what_cannot_be_done_is_said(reextract, arguments, error, words):
    with pytest.raises(error, match=words):
        reextract(*arguments)


class Other:
    """An extractor of another make that finds nothing, or fails."""

    name, version = "other", "7"

    def __init__(self, fails):
        self._fails = fails

    def propose(self, _document, _mission):
        if self._fails:
            raise ExtractorError("no_answer", "time-out")
        return ()


@pytest.mark.parametrize("fails", [False, True])
def test_who_gave_no_answer_has_not_read(fails):
    """The next reextract asks it again, and leaves alone those that have answered."""
    proposers = Proposers([ClaimExtractor(read_mission(SEEDS / "missions/haiti"))], [Other(fails)])
    text = StoredText("a", "v", "Haiti", "Kenya sent 150 police officers to the MSS in Haiti.", "en")
    [found] = proposers.add_to_texts([text], [Rereading(article_id="a", version_id="v")])
    assert [each.extractor for each in found.extractions] == ([] if fails else ["other"])
    assert {refusal.version_id for refusal in found.refusals} == ({"v"} if fails else set())
    assert proposers.readers[1] == Extraction("haiti", "other", "7")


def prepared(data, count):
    """A ledger whose articles were read by an extractor of long ago: one in fifty has a claim now, as it had then."""
    data.mkdir()
    file = fresh_ledger(data).rename(data / "missionwire.duckdb")
    readings = []
    for number in range(count):
        text = f"Rain fell on {number} fields of rice, and no one was there to tell of it."
        if number % 50 == 0:
            text = f"Kenya sent {100 + number} officers to the Multinational Security Support mission in Haiti."
        claims = [{"words": str(100 + number), "value_best": 100 + number}] if number % 50 == 0 else []
        readings.append(make_reading(number, text=text, claims=claims, hours=number, published_at=at(24 * number)))
    spool_records(data / "spool", *readings)
    load_spools(file, waiting_spools(data / "spool"), recorded_at=at(0))
    return data


def contents(data):
    with duckdb.connect(str(data / "missionwire.duckdb"), read_only=True) as connection:
        return {
            table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()
            for table, columns in {
                "core.claim": "* EXCLUDE (run_id, recorded_at)",
                "core.extraction": "* EXCLUDE (run_id, recorded_at)",
                "core.article_mission": "* EXCLUDE (run_id, recorded_at)",
                "facts": "fact_id, kind, value_best, n_claims, agreement",
            }.items()
        }


def kill_when(process, happens):
    deadline = time.monotonic() + 120
    while not happens():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.long
def test_killed_in_the_middle_it_goes_on_with_what_is_left(tmp_path):
    """Killed while the first batch waits to be loaded, and again while the second one is written or waits."""
    whole, data = prepared(tmp_path / "whole", 2050), tmp_path / "data"
    shutil.copytree(whole, data)
    done = missionwire("reextract", "--data", whole, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2,050 of 2,050 texts read again" in done.stdout
    spool = data / "spool"
    kill_when(start("reextract", "--data", data, cwd=tmp_path), lambda: any(spool.glob("*-000000.spool")))
    kill_when(start("reextract", "--data", data, cwd=tmp_path), lambda: any(spool.glob("*-000001.*")))
    last = missionwire("reextract", "--data", data, cwd=tmp_path)
    assert last.returncode == 0, last.stderr
    assert "2,050 of" not in last.stdout
    assert contents(data) == contents(whole)
    assert not list(spool.iterdir())
