"""Who says so: claimants.tsv, written for this test, and what a sentence takes over from the one before.

A line holds a language, a sentence in which nine people die, and the source, the words and the sort of its claimant; -
stands for none.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractors.records import Document
from tests.extractors.facts.conftest import LEADS

PUBLISHED = date(2025, 1, 22)
CLAIMANTS = Path(__file__).parent / "claimants.tsv"


def _sentences():
    for line in CLAIMANTS.read_text(encoding="utf-8").splitlines():
        language, sentence, *wanted = line.split("\t")
        told = tuple(None if word == "-" else word for word in wanted)
        yield pytest.param(language, sentence, told, id=f"{language}: {sentence[-60:]}")


@pytest.fixture(scope="module")
def claim_of(extractor):
    def _claim_of(language, text, kind, value):
        claims = extractor.extract(Document("said", "", f"{text}\n\n{LEADS[language]}", language, PUBLISHED))
        found = [claim for claim in claims if claim.kind == kind and value in (claim.value_best, claim.value_low)]
        assert len(found) == 1, [(claim.kind, claim.value_best) for claim in claims]
        return found[0]

    return _claim_of


@pytest.mark.parametrize(("language", "sentence", "wanted"), list(_sentences()))
def test_a_claimant_is_the_subject_of_the_verb_of_saying(claim_of, language, sentence, wanted):
    claim = claim_of(language, sentence, "casualty", 9)
    assert (claim.source, claim.source_text, claim.source_type) == wanted


@pytest.mark.parametrize(
    ("language", "text", "value", "source"),
    [
        ("en", "At least 70 people were killed in Cabaret, RNDDH said. Another 12 were injured.", 12, "RNDDH"),
        ("en", "At least 70 people were killed in Cabaret, RNDDH said. It added that 12 were injured.", 12, "RNDDH"),
        ("en", "At least 70 people were killed in Cabaret, RNDDH said. Gangs killed 12 in Delmas in May.", 12, None),
        ("fr", "Neuf personnes ont été tuées à Cabaret, selon le RNDDH. Douze autres ont été blessées.", 12, "RNDDH"),
        ("es", "Murieron nueve personas en Cabaret, según el RNDDH. Otras 12 resultaron heridas.", 12, "RNDDH"),
    ],
)
def test_a_bare_count_goes_on_with_the_claimant_before_it(claim_of, language, text, value, source):
    assert claim_of(language, text, "casualty", value).source == source


def test_two_claimants_of_one_sentence_have_their_own_counts(claim_of):
    text = "Police spoke of nine dead in Cabaret, while RNDDH said that 40 people had been killed."
    assert [claim_of("en", text, "casualty", value).source for value in (9, 40)] == ["HNP", "RNDDH"]


def test_who_promises_says_nothing_and_who_is_quoted_for_a_promise_does(claim_of):
    assert claim_of("en", "Benin promised 2,000 soldiers.", "pledge", 2000).source is None
    assert claim_of("en", "President Patrice Talon promised 2,000 soldiers.", "pledge", 2000).source == "Patrice Talon"


def test_an_outlet_that_cites_somebody_passes_the_word_on(claim_of):
    text = "Nine people were killed in Cabaret on Monday, Reuters reported, citing the police."
    assert claim_of("en", text, "casualty", 9).via == "REUTERS"


def test_a_surname_stands_for_the_person_named_in_full(claim_of):
    text = "Paul Reed, who runs a clinic, was there. Nine people were killed in Cabaret on Monday, Reed said."
    assert claim_of("en", text, "casualty", 9).source == "Paul Reed"
