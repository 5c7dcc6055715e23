"""Exports: the official columns in their order and types, only facts that belong, and nothing that nobody told."""

from __future__ import annotations

import io
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import duckdb
import pytest

from extractors.records import stable_id
from extractors.seeds import read_mission
from tests.warehouse.ledger import at, fresh_ledger, load_records, make_claim, make_reading
from warehouse.connection import open_warehouse
from warehouse.exporting import EXPORTS, print_export, read_export, write_export
from warehouse.publish import publish
from warehouse.seeds import load_seeds

ROOT = Path(__file__).parents[2]

# Names and types as the publishers give them; docs/exports.md names where they do.
OFFICIAL = {
    "ucdp-ged": """
        id INTEGER, relid VARCHAR, year INTEGER, active_year INTEGER, code_status VARCHAR, type_of_violence INTEGER,
        conflict_dset_id INTEGER, conflict_new_id INTEGER, conflict_name VARCHAR, dyad_dset_id INTEGER,
        dyad_new_id INTEGER, dyad_name VARCHAR, side_a_dset_id INTEGER, side_a_new_id INTEGER, side_a VARCHAR,
        side_b_dset_id INTEGER, side_b_new_id INTEGER, side_b VARCHAR, number_of_sources INTEGER,
        source_article VARCHAR, source_office VARCHAR, source_date VARCHAR, source_headline VARCHAR,
        source_original VARCHAR, where_prec INTEGER, where_coordinates VARCHAR, where_description VARCHAR,
        adm_1 VARCHAR, adm_2 VARCHAR, latitude DOUBLE, longitude DOUBLE, geom_wkt VARCHAR, priogrid_gid INTEGER,
        country VARCHAR, country_id INTEGER, region VARCHAR, event_clarity INTEGER, date_prec INTEGER,
        date_start DATE, date_end DATE, deaths_a BIGINT, deaths_b BIGINT, deaths_civilians BIGINT,
        deaths_unknown BIGINT, best BIGINT, high BIGINT, low BIGINT, gwnoa INTEGER, gwnob INTEGER
    """,
    "idmc": """
        id INTEGER, country VARCHAR, iso3 VARCHAR, latitude DOUBLE, longitude DOUBLE, centroid VARCHAR, role VARCHAR,
        displacement_type VARCHAR, qualifier VARCHAR, figure BIGINT, displacement_date DATE,
        displacement_start_date DATE, displacement_end_date DATE, year INTEGER, event_id INTEGER, event_name VARCHAR,
        event_codes VARCHAR, event_code_types VARCHAR, event_start_date DATE, event_end_date DATE, category VARCHAR,
        subcategory VARCHAR, type VARCHAR, subtype VARCHAR, standard_popup_text VARCHAR, standard_info_text VARCHAR,
        old_id INTEGER, sources VARCHAR, source_url VARCHAR, locations_name VARCHAR, locations_coordinates VARCHAR,
        locations_accuracy VARCHAR, locations_type VARCHAR, displacement_occurred VARCHAR,
        created_at TIMESTAMP WITH TIME ZONE
    """,
    "idmc-idps": """
        ID INTEGER, ISO3 VARCHAR, Country / Territory VARCHAR, Geographical region VARCHAR, Figure cause VARCHAR,
        Year INTEGER, Figure category VARCHAR, Total figures BIGINT, Reported figures BIGINT, Figure unit VARCHAR,
        Household size DOUBLE, Hazard Category VARCHAR, Hazard sub category VARCHAR, Hazard Type VARCHAR,
        Hazard Sub-Type VARCHAR, Start date DATE, Start date accuracy VARCHAR, End date DATE,
        End date accuracy VARCHAR, Stock date DATE, Stock date accuracy VARCHAR, Stock reporting date DATE,
        Publishers VARCHAR, Sources VARCHAR, Event ID INTEGER, Event name VARCHAR, Event cause VARCHAR,
        Event main trigger VARCHAR, Event start date DATE, Event end date DATE, Event start date accuracy VARCHAR,
        Event end date accuracy VARCHAR, Is housing destruction VARCHAR, Violence type VARCHAR,
        Event codes (Code:Type) VARCHAR, Locations name VARCHAR, Locations coordinates VARCHAR,
        Locations accuracy VARCHAR, Locations type VARCHAR, Displacement occurred VARCHAR
    """,
    "fts": """
        date DATE, budgetYear INTEGER, description VARCHAR, amountUSD BIGINT, srcOrganization VARCHAR,
        srcOrganizationTypes VARCHAR, srcLocations VARCHAR, srcUsageYearStart INTEGER, srcUsageYearEnd INTEGER,
        destPlan VARCHAR, destPlanCode VARCHAR, destPlanId INTEGER, destOrganization VARCHAR,
        destOrganizationTypes VARCHAR, destGlobalClusters VARCHAR, destLocations VARCHAR, destProject VARCHAR,
        destProjectCode VARCHAR, destEmergency VARCHAR, destUsageYearStart INTEGER, destUsageYearEnd INTEGER,
        contributionType VARCHAR, flowType VARCHAR, method VARCHAR, boundary VARCHAR, onBoundary VARCHAR,
        status VARCHAR, firstReportedDate DATE, decisionDate DATE, keywords VARCHAR, originalAmount BIGINT,
        originalCurrency VARCHAR, exchangeRate DOUBLE, id INTEGER, refCode VARCHAR, createdAt DATE, updatedAt DATE
    """,
    # The tenth column is ours: the UN's own are nine.
    "un-contributors": """
        contribution_id INTEGER, isocode3 VARCHAR, m49_code INTEGER, contributing_country VARCHAR,
        mission_acronym VARCHAR, personnel_type VARCHAR, female_personnel INTEGER, male_personnel INTEGER,
        last_reporting_date DATE, total_personnel BIGINT
    """,
}

