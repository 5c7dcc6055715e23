"""Whether the facts that come of labelled stories are those that a careful reader tells apart.

The least that is asked for stands in the constants; `python -m tests.resolution` prints the figures.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from extractors.facts.extractor import ClaimExtractor
from extractors.records import stable_id
from extractors.seeds import read_mission
from tests.resolution.from_text import report_from_text
from tests.resolution.stories import SEEDS, agreement, compare_facts, facts_of, load_stories, read_stories
from tests.warehouse.ledger import at, load_records, make_reading, rows_of

# What each set must reach: facts for each labelled one (at most, and at least one in so many), B-cubed F1, and in which
# share of them best value and number of independent sources are right. `dev` is what the rules were made with; the
# first two blind sets were set aside until they stood, and used to mend them afterwards. At first contact: 1.11, .959,
# .950, .875 for `blind`, and 1.15, .952, .933, .848 for `blind2`, when the rules had been mended on `blind`. `blind3`
# stands at its first contact: 1.04, .973, .957, .957.
LEAST = {
    "dev": {"facts": 1.05, "f1": 0.97, "value_best": 0.97, "n_independent": 0.96},
    "blind": {"facts": 1.05, "f1": 0.97, "value_best": 0.96, "n_independent": 0.94},
    "blind2": {"facts": 1.05, "f1": 0.97, "value_best": 0.95, "n_independent": 0.96},
    "blind3": {"facts": 1.05, "f1": 0.97, "value_best": 0.95, "n_independent": 0.95},
}


@pytest.mark.usefixtures("warehouse_kind")
@pytest.mark.parametrize("name", LEAST)
def test_facts_agree_with_a_careful_reader(name, tmp_path):
    stories, least = read_stories(name), LEAST[name]
    file = load_stories(tmp_path, stories.readings)
    found = facts_of(file)
    _, _, f1, facts_each = agreement(found, stories.fact_of)
    right = compare_facts(file, found, stories)
    assert 1 / least["facts"] <= facts_each <= least["facts"]
    assert f1 >= least["f1"]
    assert right["value_best"] >= least["value_best"]
    assert right["n_independent"] >= least["n_independent"]


@pytest.mark.parametrize("name", LEAST)
def test_who_counts_reports_counts_an_event_several_times(name):
    """The baseline, so that the figures above mean something."""
    fact_of = read_stories(name).fact_of
    assert agreement({claim: claim for claim in fact_of}, fact_of)[3] > 2


# The same facts from the texts alone: how much of them a reader of the ledger finds, and how well. `dev` and `blind`
# were mended with; of `blind2` no miss was looked at.
FROM_TEXT = {
    "dev": {"claims": 0.75, "facts_each": 1.05, "f1": 0.96, "value_best": 0.95},
    "blind": {"claims": 0.8, "facts_each": 1.08, "f1": 0.95, "value_best": 0.92},
    "blind2": {"claims": 0.73, "facts_each": 1.1, "f1": 0.96, "value_best": 0.94},
}


@pytest.mark.parametrize("name", FROM_TEXT)
def test_facts_agree_with_a_careful_reader_from_the_texts_alone(name, tmp_path):
    extractor = ClaimExtractor(read_mission(SEEDS / "missions" / "haiti"))
    report, least = report_from_text(tmp_path, read_stories(name), extractor), FROM_TEXT[name]
    assert 1 / least["facts_each"] <= report.facts_each <= least["facts_each"]
    assert report.claims >= least["claims"]
    assert report.f1 >= least["f1"]
    assert report.value_best >= least["value_best"]


# Sets, seeds and sizes of batches; the long ones are those that once told one fact two ways.
ARRIVALS = [
    ("dev", 2, 40),
    *(
        pytest.param(*arrival, marks=pytest.mark.long)
        for arrival in (("dev", 1, 12), ("dev", 4, 12), ("blind", 109, 7), ("blind2", 113, 18))
    ),
]


@pytest.mark.parametrize(("name", "seed", "size"), ARRIVALS)
def test_the_order_of_arrival_does_not_matter(name, seed, size, tmp_path):
    """Whatever order stories come in, some at a time: the same groups, and all that is said of each."""
    stories = read_stories(name)
    in_order = load_stories(tmp_path / "once", stories.readings)
    shuffled = list(stories.readings)
    random.Random(seed).shuffle(shuffled)
    in_disorder = load_stories(tmp_path / "shuffled", shuffled, size=size)
    assert groups(in_disorder) == groups(in_order)
    assert values(in_disorder) == values(in_order)


def groups(file):
    members = {}
    for claim, fact in facts_of(file).items():
        members.setdefault(fact, set()).add(claim)
    return {frozenset(claims) for claims in members.values()}


def values(file):
    """What the ledger says of each fact, without ids and times of recording."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(
            "SELECT COLUMNS(name -> name NOT IN ('fact_id', 'first_recorded_at', 'known_from', 'known_to')) "
            "FROM facts ORDER BY ALL"
        ).fetchall()


