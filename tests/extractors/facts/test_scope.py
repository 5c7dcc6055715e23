"""Two missions in one article: each gets its own claims, and neither the other's."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.facts.extractor import ClaimExtractor
from extractors.records import Document
from extractors.seeds import read_missions
from tests.extractors.facts.conftest import MISSION_FOLDER

BOTH = {
    "en": (
        "Kenya weighs its missions in Haiti and Somalia",
        """The Multinational Security Support mission in Haiti counts about 1,000 officers. Three were killed last year.

AUSSOM in Somalia has 11,826 troops. They need $180 million this year.

Gangs hold 90 percent of Port-au-Prince.""",
    ),
    "fr": (
        "Deux missions, en Haïti et en Somalie",
        """En Haïti, la MMAS compte 1 000 policiers. En Somalie, l'AUSSOM compte 11 826 soldats.

Les gangs contrôlent 90 % de Port-au-Prince.""",
    ),
    "es": (
        "Dos misiones, en Haití y en Somalia",
        """En Haití la MMAS cuenta con 1.000 policías. En Somalia, la AUSSOM cuenta con 11.826 soldados.

Las pandillas controlan el 90 % de Puerto Príncipe.""",
    ),
}


@pytest.fixture(scope="module")
def extractors():
    seeds = MISSION_FOLDER.parents[1]
    return {mission.name: ClaimExtractor(mission) for mission in read_missions(seeds)}


def _values(extractor, text, title="", language="en"):
    claims = extractor.extract(Document("two", title, text, language, date(2025, 9, 11)))
    return {claim.value_best for claim in claims if claim.value_best is not None}


@pytest.mark.parametrize("language", BOTH)
def test_each_mission_takes_its_own_part(extractors, language):
    title, text = BOTH[language]
    haiti = _values(extractors["haiti"], text, title, language)
    somalia = _values(extractors["somalia"], text, title, language)
    assert {1000, 90} <= haiti
    assert 11826 in somalia
    assert not haiti & {11826, 180e6}
    assert not somalia & {1000, 90, 3}


def test_a_sentence_about_both_is_parted_at_its_clauses(extractors):
    text = "Kenya has 700 police officers in Haiti, and 1,410 Kenyan soldiers serve with AUSSOM in Somalia."
    lead = "The Gang Suppression Force and AUSSOM were the subject of a briefing.\n\n"
    assert _values(extractors["haiti"], lead + text) == {700}
    assert _values(extractors["somalia"], lead + text) == {1410}


def test_a_paragraph_about_elsewhere_is_nobodys_claim_here(extractors):
    text = (
        "The Multinational Security Support mission in Haiti was the subject of a briefing.\n\n"
        "Al-Shabaab attacked a base in Somalia on Monday. Seven soldiers were killed and 12 wounded.\n\n"
        "Two Kenyan officers were killed on Tuesday."
    )
    assert _values(extractors["haiti"], text) == {2}


def test_a_mission_without_a_folder_is_another_one_too(extractors):
    text = "The Multinational Security Support mission in Haiti met. MONUSCO has 11,500 soldiers on the ground."
    assert _values(extractors["haiti"], text) == set()


def test_who_speaks_of_two_missions_speaks_in_both(extractors):
    text = (
        "The Gang Suppression Force in Haiti and AUSSOM in Somalia lack money.\n\n"
        'Kenyan President William Ruto said both missions "are investments in our own peace".'
    )
    for extractor in extractors.values():
        claims = extractor.extract(Document("two", "", text, "en", date(2025, 9, 11)))
        assert {claim.person for claim in claims if claim.kind == "statement"} == {"William Ruto"}


def test_a_post_of_the_other_theatre_is_no_post_here(extractors):
    text = (
        "The Multinational Security Support mission in Haiti met.\n\n"
        "In Somalia, President Hassan Sheikh Mohamud met Kenyan President William Ruto."
    )
    claims = extractors["haiti"].extract(Document("two", "", text, "en", date(2025, 9, 11)))
    assert {claim.person for claim in claims if claim.kind == "role"} == {"William Ruto"}
