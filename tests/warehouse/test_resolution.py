"""What is one fact and what is two, rule by rule; and that the order of reports does not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.resolution.amounts import Agreement, Amount, compare_amounts, looseness, said_between, same_figure
from warehouse.resolution.report import Report
from warehouse.resolution.resolve import find_superseded, resolve

NOW = datetime(2025, 3, 1, tzinfo=UTC)
DAY = date(2025, 3, 1)
OUEST = ("HTI", "Ouest", "Delmas")
CENTRE = ("HTI", "Centre", "Mirebalais")


def exactly(number, qualifier="exact"):
    match qualifier:
        case "exact":
            return Amount(number, number, number, qualifier, is_share=False)
        case "about":
            return Amount(None, number, None, qualifier, is_share=False)
        case "nearly" | "up_to":
            return Amount(None, number, number, qualifier, is_share=False)
        case "fewer_than":
            return Amount(None, None, number, qualifier, is_share=False)
        case _:
            return Amount(number, number, None, qualifier, is_share=False)


def report(name, number=None, qualifier="exact", *, day=DAY, told=0, **slots):
    """A report of an article of its own, by an outlet of its own."""
    slots.setdefault("kind", "deployment")
    slots.setdefault("measure", "flow")
    slots.setdefault("actor", "KEN")
    slots.setdefault("status", "done")
    slots.setdefault("article_id", f"article {name}")
    slots.setdefault("origin_id", slots["article_id"])
    slots.setdefault("voice", f"outlet {name}")
    return Report(
        claim_id=str(name),
        recorded_at=NOW,
        published_on=DAY + timedelta(days=told),
        mission="haiti",
        amount=None if number is None else exactly(number, qualifier),
        start=day,
        end=day,
        precision=day and "day",
        basis=day and "explicit",
        **slots,
    )


def groups(*reports):
    return {frozenset(member.claim_id for member in cluster) for cluster in resolve(reports)}


def together(*reports):
    return len(groups(*reports)) == 1


class TestAmounts:
    @pytest.mark.parametrize(
        ("one", "other", "is_same"),
        [
            (exactly(1000), exactly(1024), True),
            (exactly(744), exactly(725, "about"), False),
            (exactly(700, "more_than"), exactly(744), True),
            (exactly(1000, "fewer_than"), exactly(967), True),
            (exactly(5601, "at_least"), exactly(5626), False),
            (exactly(1_280_000, "more_than"), exactly(1_287_593), True),
            (exactly(1_040_000), exactly(1_041_229), True),
            (exactly(2), exactly(3), False),
        ],
    )
    def test_a_figure_is_said_roughly_of_another(self, one, other, is_same):
        assert same_figure(one, other) is is_same
        assert same_figure(other, one) is is_same

    def test_vague_words_end_where_the_next_one_begins(self):
        dozens = Amount(12, None, None, "vague", is_share=False)
        assert compare_amounts(dozens, exactly(80)) is Agreement.COMPATIBLE
        assert compare_amounts(dozens, exactly(400)) is Agreement.APART

    @given(st.integers(1, 10**9), st.sampled_from(["exact", "about", "at_least", "nearly", "up_to", "more_than"]))
    def test_a_figure_is_always_said_of_itself(self, number, qualifier):
        amount = exactly(float(number), qualifier)
        low, high = said_between(amount)
        assert low <= number <= high
        assert looseness(amount) >= 0
        assert same_figure(amount, amount)


class TestEvents:
    def test_a_toll_that_grows_is_one_event(self):
        slots = {"kind": "casualty", "subkind": "killed", "actor": "HTI", "place": OUEST}
        assert together(
            report(1, 3, **slots), report(2, 5, told=1, **slots), report(3, 10, "at_least", told=2, **slots)
        )

    def test_towns_that_lie_apart_are_two_events(self):
        slots = {"kind": "casualty", "subkind": "killed", "actor": "HTI"}
        assert not together(report(1, 3, place=OUEST, **slots), report(2, 3, place=CENTRE, **slots))

    def test_night_and_morning_are_one_day_three_days_are_not(self):
        assert together(report(1, 217), report(2, 217, day=DAY + timedelta(days=1)))
        assert not together(report(1, 217), report(2, 217, day=DAY + timedelta(days=4)))

    def test_a_further_one_of_the_next_day_is_another_where_two_texts_say_so(self):
        next_day = {"day": DAY + timedelta(days=1), "is_further": True}
        reports = report(1, 75), report(2, 75), report(3, 75, **next_day), report(4, 75, **next_day)
        assert groups(*reports) == {frozenset("12"), frozenset("34")}
        # One word may be a slip of the day, and what all call a further one is further on either day.
        assert together(*reports[:3])
        assert together(*reports, report(5, 75, is_further=True))

    def test_what_one_text_tells_apart_is_never_joined_by_others(self):
        first = report(1, 75, article_id="a", voice="v")
        second = report(2, 75, day=DAY + timedelta(days=1), article_id="a", voice="v")
        assert groups(first, second, report(3, 75)) == {frozenset("13"), frozenset("2")}

    def test_a_total_and_its_part_are_two(self):
        total = report(1, 217, article_id="a")
        assert not together(total, report(2, 217, article_id="a", part_of="1"))

    def test_what_is_denied_joins_what_was_done(self):
        slots = {"kind": "casualty", "subkind": "killed", "place": OUEST}
        assert together(report(1, 1, **slots), report(2, 1, **slots | {"status": "denied"}))

    def test_what_is_planned_stays_apart_from_what_was_done(self):
        assert not together(report(1, 200), report(2, 200, status="planned"))

    def test_the_same_contingent_counted_wrongly_is_one(self):
        assert together(report(1, 217), report(2, 271))
        assert not together(report(1, 20), report(2, 200))


STOCK = {"kind": "strength", "measure": "stock", "day": None}


class TestSeries:
    def test_a_level_told_again_is_one_fact_and_a_new_one_another(self):
        reports = (
            report(1, 400, **STOCK),
            report(2, 600, told=30, **STOCK),
            report(3, 600, "more_than", told=50, **STOCK),
        )
        assert groups(*reports) == {frozenset("1"), frozenset("23")}

    def test_an_old_figure_told_late_stays_with_its_level(self):
        reports = (
            report(1, 400, **STOCK),
            report(2, 744, told=10, **STOCK),
            report(3, 400, told=15, **STOCK),
        )
        assert groups(*reports) == {frozenset("13"), frozenset("2")}

    def test_a_level_that_comes_back_after_months_is_a_new_one(self):
        reports = (
            report(1, 78, **STOCK),
            report(2, 76, told=80, **STOCK),
            report(3, 78, told=170, **STOCK),
        )
        assert len(groups(*reports)) == 3

    def test_two_figures_of_one_day_are_one_contested_level(self):
        slots = {"kind": "control", "measure": "share", "actor": "gangs", "as_of": DAY}
        assert together(report(1, 90, **slots), report(2, 75, **slots))

    def test_two_undated_figures_are_set_against_each_other_by_one_text_and_by_no_two(self):
        one, other = report(1, 31_000, **STOCK), report(2, 40_000, **STOCK)
        assert together(replace(one, origin_id="text"), replace(other, origin_id="text"))
        assert not together(one, other)

    @pytest.mark.parametrize("names", ["ab", "ba"])
    def test_new_ids_of_the_claims_of_one_sentence_change_nothing(self, names):
        """A newer release gives all claims new ids; what they say decides which comes first."""
        slots = {**STOCK, "article_id": "text", "voice": "paper", "sentence": "800, and 1,000"}
        fewer, more = report(names[0], 800, saying="800", **slots), report(names[1], 1000, saying="1000", **slots)
        later = replace(report("later", 800, told=1, **STOCK), as_of=DAY + timedelta(days=1))
        assert frozenset({fewer.claim_id, "later"}) in groups(fewer, more, later)

    def test_the_figure_of_before_is_an_older_level_whatever_its_day(self):
        slots = {**STOCK, "article_id": "text", "sentence": "991, up from 400"}
        now = replace(report(1, 991, voice="un", **slots), as_of=DAY - timedelta(days=5))
        before = replace(report(2, 400, voice="un", **slots), is_former=True)
        clusters = resolve([now, before])
        assert [clusters[number][0].claim_id for number in find_superseded(clusters)] == ["2"]

    def test_a_denied_figure_denies_the_level_that_it_was_told_of_and_no_other(self):
        denied = {**STOCK, "status": "denied"}
        told = [report(1, 400, **STOCK), report(2, 600, told=30, **STOCK)]
        assert groups(*told, report(3, 600, told=31, **denied)) == {frozenset("1"), frozenset("23")}
        clusters = resolve([*told, report(3, 20, told=31, **denied)])
        assert sorted(len(cluster) for cluster in clusters) == [1, 1, 1]
        assert [clusters[number][0].claim_id for number in find_superseded(clusters)] == ["1"]

    def test_a_figure_three_times_as_small_counts_something_else(self):
        slots = {"kind": "casualty", "subkind": "killed", "measure": "cumulative", "actor": "HTI", "article_id": "a"}
        year = report(1, 5600, voice="un", **slots), report(2, 320, voice="paper", **slots)
        assert not together(*(replace(one, start=date(2024, 1, 1), end=date(2024, 12, 31)) for one in year))

    def test_a_later_level_takes_the_place_of_an_earlier_one(self):
        clusters = resolve([report(1, 400, **STOCK), report(2, 600, told=30, **STOCK)])
        superseded = [clusters[number][0].claim_id for number in find_superseded(clusters)]
        assert superseded == ["1"]

    def test_what_is_only_denied_takes_the_place_of_nothing(self):
        denied = report(2, 20, told=30, **STOCK | {"status": "denied", "polarity": "-"})
        assert find_superseded(resolve([report(1, 400, **STOCK), denied])) == set()

    def test_a_pledge_stands_for_years_and_a_raised_one_is_another(self):
        slots = {"kind": "pledge", "status": "pledged", "day": None}
        reports = (report(1, 1000, **slots), report(2, 1000, told=400, **slots), report(3, 2000, told=500, **slots))
        assert groups(*reports) == {frozenset("12"), frozenset("3")}

    def test_a_need_that_one_sentence_gives_two_figures_of_two_claimants_is_one(self):
        need = {"kind": "funding", "status": "needed", "measure": "requirement", "currency": "USD", "day": None}
        both = {"article_id": "a", "sentence": "X says $600m, Y $800m."}
        one, other = report(1, 600, voice="x", **both, **need), report(2, 800, voice="y", **both, **need)
        assert together(one, other, report(3, 600, told=9, **need))
        assert not together(one, report(2, 800, voice="x", **both, **need))
        assert not together(one, report(2, 800, voice="y", **need))

    def test_one_sentence_in_two_currencies_is_one_sum(self):
        slots = {"kind": "funding", "status": "pledged", "day": None, "article_id": "a", "sentence": "C$80.5m (US$59m)"}
        assert together(report(1, 80_500_000, currency="CAD", **slots), report(2, 59_000_000, currency="USD", **slots))


reports_of_all_kinds = st.lists(
    st.builds(
        lambda *made: made,
        st.integers(0, 10**6),
        st.sampled_from([None, 3, 5, 12, 200, 217, 744, 1000]),
        st.sampled_from(["exact", "about", "at_least"]),
        st.one_of(st.none(), st.integers(-20, 20)),
        st.integers(0, 40),
        st.sampled_from([("deployment", "flow"), ("casualty", "flow"), ("strength", "stock"), ("pledge", "flow")]),
        st.sampled_from([(), ("HTI",), OUEST, CENTRE]),
        st.booleans(),
    ),
    max_size=14,
    unique_by=lambda made: made[0],
)


@given(reports_of_all_kinds, st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(made, shuffling):
    reports = [
        report(
            number,
            amount,
            qualifier,
            day=None if day is None else DAY + timedelta(days=day),
            told=told,
            kind=kind,
            measure=measure,
            place=place,
            status="pledged" if kind == "pledge" else "done",
            is_further=is_further,
        )
        for number, amount, qualifier, day, told, (kind, measure), place, is_further in made
    ]
    expected = groups(*reports)
    shuffling.shuffle(reports)
    assert groups(*reports) == expected
    assert sum(map(len, expected)) == len(reports)
