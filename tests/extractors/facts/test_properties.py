"""What holds for every text: spans reproduce it, ids are stable, nothing crashes, time stays linear."""

from __future__ import annotations

import dataclasses
import sys
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


# True sentences of each language, cut and set loose anywhere: they fill slots that loose words do not.
_SENTENCES = [
    "Kenya sent 400 police officers to Haiti on Monday, President William Ruto said.",
    "Au moins 70 personnes ont été tuées à Pont-Sondé le 3 octobre 2024, selon l’ONU.",
    "Más de 1,3 millones de haitianos han tenido que huir de sus casas, dijo la OIM.",
    "Kenya te voye 400 polisye an Ayiti lendi, dapre prezidan William Ruto.",
    "Kenya ilituma maafisa 400 wa polisi nchini Haiti Jumatatu, Rais William Ruto alisema.",
    "The UN trust fund holds $113 million, of which Canada paid $63 million.",
    "“We are ready,” said Godfrey Otunge, the force’s commander.",
]
_TEXTS |= st.lists(st.sampled_from(_SENTENCES), max_size=8).map("\n\n".join)
_TEXTS |= st.tuples(st.sampled_from(_SENTENCES), st.text(max_size=3), st.integers(0, 80)).map(
    lambda drawn: drawn[0][: drawn[2]] + drawn[1] + drawn[0][drawn[2] :]
)


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
@given(text=_TEXTS, title=_TEXTS, language=st.sampled_from(["en", "fr", "es", "ht", "sw"]))
def test_every_span_reproduces_its_text(extractor, text, title, language):
    document = _document(_TOPIC + text, title, language)
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


def _steps(extractor, document):
    """Lines of Python run for a document: the same on every machine, however busy it is."""
    steps = 0

    def count(_frame, event, _argument):
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        extractor.extract(document)
    finally:
        sys.settrace(before)
    return steps


# Each is said over and over: without an end of the sentence, with quotes that never close, with nothing but names.
_ENDLESS = {
    "facts": "Kenya sent 400 officers to Haiti and Benin pledged 2,000 troops while gangs killed 5,600 in 2024, ",
    "sentences": "Kenya sent 400 officers to Haiti on Monday. Gangs killed 70 people. They fled. ",
    "numbers": "12 400 3.5 million two hundred ",
    "names": "William Ruto Godfrey Otunge Kenya Haiti Port-au-Prince ",
    "people": "President William Ruto, Minister Ann Lee, the spokesman, ",
    "quotes": "“We are here, said Mr Ruto. “",
    "said": "he said that they said on Monday, 5 May, that ",
    "brackets": "((400 (of 2,500) officers (",
    "dates": "on Monday, 5 May 2024, between 1 April and 3 June, ",
    "right-to-left": "هايتي 400 شرطي كينيا ",
    "letters": "abcdefghij",
    "paragraphs": "Haiti\n\n",
    "money": "the United States paid $15 million and Canada US$63 million of the $600 million, ",
    "lists": "Jamaica, Belize, the Bahamas, Guatemala and El Salvador, ",
}


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht", "sw"])
@pytest.mark.parametrize("name", _ENDLESS)
def test_twice_the_text_takes_twice_the_work(extractor, name, language):
    def steps(times):
        return _steps(extractor, _document(_TOPIC + _ENDLESS[name] * times, language=language))

    steps(2)
    # What is remembered from earlier words makes later ones cheaper; more than linear growth makes them dearer.
    assert steps(240) < 2.4 * steps(120)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("name", "size"), [("sentences", 10_000_000), ("letters", 10_000_000), ("facts", 1_000_000)])
def test_megabytes_are_read_to_the_end(extractor, name, size):
    line = _ENDLESS[name]
    document = _document(_TOPIC + line * (size // len(line)))
    for claim in extractor.extract(document)[-50:]:
        _check_spans(document, claim)


@pytest.mark.parametrize("content", [bytes(range(256)) * 40, b"\xff\xfe" * 999, b"%PDF-1.7\n" + bytes(2000)])
def test_binary_content_crashes_nothing(extractor, content):
    text = content.decode("utf-8", "replace")
    assert isinstance(extractor.extract(_document(_TOPIC + text + content.decode("latin-1"))), tuple)


def test_a_claim_is_a_plain_record(extractor):
    claims = extractor.extract(_document(_TOPIC + "Kenya sent 400 officers to Haiti."))
    assert claims
    assert dataclasses.asdict(claims[0])["rule"]


def test_a_speaker_without_a_post_has_no_actor(extractor):
    claims = extractor.extract(_document(_TOPIC + '"We have nothing left to eat," said Marie Jean Baptiste.'))
    assert [(claim.kind, claim.person, claim.actor) for claim in claims] == [("statement", "Marie Jean Baptiste", None)]