_DAY = {"event_start": date(2025, 1, 18), "event_end": date(2025, 1, 18), "date_precision": "day"}
PETITE_RIVIERE = {"place": "Petite-Rivière", "place_id": "HT0542", "country": "HTI", "admin1": "Artibonite"}
KILLED = {"kind": "casualty", "subkind": "killed", "actor": "HTI", "unit": "person", "status": "done", **_DAY}
FLED = {"kind": "displacement", "actor": "HTI", "unit": "person", "status": "done"}
PAID = {"kind": "funding", "actor": "CAN", "target": "MSS", "unit": "USD", "currency": "USD", "status": "done", **_DAY}
THERE = {"kind": "strength", "measure": "stock", "status": "done", "unit": "police", "unit_class": "police"}


def official(name):
    columns = re.split(r",\s+", OFFICIAL[name].strip())
    return [tuple(re.fullmatch(r"(.+?) ([A-Z]+(?: WITH TIME ZONE)?)", column).groups()) for column in columns]


@cache
def mission():
    return read_mission(ROOT / "seeds/missions/haiti")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """A ledger that holds nothing but the lists of the mission in Haiti."""
    file = fresh_ledger(tmp_path_factory.mktemp("seeded"))
    with open_warehouse(file) as connection:
        load_seeds(connection, missions=[mission()], feeds=[], publishers=[])
    return file


@pytest.fixture
def export(tmp_path, seeded):
    """Load claims, each in an article of an outlet of its own; the rows of an export, without what is empty in them."""
    shutil.copyfile(seeded, tmp_path / "ledger.duckdb")

    def load(name, *claims):
        texts = [f"Story {number} tells of 217 in other words." for number in range(len(claims))]
        readings = [
            claim
            if not isinstance(claim, dict)
            else make_reading(
                number,
                text=text,
                title=f"Title {number}",
                outlet=f"Outlet {number}",
                published_at=at(number),
                claims=[claim],
            )
            for number, (text, claim) in enumerate(zip(texts, claims, strict=True))
        ]
        load_records(tmp_path, *readings)
        return rows(publish(tmp_path / "ledger.duckdb", tmp_path / "published"), name)

    return load


