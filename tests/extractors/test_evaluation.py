"""Scores: what agrees with what, one to one."""

import dataclasses
import json
from datetime import date

import pytest

from extractors.evaluation import GoldDocument, GoldFact, read_gold, score_claims
from extractors.evaluation.agreement import agrees_loosely, agrees_strictly, slot_agrees
from extractors.evaluation.gold import GoldError
from extractors.records import Claim, Document

BASE = Claim(
    claim_id="c",
    document="1",
    version_id="v",
    mission="haiti",
    kind="deployment",
    rule="r",
    extractor_version="1",
    language="en",
    measure="flow",
    value_low=217,
    value_best=217,
    value_high=217,
    qualifier="exact",
    unit="person",
    unit_class="police",
    actor="KEN",
    event_start=date(2025, 1, 18),
    event_end=date(2025, 1, 18),
    place="Port-au-Prince",
    country="HTI",
)
FACT = GoldFact(kind="deployment", actor="KEN", quantity=217, unit="police", status="done", when="2025-01-18")


def claim(**changes):
    return dataclasses.replace(BASE, **changes)


def fact(**changes):
    return dataclasses.replace(FACT, **changes)


@pytest.mark.parametrize(
    ("gold", "made", "loose", "strict"),
    [
        (FACT, BASE, True, True),
        (FACT, claim(actor="JAM"), True, False),
        (FACT, claim(status="planned"), True, False),
        (FACT, claim(kind="pledge"), False, False),
        (FACT, claim(value_low=218, value_best=218.1, value_high=219), True, True),
        (FACT, claim(value_low=219, value_best=219, value_high=219), False, False),
        (fact(quantity=None), BASE, False, False),
        (fact(quantity=None), claim(value_low=100, value_best=None, value_high=None, qualifier="vague"), True, True),
        (fact(status="cumulative"), BASE, True, True),
        (
            fact(kind="casualty", unit="dead", actor="HTI"),
            claim(kind="casualty", subkind="killed", actor="HTI"),
            True,
            True,
        ),
        (fact(kind="casualty", unit="injured"), claim(kind="casualty", subkind="killed"), False, False),
        (fact(kind="funding", unit="USD"), claim(kind="funding", currency="USD"), True, True),
        (fact(kind="funding", unit="USD"), claim(kind="funding", currency="CAD"), False, False),
        (
            GoldFact(kind="role", person="Godfrey Otunge", actor="KEN"),
            claim(kind="role", person="Mr Otunge"),
            True,
            True,
        ),
        (GoldFact(kind="role", person="William Ruto"), claim(kind="role", person="Godfrey Otunge"), False, False),
        (
            GoldFact(kind="statement", person="Guy Philippe"),
            claim(kind="statement", actor_text="Philippe"),
            True,
            True,
        ),
        (GoldFact(kind="control", where="Artibonite"), claim(kind="control", admin1="Artibonite"), False, False),
        (
            GoldFact(kind="control", where="Artibonite"),
            claim(kind="control", admin1="Artibonite", value_low=None, value_best=None, value_high=None),
            True,
            True,
        ),
        (GoldFact(kind="mandate", actor="UNSC"), claim(kind="mandate", subkind="extend", actor="UNSC"), True, True),
    ],
)
def test_agreement(gold, made, loose, strict):
    assert agrees_loosely(gold, made) is loose
    assert agrees_strictly(gold, made) is strict


@pytest.mark.parametrize(
    ("slot", "gold", "made", "verdict"),
    [
        ("when", FACT, BASE, True),
        ("when", fact(when="2025-01"), BASE, True),
        ("when", fact(when="2025-01-17/2025-01-18"), BASE, False),
        ("when", fact(when=None), BASE, None),
        ("where", fact(where="Haiti"), BASE, True),
        ("where", fact(where="Pòtoprens"), BASE, False),
        ("unit", fact(unit="soldiers"), BASE, True),
        ("unit", fact(unit="vehicles"), BASE, False),
        ("measure", fact(status="cumulative"), BASE, False),
        ("measure", fact(status="cumulative"), claim(measure="stock"), True),
        ("qualifier", fact(qualifier="about"), claim(qualifier="between"), True),
    ],
)
def test_slots(slot, gold, made, verdict):
    assert slot_agrees(slot, gold, made) is verdict


def test_every_fact_and_every_claim_is_used_once():
    document = Document("1", "", "...", "en")
    gold = GoldDocument(document, (FACT, fact(actor="JAM"), fact(quantity=5)))
    made = [claim(actor="JAM"), BASE, claim(value_low=9, value_best=9, value_high=9)]
    report = score_claims([gold, GoldDocument(Document("2", "", "...", "fr"), ())], {"1": made, "2": [BASE]})
    score = report.strict["all"]
    assert (score.wanted, score.made, score.hits) == (3, 4, 2)
    assert [found.quantity for _, found in report.missed] == [5]
    assert [found.value_best for _, found in report.spurious] == [9, 217]
    assert report.in_empty == 1
    assert report.strict["language fr"].precision == 0


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"id": 1}', '{"id": 1, "lang": "en", "text": "t", "facts": [{"kind": "pledge", "colour": "red"}]}'],
)
def test_a_bad_gold_document_is_named(tmp_path, content):
    (tmp_path / "001.json").write_text(content)
    with pytest.raises(GoldError, match=r"001\.json.*right would be"):
        read_gold(tmp_path)


def test_a_folder_without_gold_is_refused(tmp_path):
    with pytest.raises(GoldError, match="no gold documents"):
        read_gold(tmp_path)


def test_gold_is_read_as_it_stands(tmp_path):
    stored = {
        "id": 7,
        "lang": "en",
        "published": "2025-01-19",
        "title": "T",
        "text": "Body.",
        "facts": [{"kind": "need"}],
    }
    (tmp_path / "007.json").write_text(json.dumps(stored))
    (gold,) = read_gold(tmp_path)
    assert gold == GoldDocument(Document("7", "T", "Body.", "en", date(2025, 1, 19)), (GoldFact(kind="need"),))
