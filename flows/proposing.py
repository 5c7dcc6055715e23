"""Readings -> Readings with what other extractors found besides, as far as it passed the grounding gate.

Extractors of other makes come through the entry-point group `missionwire.extractors`; none is on unless named.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import EntryPoint, entry_points

from extractors.errors import SettingsError
from extractors.facts import ClaimExtractor
from extractors.facts.gate import Maker, admit, refuse
from extractors.proposal import ENTRY_POINTS, ExtractorError, ProposingExtractor
from extractors.records import Claim, Document, Reading, Refusal, Rejection
from flows.faults import explain_fault
from flows.progress import log
from flows.reading import document_of
from flows.settings import Settings

# Most of their time is waiting for a server; more at once would only queue there.
_AT_ONCE = 4

Found = tuple[tuple[Claim, ...], tuple[Refusal, ...]]


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
        claims, refusals = self.read(document, result.claims)
        return dataclasses.replace(result, claims=(*result.claims, *claims), refusals=refusals)

    def read(self, document: Document, known: Sequence[Claim]) -> Found:
        """What they find in one document besides the claims known; one that fails is a refusal with its reason."""
        claims: list[Claim] = []
        refusals: list[Refusal] = []
        for extractor in self._extractors:
            for other in self._others:
                found, refused = _read_one(extractor, other, document, (*known, *claims))
                claims += found
                refusals += refused
        return tuple(claims), tuple(refusals)


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
    if context is None:
        return (), ()
    maker = Maker(other.name, other.version)
    try:
        proposals = list(other.propose(document, extractor.mission))
        return admit(context, proposals, maker, [claim for claim in known if claim.mission == extractor.mission.name])
    except ExtractorError as error:
        log.warning("%s: %s of %s", other.name, error, document.id)
        return (), (refuse(context, maker, error.reason, error.detail),)
    except Exception as error:  # noqa: BLE001 - another package's code may raise anything, and costs only its own claims
        log.warning("%s: %s of %s", other.name, explain_fault(error), document.id)
        return (), (refuse(context, maker, "no_answer", explain_fault(error)),)