def rows(published, name):
    with duckdb.connect(str(published), read_only=True) as connection:
        result = connection.execute(read_export(name))
        names = [column[0] for column in result.description]
        return [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in result.fetchall()
        ]


def apart(told, *others):
    """The same told in other ways, two months from one another, so that none is taken for another."""
    days = [date(2024, 1, 18) + timedelta(days=60 * number) for number in range(len(others))]
    return [told | {"event_start": day, "event_end": day} | other for day, other in zip(days, others, strict=True)]


def one_article(whole, part):
    """An article that tells a whole and a part of it."""
    text = "Of the 17 all 5 were told of."
    article_id = stable_id("https://news.example/story/1")
    told = {"words": "17", "value_best": 17, **whole}
    total = make_claim(article_id, "Police leave", text, **told)
    return make_reading(1, text=text, claims=[told, {"words": "5", "value_best": 5, "part_of": total.claim_id, **part}])


class TestForm:
    def test_every_export_has_its_official_columns_in_their_order_and_types(self, tmp_path):
        assert sorted(EXPORTS) == sorted(OFFICIAL)
        published = publish(fresh_ledger(tmp_path), tmp_path / "published")
        with duckdb.connect(str(published), read_only=True) as connection:
            for name in EXPORTS:
                described = connection.execute(f"DESCRIBE {read_export(name)}").fetchall()
                assert [column[:2] for column in described] == official(name), name
                with_fact = connection.execute(f"DESCRIBE {read_export(name, with_fact_id=True)}").fetchall()
                assert [column[:2] for column in with_fact] == [*official(name), ("fact_id", "VARCHAR")]

    @pytest.mark.parametrize("name", EXPORTS)
    def test_the_docs_tell_where_every_column_comes_from(self, name):
        section = (ROOT / "docs/exports.md").read_text().split(f"\n## {name}\n")[1].split("\n## ")[0]
        first_cells = re.findall(r"^\| (`.*?`) \|", section, re.MULTILINE)
        told = [column for cell in first_cells for column in re.findall(r"`(.+?)`", cell)]
        assert told == [column for column, _ in official(name)]

    def test_csv_and_parquet_give_back_what_was_written(self, export, tmp_path):
        export(
            "fts",
            KILLED | PETITE_RIVIERE,
            FLED | {"measure": "flow"},
            FLED | {"measure": "stock", "as_of": date(2025, 1, 14)},
            PAID,
            THERE | {"actor": "KEN"},
        )
        published = tmp_path / "published/missionwire.duckdb"
        for name in EXPORTS:
            files = tmp_path / "export.csv", tmp_path / "export.parquet"
            write_export(published, name, files[0])
            write_export(published, name, files[1], as_parquet=True)
            with duckdb.connect(str(published), read_only=True) as connection:
                connection.execute("SET TimeZone = 'UTC'")
                asked = connection.execute(read_export(name)).fetchall()
                csv = connection.read_csv(str(files[0]), dtype=dict(official(name)), header=True)
                parquet = connection.read_parquet(str(files[1]))
                assert asked
                assert csv.fetchall() == parquet.fetchall() == asked
                assert list(zip(parquet.columns, map(str, parquet.types), strict=True)) == official(name)
            printed = io.StringIO(newline="")
            print_export(published, name, printed)
            assert printed.getvalue().encode() == files[0].read_bytes()


