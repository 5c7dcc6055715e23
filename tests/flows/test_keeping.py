"""Takedowns and copies of the warehouse, without a run around them."""

import pytest

from extractors.errors import SettingsError, WarehouseError
from flows.keeping import copy_warehouse, take_down
from flows.recording import publish_if_due
from flows.reporting.publishing import undrawn_mark
from flows.settings import read_settings
from tests.warehouse.ledger import at, make_reading, spool_records
from warehouse.load import load_spools
from warehouse.query import run_query
from warehouse.spool import waiting_spools


@pytest.fixture
def settings(tmp_path):
    """A data folder whose warehouse holds two articles, and which publishes no page."""
    settings = read_settings(data=tmp_path / "data", report=False)
    spool_records(settings.spool_folder, make_reading(1), make_reading(2))
    load_spools(settings.warehouse_file, waiting_spools(settings.spool_folder), recorded_at=at(0))
    return settings


def published(settings):
    return run_query(settings.published_file, "SELECT url FROM articles").rows


def test_a_takedown_that_could_not_be_published_is_published_by_the_next_run(settings):
    """Until then the snapshot shows what is gone, and nobody would know."""
    publish_if_due(settings)
    aside = settings.published_file.rename(settings.published_folder / "aside")
    settings.published_file.mkdir()
    with pytest.raises(WarehouseError):
        take_down(settings, make_reading(1).url, reason="asked by counsel", wait=False)
    settings.published_file.rmdir()
    aside.rename(settings.published_file)
    publish_if_due(settings)
    assert published(settings) == ((make_reading(2).url,),)


def test_a_takedown_leaves_no_page_that_shows_it(settings):
    publish_if_due(settings)
    undrawn_mark(settings).unlink()
    take_down(settings, make_reading(1).url, reason="asked by counsel", wait=False)
    assert published(settings) == ((make_reading(2).url,),)
    assert undrawn_mark(settings).exists()


def test_what_is_no_address_of_a_warehouse_is_said(settings):
    with pytest.raises(SettingsError, match="is no lake's address; right would be"):
        copy_warehouse(settings, "ducklake:mysql:dbname=missionwire", wait=False)
