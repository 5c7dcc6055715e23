"""Coverage suspects a gap where a feed's window moved on faster than it was looked at, and nowhere else."""

from __future__ import annotations

import pytest

from tests.warehouse.ledger import at, load_records, make_entry, make_poll, rows_of


def changed(hours, seen, new):
    return make_poll(hours, entries_seen=seen, entries_new=new)


def gap_days(data, *records):
    """Days of the month on which a gap is suspected."""
    load_records(data, *records)
    return [day for (day,) in rows_of(data, "SELECT day(day) FROM coverage WHERE gap_suspected ORDER BY day")]


def test_a_full_document_of_new_entries_is_a_gap(tmp_path):
    assert gap_days(tmp_path, changed(0, 10, 10), changed(24, 10, 9), changed(48, 10, 10)) == [22]


def test_a_long_pause_of_ours_is_a_gap_on_the_day_we_come_back(tmp_path):
    """Polled every hour, then the machine slept for a week: nobody knows what came between."""
    hourly = [changed(0, 20, 20), *[changed(hour, 20, 2) for hour in range(1, 12)]]
    assert gap_days(tmp_path, *hourly, changed(24 * 7, 20, 20)) == [27]


def test_days_without_a_gap_are_told_too(tmp_path):
    load_records(tmp_path, changed(0, 10, 10), make_poll(24, outcome="unchanged"))
    assert rows_of(tmp_path, "SELECT day(day), gap_suspected FROM coverage ORDER BY day") == [(20, False), (21, False)]


@pytest.mark.parametrize(
    "polls",
    [
        [changed(0, 20, 20)],
        [make_poll(0, outcome="failed"), changed(24, 20, 20)],
        [changed(0, 0, 0), changed(24, 20, 20)],
        [changed(0, 20, 20), changed(24, 20, 19)],
        [changed(0, 20, 20), changed(24, 20, 5), changed(48, 4, 4)],
        [changed(0, 1, 1), changed(24, 1, 1), changed(48, 1, 1)],
        [changed(0, 20, 20), make_poll(24, outcome="unchanged"), make_poll(48, outcome="failed")],
    ],
    ids=["first", "first answer", "first entries", "one known", "few of a day", "one entry a document", "nothing new"],
)
def test_no_gap(tmp_path, polls):
    assert gap_days(tmp_path, *polls) == []


def test_new_names_for_old_entries_are_no_gap(tmp_path):
    """A site that moved to another system names all its entries anew; their dates are those of before."""
    renamed = [make_entry(n, guid=f"new-{n}", published_at=at(n - 30)) for n in range(20)]
    load_records(tmp_path, changed(0, 20, 20))
    load_records(tmp_path, changed(24, 20, 20), *renamed, run_id="run-2", hours=24)
    assert rows_of(tmp_path, "SELECT DISTINCT gap_suspected FROM coverage") == [(False,)]


@pytest.mark.parametrize("first", [at(25), at(24 - 6)], ids=["after our last look", "that day, without a time"])
def test_entries_that_are_all_younger_than_the_last_look_are_a_gap(tmp_path, first):
    younger = [make_entry(n, published_at=first if n == 0 else at(26 + n)) for n in range(20)]
    load_records(tmp_path, changed(0, 20, 20), changed(24, 20, 3))
    load_records(tmp_path, changed(48, 20, 20), *younger, run_id="run-2", hours=48)
    assert rows_of(tmp_path, "SELECT day(day) FROM coverage WHERE gap_suspected") == [(22,)]


def test_entries_of_a_backfill_make_and_hide_no_gap(tmp_path):
    """They belong to other runs and have no polls of their own."""
    load_records(tmp_path, changed(0, 20, 20), changed(24, 20, 3))
    old = [make_entry(n, guid=f"old-{n}", published_at=at(-9000)) for n in range(50)]
    others = [make_entry(n, feed="backfill:list", guid=f"list-{n}", url=f"https://a.example/{n}") for n in range(50)]
    load_records(tmp_path, *old, *others, run_id="backfill", hours=30)
    load_records(tmp_path, changed(48, 20, 20), run_id="run-3", hours=48)
    gaps = rows_of(tmp_path, "SELECT outlet, day(day) FROM coverage WHERE gap_suspected")
    assert gaps == [("https://news.example/feed", 22)]
