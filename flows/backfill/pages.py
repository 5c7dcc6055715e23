"""Entries of sitemaps and lists -> spools: ask for their pages as a run does, and keep those of the days asked for."""

# Without `from __future__ import annotations`, as flows.ingest.

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from prefect import task
from prefect.cache_policies import NO_CACHE

from extractors.errors import FetchError
from extractors.records import Entry, Reading, Rejection, Stage
from extractors.timestamp import parse_timestamp
from extractors.url import canonicalize
from flows.backfill.asked import Asked
from flows.backfill.progress import KnownDays
from flows.backfill.sitemaps import Listed, list_pages
from flows.backfill.tally import BackfillTally
from flows.backfill.url_list import read_url_list
from flows.context import RunContext
from flows.fetch.archive import archive_name
from flows.ingest import Fetched, opaque, read_batches
from flows.loading import load_or_leave, load_rest
from flows.pending import run_and_number
from flows.progress import log
from flows.sorting import reject_entry
from warehouse.rows import Record
from warehouse.spool import waiting_spools, write_spool
from warehouse.state import unseen_entries

# What could not even be asked for goes in with the last spool.
_LAST = 999_997
OUTSIDE = "outside the days asked for"
OFF_TOPIC = "not about a mission"
KNOWN = "known already"
# With fewer words than this the last part of an address is a section or a number, and tells nothing of its page.
_FEWEST_WORDS = 4
_WORDS = re.compile(r"[^\W\d_]+")


class Sift:
    """Keeps the articles of the days asked for, and remembers the days of the others."""

    def __init__(self, context: RunContext, tally: BackfillTally, asked: Asked) -> None:
        self._tally = tally
        self._asked = asked
        self._days = KnownDays(context.settings.data / "backfill" / "outside.tsv")

    def keep(self, found: Sequence[Reading | Rejection]) -> list[Reading | Rejection]:
        """All rejections, and the articles that are wanted."""
        refused = {
            each.asked_url: each.article.published_at.isoformat()
            for each in found
            if isinstance(each, Reading) and each.article.published_at and not self._asked.wants(each)
        }
        self._days.add(refused)
        self._tally.left_out[OUTSIDE] += len(refused)
        return [each for each in found if isinstance(each, Rejection) or each.asked_url not in refused]

    def may_want(self, entry: Entry) -> bool:
        """False when it is known before asking that the page is of other days."""
        days = self._asked.days
        known = entry.published_at or parse_timestamp(self._days.moments.get(entry.url, ""))
        return days.have(known) if known else days.may_have_url(entry.url)


def ask_pages(context: RunContext, tally: BackfillTally, asked: Asked) -> None:
    """Take up what a killed backfill archived, list what is wanted, and ask for it batch by batch."""
    sift = Sift(context, tally, asked)
    take_up(opaque(context), opaque(sift))
    load_rest(context.settings, tally, now=context.now)
    listed = list_entries(opaque(context), opaque(asked))
    tally.seen_count += len(listed.entries) + sum(listed.left_out.values())
    tally.left_out.update(listed.left_out)
    tally.fail(len(listed.failures))
    wanted, rejections = choose_entries(context, tally, asked, sift, listed.entries)
    log.info("%d pages to ask for, of %d listed", len(wanted), len(listed.entries))
    for _ in read_batches(context, wanted, lambda fetched: read_pages(opaque(context), opaque(sift), opaque(fetched))):
        load_or_leave(context.settings, tally, now=context.now)
    records = (*listed.failures, *rejections)
    if records:
        write_spool(context.settings.spool_folder, context.run_id, _LAST, records)


@task(name="list pages", cache_policy=NO_CACHE, persist_result=False)
def list_entries(context: RunContext, asked: Asked) -> Listed:
    """What the sources list."""
    if asked.source == "sitemap":
        return list_pages(context, asked)
    entries = [
        entry
        for name in asked.names
        for entry in read_url_list(Path(name).read_bytes(), name=name, feed=asked.feed_of(name))
    ]
    return Listed(entries)


def choose_entries(
    context: RunContext, tally: BackfillTally, asked: Asked, sift: Sift, entries: Sequence[Entry]
) -> tuple[list[Entry], list[Rejection]]:
    """Of all entries those whose page is to be asked for, and the reasons of those that have no address."""
    unseen = unseen_entries(context.settings.warehouse_file, entries, now=context.now)
    tally.left_out[KNOWN] += len({entry.key for entry in entries}) - len(unseen)
    wanted: dict[str, Entry] = {}
    rejections = []
    for entry in unseen:
        try:
            url = canonicalize(entry.url)
        except FetchError as error:
            rejections.append(reject_entry(entry, Stage.POLL, error))
            continue
        if not sift.may_want(entry):
            tally.left_out[OUTSIDE] += 1
        elif not asked.everything and not _may_concern(context, entry, is_chosen=asked.source == "urls"):
            tally.left_out[OFF_TOPIC] += 1
        else:
            wanted.setdefault(url, entry)
    return list(wanted.values()), rejections


def _may_concern(context: RunContext, entry: Entry, *, is_chosen: bool) -> bool:
    """Whether what is known of a page before it is asked for names anything of a mission.

    Args:
        is_chosen: somebody put it into a list; without a title there is nothing to say against it.
    """
    texts = [entry.title] if entry.title or is_chosen else _slug(entry.url)
    if not any(texts):
        return True
    return any(extractor.may_concern(text, "") for extractor in context.extractors for text in texts)


def _slug(url: str) -> list[str]:
    """The last words of an address, with spaces and with hyphens; [] where there are too few to tell of anything."""
    words = _WORDS.findall(unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]))
    return [" ".join(words), "-".join(words)] if len(words) >= _FEWEST_WORDS else []


@task(name="read pages", cache_policy=NO_CACHE, persist_result=False)
def read_pages(context: RunContext, sift: Sift, fetched: Fetched) -> Path:
    """Read archived pages, and spool what is wanted of them."""
    path = _spool(
        context, context.run_id, fetched.number, sift.keep(context.pool.read(fetched.places)), fetched.rejections
    )
    context.pending.done(archive_name(f"{context.run_id}-{fetched.number:04d}", context.now))
    return path


@task(name="take up", cache_policy=NO_CACHE, persist_result=False)
def take_up(context: RunContext, sift: Sift) -> None:
    """Read the pages that this backfill archived before it was killed; nobody is asked for them again."""
    context.pending.forget_spooled(waiting_spools(context.settings.spool_folder))
    for name, places in context.pending.left():
        run_id, number = run_and_number(name)
        if places and number >= 0:
            log.info("%s: %d pages of a backfill that was cut short are read now", name, len(places))
            _spool(context, run_id, number, sift.keep(context.pool.read(places)), ())
        context.pending.done(name)


def _spool(
    context: RunContext,
    run_id: str,
    number: int,
    found: list[Reading | Rejection],
    rejections: Sequence[Rejection],
) -> Path:
    # An entry without an article is not kept as received: a run would ask for it, and knows nothing of the days.
    entries = [each.entry for each in found if isinstance(each, Reading) and each.entry]
    records: tuple[Record, ...] = (*entries, *rejections, *context.proposers.add(found))
    return write_spool(context.settings.spool_folder, run_id, number, records)
