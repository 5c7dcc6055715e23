"""What holds for every text: spans reproduce it, ids are stable, nothing crashes, time stays linear."""

from __future__ import annotations

import dataclasses
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.facts.lexicon import read_lexicon
from extractors.records import Document

_TOPIC = "Multinational Security Support mission in Haiti. "
# Words that rules react to, set loose beside signs, scripts and marks that break naive offsets.
_WORDS = [
    "Kenya", "Kenyan", "Jamaica", "Haiti", "Benin", "police", "officers", "soldiers", "people", "gangs", "killed",
    "sent", "pledged", "arrived", "between", "and", "of", "the", "to", "a", "hundred", "million", "24", "1,041,229",
    "$", "%", "percent", "control", "Port-au-Prince", "President", "William Ruto", "said", "he", ",", ".", ";", "(",
    ")", "“", "”", "«", "»", '"', "''", "displaced", "fled", "resolution", "2699", "mandate", "expires", "second",
    "officer", "last year", "May", "2024", "since", "retaken", "US$", "each", "Ayiti", "é́", "🇭🇹", "مرحبا", "\u202e",
    "\u00a0", "\n\n", "-", "’s",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join) | st.text(max_size=200)


def _document(text, title="", language="en"):
    return Document("property", title, text, language, date(2025, 1, 19))


def _check_spans(document, claim):
    text = document.title if claim.in_title else document.text
    assert claim.sentence in text
    assert text[slice(*claim.spans["sentence"][0])] == claim.sentence
    assert (claim.start, claim.end) == claim.spans["trigger"][0]
    for spans in claim.spans.values():
        assert all(0 <= start < end <= len(text) for start, end in spans)
    for column, slot in (("person", "person"), ("place", "place"), ("actor_text", "actor")):
        value = getattr(claim, column)
        if value is not None and slot in claim.spans and (column != "person" or claim.kind == "role"):
            assert text[slice(*claim.spans[slot][0])] == value
    values = (claim.value_low, claim.value_best, claim.value_high)
    assert ("value" in claim.spans) or all(value is None for value in values)
    for slot in ("unit", "actor", "person", "role"):
        assert getattr(claim, slot) is None or slot in claim.spans or slot in claim.derived


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS, title=_TEXTS)
def test_every_span_reproduces_its_text(extractor, text, title):
    document = _document(_TOPIC + text, title)
    for claim in extractor.extract(document):
        _check_spans(document, claim)


@settings(max_examples=60, deadline=None)
@given(text=_TEXTS, other=_TEXTS)
def test_the_same_text_gives_the_same_claims_whatever_was_read_before(extractor, text, other):
    document = _document(_TOPIC + text)
    first = extractor.extract(document)
    extractor.extract(_document(_TOPIC + other))
    assert extractor.extract(document) == first
    assert len({claim.claim_id for claim in first}) == len(first)


@pytest.mark.parametrize("text", ["", "\x00\x01\x02", "\ud800", "﷽" * 50, "." * 5000, "((((" * 500, "Haiti " * 2000])
def test_odd_input_crashes_nothing(extractor, text):
    assert isinstance(extractor.extract(_document(_TOPIC + text, text[:100])), tuple)


def test_a_document_in_a_language_without_a_lexicon_yields_nothing(extractor):
    assert read_lexicon("xx") is None
    assert extractor.extract(_document(_TOPIC + "400 Kenyan officers arrived.", language="xx")) == ()


def test_a_document_about_something_else_yields_nothing(extractor):
    assert extractor.extract(_document("Kenya sent 400 police officers to the coast.")) == ()


def test_time_grows_with_the_text_and_no_faster(extractor):
    line = "Kenya sent 400 officers to Haiti and Benin pledged 2,000 troops while gangs killed 5,600 people in 2024, "

    def seconds(times):
        document = _document(_TOPIC + line * times)
        started = time.perf_counter()
        extractor.extract(document)
        return time.perf_counter() - started

    seconds(10)
    # 8 times the text may take 8 times as long; 4 times that is the allowance for a busy machine.
    assert seconds(400) < 32 * max(seconds(50), 0.002)


def test_a_claim_is_a_plain_record(extractor):
    claims = extractor.extract(_document(_TOPIC + "Kenya sent 400 officers to Haiti."))
    assert claims
    assert dataclasses.asdict(claims[0])["rule"]


def test_a_speaker_without_a_post_has_no_actor(extractor):
    claims = extractor.extract(_document(_TOPIC + '"We have nothing left to eat," said Marie Jean Baptiste.'))
    assert [(claim.kind, claim.person, claim.actor) for claim in claims] == [("statement", "Marie Jean Baptiste", None)]
