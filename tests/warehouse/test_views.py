"""The views that people ask: what counts, what does not, and who says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extractors.records import Actor, Feed, Mission, Name, Post, Reason, Rejection, Stage
from tests.warehouse.ledger import (
    FEED,
    at,
    fresh_ledger,
    load_records,
    make_claim,
    make_entry,
    make_poll,
    make_reading,
    make_run,
    rows_of,
)
from warehouse.connection import open_warehouse
from warehouse.seeds import load_seeds


def load_claims(data, *claims, **slots):
    """One article for each claim, each of an outlet of its own."""
    readings = [make_reading(n, claims=[claim], outlet=f"Outlet {n}", **slots) for n, claim in enumerate(claims, 1)]
    load_records(data, *readings)


def load_lists(data, *feeds, posts=(), actors=()):
    mission = Mission("haiti", "Haiti", "HTI", ("MSS",), ("role",), (), tuple(actors), tuple(posts), ())
    with open_warehouse(fresh_ledger(data)) as connection:
        load_seeds(connection, missions=[mission], feeds=feeds, publishers=[])


@pytest.mark.usefixtures("warehouse_kind")
class TestFacts:
    def test_the_same_told_by_two_outlets_is_one_corroborated_fact(self, tmp_path):
        load_claims(tmp_path, {}, {}, {"value_best": 400})
        assert rows_of(
            tmp_path, "SELECT value_best, n_claims, n_independent, agreement FROM facts ORDER BY value_best"
        ) == [(217, 2, 2, "corroborated"), (400, 1, 1, "single")]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"kind": "deployment"}, {"kind": "withdrawal"}),
            ({"actor": "KEN"}, {"actor": "JAM"}),
            ({"status": "done"}, {"status": "planned"}),
            ({"measure": "flow"}, {"measure": "cumulative"}),
            ({"event_start": date(2025, 1, 1)}, {"event_start": date(2025, 1, 5)}),
            ({"kind": "funding", "currency": "USD"}, {"kind": "funding", "currency": "CAD"}),
            ({"kind": "control", "place": "Kenscoff"}, {"kind": "control", "place": "Delmas"}),
            ({"kind": "role", "person": "A"}, {"kind": "role", "person": "B"}),
        ],
    )
    def test_what_differs_is_two_facts(self, tmp_path, one, other):
        load_claims(tmp_path, one, other)
        assert rows_of(tmp_path, "SELECT count(*) FROM facts") == [(2,)]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_officers_and_personnel_are_one_contingent_policemen_and_children_killed_are_not(self, tmp_path):
        police = {"unit": "police", "unit_class": "police"}
        others = {"unit": "personnel", "unit_class": "personnel"}
        load_claims(tmp_path, police, others, {"kind": "casualty", **police}, {"kind": "casualty", **others})
        assert rows_of(tmp_path, "SELECT kind, n_claims FROM facts ORDER BY ALL") == [
            ("casualty", 1),
            ("casualty", 1),
            ("deployment", 2),
        ]

    def test_outlets_that_quote_one_claimant_are_one_source(self, tmp_path):
        load_claims(tmp_path, {"source": "UN"}, {"source": "UN"}, {})
        assert rows_of(tmp_path, "SELECT n_outlets, n_independent FROM facts") == [(3, 2)]
        assert rows_of(tmp_path, "SELECT relation, count(*) FROM fact_claims GROUP BY ALL ORDER BY ALL") == [
            ("corroborates", 2),
            ("repeats", 1),
        ]

    @pytest.mark.parametrize(("claimant", "n_independent"), [({}, 1), ({"source": "HNP", "source_type": "police"}, 2)])
    def test_a_copy_counts_as_its_original_but_for_a_claimant_that_it_adds(self, tmp_path, claimant, n_independent):
        story = "Kenya sent 217 officers to Haiti on a plane that was lent by an airline, and they landed at noon."
        first = make_reading(1, text=story, agency="Reuters", outlet="One")
        second = make_reading(2, text=f"{story} They slept.", agency="Reuters", outlet="Two", claims=[claimant])
        load_records(tmp_path, first, second)
        assert rows_of(tmp_path, "SELECT n_claims, n_independent FROM facts") == [(2, n_independent)]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_outlets_that_credit_one_agency_are_one_source(self, tmp_path):
        load_claims(tmp_path, {}, {}, agency="Reuters")
        assert rows_of(tmp_path, "SELECT n_outlets, n_independent FROM facts") == [(2, 1)]

    def test_a_fact_is_named_after_its_first_claim_and_keeps_its_name(self, tmp_path):
        load_records(tmp_path, make_reading(5))
        first = rows_of(tmp_path, "SELECT claim_id FROM claims")
        load_records(tmp_path, *[make_reading(n) for n in range(1, 5)], run_id="run-2", hours=1)
        assert rows_of(tmp_path, "SELECT fact_id FROM facts") == first
        load_records(tmp_path, make_reading(5, text="Nothing of 217.", claims=[], hours=2), run_id="run-3", hours=2)
        assert rows_of(tmp_path, "SELECT fact_id, n_claims FROM facts") == [(first[0][0], 4)]

    def test_what_only_an_outdated_wording_says_is_no_fact_and_shown_as_withdrawn(self, tmp_path):
        load_records(tmp_path, make_reading(1))
        load_records(tmp_path, make_reading(1, text="Nothing.", claims=[], hours=2), run_id="run-2", hours=3)
        assert rows_of(tmp_path, "FROM facts") == []
        assert rows_of(tmp_path, "SELECT revision, is_withdrawn, withdrawn_at FROM claim_history") == [(1, True, at(2))]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_what_the_new_wording_repeats_is_not_withdrawn(self, tmp_path):
        load_records(tmp_path, make_reading(1))
        load_records(tmp_path, make_reading(1, text="Again 217.", hours=2), run_id="run-2", hours=3)
        assert rows_of(tmp_path, "SELECT DISTINCT is_withdrawn FROM claim_history") == [(False,)]
        assert rows_of(tmp_path, "SELECT n_claims FROM facts") == [(1,)]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_a_post_that_is_held_is_one_fact_whenever_it_is_mentioned(self, tmp_path):
        ruto = {"kind": "role", "subkind": "holds", "person": "William Ruto", "role": "President", "value_best": None}
        load_claims(tmp_path, {**ruto, "as_of": date(2025, 1, 1)}, {**ruto, "as_of": date(2025, 2, 1)})
        load_lists(tmp_path, posts=[Post("William Ruto", "president", "KEN", held_from=date(2022, 9, 13))])
        assert rows_of(tmp_path, "SELECT person, as_of, holds_from, holds_to, n_claims FROM people") == [
            ("William Ruto", date(2025, 2, 1), date(2022, 9, 13), None, 2)
        ]

    @pytest.mark.parametrize(
        ("view", "kind"),
        [
            ("deployments", "deployment"),
            ("withdrawals", "withdrawal"),
            ("pledges", "pledge"),
            ("strength", "strength"),
            ("casualties", "casualty"),
            ("displacement", "displacement"),
            ("needs", "need"),
            ("funding", "funding"),
            ("mandates", "mandate"),
            ("controls", "control"),
            ("equipment", "equipment"),
            ("statements", "statement"),
            ("people", "role"),
        ],
    )
    def test_each_kind_has_its_view(self, tmp_path, view, kind):
        load_claims(tmp_path, {"kind": kind})
        assert rows_of(tmp_path, f"SELECT fact_id FROM {view}") == rows_of(tmp_path, "SELECT fact_id FROM facts")
        assert len(rows_of(tmp_path, f"FROM {view}")) == 1


KENYA = Actor("KEN", "state", (Name("Kenya", "en", "name"),), "KEN")
UNITED_NATIONS = Actor("UN", "un", (Name("ONU", None, "name"), Name("United Nations", "en", "name")))


class TestNames:
    """Beside a code stands the name, so that nobody must join for it."""

    @pytest.mark.parametrize(
        "view", ["claims", "claim_history", "facts", "fact_versions", "funding", "facts_under('acled')"]
    )
    def test_actor_and_target_are_named(self, tmp_path, view):
        load_claims(tmp_path, {"kind": "funding", "target": "UN"}, {"kind": "funding", "actor": "XYZ"})
        load_lists(tmp_path, actors=[KENYA, UNITED_NATIONS])
        assert rows_of(
            tmp_path, f"SELECT actor, actor_name, target, target_name FROM {view} ORDER BY actor, actor_name"
        ) == [("KEN", "Kenya", "UN", "United Nations"), ("XYZ", None, None, None)]

    def test_a_gang_that_is_named_is_who_did_it_though_gunmen_were_told_of_first(self, tmp_path):
        gunmen = Actor("gangs", "gang", (Name("gangs", "en", "name"),), "HTI", ("adversary", "unnamed"))
        named = Actor("GRAN_GRIF", "gang", (Name("Gran Grif", None, "name"),), "HTI", ("adversary",))
        load_lists(tmp_path, actors=[gunmen, named])
        killed = {"kind": "casualty", "subkind": "killed", "event_start": date(2025, 1, 18), "actor": "HTI"}
        told = ("gangs", "gangs", "GRAN_GRIF", "gangs", "gangs")
        load_claims(tmp_path, *(killed | {"target": target} for target in told))
        assert rows_of(tmp_path, "SELECT target, target_name, n_claims FROM casualties") == [
            ("GRAN_GRIF", "Gran Grif", 5)
        ]

    def test_only_the_seeds_of_its_own_mission_name_it(self, tmp_path):
        load_claims(tmp_path, {})
        mission = Mission("somalia", "Somalia", "SOM", (), ("role",), (), (KENYA,), (), ())
        with open_warehouse(tmp_path / "ledger.duckdb") as connection:
            load_seeds(connection, missions=[mission], feeds=[], publishers=[])
        assert rows_of(tmp_path, "SELECT actor, actor_name FROM claims") == [("KEN", None)]

    def test_who_promises_holds_a_post_differs_or_changes_is_named(self, tmp_path):
        load_lists(tmp_path, actors=[KENYA], posts=[Post("William Ruto", "President", "KEN")])
        load_claims(
            tmp_path,
            PLEDGE,
            {"kind": "strength", "measure": "stock", "as_of": date(2025, 1, 18)},
            {"kind": "strength", "measure": "stock", "as_of": date(2025, 1, 18), "status": "denied"},
        )
        for view, name in {
            "promises": "contributor_name",
            "posts": "actor_name",
            "disputes": "actor_name",
            f"changes_since('{at(-1)}')": "actor_name",
        }.items():
            assert set(rows_of(tmp_path, f"SELECT {name} FROM {view}")) == {("Kenya",)}, view


KOOME = {"kind": "role", "actor": "NPS", "value_best": None, "role": "Inspector General", "person": "Japhet Koome"}


class TestPosts:
    def posts(self, data):
        columns = "person, holds_from, holds_to, predecessor, successor, basis, len(fact_ids)"
        return rows_of(data, f"SELECT {columns} FROM posts ORDER BY ALL")

    @pytest.mark.usefixtures("warehouse_kind")
    def test_a_person_and_a_post_are_one_row_whatever_was_told_of_them(self, tmp_path):
        day, end = date(2022, 11, 11), date(2024, 7, 12)
        load_claims(
            tmp_path,
            {**KOOME, "subkind": "holds"},
            {**KOOME, "subkind": "appointed", "event_start": day, "event_end": day, "role": "police chief"},
            {**KOOME, "subkind": "resigned", "event_start": end, "event_end": end},
        )
        assert self.posts(tmp_path) == [("Japhet Koome", day, end, None, None, "reports", 3)]
        dates = rows_of(tmp_path, "SELECT subkind, holds_from, holds_to FROM people ORDER BY ALL")
        assert dates == [("appointed", day, end), ("holds", day, end), ("resigned", day, end)]

    def test_a_denied_resignation_ends_nothing(self, tmp_path):
        day = date(2024, 7, 12)
        resigned = {**KOOME, "subkind": "resigned", "event_start": day, "event_end": day}
        load_claims(tmp_path, {**KOOME, "subkind": "holds"}, {**resigned, "status": "denied"})
        assert self.posts(tmp_path) == [("Japhet Koome", None, None, None, None, "reports", 1)]

    def test_who_came_for_whom_is_known_from_one_report(self, tmp_path):
        day = {"event_start": date(2024, 9, 19), "event_end": date(2024, 9, 19)}
        came = {**KOOME, "subkind": "appointed", "person": "Douglas Kanja", **day}
        gone = {**KOOME, "subkind": "replaced", **day}
        load_records(tmp_path, make_reading(1, claims=[came, gone]))
        assert self.posts(tmp_path) == [
            ("Douglas Kanja", date(2024, 9, 19), None, "Japhet Koome", None, "reports", 1),
            ("Japhet Koome", None, date(2024, 9, 19), None, "Douglas Kanja", "reports", 1),
        ]

    def test_the_seeds_know_dates_and_who_followed(self, tmp_path):
        load_claims(tmp_path, {**KOOME, "subkind": "holds", "role": "chief of police"})
        koome = Post(
            "Japhet Koome", "Inspector General", "NPS", held_from=date(2022, 11, 11), held_to=date(2024, 7, 12)
        )
        load_lists(
            tmp_path, posts=[koome, Post("Douglas Kanja", "Inspector General", "NPS", held_from=date(2024, 7, 15))]
        )
        assert self.posts(tmp_path) == [
            ("Douglas Kanja", date(2024, 7, 15), None, "Japhet Koome", None, "seeds", 0),
            ("Japhet Koome", date(2022, 11, 11), date(2024, 7, 12), None, "Douglas Kanja", "both", 1),
        ]


PLEDGE = {"kind": "pledge", "status": "pledged", "value_best": 1000, "measure": "flow", "unit": "police"}


class TestPromises:
    COLUMNS = "contributor, kind, pledged, delivered, outstanding, status"

    def promises(self, data):
        return rows_of(data, f"SELECT {self.COLUMNS} FROM promises ORDER BY ALL")

    @pytest.mark.usefixtures("warehouse_kind")
    def test_the_latest_strength_counts_against_the_pledge(self, tmp_path):
        load_claims(
            tmp_path,
            PLEDGE,
            {"kind": "strength", "measure": "stock", "value_best": 400, "as_of": date(2025, 1, 18)},
            {"kind": "strength", "measure": "cumulative", "value_best": 617, "as_of": date(2025, 1, 18)},
            {"value_best": 217},
        )
        assert self.promises(tmp_path) == [("KEN", "personnel", 1000, 617, 383, "partly")]

    def test_without_a_strength_deployments_add_up_and_plans_do_not(self, tmp_path):
        load_claims(
            tmp_path,
            PLEDGE,
            {"value_best": 217, "event_start": date(2025, 1, 18)},
            {"value_best": 200, "event_start": date(2024, 6, 25)},
            {"value_best": 600, "status": "planned"},
            {"value_best": 50, "polarity": "-"},
        )
        assert self.promises(tmp_path) == [("KEN", "personnel", 1000, 417, 583, "partly")]

    def test_an_authorised_size_is_nothing_delivered(self, tmp_path):
        load_claims(tmp_path, PLEDGE, {"kind": "strength", "measure": "ceiling", "value_best": 2500})
        assert self.promises(tmp_path) == [("KEN", "personnel", 1000, 0, 1000, "open")]

    def test_a_pledge_that_the_text_calls_unfulfilled_is_unfulfilled(self, tmp_path):
        load_claims(tmp_path, {**PLEDGE, "actor": "BEN", "value_best": 2000, "status": "unfulfilled"})
        assert self.promises(tmp_path) == [("BEN", "personnel", 2000, 0, 2000, "unfulfilled")]

    def test_money_that_is_only_told_as_withheld_is_not_made_good_by_what_was_paid_before(self, tmp_path):
        money = {"kind": "funding", "measure": "flow", "actor": "USA", "unit": "USD", "currency": "USD"}
        load_claims(
            tmp_path,
            {**money, "value_best": 40, "status": "unfulfilled"},
            {**money, "value_best": 600, "status": "done", "event_start": date(2023, 1, 1)},
        )
        assert self.promises(tmp_path) == [("USA", "money", 40, 0, 40, "unfulfilled")]

    def test_a_kept_pledge_leaves_nothing_outstanding(self, tmp_path):
        load_claims(tmp_path, PLEDGE, {"kind": "strength", "measure": "stock", "value_best": 1001})
        assert self.promises(tmp_path) == [("KEN", "personnel", 1000, 1001, 0, "kept")]
        facts = {fact_id for (fact_id,) in rows_of(tmp_path, "SELECT fact_id FROM facts")}
        assert {fact_id for (fact_id,) in rows_of(tmp_path, "SELECT unnest(fact_ids) FROM promises")} == facts

    def test_what_came_without_a_running_figure_is_named(self, tmp_path):
        load_claims(tmp_path, PLEDGE, {})
        assert rows_of(tmp_path, "SELECT len(fact_ids), list_count(fact_ids) FROM promises") == [(2, 2)]

    def test_a_pledge_that_is_only_denied_is_withdrawn(self, tmp_path):
        load_claims(tmp_path, {**PLEDGE, "status": "denied"})
        assert [row[-1] for row in self.promises(tmp_path)] == ["withdrawn"]

    def test_the_figure_that_most_sources_name_is_the_pledge(self, tmp_path):
        load_claims(tmp_path, PLEDGE, PLEDGE, {**PLEDGE, "value_best": 9000})
        assert self.promises(tmp_path)[0][2] == 1000
        assert rows_of(tmp_path, "SELECT n_independent, len(fact_ids) FROM promises") == [(3, 2)]

    def test_money_is_kept_apart_by_currency(self, tmp_path):
        money = {"kind": "funding", "actor": "USA", "measure": "flow", "value_best": 100_000_000, "currency": "USD"}
        load_claims(
            tmp_path,
            {**money, "status": "pledged"},
            {**money, "status": "done", "value_best": 15_000_000},
            {**money, "status": "pledged", "currency": "CAD"},
            {**money, "status": "requested", "value_best": 600_000_000},
        )
        assert rows_of(tmp_path, f"SELECT currency, {self.COLUMNS} FROM promises ORDER BY ALL") == [
            ("CAD", "USA", "money", 100_000_000, 0, 100_000_000, "open"),
            ("USD", "USA", "money", 100_000_000, 15_000_000, 85_000_000, "partly"),
        ]

    def test_money_paid_before_the_promise_is_not_its_delivery(self, tmp_path):
        money = {"kind": "funding", "actor": "CAN", "measure": "flow", "currency": "CAD"}
        load_claims(
            tmp_path,
            {**money, "status": "pledged", "value_best": 15, "event_start": date(2025, 1, 22)},
            {
                **money,
                "status": "done",
                "value_best": 86,
                "event_start": date(2024, 3, 1),
                "event_end": date(2024, 3, 1),
            },
            {
                **money,
                "status": "done",
                "value_best": 5,
                "event_start": date(2025, 2, 1),
                "event_end": date(2025, 2, 1),
            },
        )
        assert self.promises(tmp_path) == [("CAN", "money", 15, 5, 10, "partly")]

    def test_a_raised_pledge_takes_the_place_of_the_first_whoever_told_that(self, tmp_path):
        load_records(tmp_path, *[make_reading(n, outlet=f"Outlet {n}", claims=[PLEDGE]) for n in (1, 2, 3)])
        raised = make_reading(4, claims=[{**PLEDGE, "value_best": 1500}], published_at=at(24))
        load_records(tmp_path, raised, run_id="run-2", hours=24)
        assert self.promises(tmp_path) == [("KEN", "personnel", 1500, 0, 1500, "open")]
        assert rows_of(tmp_path, "SELECT n_independent, len(fact_ids) FROM promises") == [(4, 2)]

    @pytest.mark.usefixtures("warehouse_kind")
    def test_an_event_of_many_reports_counts_once_and_so_does_a_sum_of_several_days(self, tmp_path):
        day = {"value_best": 75, "date_precision": "day", "date_basis": "explicit"}
        first = {**day, "event_start": date(2025, 1, 3), "event_end": date(2025, 1, 3)}
        second = {**day, "event_start": date(2025, 1, 10), "event_end": date(2025, 1, 10)}
        both = {"value_best": 150, "event_start": date(2025, 1, 3), "event_end": date(2025, 1, 10)}
        load_claims(tmp_path, PLEDGE, first, first, second)
        assert self.promises(tmp_path) == [("KEN", "personnel", 1000, 150, 850, "partly")]
        load_records(tmp_path, make_reading(9, claims=[both]), run_id="run-2")
        assert self.promises(tmp_path) == [("KEN", "personnel", 1000, 150, 850, "partly")]

    def test_a_movement_without_a_day_of_its_own_may_be_one_of_the_others(self, tmp_path):
        dated = {"value_best": 217, "event_start": date(2025, 1, 18), "event_end": date(2025, 1, 18)}
        weeks = {"value_best": 217, "event_start": date(2025, 3, 1), "event_end": date(2025, 3, 31)}
        load_claims(tmp_path, PLEDGE, dated, {**weeks, "date_basis": "inherited"}, {"value_best": 200})
        assert self.promises(tmp_path) == [("KEN", "personnel", 1000, 217, 783, "partly")]
        load_records(tmp_path, make_reading(9, claims=[{"value_best": 617}]), run_id="run-2")
        assert self.promises(tmp_path) == [("KEN", "personnel", 1000, 617, 383, "partly")]

    def test_a_part_is_not_added_to_its_whole(self, tmp_path):
        day = {"event_start": date(2025, 1, 18), "event_end": date(2025, 1, 18)}
        reading = make_reading(9, text="Kenya sent 217 officers, 20 of them women.", claims=[day])
        women = make_claim(
            reading.article_id,
            "Police leave",
            reading.article.text,
            "20",
            value_best=20,
            part_of=reading.claims[0].claim_id,
            **day,
        )
        load_claims(tmp_path, PLEDGE)
        load_records(tmp_path, replace(reading, claims=(*reading.claims, women)), run_id="run-2")
        assert rows_of(tmp_path, "SELECT count(*) FROM deployments") == [(2,)]
        assert self.promises(tmp_path) == [("KEN", "personnel", 1000, 217, 783, "partly")]

    def test_who_went_home_is_known_by_the_next_count(self, tmp_path):
        home = {"kind": "withdrawal", "value_best": 100, "event_start": date(2025, 1, 10)}
        arrived = {"value_best": 400, "event_start": date(2025, 1, 5)}
        load_claims(tmp_path, PLEDGE, arrived, home)
        assert self.promises(tmp_path)[0][3] == 400
        count = {"kind": "strength", "measure": "stock", "value_best": 300, "as_of": date(2025, 1, 12)}
        load_records(tmp_path, make_reading(9, claims=[count]), run_id="run-2")
        assert self.promises(tmp_path)[0][3] == 300

    def test_the_force_itself_promises_nothing(self, tmp_path):
        load_lists(tmp_path)
        load_claims(tmp_path, {**PLEDGE, "actor": "MSS"}, PLEDGE)
        assert [row[0] for row in self.promises(tmp_path)] == ["KEN"]

    def test_money_for_somebody_else_is_not_its_delivery(self, tmp_path):
        money = {"kind": "funding", "actor": "USA", "measure": "flow", "currency": "USD", "target": "MSS"}
        load_lists(tmp_path)
        load_claims(
            tmp_path,
            {**money, "status": "pledged", "value_best": 300},
            {**money, "status": "done", "value_best": 50, "target": "WFP"},
            {**money, "status": "done", "value_best": 15},
        )
        assert self.promises(tmp_path) == [("USA", "money", 300, 15, 285, "partly")]

    def test_every_figure_names_its_reports(self, tmp_path):
        load_claims(tmp_path, PLEDGE, {"kind": "strength", "measure": "stock", "value_best": 400})
        assert rows_of(tmp_path, "SELECT outlets, urls FROM promises") == [
            (["Outlet 1", "Outlet 2"], ["https://news.example/story/1", "https://news.example/story/2"])
        ]

    def test_a_pledge_without_a_number_is_still_a_promise(self, tmp_path):
        load_claims(tmp_path, {**PLEDGE, "value_best": None})
        assert self.promises(tmp_path) == [("KEN", "personnel", None, 0, None, "open")]


@pytest.mark.usefixtures("warehouse_kind")
class TestRejections:
    def rejection(self, reason=Reason.TIMEOUT, *, is_final=False):
        return Rejection(make_entry(1).url, Stage.FETCH, reason, "slow", FEED, is_final)

    def test_a_url_is_one_row_with_its_last_reason(self, tmp_path):
        load_records(tmp_path, self.rejection())
        load_records(tmp_path, self.rejection(Reason.GONE, is_final=True), run_id="run-2", hours=2)
        assert rows_of(tmp_path, "FROM rejections") == [
            (make_entry(1).url, FEED, "fetch", "gone", "slow", 2, at(0), at(2), True)
        ]

    def test_a_url_that_became_an_article_is_not_among_them(self, tmp_path):
        load_records(tmp_path, self.rejection())
        load_records(tmp_path, make_reading(1), run_id="run-2", hours=1)
        assert rows_of(tmp_path, "FROM rejections") == []

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_a_feed_that_answers_again_is_not_among_them(self, tmp_path):
        down = Rejection(FEED, Stage.POLL, Reason.SERVER_ERROR, feed=FEED)
        load_records(tmp_path, down, make_poll(outcome="failed"))
        assert rows_of(tmp_path, "SELECT url, stage FROM rejections") == [(FEED, "poll")]
        load_records(tmp_path, make_poll(1), run_id="run-2", hours=1)
        assert rows_of(tmp_path, "FROM rejections") == []

    def test_every_reason_of_the_code_is_explained_and_no_other(self, tmp_path):
        load_records(tmp_path)
        explained = rows_of(tmp_path, "SELECT reason, meaning FROM ref.reason")
        assert {reason for reason, _ in explained} == {reason.value for reason in Reason}
        assert all(meaning for _, meaning in explained)


@pytest.mark.usefixtures("warehouse_kind")
class TestFeedHealth:
    def health(self, data, feed=FEED):
        [row] = rows_of(
            data, f"SELECT state, failure_count, entry_count_30d, note FROM feed_health WHERE feed = '{feed}'"
        )
        return row

    @pytest.mark.parametrize(
        ("polls", "state"),
        [
            ([make_poll(0, entries_new=1)], "ok"),
            ([make_poll(0, entries_new=1), make_poll(1, outcome="unchanged")], "ok"),
            ([make_poll(0), make_poll(1, outcome="failed", reason=Reason.TIMEOUT, failure_count=1)], "failing"),
            ([make_poll(0, outcome="failed", status=410, reason=Reason.GONE, failure_count=1)], "gone"),
            ([make_poll(0, outcome="failed", reason=Reason.TIMEOUT), make_poll(1, entries_new=1)], "ok"),
            ([make_poll(0, entries_new=1), make_poll(24 * 130, outcome="unchanged")], "silent"),
            ([make_poll(0, entries_new=1), make_poll(9, feed="https://other.example/feed")], "late"),
        ],
    )
    def test_the_state_follows_from_the_polls(self, tmp_path, polls, state):
        load_records(tmp_path, make_entry(1), *polls)
        load_lists(tmp_path, Feed(FEED, "News Example"))
        assert self.health(tmp_path)[0] == state

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_a_feed_that_was_never_polled_is_late(self, tmp_path):
        load_records(tmp_path, make_run())
        load_lists(tmp_path, Feed(FEED))
        assert self.health(tmp_path) == ("late", 0, 0, "never polled yet")

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_a_feed_that_left_the_list_is_paused(self, tmp_path):
        load_records(tmp_path, make_poll())
        assert self.health(tmp_path)[0] == "paused"

    def test_the_note_says_what_is_wrong(self, tmp_path):
        load_records(
            tmp_path, make_poll(outcome="failed", reason=Reason.DNS_FAILURE, detail="no name", failure_count=3)
        )
        load_lists(tmp_path, Feed(FEED))
        assert self.health(tmp_path)[3] == "3 failures in a row since 2025-01-20: dns_failure, no name"


@pytest.mark.usefixtures("warehouse_kind")
class TestCoverage:
    def test_a_day_of_an_outlet_adds_up(self, tmp_path):
        load_records(
            tmp_path,
            make_poll(entries_seen=4, entries_new=4),
            *[make_entry(n) for n in range(1, 5)],
            make_reading(1, text="Same 217."),
            make_reading(2, text="Same 217."),
            make_reading(3),
            Rejection(make_entry(4).url, Stage.FETCH, Reason.NOT_FOUND, feed=FEED, is_final=True),
        )
        load_lists(tmp_path, Feed(FEED, "News Example"))
        assert rows_of(tmp_path, "FROM coverage") == [("News Example", date(2025, 1, 20), 4, 3, 1, 1, False)]

    @pytest.mark.file_only("the same statements again, and a lake is slow")
    def test_a_poll_whose_every_entry_is_new_suggests_a_gap(self, tmp_path):
        load_records(
            tmp_path,
            make_poll(0, entries_seen=10, entries_new=10),
            make_poll(24, entries_seen=10, entries_new=9),
            make_poll(48, entries_seen=10, entries_new=10),
        )
        assert [row for (row,) in rows_of(tmp_path, "SELECT gap_suspected FROM coverage ORDER BY day")] == [
            False,
            False,
            True,
        ]
