"""Another version of an extractor has read a text: its claims count, also where there are none, and facts follow."""

from datetime import date
from functools import cache

import pytest

from extractors.records import Extraction, MissionMatch, Rereading, StoredText, stable_id
from tests.warehouse.ledger import (
    at,
    copied_ledger,
    ledger_of,
    load_records,
    make_claim,
    make_reading,
    rows_of,
    spool_records,
)
from warehouse.load import LoadReport
from warehouse.rereading import Days, Place, count_texts, known_texts, unread_texts

pytestmark = pytest.mark.usefixtures("warehouse_kind")

RULES = {version: Extraction("haiti", "rules", version) for version in "123"}
LLM = Extraction("haiti", "llm", "1")
TITLE = "Police leave"


def text_of(number):
    return f"Kenya sent 217 officers to Haiti, story {number}."


def first_load(data, *numbers):
    copied_ledger(data, reading_first(*numbers))


@cache
def reading_first(*numbers):
    readings = [make_reading(number, extractions=(RULES["1"],)) for number in numbers]
    return lambda data: load_records(data, *readings)


def reread(number, *claims, version="2", missions=("haiti",), **slots):
    article_id = stable_id(f"https://news.example/story/{number}")
    made = tuple(
        make_claim(article_id, TITLE, text_of(number), **{"extractor_version": version, **claim}) for claim in claims
    )
    return Rereading(
        article_id=article_id,
        version_id=stable_id(article_id, TITLE, text_of(number)),
        matches=tuple(MissionMatch(mission, 1.5, ("police",)) for mission in missions),
        claims=made,
        extractions=slots.pop("extractions", (RULES[version],)),
        **slots,
    )


def current(data):
    return rows_of(data, "SELECT extractor_version, value_best::INT FROM claims ORDER BY ALL")


def test_a_newer_extractor_that_finds_nothing_takes_the_place_of_one_that_did(tmp_path):
    first_load(tmp_path, 1, 2)
    report = load_records(tmp_path, reread(1), run_id="run-2", hours=1)
    assert (report.claims_new, report.claims_superseded, report.texts_reread) == (0, 1, 1)
    assert rows_of(tmp_path, "SELECT url FROM claims") == [("https://news.example/story/2",)]
    assert rows_of(tmp_path, "SELECT sum(n_claims)::INT FROM facts") == [(1,)]


@pytest.mark.file_only("the same statements again, and a lake is slow")
def test_the_current_view_moves_and_the_history_keeps(tmp_path):
    first_load(tmp_path, 1)
    load_records(tmp_path, reread(1, {"value_best": 271}), run_id="run-2", hours=1)
    assert current(tmp_path) == [("2", 271)]
    assert rows_of(
        tmp_path, "SELECT extractor_version, value_best::INT, is_superseded, is_withdrawn FROM claim_history ORDER BY 1"
    ) == [("1", 217, True, False), ("2", 271, False, False)]
    assert rows_of(tmp_path, "SELECT value_best::INT FROM facts") == [(271,)]


def test_a_fact_keeps_its_id_when_its_claims_are_read_again(tmp_path):
    first_load(tmp_path, 1, 2)
    question = "SELECT fact_id, value_best::INT, n_claims FROM facts"
    [(fact_id, *_)] = before = rows_of(tmp_path, question)
    load_records(tmp_path, reread(1, {}), reread(2, {}), run_id="run-2", hours=1)
    assert rows_of(tmp_path, question) == before
    assert rows_of(tmp_path, "SELECT count(*) FROM core.fact WHERE known_to IS NOT NULL") == [(0,)]
    read_otherwise = [reread(number, {"value_best": 271}, version="3") for number in (1, 2)]
    load_records(tmp_path, *read_otherwise, run_id="run-3", hours=2)
    assert rows_of(tmp_path, question) == [(fact_id, 271, 2)]


def test_read_twice_by_the_same_version_nothing_changes(tmp_path):
    first_load(tmp_path, 1)
    load_records(tmp_path, reread(1, {}), run_id="run-2", hours=1)
    tables = ("core.claim", "core.extraction", "core.article_mission", "core.report", "core.fact")
    before = {table: rows_of(tmp_path, f"FROM {table} ORDER BY ALL") for table in tables}
    report = load_records(tmp_path, reread(1, {}), run_id="run-3", hours=2)
    assert report == LoadReport()
    assert before == {table: rows_of(tmp_path, f"FROM {table} ORDER BY ALL") for table in tables}


def test_an_earlier_version_may_come_back(tmp_path):
    first_load(tmp_path, 1)
    load_records(tmp_path, reread(1, {"value_best": 271}), run_id="run-2", hours=1)
    load_records(tmp_path, reread(1, {}, version="1"), run_id="run-3", hours=1)
    assert current(tmp_path) == [("1", 217)]
    assert rows_of(tmp_path, "SELECT count(*) FROM core.claim") == [(2,)]
    assert rows_of(tmp_path, "SELECT extractor_version FROM core.extraction WHERE NOT is_superseded") == [("1",)]


