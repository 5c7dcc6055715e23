"""What a stranger may have carried out: questions, judged by their tree; everything else is refused, with a reason."""

import duckdb
import pytest

from warehouse.screening import REFUSED_FUNCTIONS, TABLE_FUNCTIONS, Screen

# Other functions with a side effect: they make random values or errors, or tell of the asker's own question.
HARMLESS = {
    *("random", "uuid", "uuidv4", "uuidv7", "gen_random_uuid", "error", "stats"),
    *("current_connection_id", "current_query", "current_query_id", "current_transaction_id"),
}
MACROS = frozenset({"facts_as_known_at"})


@pytest.fixture(scope="module")
def screen():
    made = Screen()
    yield made
    made.close()


@pytest.mark.parametrize(
    "sql",
    [
        "FROM claims",
        "-- a remark\nSELECT kind, count(*) FROM facts GROUP BY ALL ORDER BY 2 DESC;",
        "WITH late AS (FROM articles) SELECT * FROM late JOIN claims USING (article_id) WHERE title LIKE '%glob(%'",
        "FROM facts_as_known_at('2025-01-20')",
        "FROM range(3) t(i), unnest([1, 2])",
        "DESCRIBE claims",
        "SHOW TABLES",
        "SUMMARIZE claims",
        "PIVOT facts ON kind IN ('casualty', 'pledge') USING count(*)",
        "VALUES (1)",
        "EXPLAIN FROM claims",
        "explain analyze select 1",
        "EXPLAIN (ANALYZE, FORMAT json) FROM claims",
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'claims'",
        "SELECT " + "(" * 500 + "1" + ")" * 500,
    ],
)
def test_a_question_may_be_asked(screen, sql):
    assert screen.refuse(sql, MACROS) == ""


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("", "one question at a time"),
        ("SELECT 1; SELECT 2", "one question at a time"),
        ("SELECT 1; DROP VIEW claims", "questions only"),
        ("CREATE TEMP TABLE own AS SELECT 1", "questions only"),
        ("EXPLAIN COPY claims TO 'x.csv'", "questions only"),
        ("EXPLAIN ANALYZE CREATE TABLE x (i INT)", "questions only"),
        ("EXPLAIN (ANALYZE) FROM glob('*')", "glob"),
        ("PRAGMA version", "questions only"),
        ("WITH gone AS (DELETE FROM core.claim) FROM gone", "error"),
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("FROM Read_Text('/etc/passwd')", "read_text"),
        ("FROM \"read_text\"('/etc/passwd')", "read_text"),
        ("FROM system.main.read_text('/etc/passwd')", "read_text"),
        ("SELECT EXISTS (FROM glob('*'))", "glob"),
        ("SELECT [x FOR x IN (SELECT content FROM read_text('/etc/passwd'))]", "read_text"),
        ("FROM (VALUES ('a')) t(f), LATERAL (FROM read_text(f))", "read_text"),
        ("DESCRIBE FROM read_csv('x.csv')", "read_csv"),
        ("SUMMARIZE SELECT * FROM read_csv('x.csv')", "read_csv"),
        ("FROM claims WHERE claim_id IN (SELECT file FROM glob('*'))", "glob"),
        ("FROM claims ORDER BY (SELECT count(*) FROM glob('*'))", "glob"),
        ("FROM query('DROP VIEW claims')", "query"),
        ("FROM quack_stop('quack:localhost')", "quack_stop"),
        ("FROM quack_active_connections()", "quack_active_connections"),
        ("FROM changes_since('2025-01-20')", "changes_since"),
        ("SELECT write_log('x')", "write_log"),
        ("SELECT list_transform([1], lambda x: sleep_ms(x))", "sleep_ms"),
        ("SELECT Missionwire_Allow('x', 'y')", "missionwire_allow"),
        ("SELECT " + "1 + " * 20_000 + "1", "expression depth"),
    ],
)
def test_anything_else_is_refused_with_its_reason(screen, sql, reason):
    assert reason in screen.refuse(sql, MACROS)


def test_every_function_with_a_side_effect_is_known():
    """A newer DuckDB that brings another one must be looked at."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'scalar' AND has_side_effects"
        ).fetchall()
    assert {name for (name,) in rows} - REFUSED_FUNCTIONS - HARMLESS == set()


def test_the_table_functions_that_are_allowed_exist():
    with duckdb.connect() as connection:
        known = {row[0] for row in connection.execute("SELECT function_name FROM duckdb_functions()").fetchall()}
    assert TABLE_FUNCTIONS - known == set()
