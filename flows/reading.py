"""Archived page -> Reading or Rejection: clean it, tell its language, read its claims; or a stored text's claims anew.

Runs in worker processes, each of which loads the missions once. Joins the extractors, which do not know each other.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from extractors.agency import credited_agency
from extractors.article import clean_page
from extractors.errors import ArticleError, FetchError
from extractors.facts.extractor import ClaimExtractor
from extractors.facts.relevance import SETTLED
from extractors.language import detect_language
from extractors.records import (
    Article,
    Claim,
    Document,
    Entry,
    Extraction,
    Feed,
    Mission,
    MissionMatch,
    Page,
    Publisher,
    Reading,
    Reason,
    Rejection,
    Rereading,
    Stage,
    StoredText,
    stable_id,
)
from extractors.seeds import read_publishers
from extractors.similarity import sketch_text
from extractors.url import canonicalize, registered_domain, same_site
from flows.faults import explain_fault
from flows.fetch.archive import read_archived
from flows.missions import named_missions
from flows.progress import log
from flows.settings import Settings

# A page without an article today may hold one tomorrow where the wall was in the way, not where the address is wrong.
_MAY_CHANGE = {Reason.CONSENT_WALL, Reason.BOT_WALL, Reason.INTERNAL_ERROR, Reason.NO_TEXT}


class ArticleReader:
    """Reads pages for some missions. Costs a second to make, so there is one a process.

    Args:
        feeds: by URL, for the outlet behind an entry.
        publishers: for the outlet behind a page that no feed led to, and for the names of agencies.
    """

    def __init__(self, missions: Sequence[Mission], publishers: Sequence[Publisher], feeds: Mapping[str, Feed]) -> None:
        self._extractors = tuple(ClaimExtractor(mission) for mission in missions)
        self._extractions = tuple(rules_of(extractor) for extractor in self._extractors)
        self._feeds = feeds
        self._publishers = {publisher.domain: publisher for publisher in publishers}
        self._agencies = tuple(publisher.outlet for publisher in publishers if publisher.kind == "agency")

    def read(self, page: Page, entry: Entry | None) -> Reading | Rejection:
        """Read a page; what goes wrong on the way becomes a rejection with its reason."""
        feed = entry.feed_url if entry else None
        try:
            return self._read(page, entry)
        except ArticleError as error:
            return _rejection(page, Stage.CLEAN, error.reason, error.detail, feed)
        except Exception as error:  # noqa: BLE001 - one page that no rule foresaw must not stop a thousand others
            return _rejection(page, Stage.EXTRACT, Reason.INTERNAL_ERROR, explain_fault(error), feed)

    def _read(self, page: Page, entry: Entry | None) -> Reading:
        feed_date = entry.published_at or entry.updated_at if entry else None
        article = clean_page(page, feed_date=feed_date, feed_title=entry.title if entry else None)
        article = dataclasses.replace(article, language=detect_language(article.text, declared=article.language))
        url = _canonical_url(page, article)
        document = document_of(stable_id(url), article)
        matches, claims = self._extract(document)
        outlet, country = self._outlet(url, entry)
        return Reading(
            article_id=document.id,
            url=url,
            article=article,
            asked_url=page.url,
            final_url=page.final_url,
            fetched_at=page.fetched_at,
            entry=entry,
            outlet=outlet,
            outlet_country=country,
            agency=credited_agency(article.text, article.authors, self._agencies),
            archive_file=page.archive_file,
            archive_offset=page.archive_offset,
            matches=matches,
            claims=claims,
            extractions=self._extractions,
            sketch=sketch_text(article.text),
        )

    def reread(self, text: StoredText) -> Rereading:
        """Read a stored text by today's rules."""
        matches, claims = self._extract(document_of_text(text))
        return Rereading(
            article_id=text.article_id,
            version_id=text.version_id,
            matches=matches,
            claims=tuple(under_its_version(claim, text) for claim in claims),
            extractions=self._extractions,
        )

    def _extract(self, document: Document) -> tuple[tuple[MissionMatch, ...], tuple[Claim, ...]]:
        """The missions that a document is about, and its claims for each of them."""
        matches = [(extractor, extractor.match(document)) for extractor in self._extractors]
        about = [(extractor, match) for extractor, match in matches if match.score >= SETTLED]
        claims = (claim for extractor, _ in about for claim in extractor.extract(document))
        return tuple(match for _, match in about), tuple(claims)

    def _outlet(self, url: str, entry: Entry | None) -> tuple[str | None, str | None]:
        """Name and country of the outlet: what the feed list says, else what is known of the domain."""
        domain = registered_domain(url)
        feed = self._feeds.get(entry.feed_url) if entry else None
        publisher = self._publishers.get(domain)
        outlet = (feed and feed.outlet) or (publisher and publisher.outlet) or domain
        return outlet, (feed and feed.country) or (publisher and publisher.country) or None


def document_of(article_id: str, article: Article) -> Document:
    """What claims are read from; a language that could not be told is left empty, and no lexicon answers to it."""
    return Document(article_id, article.title, article.text, article.language or "", article.published_on)


def document_of_text(text: StoredText) -> Document:
    """What claims are read from, of a text in the warehouse."""
    return Document(text.article_id, text.title, text.text, text.language or "", text.published_on)