@pytest.mark.file_only("the same statements again, and a lake is slow")
def test_of_two_versions_in_one_load_the_later_run_counts(tmp_path):
    first_load(tmp_path, 1)
    spool_records(tmp_path / "spool", reread(1, {"value_best": 3}, version="3"), run_id="run-2")
    load_records(tmp_path, reread(1, {"value_best": 2}, version="2"), run_id="run-3", hours=1)
    assert current(tmp_path) == [("2", 2)]


@pytest.mark.file_only("the same statements again, and a lake is slow")
def test_extractors_and_missions_supersede_none_but_themselves(tmp_path):
    llm = {"extractor": "llm", "value_best": 5}
    first_load(tmp_path, 1)
    load_records(tmp_path, reread(1, llm, version="1", extractions=(LLM,)), run_id="run-2", hours=1)
    assert current(tmp_path) == [("1", 5), ("1", 217)]
    load_records(tmp_path, reread(1, extractions=(Extraction("somalia", "rules", "9"),)), run_id="run-3", hours=2)
    load_records(tmp_path, reread(1), run_id="run-4", hours=3)
    assert current(tmp_path) == [("1", 5)]


def test_what_an_article_is_about_follows_the_rules(tmp_path):
    first_load(tmp_path, 1)
    load_records(tmp_path, reread(1, missions=()), run_id="run-2", hours=1)
    assert rows_of(tmp_path, "SELECT missions FROM articles") == [([],)]
    load_records(tmp_path, reread(1, version="3"), run_id="run-3", hours=2)
    assert rows_of(tmp_path, "SELECT missions FROM articles") == [(["haiti"],)]


@pytest.mark.file_only("the same statements again, and a lake is slow")
def test_what_a_newer_extractor_reads_otherwise_was_not_withdrawn(tmp_path):
    """Two wordings that say the same; read otherwise, the older claims are superseded, and nobody took them back."""
    older = make_reading(1, extractions=(RULES["1"],))
    newest_text = f"{text_of(1)} More."
    newest = make_reading(1, text=newest_text, hours=1, claims=[{"value_best": 5, "extractor_version": "2"}])
    load_records(tmp_path, older)
    load_records(tmp_path, newest, run_id="run-2", hours=1)
    assert rows_of(tmp_path, "SELECT is_withdrawn FROM claim_history ORDER BY revision") == [(True,), (False,)]
    load_records(tmp_path, reread(1, {"value_best": 5}), run_id="run-3", hours=2)
    assert rows_of(tmp_path, "SELECT DISTINCT is_withdrawn FROM claim_history") == [(False,)]


class TestTexts:
    def test_those_come_that_an_extractor_of_today_has_not_read(self, tmp_path):
        first_load(tmp_path, 1, 2, 3)
        load_records(tmp_path, reread(2), run_id="run-2", hours=1)
        file = ledger_of(tmp_path)
        assert count_texts(file, [RULES["1"]], Days()) == (3, 1)
        assert count_texts(file, [RULES["2"]], Days()) == (3, 2)
        assert count_texts(file, [RULES["2"], LLM], Days()) == (3, 3)
        texts, place = unread_texts(file, [RULES["2"]], Days(), after=Place(), count=1)
        rest, _ = unread_texts(file, [RULES["2"]], Days(), after=place, count=10)
        assert sorted(text.text for text in (*texts, *rest)) == [text_of(1), text_of(3)]
        assert all(isinstance(text, StoredText) and text.version_id for text in texts)

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_days_are_those_of_publication(self, tmp_path):
        readings = [make_reading(n, published_at=at(24 * n)) for n in range(3)]
        load_records(tmp_path, *readings)
        file = ledger_of(tmp_path)
        day = at(0).date()
        assert count_texts(file, [LLM], Days(day, day)) == (1, 1)
        assert count_texts(file, [LLM], Days(since=date(2025, 1, 21))) == (2, 2)

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_a_wording_that_came_back_is_one_text(self, tmp_path):
        for hours, words in enumerate(("A 217.", "B 217.", "A 217.")):
            load_records(tmp_path, make_reading(1, text=words, hours=hours), run_id=f"run-{hours}", hours=hours)
        assert count_texts(ledger_of(tmp_path), [LLM], Days()) == (2, 2)

    def test_the_claims_come_back_as_they_were_made(self, tmp_path):
        reading = make_reading(1, claims=[{"event_start": date(2025, 1, 17), "derived": ("status",), "latitude": 18.5}])
        load_records(tmp_path, reading, make_reading(2))
        with known_texts(ledger_of(tmp_path), [RULES["1"]], Days(), batch_size=1) as batches:
            assert batches.count == 2
            known = {text.url: text for (text,) in batches}
        assert known[reading.url].claims == reading.claims
        assert known[reading.url].missions == ("haiti",)
