"""Verbs with a hyphen behind them: their forms, their tenses, and the nouns that look like them."""

from __future__ import annotations

import pytest

from extractors.facts.conjugation import conjugate, conjugate_tables
from extractors.facts.lexicon import read_lexicon

ENDINGS = {"ar": ("ar", "a", "an"), "gar": ("gue", "guen"), "er": ("er", "en")}
TABLES = {
    "conjugation": {
        "nouns": ["viaje"],
        "told": {"ar": "ar ó aron"},
        "to_come": {"ar": "ará e", "gar": "gará gue"},
    },
    "tags": {"expire": ["llegar- a su fin", "caduca"]},
    "cue": [{"name": "send", "forms": ["desplegar-", "viajar-"]}],
}


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("zarpar-", ("zarpar", "zarpa", "zarpan")),
        ("llegar-", ("llegue", "lleguen")),
        ("poner- rumbo a", ()),
        ("dejar- el país", ("dejar el país", "deja el país", "dejan el país")),
        ("volver", ()),
        ("ex-", ()),
    ],
)
def test_the_longest_end_of_an_infinitive_says_its_forms(phrase, forms):
    endings = ENDINGS if phrase != "poner- rumbo a" else {"ar": ("a",)}
    assert conjugate(phrase, endings) == forms


def test_a_verb_may_be_listed_for_one_tense_alone():
    assert conjugate("zarpar-told", ENDINGS, "told") == ("zarpar", "zarpa", "zarpan")
    assert conjugate("zarpar-told", ENDINGS, "to_come") == ()


def test_a_verb_in_a_list_becomes_its_forms_and_their_tenses_are_known():
    tables, tenses = conjugate_tables(TABLES)
    assert tables["tags"]["expire"][0] == "llegar a su fin"
    assert {"viajó", "viajará", "desplegue"} <= set(tables["cue"][0]["forms"])
    assert "viajará" in tenses.to_come
    assert "viajaron" in tenses.told


def test_a_form_that_is_a_noun_as_well_has_no_tense():
    _, tenses = conjugate_tables(TABLES)
    assert "viaje" not in tenses.to_come | tenses.told


@pytest.mark.parametrize(
    ("language", "told", "to_come"),
    [
        ("fr", "retira", "retirera"),
        ("fr", "dépêcha", "dépêcherait"),
        ("fr", "mit sur la table", "mettra sur la table"),
        ("es", "repliega", "replegarán"),
        ("es", "desembarcaron", "desembarquen"),
        ("es", "puso a disposición", "pondría a disposición"),
    ],
)
def test_movements_are_to_come_by_their_tense_alone(language, told, to_come):
    lexicon = read_lexicon(language)

    def tags(phrase):
        words = tuple(phrase.split())
        if len(words) == 1:
            return lexicon.words[phrase].tags
        return next(entry.tags for rest, entry in lexicon.longer[words[:2]] if rest == words[2:])

    assert "future" in tags(to_come)
    assert "future" not in tags(told)


def test_languages_without_a_table_keep_their_lists():
    assert conjugate_tables({"tags": {"former": ["ex-"]}})[0] == {"tags": {"former": ["ex-"]}}
