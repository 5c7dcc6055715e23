"""The extractor of the default mission, built once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extractors.facts.extractor import ClaimExtractor
from extractors.records import Claim, Document, Mission
from extractors.seeds import read_mission

MISSION_FOLDER = Path(__file__).parents[3] / "seeds" / "missions" / "haiti"
# A first paragraph that settles what the document is about, and names nobody who could be an actor.
LEADS = {
    "en": "The Multinational Security Support mission in Haiti was the subject of a briefing.\n\n",
    "fr": "La Mission multinationale d'appui à la sécurité en Haïti a fait l'objet d'un point de presse.\n\n",
    "es": "La Misión Multinacional de Apoyo a la Seguridad en Haití fue el tema de una rueda de prensa.\n\n",
    "ht": "Misyon Miltinasyonal Sipò Sekirite a an Ayiti te nan yon konferans pou laprès.\n\n",
    "sw": "Ujumbe wa Kimataifa wa Usaidizi wa Usalama nchini Haiti ulijadiliwa katika mkutano na wanahabari.\n\n",
}


@pytest.fixture(scope="session")
def mission() -> Mission:
    return read_mission(MISSION_FOLDER)


@pytest.fixture(scope="session")
def extractor(mission: Mission) -> ClaimExtractor:
    return ClaimExtractor(mission)


@pytest.fixture(scope="session")
def read(extractor: ClaimExtractor) -> Callable[..., list[Claim]]:
    """Reads one sentence behind a lead, published on Sunday 2025-01-19; roles are left out."""

    def _read(sentence: str, language: str = "en", published: date | None = date(2025, 1, 19)) -> list[Claim]:
        document = Document("test", "", LEADS[language] + sentence, language, published)
        claims = [claim for claim in extractor.extract(document) if claim.start >= len(LEADS[language])]
        return [claim for claim in claims if claim.kind != "role"]

    return _read