@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0)])
def test_a_raised_promise_stays_superseded_whatever_is_loaded_next(order, tmp_path):
    """A fact stands in for the first of its reports also where the one that it is named after lies near."""
    pledge = {"kind": "pledge", "actor": "TCD", "status": "pledged", "unit": "personnel"}
    days, figures = (0, 37, 77), ([800], [1500, 800], [1500])
    for hours, number in enumerate(order):
        said = " and ".join(map(str, figures[number]))
        claims = [{**pledge, "value_best": figure, "words": str(figure)} for figure in figures[number]]
        reading = make_reading(
            number, text=f"Chad, story {number}: {said}.", claims=claims, published_at=day(days[number])
        )
        load_records(tmp_path, reading, run_id=f"run-{hours}", hours=hours)
    assert rows_of(tmp_path, "SELECT value_best, agreement FROM facts ORDER BY 1") == [
        (800, "superseded"),
        (1500, "single"),
    ]


def day(number):
    return at(24 * number)


def test_366_reports_of_one_kidnapping_are_one_fact_of_two_sources(tmp_path):
    """GDELT has 366 rows for the one kidnapping of Chibok: reprints of one agency's story, and one reporter's own."""
    kidnapping = {"kind": "casualty", "subkind": "kidnapped", "actor": "HTI", "value_best": 276, "words": "276"}
    day = {"event_start": date(2025, 1, 17), "event_end": date(2025, 1, 17), "date_precision": "day"}
    story = (
        "GANTHIER (Reuters) - Gunmen took 276 girls from a school on Friday, a teacher who hid in the garden said. {}"
    )
    reprints = [
        make_reading(
            number,
            text=story.format(" ".join(f"Paragraph {line} tells of the road." for line in range(number % 7))),
            claims=[{**kidnapping, **day, "unit": "person"}],
            outlet=f"Paper {number}",
            agency="Reuters",
            published_at=at(number / 60),
        )
        for number in range(365)
    ]
    own = make_reading(
        999, text="Our reporter counted 276 empty beds.", claims=[{**kidnapping, **day}], outlet="Radio Ganthier"
    )
    load_records(tmp_path, *reprints, own)
    assert rows_of(tmp_path, "SELECT value_best, n_claims, n_independent, agreement FROM facts") == [
        (276, 366, 2, "corroborated")
    ]


def test_a_reprint_changes_no_value_and_no_count_of_sources(tmp_path):
    stories = read_stories("dev")
    reprinted = [_reprint(reading) for reading in stories.readings if reading.claims][::5]
    before = sources(load_stories(tmp_path / "before", stories.readings))
    after = sources(load_stories(tmp_path / "after", [*stories.readings, *reprinted]))
    assert after == before


def _reprint(reading):
    """The same text a day later under another paper's name."""
    url = f"https://reprints.example/{reading.article_id[:12]}"
    claims = tuple(
        replace(claim, claim_id=stable_id(claim.claim_id, "again"), version_id=_version(url, reading), document="")
        for claim in reading.claims
    )
    return replace(
        reading,
        article_id=stable_id(url),
        url=url,
        asked_url=url,
        final_url=url,
        outlet="The Reprint",
        fetched_at=reading.fetched_at + timedelta(days=1),
        article=replace(reading.article, url=url, published_at=reading.article.published_at + timedelta(days=1)),
        claims=tuple(replace(claim, part_of=claim.part_of and stable_id(claim.part_of, "again")) for claim in claims),
    )


def _version(url, reading):
    return stable_id(stable_id(url), reading.article.title, reading.article.text)


def sources(file):
    """Values and counts of sources of all facts; their ids depend on what was recorded first."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(
            "SELECT kind, actor, value_low, value_best, value_high, n_independent FROM facts ORDER BY ALL"
        ).fetchall()


def test_the_same_day_loaded_twice_changes_nothing(tmp_path):
    stories = read_stories("dev")
    file = load_stories(tmp_path, stories.readings[:60])
    before = history(file)
    load_stories(tmp_path, stories.readings[:60])
    assert history(file) == before


def history(file):
    with duckdb.connect(str(file), read_only=True) as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
            for table in ("core.fact", "core.report", "core.fact_alias")
        ]
