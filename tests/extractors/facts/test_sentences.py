"""Sentences of each kind and what they yield: sentences_<language>.tsv, written for this test.

A line holds a sentence and its claims as "kind actor value status", parted by semicolons; * stands for anything,
- for an actor that does not matter, alternatives are parted by |. A sentence yields these claims and no others.
"""

from __future__ import annotations

from pathlib import Path

import pytest

# Names the contributor that "the officers" and "the country" stand for.
LEADS = {
    "en": "The Kenya-led force was discussed. ",
    "fr": "La force dirigée par le Kenya était au menu. ",
    "es": "La fuerza dirigida por Kenia era el tema. ",
    "ht": "Yo pale sou fòs Kenya ap dirije a. ",
    "sw": "Walizungumzia kikosi kinachoongozwa na Kenya. ",
}


def _sentences():
    for path in sorted(Path(__file__).parent.glob("sentences_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            sentence, _, claims = line.partition("\t")
            wanted = [claim.strip() for claim in claims.split(";") if claim.strip()]
            yield pytest.param(path.stem[-2:], sentence, wanted, id=f"{path.stem[-2:]}: {sentence[:60]}")


def _told(claim):
    value = next((v for v in (claim.value_best, claim.value_low, claim.value_high) if v is not None), None)
    return (
        claim.kind,
        claim.actor or "-",
        str(None if value is None or claim.qualifier == "vague" else int(value)),
        claim.status,
    )


def _fits(claim, wanted):
    for form in wanted.split("|"):
        kind, actor, value, status = form.split()
        told = _told(claim)
        if kind in ("*", told[0]) and actor in ("*", "-", told[1]) and value == told[2] and status in ("*", told[3]):
            return True
    return False


@pytest.mark.parametrize(("language", "sentence", "wanted"), list(_sentences()))
def test_a_sentence_yields_these_claims_and_no_others(read, language, sentence, wanted):
    lead = LEADS[language].strip()
    left = [c for c in read(LEADS[language] + sentence, language) if c.kind != "statement" and lead not in c.sentence]
    for one in wanted:
        match = next((claim for claim in left if _fits(claim, one)), None)
        assert match is not None, f"{one} not among {[_told(claim) for claim in left]}"
        left.remove(match)
    assert [_told(claim) for claim in left] == []
