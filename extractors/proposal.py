"""Document -> Proposals: what an extractor of another make hands in, before anything of it is believed.

A proposal names words of the text. `extractors.facts.gate` looks them up and reads values, dates and names out of them
itself: a number, a date or an id that an extractor states of its own is compared, never taken over.
docs/extractors.md shows how to write one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from extractors.errors import MissionwireError
from extractors.records import Document, Mission

# Packages offer a factory under this entry-point group: called with the settings, it returns a ProposingExtractor.
ENTRY_POINTS = "missionwire.extractors"

# Slots whose words a proposal may name.
WORDED_SLOTS = ("trigger", "value", "unit", "actor", "target", "person", "role", "event", "place", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One assertion as another extractor has it.

    Args:
        kind, subkind, status, measure: of the closed lists of docs/claims.md.
        quote: the passage it stands in, as it stands.
        words: slot -> its words, as they stand within the passage.
        value: the number the extractor took the value's words to mean; it has to be what they say.
    """

    kind: str
    quote: str
    words: Mapping[str, str] = field(default_factory=dict)
    value: float | None = None
    subkind: str | None = None
    status: str | None = None
    measure: str | None = None


class ExtractorError(MissionwireError):
    """An extractor gave no usable answer for a document.

    Args:
        reason: no_answer (time-out, refused connection, HTTP status) or bad_answer (not what the protocol says).
    """

    def __init__(self, reason: Literal["no_answer", "bad_answer"], detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason} ({self.detail})"


class ProposingExtractor(Protocol):
    """What stands behind the entry-point group.

    `name` and `version` are kept with every claim: a new version is another extractor. `propose` may be called from
    several threads at once.
    """

    name: str
    version: str

    def propose(self, document: Document, mission: Mission) -> Sequence[Proposal]:
        """What it finds in a document for a mission.

        Raises:
            ExtractorError: it has no answer; the document keeps the claims of the other extractors.
        """
        ...
