"""What a run that was cut short leaves behind, piece by piece, and what the next one makes of it."""

import asyncio
from datetime import UTC, datetime

import pytest

from extractors.records import Entry, Page
from flows.fetch.archive import Archive, archived_offsets, blank_archived, read_archived, trim_archive
from flows.fetch.together import all_or_none
from flows.loading import load_waiting
from flows.pending import PendingBatches, run_and_number
from flows.recording import Tally, new_run
from flows.settings import read_settings
from warehouse.connection import open_warehouse
from warehouse.spool import holds_records, waiting_spools, write_spool

NOW = datetime(2025, 1, 20, tzinfo=UTC)


def _archive(folder, name="run-1-0000", pages=3):
    with Archive(folder, name, now=NOW) as archive:
        for number in range(pages):
            url = f"https://a.example/{number}"
            archive.add(Page(url, url, 200, "text/html", b"<p>words</p>" * 50, NOW), [], None)
    return archive.file


def test_a_page_that_was_cut_short_is_cut_off_and_the_others_stay(tmp_path):
    file = _archive(tmp_path)
    offsets, whole = list(archived_offsets(file)), file.read_bytes()
    for length in range(offsets[2] + 1, len(whole), 7):
        file.write_bytes(whole[:length])
        trim_archive(file)
        assert file.stat().st_size == offsets[2]
    assert list(archived_offsets(file)) == offsets[:2]


def test_an_archive_without_a_whole_page_is_removed_and_a_whole_one_is_left_alone(tmp_path):
    file = _archive(tmp_path)
    whole = file.read_bytes()
    trim_archive(file)
    assert file.read_bytes() == whole
    file.write_bytes(whole[:40])
    trim_archive(file)
    assert not file.exists()
    trim_archive(file)


def test_a_page_that_is_blanked_twice_costs_no_other_page(tmp_path):
    """A takedown that a reader of the warehouse cut short is given again."""
    file = _archive(tmp_path)
    first, second, third = archived_offsets(file)
    name, size = str(file.relative_to(tmp_path)), file.stat().st_size
    for _ in range(3):
        blank_archived(tmp_path, name, second)
        assert list(archived_offsets(file)) == [first, third]
        assert file.stat().st_size == size
    assert read_archived(tmp_path, name, third)[0].url == "https://a.example/2"


def test_a_batch_whose_spool_is_finished_is_not_read_again(tmp_path):
    batches = PendingBatches(tmp_path / "pending", tmp_path / "archive")
    for name in ("2025/01/20/run-1-0000.warc.gz", "2025/01/20/run-1-0001.warc.gz", "2025/01/20/run-1-feeds.warc.gz"):
        batches.begin(name)
    write_spool(tmp_path / "spool", "run-1", 1, ())
    batches.forget_spooled(waiting_spools(tmp_path / "spool"))
    assert [name.rsplit("-")[-1] for name, _ in batches.left()] == ["0000.warc.gz", "feeds.warc.gz"]
    assert not any(map(holds_records, waiting_spools(tmp_path / "spool")))


def test_an_archive_file_says_whose_it_is():
    assert run_and_number("2025/01/20/20250120T000000Z-62c0ffee-0012.warc.gz") == ("20250120T000000Z-62c0ffee", 12)
    assert run_and_number("2025~01~20~20250120T000000Z-62c0ffee-feeds.warc.gz") == ("20250120T000000Z-62c0ffee", -1)


def test_when_one_request_fails_for_good_no_other_goes_on():
    ended = []

    async def ask(number):
        try:
            await asyncio.sleep(0 if number == 1 else 60)
            if number == 1:
                raise OSError(28, "No space left on device")
        finally:
            ended.append(number)

    with pytest.raises(OSError, match="No space"):
        asyncio.run(all_or_none(map(ask, range(3))))
    assert sorted(ended) == [0, 1, 2]


def test_work_of_a_later_run_is_not_recorded_before_it_was_done(tmp_path):
    """The clock was set back between the two, as when the demo is done over."""
    settings = read_settings(data=tmp_path)
    entry = Entry("https://a.example/feed", "1", "https://a.example/1", "Kenya sends police")
    write_spool(settings.spool_folder, "20250120T090000Z-62c0ffee", 0, [entry])
    load_waiting(settings, Tally(new_run(settings)), now=NOW)
    with open_warehouse(settings.warehouse_file, read_only=True) as ledger:
        assert ledger.execute("SELECT recorded_at FROM raw.entry").fetchall() == [(NOW.replace(hour=9),)]
    assert settings.unpublished_mark.exists()
