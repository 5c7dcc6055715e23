"""missionwire sql without a terminal: arguments, files and pipes; forms of answers; long ones."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from itertools import chain

import duckdb
import pyarrow as pa
import pytest
from rich.cells import cell_len

from flows.asking.forms import FORMS
from flows.asking.grid import Look, fold
from flows.cells import cell
from tests.flows.command import clean_environment, missionwire
from tests.warehouse.ledger import publish_two_stories
from warehouse.questions import Answer, Reader

ODD = """
SELECT 217.500::DECIMAL(18, 3) AS amount, TIMESTAMPTZ '2025-01-20 06:00:00.25Z' AS at, NULL AS nothing, '' AS empty,
    [1, NULL, 3] AS list, {'a': 0.5::DECIMAL(4, 3), 'b': [DATE '2025-01-20']} AS pair, MAP {7: 'seven'} AS map,
    '\\xDE\\xADok'::BLOB AS bytes, 'nan'::DOUBLE AS nan, true AS yes, 'a|b' || chr(10) || 'c' AS words
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return publish_two_stories(tmp_path_factory.mktemp("asking"))


@pytest.fixture(scope="module")
def reader(folder):
    with Reader(folder / "data/published/missionwire.duckdb") as reader:
        yield reader


def written(reader, form, statement, look=None):
    stream = io.StringIO()
    FORMS[form](reader.ask(statement), stream, look or Look())
    return stream.getvalue()


class TestForms:
    def test_json_keeps_what_a_value_is(self, reader):
        (row,) = json.loads(written(reader, "json", ODD))
        assert json.loads(written(reader, "jsonl", ODD)) == row
        assert row == {
            "amount": 217.5,
            "at": "2025-01-20T06:00:00.250000+00:00",
            "nothing": None,
            "empty": "",
            "list": [1, None, 3],
            "pair": {"a": 0.5, "b": ["2025-01-20"]},
            "map": {"7": "seven"},
            "bytes": "\\xDE\\xADok",
            "nan": None,
            "yes": True,
            "words": "a|b\nc",
        }

    def test_json_has_numbers_of_every_size(self, reader):
        sql = f"SELECT 217.50::DECIMAL(9, 2) AS sum, 2::HUGEINT ** 100 AS real, {2**62} AS long, {2**100} AS huge"
        (row,) = json.loads(written(reader, "json", sql))
        assert row == {"sum": 217.5, "real": 2.0**100, "long": 2**62, "huge": 2**100}
        assert json.loads(written(reader, "json", "SELECT 217.50::DECIMAL(9, 2) AS sum, 'nan'::DOUBLE AS none")) == [
            {"sum": 217.5, "none": None}
        ]

    def test_csv_is_read_back(self, reader):
        (row,) = csv.DictReader(io.StringIO(written(reader, "csv", ODD)))
        assert (row["amount"], row["at"], row["nothing"]) == ("217.5", "2025-01-20 06:00:00.250000+00:00", "")
        assert (row["bytes"], row["words"]) == ("\\xDE\\xADok", "a|b\nc")

    def test_no_row_is_still_json_csv_and_a_table(self, reader):
        none = "SELECT 1 AS a WHERE false"
        assert [written(reader, form, none) for form in ("json", "jsonl", "csv", "table")] == [
            "[]\n",
            "",
            "a\r\n",
            "a\n",
        ]

    def test_markdown_keeps_one_line_a_row(self, reader):
        assert written(reader, "markdown", "SELECT 'a|b' || chr(10) || 'c' AS words, 1 AS n") == (
            "| words | n |\n|---|---|\n| a\\|b<br>c | 1 |\n"
        )

    def test_wide_and_combining_characters_keep_columns_aligned(self, reader):
        table = written(reader, "table", "FROM (VALUES ('海地', 1), ('Haïti', 22), ('Hai\u0308ti', 3)) AS t(place, n)")
        assert {cell_len(line) for line in table.splitlines()} == {9}
        assert [line.split() for line in table.splitlines()[1:]] == [
            ["海地", "1"],
            ["Haïti", "22"],
            ["Hai\u0308ti", "3"],
        ]

    @pytest.mark.parametrize("width", [40, 60, 120])
    def test_a_terminal_gets_lines_no_wider_than_itself(self, reader, width):
        table = written(reader, "table", "SELECT kind, sentence, url FROM claims", Look(width=width))
        assert max(map(cell_len, table.splitlines())) <= width
        assert "officers" in table

    def test_more_columns_than_fit_become_blocks(self, reader):
        blocks = written(reader, "table", "FROM claims", Look(width=80))
        assert max(map(cell_len, blocks.splitlines())) <= 80
        assert [line.split() for line in blocks.splitlines() if line.startswith("kind ")] == [
            ["kind", "deployment"]
        ] * 2

    def test_escape_sequences_do_not_reach_a_terminal(self, reader):
        for form in ("table", "line"):
            assert "\x1b" not in written(reader, form, "SELECT chr(27) || '[2J' AS title")

    def test_a_long_table_is_not_held(self):
        pulled = []

        def batches():
            for number in range(100):
                pulled.append(number)
                yield [(number, "x")] * 1000

        stream = Watched(pulled)
        FORMS["table"](Answer(("n", "x"), ("BIGINT", "VARCHAR"), batches()), stream, Look())
        assert stream.pulled_at_first_write <= 11
        assert stream.lines == 100_001


