"""The labelled set: how many copies are found, of each kind, and that nothing else is."""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cache

import pytest

from extractors.similarity import compare_sketches, is_copied, sketch_text
from tests.copies.baselines import found_by_minhash, found_by_simhash
from tests.copies.pairs import CHANGES, EDITED_RELEASE, Pair, list_copies, list_others, list_same_stories, list_stories

# Least share found of each kind of copy; docs/copies.md has the figures themselves.
BRIEFS = ("a brief, credited", "a brief, another headline", "a brief, merged with another")
FLOORS = dict.fromkeys((*CHANGES, *BRIEFS), 0.98) | {
    "half of it, merged with half of another": 0.97,
    "half, edited, with a paragraph put in": 0.9,
}
STORIES = list_stories()
sketch = cache(sketch_text)


def found(pair: Pair) -> bool:
    return is_copied(compare_sketches(sketch(pair.original), sketch(pair.other)))


@pytest.fixture(scope="module")
def copies():
    by_kind = defaultdict(list)
    for pair in list_copies(STORIES):
        by_kind[pair.kind].append(pair)
    return by_kind


@pytest.mark.parametrize("kind", FLOORS)
def test_copies_are_found(copies, kind):
    assert len(copies[kind]) >= (140 if kind in BRIEFS else 300)
    assert sum(map(found, copies[kind])) / len(copies[kind]) >= FLOORS[kind]


def test_nothing_else_is_found():
    others = list(list_others(STORIES))
    assert len(others) >= 5000
    assert [pair for pair in others if found(pair)] == []


def test_the_same_story_in_other_words_is_no_copy():
    pairs = list_same_stories(STORIES)
    assert len(pairs) >= 7
    assert not any(found(Pair("same story", one.text, other.text)) for one, other in pairs)


def test_two_versions_of_one_release_are_copies():
    named = {story.name: story.text for story in STORIES}
    assert found(Pair("release", *(named[name] for name in EDITED_RELEASE)))


@pytest.mark.long
@pytest.mark.parametrize("finds", [found_by_minhash, found_by_simhash])
def test_what_is_usual_finds_fewer(copies, finds):
    """MinHash and SimHash compare whole texts: of copies cut to 30 % they find few or none."""
    sample = random.Random(1).sample(copies["cut to 30 %"], 60)
    assert sum(finds(pair.original, pair.other) for pair in sample) / len(sample) < 0.25
