"""Publishing and asking: readers meet a whole copy, or a sentence that helps."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from extractors.errors import WarehouseError
from tests.warehouse.ledger import copied_ledger, fresh_ledger, load_records, make_reading
from warehouse.guarding import RefusedError
from warehouse.publish import publish
from warehouse.query import QueryError, list_names, run_query, write_csv, write_parquet
from warehouse.suggesting import suggest


def load_two(folder):
    load_records(folder, make_reading(1), make_reading(2, claims=[{"value_best": 20.5}]))


@pytest.fixture
def published(tmp_path):
    return publish(copied_ledger(tmp_path, load_two), tmp_path / "published")


class TestPublish:
    def test_a_plain_connection_finds_views_and_comments(self, published):
        with duckdb.connect(str(published), read_only=True) as plain:
            assert plain.execute("SELECT count(*) FROM claims").fetchone() == (2,)
            assert plain.execute("SELECT comment FROM duckdb_views() WHERE view_name = 'claims'").fetchone()[0]
            commented = plain.execute(
                "SELECT count(*), count(comment) FROM duckdb_columns() WHERE table_name = 'claims'"
            ).fetchone()
            assert commented[0] == commented[1] > 60

    def test_it_can_be_attached_under_another_name(self, published):
        with duckdb.connect() as plain:
            plain.execute(f"ATTACH '{published}' AS theirs (READ_ONLY)")
            assert plain.execute("SELECT count(*) FROM theirs.facts").fetchone() == (2,)

    def test_only_the_snapshot_is_left(self, published):
        assert [path.name for path in published.parent.iterdir()] == ["missionwire.duckdb"]

    def test_a_reader_of_the_old_snapshot_keeps_it(self, tmp_path, published):
        with duckdb.connect(str(published), read_only=True) as reader:
            load_records(tmp_path, make_reading(3), run_id="run-2")
            publish(tmp_path / "ledger.duckdb", published.parent)
            assert reader.execute("SELECT count(*) FROM articles").fetchone() == (2,)
        assert run_query(published, "SELECT count(*) FROM articles").rows == ((3,),)

    def test_a_reader_of_the_ledger_does_not_stop_it(self, tmp_path, published):
        with duckdb.connect(str(tmp_path / "ledger.duckdb"), read_only=True, config=_OURS):
            publish(tmp_path / "ledger.duckdb", published.parent)

    def test_what_a_killed_writer_left_in_its_log_is_published(self, tmp_path, published):
        with duckdb.connect(str(tmp_path / "ledger.duckdb")) as writer:
            writer.execute("PRAGMA disable_checkpoint_on_shutdown")
            writer.execute("INSERT INTO ops.run (run_id) VALUES ('in the log')")
        assert (tmp_path / "ledger.duckdb.wal").exists()
        publish(tmp_path / "ledger.duckdb", published.parent)
        assert run_query(published, "SELECT run_id FROM runs").rows == (("in the log",),)

    def test_without_a_ledger_the_old_snapshot_stands(self, tmp_path, published):
        before = published.read_bytes()
        with pytest.raises(WarehouseError, match="does not exist yet"):
            publish(tmp_path / "none.duckdb", published.parent)
        assert published.read_bytes() == before
        assert [path.name for path in published.parent.iterdir()] == ["missionwire.duckdb"]


# What connections of ours are opened with: DuckDB lets one process open a file in one way only.
_OURS = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "2GB",
    "threads": 2,
}


class TestQuery:
    def test_an_answer_has_names_types_and_plain_numbers(self, published):
        table = run_query(published, "SELECT kind, value_best FROM claims ORDER BY value_best")
        assert table.columns == ("kind", "value_best")
        assert table.types == ("VARCHAR", "DECIMAL(18,3)")
        assert [str(row[1]) for row in table.rows] == ["20.5", "217"]
        assert table.rows[0][1] == Decimal("20.5")

    def test_of_several_statements_the_last_answers(self, published):
        assert run_query(published, "SET threads = 1; SELECT 1 AS n").rows == ((1,),)

    def test_nothing_can_be_written(self, published):
        with pytest.raises(QueryError, match="read-only"):
            run_query(published, "DELETE FROM core.claim")

    @pytest.mark.parametrize(
        ("sql", "hint"),
        [
            ("FROM promisses", "promises"),
            ("SELECT value_bst FROM claims", "value_best"),
            ("FROM facts_undr('acled')", "facts_under"),
            ("SELECT claims.outlt FROM claims", "outlet"),
        ],
    )
    def test_a_mistyped_name_gets_a_suggestion(self, published, sql, hint):
        with pytest.raises(QueryError, match=hint):
            run_query(published, sql)

    def test_a_wrong_statement_is_shown_with_its_place(self, published):
        with pytest.raises(QueryError, match=r"LINE 1"):
            run_query(published, "SELEC 1")

    def test_without_a_snapshot_it_says_what_makes_one(self, tmp_path):
        with pytest.raises(WarehouseError, match="missionwire run"):
            run_query(tmp_path / "none.duckdb", "SELECT 1")

    def test_a_result_goes_to_parquet(self, published, tmp_path):
        write_parquet(published, "SELECT kind, value_best FROM claims", tmp_path / "out.parquet")
        with duckdb.connect() as plain:
            stored = plain.execute("SELECT sum(value_best) FROM read_parquet(?)", [str(tmp_path / "out.parquet")])
            assert stored.fetchone() == (Decimal("237.5"),)

    @pytest.mark.parametrize("write", [write_parquet, write_csv])
    def test_what_cannot_be_written_whole_leaves_what_stood_there(self, published, tmp_path, write):
        (tmp_path / "out").mkdir()
        (tmp_path / "out/answer").write_text("of yesterday")
        broken = "SELECT if(range < 300000, 1, error('broken')) FROM range(400000)"
        for statement in ("SET threads = 1", "FROM clams", broken):
            with pytest.raises(QueryError):
                write(published, statement, tmp_path / "out/answer")
        assert [file.read_text() for file in (tmp_path / "out").iterdir()] == ["of yesterday"]

    @pytest.mark.parametrize("write", [write_parquet, write_csv])
    def test_no_answer_takes_the_place_of_a_database_or_a_folder(self, published, tmp_path, write):
        before = published.read_bytes()
        with pytest.raises(RefusedError, match="is a DuckDB database"):
            write(published, "FROM claims", published)
        assert published.read_bytes() == before
        for target, problem in ((tmp_path, "is a folder"), (tmp_path / "nowhere/a.csv", "does not exist")):
            with pytest.raises(WarehouseError, match=problem):
                write(published, "FROM claims", target)

    def test_names_can_be_listed_and_compared(self, published):
        assert ("claims", "value_best", "DECIMAL(18,3)") in list_names(published)
        assert suggest("claim", ("claims", "facts")) == ("claims",)


def test_a_fresh_ledger_answers_every_view(tmp_path):
    published = publish(fresh_ledger(tmp_path), tmp_path / "published")
    views = {name for name, _, _ in list_names(published) if "." not in name}
    assert {name: run_query(published, f"FROM {name}").rows for name in views} == dict.fromkeys(views, ())
