"""Loading: what is new goes in once, in one transaction, whatever is loaded how often."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import SpoolError, WarehouseError
from extractors.records import Reason, Rejection, Stage
from tests.warehouse.ledger import (
    at,
    fresh_ledger,
    load_records,
    make_entry,
    make_poll,
    make_reading,
    make_run,
    rows_of,
    spool_records,
)
from warehouse.load import LoadReport, load_spools
from warehouse.spool import waiting_spools

pytestmark = pytest.mark.usefixtures("warehouse_kind")

TABLES = (
    "ops.poll",
    "ops.rejection",
    "ops.run",
    "raw.entry",
    "raw.page",
    "core.article",
    "core.article_version",
    "core.article_mission",
    "core.claim",
)


def everything(data: Path) -> dict[str, list]:
    return {table: rows_of(data, f"FROM {table} ORDER BY ALL") for table in TABLES}


def one_of_all():
    return (
        make_run(),
        make_poll(entries_seen=2, entries_new=2),
        make_entry(1),
        make_entry(2),
        make_reading(1, entry=make_entry(1)),
        Rejection(
            "https://news.example/story/2", Stage.FETCH, Reason.NOT_FOUND, feed=make_entry().feed_url, is_final=True
        ),
    )


def test_each_record_becomes_its_rows(tmp_path):
    report = load_records(tmp_path, *one_of_all())
    assert report == LoadReport(articles_loaded=1, claims_new=1, entries_new=2, polls=1, rejected=1)
    assert {table: len(rows) for table, rows in everything(tmp_path).items()} == {
        "ops.poll": 1,
        "ops.rejection": 1,
        "ops.run": 1,
        "raw.entry": 2,
        "raw.page": 1,
        "core.article": 1,
        "core.article_version": 1,
        "core.article_mission": 1,
        "core.claim": 1,
    }


def test_loading_the_same_again_changes_nothing(tmp_path):
    load_records(tmp_path, *one_of_all())
    before = everything(tmp_path)
    report = load_records(tmp_path, *one_of_all(), hours=3)
    assert report == LoadReport(articles_known=1)
    assert everything(tmp_path) == before


def test_the_same_record_twice_in_one_spool_is_one_row(tmp_path):
    load_records(tmp_path, *one_of_all(), *one_of_all())
    assert all(len(rows) <= 2 for rows in everything(tmp_path).values())
    assert len(rows_of(tmp_path, "FROM core.claim")) == 1


def test_a_known_text_fetched_again_adds_no_row_to_core(tmp_path):
    load_records(tmp_path, make_reading(1))
    report = load_records(tmp_path, make_reading(1, hours=2), run_id="run-2", hours=2)
    assert report == LoadReport(articles_known=1)
    assert len(rows_of(tmp_path, "FROM raw.page")) == 2
    assert rows_of(tmp_path, "SELECT revision, is_newest FROM core.article_version") == [(1, True)]


def test_a_changed_text_is_a_revision_and_both_claims_stay(tmp_path):
    load_records(tmp_path, make_reading(1))
    report = load_records(tmp_path, make_reading(1, text="Kenya sent 217, no 220, officers.", hours=2), hours=2)
    assert (report.articles_loaded, report.revisions, report.claims_new) == (0, 1, 1)
    assert rows_of(tmp_path, "SELECT revision, revision_count, text FROM articles") == [
        (2, 2, "Kenya sent 217, no 220, officers.")
    ]
    assert rows_of(tmp_path, "SELECT count(*) FROM claims") == [(1,)]
    assert rows_of(tmp_path, "SELECT count(*) FROM claim_history") == [(2,)]


def test_a_text_that_comes_back_is_a_revision_of_its_own_with_its_old_claims(tmp_path):
    first = make_reading(1).article.text
    for hours, text in enumerate((first, "Kenya sent 217 and more.", first)):
        report = load_records(tmp_path, make_reading(1, text=text, hours=hours), run_id=f"run-{hours}", hours=hours)
    assert (report.revisions, report.claims_new) == (1, 0)
    assert rows_of(tmp_path, "SELECT revision, is_newest FROM core.article_version ORDER BY ALL") == [
        (1, False),
        (2, False),
        (3, True),
    ]
    assert rows_of(tmp_path, "SELECT text FROM articles JOIN claims USING (article_id)") == [(first,)]
    assert rows_of(tmp_path, "SELECT revision, is_withdrawn FROM claim_history ORDER BY ALL") == [
        (1, False),
        (2, False),
    ]


def test_the_order_of_batches_does_not_number_revisions(tmp_path):
    texts = ["First 217.", "Second 217.", "Third 217."]
    load_records(tmp_path, make_reading(1, text=texts[2], hours=2), hours=2)
    load_records(tmp_path, make_reading(1, text=texts[0], hours=0), run_id="run-2", hours=3)
    load_records(tmp_path, make_reading(1, text=texts[1], hours=1), run_id="run-3", hours=4)
    assert rows_of(tmp_path, "SELECT text FROM core.article_version ORDER BY revision") == [(text,) for text in texts]
    assert rows_of(tmp_path, "SELECT text FROM articles") == [("Third 217.",)]


def test_a_clock_that_was_set_back_hides_nothing_from_later_loads(tmp_path):
    """What is known of an article is looked for from the moment on at which it was recorded."""
    for number, recorded in enumerate((10, 5, 20, 20), 1):
        value = 100 * min(number, 3)
        text = f"Kenya sent {value} officers to Haiti."
        told = make_reading(text=text, hours=number, claims=[{"words": str(value), "value_best": value}])
        load_records(tmp_path, told, run_id=f"run-{number}", hours=recorded)
    versions = rows_of(tmp_path, "SELECT revision, is_newest FROM core.article_version ORDER BY ALL")
    assert versions == [(1, False), (2, False), (3, True)]
    assert rows_of(tmp_path, "SELECT value_best, n_claims FROM facts") == [(300, 1)]
    assert rows_of(tmp_path, "SELECT count(*), count(DISTINCT claim_id) FROM core.claim") == [(3, 3)]
    assert rows_of(tmp_path, "SELECT recorded_at FROM core.article") == [(at(5),)]


def test_two_wordings_in_one_load_are_two_revisions(tmp_path):
    report = load_records(
        tmp_path, make_reading(1, text="New 217.", hours=1), make_reading(1, text="Old 217.", hours=0), hours=1
    )
    assert (report.articles_loaded, report.revisions) == (1, 1)
    assert rows_of(tmp_path, "SELECT text FROM articles") == [("New 217.",)]


def test_a_newer_extractor_supersedes_the_claims_of_the_older(tmp_path):
    load_records(tmp_path, make_reading(1))
    newer = make_reading(1, hours=1, claims=[{"extractor_version": "2"}])
    report = load_records(tmp_path, newer, run_id="run-2", hours=1)
    assert report.claims_new == 1
    assert rows_of(tmp_path, "SELECT extractor_version FROM claims") == [("2",)]
    assert rows_of(
        tmp_path, "SELECT extractor_version, is_superseded, is_withdrawn FROM claim_history ORDER BY ALL"
    ) == [
        ("1", True, False),
        ("2", False, False),
    ]


@pytest.mark.file_only("tests/warehouse/test_copies.py asks more of both")
class TestCopies:
    TEXT = "Kenya sent 217 officers, says the wire."

    def roles(self, data):
        return dict(rows_of(data, "SELECT split_part(url, '/', -1), copy_role FROM articles"))

    def test_of_one_load_the_first_published_is_the_original(self, tmp_path):
        report = load_records(
            tmp_path,
            make_reading(1, text=self.TEXT, published_at=at(2), hours=3),
            make_reading(2, text=self.TEXT, published_at=at(1), hours=3),
            make_reading(3, text=self.TEXT, published_at=None, hours=3),
            make_reading(4),
        )
        assert (report.articles_loaded, report.copies) == (4, 2)
        assert self.roles(tmp_path) == {"1": "copy", "2": "original", "3": "copy", "4": "none"}
        assert rows_of(tmp_path, "SELECT DISTINCT copy_group_id FROM articles WHERE copy_role <> 'none'") == rows_of(
            tmp_path, "SELECT article_id FROM articles WHERE copy_role = 'original'"
        )

    def test_what_was_published_first_is_the_original_whenever_it_comes(self, tmp_path):
        load_records(tmp_path, make_reading(1, text=self.TEXT, published_at=at(5), hours=5))
        assert self.roles(tmp_path) == {"1": "none"}
        load_records(tmp_path, make_reading(2, text=self.TEXT, published_at=at(1), hours=6), run_id="run-2", hours=6)
        assert self.roles(tmp_path) == {"1": "copy", "2": "original"}

    def test_a_copy_keeps_its_own_claims_and_is_no_second_source(self, tmp_path):
        load_records(
            tmp_path,
            make_reading(1, text=self.TEXT, outlet="One"),
            make_reading(2, text=self.TEXT, outlet="Two"),
        )
        assert rows_of(tmp_path, "SELECT count(*) FROM claims") == [(2,)]
        assert rows_of(tmp_path, "SELECT n_claims, n_outlets, n_independent, agreement FROM facts") == [
            (2, 2, 1, "single")
        ]

    def test_texts_without_a_word_are_no_copies(self, tmp_path):
        load_records(tmp_path, make_reading(1, text="", claims=[]), make_reading(2, text="", claims=[]))
        assert self.roles(tmp_path) == {"1": "none", "2": "none"}


@pytest.mark.file_only("the database of a lake is there before it is loaded")
def test_nothing_to_load_creates_nothing(tmp_path):
    assert load_spools(tmp_path / "ledger.duckdb", (), recorded_at=at(0)) == LoadReport()
    assert not (tmp_path / "ledger.duckdb").exists()


@pytest.mark.file_only("about the spool")
def test_a_loaded_spool_is_removed(tmp_path):
    load_records(tmp_path, *one_of_all())
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_spool_that_cannot_be_read_stops_the_load_and_all_stay(tmp_path):
    good = spool_records(tmp_path / "spool", make_reading(1), run_id="run-1")
    bad = spool_records(tmp_path / "spool", make_reading(2), run_id="run-2")
    (bad / "reading.jsonl").write_text("{half a line")
    with pytest.raises(SpoolError, match="cannot be read"):
        load_spools(fresh_ledger(tmp_path), waiting_spools(tmp_path / "spool"), recorded_at=at(0))
    assert waiting_spools(tmp_path / "spool") == (good, bad)
    assert rows_of(tmp_path, "FROM core.article") == []


@pytest.mark.file_only("about the spool")
def test_a_spool_with_a_file_missing_is_named(tmp_path):
    spool = spool_records(tmp_path / "spool", make_reading(1))
    (spool / "claim.jsonl").unlink()
    with pytest.raises(WarehouseError, match=r"claim\.jsonl: is missing"):
        load_spools(fresh_ledger(tmp_path), (spool,), recorded_at=at(0))


STORIES = [
    make_reading(1, text="Same 217."),
    make_reading(2, text="Same 217.", published_at=at(1)),
    make_reading(3, text="Own 217."),
    make_reading(3, text="Own 217, edited.", hours=2),
    make_reading(3, text="Own 217.", hours=4),
    make_reading(4, text="Same 217.", hours=1, published_at=None),
]


@cache
def everything_in_order():
    with TemporaryDirectory() as folder:
        load_records(Path(folder), *STORIES, hours=5)
        return everything(Path(folder))


@pytest.mark.file_only("a dozen loads")
@settings(max_examples=12)
@given(st.permutations(STORIES), st.integers(min_value=0, max_value=len(STORIES)))
def test_the_order_of_readings_and_the_cut_between_spools_change_nothing(order, cut):
    with TemporaryDirectory() as other:
        spool_records(Path(other) / "spool", *order[:cut], batch=1)
        spool_records(Path(other) / "spool", *order[cut:], batch=2)
        load_spools(fresh_ledger(Path(other)), waiting_spools(Path(other) / "spool"), recorded_at=at(5))
        assert everything(Path(other)) == everything_in_order()


def test_odd_characters_survive_with_their_offsets(tmp_path):
    text = "Zero\x00 e\u0301 \U0001f600 lone \ud800 surrogate: 217 of them."
    load_records(tmp_path, make_reading(1, text=text))
    [(stored,)] = rows_of(tmp_path, "SELECT text FROM articles")
    assert len(stored) == len(text)
    assert rows_of(
        tmp_path,
        "SELECT substring(text, c.start + 1, c.end - c.start) FROM articles JOIN claims AS c USING (article_id)",
    ) == [("217",)]


@pytest.mark.parametrize(
    ("value", "stored"),
    [(217, 217), (217.0, 217), (20.5, 20.5), (600e6, 600_000_000), (1e30, None), (float("inf"), None)],
)
def test_numbers_are_stored_exactly_or_not_at_all(tmp_path, value, stored):
    load_records(tmp_path, make_reading(1, claims=[{"value_best": value}]))
    assert rows_of(tmp_path, "SELECT value_best FROM claims") == [(stored,)]


def test_stated_dates_and_spans_keep_their_shape(tmp_path):
    load_records(tmp_path, make_reading(1))
    [(spans,)] = rows_of(tmp_path, "SELECT spans FROM claims")
    assert spans["value"] == [[11, 14]]
    [(stated,)] = rows_of(tmp_path, "SELECT typeof(stated_dates) FROM articles")
    assert stated.startswith("STRUCT(basis VARCHAR")
