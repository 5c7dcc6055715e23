"""Rules, lexicons, mission -> extractor_version: a checksum over all that decides what is read from a text.

Nobody has to remember to raise a number: whoever changes a rule, a word or a seed has made another extractor.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from extractors.records import Mission

_FOLDER = Path(__file__).parent
_KINDS = (".py", ".toml", ".tsv")
# Twelve hexadecimal digits: two of a million releases are alike with a chance of one in 500.
_DIGITS = 12


def extractor_version(mission: Mission) -> str:
    """The version of the rules for one mission; costs 10 ms, reading the files included."""
    return hashlib.sha256(checksum_rules() + repr(mission).encode("utf-8", "replace")).hexdigest()[:_DIGITS]


@cache
def checksum_rules(folder: Path = _FOLDER) -> bytes:
    """Of the files of this package: code, lexicons, and the table of confidence, each with its name."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.suffix in _KINDS):
        digest.update(f"{file.relative_to(folder).as_posix()}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.digest()
