"""The questions behind the picture: each can be asked of a new ledger, and as it stands on the page."""

import json
from datetime import UTC, date, datetime

import duckdb
import pytest

from extractors.seeds import read_mission
from flows.settings import SEEDS
from tests.warehouse.ledger import fresh_ledger, load_records, make_reading
from warehouse.connection import open_warehouse
from warehouse.picture import QUESTIONS, read_picture, read_question
from warehouse.publish import publish
from warehouse.query import run_query
from warehouse.seeds import load_seeds


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("picture")
    load_records(folder, make_reading(1))
    return publish(fresh_ledger(folder), folder / "published")


def test_what_is_told_of_one_mission_is_not_shown_of_another(published):
    ours, others = read_picture(published, "haiti"), read_picture(published, "somalia")
    assert len(ours["newest_facts"].table.rows) == 1
    assert len(ours["sentences"].table.rows) == 1
    assert {name: len(others[name].table.rows) for name in ("newest_facts", "sentences", "disputes", "places")} == {
        "newest_facts": 0,
        "sentences": 0,
        "disputes": 0,
        "places": 0,
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_statement_that_is_shown_is_the_one_that_was_asked(published, name):
    answer = read_picture(published, "haiti")[name]
    assert "$mission" not in answer.sql
    assert run_query(published, answer.sql) == answer.table


def figures_of(folder, *readings):
    load_records(folder, *readings)
    answer = read_picture(publish(fresh_ledger(folder), folder / "published"), "haiti")["figures"].table
    return {row["figure"]: row for row in (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)}


def displaced(number, day, *counts):
    level = {"kind": "displacement", "measure": "stock", "status": "done", "unit": "person", "actor": "HTI"}
    claims = [{**level, "value_best": value, **slots} for value, slots in counts]
    return make_reading(
        number, claims=claims, published_at=datetime(2025, 1, day, tzinfo=UTC), outlet=f"Outlet {number}"
    )


def test_a_level_of_a_past_month_is_no_headline_because_it_was_told_late(tmp_path):
    now = {"as_of": date(2025, 1, 14), "source": "IOM", "source_type": "un"}
    past = {"event_start": date(2024, 9, 1), "event_end": date(2024, 9, 30), "source": "IOM", "source_type": "un"}
    found = figures_of(
        tmp_path,
        displaced(1, 14, (1_041_229, now)),
        displaced(2, 18, (700_000, {"place": "Haiti"})),
        displaced(3, 22, (1_041_229, now), (703_000, past)),
    )["displaced"]
    assert (found["value"], found["as_of"]) == (1_041_229, date(2025, 1, 14))


def test_a_level_without_a_day_is_of_the_day_of_its_first_report(tmp_path):
    """A later text that recalls it makes it no newer."""
    found = figures_of(tmp_path, displaced(1, 14, (800, {})), displaced(2, 22, (800, {})))["displaced"]
    assert (found["value"], found["as_of"]) == (800, date(2025, 1, 14))


def test_what_was_paid_before_a_promise_is_not_lost(tmp_path):
    money = {"kind": "funding", "actor": "CAN", "target": "MSS", "unit": "CAD", "currency": "CAD"}
    claims = [
        {**money, "status": "done", "value_best": 86_000_000, "event_start": date(2023, 1, 1)},
        {**money, "status": "pledged", "value_best": 15_000_000, "event_start": date(2025, 1, 22)},
        {**money, "status": "done", "value_best": 5_000_000, "event_start": date(2025, 1, 24)},
    ]
    load_records(tmp_path, *(make_reading(number, claims=[claim]) for number, claim in enumerate(claims)))
    with open_warehouse(tmp_path / "ledger.duckdb") as connection:
        load_seeds(connection, missions=[read_mission(SEEDS / "missions/haiti")], feeds=[], publishers=[])
    answer = read_picture(publish(tmp_path / "ledger.duckdb", tmp_path / "published"), "haiti")["money"].table
    assert [row[:4] for row in answer.rows] == [
        ("Canada, earlier", "CAD", None, 86_000_000),
        ("Canada", "CAD", 15_000_000, 5_000_000),
    ]


def test_a_name_cannot_leave_its_quotes(published):
    sql = read_question("newest_facts", "x' OR true OR '")
    assert run_query(published, sql).rows == ()


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_order_of_the_rows_does_not_hang_on_the_machine(name):
    """A question of many rows says their order itself: several threads hand them over as they come."""
    parsed = duckdb.execute("SELECT json_serialize_sql(?::VARCHAR)", [read_question(name, "haiti")]).fetchone()[0]
    outermost = json.loads(parsed)["statements"][0]["node"]
    ends_with = [modifier["type"] for modifier in outermost["modifiers"]]
    assert "ORDER_MODIFIER" in ends_with or name == "about", "about has one row"
