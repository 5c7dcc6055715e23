"""docs/adding-a-kind.md: its blocks, put where it says, give a claim of the new kind."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path

from extractors.facts import lexicon as lexicons
from extractors.facts.extractor import ClaimExtractor
from extractors.facts.kinds import counted
from extractors.records import Document

PAGE = Path(__file__).parents[3] / "docs" / "adding-a-kind.md"


def _block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL).group(1)


def _extend_english(folder):
    english = (lexicons.LEXICONS / "en.toml").read_text(encoding="utf-8")
    before, first, after = english.partition("[[cue]]")
    (folder / "en.toml").write_text(before + _block("toml") + "\n" + first + after, encoding="utf-8")


def test_the_blocks_of_the_page_give_a_claim(mission, monkeypatch, tmp_path):
    _extend_english(tmp_path)
    monkeypatch.setattr(lexicons, "LEXICONS", tmp_path)
    lexicons.read_lexicon.cache_clear()
    lexicons._read_tables.cache_clear()
    module = {}
    exec(_block("python"), module)
    monkeypatch.setitem(counted._BY_KIND, "arrest", module["draft_arrest"])
    wanting = dataclasses.replace(mission, kinds=(*mission.kinds, "arrest"))
    text = "Gang Suppression Force.\n\nThe police in Haiti arrested 32 people on Monday."
    claims = ClaimExtractor(wanting).extract(Document("test", "", text, "en", date(2025, 1, 19)))
    lexicons.read_lexicon.cache_clear()
    lexicons._read_tables.cache_clear()
    told = [(claim.kind, claim.value_best, claim.actor, claim.event_start) for claim in claims]
    assert told == [("arrest", 32, "HTI", date(2025, 1, 13))]
