"""Sketches of texts: laws of containment, and what is left out of a text before it is compared."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.similarity import SAMPLE_COUNT, compare_sketches, hash_shingles, is_copied, list_words, sketch_text

WORDS = st.lists(st.sampled_from([f"{a}{b}" for a in "abcd" for b in "vxz"]), min_size=5, max_size=400)


def invent(seed: int, count: int) -> str:
    rng = random.Random(seed)
    return " ".join(f"w{rng.randrange(10_000)}" for _ in range(count))


@given(WORDS)
def test_a_text_stands_in_itself(words):
    sketch = sketch_text(" ".join(words))
    overlap = compare_sketches(sketch, sketch)
    assert (overlap.first_ratio, overlap.second_ratio) == (1.0, 1.0)


@given(WORDS, st.integers(min_value=0, max_value=400), st.integers(min_value=5, max_value=400))
def test_what_is_cut_out_of_a_text_stands_in_it(words, start, count):
    cut = words[start : start + count]
    overlap = compare_sketches(sketch_text(" ".join(cut)), sketch_text(" ".join(words)))
    assert overlap.first_ratio in (0.0, 1.0)
    assert overlap.first_ratio == 1.0 or len(cut) < 5 or overlap.shared_count == 0


@given(WORDS, WORDS)
def test_comparing_is_the_same_from_either_side(one, other):
    first, second = sketch_text(" ".join(one)), sketch_text(" ".join(other))
    there, back = compare_sketches(first, second), compare_sketches(second, first)
    assert (there.first_ratio, there.second_ratio) == (back.second_ratio, back.first_ratio)
    assert is_copied(there) == is_copied(back)


@given(st.text())
def test_any_text_has_a_sketch_in_order(text):
    sketch = sketch_text(text)
    assert list(sketch.sample) == sorted(set(sketch.sample))
    assert len(sketch.sample) <= max(SAMPLE_COUNT, sketch.shingle_count // 8)
    assert all(hash_ <= sketch.reach for hash_ in sketch.sample)


@pytest.mark.parametrize("share", [0.9, 0.5, 0.3, 0.1])
def test_the_share_of_a_long_text_is_estimated_well(share):
    """Of 4,000 words one shingle in eight is kept: enough to be right within a tenth."""
    whole = invent(1, 4000)
    mixed = " ".join([*whole.split()[: int(4000 * share)], *invent(2, int(4000 * (1 - share))).split()])
    overlap = compare_sketches(sketch_text(mixed), sketch_text(whole))
    assert abs(overlap.first_ratio - share) < 0.1


def test_hashes_are_the_same_on_every_machine():
    assert hash_shingles(["kenya", "sent", "217", "police", "officers"]) == {10608883705696846960}


@pytest.mark.parametrize(
    "text",
    [
        "PORT-AU-PRINCE, Jan. 20, 2025 (Atlantic Wire) - Kenya sent more police.",
        "NAIROBI, Jan 21 (Reuters) — Kenya sent more police.",
        "MAPUTO - Kenya sent more police.",
        "(Port-au-Prince) Kenya sent more police.",
        "Santo Domingo, 21 ene (EFE).- Kenya sent more police.",
        "By Ann Example\n\nKenya sent more police.\n\n(Reuters)",
        "Kenya sent more police.\n\nReporting by Ann Example; editing by Bob Example",
        "Kenya sent more police.\n\nAFP contributed to this report.",
        "Kenya sent more police.\n\n© Agence France-Presse\n\nRead more: What the force costs",
        "Kenya “has kept every promise” sent more police.",
        "Kenya sent more police.\n\n“We begin here\n\n“and go on here”",
        "KENYA SENT MORE POLICE",
    ],
)
def test_credits_datelines_and_quotations_do_not_count(text):
    assert list_words(text) == ["kenya", "sent", "more", "police"]


def test_accents_and_forms_of_a_letter_do_not_count():
    assert list_words("Haïti, Petite-Rivière ﬁn") == list_words("Haiti petite riviere fin")


def test_a_long_paragraph_that_opens_like_a_credit_counts():
    paragraph = "By Thursday " + invent(3, 40)
    assert len(list_words(paragraph)) == 42


@pytest.mark.parametrize("noise", ["(" * 50_000, "()" * 50_000 + "x", '"' * 50_001, "“" * 50_000, "- " * 50_000 + "(a"])
def test_marks_without_end_take_no_time(noise):
    assert sketch_text(noise).shingle_count == 0


def test_a_few_words_in_common_are_no_copy():
    brief = invent(4, 11)
    assert not is_copied(compare_sketches(sketch_text(brief), sketch_text(f"{brief} {invent(5, 100)}")))