class TestDeaths:
    def test_an_event_with_all_that_is_known_of_it(self, export):
        told = KILLED | PETITE_RIVIERE | {"source_text": "the mayor"}
        assert export("ucdp-ged", told, told | {"source_text": "the police"}) == [
            {
                "year": 2025,
                "number_of_sources": 2,
                "source_article": '"Outlet 0,2025-01-20,Title 0";"Outlet 1,2025-01-20,Title 1"',
                "source_office": "Outlet 0;Outlet 1",
                "source_date": "2025-01-20;2025-01-20",
                "source_headline": "Title 0;Title 1",
                "source_original": "the mayor;the police",
                "where_prec": 3,
                "where_coordinates": "Petite-Rivière-de-l'Artibonite",
                "where_description": "Petite-Rivière",
                "adm_1": "Artibonite",
                "adm_2": "Petite-Rivière-de-l'Artibonite",
                "latitude": 19.12259,
                "longitude": -72.47759,
                "geom_wkt": "POINT (-72.47759 19.12259)",
                "priogrid_gid": 157176,
                "country": "Haiti",
                "date_prec": 1,
                "date_start": date(2025, 1, 18),
                "date_end": date(2025, 1, 18),
                "deaths_a": 0,
                "deaths_b": 0,
                "deaths_civilians": 217,
                "deaths_unknown": 0,
                "best": 217,
                "high": 217,
                "low": 217,
            }
        ]

    def test_what_is_no_event_of_deaths_is_left_out(self, export):
        others = (
            {"subkind": "injured"},
            {"measure": "cumulative", "event_start": date(2023, 1, 1)},
            {"status": "alleged"},
            {"status": "denied"},
            {"polarity": "-"},
            {"unit": "household"},
            {"event_start": None, "event_end": None},
        )
        assert export("ucdp-ged", *apart(KILLED, *others)) == []

    def test_a_part_is_counted_in_its_whole_only(self, export):
        child = KILLED | {"unit_class": "child"}
        assert [row["best"] for row in export("ucdp-ged", one_article(KILLED, child))] == [17]

    def test_a_part_of_what_has_no_row_has_its_own(self, export):
        harmed = KILLED | {"subkind": "killed_or_injured"}
        assert [row["best"] for row in export("ucdp-ged", one_article(harmed, KILLED))] == [5]

    def test_sides_and_who_died(self, export):
        found = {
            (3, "Viv Ansanm", "Civilians", "deaths_civilians"): {"actor": "HTI", "target": "VIV_ANSANM"},
            (1, "Haitian National Police", "gangs", "deaths_a"): {"actor": "HNP", "target": "gangs"},
            (1, "Multinational Security Support mission", "gangs", "deaths_b"): {"actor": "gangs", "target": "MSS"},
            (2, "G-Pèp", "G9", "deaths_b"): {"actor": "G9", "target": "GPEP"},
            # Who killed them is not told, so no side is.
            (None, None, "gangs", "deaths_unknown"): {"actor": "gangs"},
            (None, None, "police", "deaths_unknown"): {"actor": "HNP", "unit_class": "police"},
            (None, None, "child", "deaths_civilians"): {"actor": "HTI", "unit_class": "child"},
            (None, None, "Kenyans", "deaths_unknown"): {"actor": "KEN"},
            # Police who kill people may have been in a battle, or not.
            (None, None, "people", "deaths_civilians"): {"actor": "HTI", "target": "HNP"},
        }
        exported = export("ucdp-ged", *apart(KILLED, *found.values()))
        for (violence, side_a, side_b, most), row in zip(found, exported, strict=True):
            deaths = {name: row[name] for name in row if name.startswith("deaths_")}
            sides = tuple(map(row.get, ("type_of_violence", "side_a", "side_b")))
            assert sides == ((violence, side_a, side_b) if violence else (None, None, None))
            assert max(deaths, key=deaths.get) == most
            assert sum(deaths.values()) == row["best"] == 217

    def test_how_precise_a_place_is(self, export):
        known = {place.place_id: place for place in mission().places}
        # Wharf Jérémie has no position of its own; Cité Soleil, where it lies, has.
        ids = ("HTI-centre-ville-de-port-au-prince", "HTI-wharf-jeremie", "HT0542", "HT02", "HTI")
        places = [
            {"place_id": each, "place": known[each].name}
            | {name: getattr(known[each], name) for name in ("country", "admin1", "admin2", "latitude", "longitude")}
            for each in ids
        ]
        places += [{"country": "HTI", "admin1": "Ouest"}, {"country": "HTI"}, {}]
        exported = export("ucdp-ged", *apart(KILLED, *places))
        assert [(row.get("where_prec"), row.get("latitude")) for row in exported] == [
            (1, 18.54683),
            (3, 18.58306),
            (3, 19.12259),
            (4, 18.27836),
            (6, 19.0),
            (4, None),
            (6, None),
            (None, None),
        ]

    def test_how_precise_a_date_is(self, export):
        days = {1: 1, 2: 2, 6: 2, 7: 3, 8: 4, 31: 4, 32: 5}
        told = apart(KILLED, *({} for _ in days))
        told = [
            claim | {"event_end": claim["event_start"] + timedelta(days=length - 1)}
            for claim, length in zip(told, days, strict=True)
        ]
        exported = export("ucdp-ged", *told)
        assert [row["date_prec"] for row in exported] == list(days.values())
        assert [row["date_end"] for row in exported] == [claim["event_end"] for claim in told]

    def test_bounds_that_nobody_told_stay_empty(self, export):
        dozens = {"qualifier": "vague", "value_low": 12, "value_best": None, "value_high": None}
        (row,) = export("ucdp-ged", KILLED | dozens)
        assert row["low"] == 12
        assert not {"best", "high", "deaths_civilians", "deaths_unknown"} & set(row)


