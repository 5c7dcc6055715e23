"""Asking statement by statement: cut as DuckDB reads them, read-only unless told, of the newest publication."""

from __future__ import annotations

import re
import shutil

import duckdb
import pyarrow.feather
import pytest

from extractors.seeds import read_mission
from flows.settings import SEEDS
from tests.warehouse.ledger import fresh_ledger, load_records, make_reading
from warehouse.answer_files import write_arrow_file, write_parquet_file
from warehouse.connection import open_warehouse
from warehouse.examples import read_examples
from warehouse.guarding import RefusedError
from warehouse.names import read_names
from warehouse.publish import publish
from warehouse.query import QueryError
from warehouse.questions import Reader
from warehouse.seeds import load_seeds
from warehouse.sql import data_file
from warehouse.statements import has_words, split_statements
from warehouse.suggesting import read_synonyms


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    load_records(folder, make_reading(1), make_reading(2, claims=[{"value_best": 20.5}]))
    return publish(folder / "ledger.duckdb", folder / "published")


@pytest.fixture
def reader(published):
    with Reader(published) as reader:
        yield reader


def rows(reader, statement):
    return [row for batch in reader.ask(statement).batches for row in batch]


@pytest.mark.parametrize(
    ("text", "statements", "rest"),
    [
        ("from a; select count(*);", ("from a", "select count(*)"), ""),
        ("select 'a;b', \"c;d\", $$e;f$$; ", ("select 'a;b', \"c;d\", $$e;f$$",), ""),
        ("select 1 /* ; */ -- ;\n + 1;", ("select 1 /* ; */ -- ;\n + 1",), ""),
        ("select 'é'; from b", ("select 'é'",), "from b"),
        ("select 'open;", (), "select 'open;"),
        (" ;; -- nothing\n", (), "-- nothing"),
    ],
)
def test_statements_are_cut_where_duckdb_ends_them(text, statements, rest):
    assert split_statements(text) == (statements, rest)


def test_a_comment_alone_is_no_statement():
    assert not has_words("  -- nothing\n/* at all */")
    assert has_words("select 'open")


class TestGuard:
    @pytest.mark.parametrize(
        "statement",
        [
            "COPY (SELECT 1) TO '{file}'",
            "copy/**/claims/* x */to/**/'{file}' (format csv)",
            "COPY (SELECT ')' AS a) TO '{file}'",
            "EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}'",
            "PREPARE p AS COPY (SELECT 1) TO '{file}'",
            "EXPORT DATABASE '{file}'",
            "CALL enable_logging(storage = 'file', storage_path = '{file}')",
            "CALL \"enable_logging\"(storage = 'file', storage_path = '{file}')",
            "FROM query('FROM Enable_Logging(storage = ''file'', storage_path = ''{file}'')')",
            "INSTALL fts",
            "FORCE INSTALL fts FROM community",
        ],
    )
    def test_a_statement_that_writes_files_is_refused_and_says_what_allows_it(self, reader, tmp_path, statement):
        with pytest.raises(RefusedError, match="--write-files"):
            reader.ask(statement.format(file=tmp_path / "out"))
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize(
        "statement",
        [
            "SET log_query_path = '{file}'",
            "SET profiling_output = '{file}'",
            "SET lock_configuration = false",
            "SET allowed_configs = ['log_query_path']",
            "CREATE PERSISTENT SECRET s (TYPE http)",
            "ATTACH '{file}' AS theirs",
            "CREATE TABLE t AS SELECT 1",
            "DELETE FROM core.claim",
        ],
    )
    def test_duckdb_itself_refuses_the_rest(self, reader, tmp_path, statement):
        with pytest.raises(QueryError):
            rows(reader, statement.format(file=tmp_path / "out"))
        assert not (tmp_path / "out").exists()

    def test_another_database_is_attached_read_only(self, reader, tmp_path):
        with duckdb.connect(str(tmp_path / "theirs.db")) as theirs:
            theirs.execute("CREATE TABLE t AS SELECT 7 AS n")
        rows(reader, f"ATTACH '{tmp_path / 'theirs.db'}' AS theirs")
        assert rows(reader, "FROM theirs.t") == [(7,)]
        with pytest.raises(QueryError, match="read-only"):
            rows(reader, "INSERT INTO theirs.t VALUES (8)")

    def test_files_of_ones_own_are_read_and_copied_from(self, reader, tmp_path):
        (tmp_path / "mine.csv").write_text("actor,name\nKEN,Kenya\n")
        joined = f"SELECT name, value_best FROM claims JOIN '{tmp_path / 'mine.csv'}' USING (actor) ORDER BY value_best"
        assert [name for name, _ in rows(reader, joined)] == ["Kenya", "Kenya"]
        reader.ask("CREATE TEMP TABLE mine (actor VARCHAR, name VARCHAR)")
        assert reader.ask(f"COPY mine FROM '{tmp_path / 'mine.csv'}'").changed_count == 1

    def test_told_so_it_copies_to_files_but_never_over_a_database(self, published, tmp_path):
        with Reader(published, may_write_files=True) as reader:
            assert reader.ask(f"COPY (FROM claims) TO '{tmp_path / 'out.csv'}'").changed_count == 2
            before = published.read_bytes()
            for target in (f"'{published}'", f"('{published}' || '')"):
                with pytest.raises(RefusedError):
                    reader.ask(f"COPY (FROM claims) TO {target}")
            with pytest.raises(RefusedError, match="is a DuckDB database"):
                write_parquet_file(reader, "FROM claims", published)
        assert published.read_bytes() == before


