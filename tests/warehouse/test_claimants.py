"""Whose word a claim is: a post of a place is one claimant, in whatever language and words it is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.facts.claimants import read_holder
from extractors.records import Mission, Place
from tests.warehouse.ledger import fresh_ledger, load_records, make_reading, rows_of
from warehouse.connection import open_warehouse
from warehouse.seeds import load_seeds

PLACES = (
    Place("HT05", "Artibonite", "department", "HTI", ("Latibonit",)),
    Place("HT0532", "Petite-Rivière", "commune", "HTI", ("Petite Rivière de l'Artibonite",), "Artibonite"),
    Place("HT0117", "Cité Soleil", "commune", "HTI", ("Site Solèy",), "Ouest"),
    Place("brooklyn", "Brooklyn", "neighbourhood", "HTI", (), "Ouest", "Cité Soleil"),
)


@pytest.fixture
def voice_of(tmp_path):
    """The voices that the ledger hears in claims with these claimants, told of one event."""

    def load(*told, **slots):
        mission = Mission("haiti", "Haiti", "HTI", ("MSS",), ("casualty",), (), (), (), PLACES)
        fresh_ledger(tmp_path)
        with open_warehouse(tmp_path / "ledger.duckdb") as connection:
            load_seeds(connection, missions=[mission], feeds=[], publishers=[])
        readings = []
        for number, (language, claimant) in enumerate(told, 1):
            claim = {"source": claimant, "source_text": claimant, "source_type": "government", **slots}
            reading = make_reading(number, claims=[claim], outlet=f"Outlet {number}", language=language)
            readings.append(replace(reading, claims=tuple(replace(one, language=language) for one in reading.claims)))
        load_records(tmp_path, *readings)
        return {voice for (voice,) in rows_of(tmp_path, "SELECT voice FROM core.report")}

    return load


def test_a_mayor_and_her_town_hall_are_one_voice_in_five_languages(voice_of):
    told = [
        ("en", "the mayor of Cité Soleil"),
        ("en", "the Cité Soleil town hall"),
        ("fr", "la mairie de Cité Soleil"),
        ("es", "la alcaldesa de Cité Soleil"),
        ("ht", "majistra Site Solèy"),
        ("sw", "meya wa Cité Soleil"),
    ]
    assert voice_of(*told) == {"mayor of cité soleil"}


def test_local_authorities_are_one_voice_in_all_languages_and_not_the_mayor(voice_of):
    told = [
        ("en", "local officials"),
        ("fr", "les autorités locales"),
        ("es", "autoridades locales de Cité Soleil"),
        ("en", "the mayor of Cité Soleil"),
    ]
    assert voice_of(*told, admin2="Cité Soleil") == {"local authorities of cité soleil", "mayor of cité soleil"}


def test_another_town_and_another_post_are_other_voices(voice_of):
    told = [
        ("en", "the mayor of Cité Soleil"),
        ("fr", "le maire de Petite Rivière de l’Artibonite"),
        ("fr", "le délégué départemental de l'Artibonite"),
        ("es", "el fiscal de Cité Soleil"),
    ]
    assert voice_of(*told) == {
        "mayor of cité soleil",
        "mayor of petite-rivière",
        "delegate of artibonite",
        "prosecutor of cité soleil",
    }


def test_a_post_without_a_place_is_that_of_where_it_happened(voice_of):
    told = [("en", "the mayor's office"), ("fr", "la mairie"), ("es", "el alcalde de Cité Soleil"), ("ht", "delege a")]
    found = voice_of(*told, place="Brooklyn", place_id="brooklyn", admin1="Ouest", admin2="Cité Soleil")
    assert found == {"mayor of cité soleil", "delegate of ouest"}


@pytest.mark.parametrize("claimant", ["the mayor of Springfield", "residents of Cité Soleil", "a surgeon"])
def test_who_holds_no_known_post_keeps_the_words_of_the_text(voice_of, claimant):
    assert voice_of(("en", claimant), admin2="Cité Soleil") == {claimant.lower()}


def test_the_longest_name_beside_a_post_is_asked_for_first():
    holder = read_holder("le maire de Petite Rivière de l'Artibonite", "fr")
    assert holder.post.name == "mayor"
    assert holder.places.index("petite riviere de l artibonite") < holder.places.index("artibonite")


def test_a_language_without_a_lexicon_has_no_posts():
    assert read_holder("der Bürgermeister von Cabaret", "de") is None
