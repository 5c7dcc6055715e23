"""Document -> Claims, as `missionwire extract` has them: by the rules, and by what else the settings name."""

from __future__ import annotations

from pathlib import Path

from extractors.facts.extractor import ClaimExtractor
from extractors.records import Claim, Document
from flows.document_page import render_document
from flows.documents import DocumentError
from flows.missions import named_missions
from flows.progress import log
from flows.proposing import Proposers, other_extractors
from flows.settings import Settings


class DocumentReader:
    """All extractors for the missions that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self._extractors = [ClaimExtractor(mission) for mission in named_missions(settings)]
        self.missions = [extractor.mission.title for extractor in self._extractors]
        self._proposers = Proposers(self._extractors, other_extractors(settings))

    def read(self, document: Document) -> tuple[Claim, ...]:
        """The claims of a document, the rules' in the order of the text; what is not read and why is told on stderr."""
        read = [(extractor, extractor.extract(document)) for extractor in self._extractors]
        for extractor, made in read:
            if not made and (reason := extractor.why_unread(document)):
                log.info("%s: not read, %s", document.id, reason)
        claims = tuple(claim for _, made in read for claim in made)
        found, refusals, _ = self._proposers.read(document, claims)
        for refusal in refusals:
            log.warning("%s: refused from %s: %s (%s)", document.id, refusal.extractor, refusal.reason, refusal.detail)
        return (*claims, *found)


class PageWriter:
    """Writes `--html`: one page into a file, or a page a document into a folder.

    Args:
        path: the file; the folder (made when missing) where there are several documents.
        reader: for the titles of its missions.

    Raises:
        DocumentError: several documents, and a path that names one file.
    """

    def __init__(self, path: Path, reader: DocumentReader, *, is_single: bool) -> None:
        self._path = path
        self._missions = reader.missions
        self._is_file = is_single and not path.is_dir()
        if not self._is_file and path.suffix in (".html", ".htm"):
            raise DocumentError(
                f"--html {path}: one file for several documents; right would be a folder, such as pages/"
            )

    def write(self, document: Document, claims: tuple[Claim, ...]) -> None:
        """Write the page of one document."""
        file = self._path if self._is_file else self._path / f"{document.id.replace('/', '_')}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        # A lone surrogate is no character, and cannot be written.
        page = render_document(document, claims, self._missions).encode("utf-8", "replace")
        file.write_bytes(page)
