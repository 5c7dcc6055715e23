"""Groups of copies as pure logic: laws that hold for any texts, dates and links."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from warehouse.copy_groups import Carrier, Marking, mark_carriers

START = datetime(2025, 1, 20, tzinfo=UTC)


def carry(text_id: int, article: str, hour: int, *, is_agency: bool = False, agency: str | None = None) -> Carrier:
    return Carrier(text_id, article, is_agency, START + timedelta(hours=hour), agency)


def link(*pairs: tuple[int, int, float, float]) -> dict[int, dict[int, float]]:
    """Pairs of texts, with the share of the first in the second and the other way round."""
    links: dict[int, dict[int, float]] = {}
    for one, other, there, back in pairs:
        links.setdefault(one, {})[other] = there
        links.setdefault(other, {})[one] = back
    return links


def groups(carriers: list[Carrier], links: dict[int, dict[int, float]]) -> dict[str, str | None]:
    return {marking.article_id: marking.copy_group_id for marking in mark_carriers(carriers, links)}


@st.composite
def newsrooms(draw) -> tuple[list[Carrier], dict[int, dict[int, float]]]:
    count = draw(st.integers(min_value=1, max_value=7))
    ratios = st.floats(min_value=0, max_value=1)
    carriers = [
        carry(draw(st.integers(0, count - 1)), f"a{number}", draw(st.integers(0, 5)), is_agency=draw(st.booleans()))
        for number in range(draw(st.integers(min_value=1, max_value=10)))
    ]
    pairs = [(one, other) for one in range(count) for other in range(one) if draw(st.booleans())]
    return carriers, link(*((one, other, draw(ratios), draw(ratios)) for one, other in pairs))


@given(newsrooms(), st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(newsroom, rng: random.Random):
    carriers, links = newsroom
    shuffled = rng.sample(carriers, len(carriers))
    assert set(mark_carriers(carriers, links)) == set(mark_carriers(shuffled, links))


@given(newsrooms())
def test_every_group_has_one_original_whose_text_each_copy_has_from_it(newsroom):
    carriers, links = newsroom
    markings = mark_carriers(carriers, links)
    texts: dict[str, set[int]] = {}
    for marking in markings:
        texts.setdefault(marking.article_id, set()).add(marking.text_id)
    originals = {marking.copy_group_id for marking in markings if marking.copy_role == "original"}
    for marking in markings:
        if marking.copy_role == "copy":
            assert marking.copy_group_id in originals
            sources = texts[marking.copy_group_id]
            assert marking.text_id in sources or sources & links.get(marking.text_id, {}).keys()
        assert (marking.copy_role == "none") == (marking.copy_group_id is None)


def test_a_chain_of_half_copies_does_not_join_its_ends():
    carriers = [carry(1, "first", 1), carry(2, "half of both", 2), carry(3, "last", 3)]
    links = link((1, 2, 0.5, 0.5), (2, 3, 0.5, 0.5))
    assert groups(carriers, links) == {"first": "first", "half of both": "first", "last": None}


def test_the_one_that_gave_most_is_the_original():
    carriers = [carry(1, "one", 1), carry(2, "two", 2), carry(3, "merged", 3)]
    assert groups(carriers, link((1, 3, 1, 0.4), (2, 3, 1, 0.6)))["merged"] == "two"


def test_an_agency_s_own_page_goes_before_earlier_ones():
    carriers = [carry(1, "daily", 1), carry(2, "agency", 5, is_agency=True)]
    assert groups(carriers, link((1, 2, 0.9, 0.6))) == {"daily": "agency", "agency": "agency"}


def test_a_group_is_the_agency_s_that_its_original_or_most_copies_credit():
    carriers = [
        carry(1, "a", 1),
        carry(1, "b", 2, agency="AP"),
        carry(1, "c", 3, agency="AFP"),
        carry(1, "d", 4, agency="AFP"),
    ]
    assert {marking.copy_agency for marking in mark_carriers(carriers, {})} == {"AFP"}
    carriers[0] = carry(1, "a", 1, agency="AP")
    assert {marking.copy_agency for marking in mark_carriers(carriers, {})} == {"AP"}


def test_one_article_alone_is_neither():
    assert mark_carriers([carry(1, "a", 1), carry(2, "a", 2)], link((1, 2, 0.9, 0.9))) == [
        Marking(1, "a", None, "none", None),
        Marking(2, "a", None, "none", None),
    ]
