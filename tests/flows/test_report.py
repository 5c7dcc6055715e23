"""The picture: what stands on the page, also of hostile words and of an empty ledger; and in a browser."""

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.seeds import read_mission
from flows.reporting.charts import draw_chart
from flows.reporting.page import Subject, render_report, safe_link
from flows.reporting.parts import draw_map
from flows.reporting.publishing import mark_undrawn, publish_reports, undrawn_mark
from flows.reporting.words import headline, say, say_amount
from flows.reporting.writing import list_subjects
from flows.settings import SEEDS, read_settings
from tests.flows.command import missionwire
from tests.warehouse.ledger import fresh_ledger, load_records, make_reading
from warehouse.connection import open_warehouse
from warehouse.picture import read_picture
from warehouse.publish import publish
from warehouse.seeds import load_seeds

HAITI = Subject("haiti", "Force in Haiti", SEEDS / "missions/haiti/outline.geojson")
EVIL = '</script><script>alert(1)</script><b onmouseover="alert(2)">217</b>'
CHARTS = {"strength", "promises", "money", "casualties", "displacement", "places", "coverage"}


def published_with(data, *readings):
    load_records(data, *readings)
    return publish(fresh_ledger(data), data / "published")


def page_of(published, subject=HAITI):
    return render_report(read_picture(published, subject.name), subject, published_at=datetime(2025, 1, 27, tzinfo=UTC))


def test_nothing_of_the_web_becomes_markup(tmp_path):
    """Neither in the facts nor in the drawings, whose names come from texts too."""
    claims = [
        {"kind": "strength", "measure": "stock", "status": "done", "actor": EVIL},
        {"kind": "displacement", "measure": "stock", "status": "done", "unit": "person", "actor": None, "place": EVIL},
    ]
    page = page_of(published_with(tmp_path, make_reading(1, text=f"Kenya sent {EVIL} officers.", claims=claims)))
    assert "<svg" in page
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<b onmouseover" not in page
    assert len(re.findall("<script", page)) == 1


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[", None, "file:///x"]
)
def test_only_addresses_of_the_web_become_links(url):
    assert safe_link(url) == ""


def test_an_article_is_linked():
    assert safe_link("https://news.example/1?a=b") == "https://news.example/1?a=b"


def test_a_new_ledger_gives_a_page_that_says_so(tmp_path):
    page = page_of(published_with(tmp_path))
    assert "Nothing has been read about this mission yet" in page
    assert "No fact yet" in page
    assert "<svg" not in page


def test_the_page_asks_for_nothing(tmp_path):
    page = page_of(published_with(tmp_path, make_reading(1)))
    assert "default-src 'none'" in page
    assert re.findall(r"<(?:link|img|iframe|object|embed|base)\b|@import|url\(|\bsrc=", page) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"currency": "USD", "unit": "USD", "value_best": 97_000_000}, "USD 97,000,000"),
        ({"unit": "person", "value_low": 13, "qualifier": "at_least"}, "at least 13 people"),
        ({"unit": "percent", "value_best": 85, "qualifier": "about"}, "about 85 per cent"),
        ({"unit": "personnel", "value_best": 2500, "value_high": 2500, "qualifier": "up_to"}, "up to 2,500 personnel"),
        ({"unit": "police", "value_best": 20, "value_high": 20, "qualifier": "nearly"}, "nearly 20 police"),
        ({"unit": "person", "value_low": 10, "value_high": 20, "qualifier": "between"}, "10 to 20 people"),
        ({"unit": "gang", "value_best": 8}, "8 gang members"),
        ({"unit": "child", "value_best": 1}, "1 child"),
        ({"unit": "person", "value_low": 12, "qualifier": "vague"}, "at least 12 people"),
    ],
)
def test_a_figure_says_its_unit_once_and_its_bounds(row, said):
    assert say_amount(row) == said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "casualty", "subkind": "killed", "status": "alleged"}, "281 people killed, alleged"),
        ({"kind": "casualty", "subkind": "killed", "status": "done", "target": "X"}, "281 people killed · by X"),
        ({"kind": "need", "status": "needed"}, "281 people in need"),
        ({"kind": "deployment", "status": "planned"}, "281 people planned"),
        ({"kind": "deployment", "status": "denied"}, "281 people arrived or sent, denied"),
        ({"kind": "mandate", "subkind": "authorise", "status": "done", "target": "X"}, "281 people authorised · for X"),
        ({"kind": "pledge", "status": "pledged", "target": "X"}, "281 people pledged · to X"),
    ],
)
def test_a_headline_tells_what_became_of_it_and_whether_it_is_told_as_done(row, said):
    assert headline({"value_best": 281, "unit": "person"} | row) == said


