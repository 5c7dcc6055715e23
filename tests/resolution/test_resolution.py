"""Whether the facts that come of labelled stories are those that a careful reader tells apart.

The least that is asked for stands in the constants; `python -m tests.resolution` prints the figures.
"""

from __future__ import annotations

import random

import duckdb
import pytest

from tests.resolution.stories import agreement, compare_facts, facts_of, load_stories, read_stories

MOST_FACTS_AN_EVENT = 1.05
LEAST_F1 = 0.93
LEAST_RIGHT = 0.95


@pytest.mark.parametrize("name", ["dev", "blind"])
def test_facts_agree_with_a_careful_reader(name, tmp_path):
    stories = read_stories(name)
    file = load_stories(tmp_path, stories.readings)
    found = facts_of(file)
    _, _, f1, facts_an_event = agreement(found, stories.fact_of)
    right = compare_facts(file, found, stories)
    assert 1 / MOST_FACTS_AN_EVENT <= facts_an_event <= MOST_FACTS_AN_EVENT
    assert f1 >= LEAST_F1
    assert right["value_best"] >= LEAST_RIGHT
    assert right["n_independent"] >= LEAST_RIGHT
    # The baseline: who counts reports counts each event several times.
    reports = {claim: claim for claim in stories.fact_of}
    assert agreement(reports, stories.fact_of)[3] > 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_arrival_does_not_matter(seed, tmp_path):
    """Whatever order stories come in, a dozen at a time: the same groups, with the same values."""
    stories = read_stories("dev")
    in_order = load_stories(tmp_path / "once", stories.readings)
    shuffled = list(stories.readings)
    random.Random(seed).shuffle(shuffled)
    in_disorder = load_stories(tmp_path / "shuffled", shuffled, size=12)
    assert groups(in_disorder) == groups(in_order)
    assert values(in_disorder) == values(in_order)


def groups(file):
    members = {}
    for claim, fact in facts_of(file).items():
        members.setdefault(fact, set()).add(claim)
    return {frozenset(claims) for claims in members.values()}


def values(file):
    """What the ledger says, without the ids and what follows from the order of recording."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(
            "SELECT kind, measure, value_low, value_best, value_high, qualifier, agreement, n_claims, n_independent, "
            "first_published_at, last_published_at FROM facts ORDER BY ALL"
        ).fetchall()
