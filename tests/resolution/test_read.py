"""Small stories from their texts alone: what a careful reader would say of them, the ledger must say, too.

The stories stand in read.toml; each is loaded article by article, in the order of publication.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extractors.facts.extractor import ClaimExtractor
from extractors.records import Article, MissionMatch, Reading, stable_id
from extractors.seeds import read_mission
from tests.resolution.from_text import document_of
from tests.resolution.stories import HERE, SEEDS, load_stories
from warehouse.connection import open_warehouse

STORIES = tomllib.loads((HERE / "read.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def extractor():
    return ClaimExtractor(read_mission(SEEDS / "missions" / "haiti"))


@pytest.fixture
def tell(extractor, tmp_path):
    """What a query answers once a story, or some of its articles, is loaded."""

    def load_and_ask(story, query, *, articles=slice(None)):
        readings = [_read(extractor, *article) for article in STORIES[story][articles]]
        with open_warehouse(load_stories(tmp_path, readings, size=1), read_only=True) as connection:
            return connection.execute(query).fetchall()

    return load_and_ask


def _read(extractor, outlet, moment, language, text):
    published = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    url = f"https://{outlet.lower().replace(' ', '')}.example/{published:%Y-%m-%d-%H}"
    reading = Reading(
        article_id=stable_id(url),
        url=url,
        article=Article(
            url=url, title=outlet, text=text, language=language, published_at=published, published_basis="json_ld"
        ),
        asked_url=url,
        final_url=url,
        fetched_at=published,
        outlet=outlet,
        matches=(MissionMatch("haiti", 2.0, ("Haiti",)),),
    )
    return replace(reading, claims=extractor.extract(document_of(reading)))


def test_a_claimant_who_corrects_a_toll_is_no_quarrel(tell):
    """The count of before, told beside the new one, is nobody's word any more."""
    facts = tell("own_correction", "SELECT value_best, value_high, n_independent, agreement FROM casualties")
    assert facts == [(40, 60, 1, "single")]


@pytest.mark.parametrize("articles", [slice(0, 3), slice(1, 3), slice(0, 2), slice(1, 2)])
def test_a_promise_that_is_lowered_takes_the_place_of_the_higher_one(tell, articles):
    query = "SELECT value_best, is_superseded FROM pledges ORDER BY value_best"
    assert tell("lowered_promise", query, articles=articles) == [(500, False), (2000, True)]


def test_what_is_promised_is_the_lowered_figure(tell):
    assert tell("lowered_promise", "SELECT pledged, outstanding, status FROM promises") == [(500, 500, "open")]


def test_a_size_told_beside_that_of_before_is_the_newer_level(tell):
    levels = tell("size_of_before", "SELECT value_best, is_superseded FROM strength ORDER BY value_best")
    assert levels == [(400, True), (991, False)]


def test_who_goes_hungry_is_counted_apart_from_who_needs_aid(tell):
    needs = tell("hunger_and_aid", "SELECT subkind, value_best, is_superseded FROM needs ORDER BY ALL")
    assert needs == [("aid", 6_000_000, False), ("hunger", 5_700_000, True), ("hunger", 5_900_000, False)]


def test_what_goes_into_the_fund_of_the_mission_keeps_a_promise_to_the_mission(tell):
    promises = tell("fund_of_the_mission", "SELECT pledged, delivered, status FROM promises")
    assert promises == [(4_000_000, 3_000_000, "partly")]


def test_sums_in_two_currencies_do_not_conflict(tell):
    query = "SELECT currency, relation FROM core.report WHERE kind = 'funding' AND known_to IS NULL ORDER BY ALL"
    assert tell("two_currencies", query) == [("CAD", "corroborates"), ("USD", "corroborates")]


def test_others_hurt_beside_officers_of_a_contributor_are_its_officers(tell):
    query = "SELECT value_best, unit, n_independent, agreement FROM casualties WHERE subkind = 'injured'"
    assert tell("eight_others", query) == [(10, "police", 1, "single")]


def test_what_two_towns_have_in_common_is_no_count_of_one_of_them(tell):
    """In whatever language both are named, they are the same two."""
    facts = tell("two_towns", "SELECT value_best, n_independent, place_id FROM casualties ORDER BY value_best")
    assert facts == [(15, 1, "HT0621"), (30, 2, "HT0621+HT0622")]


def test_what_a_contributor_has_lost_so_far_is_a_total_and_no_strength(tell):
    query = "SELECT kind, measure, value_best, place, n_claims FROM facts WHERE value_best = 3"
    assert tell("losses_so_far", query) == [("casualty", "cumulative", 3, None, 2)]


def test_a_number_of_soldiers_that_is_promised_is_promised(tell):
    assert tell("raised_promise", "SELECT pledged, delivered, status FROM promises") == [(2000, 0, "open")]


def test_a_toll_that_grows_is_one_event_in_three_languages(tell):
    query = "SELECT measure, value_best, n_independent, agreement FROM casualties"
    assert tell("growing_toll", query) == [("flow", 45, 2, "corroborated")]


def test_a_figure_that_goes_on_with_people_is_no_money(tell):
    assert tell("figure_that_stands", "SELECT DISTINCT kind FROM facts") == [("displacement",)]


def test_who_is_dismissed_is_not_appointed(tell):
    query = "SELECT person, subkind FROM people ORDER BY person"
    assert tell("dismissed", query) == [("Alix Didier Fils-Aimé", "appointed"), ("Garry Conille", "replaced")]


def test_a_claimant_behind_a_place_leaves_the_place_where_it_happened(tell):
    query = "SELECT place_id, n_claims, n_independent FROM casualties"
    assert tell("school_in_a_town", query) == [("HT0115", 2, 1)]
