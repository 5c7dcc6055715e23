"""Each check finds the row that breaks its sentence, and a sound ledger breaks none."""

from __future__ import annotations

import pytest

from tests.warehouse.ledger import copied_ledger, load_records, make_entry, make_poll, make_reading, make_run
from warehouse.checks import run_checks
from warehouse.connection import open_warehouse
from warehouse.sql import list_sql

TEXT = "Kenya sent 217 officers \U0001f600 to Haïti."

# The sentence of a check, and what makes it untrue.
PLANTED = {
    "a claim id stands once": "INSERT INTO core.claim FROM core.claim LIMIT 1",
    "a claim tells of one fact": "INSERT INTO core.report FROM core.report LIMIT 1",
    "a poll stands once": "INSERT INTO ops.poll FROM ops.poll",
    "a run stands once": "INSERT INTO ops.run FROM ops.run",
    "a wording is read last once": "INSERT INTO core.extraction FROM core.extraction LIMIT 1",
    "an article id stands once": "INSERT INTO core.article FROM core.article LIMIT 1",
    "an entry wording stands once": "INSERT INTO raw.entry FROM raw.entry LIMIT 1",
    "an event starts before it ends": "UPDATE core.claim SET event_start = '2025-01-02', event_end = '2025-01-01'",
    "every article has one newest version": "UPDATE core.article_version SET is_newest = false",
    "every claim stands in a version": "UPDATE core.claim SET version_id = 'lost'",
    "every copy has an original": "UPDATE core.article_version SET copy_role = 'copy', copy_group_id = 'lost'",
    "every fact has claims": "CREATE OR REPLACE VIEW fact_claims AS SELECT '' AS fact_id",
    "every part has its total": "UPDATE core.claim SET part_of = 'lost'",
    "every reason is known": "INSERT INTO ops.rejection (url, reason) VALUES ('u', 'bad mood')",
    "every report has its fact": "DELETE FROM core.fact",
    "every sentence stands in its text": "UPDATE core.claim SET sentence = sentence || '.'",
    "every span lies in its text": "UPDATE core.claim SET spans = MAP {'value': [[0, 999]]}",
    "every url is an article or a rejection": "DELETE FROM raw.page; DELETE FROM core.article",
    "every claim is grounded": "UPDATE core.claim SET grounding = 'ungrounded'",
    "every value has a span": "UPDATE core.claim SET spans = MAP {'trigger': [[0, 1]]}",
    "every value stands in its text": "UPDATE core.claim SET spans = MAP {'value': [[0, 3]]}",
    "every version has its article": "DELETE FROM core.article",
    "low is at most best is at most high": "UPDATE core.claim SET value_low = 218",
    "money has a currency": "UPDATE core.claim SET kind = 'funding'",
    "one version of a fact counts": "INSERT INTO core.fact FROM core.fact LIMIT 1",
    "one version of an extractor counts": "UPDATE core.claim SET is_superseded = true",
    "revisions count from one without gaps": "UPDATE core.article_version SET revision = revision + 1",
    "the same text is of one copy group": "UPDATE core.article_version SET copy_group_id = NULL, copy_role = 'none'",
}


def load_soundly(folder):
    load_records(
        folder,
        make_run(state="completed"),
        make_poll(),
        make_entry(1),
        make_reading(1, text=TEXT, entry=make_entry(1)),
        make_reading(2, text=TEXT, outlet="Another"),
        make_reading(3),
    )


@pytest.fixture
def sound(tmp_path):
    with open_warehouse(copied_ledger(tmp_path, load_soundly)) as connection:
        yield connection


@pytest.mark.usefixtures("warehouse_kind")
def test_a_sound_ledger_breaks_no_check(sound):
    assert run_checks(sound) == ()


def test_every_check_is_tried():
    assert {check.stem.replace("_", " ") for check in list_sql("checks")} == set(PLANTED)


@pytest.mark.usefixtures("warehouse_kind")
@pytest.mark.parametrize("check", PLANTED)
def test_a_planted_row_is_found(sound, check):
    sound.execute(PLANTED[check])
    [failure] = [failure for failure in run_checks(sound) if failure.check == check]
    assert failure.bad_count >= 1
    assert len(failure.examples[0]) == len(failure.columns)