def test_a_ground_that_was_retaken_names_by_whom():
    row = {"kind": "control", "subkind": "retaken", "status": "done", "target": "MSS", "place": "port"}
    assert headline(row) == "retaken · by MSS · port"


def test_forces_are_known_by_their_short_names(tmp_path):
    """Beside a band there is no room for the whole one."""
    data = published_with(
        tmp_path,
        make_reading(1, claims=[{"kind": "strength", "measure": "stock", "status": "done", "actor": "MSS"}]),
    )
    with open_warehouse(tmp_path / "ledger.duckdb") as connection:
        load_seeds(connection, missions=[read_mission(SEEDS / "missions/haiti")], feeds=[], publishers=[])
    publish(tmp_path / "ledger.duckdb", tmp_path / "published")
    answer = read_picture(data, "haiti")["strength"].table
    assert [row[answer.columns.index("contributor")] for row in answer.rows] == ["MSS"]


def test_both_missions_have_a_map_with_the_borders_within():
    subjects = list_subjects(read_settings(mission="haiti,somalia"))
    for subject in subjects:
        features = json.loads(subject.outline.read_text(encoding="utf-8"))["features"]
        kinds = [feature["geometry"]["type"] for feature in features if feature["properties"]["theatre"]]
        assert kinds.count("MultiLineString") == 1
        assert "MultiPolygon" in kinds


def test_borders_are_drawn_over_the_land_and_under_the_facts():
    row = {"place": "Delmas", "kind": "casualties", "facts": 3, "latitude": 18.5, "longitude": -72.3}
    rows = [row | {"href": "#fact-1", "say": "3 facts"}]
    wide, _ = draw_map(rows, HAITI.outline)
    land, border, fact = (wide.svg.index(mark) for mark in ('stroke-width="0.8"', "stroke-dasharray", "3 facts"))
    assert land < border < fact


def test_each_harm_has_one_sign_in_the_legend_its_colour_and_its_shape():
    rows = [
        {"told_as": "event", "published_at": f"2025-0{month}-01", "people": 5, "harm": harm, "fact_id": harm}
        for month in (1, 2)
        for harm in ("injured", "killed", "kidnapped")
    ]
    wide, _ = draw_chart("casualties", [row | {"href": "#fact-1", "say": "5"} for row in rows])
    assert re.findall(r'aria-roledescription="legend" aria-label="([^"]+)"', wide.svg) == [
        "Symbol legend for shape, fill color and stroke color with 3 values: killed, injured, kidnapped"
    ]


def test_the_command_says_where_it_wrote_and_what_is_wrong(tmp_path):
    published_with(tmp_path, make_reading(1))
    done = missionwire("report", "--data", tmp_path, cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "published/report.html"))
    unknown = missionwire("report", "--data", tmp_path, "--mission", "atlantis", cwd=tmp_path)
    assert unknown.returncode == 2
    assert "haiti, somalia" in unknown.stderr
    nothing = missionwire("report", "--data", tmp_path / "none", cwd=tmp_path)
    assert nothing.returncode == 2
    assert "does not exist yet" in nothing.stderr


