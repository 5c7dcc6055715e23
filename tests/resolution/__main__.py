"""Labelled sets -> figures: `python -m tests.resolution [SET...]` prints how well resolution agrees with each."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.resolution.stories import HERE, agreement, compare_facts, facts_of, load_stories, read_stories


def main(names: list[str]) -> None:
    """Measure and print."""
    for name in names or sorted(file.parent.name for file in HERE.glob("*/facts.json")):
        stories = read_stories(name)
        with tempfile.TemporaryDirectory() as folder:
            file = load_stories(Path(folder), stories.readings)
            found = facts_of(file)
            right = compare_facts(file, found, stories)
        _, _, f1, facts_each = agreement(found, stories.fact_of)
        reports = agreement({claim: claim for claim in stories.fact_of}, stories.fact_of)
        lines = [
            f"{name}: {len(stories.readings)} stories, {len(found)} claims, {len(stories.facts)} facts",
            f"  facts for each labelled one  {facts_each:.3f}      (counting reports: {reports[3]:.2f})",
            f"  B-cubed F1                   {f1:.3f}      (counting reports: {reports[2]:.3f})",
            *(f"  {what:28} {share:.3f}" for what, share in right.items()),
        ]
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
