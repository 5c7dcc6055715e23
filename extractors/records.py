"""Feed -> Entry -> Page -> Article -> Claim: the records that the stages hand on.

A leaf that everything else may import. Records are frozen, collections are tuples, times are aware and in UTC.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

Basis = Literal["feed", "json_ld", "meta", "url", "text", "none"]


def stable_id(*parts: object) -> str:
    """SHA-256 (hex) of a natural key: the same parts give the same id on every machine and in every run."""
    key = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class Stage(StrEnum):
    """Where on its way a URL was given up."""

    POLL = "poll"
    FETCH = "fetch"
    CLEAN = "clean"
    EXTRACT = "extract"
    LOAD = "load"


class Reason(StrEnum):
    """Why a URL did not become an article: the one list, explained in docs/rejections.md."""

    # nothing usable came back
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    DNS_FAILURE = "dns_failure"
    TLS_FAILURE = "tls_failure"
    PROTOCOL_ERROR = "protocol_error"
    PRIVATE_ADDRESS = "private_address"
    BAD_URL = "bad_url"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    ROBOTS = "robots"
    # the server said no
    NOT_FOUND = "not_found"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    PAYMENT_REQUIRED = "payment_required"
    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    HTTP_ERROR = "http_error"
    # it is not a feed
    NOT_A_FEED = "not_a_feed"
    EMPTY_BODY = "empty_body"
    # it is not an article
    NOT_HTML = "not_html"
    NO_TEXT = "no_text"
    CONSENT_WALL = "consent_wall"
    PAYWALL = "paywall"
    BOT_WALL = "bot_wall"
    SOFT_404 = "soft_404"
    # the entry itself
    NO_LINK = "no_link"
    OFF_TOPIC = "off_topic"
    TAKEN_DOWN = "taken_down"
    # our own fault
    NETWORK_DOWN = "network_down"
    INTERNAL_ERROR = "internal_error"


@dataclass(frozen=True, slots=True)
class Feed:
    """One line of a feed list.

    Args:
        url: where the feed is asked for.
        outlet: the publisher's name, as shown to readers.
        country: ISO 3166 alpha-3 of the outlet.
        language: ISO 639-1 (ht for Haitian Creole).
        fetch: every entry, or only those whose title or summary may concern a mission.
        is_paused: kept in the list, and not asked.
    """

    url: str
    outlet: str | None = None
    country: str | None = None
    language: str | None = None
    fetch: Literal["matching", "all"] = "matching"
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, as the feed states it; `url` is absolute, `guid` falls back to the URL.

    `summary` and `content` are plain text, free of markup.
    """

    feed_url: str
    guid: str
    url: str
    title: str
    summary: str = ""
    content: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None

    @property
    def key(self) -> str:
        """What the entry is accounted for under: its URL, without one its guid, without both its feed and wording."""
        return self.url or self.guid or f"{self.feed_url}#{self.entry_hash}"

    @property
    def entry_hash(self) -> str:
        """SHA-256 of what a reader sees: a new hash under an old guid means that the entry was edited."""
        return stable_id(self.url, self.title, self.summary, self.content, self.updated_at)


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A parsed feed.

    Args:
        entries: in the order of the document.
        faults: what was wrong with it and could be mended, one phrase each; empty for a clean feed.
        ttl_seconds: shortest time between two polls that the document asks for (ttl, sy:update*).
        skip_hours: hours of the day in UTC (0 to 23) in which it asks not to be polled.
        skip_days: days of the week (0 Monday to 6 Sunday) on which it asks not to be polled.
    """

    url: str
    title: str
    format: str
    entries: tuple[Entry, ...]
    language: str | None = None
    faults: tuple[str, ...] = ()
    ttl_seconds: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What a publisher's server answered.

    Args:
        url: the address asked for; `final_url` the one that answered, after redirects.
        content_type: the header as sent, with its charset, or "".
        body: after content decoding (gzip, brotli), before character decoding.
        archive_file: name of the WARC file, relative to the archive folder; None when read from a file.
        archive_offset: of the response record in that file, in bytes.
    """

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    fetched_at: datetime
    archive_file: str | None = None
    archive_offset: int | None = None