class TestDisplaced:
    def test_a_movement_is_no_stock(self, export, tmp_path):
        moved = FLED | PETITE_RIVIERE | {"measure": "flow", "qualifier": "about", "source": "IOM", **_DAY}
        living = FLED | {"measure": "stock", "qualifier": "exact", "country": "HTI", "as_of": date(2025, 1, 14)}
        assert export("idmc", moved, living) == [
            {
                "country": "Haiti",
                "iso3": "HTI",
                "latitude": 19.12259,
                "longitude": -72.47759,
                "centroid": "[19.12259, -72.47759]",
                "qualifier": "approximately",
                "figure": 217,
                "displacement_date": date(2025, 1, 18),
                "displacement_start_date": date(2025, 1, 18),
                "displacement_end_date": date(2025, 1, 18),
                "year": 2025,
                "sources": "International Organization for Migration",
                "source_url": "https://news.example/story/0",
                "locations_name": "Petite-Rivière-de-l'Artibonite",
                "locations_coordinates": "19.12259, -72.47759",
                "locations_accuracy": "District/Zone/Department (ADM2)",
                "created_at": datetime(2025, 1, 20, 6, tzinfo=UTC),
            }
        ]
        assert rows(tmp_path / "published/missionwire.duckdb", "idmc-idps") == [
            {
                "ISO3": "HTI",
                "Country / Territory": "Haiti",
                "Year": 2025,
                "Figure category": "IDPs",
                "Total figures": 217,
                "Reported figures": 217,
                "Figure unit": "Person",
                "Stock date": date(2025, 1, 14),
                "Stock date accuracy": "Day",
                "Publishers": "Outlet 1",
                "Sources": "Outlet 1",
            }
        ]

    def test_who_counted_and_who_wrote_stand_in_alphabetical_order(self, export):
        living = FLED | {"measure": "stock", "as_of": date(2025, 1, 14)}
        told = [living | {"source": source} for source in ("UNHCR", "IOM")] + [living | {"source_text": "the mayor"}]
        (row,) = export("idmc-idps", *told)
        assert row["Sources"] == "International Organization for Migration; UN refugee agency; the mayor"
        assert row["Publishers"] == "Outlet 0; Outlet 1; Outlet 2"

    def test_households_are_not_counted_as_people(self, export, tmp_path):
        households = FLED | {"unit": "household"}
        assert export("idmc", households | {"measure": "flow"}, households | {"measure": "stock"}) == []
        (row,) = rows(tmp_path / "published/missionwire.duckdb", "idmc-idps")
        assert (row.get("Total figures"), row["Reported figures"], row["Figure unit"]) == (None, 217, "Household")

    def test_qualifiers(self, export):
        unknown = {"value_low": None, "value_best": None, "value_high": None}
        told = (
            {"qualifier": "at_least", "value_high": None},
            unknown | {"qualifier": "vague", "value_low": 1000},
            unknown | {"qualifier": "fewer_than", "value_high": 50},
            unknown | {"qualifier": "between", "value_low": 10, "value_high": 20},
        )
        exported = export("idmc", *apart(FLED | {"measure": "flow"}, *told))
        assert [(row.get("qualifier"), row.get("figure")) for row in exported] == [
            ("more than or equal", 217),
            ("more than or equal", 1000),
            ("less than or equal", 50),
            (None, None),
        ]


