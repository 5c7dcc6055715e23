"""What a mission's folder puts into the blanks of a lexicon."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractors.facts.lexicon import LEXICONS, read_lexicon
from extractors.facts.wording import Wording, fill_blanks, read_wording
from extractors.seeds import read_missions

MISSIONS = {mission.name: mission for mission in read_missions(Path(__file__).parents[3] / "seeds")}
LANGUAGES = sorted(path.stem for path in LEXICONS.glob("*.toml"))


def test_every_form_of_a_blank_is_a_phrase():
    wording = Wording(blanks=(("theatre", ("Somalia",)), ("theatre_people", ("Somali", "Somalis"))))
    data = {"tags": {"place": ["left {theatre}", "{theatre_people} soil", "soil"]}}
    assert fill_blanks(data, wording)["tags"]["place"] == ["left somalia", "somali soil", "somalis soil", "soil"]


def test_a_blank_that_nothing_fills_leaves_the_phrase_out():
    data = {"tags": {"place": ["left {theatre}", "here"]}, "unit": [{"actor": "{police}", "forms": ["x"]}]}
    filled = fill_blanks(data, Wording())
    assert filled["tags"]["place"] == ["here"]
    assert filled["unit"][0]["actor"] is None


def test_a_mission_adds_words_of_its_own():
    filled = fill_blanks({"tags": {"theatre": ["the country"]}}, Wording(words=(("theatre", "the island nation"),)))
    assert filled["tags"]["theatre"] == ["the country", "the island nation"]


def test_armed_men_and_the_home_police_are_the_missions():
    found = {name: dict(read_wording(mission, "en").actors) for name, mission in MISSIONS.items()}
    assert (found["haiti"]["adversary"], found["haiti"]["police"]) == ("gangs", "HNP")
    assert (found["somalia"]["adversary"], found["somalia"]["police"]) == ("alshabaab", "SPF")


def test_where_nobody_leads_all_who_send_people_are_the_senders():
    blanks = {name: dict(read_wording(mission, "en").blanks)["sender"] for name, mission in MISSIONS.items()}
    assert blanks["haiti"] == ("Kenya", "Nairobi")
    assert {"Uganda", "Kampala", "Burundi", "Egypt"} <= set(blanks["somalia"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MISSIONS)
def test_no_blank_is_left(name, language):
    """A misspelt blank would silently take its phrases away."""
    lexicon = read_lexicon(language, read_wording(MISSIONS[name], language))
    assert lexicon is not None
    assert not [word for word in lexicon.words if "{" in word]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_blank_of_a_lexicon_is_one_that_missions_fill(language):
    known = {name for name, _ in read_wording(MISSIONS["haiti"], language).blanks} | {"adversary", "police", "army"}
    used = set(re.findall(r"\{(\w+)\}", (LEXICONS / f"{language}.toml").read_text(encoding="utf-8")))
    assert used - known == set()


def test_no_line_of_the_engine_knows_a_mission():
    """Forces, armed groups and theatres stand in the seeds alone."""
    names = {"aussom", "atmis", "amisom", "somalia", "shabaab", "haiti", "port-au-prince", "hnp", "viv ansanm"}
    for path in LEXICONS.glob("*.toml"):
        phrases = path.read_text(encoding="utf-8").lower()
        assert [name for name in names if f'"{name}' in phrases or f' {name}"' in phrases] == [], path.name
