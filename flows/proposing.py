"""Readings -> Readings with what other extractors found besides, as far as it passed the grounding gate.

Extractors of other makes come through the entry-point group `missionwire.extractors`; none is on unless named.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from extractors.errors import SettingsError
from extractors.facts.extractor import ClaimExtractor
from extractors.facts.gate import Maker, admit, refuse
from extractors.proposal import ENTRY_POINTS, ExtractorError, ProposingExtractor
from extractors.records import Claim, Document, Extraction, Reading, Refusal, Rejection, Rereading, StoredText
from flows.faults import explain_fault
from flows.progress import log
from flows.reading import document_of, document_of_text, rules_of, under_its_version
from flows.settings import Settings

T = TypeVar("T", Reading, Rereading)

# Most of their time is waiting for a server; more at once would only queue there.
_AT_ONCE = 4

Found = tuple[tuple[Claim, ...], tuple[Refusal, ...], tuple[Extraction, ...]]


class Proposers:
    """The other extractors that the settings name, for some missions.

    Args:
        extractors: one for each mission.
        others: as `other_extractors` makes them.
    """

    def __init__(self, extractors: Sequence[ClaimExtractor], others: Sequence[ProposingExtractor]) -> None:
        self._extractors = tuple(extractors)
        self._others = tuple(others)

    def add(self, results: Sequence[Reading | Rejection]) -> list[Reading | Rejection]:
        """Readings with the claims and refusals of the other extractors; everything else as it came."""
        if not self._others:
            return list(results)
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            return list(threads.map(self._add_one, results))

    def _add_one(self, result: Reading | Rejection) -> Reading | Rejection:
        if isinstance(result, Rejection):
            return result
        document = document_of(result.article_id, result.article)
        return _join(result, *self.read(document, result.claims))

    @property
    def readers(self) -> tuple[Extraction, ...]:
        """All extractors of today, the rules among them: who has to have read a text for it to be up to date."""
        others = (
            Extraction(extractor.mission.name, other.name, other.version)
            for extractor in self._extractors
            for other in self._others
        )
        return (*map(rules_of, self._extractors), *others)

    def add_to_texts(
        self, texts: Sequence[StoredText], results: Sequence[Rereading | Rejection]
    ) -> list[Rereading | Rejection]:
        """As `add`, for stored texts and what was read from each."""
        if not self._others:
            return list(results)
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            return list(threads.map(self._add_to_text, texts, results))

    def _add_to_text(self, text: StoredText, result: Rereading | Rejection) -> Rereading | Rejection:
        if isinstance(result, Rejection):
            return result
        claims, refusals, extractions = self.read(document_of_text(text), result.claims)
        own = tuple(under_its_version(claim, text) for claim in claims)
        refused = tuple(dataclasses.replace(refusal, version_id=text.version_id) for refusal in refusals)
        return _join(result, own, refused, extractions)

    def read(self, document: Document, known: Sequence[Claim]) -> Found:
        """What they find in one document besides the claims known; one that fails is a refusal with its reason."""
        claims: list[Claim] = []
        refusals: list[Refusal] = []
        extractions: list[Extraction] = []
        for extractor in self._extractors:
            for other in self._others:
                found, refused, read = _read_one(extractor, other, document, (*known, *claims))
                claims += found
                refusals += refused
                extractions += read
        return tuple(claims), tuple(refusals), tuple(extractions)


def _join(
    result: T, claims: tuple[Claim, ...], refusals: tuple[Refusal, ...], extractions: tuple[Extraction, ...]
) -> T:
    return dataclasses.replace(
        result,
        claims=(*result.claims, *claims),
        refusals=refusals,
        extractions=(*result.extractions, *extractions),
    )


def other_extractors(settings: Settings) -> tuple[ProposingExtractor, ...]:
    """The extractors that the settings name, in that order.

    Raises:
        SettingsError: no installed package offers one of that name, or it cannot be set up.
    """
    offered = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    return tuple(_make(name, offered, settings) for name in settings.extractor_names)


def _make(name: str, offered: dict[str, EntryPoint], settings: Settings) -> ProposingExtractor:
    if name not in offered:
        raise SettingsError(
            f"extractors: nothing installed offers {name!r}; there is {', '.join(sorted(offered)) or 'none'}"
        )
    try:
        made: ProposingExtractor = offered[name].load()(settings)
    except SettingsError:
        raise
    except Exception as error:
        raise SettingsError(f"extractors: {name} cannot be set up: {explain_fault(error)}") from error
    return made


def _read_one(
    extractor: ClaimExtractor, other: ProposingExtractor, document: Document, known: Iterable[Claim]
) -> Found:
    context = extractor.read(document)
    has_read = (Extraction(extractor.mission.name, other.name, other.version),)
    if context is None:
        return (), (), has_read
    maker = Maker(other.name, other.version)
    try:
        proposals = list(other.propose(document, extractor.mission))
        ours = [claim for claim in known if claim.mission == extractor.mission.name]
        return (*admit(context, proposals, maker, ours), has_read)
    except ExtractorError as error:
        log.warning("%s: %s of %s", other.name, error, document.id)
        # Who gave no answer has not read it: the next reextract asks again.
        return (), (refuse(context, maker, error.reason, error.detail),), ()
    except Exception as error:  # noqa: BLE001 - another package's code may raise anything, and costs only its own claims
        log.warning("%s: %s of %s", other.name, explain_fault(error), document.id)
        return (), (refuse(context, maker, "no_answer", explain_fault(error)),), ()
