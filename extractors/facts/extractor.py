"""Document -> Claims: reads a document for one mission."""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick, MatchKind

from extractors.facts.context import Context, read_context
from extractors.facts.kinds import read_claims
from extractors.facts.lexicon import Lexicon, read_lexicon
from extractors.facts.names import Names
from extractors.facts.release import extractor_version
from extractors.facts.tokens import fold_text
from extractors.facts.wording import read_wording
from extractors.records import Claim, Document, Mission, MissionMatch, Term

# Below it a document is about something else (weights are those of the mission's terms, 1.0 settles it).
SETTLED = 1.0
# Longer words in capitals are shouted, not abbreviated.
LONGEST_ACRONYM = 6


class ClaimExtractor:
    """All rules and names for one mission; built once per process, then shared by all documents.

    Args:
        mission: as `extractors.seeds.read_mission` reads it.
    """

    def __init__(self, mission: Mission) -> None:
        self.mission = mission
        self.version = extractor_version(mission)
        self._known: dict[str, tuple[Lexicon, Names] | None] = {}
        acronyms = [term for term in mission.terms if term.text.isupper() and len(term.text) <= LONGEST_ACRONYM]
        # Spanish and French outlets write long acronyms as names: "Binuh".
        as_names = [(term.text.capitalize(), term) for term in acronyms if len(term.text) > 3]
        self._acronyms = _Terms([*((term.text, term) for term in acronyms), *as_names])
        self._terms = _Terms([(fold_text(term.text), term) for term in mission.terms if term not in acronyms])

    def match(self, document: Document) -> MissionMatch:
        """How strongly a document is about the mission: the weights of the distinct terms found, added up."""
        terms = self._find_terms(f"{document.title}\n{document.text}", document.language)
        score = sum(term.weight for term in terms)
        return MissionMatch(self.mission.name, round(score, 3), tuple(sorted({term.text for term in terms})))

    def may_concern(self, title: str, summary: str) -> bool:
        """True when a feed entry may lead to an article about the mission: any of its terms will do."""
        return bool(self._find_terms(f"{title}\n{summary}"))

    def extract(self, document: Document) -> tuple[Claim, ...]:
        """Every claim of a document; none where it is about something else or in a language without a lexicon."""
        context = self.read(document)
        return () if context is None else read_claims(context, self.version)

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

    def _find_terms(self, text: str, language: str | None = None) -> set[Term]:
        """Acronyms count as written ("MSS"), all other terms whatever their case and accents."""
        return self._acronyms.find(text, language) | self._terms.find(fold_text(text), language)


class _Terms:
    """An automaton over one set of terms; of a word that several languages share, a document's own weight counts."""

    def __init__(self, pairs: list[tuple[str, Term]]) -> None:
        forms: dict[str, list[Term]] = {}
        for text, term in pairs:
            forms.setdefault(text, []).append(term)
        self._terms = list(forms.values())
        self._automaton = AhoCorasick(list(forms), matchkind=MatchKind.Standard) if forms else None

    def find(self, text: str, language: str | None) -> set[Term]:
        if self._automaton is None:
            return set()
        # A lone surrogate is no character; the automaton, which reads UTF-8, takes "?" for it.
        text = text.encode("utf-8", "replace").decode("utf-8")
        return {
            _of_language(self._terms[number], language)
            for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
        }


def _of_language(terms: list[Term], language: str | None) -> Term:
    return next((term for term in terms if term.language in (None, language)), terms[0])
