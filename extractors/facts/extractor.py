"""Document -> Claims: reads a document for one mission."""

from __future__ import annotations

from extractors.facts.context import Context, read_context
from extractors.facts.kinds import read_claims
from extractors.facts.lexicon import Lexicon, read_lexicon
from extractors.facts.names import Names
from extractors.facts.release import extractor_version
from extractors.facts.relevance import SETTLED, Relevance
from extractors.facts.wording import read_wording
from extractors.records import Claim, Document, Mission, MissionMatch


class ClaimExtractor:
    """All rules and names for one mission; built once per process, then shared by all documents.

    Args:
        mission: as `extractors.seeds.read_mission` reads it.
    """

    def __init__(self, mission: Mission) -> None:
        self.mission = mission
        self.version = extractor_version(mission)
        self._known: dict[str, tuple[Lexicon, Names] | None] = {}
        self._relevance = Relevance(mission)

    def match(self, document: Document) -> MissionMatch:
        """How strongly a document is about the mission: from 1.0 on it is."""
        return self._relevance.match(document)

    def may_concern(self, title: str, summary: str) -> bool:
        """True when a feed entry may lead to an article about the mission."""
        return self._relevance.may_concern(title, summary)

    def extract(self, document: Document) -> tuple[Claim, ...]:
        """Every claim of a document; none where it is about something else or in a language without a lexicon."""
        context = self.read(document)
        return () if context is None else read_claims(context, self.version)

    def why_unread(self, document: Document) -> str:
        """Why `extract` does not look for claims in a document; "" where it does."""
        if self._knows(document.language) is None:
            return f"no lexicon reads its language, {document.language!r}"
        match = self.match(document)
        if match.score >= SETTLED:
            return ""
        told = f"it is not about {self.mission.name}: {match.score:.2f} of {SETTLED:.1f}"
        words = {"for it": match.terms, "against it": self._relevance.find_against(document)}
        return ", ".join([told, *(f"{side}: {', '.join(found)}" for side, found in words.items() if found)])

    def read(self, document: Document) -> Context | None:
        """A document with every word looked up; None where it is about something else, or no lexicon knows its words.

        What rules of other makes may stand on: `kinds` are ours.
        """
        known = self._knows(document.language)
        if known is None or self.match(document).score < SETTLED:
            return None
        lexicon, names = known
        return read_context(document, self.mission, lexicon, names)

    def _knows(self, language: str) -> tuple[Lexicon, Names] | None:
        """The words and names of a language, looked up once."""
        if language not in self._known:
            lexicon = read_lexicon(language, read_wording(self.mission, language))
            self._known[language] = None if lexicon is None else (lexicon, Names(self.mission, lexicon))
        return self._known[language]
