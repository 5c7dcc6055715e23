"""The same rules on the mission in Somalia: whose people and whose ground, by its folder alone."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.facts.extractor import ClaimExtractor
from extractors.records import Document
from extractors.seeds import read_mission
from tests.extractors.facts.conftest import MISSION_FOLDER

LEADS = {
    "en": "AUSSOM was the subject of a briefing.\n\n",
    "fr": "L'AUSSOM a fait l'objet d'un point de presse.\n\n",
    "es": "La AUSSOM fue el tema de una rueda de prensa.\n\n",
    "sw": "AUSSOM ilijadiliwa katika mkutano na wanahabari.\n\n",
}


@pytest.fixture(scope="module")
def read():
    extractor = ClaimExtractor(read_mission(MISSION_FOLDER.parent / "somalia"))

    def _read(sentence, language="en"):
        document = Document("test", "", LEADS[language] + sentence, language, date(2025, 7, 2))
        return [claim for claim in extractor.extract(document) if claim.start >= len(LEADS[language])]

    return _read


@pytest.mark.parametrize(
    ("language", "sentence", "actor"),
    [
        ("en", "Government troops killed 14 militants near Jowhar.", "alshabaab"),
        ("fr", "Vingt jihadistes ont été tués près de Jowhar.", "alshabaab"),
        ("es", "En la operación murieron 100 yihadistas.", "alshabaab"),
        ("en", "A bomb killed four Somali soldiers in Afgooye.", "SNA"),
        ("es", "Diez soldados somalíes resultaron heridos.", "SNA"),
        ("fr", "Dix soldats somaliens ont été tués à Afgooye.", "SNA"),
        ("en", "Two Somali police officers were killed in Baidoa.", "SPF"),
        ("en", "Fifty-four Ugandan soldiers were killed at the base.", "UGA"),
        ("en", "Nine civilians were killed in Balcad.", "SOM"),
    ],
)
def test_whose_people_were_harmed(read, language, sentence, actor):
    assert [claim.actor for claim in read(sentence, language) if claim.kind == "casualty"] == [actor]


def test_an_army_loses_many_at_once(read):
    """Ten dead officers in Haiti are its police; ten dead soldiers are those of the contingent spoken of."""
    claims = read("Fighters stormed a base of the Ugandan troops. At least 54 soldiers were killed.")
    assert [claim.actor for claim in claims if claim.value_best == 54] == ["UGA"]


def test_others_of_the_same_are_the_same_peoples(read):
    claims = read("Ten Burundian soldiers were killed on Tuesday. Another attack followed. 25 others were wounded.")
    assert {claim.actor for claim in claims if claim.kind == "casualty"} == {"BDI"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The Burundians handed over their base in Jowhar to the Somali National Army."),
        ("en", "The base in Jowhar was handed over on Tuesday."),
        ("fr", "Le contingent burundais a remis sa base de Jowhar à l'armée somalienne."),
        ("es", "Las tropas de Burundi entregaron la base de Jowhar al Ejército somalí."),
    ],
)
def test_a_base_handed_over_is_ground_that_the_home_army_holds(read, language, sentence):
    found = [(c.actor, c.place, c.status) for c in read(sentence, language) if c.kind == "control"]
    assert found == [("SNA", "Jowhar", "done")]


def test_a_base_that_will_be_handed_over_is_a_plan(read):
    claims = read("Kenya will hand over its base in Dhobley to Somali forces.")
    assert [(c.actor, c.place, c.status) for c in claims if c.kind == "control"] == [("SNA", "Dhobley", "planned")]


def test_the_capital_is_the_missions_own(read):
    claims = read("Gunmen killed six people in the Somali capital on Tuesday.")
    assert [claim.place_id for claim in claims if claim.kind == "casualty"] == ["SOM-mogadishu"]
