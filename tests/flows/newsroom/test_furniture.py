"""What surrounds the stories weighs as much as on real pages, is the same in every run, and is no part of a story."""

import json
import re
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest
import trafilatura
from lxml import html

from extractors.article import clean_page
from extractors.errors import SeedError
from extractors.records import Page
from flows.newsroom import read_newsroom, render_page
from flows.newsroom.furniture import furniture_parts
from flows.newsroom.names import class_name, slug_of
from flows.newsroom.styles import stylesheet

SAMPLE = Path(__file__).parents[3] / "seeds" / "sample"
NEWSROOM = read_newsroom(SAMPLE)
SITE = NEWSROOM.site()
OUTLETS = {outlet.host: outlet for outlet in NEWSROOM.outlets}


def pages_of(outlet):
    return {story: SITE[outlet.host, story.path].body for story in NEWSROOM.articles_of(outlet)}


def outlet_named(name):
    return next(outlet for outlet in NEWSROOM.outlets if outlet.name == name)


@pytest.fixture(params=NEWSROOM.outlets, ids=lambda outlet: outlet.host)
def outlet(request):
    return request.param


@pytest.fixture(params=NEWSROOM.articles, ids=lambda story: story.url)
def story(request):
    return request.param


def test_pages_weigh_what_news_pages_weigh(outlet):
    sizes = [len(page) for page in pages_of(outlet).values()]
    assert min(sizes) > 35_000
    assert max(sizes) < 160_000
    assert max(sizes) < 1.1 * min(sizes)


def test_outlets_differ_in_weight():
    sizes = [median(map(len, pages_of(outlet).values())) for outlet in NEWSROOM.outlets]
    assert max(sizes) > 3 * min(sizes)
    assert 60_000 < median(sizes) < 150_000


def test_a_page_has_as_many_links_as_a_news_page(outlet):
    for page in pages_of(outlet).values():
        assert 60 <= len(html.fromstring(page).findall(".//a")) <= 250


def test_a_page_weighs_the_same_under_another_host_and_without_related_stories(outlet):
    moved = replace(outlet, host="127.0.0.2:8765")
    for story, page in pages_of(outlet).items():
        other = replace(story, outlet=moved.host, title=f"{story.title} again", slug=f"{story.slug}-2")
        assert len(render_page(moved, other)) == pytest.approx(len(page), rel=0.04)


def test_the_same_folder_gives_the_same_bytes():
    again = read_newsroom(SAMPLE).site()
    assert {key: answer.body for key, answer in again.items()} == {key: answer.body for key, answer in SITE.items()}


def test_what_a_template_asks_for_is_there():
    for (host, path), answer in SITE.items():
        if answer.content_type.startswith("text/html"):
            left = re.search(rb"\$[a-z_]+\b", re.sub(rb"<script.*?</script>", b"", answer.body, flags=re.DOTALL))
            assert left is None, (host, path)


def test_inlined_state_can_be_read_and_names_other_stories(outlet):
    for story, page in pages_of(outlet).items():
        scripts = html.fromstring(page).findall(".//script")
        states = [s.text for s in scripts if (s.get("type") or "").endswith("/json")]
        states += [s.text.partition("__config = ")[2].rstrip(";") for s in scripts if "__config = " in (s.text or "")]
        assert len(states) == bool(outlet.furniture.state)
        for state in map(json.loads, states):
            named = [item["title"] for part in state["props"]["collections"] for item in part["items"]]
            assert state["props"]["article"]["title"] == story.title
            assert len(named) > 8
            assert story.title not in named


def test_no_card_points_at_the_page_itself(outlet):
    card = class_name(outlet.furniture, "teaser", "title")
    for story, page in pages_of(outlet).items():
        cards = html.fromstring(page).find_class(card)
        titles = [element.text_content() for element in cards]
        assert len(titles) == outlet.furniture.cards
        assert story.title not in titles


def test_the_outlet_that_states_its_date_in_the_address_states_it_nowhere_else():
    for page in pages_of(outlet_named("Le Cap Info")).values():
        assert b"<time" not in page
        assert not re.search(rb"\b2025-\d\d-\d\d|20250\d", re.sub(rb'href="[^"]*"', b"", page))


def test_a_cleaned_page_holds_its_own_story_and_no_other(story):
    answer = SITE[story.outlet, story.path]
    article = clean_page(Page(story.url, story.url, 200, answer.content_type, answer.body, story.published))
    lines = {" ".join(line.split()) for line in article.text.split("\n\n")}
    own = {" ".join(paragraph.split()) for paragraph in story.paragraphs}
    assert own <= lines
    assert article.title == story.title
    teasers = {text for teaser in OUTLETS[story.outlet].teasers for text in (teaser.title, teaser.summary)}
    phrases = set(OUTLETS[story.outlet].furniture.phrases.values())
    assert not lines & ((teasers | phrases) - {story.title, story.summary})


def test_bare_trafilatura_seldom_takes_a_teaser_for_the_story():
    taken = 0
    for story in NEWSROOM.articles:
        text = trafilatura.extract(SITE[story.outlet, story.path].body, include_comments=False)
        others = {each.summary for each in OUTLETS[story.outlet].teasers} - {story.summary}
        taken += any(summary in text for summary in others)
    assert taken <= 0.1 * len(NEWSROOM.articles)


def test_staged_pages_of_an_outlet_have_its_furniture():
    for each in NEWSROOM.staged:
        if each.entry and each.answer:
            assert len(each.answer.body) > 35_000
    (video,) = (each.answer.body for each in NEWSROOM.staged if each.rejection.url.startswith("http://www.nairobi"))
    parts = furniture_parts(outlet_named("The Nairobi Ledger"))
    assert all(parts[name].encode() in video for name in ("menu", "drawer", "footer", "head"))
    assert b"<h1>WATCH: Officers board the plane for Haiti</h1>" in video


def test_class_names_follow_the_outlet_s_manner():
    plain, bem, modules = (replace(NEWSROOM.outlets[0].furniture, naming=n) for n in ("plain", "bem", "modules"))
    assert class_name(plain, "most-read", "item") == "most-read-item"
    assert class_name(bem, "most-read", "item") == "nl-most-read__item"
    assert re.fullmatch(r"MostRead_item__[0-9a-f]{5}", class_name(modules, "most-read", "item"))


def test_an_address_is_made_of_a_label():
    assert slug_of("Dajabón & Elías Piña") == "dajabon-elias-pina"


def test_a_larger_design_has_a_larger_stylesheet():
    furniture = NEWSROOM.outlets[0].furniture
    small, large = (stylesheet(replace(furniture, components=count)) for count in (5, 40))
    assert len(large) > 4 * len(small)
    assert large.count("{") == large.count("}")


def test_an_outlet_without_furniture_is_refused_by_name(tmp_path):
    for file in SAMPLE.rglob("*.*"):
        target = tmp_path / file.relative_to(SAMPLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    text = (tmp_path / "furniture.toml").read_text(encoding="utf-8")
    (tmp_path / "furniture.toml").write_text(text.replace("[le-cap", "[le-port"), encoding="utf-8")
    with pytest.raises(SeedError, match="le-cap"):
        read_newsroom(tmp_path)
