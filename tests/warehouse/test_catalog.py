"""The ledger explains itself: every relation and column says what it is, and the dictionary is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.ledger import fresh_ledger
from warehouse.connection import open_warehouse
from warehouse.dictionary import list_columns, list_macros, write_dictionary
from warehouse.sql import data_file, list_sql

ROOT = Path(__file__).parents[2]

PROMISED = {
    "articles": "article_id url title outlet outlet_country language published_at published_basis published_conflict "
    "recorded_at text revision revision_count copy_group_id copy_role agency missions",
    "facts": "fact_id mission kind subkind measure actor target place place_id country admin1 admin2 latitude "
    "longitude event_start event_end date_precision as_of value_low value_best value_high qualifier unit "
    "unit_class currency person role status agreement n_claims n_articles n_outlets n_independent "
    "first_published_at last_published_at",
    "claims": "claim_id document article_id run_id rule extractor_version language mission kind subkind measure "
    "value_low value_best value_high qualifier original_value unit unit_class currency actor actor_text "
    "actor_country target target_text person role status polarity certainty event_start event_end "
    "date_precision date_basis as_of place place_id country admin1 admin2 pcode latitude longitude "
    "place_basis attribution source source_text source_type via part_of sentence start end spans derived "
    "in_title confidence outlet url title published_at recorded_at",
    "claim_history": "claim_id revision is_withdrawn withdrawn_at",
    "fact_claims": "fact_id claim_id relation",
    "people": "fact_id person role holds_from holds_to",
    "promises": "promise_id mission contributor kind unit currency pledged delivered outstanding status pledged_on "
    "as_of n_independent fact_ids",
    "rejections": "url feed stage reason detail attempts first_at last_at is_final",
    "feed_health": "feed url outlet state last_polled_at last_status last_new_at next_due_at due_reason failure_count "
    "entry_count_30d note",
    "coverage": "outlet day entries_seen articles_loaded copies rejected gap_suspected",
    "runs": "run_id started_at ended_at state feeds_polled feeds_unchanged entries_new articles_loaded copies "
    "rejected claims_new seconds",
}


@pytest.fixture(scope="module")
def columns(tmp_path_factory):
    with open_warehouse(fresh_ledger(tmp_path_factory.mktemp("catalog")), read_only=True) as connection:
        return list_columns(connection)


@pytest.fixture(scope="module")
def macros(tmp_path_factory):
    with open_warehouse(fresh_ledger(tmp_path_factory.mktemp("catalog")), read_only=True) as connection:
        return list_macros(connection)


def test_every_macro_has_a_comment(macros):
    assert {
        *("facts_as_known_at", "facts_under", "changes_since", "history_of", "growth_of"),
        *("search_articles", "search_sentences", "words_meant"),
    } == {m.name for m in macros}
    assert [macro.name for macro in macros if not macro.comment or not macro.columns] == []


@pytest.mark.parametrize("macro", ["facts_as_known_at", "facts_under"])
def test_the_facts_of_another_moment_or_policy_have_the_columns_of_facts(columns, macros, macro):
    facts = tuple(column.name for column in columns if column.table_name == "facts")
    assert [m.columns for m in macros if m.name == macro] == [facts]


def test_every_table_view_and_column_has_a_comment(columns):
    assert [f"{c.table_name}.{c.name}" for c in columns if not c.comment or not c.table_comment] == []


def test_comments_survive_a_change_of_the_views(tmp_path, columns, monkeypatch):
    file = fresh_ledger(tmp_path)
    extra = tmp_path / "99_extra.sql"
    extra.write_text("CREATE OR REPLACE VIEW extra AS SELECT article_id FROM articles; COMMENT ON VIEW extra IS 'x';")
    monkeypatch.setattr("warehouse.migrate.list_sql", lambda f: (*list_sql(f), *([extra] if f == "views" else [])))
    with open_warehouse(file) as connection:
        described = list_columns(connection)
    assert set(columns) < set(described)
    assert all(column.comment for column in described)
    monkeypatch.undo()
    with open_warehouse(file) as connection:
        assert list_columns(connection) == columns


@pytest.mark.parametrize("view", PROMISED)
def test_a_view_has_the_columns_that_were_promised(columns, view):
    assert set(PROMISED[view].split()) <= {column.name for column in columns if column.table_name == view}


def test_every_line_of_the_glossary_is_used(columns):
    names = [line.split("\t")[0] for line in data_file("glossary.tsv").read_text().splitlines()[1:]]
    assert len(names) == len(set(names))
    used = {column.name for column in columns} | {f"{column.table}.{column.name}" for column in columns}
    assert set(names) <= used


def test_the_data_dictionary_is_up_to_date(columns, macros):
    assert (ROOT / "docs" / "tables.md").read_text() == write_dictionary(columns, macros), (
        "run: python -m warehouse.dictionary docs/tables.md"
    )


def test_no_constraint_or_index_is_relied_on(tmp_path):
    with open_warehouse(fresh_ledger(tmp_path), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM duckdb_constraints()").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM duckdb_indexes()").fetchone() == (0,)
