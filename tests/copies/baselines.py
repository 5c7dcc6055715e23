"""Two texts -> copy or not, the ways that are usual: what containment is measured beside."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b

_PERMUTATIONS = 128
_MERSENNE = 2**61 - 1
_SIMHASH_BITS = 10


def found_by_minhash(one: str, other: str) -> bool:
    """Jaccard similarity of the five-word shingles, estimated by 128 permutations, is at least one half."""
    first, second = _minhash(one), _minhash(other)
    return sum(a == b for a, b in zip(first, second, strict=True)) / _PERMUTATIONS >= 0.5


def found_by_simhash(one: str, other: str) -> bool:
    """The 64-bit fingerprints of the words differ in 10 bits at most."""
    return (_simhash(one) ^ _simhash(other)).bit_count() <= _SIMHASH_BITS


@cache
def _minhash(text: str) -> tuple[int, ...]:
    words = re.findall(r"\w+", text.casefold())
    hashes = {_hash(" ".join(words[k : k + 5])) for k in range(max(1, len(words) - 4))}
    keys = ((_hash(f"a{n}") % _MERSENNE, _hash(f"b{n}") % _MERSENNE) for n in range(_PERMUTATIONS))
    return tuple(min((a * value + b) % _MERSENNE for value in hashes) for a, b in keys)


@cache
def _simhash(text: str) -> int:
    sums = [0] * 64
    for word in re.findall(r"\w+", text.casefold()):
        value = _hash(word)
        for bit in range(64):
            sums[bit] += 1 if value >> bit & 1 else -1
    return sum(1 << bit for bit in range(64) if sums[bit] > 0)


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big")
