"""What the ledger knew when: facts of another moment, what changed since, how a figure grew; and by other policies."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from extractors.errors import WarehouseError
from tests.resolution.stories import NOW, load_stories, read_stories
from tests.warehouse.ledger import at, copied_ledger, load_records, make_reading, rows_of
from warehouse.publish import publish
from warehouse.query import QueryError, run_query

pytestmark = pytest.mark.usefixtures("warehouse_kind")

ATTACK = {
    "kind": "casualty",
    "subkind": "killed",
    "actor": "HTI",
    "place": "Pont-Sondé",
    "country": "HTI",
    "admin1": "Artibonite",
    "event_start": date(2025, 1, 19),
    "event_end": date(2025, 1, 19),
    "date_precision": "day",
    "date_basis": "explicit",
}
ARRIVAL = (
    "The officers landed in Port-au-Prince in the afternoon and were met by the prime minister, "
    "who thanked the government for its patience and said that the airport would stay open. "
    "The mission has asked for vehicles since the summer, and for money that donors have promised but not paid so far. "
    "Gangs hold most of the capital, and the police say that they cannot take it back alone."
)
STRENGTH = {"kind": "strength", "measure": "stock", "unit": "police"}


def told(number: int, value: int, *, hours: float = 0, **slots):
    """An article of an outlet of its own that tells a number."""
    claim = {**ATTACK, "value_best": value, **slots}
    return make_reading(
        number, outlet=f"Outlet {number}", hours=hours, published_at=at(hours), claims=[claim], text=f"{value} and 217."
    )


def load_day(data, day: int, *readings) -> None:
    load_records(data, *readings, run_id=f"run-{day}", hours=24 * day)


@pytest.fixture
def grown(tmp_path):
    """A toll that three outlets tell on three days: 70, 88, 115."""
    copied_ledger(tmp_path, load_growing)
    return tmp_path


def load_growing(data):
    for day, value in enumerate((70, 88, 115)):
        load_day(data, day, told(day + 1, value, hours=24 * day))


class TestFactsAsKnownAt:
    @pytest.mark.parametrize(("hours", "known"), [(-1, []), (0, [(70, 1)]), (30, [(88, 2)]), (48, [(115, 3)])])
    def test_a_moment_has_the_figure_and_the_sources_of_then(self, grown, hours, known):
        sql = f"SELECT value_best, n_independent FROM facts_as_known_at('{at(hours)}')"
        assert rows_of(grown, sql) == known

    def test_now_is_what_facts_says(self, grown):
        assert rows_of(grown, "FROM facts_as_known_at(now())") == rows_of(grown, "FROM facts")

    @pytest.mark.file_only("a lake has no snapshot")
    def test_it_can_be_asked_in_the_snapshot_for_a_day(self, grown):
        published = publish(grown / "ledger.duckdb", grown / "published")
        assert run_query(published, "SELECT value_best FROM facts_as_known_at(DATE '2025-01-22')").rows == ((88,),)


class TestChangesSince:
    COLUMNS = "change, old_value_best, new_value_best, old_n_independent, new_n_independent, changed_at"

    def changes(self, data, hours):
        return rows_of(data, f"SELECT {self.COLUMNS} FROM changes_since('{at(hours)}') ORDER BY ALL")

    def test_what_was_not_known_is_new(self, grown):
        assert self.changes(grown, -1) == [("new", None, 115, None, 3, at(48))]

    def test_a_change_shows_both_values(self, grown):
        assert self.changes(grown, 0) == [("changed", 70, 115, 1, 3, at(48))]

    def test_nothing_has_changed_since_now(self, grown):
        assert self.changes(grown, 48) == []

    def test_loading_the_same_again_is_no_change(self, grown):
        load_day(grown, 9, told(1, 70))
        assert self.changes(grown, 48) == []

    def test_what_its_only_article_took_back_is_withdrawn(self, tmp_path):
        load_day(tmp_path, 0, told(1, 70))
        load_day(tmp_path, 1, make_reading(1, text="Nothing.", claims=[], hours=24))
        assert self.changes(tmp_path, 0) == [("withdrawn", 70, None, 1, None, at(24))]

    def test_an_edit_of_a_figure_changes_the_fact_and_is_no_other_one(self, tmp_path):
        slots = {"kind": "casualty", "subkind": "killed", "actor": "HTI", "unit": "person", "place_id": "HT0142"}
        day = {"event_start": date(2025, 1, 18), "event_end": date(2025, 1, 18), "date_precision": "day"}
        for number, figure in enumerate((40, 14)):
            claim = {**slots, **day, "value_best": figure, "words": str(figure)}
            load_day(
                tmp_path, number, make_reading(1, text=f"Gunmen killed {figure}.", claims=[claim], hours=24 * number)
            )
        assert self.changes(tmp_path, 0) == [("changed", 40, 14, 1, 1, at(24))]

    def test_a_later_level_supersedes_the_one_before(self, tmp_path):
        load_day(tmp_path, 0, told(1, 400, **STRENGTH, as_of=date(2025, 1, 15)))
        load_day(tmp_path, 1, told(2, 744, hours=24, **STRENGTH, as_of=date(2025, 1, 20)))
        assert [row[:3] for row in self.changes(tmp_path, 0)] == [("new", None, 744), ("superseded", 400, 400)]


class TestMergedFacts:
    @pytest.fixture
    def merged(self, tmp_path):
        """A level that came back after another one is a fact of its own, until that other one is taken back."""
        copied_ledger(tmp_path, load_level_that_came_back)
        known = "SELECT fact_id FROM facts_as_known_at('{}') ORDER BY known_from, as_of"
        first, _, last = (fact_id for (fact_id,) in rows_of(tmp_path, known.format(at(50))))
        return tmp_path, first, last

    def test_the_older_fact_stays(self, merged):
        data, first, _ = merged
        assert rows_of(data, "SELECT fact_id, n_claims FROM facts") == [(first, 2)]

    def test_the_change_says_where_a_retired_fact_went(self, merged):
        data, first, last = merged
        changes = rows_of(data, f"SELECT change, fact_id, merged_into FROM changes_since('{at(48)}')")
        assert ("merged", last, first) in changes
        assert sorted(change for change, _, _ in changes) == ["changed", "merged", "withdrawn"]

    def test_a_retired_id_still_leads_to_the_fact(self, merged):
        data, first, last = merged
        history = rows_of(data, f"SELECT fact_id FROM history_of('{last}') WHERE known_to IS NULL")
        assert history == [(first,)]
        assert rows_of(data, f"SELECT value_best FROM growth_of('{last}')") == [(400,), (400,)]

    def test_before_it_was_retired_it_was_known(self, merged):
        data, _, last = merged
        assert rows_of(data, f"SELECT n_claims FROM facts_as_known_at('{at(50)}') WHERE fact_id = '{last}'") == [(1,)]


def load_level_that_came_back(data):
    for day, value in enumerate((400, 300, 400)):
        as_of = date(2025, 1, 5 + 5 * day)
        load_day(data, day, told(day + 1, value, hours=24 * day, **STRENGTH, as_of=as_of))
    load_day(data, 3, make_reading(2, text="Nothing.", claims=[], hours=72))


class TestHistoryOf:
    def test_a_toll_as_it_grew(self, grown):
        sql = "SELECT value_best, n_independent, known_from FROM history_of((SELECT fact_id FROM facts))"
        assert rows_of(grown, sql) == [(70, 1, at(0)), (88, 2, at(24)), (115, 3, at(48))]

    def test_one_version_ends_where_the_next_begins(self, grown):
        sql = (
            "SELECT known_to, lead(known_from) OVER (ORDER BY known_from) FROM history_of((SELECT fact_id FROM facts))"
        )
        assert all(ended == began for ended, began in rows_of(grown, sql))

    @pytest.mark.parametrize("macro", ["history_of", "growth_of"])
    def test_as_much_of_an_id_as_a_narrow_table_shows_is_enough(self, grown, macro):
        ((whole,),) = rows_of(grown, "SELECT fact_id FROM facts")
        answers = [rows_of(grown, f"FROM {macro}('{shown}')") for shown in (whole, whole[:12], f"{whole[:12]}…")]
        assert len(answers[0]) == 3
        assert answers[1:] == answers[:1] * 2

    @pytest.mark.parametrize("macro", ["history_of", "growth_of"])
    def test_an_id_that_means_no_fact_or_several_is_no_empty_answer(self, tmp_path, macro):
        load_day(tmp_path, 0, told(1, 400, **STRENGTH, as_of=date(2025, 1, 15)), told(9, 3))
        with pytest.raises((WarehouseError, duckdb.Error), match='no fact has an id that begins with "no such fact"'):
            rows_of(tmp_path, f"FROM {macro}('no such fact')")
        with pytest.raises((WarehouseError, duckdb.Error), match='2 facts have ids that begin with ""'):
            rows_of(tmp_path, f"FROM {macro}('')")

    @pytest.mark.parametrize("macro", ["history_of", "growth_of"])
    def test_of_no_fact_nothing_is_known(self, grown, macro):
        assert rows_of(grown, f"FROM {macro}((SELECT fact_id FROM facts WHERE false))") == []


class TestGrowthOf:
    def test_the_reports_of_an_event_in_the_order_they_were_published(self, grown):
        sql = "SELECT value_best, voice, relation FROM growth_of((SELECT fact_id FROM facts))"
        assert rows_of(grown, sql) == [
            (70, "outlet 1", "corroborates"),
            (88, "outlet 2", "updates"),
            (115, "outlet 3", "updates"),
        ]

    def test_the_levels_of_a_series_belong_together(self, tmp_path):
        load_day(tmp_path, 0, told(1, 400, **STRENGTH, as_of=date(2025, 1, 15)), told(9, 3))
        load_day(tmp_path, 1, told(2, 744, hours=24, **STRENGTH, as_of=date(2025, 1, 20)))
        sql = "SELECT value_best FROM growth_of((SELECT fact_id FROM strength WHERE value_best = 400))"
        assert rows_of(tmp_path, sql) == [(400,), (744,)]


class TestPolicies:
    @pytest.fixture
    def contested(self, tmp_path):
        """Four sources on one attack; the UN says least, an outlet said most, the police came last."""
        copied_ledger(tmp_path, load_contested)
        return tmp_path

    @pytest.mark.parametrize(("policy", "best"), [("acled", 70), ("latest", 70), ("official", 70)])
    def test_a_policy_settles_the_same_claims(self, contested, policy, best):
        sql = f"SELECT value_best, value_low, value_high, n_independent FROM facts_under('{policy}')"
        assert rows_of(contested, sql) == [(best, 70, 115, 3)]

    def test_ucdp_is_what_facts_says(self, contested):
        assert rows_of(contested, "FROM facts_under('ucdp')") == rows_of(contested, "FROM facts")

    def test_where_no_official_says_anything_there_is_no_official_figure(self, grown):
        assert rows_of(grown, "SELECT value_best FROM facts_under('official')") == [(None,)]

    def test_vague_words_count_as_their_floor_where_the_lowest_counts(self, tmp_path):
        vague = {"value_low": 12, "value_high": None, "qualifier": "vague"}
        load_day(tmp_path, 0, told(1, None, **vague))
        assert rows_of(tmp_path, "SELECT value_best FROM facts_under('acled')") == [(12,)]
        assert rows_of(tmp_path, "SELECT value_best FROM facts") == [(None,)]

    @pytest.mark.file_only("a lake has no snapshot")
    def test_an_unknown_policy_is_told_with_those_there_are(self, contested):
        published = publish(contested / "ledger.duckdb", contested / "published")
        for sql in ("FROM facts_under('gdelt')", "SELECT count(*) FROM facts_under('gdelt')"):
            with pytest.raises(QueryError, match=r'no policy "gdelt"; known are ucdp, acled, latest and official'):
                run_query(published, sql)


def load_contested(data):
    load_day(
        data,
        0,
        told(1, 80, hours=0, source="OHCHR", source_type="un"),
        told(2, 115, hours=1),
        told(3, 70, hours=2, source="HNP", source_type="police"),
    )


class TestDisputes:
    def test_each_source_stands_with_its_newest_word(self, tmp_path):
        load_day(
            tmp_path,
            0,
            told(1, 70, source="HNP", source_type="police"),
            told(2, 115, hours=1),
            told(3, 40, hours=2, source="HNP", source_type="police"),
            told(4, 40, hours=3, source="CPT", source_type="government", status="denied"),
        )
        sql = "SELECT voice, value_best, is_denial, n_claims, outlet, published_at FROM disputes ORDER BY voice"
        assert rows_of(tmp_path, sql) == [
            ("cpt", 40, True, 1, "Outlet 4", at(3)),
            ("hnp", 40, False, 2, "Outlet 3", at(2)),
            ("outlet 2", 115, False, 1, "Outlet 2", at(1)),
        ]
        assert rows_of(
            tmp_path, "SELECT DISTINCT d.settled_value = f.value_best FROM disputes d JOIN facts f USING (fact_id)"
        ) == [(True,)]

    def test_what_nobody_disputes_is_not_there(self, grown):
        assert rows_of(grown, "FROM disputes") == []


@pytest.mark.file_only("minutes on a lake")
@pytest.mark.parametrize("size", [None, 60])
def test_the_stories_say_the_same_in_any_order(size, tmp_path):
    """Views over facts do not depend on the order of arrival, ids apart."""
    stories = read_stories("dev").readings
    views = {
        "promises": "* EXCLUDE (promise_id, fact_ids, urls)",
        "disputes": "* EXCLUDE (fact_id)",
        "posts": "* EXCLUDE (fact_ids)",
    }
    answers = []
    for name, order in {"told": stories, "reversed": stories[::-1]}.items():
        load_stories(tmp_path / name, order, size=size)
        answers.append(
            [rows_of(tmp_path / name, f"SELECT {what} FROM {view} ORDER BY ALL") for view, what in views.items()]
        )
    assert answers[0] == answers[1]


def test_what_was_known_adds_up_batch_by_batch(tmp_path):
    """What was known at a moment, with what has changed since, is what is known now."""
    stories = read_stories("dev").readings[:120]
    load_stories(tmp_path, stories, size=40)
    moments = [row[0] for row in rows_of(tmp_path, "SELECT DISTINCT recorded_at FROM core.article ORDER BY ALL")]
    assert len(moments) == 3
    assert moments[0] == NOW
    for moment in moments:
        known, new, gone, now = rows_of(
            tmp_path,
            f"""SELECT
                (SELECT count(*) FROM facts_as_known_at('{moment}')),
                (SELECT count(*) FROM changes_since('{moment}') WHERE change = 'new'),
                (SELECT count(*) FROM changes_since('{moment}') WHERE change IN ('merged', 'withdrawn')),
                (SELECT count(*) FROM facts)""",
        )[0]
        assert known + new - gone == now


@pytest.mark.file_only("minutes on a lake")
def test_loads_of_one_moment_leave_what_one_load_leaves(tmp_path):
    """A run that takes up the work of a killed one loads in two what would have been one load: ids are the same."""
    stories = read_stories("dev").readings[119::-1]
    tables = ("core.fact", "core.report", "core.fact_alias")
    found = []
    for name, size in (("whole", 120), ("parts", 50)):
        for number, start in enumerate(range(0, 120, size)):
            load_records(tmp_path / name, *stories[start : start + size], run_id=f"run-{number}")
        found.append([rows_of(tmp_path / name, f"FROM {table} ORDER BY ALL") for table in tables])
    assert found[0][0]
    assert found[1] == found[0]


@pytest.mark.parametrize(
    ("port", "first", "then"),
    [
        (44823, [1, 25, 24], [27, 23, 28, 26, 31, 29, 30]),
        (52347, [26, 30, 28, 29, 25], [24, 27, 1, 23, 31]),
    ],
)
def test_what_a_second_load_of_one_moment_undoes_has_never_been(port, first, then, tmp_path):
    """An edit and new stories, in two loads: a fact that ends as it began has no new version, as after one load.

    The addresses decide between equals; with these two, of eighty, the first load parts a fact that the second joins.
    """
    day = {"event_start": date(2025, 1, 17), "event_end": date(2025, 1, 17), "date_precision": "day"}

    def story(number, more="", hours=0):
        slots = {
            "url": f"http://127.0.0.1:{port}/story-{number}",
            "text": f"Kenya sent {100 + number} police officers to Haiti on Friday. {ARRIVAL}{more}",
            "claims": [{"value_best": 100 + number, "words": str(100 + number), "unit": "police", **day}],
            "outlet": "Paper" if number < 20 else "Picky",
        }
        return make_reading(number, hours=hours, published_at=at(-45), **slots)

    later = {1: story(1, " The ministry corrected the number.", 24)} | {n: story(n, hours=24) for n in range(23, 32)}
    found = []
    for name, loads in (("whole", [first + then]), ("parts", [first, then])):
        load_records(tmp_path / name, *(story(number) for number in range(23)))
        for run, numbers in enumerate(loads):
            load_records(tmp_path / name, *(later[n] for n in numbers), run_id=f"run-{run + 2}", hours=24)
        tables = ("core.fact", "core.report", "core.fact_alias")
        found.append([rows_of(tmp_path / name, f"FROM {table} ORDER BY ALL") for table in tables])
    assert found[0][0]
    assert found[1] == found[0]
