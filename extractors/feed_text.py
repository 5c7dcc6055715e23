"""Feed as it came -> feed that a parser can read, at a length that it can bear; and a fingerprint without parsing.

Work on bytes and text alone, a hundred times quicker than any parser of feeds.
"""

from __future__ import annotations

import hashlib
import re

# How far from its start a feed must have begun.
HEAD_CHARACTERS = 20_000
# The longest of 44 real feeds measured has 1,000 entries; who sends more is broken or hostile.
MOST_ENTRIES = 5_000

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CHARACTER = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
_FEED_START = re.compile(r"<\?xml|<rss\b|<feed\b|<rdf:RDF\b", re.IGNORECASE)
_PROLOG = re.compile(r"<!|<html|<body", re.IGNORECASE)

_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_FIRST_ENTRY = re.compile(rb"<(?:item|entry)\b", re.IGNORECASE)
# When the document was made, which is no news; comments are left by caches, with the time of day.
_MADE = re.compile(
    rb"<(lastBuildDate|pubDate|updated|modified|dc:date|sy:updateBase)\b[^<>]*>[^<]*</\1\s*>|<!--.*?-->",
    re.DOTALL | re.IGNORECASE,
)
_COMMENT_COUNT = re.compile(rb"<(slash:comments|thr:total)\b[^<>]*>[^<]*</\1\s*>")


def feed_fingerprint(body: bytes) -> str:
    """SHA-256 of a feed's bytes without what changes with every answer: build dates, comments, counts of comments.

    Entries are never looked into for more than counts, and what a feed asks of its readers counts; so equal
    fingerprints mean equal entries and equal wishes.
    """
    first = _FIRST_ENTRY.search(body)
    start = first.start() if first else len(body)
    end = max(body.rfind(b"</item>"), body.rfind(b"</entry>"), start)
    kept = (_MADE.sub(b"", body[:start]), _COMMENT_COUNT.sub(b"", body[start:end]), _MADE.sub(b"", body[end:]))
    return hashlib.sha256(b"\x1f".join(kept)).hexdigest()


def mend(text: str, faults: list[str]) -> str:
    """Take out what no XML parser accepts: control characters, and whatever stands before the document."""
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
        faults.append("control characters removed")
    text, count = _without_impossible_characters(text)
    if count:
        faults.append(f"{count} references to characters that do not exist removed")
    start = _FEED_START.search(text[:HEAD_CHARACTERS])
    if start and _is_debris(text[: start.start()]):
        faults.append("text before the document removed")
        text = text[start.start() :]
    return text


def _without_impossible_characters(text: str) -> tuple[str, int]:
    """Without references to half of a surrogate pair, to nothing or beyond Unicode, at which parsers break."""
    removed = 0

    def keep(found: re.Match[str]) -> str:
        nonlocal removed
        digits = (found[1] or found[2]).lstrip("0")
        # Seven decimal digits are enough for Unicode, and Python refuses to read thousands.
        code = int(digits or "0", 16 if found[1] else 10) if len(digits) <= 7 else -1
        if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF:
            return found[0]
        removed += 1
        return ""

    return _CHARACTER.sub(keep, text), removed


def _is_debris(before: str) -> bool:
    """Tell a program's warnings, marked up or not, from a comment, a document type or a page around the feed."""
    return bool(before.strip()) and _PROLOG.search(before) is None


def first_entries(text: str, faults: list[str]) -> str:
    """Cut out the entries beyond the most that are read, before a parser spends seconds on them."""
    ends = [found.end() for found in _ENTRY_END.finditer(text)]
    if len(ends) <= MOST_ENTRIES:
        return text
    faults.append(f"{len(ends):,} entries, of which the first {MOST_ENTRIES:,} were read")
    return text[: ends[MOST_ENTRIES - 1]] + text[ends[-1] :]
