"""What another version of an extractor reads otherwise: the same words are told from other words, slots one by one."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from extractors.claim_changes import compare_claims
from extractors.records import Claim

TEXT = "Kenya sent 150 officers on Friday, and Jamaica sent 24 soldiers in September."


def claim(words, number=0, **slots):
    """A claim whose value stands where `words` stand in the text."""
    start = TEXT.index(words)
    span = (start, start + len(words))
    slots.setdefault("kind", "deployment")
    slots.setdefault("spans", {"value": (span,), "trigger": (span,)})
    slots.setdefault("extractor_version", "1")
    return Claim(
        claim_id=f"{words}-{number}-{slots['extractor_version']}",
        document="d",
        version_id="v",
        mission="haiti",
        rule="test",
        language="en",
        sentence=TEXT,
        start=span[0],
        end=span[1],
        value_best=slots.pop("value_best", float(words.split()[0])),
        **slots,
    )


def newer(made, **slots):
    return dataclasses.replace(made, claim_id=f"{made.claim_id}'", extractor_version="2", **slots)


KENYA, JAMAICA = claim("150 officers", actor="KEN"), claim("24 soldiers", actor="JAM")


def told(before, after):
    return [(change.how, change.claim.actor, change.slots) for change in compare_claims(before, after)]


def test_ids_rules_spans_and_confidence_are_no_change():
    after = newer(KENYA, rule="other", confidence=0.5, spans={"value": ((11, 14),), "sentence": ((0, 9),)}, start=11)
    assert told([KENYA], [after]) == [("same", "KEN", ())]


def test_a_slot_that_differs_is_shown_before_and_after():
    assert told([KENYA], [newer(KENYA, value_best=105.0, unit="person")]) == [
        ("changed", "KEN", (("value_best", 150, 105), ("unit", None, "person")))
    ]


def test_other_words_are_another_claim():
    assert told([KENYA], [newer(JAMAICA)]) == [("removed", "KEN", ()), ("added", "JAM", ())]


def test_another_kind_mission_or_extractor_is_another_claim():
    for slots in ({"kind": "pledge"}, {"mission": "somalia"}, {"extractor": "llm"}, {"in_title": True}):
        assert sorted(how for how, *_ in told([KENYA], [newer(KENYA, **slots)])) == ["added", "removed"]


def test_of_several_claims_at_one_place_those_that_say_the_same_are_paired_first():
    twin = claim("150 officers", number=1, actor="UN")
    changes = compare_claims([KENYA, twin], [newer(twin), newer(KENYA, status="planned")])
    assert sorted((change.how, change.before.actor, change.after.actor) for change in changes) == [
        ("changed", "KEN", "KEN"),
        ("same", "UN", "UN"),
    ]


def test_numbers_are_compared_as_the_warehouse_keeps_them():
    """Three digits, and nothing beyond 10^15."""
    whole, part = claim("150 officers", value_best=1 / 3), claim("24 soldiers", value_best=None)
    stored = [newer(whole, value_best=0.333), newer(part)]
    assert {how for how, *_ in told([whole, dataclasses.replace(part, value_best=float("inf"))], stored)} == {"same"}


def test_that_a_part_has_a_total_counts_and_not_which_version_of_it():
    part = newer(KENYA, part_of="older")
    assert told([part], [newer(part, part_of="newer")]) == [("same", "KEN", ())]
    assert told([part], [newer(part, part_of=None)]) == [("changed", "KEN", (("part_of", "a total", None),))]


_CLAIMS = st.lists(
    st.builds(
        claim,
        st.sampled_from(["150 officers", "24 soldiers", "150"]),
        number=st.integers(0, 10**9),
        actor=st.sampled_from(["KEN", "JAM", None]),
        kind=st.sampled_from(["deployment", "pledge"]),
        value_best=st.sampled_from([24.0, 150.0]),
    ),
    max_size=6,
    unique_by=lambda made: made.claim_id,
)


@given(_CLAIMS, _CLAIMS)
def test_every_claim_is_told_of_once(before, after):
    after = [newer(made) for made in after]
    changes = compare_claims(before, after)
    assert sorted(change.before.claim_id for change in changes if change.before) == sorted(c.claim_id for c in before)
    assert sorted(change.after.claim_id for change in changes if change.after) == sorted(c.claim_id for c in after)
    assert all(bool(change.slots) == (change.how == "changed") for change in changes)


@given(_CLAIMS)
def test_nothing_differs_from_itself(claims):
    assert {change.how for change in compare_claims(claims, [newer(made) for made in claims])} <= {"same"}
