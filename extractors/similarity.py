"""Article text -> Sketch: a sample of its word sequences, by which two texts tell whether one is a copy of the other.

Wire copies are cut, credited and edited, so that whole texts seldom look alike; what remains of the shorter one still
stands in the longer one. Containment of shingles (Broder 1997) sees that, where MinHash and SimHash do not. The sample
is the lowest hashes of each text, as in bottom-k sketches: the samples of two texts are comparable below the lower of
their ends, whatever their lengths. Translations and the same story told in other words share no shingles.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from hashlib import blake2b

from extractors.records import Sketch

# Sequences of five words: independent stories of one event share names of four words, and hardly ever a fifth.
SHINGLE_WORDS = 5

# A text of up to 64 shingles is sampled whole: half of an agency's note of 60 words has 26.
# Of longer ones one in eight is enough, and 64 at least: a cut to 30 % leaves 20 to compare.
SAMPLE_COUNT = 64
SAMPLE_SHARE = 8

# One text is a copy when half of either stands in the other, or two fifths where 16 and more shingles are the evidence:
# on our labelled set (tests/copies) no two independent texts reach .48, nor .37 with more than nine shared; halves of
# two stories merged into one lie between .4 and .5.
COPIED_RATIO = 0.5
COPIED_RATIO_OF_MANY = 0.4
MANY_SHINGLES = 16

# Eight shingles are a passage of twelve words; below that, two briefs on one event may agree by chance.
LEAST_SHINGLES = 8

_LAST_HASH = 2**64 - 1

# "PORT-AU-PRINCE, Jan. 20, 2025 (Atlantic Wire) - ", "(Port-au-Prince) ": where a story was filed, and by whom.
_DATELINE = re.compile(
    r"\A\s*(?:[^\W\d_][^\n]{0,80}?\([^()\n]{1,40}\)\s*\.?[-–—]+"
    r"|[^\W\d_][^\n.!?;]{0,60}?\s[-–—]{1,2}\s|\([^()\n]{1,40}\)\s)"
)

# A line of its own that credits, or leads elsewhere: short, and opened by such a word or bracketed as a whole.
_CREDIT_CHARACTERS = 120
_CREDIT = re.compile(
    r"\W*(?:\([^()]*\)\W*\Z|©|source\b|sources?\s*:|with\s+(?:files|reporting|agencies|inputs?)\b|reporting\s+by\b"
    r"|additional\s+reporting\b|edit(?:ing|ed)\s+by\b|writing\s+by\b|written\s+by\b|by\s+\w|read\s+(?:also|more)\b"
    r"|also\s+read\b|related\b|sign\s+up\b|subscribe\b|follow\s+us\b|share\s+this\b|copyright\b|all\s+rights\b"
    r"|avec\s+\w+\Z|lire\s+aussi\b|à\s+lire\b|par\s+\w|tous\s+droits\b|abonnez\b|suivez\b"
    r"|con\s+información\b|lea\s+también\b|por\s+\w|todos\s+los\s+derechos\b|suscr[ií]b|s[ií]guenos\b)",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"\bcontributed\s+to\s+this\b|\ba\s+contribué\s+à\s+cet\b|\bcontribuyó\s+a\s+est", re.IGNORECASE)

# What stands between marks of quotation is somebody else's text, and two reporters may both have heard it.
_QUOTE = re.compile(r"“[^”\n]*(?:”|$)|«[^»\n]*(?:»|$)|„[^“”\n]*(?:[“”]|$)|\"[^\"\n]*(?:\"|$)", re.MULTILINE)

_WORD = re.compile(r"\w+")
_ACCENTS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two sketches say of their texts.

    Args:
        shared_count: shingles in both samples.
        first_ratio: share of the first text that stands in the second; second_ratio: the other way round.
    """

    shared_count: int
    first_ratio: float
    second_ratio: float


def sketch_text(text: str) -> Sketch:
    """The sketch of an article's body; the same on every machine and in every run."""
    hashes = sorted(hash_shingles(list_words(text)))
    kept = max(SAMPLE_COUNT, len(hashes) // SAMPLE_SHARE)
    if len(hashes) <= kept:
        return Sketch(len(hashes), _LAST_HASH, tuple(hashes))
    return Sketch(len(hashes), hashes[kept - 1], tuple(hashes[:kept]))


def list_words(text: str) -> list[str]:
    """The words that count: folded (case, accents), without dateline, quotations and lines of credit."""
    lines = (line for line in _DATELINE.sub("", text, count=1).split("\n") if not _is_credit(line))
    told = _QUOTE.sub(" ", "\n".join(lines))
    if not told.isascii():
        told = _ACCENTS.sub("", unicodedata.normalize("NFKD", told))
    return _WORD.findall(told.casefold())


def hash_shingles(words: list[str]) -> set[int]:
    """The hashes (64 bits) of all sequences of five words."""
    sequences = zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False)
    return {_hash(" ".join(sequence)) for sequence in sequences}


def compare_sketches(first: Sketch, second: Sketch) -> Overlap:
    """How much of each text stands in the other, estimated where both samples reach."""
    reach = min(first.reach, second.reach)
    shared = len(set(first.sample).intersection(second.sample))
    first_count = bisect_right(first.sample, reach)
    second_count = bisect_right(second.sample, reach)
    return Overlap(shared, shared / first_count if first_count else 0.0, shared / second_count if second_count else 0.0)


def is_copied(overlap: Overlap) -> bool:
    """Whether one of the two texts was made from the other; which of them, their dates say."""
    ratio = max(overlap.first_ratio, overlap.second_ratio)
    if overlap.shared_count >= MANY_SHINGLES:
        return ratio >= COPIED_RATIO_OF_MANY
    return overlap.shared_count >= LEAST_SHINGLES and ratio >= COPIED_RATIO


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _is_credit(line: str) -> bool:
    if len(line) > _CREDIT_CHARACTERS:
        return False
    return _CREDIT.match(line) is not None or _CREDITED.search(line) is not None
