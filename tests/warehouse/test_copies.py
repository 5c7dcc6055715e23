"""Near copies in the ledger: found, grouped and marked, whatever the order in which they come."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.similarity import compare_sketches, is_copied, sketch_text
from tests.copies.pairs import Pair, list_copies, list_others, list_stories
from tests.warehouse.ledger import at, fresh_ledger, ledger_of, load_records, make_reading, rows_of, spool_records
from warehouse.checks import run_checks
from warehouse.connection import open_warehouse
from warehouse.load import load_spools
from warehouse.removing import find_removable, remove_article
from warehouse.spool import waiting_spools

pytestmark = pytest.mark.usefixtures("warehouse_kind")


def invent(seed: int, count: int) -> str:
    """A text of so many words that no other seed shares a passage with."""
    rng = random.Random(seed)
    return " ".join(f"w{rng.randrange(10_000)}" for _ in range(count))


WIRE = invent(1, 120)
HALF = " ".join(WIRE.split()[:60])
OTHER_WIRE = invent(2, 120)
MERGED = f"{WIRE}\n\n{OTHER_WIRE}"


def tell(number: int, text: str, hours: float = 1, **slots):
    """An article without claims, published and fetched at that hour."""
    slots = {"published_at": at(hours), "hours": hours, "claims": []} | slots
    return make_reading(number, text=text, **slots)


def roles(data: Path) -> dict[str, tuple[str, str | None]]:
    """Number of each article -> its role and the number of its original."""
    found = rows_of(
        data,
        "SELECT split_part(one.url, '/', -1), one.copy_role, split_part(original.url, '/', -1) FROM articles AS one "
        "LEFT JOIN core.article AS original ON original.article_id = one.copy_group_id",
    )
    return {number: (role, original) for number, role, original in found}


def test_a_cut_copy_is_marked_as_a_copy_of_what_came_first(tmp_path):
    report = load_records(tmp_path, tell(1, WIRE), tell(2, HALF, 2), tell(3, OTHER_WIRE, 3))
    assert report.copies == 1
    assert roles(tmp_path) == {"1": ("original", "1"), "2": ("copy", "1"), "3": ("none", None)}


def test_a_copy_is_found_in_a_later_load(tmp_path):
    load_records(tmp_path, tell(1, WIRE))
    assert load_records(tmp_path, tell(2, HALF, 2), run_id="run-2", hours=2).copies == 1
    assert roles(tmp_path) == {"1": ("original", "1"), "2": ("copy", "1")}


@pytest.mark.file_only("the same statements again, and a lake is slow")
def test_the_agency_that_wrote_it_is_the_original_even_if_its_page_is_dated_later(tmp_path):
    load_records(
        tmp_path,
        tell(1, HALF, 1, outlet="Daily", agency="Reuters"),
        tell(2, WIRE, 2, outlet="Reuters", agency="Reuters"),
    )
    assert roles(tmp_path) == {"1": ("copy", "2"), "2": ("original", "2")}


@pytest.mark.file_only("the same statements again, and a lake is slow")
def test_two_stories_merged_into_one_stay_two_stories(tmp_path):
    load_records(tmp_path, tell(1, WIRE), tell(2, OTHER_WIRE, 2), tell(3, MERGED, 3))
    assert roles(tmp_path)["3"][0] == "copy"
    assert {roles(tmp_path)[number] for number in "12"} == {("original", roles(tmp_path)["3"][1]), ("none", None)}


@pytest.mark.file_only("the same statements again, and a lake is slow")
def test_a_story_that_quotes_an_earlier_brief_whole_is_no_copy_of_it(tmp_path):
    brief = " ".join(WIRE.split()[:30])
    load_records(tmp_path, tell(1, brief), tell(2, f"{invent(3, 300)} {brief}", 2))
    assert roles(tmp_path) == {"1": ("none", None), "2": ("none", None)}


@pytest.mark.file_only("the same statements again, and a lake is slow")
def test_after_two_weeks_only_the_very_same_text_is_a_copy(tmp_path):
    load_records(tmp_path, tell(1, WIRE), tell(2, HALF, 15 * 24), tell(3, WIRE, 40 * 24), hours=1000)
    assert roles(tmp_path) == {"1": ("original", "1"), "2": ("none", None), "3": ("copy", "1")}


def test_an_edited_article_is_no_copy_of_itself(tmp_path):
    load_records(tmp_path, tell(1, WIRE), tell(1, WIRE + " and more", 2))
    assert roles(tmp_path) == {"1": ("none", None)}
    assert rows_of(tmp_path, "SELECT DISTINCT copy_role FROM core.article_version") == [("none",)]


def test_a_copy_that_is_rewritten_is_no_copy_any_more(tmp_path):
    load_records(tmp_path, tell(1, WIRE), tell(2, HALF, 2), tell(2, OTHER_WIRE, 3))
    assert roles(tmp_path) == {"1": ("original", "1"), "2": ("none", None)}


def test_what_a_copy_kept_and_added_is_told(tmp_path):
    load_records(tmp_path, tell(1, WIRE, outlet="One"), tell(2, HALF, 2, outlet="Two"), tell(3, WIRE, 3, outlet="Two"))
    kept = "SELECT outlet, original_outlet, round(kept_ratio, 1), round(added_ratio, 1) FROM copies ORDER BY kept_ratio"
    assert rows_of(tmp_path, kept) == [("Two", "One", 0.5, 0.0), ("Two", "One", 1.0, 0.0)]
    counted = "SELECT n_articles, n_outlets, first_published_at, last_published_at FROM copy_groups"
    assert rows_of(tmp_path, counted) == [(3, 2, at(1), at(3))]


@pytest.mark.file_only("the same statements again, and a lake is slow")
def test_all_of_a_group_come_from_the_agency_that_one_of_them_credits(tmp_path):
    load_records(
        tmp_path, tell(1, WIRE, outlet="One"), tell(2, HALF, 2, outlet="Two", agency="AFP"), tell(3, OTHER_WIRE)
    )
    assert rows_of(tmp_path, "SELECT copy_agency FROM core.article_version ORDER BY ALL") == [
        ("AFP",),
        ("AFP",),
        (None,),
    ]


def test_without_its_original_a_copy_stands_alone_and_the_text_is_forgotten(tmp_path):
    load_records(tmp_path, tell(1, WIRE), tell(2, HALF, 2))
    file = ledger_of(tmp_path)
    remove_article(file, find_removable(file, "https://news.example/story/1"), reason="asked", recorded_at=at(3))
    assert roles(tmp_path) == {"2": ("none", None)}
    left = "SELECT count(DISTINCT text_id) FROM core.{}"
    assert [rows_of(tmp_path, left.format(table)) for table in ("shingle", "text_sketch")] == [[(1,)], [(1,)]]
    assert rows_of(tmp_path, "FROM core.copy_link") == []


def test_a_sketch_made_by_a_worker_is_the_one_that_loading_makes(tmp_path):
    for name, sketch in (("made", sketch_text), ("missing", lambda _: None)):
        (tmp_path / name).mkdir()
        load_records(tmp_path / name, *(tell(n, t, n, sketch=sketch(t)) for n, t in enumerate((WIRE, HALF, MERGED))))
    assert marks(tmp_path / "made") == marks(tmp_path / "missing")


def test_texts_of_an_earlier_release_are_sketched_when_the_next_load_comes(tmp_path):
    load_records(tmp_path, tell(1, WIRE))
    with open_warehouse(ledger_of(tmp_path)) as connection:
        for table in ("text_sketch", "shingle", "copy_link"):
            connection.execute(f"DELETE FROM core.{table}")
    load_records(tmp_path, tell(2, HALF, 2), run_id="run-2", hours=2)
    assert roles(tmp_path) == {"1": ("original", "1"), "2": ("copy", "1")}


STORIES = [
    tell(1, WIRE, 5),
    tell(2, HALF, 6),
    tell(3, WIRE, 4),
    tell(4, OTHER_WIRE, 1, agency="AFP"),
    tell(5, MERGED, 7),
    tell(6, " ".join(OTHER_WIRE.split()[40:]), 0.5, outlet="AFP", agency="AFP"),
    tell(1, HALF + " " + invent(4, 30), 9),
    tell(7, " ".join(WIRE.split()[60:]), 30),
]


def marks(data: Path) -> list:
    links = "SELECT text_id, other_text_id, shared_count, ratio FROM core.copy_link ORDER BY ALL"
    marked = "SELECT article_id, text_id, copy_role, copy_group_id FROM core.article_version ORDER BY ALL"
    return [rows_of(data, marked), rows_of(data, links)]


@pytest.mark.long
@pytest.mark.file_only("four dozen loads")
@settings(max_examples=15)
@given(st.permutations(STORIES), st.integers(min_value=0, max_value=len(STORIES)))
def test_the_order_of_arrival_changes_neither_groups_nor_links(order, cut):
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        load_records(Path(one), *STORIES, hours=40)
        for batch, readings in enumerate((order[:cut], order[cut:])):
            spool_records(Path(other) / "spool", *readings, batch=batch)
            load_spools(fresh_ledger(Path(other)), waiting_spools(Path(other) / "spool"), recorded_at=at(40 + batch))
        assert marks(Path(one)) == marks(Path(other))
        with open_warehouse(ledger_of(Path(other))) as connection:
            assert run_checks(connection) == ()


def test_the_ledger_links_what_the_sketches_say(tmp_path):
    """The same rule stands in SQL and in Python: both say the same of 200 texts of the labelled set."""
    stories = list_stories()
    made: list[Pair] = random.Random(1).sample([*list_copies(stories)], 60)
    others = random.Random(1).sample([*list_others(stories)], 40)
    texts = sorted({text for pair in (*made, *others) for text in (pair.original, pair.other)})
    load_records(tmp_path, *(tell(number, text) for number, text in enumerate(texts)))
    sketches = [sketch_text(text) for text in texts]
    expected = {
        frozenset((one, other))
        for one in range(len(texts))
        for other in range(one)
        if is_copied(compare_sketches(sketches[one], sketches[other]))
    }
    urls = (
        "SELECT DISTINCT split_part(one.url, '/', -1)::INT, split_part(other.url, '/', -1)::INT FROM core.copy_link "
        "AS link JOIN article_texts AS one USING (text_id) JOIN article_texts AS other ON other.text_id = other_text_id"
    ).replace("article_texts", "(FROM core.article JOIN core.article_version USING (article_id))")
    assert {frozenset(pair) for pair in rows_of(tmp_path, urls)} == expected