def under_its_version(claim: Claim, text: StoredText) -> Claim:
    """A claim of a stored text: characters that could not be stored are others now, its version is the same."""
    return claim if claim.version_id == text.version_id else dataclasses.replace(claim, version_id=text.version_id)


def rules_of(extractor: ClaimExtractor) -> Extraction:
    """The rules for one mission, as today's version of an extractor."""
    return Extraction(extractor.mission.name, "rules", extractor.version)


def make_reader(settings: Settings, feeds: Sequence[Feed]) -> ArticleReader:
    """An ArticleReader for the missions that the settings name."""
    publishers = read_publishers(settings.seeds / "publishers.tsv")
    return ArticleReader(named_missions(settings), publishers, {feed.url: feed for feed in feeds})


class ReadingPool:
    """Worker processes that read archived pages, made once a run."""

    def __init__(self, settings: Settings, feeds: Sequence[Feed]) -> None:
        self._settings = settings
        self._feeds = tuple(feeds)
        # A fork of a process with threads may deadlock, and a spawn imports everything anew in each worker.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["flows.preload"])
        # The language model multiplies small matrices; threads for that would only be in the way of the other workers.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._workers = self._start(settings.worker_count)

    def read(self, places: Sequence[tuple[str, int]]) -> list[Reading | Rejection]:
        """Read the pages at these places (file, offset in bytes) of the archive, in order.

        A page that kills its worker becomes a rejection, and costs no other page.
        """
        return self._map(_read_in_worker, places, self._reject)

    def reread(self, texts: Sequence[StoredText]) -> list[Rereading | Rejection]:
        """Read stored texts anew, in order; a text that kills its worker, or trips a rule, becomes a rejection."""
        return self._map(_reread_in_worker, texts, lambda text: reject_text(text, DIED))

    def close(self) -> None:
        """Stop the workers."""
        self._workers.shutdown()

    def _map(self, read: Callable[[Any], Any], items: Sequence[Any], give_up: Callable[[Any], Any]) -> list[Any]:
        try:
            return list(self._workers.map(read, items, chunksize=8))
        except BrokenProcessPool:
            log.warning("a worker died while it read; the %d articles of its batch are read one by one", len(items))
        self._restart()
        return [self._read_alone(read, item, give_up) for item in items]

    def _start(self, count: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            count, self._context, initializer=_start_worker, initargs=(self._settings, self._feeds)
        )

    def _restart(self) -> None:
        self._workers.shutdown()
        self._workers = self._start(self._settings.worker_count)

    def _read_alone(self, read: Callable[[Any], Any], item: Any, give_up: Callable[[Any], Any]) -> Any:
        try:
            return self._workers.submit(read, item).result()
        except BrokenProcessPool:
            self._restart()
            return give_up(item)

    def _reject(self, place: tuple[str, int]) -> Rejection:
        return reject_dead_page(*read_archived(self._settings.archive_folder, *place))


DIED = "the process that read it died: out of memory, or a fault in a library"


_worker: tuple[ArticleReader, Path] | None = None


def _start_worker(settings: Settings, feeds: tuple[Feed, ...]) -> None:
    global _worker  # noqa: PLW0603 - a process pool has no other place to keep what is loaded once a process
    _worker = make_reader(settings, feeds), settings.archive_folder
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever: it holds the writing end of its own queue."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _read_in_worker(place: tuple[str, int]) -> Reading | Rejection:
    if _worker is None:
        raise RuntimeError("the worker was not started by its pool")
    reader, folder = _worker
    return reader.read(*read_archived(folder, *place))


def _reread_in_worker(text: StoredText) -> Rereading | Rejection:
    if _worker is None:
        raise RuntimeError("the worker was not started by its pool")
    return reread_or_reject(_worker[0], text)


def reread_or_reject(reader: ArticleReader, text: StoredText) -> Rereading | Rejection:
    """Read a stored text anew; what goes wrong becomes a rejection."""
    try:
        return reader.reread(text)
    except Exception as error:  # noqa: BLE001 - one text that no rule foresaw must not stop a thousand others
        return reject_text(text, explain_fault(error))


def reject_dead_page(page: Page, entry: Entry | None) -> Rejection:
    """The rejection of a page that killed its worker."""
    return _rejection(page, Stage.EXTRACT, Reason.INTERNAL_ERROR, DIED, entry.feed_url if entry else None)


def reject_text(text: StoredText, detail: str) -> Rejection:
    """The rejection of a stored text that could not be read."""
    return Rejection(text.article_id, Stage.EXTRACT, Reason.INTERNAL_ERROR, detail)


def _rejection(page: Page, stage: Stage, reason: Reason, detail: str, feed: str | None) -> Rejection:
    return Rejection(page.url, stage, reason, detail, feed, is_final=reason not in _MAY_CHANGE)


def _canonical_url(page: Page, article: Article) -> str:
    """The page's own word for its address, if it names a page of the same site; else the address that answered."""
    url = canonicalize(page.final_url)
    try:
        stated = canonicalize(article.canonical_link) if article.canonical_link else url
    except FetchError:
        return url
    # A front page as canonical address of every article is a fault of many content systems.
    is_front_page = urlsplit(stated).path in ("", "/") and not urlsplit(stated).query
    return stated if same_site(stated, url) and not is_front_page else url
