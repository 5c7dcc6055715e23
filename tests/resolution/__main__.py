"""Labelled sets -> figures: `python -m tests.resolution [SET...]` prints how well resolution agrees with each.

With `--from-text` the labelled claims are left out: the texts are read by the extractors first.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from extractors.facts.extractor import ClaimExtractor
from extractors.seeds import read_mission
from tests.resolution.from_text import report_from_text
from tests.resolution.stories import (
    HERE,
    SEEDS,
    Labelled,
    agreement,
    compare_facts,
    facts_of,
    load_stories,
    read_stories,
)


def main(names: list[str], *, from_text: bool) -> None:
    """Measure and print."""
    show = _show_from_text if from_text else _show
    for name in names or sorted(file.parent.name for file in HERE.glob("*/facts.json")):
        stories = read_stories(name)
        with tempfile.TemporaryDirectory() as folder:
            lines = show(Path(folder), stories)
        head = f"{name}: {len(stories.readings)} stories, {len(stories.fact_of)} claims, {len(stories.facts)} facts"
        sys.stdout.write("\n  ".join([head, *lines]) + "\n")


def _show(folder: Path, stories: Labelled) -> list[str]:
    file = load_stories(folder, stories.readings)
    found = facts_of(file)
    _, _, f1, facts_each = agreement(found, stories.fact_of)
    reports = agreement({claim: claim for claim in stories.fact_of}, stories.fact_of)
    return [
        f"facts for each labelled one  {facts_each:.3f}      (counting reports: {reports[3]:.2f})",
        f"B-cubed F1                   {f1:.3f}      (counting reports: {reports[2]:.3f})",
        *(f"{what:28} {share:.3f}" for what, share in compare_facts(file, found, stories).items()),
    ]


def _show_from_text(folder: Path, stories: Labelled) -> list[str]:
    report = report_from_text(folder, stories, ClaimExtractor(read_mission(SEEDS / "missions" / "haiti")))
    return [f"{name:28} {value:.3f}" for name, value in asdict(report).items()]


if __name__ == "__main__":
    main([name for name in sys.argv[1:] if name != "--from-text"], from_text="--from-text" in sys.argv)
