"""What a run is told before it asks anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.records import Reason, Rejection, Stage
from tests.warehouse.ledger import FEED, at, load_records, make_entry, make_poll, make_reading, make_run
from warehouse.connection import open_warehouse
from warehouse.sql import read_query
from warehouse.state import (
    FeedState,
    feed_states,
    recorded_entries,
    retriable_entries,
    unseen_entries,
)

OTHER_FEED = "https://other.example/feed"


def rejection(number: int = 1, *, reason: Reason = Reason.TIMEOUT, is_final: bool = False) -> Rejection:
    return Rejection(make_entry(number).url, Stage.FETCH, reason, feed=FEED, is_final=is_final)


def test_without_a_ledger_everything_is_new(tmp_path):
    file = tmp_path / "none.duckdb"
    assert feed_states(file) == {}
    assert unseen_entries(file, [make_entry(1)]) == (make_entry(1),)
    assert retriable_entries(file) == ()
    assert not file.exists()


class TestFeedStates:
    def test_validators_are_carried_over_a_304_and_a_failure(self, tmp_path):
        load_records(
            tmp_path,
            make_poll(0, status=200, etag='"a"', last_modified="Mon", body_hash="h1", entries_new=3),
            make_poll(1, outcome="unchanged", status=304),
            make_poll(2, outcome="failed", reason=Reason.TIMEOUT, failure_count=1, not_before=at(9)),
        )
        assert feed_states(tmp_path / "ledger.duckdb") == {
            FEED: FeedState(
                feed=FEED,
                etag='"a"',
                last_modified="Mon",
                validators_at=at(0),
                body_hash="h1",
                next_due_at=at(3),
                not_before=at(9),
                failure_count=1,
                last_answered_at=at(1),
            )
        }

    def test_a_full_answer_without_validators_forgets_the_old_ones(self, tmp_path):
        load_records(
            tmp_path, make_poll(0, status=200, etag='"a"', body_hash="h1"), make_poll(1, status=200, body_hash="h2")
        )
        state = feed_states(tmp_path / "ledger.duckdb")[FEED]
        assert (state.etag, state.body_hash, state.validators_at) == (None, "h2", at(1))

    def test_a_poll_that_asks_for_no_delay_lifts_the_earlier_one(self, tmp_path):
        load_records(tmp_path, make_poll(0, outcome="failed", not_before=at(1)), make_poll(2))
        assert feed_states(tmp_path / "ledger.duckdb")[FEED].not_before is None


class TestUnseenEntries:
    def unseen(self, data, *entries, **options):
        return unseen_entries(data / "ledger.duckdb", entries, **options)

    def test_order_is_kept_and_each_url_asked_once(self, tmp_path):
        load_records(tmp_path, make_run())
        twice = make_entry(2, guid="again", feed=OTHER_FEED)
        assert self.unseen(tmp_path, make_entry(3), make_entry(2), twice, make_entry(1)) == (
            make_entry(3),
            make_entry(2),
            make_entry(1),
        )

    def test_what_became_an_article_is_known_under_every_feed_and_address(self, tmp_path):
        reading = replace(make_reading(1), asked_url="https://t.example/1", final_url="https://m.example/1")
        load_records(tmp_path, make_entry(1), reading)
        for url in (reading.url, reading.asked_url, reading.final_url):
            assert self.unseen(tmp_path, make_entry(1, url=url, feed=OTHER_FEED, guid=url)) == ()

    def test_an_edited_entry_is_fetched_again_until_that_has_happened(self, tmp_path):
        load_records(tmp_path, make_entry(1), make_reading(1))
        edited = make_entry(1, title="Police have left")
        assert self.unseen(tmp_path, make_entry(1), edited) == (edited,)
        load_records(tmp_path, edited, run_id="run-2", hours=1)
        assert self.unseen(tmp_path, edited) == (edited,)
        load_records(tmp_path, make_reading(1, hours=2), run_id="run-3", hours=2)
        assert self.unseen(tmp_path, edited) == ()

    def test_an_entry_whose_run_was_killed_before_its_page_comes_back(self, tmp_path):
        load_records(tmp_path, make_entry(1))
        assert self.unseen(tmp_path, make_entry(1)) == (make_entry(1),)
        assert retriable_entries(tmp_path / "ledger.duckdb") == (make_entry(1),)

    def test_a_final_rejection_is_the_end(self, tmp_path):
        load_records(tmp_path, make_entry(1), rejection(reason=Reason.NOT_FOUND, is_final=True))
        assert self.unseen(tmp_path, make_entry(1)) == ()
        assert retriable_entries(tmp_path / "ledger.duckdb") == ()

    def test_a_passing_failure_comes_back_as_often_as_is_allowed(self, tmp_path):
        for attempt in range(3):
            load_records(tmp_path, make_entry(1), rejection(), run_id=f"run-{attempt}", hours=attempt)
        assert self.unseen(tmp_path, make_entry(1), max_attempts=4) == (make_entry(1),)
        assert self.unseen(tmp_path, make_entry(1), max_attempts=3) == ()
        assert retriable_entries(tmp_path / "ledger.duckdb", max_attempts=4) == (make_entry(1),)
        assert retriable_entries(tmp_path / "ledger.duckdb", max_attempts=3) == ()

    @pytest.mark.parametrize(("attempts", "wait_hours"), [(1, 0), (2, 1), (3, 6), (4, 24)])
    def test_a_passing_failure_comes_back_ever_later(self, tmp_path, attempts, wait_hours):
        for attempt in range(attempts):
            load_records(tmp_path, make_entry(1), rejection(), run_id=f"run-{attempt}", hours=attempt)
        last = at(attempts - 1)
        minute = timedelta(minutes=1)
        due = last + timedelta(hours=wait_hours) + minute
        assert self.unseen(tmp_path, make_entry(1), now=due) == (make_entry(1),)
        assert retriable_entries(tmp_path / "ledger.duckdb", now=due) == (make_entry(1),)
        if wait_hours:
            assert self.unseen(tmp_path, make_entry(1), now=due - 2 * minute) == ()
            assert retriable_entries(tmp_path / "ledger.duckdb", now=due - 2 * minute) == ()

    def test_twenty_thousand_entries_are_one_question(self, tmp_path):
        load_records(tmp_path, make_reading(7))
        entries = [make_entry(number) for number in range(20_000)]
        assert len(self.unseen(tmp_path, *entries)) == 19_999


def test_a_retriable_entry_comes_back_as_it_was_received(tmp_path):
    entry = replace(
        make_entry(1),
        summary="s",
        content="c",
        published_at=at(-2),
        updated_at=at(-1),
        authors=("A", "B"),
        language="fr",
    )
    load_records(tmp_path, entry, rejection())
    assert retriable_entries(tmp_path / "ledger.duckdb") == (entry,)


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("list_retriable_entries", {"max_attempts": 5, "now": None}),
        ("find_unseen_entries", {"max_attempts": 5, "now": None, "candidates": "[]"}),
    ],
)
def test_no_question_compares_every_entry_with_every_outcome(tmp_path, query, parameters):
    """A million entries are asked about in half a second; a join by nested loops took sixteen, or all the memory."""
    load_records(tmp_path, make_entry(1), rejection())
    with open_warehouse(tmp_path / "ledger.duckdb", read_only=True) as connection:
        [(_, plan)] = connection.execute(f"EXPLAIN {read_query(query)}", parameters).fetchall()
    assert "HASH_JOIN" in plan
    assert "NL_JOIN" not in plan
    assert "NESTED_LOOP" not in plan


def test_an_edit_that_was_dealt_with_is_not_asked_for_again_and_an_open_one_is(tmp_path):
    """Entries with several wordings are judged by the newest; those with one by any final outcome, however old."""
    edited = make_entry(1, title="Police have left")
    load_records(tmp_path, make_entry(1), make_reading(1), make_entry(2), make_reading(2))
    load_records(tmp_path, edited, run_id="run-2", hours=24 * 400)
    assert retriable_entries(tmp_path / "ledger.duckdb") == (edited,)
    load_records(tmp_path, make_reading(1, hours=24 * 401), run_id="run-3", hours=24 * 401)
    assert retriable_entries(tmp_path / "ledger.duckdb") == ()


def test_entries_without_a_poll_of_their_own_are_those_of_a_killed_run(tmp_path):
    file = tmp_path / "ledger.duckdb"
    load_records(tmp_path, make_entry(1), make_poll(0))
    load_records(tmp_path, make_entry(2), make_poll(6, outcome="failed"), run_id="run-2", hours=6)
    assert recorded_entries(file, [make_entry(1), make_entry(2), make_entry(3)]) == {
        make_entry(1): False,
        make_entry(2): True,
    }
    assert recorded_entries(tmp_path / "none.duckdb", [make_entry(1)]) == {}


def test_at_one_moment_nothing_is_asked_twice(tmp_path):
    """A run that is killed and done over with the same clock leaves what the first one was refused, and doubles."""
    file = tmp_path / "ledger.duckdb"
    load_records(tmp_path, make_entry(1), rejection(), make_entry(2))
    entries = make_entry(1), make_entry(2)
    assert unseen_entries(file, entries, now=at(0)) == ()
    assert retriable_entries(file, now=at(0)) == ()
    assert unseen_entries(file, entries, now=at(1)) == retriable_entries(file, now=at(1)) == entries


def test_what_was_taken_down_is_not_received_again(tmp_path):
    load_records(tmp_path, rejection(reason=Reason.TAKEN_DOWN, is_final=True))
    entries = (make_entry(1), make_entry(2))
    assert recorded_entries(tmp_path / "ledger.duckdb", entries) == {make_entry(1): False}