def test_a_page_that_cannot_be_drawn_leaves_a_reason_and_the_last_page(tmp_path):
    published_with(tmp_path, make_reading(1))
    page = tmp_path / "published/report.html"
    page.write_text("the last one")
    settings = read_settings(data=tmp_path, mission="atlantis")
    mark_undrawn(settings)
    publish_reports(settings)
    assert page.read_text() == "the last one"
    assert "no such mission" in undrawn_mark(settings).read_text()
    publish_reports(read_settings(data=tmp_path))
    assert "<!doctype html>" in page.read_text()
    assert not undrawn_mark(settings).exists()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo's snapshot, and the page that its runs drew."""
    folder = tmp_path_factory.mktemp("demo")
    assert missionwire("demo", "--data", folder / "data", cwd=folder).returncode == 0
    return folder / "data/published"


@pytest.fixture
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def numbers_shown(page, part):
    rows = page.locator(f"details.numbers[data-part='{part}'] tbody tr").all()
    return [[cell.text_content() for cell in row.locator("td").all()] for row in rows]


# Relative luminance and contrast as WCAG 2.2 defines them; of every text that is shown against what lies behind it.
CONTRAST = Path(__file__).with_name("contrast.js").read_text()


@pytest.mark.long
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium; .ci/run installs it")
def test_somebody_who_knows_no_sql_can_look_at_the_mission(demo, browser):
    """Opened from the file: numbers equal the SQL, facts open by hand and by keyboard, and nothing leaves the file."""
    page = browser.new_page(color_scheme="light", reduced_motion="reduce")
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.goto((demo / "report.html").as_uri())

    picture = read_picture(demo / "missionwire.duckdb", "haiti")
    for part in CHARTS | {"figures", "outlets", "feeds"}:
        table = picture[part].table
        told = [
            [
                (value or "")[:8] if name == "fact_id" else say(value)
                for name, value in zip(table.columns, row, strict=True)
            ]
            for row in table.rows
        ]
        assert told, part
        assert numbers_shown(page, part) == told
    figures = dict(zip(*[[row[n] for row in picture["figures"].table.rows] for n in (0, 1)], strict=True))
    for name in ("displaced", "killed", "strength", "people sent"):
        assert page.locator(f"[data-figure='{name}'] b").inner_text() == say(figures[name])

    assert page.evaluate(CONTRAST) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate(CONTRAST) == []

    page.select_option("#filter-kind", "casualty")
    page.fill("#filter-text", "petite-riviere")
    shown = page.locator("details.fact:visible")
    assert 0 < shown.count() < page.locator("details.fact").count()
    assert {fact.get_attribute("data-kind") for fact in shown.all()} == {"casualty"}
    assert f"{shown.count()} of" in page.locator("#shown").inner_text()
    shown.first.locator("summary").focus()
    page.keyboard.press("Enter")
    sentence = shown.first.locator("blockquote").first
    assert sentence.is_visible()
    assert sentence.inner_text() in {row[1] for row in picture["sentences"].table.rows}
    assert shown.first.locator("a[rel~=noopener]").first.get_attribute("href").startswith("http")

    hidden = page.locator("details.fact[data-kind='funding']").first
    page.evaluate("id => { location.hash = id }", hidden.get_attribute("id"))
    assert hidden.locator("blockquote").first.is_visible()
    assert page.pdf()[:4] == b"%PDF"
    assert [url for url in asked if not url.startswith("file:")] == []
    assert errors == []

    phone = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
    phone.goto((demo / "report.html").as_uri() + "#" + hidden.get_attribute("id"))
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert phone.locator("details.fact[open]").count() == 1
    assert phone.locator(".narrow svg:visible").count() == len(CHARTS)
    assert phone.locator(".wide svg:visible").count() == 0
    assert phone.evaluate(CONTRAST) == []
