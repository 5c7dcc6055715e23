"""Entries seen -> what is to be done with each: fetched, or accounted for without a page.

A run that takes up the work of a killed one decides as that one did, though half of it lies in the ledger already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.errors import FetchError, TransientError
from extractors.records import Entry, Feed, Reason, Rejection, Stage
from extractors.url import canonicalize
from flows.context import RunContext
from flows.polling import Polled
from warehouse.state import recorded_entries, retriable_entries, unseen_entries


@dataclass(frozen=True, slots=True)
class Sorted:
    """Entries of one run by what is to be done with them, and how many are new in each feed, by its URL."""

    wanted: tuple[Entry, ...]
    unwanted: tuple[Entry, ...]
    rejections: tuple[Rejection, ...]
    new_entries: Counter[str]


def sort_entries(context: RunContext, polled: Sequence[Polled]) -> Sorted:
    """Of all entries seen, those whose page is to be fetched, and a reason for each that is not."""
    file = context.settings.warehouse_file
    seen = tuple({_identity(entry): entry for each in polled for entry in each.entries}.values())
    recorded = recorded_entries(file, seen)
    unseen = unseen_entries(file, seen, now=context.now)
    retriable = retriable_entries(file, now=context.now)
    feeds = {feed.url: feed for feed in context.feeds}
    # The same page in two feeds is asked for once; the other entry is kept as received. What a killed run has fetched
    # of this poll's entries counts as well: it stands in the ledger, and its double is still to come.
    since_poll = {entry for entry, is_since_poll in recorded.items() if is_since_poll}
    asked = {entry.key for entry in (*unseen, *since_poll)}
    taken = _first_of_each_page(context, (entry for entry in seen if entry.key in asked), feeds)
    wanted: list[Entry] = []
    unwanted: list[Entry] = []
    rejections: list[Rejection] = []
    for entry in (*unseen, *retriable):
        try:
            url = _wanted_url(context, entry, feeds.get(entry.feed_url))
        except FetchError as error:
            unwanted.append(entry)
            rejections.append(reject_entry(entry, Stage.POLL, error))
            continue
        (wanted if taken.setdefault(url, entry) is entry else unwanted).append(entry)
    # An entry whose page is known from another feed is received all the same.
    dealt_with = {_identity(entry) for entry in unseen}
    unwanted += (entry for entry in seen if entry not in recorded and _identity(entry) not in dealt_with)
    fresh = (*since_poll, *(entry for entry in seen if entry not in recorded))
    return Sorted(tuple(wanted), tuple(unwanted), tuple(rejections), Counter(entry.feed_url for entry in fresh))


def reject_entry(entry: Entry, stage: Stage, error: FetchError) -> Rejection:
    """The row of an entry whose page did not come; a failure that may pass is not final."""
    is_final = not isinstance(error, TransientError)
    return Rejection(entry.key, stage, error.reason, error.detail, entry.feed_url, is_final)


def _identity(entry: Entry) -> tuple[str, str, str]:
    return entry.feed_url, entry.guid, entry.entry_hash


def _first_of_each_page(context: RunContext, entries: Iterable[Entry], feeds: dict[str, Feed]) -> dict[str, Entry]:
    """By canonical URL the entry that a page is asked for under: the first one in the order of the feeds."""
    first: dict[str, Entry] = {}
    for entry in entries:
        try:
            first.setdefault(_wanted_url(context, entry, feeds.get(entry.feed_url)), entry)
        except FetchError:
            # Not to be fetched at all; the reason is filed with the entry itself.
            continue
    return first


def _wanted_url(context: RunContext, entry: Entry, feed: Feed | None) -> str:
    """The canonical URL of an entry that is to be fetched.

    Raises:
        FetchError: it is not to be fetched, for the reason given.
    """
    if not entry.url:
        raise FetchError(entry.key, Reason.NO_LINK, f"entry {entry.title!r} of {entry.feed_url} has no link")
    url = canonicalize(entry.url)
    if feed and feed.fetch == "all":
        return url
    if any(extractor.may_concern(entry.title, entry.summary) for extractor in context.extractors):
        return url
    raise FetchError(entry.url, Reason.OFF_TOPIC, "title and summary name no mission")
