"""What goes when an article is removed on request, and that it stays away when an older ledger comes back."""

import pytest

from extractors.errors import WarehouseError
from tests.warehouse.ledger import at, load_records, make_entry, make_reading, older_copy, rows_of, spool_records
from warehouse.connection import OldSchemaError
from warehouse.migrate import newest_version
from warehouse.removing import find_removable, remove_article
from warehouse.takedowns import read_takedowns, take_down_again

STORY, OTHER = "https://news.example/story/1", "https://news.example/story/2"
SHORT = "https://short.example/a"


def archived(number, hours, asked_url=None, **slots):
    """A reading of a page that lies in the archive; each hour in a file of its own."""
    place = {"archive_file": f"{hours}.warc.gz", "archive_offset": 10}
    url = f"https://news.example/story/{number}"
    return make_reading(number, hours=hours, asked_url=asked_url or url, final_url=url, **place, **slots)


def test_every_page_of_an_article_is_found_by_any_of_its_addresses(tmp_path):
    """A page that was asked for under another address holds the same words, and leads back to them."""
    load_records(tmp_path, archived(1, 0), archived(1, 1, SHORT), archived(2, 2))
    for name in (STORY, SHORT):
        found = find_removable(tmp_path / "ledger.duckdb", name)
        assert found.url == STORY
        assert found.urls == (STORY, SHORT)
        assert found.places == (("0.warc.gz", 10), ("1.warc.gz", 10))


def test_no_page_of_another_article_goes_that_was_asked_for_under_the_same_address(tmp_path):
    """The address of a live page leads to another article each day."""
    load_records(tmp_path, archived(1, 0, OTHER), archived(2, 1))
    found = find_removable(tmp_path / "ledger.duckdb", OTHER)
    assert (found.url, found.places) == (OTHER, (("1.warc.gz", 10),))


def test_an_address_that_led_to_several_articles_names_them(tmp_path):
    load_records(tmp_path, archived(1, 0, SHORT), archived(2, 1, SHORT))
    with pytest.raises(WarehouseError, match=r"led to 2 articles; right would be the address of one: .*story"):
        find_removable(tmp_path / "ledger.duckdb", SHORT)


def test_what_waited_to_be_loaded_does_not_bring_a_removed_article_back(tmp_path):
    """Somebody read the ledger, so that the last run left a new wording in the spool; then the takedown came."""
    load_records(tmp_path, make_reading(1), make_reading(2))
    edited = make_reading(1, text="Kenya sent 300 officers.", hours=1, claims=[{"words": "300"}])
    spool_records(tmp_path / "spool", make_entry(1), edited, make_entry(2), make_reading(3), run_id="run-2")
    file = tmp_path / "ledger.duckdb"
    remove_article(file, find_removable(file, STORY), reason="asked by counsel", recorded_at=at(2))
    load_records(tmp_path, run_id="run-3", hours=3)
    assert rows_of(tmp_path, "SELECT url FROM articles ORDER BY url") == [(OTHER,), ("https://news.example/story/3",)]
    for table in ("core.claim", "core.article_version", "core.extraction", "core.article_mission", "raw.page"):
        assert rows_of(tmp_path, f"FROM {table} ANTI JOIN core.article USING (article_id)") == []
    assert rows_of(tmp_path, "SELECT url FROM raw.entry") == [(OTHER,)]


@pytest.fixture
def taken_down(tmp_path):
    """A ledger from which the first of two stories was removed."""
    file = tmp_path / "now/ledger.duckdb"
    load_records(tmp_path / "now", make_reading(1), make_reading(2))
    remove_article(file, find_removable(file, STORY), reason="asked by counsel", recorded_at=at(1))
    return file


def test_takedowns_are_read_of_a_ledger_that_no_run_has_upgraded_yet(taken_down, tmp_path):
    older = older_copy(taken_down, tmp_path / "older.duckdb", newest_version() - 1)
    assert read_takedowns(older) == read_takedowns(taken_down) != ()


def test_a_ledger_that_cannot_be_asked_is_not_taken_for_one_without_the_article(taken_down, tmp_path):
    """Or the article would stay, and be said to be removed."""
    load_records(tmp_path, make_reading(1), make_reading(2))
    older = older_copy(tmp_path / "ledger.duckdb", tmp_path / "older.duckdb", newest_version() - 1)
    takedowns = read_takedowns(taken_down)
    with pytest.raises(OldSchemaError):
        take_down_again(older, takedowns, recorded_at=at(2))
    assert take_down_again(tmp_path / "ledger.duckdb", takedowns, recorded_at=at(2)) == 1
    assert rows_of(tmp_path, "SELECT url FROM articles") == [(OTHER,)]
