"""`python -m tests.copies`: the table of docs/copies.md, containment beside MinHash and SimHash."""

from __future__ import annotations

import random
import sys
from collections import defaultdict

from tests.copies.baselines import found_by_minhash, found_by_simhash
from tests.copies.pairs import list_copies, list_others, list_stories
from tests.copies.test_labelled import found

_SAMPLE = 100
_BASELINES = (found_by_minhash, found_by_simhash)


def main() -> None:
    """Print the share found of each kind; the baselines on a sample of 100 of each."""
    stories = list_stories()
    kinds = defaultdict(list)
    for pair in (*list_copies(stories), *list_others(stories)):
        kinds[pair.kind].append(pair)
    sys.stdout.write("| what was done | pairs | containment | MinHash | SimHash |\n|---|---:|---:|---:|---:|\n")
    for kind, pairs in kinds.items():
        sample = random.Random(1).sample(pairs, min(_SAMPLE, len(pairs)))
        shares = [sum(map(found, pairs)) / len(pairs)]
        shares += [sum(finds(p.original, p.other) for p in sample) / len(sample) for finds in _BASELINES]
        sys.stdout.write(f"| {kind} | {len(pairs):,} | " + " | ".join(f"{share:.3f}" for share in shares) + " |\n")


if __name__ == "__main__":
    main()