class Watched(io.StringIO):
    """A stream that notes how much was pulled when the first line came."""

    def __init__(self, pulled):
        super().__init__()
        self.pulled, self.pulled_at_first_write, self.lines = pulled, None, 0

    def writelines(self, lines):
        if self.pulled_at_first_write is None:
            self.pulled_at_first_write = len(self.pulled)
        self.lines += sum(1 for _ in lines)


@pytest.mark.parametrize("text", ["Kenya sent 217 officers", "海地的肯尼亚警察", "a" * 50, "", "two\nlines of text"])
@pytest.mark.parametrize("width", [3, 12, 40])
def test_folding_loses_no_character_and_keeps_the_width(text, width):
    lines = fold(text, width)
    assert max(map(cell_len, lines)) <= width
    assert "".join(chain.from_iterable(lines)).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_times_are_told_to_the_second_and_given_to_programs_exactly(reader):
    ((value,),) = next(reader.ask("SELECT TIMESTAMPTZ '2025-01-20 06:00:00.25Z'").batches)
    assert (cell(value), cell(value, is_exact=True)[-13:]) == ("2025-01-20 06:00:00+00:00", ".250000+00:00")


class TestCommand:
    def test_a_file_of_statements_goes_on_after_a_fault_and_ends_with_2(self, folder):
        (folder / "all.sql").write_text("SELECT 1 AS one; SELECT nonsense;\n.mode csv\nSELECT ';' AS two -- ;\n")
        done = missionwire("sql", "-f", "all.sql", cwd=folder)
        assert done.stdout.split() == ["one", "1", "two", ";"]
        assert (done.returncode, "nonsense" in done.stderr) == (2, True)

    def test_several_statements_in_one_argument_are_all_answered(self, folder):
        done = missionwire("sql", "SET threads = 1; SELECT 1 AS a; SELECT 2 AS b", "--jsonl", cwd=folder)
        assert done.stdout == '{"a":1}\n{"b":2}\n'
        assert done.returncode == 0

    def test_arrow_and_parquet_go_to_a_file_or_into_a_pipe(self, folder):
        question = "SELECT kind, value_best FROM claims"
        for option in ("--arrow", "--parquet"):
            command = [sys.executable, "-m", "flows", "sql", question, option, "-"]
            piped = subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, check=True).stdout
            (folder / "piped").write_bytes(piped)
            if option == "--arrow":
                assert pa.ipc.open_stream(piped).read_all().num_rows == 2
            else:
                assert duckdb.sql(f"FROM read_parquet('{folder / 'piped'}')").fetchall()[0][0] == "deployment"

    def test_the_dictionary_is_printed(self, folder):
        done = missionwire("sql", "--tables", cwd=folder)
        assert "Grain: claim" in next(line for line in done.stdout.splitlines() if line.startswith("claims "))
        done = missionwire("sql", "--tables", "facts", cwd=folder)
        assert any(line.split()[:2] == ["fact_id", "VARCHAR"] for line in done.stdout.splitlines())
        done = missionwire("sql", "--tables", "factz", cwd=folder)
        assert (done.returncode, "nearest names: facts" in done.stderr) == (2, True)

    @pytest.mark.parametrize(
        ("arguments", "advice"),
        [
            (("COPY claims TO 'x.csv'",), "--write-files"),
            (("--csv", "--arrow", "x", "SELECT 1"), "choose one"),
            (("-f", "none.sql"), "none.sql"),
            (("--arrow", "nowhere/x", "SELECT 1"), "the folder nowhere does not exist"),
            (("-f", "none.sql", "SELECT 1"), "choose one"),
            ((" -- nothing",), "no question"),
            (("--data", "dat", "FROM facts"), "--data data"),
        ],
    )
    def test_what_cannot_be_done_is_refused_with_advice(self, folder, arguments, advice):
        done = missionwire("sql", *arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert advice in done.stderr
        assert not (folder / "x.csv").exists()

    @pytest.mark.parametrize("line", [".read it's.sql", ".output a b", ".read"])
    def test_what_names_no_file_costs_its_own_line(self, folder, line):
        done = missionwire("sql", cwd=folder, input=f"{line}\nSELECT 7 AS n;\n")
        assert (done.returncode, done.stdout.split()) == (2, ["n", "7"])
        assert "name one file" in done.stderr

    def test_told_so_files_are_written(self, folder):
        done = missionwire("sql", "COPY claims TO 'told.csv'", "--write-files", cwd=folder)
        assert (done.returncode, done.stdout) == (0, "")
        assert len((folder / "told.csv").read_text().splitlines()) == 3

    def test_a_word_that_no_row_has_gets_a_hint_on_stderr(self, folder):
        done = missionwire("sql", "FROM claims WHERE kind = 'deploiment'", "--jsonl", cwd=folder)
        assert (done.returncode, done.stdout) == (0, "")
        assert "nearest: deployment" in done.stderr

    def test_a_reader_that_has_seen_enough_ends_it_well(self, folder):
        assert shutil.which("head")
        line = f"{sys.executable} -m flows sql 'FROM range(5000000)' --csv | head -2; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", line], cwd=folder, env=clean_environment(), capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["range", "0", "0"]
        assert done.stderr == ""
