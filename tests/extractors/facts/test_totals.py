"""What is told as parts in one sentence and as their sum in another is one movement."""

from __future__ import annotations

import pytest

TOLD = [
    "Thirty soldiers and 12 policemen from Jamaica landed on Friday. The group of 42 is the first from the island.",
    "Fifty-one troops from Guatemala and El Salvador landed. The group comprises 40 Guatemalans and 11 Salvadorans.",
]


@pytest.mark.parametrize("text", TOLD)
def test_parts_know_their_total(read, text):
    claims = [claim for claim in read(text) if claim.kind == "deployment"]
    (total,) = [claim for claim in claims if claim.value_best == max(each.value_best for each in claims)]
    parts = [claim for claim in claims if claim is not total]
    assert len(parts) == 2
    assert {part.part_of for part in parts} == {total.claim_id}


def test_a_total_of_two_nations_is_the_force_s(read):
    claims = read(TOLD[1])
    assert {(claim.actor, claim.value_best) for claim in claims} == {("MSS", 51), ("GTM", 40), ("SLV", 11)}


def test_numbers_that_do_not_add_up_are_no_parts(read):
    claims = read(TOLD[0].replace("42", "60"))
    assert [claim.part_of for claim in claims if claim.kind == "deployment"] == [None] * 3