class TestMoney:
    def test_a_sum_that_was_paid(self, export):
        assert export("fts", PAID) == [
            {
                "date": date(2025, 1, 18),
                "description": "Story 0 tells of 217 in other words.",
                "amountUSD": 217,
                "srcOrganization": "Canada",
                "srcOrganizationTypes": "Government",
                "srcLocations": "CAN",
                "destOrganization": "Multinational Security Support mission",
                "status": "paid",
                "firstReportedDate": date(2025, 1, 20),
                "createdAt": date(2025, 1, 20),
                "updatedAt": date(2025, 1, 20),
            }
        ]

    def test_no_exchange_rate_is_made_up(self, export):
        (row,) = export("fts", PAID | {"unit": "CAD", "currency": "CAD", "status": "pledged"})
        assert not {"amountUSD", "exchangeRate"} & set(row)
        assert (row["originalAmount"], row["originalCurrency"], row["status"]) == (217, "CAD", "pledge")
        assert row["decisionDate"] == date(2025, 1, 18)

    def test_what_is_no_flow_is_left_out(self, export):
        others = (
            {"status": "needed", "measure": "requirement"},
            {"status": "requested", "measure": "requirement"},
            {"status": "unfulfilled"},
            {"status": "denied"},
            {"measure": "cumulative"},
            {"qualifier": "vague", "value_best": None},
        )
        assert export("fts", *apart(PAID, *others)) == []


class TestPersonnel:
    def test_of_a_month_the_last_level(self, export):
        levels = [(day, {"as_of": day, "event_start": day, "event_end": day}) for day in DAYS]
        claims = [THERE | {"actor": "KEN", "value_best": day.day * 10} | dates for day, dates in levels]
        found = export("un-contributors", *claims)
        assert found == [
            {
                "isocode3": "KEN",
                "contributing_country": "Kenya",
                "last_reporting_date": day,
                "total_personnel": day.day * 10,
            }
            for day in (date(2025, 1, 20), date(2025, 3, 9))
        ]

    def test_a_force_in_the_text_and_soldiers_are_told_of(self, export):
        (row,) = export("un-contributors", THERE | {"actor": "SLV", "target": "MSS", "unit_class": "soldiers"})
        assert (row["mission_acronym"], row["personnel_type"]) == ("MSS", "Troops")

    def test_what_is_nobodys_contingent_is_left_out(self, export):
        others = (
            # The whole force, and the host's own police.
            {"actor": "MSS"},
            {"actor": "HNP"},
            {"actor": "HTI"},
            {"status": "planned"},
            {"status": "denied"},
            {"measure": "ceiling"},
        )
        assert export("un-contributors", *apart(THERE | {"actor": "KEN"}, *others)) == []

    def test_a_part_of_a_contingent_is_not_the_contingent(self, export):
        whole = THERE | {"actor": "JAM", "unit_class": "personnel"}
        part = THERE | {"actor": "JAM", "unit_class": "soldiers", "as_of": date(2025, 1, 22)}
        assert [row["total_personnel"] for row in export("un-contributors", one_article(whole, part))] == [17]


DAYS = (date(2025, 1, 8), date(2025, 1, 20), date(2025, 3, 9))