@dataclass(frozen=True, slots=True)
class StatedDate:
    """One date that an article states of its own publication, and where; `text` is what stands there."""

    basis: Basis
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """The readable part of a page.

    Args:
        url: the address the page answered under, as it stands.
        canonical_link: rel=canonical or og:url as an absolute URL, if the page has one.
        published_at: UTC; midnight where only a day is stated.
        published_on: the day as the outlet states it, in its own time zone; relative dates count from it.
        published_conflict: two stated dates lie more than two days apart.
        stated_dates: all dates found, in the order of trust.
        language: ISO 639-1, from the text; None when it cannot be told.
        text: NFC, paragraphs parted by one blank line; never changed afterwards, offsets point into it.
    """

    url: str
    title: str
    text: str
    authors: tuple[str, ...] = ()
    canonical_link: str | None = None
    published_at: datetime | None = None
    published_on: date | None = None
    published_basis: Basis = "none"
    published_conflict: bool = False
    stated_dates: tuple[StatedDate, ...] = ()
    language: str | None = None
    site_name: str | None = None

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text alone: equal for the same text under another URL."""
        return stable_id(self.text)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sample of a text's shingles (sequences of words, hashed), by which copies are told.

    Args:
        shingle_count: different shingles of the whole text, quotations, credits and dateline left out.
        reach: no shingle of the text with a hash up to this one is missing from the sample.
        sample: hashes of 64 bits, ascending.
    """

    shingle_count: int
    reach: int
    sample: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What claims are read from: an article's newest text, or a file given to `missionwire extract`.

    Args:
        id: the article_id, or the file's own id.
        language: ISO 639-1; the caller has detected it when it was not declared.
        published_on: the day relative dates are counted from; None leaves them open.
    """

    id: str
    title: str
    text: str
    language: str
    published_on: date | None = None

    @property
    def version_id(self) -> str:
        """SHA-256 of the document and its present wording: claims belong to a version, and never move."""
        return stable_id(self.id, self.title, self.text)


@dataclass(frozen=True, slots=True)
class MissionMatch:
    """How strongly a document is about a mission: 1.0 and more means it is; `terms` are the words that spoke for it."""

    mission: str
    score: float
    terms: tuple[str, ...]


# How a claim's passage was found in the text: as it stands, folded (case, accents, signs), or aligned token by token.
Grounding = Literal["exact", "folded", "aligned"]

Span = tuple[int, int]
SpanList = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One grounded assertion in one document, by one version of the extractor. FACTS in docs/claims.md.

    Offsets are code points, half-open, into `Document.text`, or into the title when `in_title`.
    `spans` maps each filled slot to its own span or spans; `derived` names filled slots that have none.
    """

    claim_id: str
    document: str
    version_id: str
    mission: str
    kind: str
    rule: str
    extractor_version: str
    language: str
    subkind: str | None = None
    measure: str | None = None
    value_low: float | None = None
    value_best: float | None = None
    value_high: float | None = None
    qualifier: str | None = None
    original_value: str | None = None
    unit: str | None = None
    unit_class: str | None = None
    currency: str | None = None
    actor: str | None = None
    actor_text: str | None = None
    actor_country: str | None = None
    target: str | None = None
    target_text: str | None = None
    person: str | None = None
    role: str | None = None
    status: str = "done"
    polarity: Literal["+", "-"] = "+"
    certainty: str = "certain"
    event_start: date | None = None
    event_end: date | None = None
    date_precision: str | None = None
    date_basis: str | None = None
    as_of: date | None = None
    place: str | None = None
    place_id: str | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    pcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_basis: str | None = None
    attribution: str = "none"
    source: str | None = None
    source_text: str | None = None
    source_type: str | None = None
    via: str | None = None
    part_of: str | None = None
    sentence: str = ""
    start: int = 0
    end: int = 0
    spans: dict[str, SpanList] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    in_title: bool = False
    confidence: float | None = None
    extractor: str = "rules"
    grounding: Grounding = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A proposal that did not pass the gate, or a document that an extractor gave no answer for.

    Args:
        reason: quote_not_found, words_not_found, value_not_read, value_differs, date_not_read, wrong_field, not_wanted,
            no_answer, bad_answer.
        proposal: what was proposed, as it came; None where nothing could be made out.
    """

    article_id: str
    version_id: str
    mission: str
    extractor: str
    extractor_version: str
    reason: str
    detail: str
    proposal: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """That a text was read for a mission by one version of an extractor, whether or not it found anything."""

    mission: str
    extractor: str
    extractor_version: str


@dataclass(frozen=True, slots=True)
class StoredText:
    """One wording of an article as the warehouse keeps it: what claims can be read from again.

    Args:
        version_id: as it was recorded; the text may differ from what that was made of by characters that are none.
        language: ISO 639-1, None where it could not be told.
        published_on: the day that relative dates count from.
    """

    article_id: str
    version_id: str
    title: str
    text: str
    language: str | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """What was read from a stored text by today's extractors; `extractions` says by which."""

    article_id: str
    version_id: str
    matches: tuple[MissionMatch, ...] = ()
    claims: tuple[Claim, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    extractions: tuple[Extraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A URL that did not become an article, and why.

    Args:
        feed: URL of the feed that named it, None where none did.
        is_final: asking again would not help; otherwise the next runs try again.
    """

    url: str
    stage: Stage
    reason: Reason
    detail: str = ""
    feed: str | None = None
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article with all that was read from it: what one page adds to the warehouse.

    Args:
        article_id: SHA-256 of `url`, the canonical URL.
        entry: the feed entry that led to it, None for a page given by its URL alone.
        asked_url, final_url: the address asked for, and the one that answered.
        agency: the wire service credited in the text ("Reuters"), if one is.
        matches: the missions it is about; empty when it is about none.
        refusals: what other extractors proposed and the gate refused.
        extractions: who read it; also those that found nothing.
        sketch: of the article's text; without one, loading makes it.
    """

    article_id: str
    url: str
    article: Article
    asked_url: str
    final_url: str
    fetched_at: datetime
    entry: Entry | None = None
    outlet: str | None = None
    outlet_country: str | None = None
    agency: str | None = None
    archive_file: str | None = None
    archive_offset: int | None = None
    matches: tuple[MissionMatch, ...] = ()
    claims: tuple[Claim, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One request for a feed, what came of it, and when the next one is due.

    Args:
        outcome: changed (new bytes, parsed), unchanged (304, or the same bytes), failed.
        etag, last_modified: to be sent back verbatim with the next request.
        body_hash: SHA-256 of the feed's bytes without build dates, the second test for "unchanged".
        next_due_at, due_reason: when it is next due, and which signal decided that.
        not_before: the server asked not to come back earlier (Retry-After); holds for `run --all` too.
        failure_count: failures in a row, 0 after a success.
        asked_url: the address that was asked; `next_url` the one to ask the next time: another one when the feed has
            moved for good.
        moved_to: where nothing but permanent redirects (301, 308) led; `moved_days` on how many days in a row.
        entries_hash: SHA-256 over what all entries say, the third test for "unchanged".
        interval_seconds: what the feed has taught about its habit.
        fresh_seconds: how long the server holds its answer to be fresh; kept when a 304 does not repeat it.
        ttl_seconds, skip_hours, skip_days: what the document asks for, kept while it is unchanged.
    """

    feed: str
    polled_at: datetime
    outcome: Literal["changed", "unchanged", "failed"]
    status: int | None = None
    reason: Reason | None = None
    detail: str = ""
    final_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    body_bytes: int = 0
    entries_seen: int = 0
    entries_new: int = 0
    newest_entry_at: datetime | None = None
    faults: tuple[str, ...] = ()
    next_due_at: datetime | None = None
    due_reason: str = ""
    not_before: datetime | None = None
    failure_count: int = 0
    archive_file: str | None = None
    archive_offset: int | None = None
    asked_url: str | None = None
    next_url: str | None = None
    moved_to: str | None = None
    moved_days: int = 0
    entries_hash: str | None = None
    interval_seconds: float | None = None
    fresh_seconds: float | None = None
    ttl_seconds: float | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the pipeline, as `runs` shows it; counts are of this run alone."""

    run_id: str
    started_at: datetime
    ended_at: datetime | None = None
    state: Literal["running", "completed", "partial", "failed", "killed"] = "running"
    feeds_polled: int = 0
    feeds_unchanged: int = 0
    feeds_failed: int = 0
    entries_new: int = 0
    articles_loaded: int = 0
    copies: int = 0
    rejected: int = 0
    claims_new: int = 0
    seconds: float | None = None
    detail: str = ""


# What a person keeps by hand: see seeds/README.md for the files behind these.


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write an actor.

    Args:
        text: as written in running text.
        language: ISO 639-1, or None when it serves in every language.
        form: name ("Kenya"), adjective ("Kenyan", also the noun for its people) or metonym ("Nairobi").
    """

    text: str
    language: str | None
    form: Literal["name", "adjective", "metonym"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a state (id is ISO 3166 alpha-3), a force, an agency, a gang.

    Args:
        type: state, force, police, army, government, un, ngo, gang, media, court, regional, other.
        country: ISO 3166 alpha-3 of the state it belongs to; its own id for a state.
        roles: what it is to the mission: lead, contributor, donor, host, mandator, adversary, ...
    """

    id: str
    type: str
    names: tuple[Name, ...]
    country: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """One person in one post, with the dates of the post where they are known (both ends included)."""

    person: str
    role: str
    actor: str
    aliases: tuple[str, ...] = ()
    held_from: date | None = None
    held_to: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a gazetteer.

    Args:
        kind: country, department, arrondissement, commune, communal_section, neighbourhood, site.
        admin1: department; admin2: commune; both by name.
        pcode: OCHA P-code. Coordinates are WGS 84 degrees.
    """

    place_id: str
    name: str
    kind: str
    country: str
    aliases: tuple[str, ...] = ()
    admin1: str | None = None
    admin2: str | None = None
    pcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""


# What a term speaks for: the mission by a name, its theatre by a name, a place of it, any mission by its theme
# (violence, flight, troops); or another story, against it.
Side = Literal["story", "theatre", "place", "theme", "other"]


@dataclass(frozen=True, slots=True)
class Term:
    """Words whose presence speaks for or against an article being about a mission, and how much (1.0 settles it).

    Args:
        names: what is named, where several words name one thing.
    """

    text: str
    language: str | None
    weight: float
    side: Side = "story"
    names: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A phrase with a meaning that only this mission's articles give it: "the Caribbean nation" is its theatre."""

    text: str
    language: str | None
    tag: str


@dataclass(frozen=True, slots=True)
class Succession:
    """One force taking the place of another."""

    predecessor: str
    successor: str
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Mission:
    """One mission, as its folder under seeds/missions describes it.

    Args:
        name: the folder's name ("haiti"), the value of the column `mission`.
        theatre: ISO 3166 alpha-3 of the country it works in.
        forces: ids of the actors that are the mission itself, oldest first ("MSS", "GSF").
        kinds: the kinds of claim that are wanted.
        actors: of this mission and all states of the world.
        capital: the place of places.tsv that "the capital" means.
        successions: which force took the place of which, and when.
        adversary: the actor as whose people armed groups without a name of their own are counted.
        words: phrases of this mission alone, for the lexicon.
        others: names that only other missions bear; other_theatres: ISO 3166 alpha-3 of where those work.
        written_in: ISO 639-1 of languages that are written in the theatre and hardly anywhere else.
        shared_place_names: names of its places that mean other things too, and so do not tell what a text is about.
    """

    name: str
    title: str
    theatre: str
    forces: tuple[str, ...]
    kinds: tuple[str, ...]
    terms: tuple[Term, ...]
    actors: tuple[Actor, ...]
    posts: tuple[Post, ...]
    places: tuple[Place, ...]
    started_on: date | None = None
    ended_on: date | None = None
    capital: str | None = None
    successions: tuple[Succession, ...] = ()
    adversary: str | None = None
    words: tuple[Word, ...] = ()
    others: tuple[Name, ...] = ()
    other_theatres: tuple[str, ...] = ()
    written_in: tuple[str, ...] = ()
    shared_place_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publisher:
    """One row of publishers.tsv: what is known of an outlet by its registered domain."""

    domain: str
    outlet: str
    country: str | None = None
    language: str | None = None
    kind: str = "media"
