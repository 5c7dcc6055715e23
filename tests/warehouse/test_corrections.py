"""What people say of claims: it is shown, it holds for later readings, and it can be undone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from extractors.corrections import Correction
from tests.resolution.stories import NOW, facts_of, load_stories, read_stories
from tests.warehouse.ledger import at, copied_ledger, ledger_of, load_records, make_claim, make_reading, rows_of
from warehouse.connection import open_warehouse
from warehouse.corrections import apply_corrections, are_due, list_problems
from warehouse.removing import find_removable, remove_article

pytestmark = pytest.mark.usefixtures("warehouse_kind")

DAY = {"event_start": date(2025, 1, 17), "event_end": date(2025, 1, 17), "date_precision": "day"}
ATTACK = {"kind": "casualty", "subkind": "killed", "actor": "HTI", "unit": "person", "date_basis": "explicit", **DAY}


def told(number, value, *, text="{value} and 217 dead, says {outlet}.", hours=0, **slots):
    """An article of an outlet of its own that tells a number."""
    outlet = slots.pop("outlet", f"Outlet {number}")
    claim = {**ATTACK, "value_best": value, "words": str(value), **slots}
    words = text.format(value=value, outlet=outlet)
    return make_reading(number, outlet=outlet, hours=hours, published_at=at(hours), text=words, claims=[claim])


def correct(data, *corrections, hours=1.0):
    """Apply corrections; returns what the ledger says of lines that have no effect."""
    lines = [Correction(number, *each[:2], **each[2]) for number, each in enumerate(corrections, 2)]
    with open_warehouse(ledger_of(data)) as ledger:
        apply_corrections(ledger, lines, known_at=at(hours))
        assert not are_due(ledger, lines)
        return dict(list_problems(ledger))


def claim_of(data, value):
    """Id of the claim with a number, by the newest extractor."""
    rows = rows_of(data, f"SELECT claim_id FROM claims WHERE value_best = {value} ORDER BY extractor_version DESC")
    return rows[0][0]


def facts(data):
    return rows_of(data, "SELECT value_best, n_claims, is_corrected FROM facts ORDER BY ALL")


def history(data):
    return [rows_of(data, f"FROM {table} ORDER BY ALL") for table in ("core.fact", "core.report", "core.fact_alias")]


@pytest.fixture
def ledger(tmp_path):
    """Three outlets tell of one attack: 10, 10 and 90."""
    copied_ledger(tmp_path, load_three)
    assert facts(tmp_path) == [(90, 3, False)]
    return tmp_path


def load_three(data):
    load_records(data, told(1, 10), told(2, 10, hours=0.1), told(3, 90, hours=0.2))


class TestOneClaim:
    def test_what_is_rejected_counts_no_more_and_is_still_there(self, ledger):
        wrong = claim_of(ledger, 90)
        assert correct(ledger, ("reject", wrong, {"note": "a year's toll"})) == {}
        assert facts(ledger) == [(10, 2, False)]
        assert rows_of(ledger, "SELECT value_best, correction FROM claims ORDER BY ALL") == [
            (10, None),
            (10, None),
            (90, "rejected"),
        ]
        assert rows_of(ledger, "SELECT action, claim_id, note, is_applied, claim_count FROM corrections") == [
            ("reject", wrong, "a year's toll", True, 1)
        ]

    def test_what_was_said_before_can_still_be_asked_for(self, ledger):
        correct(ledger, ("reject", claim_of(ledger, 90), {}), hours=2)
        known = "SELECT value_best, n_claims FROM facts_as_known_at('{}')"
        assert rows_of(ledger, known.format(at(1))) == [(90, 3)]
        assert rows_of(ledger, known.format(at(3))) == [(10, 2)]

    def test_saying_it_twice_adds_nothing(self, ledger):
        line = ("reject", claim_of(ledger, 90), {})
        correct(ledger, line)
        before = history(ledger)
        correct(ledger, line, hours=9)
        assert history(ledger) == before

    @pytest.mark.parametrize("action", ["reject", "confirm", "correct"])
    def test_without_the_line_all_is_as_before(self, ledger, action):
        before = rows_of(ledger, "SELECT * EXCLUDE (known_from) FROM facts ORDER BY ALL")
        slots = {"slots": dict.fromkeys(("value_low", "value_best", "value_high"), "12")} if action == "correct" else {}
        correct(ledger, (action, claim_of(ledger, 90), slots))
        assert facts(ledger) != [(90, 3, False)]
        correct(ledger, hours=2)
        assert rows_of(ledger, "SELECT * EXCLUDE (known_from) FROM facts ORDER BY ALL") == before
        assert rows_of(ledger, "SELECT DISTINCT correction FROM claims") == [(None,)]

    def test_what_is_confirmed_is_the_best_source(self, ledger):
        correct(ledger, ("confirm", claim_of(ledger, 10), {}))
        assert facts(ledger) == [(10, 3, True)]
        assert rows_of(ledger, "SELECT correction, count(*) FROM claims GROUP BY 1 ORDER BY 2") == [
            ("confirmed", 1),
            (None, 2),
        ]

    def test_a_corrected_slot_makes_the_fact_and_the_claim_keeps_its_words(self, ledger):
        slots = {"slots": {"value_low": "11", "value_best": "11", "value_high": "11", "qualifier": "exact"}}
        correct(ledger, ("correct", claim_of(ledger, 90), slots))
        assert facts(ledger) == [(11, 3, True)]
        [(best, correction, corrected)] = rows_of(
            ledger, "SELECT value_best, correction, corrected_slots FROM claims WHERE correction IS NOT NULL"
        )
        assert (best, correction, corrected) == (90, "corrected", slots["slots"])
        assert "value_best: 90 -> 11" in rows_of(ledger, "SELECT changes FROM corrections")[0][0]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_a_claim_moved_to_another_day_is_another_fact(self, ledger):
        slots = {"slots": {"event_start": "2024-06-01", "event_end": "2024-06-01"}}
        correct(ledger, ("correct", claim_of(ledger, 90), slots))
        assert facts(ledger) == [(10, 2, False), (90, 1, True)]
        slots["slots"]["subkind"] = "injured"
        correct(ledger, ("correct", claim_of(ledger, 90), slots), hours=2)
        assert rows_of(ledger, "SELECT subkind, value_best FROM facts ORDER BY ALL") == [
            ("injured", 90),
            ("killed", 10),
        ]


class TestLaterReadings:
    def reread(self, data, number, value, *, version="2", **slots):
        load_records(data, told(number, value, extractor_version=version, hours=0.2, **slots), hours=5, run_id="run-2")

    @pytest.mark.parametrize("action", ["reject", "confirm"])
    def test_a_newer_extractor_that_reads_the_same_is_bound_by_it(self, ledger, action):
        old = claim_of(ledger, 90)
        correct(ledger, (action, old, {}))
        before = facts(ledger)
        self.reread(ledger, 3, 90)
        assert claim_of(ledger, 90) != old
        assert facts(ledger) == before
        assert rows_of(ledger, "SELECT correction FROM claims WHERE value_best = 90") == [(f"{action}ed",)]
        assert rows_of(ledger, "SELECT is_applied FROM corrections") == [(True,)]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_a_corrected_slot_holds_for_what_is_read_otherwise_in_the_same_words(self, ledger):
        correct(ledger, ("correct", claim_of(ledger, 90), {"slots": {"value_best": "12", "value_low": "12"}}))
        self.reread(ledger, 3, 90, subkind="killed", value_low=80)
        assert facts(ledger) == [(12, 3, True)]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_a_rejection_does_not_hold_for_another_reading_of_the_words(self, ledger):
        correct(ledger, ("reject", claim_of(ledger, 90), {}))
        self.reread(ledger, 3, 9, words="90 and 217 dead", text="90 and 217 dead, says {outlet}.")
        assert sum(row[1] for row in facts(ledger)) == 3
        assert "stands in no newest wording" in rows_of(ledger, "SELECT problem FROM corrections")[0][0]

    def test_a_newer_wording_with_the_same_sentence_is_bound_by_it(self, tmp_path):
        sentence = "Gunmen killed 90 people."
        for number, text in enumerate((f"{sentence} More to come.", f"At noon it rained. {sentence} No more came.")):
            start = text.index("90")
            begin = text.index(sentence)
            spans = {"value": ((start, start + 2),), "sentence": ((begin, begin + len(sentence)),)}
            reading = make_reading(1, text=text, claims=[], hours=number)
            made = make_claim(reading.article_id, "Police leave", text, "90", **ATTACK, value_best=90, spans=spans)
            load_records(tmp_path, replace(reading, claims=(replace(made, sentence=sentence),)), hours=number)
            if number == 0:
                correct(tmp_path, ("reject", claim_of(tmp_path, 90), {}), hours=0.5)
        assert facts(tmp_path) == []
        assert rows_of(tmp_path, "SELECT revision FROM articles") == [(2,)]

    def test_a_copy_is_bound_by_it(self, tmp_path):
        text = " ".join(f"word{number}" for number in range(60)) + " 90 dead."
        load_records(tmp_path, told(1, 90, text=text))
        correct(tmp_path, ("reject", claim_of(tmp_path, 90), {}))
        load_records(tmp_path, told(2, 90, text=text, hours=2), hours=2, run_id="run-2")
        assert rows_of(tmp_path, "SELECT correction, copy_role FROM claims ORDER BY ALL") == [
            ("rejected", "copy"),
            ("rejected", "original"),
        ]
        assert facts(tmp_path) == []


APART = {"event_start": date(2025, 3, 9), "event_end": date(2025, 3, 9)}


class TestTwoClaims:
    def test_two_facts_far_apart_become_one_and_two_again(self, ledger):
        load_records(ledger, told(4, 40, hours=3, **APART), hours=3, run_id="run-2")
        assert facts(ledger) == [(40, 1, False), (90, 3, False)]
        before = rows_of(ledger, "SELECT fact_id, value_best, n_claims FROM facts ORDER BY ALL")
        assert correct(ledger, ("merge", claim_of(ledger, 40), {"other": claim_of(ledger, 90)}), hours=4) == {}
        assert facts(ledger) == [(40, 4, True)]
        correct(ledger, hours=5)
        assert rows_of(ledger, "SELECT fact_id, value_best, n_claims FROM facts ORDER BY ALL") == before

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_what_comes_between_does_not_part_them_and_goes_where_it_belongs(self, ledger):
        load_records(ledger, told(4, 40, hours=3, **APART), hours=3, run_id="run-2")
        correct(ledger, ("merge", claim_of(ledger, 40), {"other": claim_of(ledger, 90)}), hours=4)
        between = {"event_start": date(2025, 2, 9), "event_end": date(2025, 2, 9)}
        more = (told(5, 40, hours=5, **APART), told(6, 5, hours=5, **between), told(7, 10, hours=5))
        load_records(ledger, *more, hours=5, run_id="run-3")
        assert facts(ledger) == [(5, 1, False), (40, 6, True)]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_two_claims_kept_apart_take_those_along_that_they_are_like(self, ledger):
        assert correct(ledger, ("apart", claim_of(ledger, 90), {"other": claim_of(ledger, 10)})) == {}
        assert facts(ledger) == [(10, 2, True), (90, 1, True)]
        load_records(ledger, told(5, 90, hours=5), told(6, 10, hours=5), hours=5, run_id="run-3")
        assert facts(ledger) == [(10, 3, True), (90, 2, True)]

    @pytest.mark.file_only("a dozen loads")
    def test_the_order_of_lines_and_loads_does_not_matter(self, tmp_path):
        readings = [told(1, 10), told(2, 10, hours=0.1), told(3, 90, hours=0.2), told(4, 40, hours=0.3, **APART)]
        found = []
        for name, order in (("a", readings), ("b", readings[::-1])):
            data = tmp_path / name
            data.mkdir()
            load_records(data, *readings)
            ids = {value: claim_of(data, value) for value in (10, 40, 90)}
            data = tmp_path / f"{name}-again"
            data.mkdir()
            lines = [("merge", ids[40], {"other": ids[90]}), ("apart", ids[10], {"other": ids[90]})]
            load_records(data, order[0])
            correct(data, *lines)
            for number, reading in enumerate(order[1:], 2):
                load_records(data, reading, hours=number, run_id=f"run-{number}")
                correct(data, *lines, hours=number)
            found.append(rows_of(data, "SELECT value_best, n_claims, n_independent FROM facts ORDER BY ALL"))
        assert found[0] == found[1] == [(10, 2, 2), (40, 2, 2)]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_an_event_and_a_series_cannot_be_one_fact(self, ledger):
        stock = {"kind": "strength", "measure": "stock", "subkind": None, "actor": "KEN", "as_of": date(2025, 1, 17)}
        load_records(ledger, told(4, 400, hours=3, **stock), hours=3, run_id="run-2")
        before = facts(ledger)
        problems = correct(ledger, ("merge", claim_of(ledger, 400), {"other": claim_of(ledger, 90)}), hours=4)
        assert "cannot be one fact, for they differ in kind, subkind, measure" in problems[2]
        assert rows_of(ledger, "SELECT is_applied FROM corrections") == [(False,)]
        assert [row[:2] for row in facts(ledger)] == [row[:2] for row in before]


class TestTakenDown:
    def test_no_fact_goes_on_telling_of_an_article_that_was_removed(self, ledger):
        wrong = claim_of(ledger, 90)
        correct(ledger, ("confirm", wrong, {}))
        found = find_removable(ledger_of(ledger), "https://news.example/story/3")
        remove_article(ledger_of(ledger), found, reason="asked for", recorded_at=at(5))
        assert facts(ledger) == [(10, 2, False)]
        assert rows_of(ledger, "SELECT problem, is_applied FROM corrections") == [
            ("the article with the claim was taken down", False)
        ]
        assert rows_of(ledger, f"SELECT count(*) FROM core.report WHERE claim_id = '{wrong}'") == [(0,)]
        words = "SELECT count(*) FROM fact_versions WHERE sentence LIKE '90%' OR url LIKE '%/3'"
        assert rows_of(ledger, words) == [(0,)]


class TestWhatCannotBeApplied:
    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            (("reject", "0" * 8, {}), "no claim has the id 00000000"),
            (("correct", "{90}", {"slots": {"place_id": "atlantis"}}), "place_id in the table ref.place"),
            (("correct", "{90}", {"slots": {"actor": "XYZ"}}), "such as KEN"),
            (("correct", "{90}", {"slots": {"value_low": "91"}}), "value_low 91 would lie above value_best 90"),
            (("correct", "{90}", {"slots": {"event_end": "2024-01-01"}}), "event_start 2025-01-17 would lie above"),
        ],
    )
    def test_it_is_named_and_changes_nothing(self, ledger, line, problem):
        before = history(ledger)
        action, claim, slots = line
        problems = correct(ledger, (action, claim_of(ledger, 90) if claim == "{90}" else claim, slots))
        assert problem in problems[2]
        assert history(ledger) == before

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_the_last_word_holds(self, ledger):
        wrong, right = claim_of(ledger, 90), claim_of(ledger, 10)
        problems = correct(
            ledger,
            ("reject", wrong, {}),
            ("confirm", wrong, {}),
            ("apart", wrong, {"other": right}),
            ("merge", wrong, {"other": right}),
        )
        assert list(problems) == [2, 4]
        assert facts(ledger) == [(90, 3, True)]

    def test_a_claim_that_comes_later_is_waited_for(self, ledger):
        later = told(4, 91, hours=3)
        [claim] = later.claims
        lines = [Correction(2, "reject", claim.claim_id[:12])]
        assert "no claim" in correct(ledger, ("reject", claim.claim_id[:12], {}))[2]
        load_records(ledger, later, hours=3, run_id="run-2")
        with open_warehouse(ledger_of(ledger)) as connection:
            assert are_due(connection, lines)
        assert correct(ledger, ("reject", claim.claim_id[:12], {}), hours=4) == {}
        assert facts(ledger) == [(90, 3, False)]


@pytest.mark.long
@pytest.mark.file_only("minutes on a lake")
@pytest.mark.parametrize("seed", [1, 2])
def test_rulings_on_many_stories_mean_the_same_whatever_comes_when(seed, tmp_path):
    """Told at the end of it all, or at the beginning and again whenever one of the claims has come."""
    stories, choice = read_stories("dev"), random.Random(seed)
    late, early = tmp_path / "late", tmp_path / "early"
    file = load_stories(late, stories.readings)
    lines = _some_rulings(file, choice)
    _rule(file, lines)
    shuffled = list(stories.readings)
    choice.shuffle(shuffled)
    for start in range(0, len(shuffled), 40):
        other = load_stories(early, shuffled[start : start + 40])
        _rule(other, lines)
    assert _groups(other) == _groups(file)
    assert _groups(file) != (before := _groups(load_stories(tmp_path / "without", stories.readings)))
    _rule(file, [])
    assert _groups(file) == before


def _some_rulings(file, choice):
    """Twenty pairs of claims: of one stream and two facts, to be merged, and of one fact, to be kept apart."""
    with duckdb.connect(str(file), read_only=True) as ledger:
        pairs = ledger.execute(
            "SELECT one.fact_id = other.fact_id, one.claim_id, other.claim_id "
            "FROM core.report AS one JOIN core.report AS other USING (stream) "
            "WHERE one.claim_id < other.claim_id AND one.known_to IS NULL AND other.known_to IS NULL ORDER BY ALL"
        ).fetchall()
    chosen = [*choice.sample([p for p in pairs if p[0]], 10), *choice.sample([p for p in pairs if not p[0]], 10)]
    return [
        Correction(line, "apart" if is_one else "merge", one, other)
        for line, (is_one, one, other) in enumerate(chosen, 2)
    ]


def _rule(file, lines):
    with open_warehouse(file) as ledger:
        apply_corrections(ledger, lines, known_at=NOW)


def _groups(file):
    members = {}
    for claim, fact in facts_of(file).items():
        members.setdefault(fact, set()).add(claim)
    return {frozenset(claims) for claims in members.values()}
