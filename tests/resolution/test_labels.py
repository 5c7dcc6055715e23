"""Labelled stories -> nothing: whether the sets that fact resolution is measured on are well formed.

What the labels mean, and by which rules they were given, stands in the README beside this file.
"""

from __future__ import annotations

import csv
import json
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds" / "missions" / "haiti"
SETS = sorted(folder.parent.name for folder in HERE.glob("*/facts.json"))

LANGUAGES = {"en", "fr", "es", "ht", "sw"}
KINDS = {
    "deployment", "withdrawal", "pledge", "strength", "casualty", "displacement", "need", "funding", "control",
    "mandate", "role", "equipment", "statement",
}  # fmt: skip
MEASURES = {"flow", "stock", "cumulative", "ceiling", "requirement", "share"}
STATUSES = {
    "done", "planned", "pledged", "requested", "needed", "unfulfilled", "denied", "alleged", "conditional",
}  # fmt: skip
AGREEMENTS = {"single", "corroborated", "contested", "denied", "superseded"}
PRECISIONS = {"day", "week", "month", "quarter", "year"}
BASES = {"explicit", "relative", "weekday", "inherited", "published"}
SLOTS = {
    "fact", "kind", "subkind", "measure", "value_low", "value_best", "value_high", "qualifier", "original_value",
    "unit", "unit_class", "currency", "actor", "actor_country", "target", "person", "role", "status", "polarity",
    "certainty", "event_start", "event_end", "date_precision", "date_basis", "as_of", "place", "place_id",
    "country", "admin1", "admin2", "attribution", "source", "source_text", "source_type", "via", "part_of",
    "sentence",
}  # fmt: skip
# Which of low, best and high a qualifier fills (docs/claims.md).
BOUNDS = {
    "exact": {"low", "best", "high"},
    "about": {"best"},
    "at_least": {"low", "best"},
    "more_than": {"low", "best"},
    "nearly": {"best", "high"},
    "up_to": {"best", "high"},
    "fewer_than": {"high"},
    "between": {"low", "high"},
    "vague": {"low"},
}
# A reprint that was cut, credited and had words exchanged still has most of its three-word shingles from its original.
LEAST_SHARED = 0.6