class TestReader:
    def test_what_changes_an_answer_only_may_be_set(self, reader):
        rows(reader, "SET TimeZone = 'America/Port-au-Prince'")
        rows(reader, "SET threads = 1")
        assert rows(reader, "SELECT strftime('2025-01-20T06:00:00Z'::TIMESTAMPTZ, '%H')") == [("01",)]

    def test_a_pivot_is_one_question(self, reader):
        assert rows(reader, "PIVOT claims ON kind USING count(*) GROUP BY actor") == [("KEN", 2)]

    def test_an_answer_comes_in_batches(self, reader):
        sizes = [len(batch) for batch in reader.ask("FROM range(5000)").batches]
        assert sum(sizes) == 5000
        assert max(sizes) <= 2048

    def test_a_fault_in_the_middle_is_a_query_error(self, reader):
        statement = "SELECT if(range = 499_000, error('broken'), range::VARCHAR) FROM range(500_000)"
        # Of several threads DuckDB may tell of one that it stopped for the fault of another.
        reader.ask("SET threads = 1")
        batches = reader.ask(statement).batches
        assert next(batches)
        with pytest.raises(QueryError, match="broken"):
            list(batches)

    def test_what_was_opened_goes_on_answering_where_its_file_was_taken_away(self, published, tmp_path):
        here = tmp_path / "published.duckdb"
        shutil.copyfile(published, here)
        with Reader(here) as reader:
            here.unlink()
            assert not reader.is_outdated()
            assert rows(reader, "SELECT count(*) FROM claims") == [(2,)]

    def test_a_newer_publication_is_noticed_and_taken_up(self, published, tmp_path):
        here = tmp_path / "missionwire.duckdb"
        shutil.copyfile(published, here)
        with Reader(here) as reader:
            assert not reader.is_outdated()
            publish(fresh_ledger(tmp_path), here)
            assert reader.is_outdated()
            assert rows(reader, "SELECT count(*) FROM articles") == [(2,)]
            reader.reopen()
            assert rows(reader, "SELECT count(*) FROM articles") == [(0,)]
            assert not reader.is_outdated()

    @pytest.mark.parametrize(
        ("statement", "hint"),
        [
            ("SELECT cont(*) FROM claims", "count"),
            ("FROM core.clam", "claim"),
            ("FROM history_off('x')", "history_of"),
        ],
    )
    def test_mistyped_functions_and_tables_get_a_suggestion(self, reader, statement, hint):
        with pytest.raises(QueryError, match=rf"(?s)Nearest names:.*\b{hint}\b"):
            reader.ask(statement)

    def test_a_word_that_no_row_has_is_hinted_at(self, reader):
        assert "deployment" in reader.hint("FROM claims WHERE kind = 'deployments'")
        assert reader.hint("FROM claims WHERE kind = 'deployment' AND actor = 'XYZ'") == ""

    @pytest.mark.parametrize(
        ("condition", "hint"),
        [
            ("actor = 'Kenya'", "'Kenya' is actor = 'KEN', or actor_name = 'Kenya'"),
            ("actor_name = 'ONU'", "'ONU' is actor = 'UN', or actor_name = 'United Nations'"),
            ("actor = 'KEN' AND kind = 'role'", "no row has kind = 'role'; there are: deployment"),
            ("actor_name = 'Kenya' AND n_claims > 9", ""),
        ],
    )
    def test_a_name_in_place_of_a_code_is_hinted_at(self, tmp_path, condition, hint):
        load_records(tmp_path, make_reading(1))
        with open_warehouse(tmp_path / "ledger.duckdb") as connection:
            load_seeds(connection, missions=[read_mission(SEEDS / "missions/haiti")], feeds=[], publishers=[])
        with Reader(publish(tmp_path / "ledger.duckdb", tmp_path / "published")) as reader:
            assert reader.hint(f"FROM facts WHERE {condition}") == hint

    def test_a_sum_over_several_measures_is_warned_of(self, tmp_path):
        total = {"kind": "casualty", "subkind": "killed", "measure": "cumulative", "value_best": 5601}
        load_records(tmp_path, make_reading(1, claims=[{**total, "measure": "flow", "value_best": 17}, total]))
        with Reader(publish(tmp_path / "ledger.duckdb", tmp_path / "published")) as reader:
            said = reader.caution("SELECT c.actor, sum(c.value_best) FROM casualties AS c GROUP BY ALL")
            assert said.startswith("this adds up different measures (cumulative, flow)")
            assert reader.caution("SELECT sum(value_best) FROM casualties WHERE measure = 'flow'") == ""
            assert reader.caution("SELECT sum(value_best) FROM deployments") == ""
            assert reader.caution("SELECT sum(n_claims) FROM casualties") == ""

    def test_a_sum_that_mixes_what_is_counted_apart_is_warned_of(self, tmp_path):
        money = {"kind": "funding", "status": "pledged"}
        claims = [
            {"status": "done"},
            {"status": "planned", "value_best": 383},
            {"kind": "strength", "measure": "stock", "status": "done"},
            money | {"currency": "USD"},
            money | {"currency": "CAD", "value_best": 15},
        ]
        load_records(tmp_path, *(make_reading(number, claims=[claim]) for number, claim in enumerate(claims)))
        level = "a stock is a level: a newer one takes the place of the older ones"
        with Reader(publish(fresh_ledger(tmp_path), tmp_path / "published")) as reader:
            for statement, warning in (
                ("SELECT sum(value_best) FROM deployments", "this adds up different statuses (done, planned)"),
                ("SELECT status, sum(value_best) FROM deployments GROUP BY ALL", ""),
                ("SELECT sum(value_best) FROM facts WHERE kind = 'deployment' AND measure = 'flow'", ""),
                ("SELECT sum(value_best) FROM funding", "this adds up different currencies (CAD, USD) of funding"),
                ("SELECT sum(pledged) FROM promises", "this adds up different currencies (CAD, USD) of promises"),
                ("SELECT sum(value_best) FROM strength WHERE measure = 'stock'", level),
                ("SELECT sum(value_best) FROM strength WHERE measure = 'stock' QUALIFY row_number() OVER () = 1", ""),
            ):
                said = reader.caution(statement)
                assert said.startswith(warning) if warning else said == "", statement

    @pytest.mark.parametrize(
        ("statement", "told"),
        [
            ("FROM deaths", "casualties, with subkind = 'killed'"),
            ("SELECT amount FROM funding", "value_best or value_low or value_high"),
            ("SELECT c.victim FROM casualties AS c", "actor_name"),
        ],
    )
    def test_what_people_call_otherwise_is_told_by_its_name(self, reader, statement, told):
        with pytest.raises(QueryError, match=re.escape(f"Here it is called {told}.")):
            reader.ask(statement)

    def test_synonyms_lead_to_names_that_exist(self, reader):
        lines = [line.split("\t") for line in data_file("synonyms.tsv").read_text().splitlines()[1:]]
        words = [word for line in lines for word in line[0].split("|")]
        known = read_names(reader.connection)
        columns = {column for table in known.tables for column, _, _ in known.columns_of(table)}
        assert len(words) == len(set(words)) == len(read_synonyms())
        assert set(words).isdisjoint(known.tables)
        for _, names, *condition in lines:
            assert set(names.split(", ")) <= columns.union(known.tables)
            for each in condition:
                assert rows(reader, f"SELECT count(*) FROM {names} WHERE {each}")

    def test_every_example_is_answered(self, reader):
        examples = read_examples()
        assert len(examples) >= 8
        for example in examples:
            assert reader.ask(example.sql).columns

    def test_names_have_what_completion_and_dictionary_need(self, reader):
        names = read_names(reader.connection)
        assert "claims" in names.tables
        assert any(name.startswith("facts_as_known_at(") for name in names.tables)
        assert ("kind", "VARCHAR") in [column[:2] for column in names.columns_of("Claims")]
        assert "fact_id" in [name for name, _, _ in names.columns_of("changes_since")]
        assert {"select", "order", "by"} <= set(names.keywords)


class TestAnswerFiles:
    def test_parquet_and_arrow_hold_the_same_with_exact_types(self, reader, tmp_path):
        question = "SELECT kind, value_best, recorded_at FROM claims ORDER BY value_best"
        write_parquet_file(reader, question, tmp_path / "out.parquet")
        write_arrow_file(reader, question, tmp_path / "out.arrow")
        table = pyarrow.feather.read_table(tmp_path / "out.arrow")
        assert str(table.schema.field("value_best").type) == "decimal128(18, 3)"
        with duckdb.connect() as plain:
            stored = plain.execute("FROM read_parquet(?)", [str(tmp_path / "out.parquet")]).fetchall()
        assert [row[1] for row in stored] == table.column("value_best").to_pylist()

    @pytest.mark.parametrize("write", [write_parquet_file, write_arrow_file])
    def test_nothing_is_left_of_a_file_that_cannot_be_written_whole(self, reader, tmp_path, write):
        (tmp_path / "out").mkdir()
        for statement in ("SELECT error('broken')", "SET threads = 1", "FROM clams"):
            with pytest.raises(QueryError):
                write(reader, statement, tmp_path / "out/answer")
        assert list((tmp_path / "out").iterdir()) == []
