"""Document -> Claims, as `missionwire extract` has them: by the rules, and by what else the settings name."""

from __future__ import annotations

from extractors.facts import ClaimExtractor
from extractors.records import Claim, Document
from flows.missions import named_missions
from flows.progress import log
from flows.proposing import Proposers, other_extractors
from flows.settings import Settings


class DocumentReader:
    """All extractors for the missions that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self._extractors = [ClaimExtractor(mission) for mission in named_missions(settings)]
        self._proposers = Proposers(self._extractors, other_extractors(settings))

    def read(self, document: Document) -> tuple[Claim, ...]:
        """The claims of a document, the rules' in the order of the text; what the gate refused is told on stderr."""
        claims = tuple(claim for extractor in self._extractors for claim in extractor.extract(document))
        found, refusals = self._proposers.read(document, claims)
        for refusal in refusals:
            log.warning("%s: refused from %s: %s (%s)", document.id, refusal.extractor, refusal.reason, refusal.detail)
        return (*claims, *found)
