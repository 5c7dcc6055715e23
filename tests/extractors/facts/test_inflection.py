"""Stems: what a verb with prefixes is read as, and what is never taken apart."""

from __future__ import annotations

import pytest

from extractors.facts.lexicon import read_lexicon


@pytest.fixture(scope="module")
def swahili():
    return read_lexicon("sw")


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("waliwasili", "-wasili"),
        ("kilichotumwa", "-tumwa"),
        ("latua", "-tua"),
        ("wameyakimbia", "-kimbia"),
        ("alimuua", "-ua"),
        ("kuwajeruhi", "-jeruhi"),
        ("zipeleke", "-peleka"),
        ("itatuma", "-tuma+future"),
        ("watakaowasili", "-wasili+future"),
        ("haijatuma", "-tuma+negation"),
    ],
)
def test_a_verb_is_read_as_its_stem_and_the_class_of_its_form(swahili, word, stem):
    assert swahili.base(word) == stem


@pytest.mark.parametrize("word", ["watu", "hatua", "maua", "mwezi", "kikosi", "kiongozi", "Kenya"])
def test_nouns_stay_as_they_are(swahili, word):
    assert swahili.base(word) == word


def test_a_form_has_the_class_of_its_prefix_beside_those_of_its_stem(swahili):
    assert "future" in swahili.words["-tuma+future"].tags
    assert swahili.words["-tuma+future"].cues == swahili.words["-tuma"].cues


def test_languages_without_prefixes_read_words_as_they_stand():
    assert read_lexicon("en").base("sent") == "sent"