@cache
def _stories(name):
    files = sorted((HERE / name / "stories").glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


@cache
def _facts(name):
    return json.loads((HERE / name / "facts.json").read_text(encoding="utf-8"))


def _claims(name):
    return [(story, claim) for story in _stories(name).values() for claim in story["claims"]]


def _values(record):
    return [record[f"value_{bound}"] for bound in ("low", "best", "high") if record.get(f"value_{bound}") is not None]


def _shingles(text):
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def _rows(file):
    lines = (line for line in (SEEDS / file).read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _claimant(story, claim, stories):
    """Whom a claim counts for: its source, else the agency or outlet where the text first stood."""
    if "source" in claim:
        return claim["source"]
    first = story
    while first.get("copy_of"):
        first = stories[first["copy_of"]]
    return first["agency"] or first["outlet"]


@pytest.mark.parametrize("name", SETS)
def test_every_story_is_an_article_of_an_invented_outlet(name):
    for stem, story in _stories(name).items():
        assert story["id"] == stem
        assert re.match(r"https://[\w.-]+\.example/", story["url"]), stem
        assert datetime.fromisoformat(story["published"]).tzinfo is not None, stem
        assert story["lang"] in LANGUAGES, stem
        assert re.fullmatch("[A-Z]{3}", story["outlet_country"]), stem
        assert story["title"], stem
        assert story["text"] == story["text"].strip(), stem
    urls = [story["url"] for story in _stories(name).values()]
    assert len(set(urls)) == len(urls)


@pytest.mark.parametrize("name", SETS)
def test_a_claim_is_grounded_in_its_story(name):
    for story, claim in _claims(name):
        where = (story["id"], claim["fact"])
        assert claim.keys() <= SLOTS, where
        assert claim["sentence"] in story["text"], where
        assert claim.get("original_value", "") in claim["sentence"], where
        for slot in ("place", "source_text"):
            assert claim.get(slot, "") in story["text"] + story["title"], (*where, slot)


@pytest.mark.parametrize("name", SETS)
def test_a_claim_uses_the_words_of_the_ledger(name):
    for story, claim in _claims(name):
        where = (story["id"], claim["fact"])
        assert claim["kind"] in KINDS, where
        assert claim["status"] in STATUSES, where
        assert claim.get("measure", "flow") in MEASURES, where
        assert claim["polarity"] in {"+", "-"}, where
        assert (claim["status"] == "denied") == (claim["polarity"] == "-"), where


@pytest.mark.parametrize("name", SETS)
def test_a_value_fills_the_bounds_of_its_qualifier(name):
    for story, claim in _claims(name):
        where = (story["id"], claim["fact"])
        filled = {bound for bound in ("low", "best", "high") if claim.get(f"value_{bound}") is not None}
        assert filled == BOUNDS.get(claim.get("qualifier"), set()), where
        assert _values(claim) == sorted(_values(claim)), where
        if filled and claim["qualifier"] != "between":
            assert len(set(_values(claim))) == 1, where


@pytest.mark.parametrize("name", SETS)
def test_a_date_is_an_interval_with_a_precision_and_a_basis(name):
    for story, claim in _claims(name):
        where = (story["id"], claim["fact"])
        dated = {"event_start", "event_end", "date_precision", "date_basis"} & claim.keys()
        assert len(dated) in {0, 4}, where
        if dated:
            assert date.fromisoformat(claim["event_start"]) <= date.fromisoformat(claim["event_end"]), where
            assert claim["date_precision"] in PRECISIONS, where
            assert claim["date_basis"] in BASES, where
        if "as_of" in claim:
            assert claim["as_of"] == claim["event_start"] == claim["event_end"], where


@pytest.mark.parametrize("name", SETS)
def test_a_place_stands_in_the_gazetteer(name):
    places = {row["place_id"]: row for row in _rows("places.tsv")}
    for story, claim in _claims(name):
        if "place_id" in claim:
            assert places[claim["place_id"]]["country"] == claim["country"], (story["id"], claim["fact"])


@pytest.mark.parametrize("name", SETS)
def test_a_part_belongs_to_another_claim_of_its_story(name):
    for story, claim in _claims(name):
        if "part_of" in claim:
            assert story["claims"][claim["part_of"]]["fact"] != claim["fact"], (story["id"], claim["fact"])


@pytest.mark.parametrize("name", SETS)
def test_a_copy_is_later_than_its_original_and_shares_its_words(name):
    stories = _stories(name)
    for copy in stories.values():
        if not copy.get("copy_of"):
            continue
        original = stories[copy["copy_of"]]
        assert original["published"] < copy["published"], copy["id"]
        if copy["lang"] != original["lang"]:
            continue  # a translation shares its claims, and no words
        shingles = _shingles(copy["text"])
        assert len(shingles & _shingles(original["text"])) >= LEAST_SHARED * len(shingles), copy["id"]


@pytest.mark.parametrize("name", SETS)
def test_claims_and_facts_name_each_other(name):
    facts = _facts(name)
    assert {claim["fact"] for _, claim in _claims(name)} == facts.keys()
    for story, claim in _claims(name):
        fact = facts[claim["fact"]]
        assert claim["kind"] == fact["kind"], (story["id"], claim["fact"])
        assert claim["status"] in {fact["status"], "denied"}, (story["id"], claim["fact"])


@pytest.mark.parametrize("name", SETS)
def test_a_fact_is_stated_in_the_words_of_the_readme(name):
    for fact_id, fact in _facts(name).items():
        assert fact["about"], fact_id
        assert fact["agreement"] in AGREEMENTS, fact_id
        assert fact["shape"] in {"event", "level"}, fact_id
        assert _values(fact) == sorted(_values(fact)), fact_id
        if fact["shape"] == "event":
            assert fact["series"] is None, fact_id
        elif fact["kind"] not in {"role", "statement"}:
            assert fact["series"], fact_id


@pytest.mark.parametrize("name", SETS)
def test_independent_sources_are_no_more_than_claimants(name):
    stories = _stories(name)
    for fact_id, fact in _facts(name).items():
        told = [(story, claim) for story, claim in _claims(name) if claim["fact"] == fact_id]
        if fact["agreement"] != "denied":
            told = [(story, claim) for story, claim in told if claim["status"] != "denied"]
        claimants = {_claimant(story, claim, stories) for story, claim in told}
        assert 1 <= fact["n_independent"] <= len(claimants) <= len(told), fact_id
        if fact["agreement"] == "single":
            assert fact["n_independent"] == 1, fact_id
        if fact["agreement"] == "corroborated":
            assert fact["n_independent"] > 1, fact_id
