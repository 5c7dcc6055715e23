"""Sentence -> does it tell of a further one: "another 75", "a second flight"?"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.facts.lexicon import LEXICONS, read_further


@lru_cache(maxsize=10_000)
def tells_of_another(sentence: str, language: str) -> bool:
    """Whether what is counted comes on top of others; false in a language without a lexicon."""
    pattern = _pattern(language)
    return pattern is not None and pattern.search(sentence) is not None


def checksum_further() -> str:
    """All that decides what comes on top of others."""
    return repr([(file.stem, read_further(file.stem)) for file in sorted(LEXICONS.glob("*.toml"))])


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    phrases = sorted(read_further(language), key=len, reverse=True)
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, phrases))})\b") if phrases else None
