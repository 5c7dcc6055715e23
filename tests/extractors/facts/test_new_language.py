"""docs/adding-a-language.md: its shortest lexicon reads a sentence, and it tells of every key that there is."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from extractors.facts import lexicon as lexicons
from extractors.facts.extractor import ClaimExtractor
from extractors.records import Document

PAGE = Path(__file__).parents[3] / "docs" / "adding-a-language.md"


@pytest.fixture
def page():
    return PAGE.read_text(encoding="utf-8")


def test_the_shortest_lexicon_of_the_page_reads_its_sentence(page, mission, monkeypatch, tmp_path):
    block = re.search(r"```toml\n(.*?)```", page, re.DOTALL).group(1)
    (tmp_path / "pt.toml").write_text(block, encoding="utf-8")
    monkeypatch.setattr(lexicons, "LEXICONS", tmp_path)
    text = "Gang Suppression Force.\n\nCerca de 70 pessoas foram mortas ontem em Cabaret."
    (claim,) = ClaimExtractor(mission).extract(Document("test", "", text, "pt", date(2025, 1, 19)))
    assert (claim.kind, claim.value_best, claim.qualifier, claim.place) == ("casualty", 70, "about", "Cabaret")
    assert claim.event_start == date(2025, 1, 18)


@pytest.mark.parametrize("path", sorted(lexicons.LEXICONS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_table_and_every_way_of_writing_is_told_of(page, path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    names = {"writing", "inflection", *data["writing"], *data.get("inflection", {}), *data} - {"language"}
    assert [name for name in sorted(names) if f"`{name}`" not in page and f"[{name}" not in page] == []
