"""The shell of missionwire sql, on a real pseudo-terminal: what a person types, and what is shown."""

from __future__ import annotations

import shutil

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from flows.asking.completion import SqlCompleter
from tests.flows.terminal import Terminal
from tests.warehouse.ledger import fresh_ledger, publish_two_stories
from warehouse.names import read_names
from warehouse.publish import publish
from warehouse.questions import Reader


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return publish_two_stories(tmp_path_factory.mktemp("shell"))


@pytest.fixture(scope="module")
def names(folder):
    with Reader(folder / "data/published/missionwire.duckdb") as reader:
        return read_names(reader.connection)


def shell(folder, **options):
    settings = {"XDG_STATE_HOME": str(folder / "state")} | options.pop("settings", {})
    return Terminal("sql", cwd=folder, settings=settings, **options)


def choices(names, before, after=""):
    document = Document(before + after, len(before))
    return [found.text for found in SqlCompleter(lambda: names).get_completions(document, CompleteEvent())]


class TestCompletion:
    def test_after_from_and_join_stand_views_macros_and_tables(self, names):
        assert choices(names, "SELECT * FROM promi") == ["promises"]
        assert choices(names, "from facts join facts_as") == ["facts_as_known_at("]
        assert "core.claim" in choices(names, "from core.")
        assert "select" not in choices(names, "from s")

    def test_columns_are_those_of_the_views_that_are_asked(self, names):
        assert choices(names, "SELECT outst", " FROM promises")[0] == "outstanding"
        assert "outstanding" not in choices(names, "SELECT outst", " FROM claims")

    def test_after_an_alias_stand_its_columns_alone(self, names):
        found = choices(names, "SELECT * FROM claims AS c JOIN promises p ON c.actor = p.contr")
        assert found == ["contributor", "contributor_name"]
        assert "sentence" in choices(names, "SELECT c.", " FROM claims c")
        assert "kind" in choices(names, "SELECT f.", " FROM facts_as_known_at('2025-01-20') f")

    def test_words_of_sql_come_as_they_are_begun(self, names):
        assert "GROUP" in choices(names, "FROM facts GRO")
        assert "group" in choices(names, "from facts gro")

    def test_in_a_string_nothing_is_completed(self, names):
        assert choices(names, "FROM facts WHERE kind = 'sel") == []

    def test_dot_commands_and_their_arguments(self, names, tmp_path):
        (tmp_path / "mine.sql").touch()
        assert choices(names, ".ta") == ["tables"]
        assert choices(names, ".mode js") == ["json", "jsonl"]
        assert choices(names, ".columns promi")[0] == "promises"
        assert choices(names, f".read {tmp_path}/mi") == [f"{tmp_path}/mine.sql"]


def test_a_session_of_questions_mistakes_and_modes(folder):
    """One session, because each start takes seconds: errors do not end it, and every mode answers."""
    with shell(folder, lines=90) as terminal:
        terminal.see("missionwire>")
        terminal.type("select kind, count(*) as n\rfrom claims\r")
        terminal.see(r"\.\.\.> from claims")
        assert "deployment  2" in terminal.ask("group by all;", "1 row")
        assert "Nearest names: promises" in terminal.ask("from promisses;", "Nearest")
        assert "nearest: .tables" in terminal.ask(".tabels", "nearest")
        assert "NULL" in terminal.ask("select null as nothing;", "1 row")
        assert "--write-files" in terminal.ask(f"copy claims to '{folder}/x.csv';", "told")
        assert not (folder / "x.csv").exists()
        assert "nearest: deployment" in terminal.ask("from claims where kind = 'deployments';", "0 rows")
        assert "Grain: claim" in terminal.ask(".tables", "history_of")
        assert "fact_id" in terminal.ask(".schema facts", "known_from")
        terminal.ask(".mode json", r"json\n")
        assert '{"a":1}' in terminal.ask("select 1 as a;", "1 row")
        terminal.ask(f".output {folder}/out.json", "answers go to")
        terminal.ask("select 2 as b;", "1 row")
        terminal.ask(".output", "screen")
        assert (folder / "out.json").read_text() == '[\n {"b":2}\n]\n'
        (folder / "script.sql").write_text(".mode csv\nselect 7 as seven;\n")
        assert "seven\n7" in terminal.ask(f".read {folder}/script.sql", "seven")
        assert "FROM promises;" in terminal.ask(".examples", "rejections")
        assert "1 row written" in terminal.ask("create temp table mine as select 1;", "written")
        assert ".quit" in terminal.ask("help", "Ctrl-D does so")
        terminal.type("exit\r")
        assert terminal.end() == 0


def test_ctrl_c_ends_the_query_and_not_the_shell(folder):
    with shell(folder) as terminal:
        terminal.see("missionwire>")
        terminal.type("select count(*) from range(100_000_000_000) a, range(1000) b;\r")
        terminal.see(r"range\(1000\) b;\s*\n")
        # The editor may still have the keys when the first one comes: a person presses again, too.
        assert any(terminal.press_again("\x03", "Interrupted", 3) for _ in range(10))
        terminal.see("missionwire>")
        assert "42" in terminal.ask("select 42 as still_here;", "1 row")
        terminal.type("half a line\x03")
        terminal.see(r"missionwire>\W*$")
        terminal.type("\x04")
        assert terminal.end() == 0


def test_tab_completes_and_history_outlives_the_session(folder):
    with shell(folder) as terminal:
        terminal.see("missionwire>")
        terminal.type("from promi\t")
        terminal.see(r"from promises\W*$")
        terminal.ask(" limit 3;", "0 rows")
        terminal.type("\x04")
        assert terminal.end() == 0
    history = folder / "state/missionwire/sql_history"
    assert history.stat().st_mode & 0o777 == 0o600
    with shell(folder) as terminal:
        terminal.see("missionwire>")
        terminal.type("\x1b[A")
        terminal.see("from promises limit 3;")
        terminal.type("\x03\x04")


def test_an_answer_longer_than_the_screen_goes_to_the_pager(folder):
    pager = folder / "pager"
    pager.write_text(f"#!/bin/sh\nhead -3 > {folder}/paged\n")
    pager.chmod(0o755)
    with shell(folder, settings={"PAGER": str(pager)}, lines=20) as terminal:
        terminal.see("missionwire>")
        terminal.ask("from range(5);", "5 rows")
        assert not (folder / "paged").exists()
        terminal.ask("from range(1_000_000);", r"1_000_000\);")
        assert "42" in terminal.ask("select 42 as still_here;", "1 row")
        assert (folder / "paged").read_text().split()[-2:] == ["0", "1"]


def test_a_newer_publication_is_taken_up_and_told_of_once(folder, tmp_path):
    published = tmp_path / "data/published/missionwire.duckdb"
    published.parent.mkdir(parents=True)
    shutil.copyfile(folder / "data/published/missionwire.duckdb", published)
    with shell(tmp_path) as terminal:
        terminal.see("missionwire>")
        assert "2" in terminal.ask("select count(*) as n from claims;", "1 row")
        publish(fresh_ledger(tmp_path), published)
        answer = terminal.ask("select count(*) as n from claims;", "1 row")
        assert ("newer publication" in answer, "0" in answer.split()) == (True, True)
        assert "newer publication" not in terminal.ask("select 1 as a;", "1 row")
        terminal.ask("create temp table mine as select 1 as a;", "rows")
        publish(fresh_ledger(tmp_path), published)
        assert ".reload takes it up" in terminal.ask("from mine;", "1 row")
        assert ".reload" not in terminal.ask("from mine;", "1 row")
        assert "newest" in terminal.ask(".reload", "newest")
