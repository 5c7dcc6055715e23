"""Laws of rulings: what people merge is one fact, what they part is two, in whatever order it all comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.test_resolution import CENTRE, DAY, OUEST, groups, report
from warehouse.resolution.resolve import resolve
from warehouse.resolution.streams import stream_of

TOLL = {"kind": "casualty", "subkind": "killed", "actor": "HTI"}


@st.composite
def stories(draw):
    """Up to ten reports of tolls, levels and promises around a few days and places."""
    kinds = (
        TOLL,
        {"kind": "strength", "measure": "stock"},
        {"kind": "pledge", "status": "pledged"},
    )
    return [
        report(
            name,
            draw(st.sampled_from((10, 12, 90))),
            day=draw(st.sampled_from((DAY, DAY + timedelta(days=3), DAY + timedelta(days=80), None))),
            told=draw(st.sampled_from((0, 2, 90))),
            place=draw(st.sampled_from((OUEST, CENTRE, ()))),
            **draw(st.sampled_from(kinds)),
        )
        for name in range(draw(st.integers(2, 10)))
    ]


@st.composite
def ruled(draw):
    """Reports, some of them under rulings: the reports, and the pairs that are merged and parted."""
    reports = {each.claim_id: each for each in draw(stories())}
    pairs = draw(
        st.lists(st.tuples(*[st.sampled_from(sorted(reports))] * 2).filter(lambda pair: pair[0] < pair[1]), max_size=4)
    )
    merged, parted = [], []
    for number, (one, other) in enumerate(dict.fromkeys(pairs)):
        a, b = reports[one], reports[other]
        if draw(st.booleans()):
            key = f"merge {number}"
            merged.append((one, other))
            reports[one], reports[other] = replace(a, merged=a.merged | {key}), replace(b, merged=b.merged | {key})
        else:
            key = f"apart {number}"
            parted.append((one, other))
            reports[one] = replace(a, parted=a.parted | {(key, True)})
            reports[other] = replace(b, parted=b.parted | {(key, False)})
    return list(reports.values()), merged, parted


def home(reports):
    return {each.claim_id: number for number, cluster in enumerate(resolve(reports)) for each in cluster}


@given(ruled(), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_does_not_matter_and_nothing_is_lost(story, random):
    reports, _, _ = story
    found = groups(*reports)
    assert sorted(name for group in found for name in group) == sorted(each.claim_id for each in reports)
    shuffled = list(reports)
    random.shuffle(shuffled)
    assert groups(*shuffled) == found


@given(ruled())
@settings(max_examples=200)
def test_rulings_hold_as_far_as_they_do_not_contradict_each_other(story):
    reports, merged, parted = story
    stream = {each.claim_id: stream_of(each) for each in reports}
    where = home(reports)
    tied = components(pair for pair in merged if stream[pair[0]] == stream[pair[1]])
    for one, other in parted:
        # Merged by a chain of others they stay together.
        assert where[one] != where[other] or any({one, other} <= group for group in tied)
    for one, other in merged:
        # What is told in two streams is no one fact, whatever anybody says.
        assert (where[one] == where[other]) == (stream[one] == stream[other])


def components(pairs):
    found = []
    for pair in pairs:
        touched = [group for group in found if group & set(pair)]
        found = [group for group in found if group not in touched] + [set(pair).union(*touched)]
    return found


@given(stories())
def test_without_rulings_nothing_is_done(reports):
    assert groups(*reports) == groups(*(replace(each, merged=frozenset()) for each in reports))


def merge(key, *reports):
    return [replace(each, merged=each.merged | {f"merge {key}"}) for each in reports]


def apart(key, one, other):
    return [
        replace(each, parted=each.parted | {(f"apart {key}", side)}) for each, side in ((one, True), (other, False))
    ]


class TestExamples:
    def test_facts_that_are_merged_bring_their_other_reports(self):
        later = DAY + timedelta(days=80)
        one, two = report("a", 10, **TOLL), report("b", 10, **TOLL)
        three, four = report("c", 90, day=later, told=80, **TOLL), report("d", 90, day=later, told=80, **TOLL)
        assert len(groups(one, two, three, four)) == 2
        one, four = merge(1, one, four)
        assert len(groups(one, two, three, four)) == 1

    def test_reports_go_with_the_one_that_they_are_more_like(self):
        told = (("a", 10), ("b", 90), ("c", 10), ("d", 90))
        reports = [report(name, number, place=OUEST, **TOLL) for name, number in told]
        assert len(groups(*reports)) == 1
        reports[:2] = apart(1, *reports[:2])
        assert groups(*reports) == {frozenset("ac"), frozenset("bd")}

    def test_what_is_merged_with_one_side_stays_on_it(self):
        a, b, c = (report(name, number, **TOLL) for name, number in (("a", 10), ("b", 90), ("c", 10)))
        a, b = apart(1, a, b)
        c, b = merge(2, c, b)
        assert groups(a, b, c) == {frozenset("a"), frozenset("bc")}

    @pytest.mark.parametrize("number", [3, 4])
    def test_each_of_several_that_are_kept_apart_is_a_fact_of_its_own(self, number):
        reports = [report(name, 10, **TOLL) for name in "abcd"[:number]]
        for first in range(number):
            for second in range(first + 1, number):
                key = f"{first} {second}"
                reports[first], reports[second] = apart(key, reports[first], reports[second])
        assert len(groups(*reports)) == number
