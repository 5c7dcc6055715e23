"""The page of `missionwire extract --html`: as text, and in a browser."""

import json
import re
import shutil
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.facts.extractor import ClaimExtractor
from extractors.records import Document
from extractors.seeds import read_mission
from flows.document_page import cut_text, render_document
from flows.settings import SEEDS
from tests.flows.command import missionwire
from tests.flows.newspaper import PARAGRAPHS

DOCUMENT = Document("d<1>", "Kenya sends 150 officers & more", "\n\n".join(PARAGRAPHS), "en", date(2025, 1, 18))


@pytest.fixture(scope="module")
def claims():
    return ClaimExtractor(read_mission(SEEDS / "missions/haiti")).extract(DOCUMENT)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_the_segments_put_together_are_the_text(text, ends):
    spans = [
        (number, "value", min(a, b), max(a, b))
        for number, (a, b) in enumerate(ends, 1)
        if min(a, b) < max(a, b) <= len(text)
    ]
    segments = cut_text(text, spans)
    assert "".join(segment.words for segment in segments) == text
    for number, _, start, end in spans:
        assert "".join(s.words for s in segments if number in s.claims) == text[start:end]


def test_nothing_of_the_document_becomes_markup(claims):
    evil = Document("d", "<script>alert(1)</script>", "<b>no</b>", "en")
    page = render_document(evil, (), ["Haiti"])
    assert "<script>alert" not in page
    assert "<b>no</b>" not in page
    assert "&lt;b&gt;no&lt;/b&gt;" in page


def test_every_span_of_every_claim_is_marked(claims):
    page = render_document(DOCUMENT, claims, ["Haiti"])
    body = page[page.index('<div class="text">') :]
    marks = re.findall(r'<mark data-claims="([\d ]+)" data-slots="([\w ]+)"[^>]*>(.*?)</mark>', body, re.DOTALL)
    for number, claim in enumerate(claims, 1):
        for slot, spans in claim.spans.items():
            if slot == "sentence" or claim.in_title:
                continue
            words = "".join(unescape(w) for n, s, w in marks if str(number) in n.split() and slot in s.split())
            assert words == "".join(DOCUMENT.text[slice(*span)] for span in spans)


def test_the_page_is_whole(claims):
    page = render_document(DOCUMENT, claims, ["Haiti"])
    assert "http" not in re.sub(r'http-equiv="[^"]*"', "", page)


def _write_documents(folder, *names):
    for name in names:
        (folder / name).write_text(json.dumps({"id": name[0], "title": "T", "text": PARAGRAPHS[0], "lang": "en"}))


def test_one_document_gives_a_file_and_several_a_folder(tmp_path):
    _write_documents(tmp_path, "a.json", "b.json")
    done = missionwire("extract", "a.json", "--html", "a.html", cwd=tmp_path)
    assert done.returncode == 0
    assert "deployment" in (tmp_path / "a.html").read_text()
    assert missionwire("extract", "a.json", "b.json", "--html", "pages", cwd=tmp_path).returncode == 0
    assert sorted(file.name for file in (tmp_path / "pages").iterdir()) == ["a.html", "b.html"]
    refused = missionwire("extract", "a.json", "b.json", "--html", "both.html", cwd=tmp_path)
    assert refused.returncode == 2
    assert "right would be a folder" in refused.stderr


@pytest.mark.long
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium; .ci/run installs it")
def test_a_click_on_a_claim_shows_its_words_and_a_click_on_words_their_claim(claims, tmp_path):
    from playwright.sync_api import sync_playwright

    file = tmp_path / "page.html"
    file.write_text(render_document(DOCUMENT, claims, ["Haiti"]))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - it wants a function
        page.goto(file.as_uri())
        number = next(n for n, claim in enumerate(claims, 1) if claim.kind == "deployment")
        page.locator(f"li[data-claim='{number}']").click()
        shown = page.locator("mark.on").all_inner_texts()
        assert "150" in shown
        assert "Kenya" in shown
        page.reload()
        page.locator("mark[data-slots~='value']", has_text="150").first.click()
        assert "150" in page.locator("li.on").inner_text()
        page.keyboard.press("Tab")
        assert page.locator("li.on").count() == 1
        page.set_viewport_size({"width": 380, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert errors == []
        assert asked == [file.as_uri()] * 2
        browser.close()
