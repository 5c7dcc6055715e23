"""Seeds replace the ref tables as a whole; runs leave their row, also when they die."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extractors.records import Actor, Feed, Mission, Name, Place, Post, Publisher
from tests.warehouse.ledger import NOW, at, fresh_ledger, load_records, make_run, rows_of
from warehouse.connection import open_warehouse
from warehouse.runs import end_run, start_run
from warehouse.seeds import load_seeds

MISSION = Mission(
    name="haiti",
    title="Multinational Security Support mission",
    theatre="HTI",
    forces=("MSS", "GSF"),
    kinds=("deployment", "pledge"),
    terms=(),
    actors=(
        Actor("KEN", "state", (Name("Kenya", None, "name"), Name("kényan", "fr", "adjective")), "KEN", ("lead",)),
        Actor("MSS", "force", ()),
    ),
    posts=(Post("William Ruto", "President", "KEN", held_from=date(2022, 9, 13)),),
    places=(
        Place("ht-kenscoff", "Kenscoff", "commune", "HTI", ("Kenskòf",), "Ouest", latitude=18.45, longitude=-72.28),
    ),
    started_on=date(2024, 6, 25),
)
FEEDS = (Feed("https://news.example/feed", "News Example", "KEN", "en"),)
PUBLISHERS = (Publisher("news.example", "News Example", "KEN"),)


def load(data, mission=MISSION, feeds=FEEDS):
    with open_warehouse(data / "ledger.duckdb") as connection:
        return load_seeds(connection, missions=[mission], feeds=feeds, publishers=PUBLISHERS)


def test_seeds_become_tables(tmp_path):
    assert load(tmp_path)
    for sql, expected in {
        "SELECT theatre, kinds, started_on FROM ref.mission": ("HTI", ["deployment", "pledge"], date(2024, 6, 25)),
        "SELECT actor, sequence FROM ref.force WHERE actor = 'GSF'": ("GSF", 2),
        "SELECT name, country, roles FROM ref.actor WHERE actor = 'KEN'": ("Kenya", "KEN", ["lead"]),
        "SELECT name FROM ref.actor WHERE actor = 'MSS'": ("MSS",),
        "SELECT actor, form FROM ref.actor_name WHERE language = 'fr'": ("KEN", "adjective"),
        "SELECT held_from, held_to FROM ref.post": (date(2022, 9, 13), None),
        "SELECT aliases, admin1, latitude FROM ref.place": (["Kenskòf"], "Ouest", 18.45),
        'SELECT outlet, country, "fetch" FROM ref.feed': ("News Example", "KEN", "matching"),
        "SELECT outlet, kind FROM ref.publisher": ("News Example", "media"),
    }.items():
        assert rows_of(tmp_path, sql) == [expected]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ((Name("ONU", None, "name"), Name("United Nations", "en", "name"), Name("UN", "en", "name")), "United Nations"),
        ((Name("Ugandan", "en", "adjective"), Name("Ouganda", "fr", "name")), "Ouganda"),
    ],
)
def test_an_actor_is_shown_by_its_first_english_name_else_by_its_first(tmp_path, names, shown):
    load(tmp_path, replace(MISSION, actors=(Actor("X", "other", names),)))
    assert rows_of(tmp_path, "SELECT name FROM ref.actor") == [(shown,)]


def test_seeds_that_did_not_change_are_not_written_again(tmp_path):
    load(tmp_path)
    assert not load(tmp_path)


def test_what_left_the_seeds_leaves_the_tables(tmp_path):
    load(tmp_path)
    assert load(tmp_path, replace(MISSION, posts=()), ())
    assert rows_of(tmp_path, "SELECT (SELECT count(*) FROM ref.post), (SELECT count(*) FROM ref.feed)") == [(0, 0)]


def test_a_load_that_fails_leaves_the_old_seeds(tmp_path, monkeypatch):
    load(tmp_path)
    monkeypatch.setattr("warehouse.seeds.record_fingerprint", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load(tmp_path, replace(MISSION, posts=()))
    assert rows_of(tmp_path, "SELECT count(*) FROM ref.post") == [(1,)]


class TestRuns:
    def test_a_run_is_one_row_from_start_to_end(self, tmp_path):
        file = fresh_ledger(tmp_path)
        assert start_run(file, make_run()) == 0
        assert rows_of(tmp_path, "SELECT state, ended_at FROM runs") == [("running", None)]
        end_run(file, make_run(ended_at=at(1), state="partial", feeds_polled=3, seconds=3600.0))
        assert rows_of(tmp_path, "SELECT state, ended_at, feeds_polled, seconds FROM runs") == [
            ("partial", at(1), 3, 3600.0)
        ]

    def test_a_run_whose_process_died_is_killed_at_the_next_start(self, tmp_path):
        file = fresh_ledger(tmp_path)
        start_run(file, make_run("run-1"))
        assert start_run(file, replace(make_run("run-2"), started_at=at(5))) == 1
        assert rows_of(tmp_path, "SELECT run_id, state, ended_at FROM runs ORDER BY ALL") == [
            ("run-1", "killed", at(5)),
            ("run-2", "running", None),
        ]

    def test_a_run_may_end_by_way_of_a_spool(self, tmp_path):
        start_run(fresh_ledger(tmp_path), make_run())
        load_records(tmp_path, make_run(ended_at=at(1), state="completed"))
        assert rows_of(tmp_path, "SELECT state, started_at FROM runs") == [("completed", NOW)]
