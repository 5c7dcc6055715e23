"""Reading claims beside cleaning the same articles: milliseconds on one core, start-up, memory of a worker."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import trafilatura

from benchmarks.pages import vary_stories
from extractors.facts.extractor import ClaimExtractor
from extractors.facts.lexicon import LEXICONS, read_lexicon
from extractors.records import Document, Mission
from flows.newsroom import read_newsroom
from flows.newsroom.pages import render_page
from flows.reading import make_reader
from flows.settings import SEEDS, read_settings

TARGET_RATIO = 0.35
ROUNDS = 7


def main(count: int = 120) -> None:
    """Measure and print."""
    newsroom = read_newsroom(SEEDS / "sample")
    outlets, stories = vary_stories(newsroom, [outlet.host for outlet in newsroom.outlets], count)
    hosts = {outlet.host: outlet for outlet in outlets}
    pages = [render_page(hosts[story.outlet], story) for story in stories]
    documents = [
        Document(story.url, story.title, "\n\n".join(story.paragraphs), hosts[story.outlet].language, None)
        for story in stories
    ]
    extractor = ClaimExtractor(_mission())
    ratios, seconds = [], []
    for _ in range(ROUNDS):
        # Side by side, so that both meet the same neighbours on the machine.
        reading = _cpu_seconds(lambda: [extractor.extract(document) for document in documents])
        cleaning = _cpu_seconds(lambda: [trafilatura.extract(page, output_format="txt") for page in pages])
        ratios.append(reading / cleaning)
        seconds.append(reading)
    characters = sum(len(document.text) for document in documents)
    per_article = statistics.median(seconds) / characters * 4000 * 1000
    print(
        f"extract: {per_article:.1f} ms for 4,000 characters on one core; {characters:,} characters in {count} articles"
    )
    print(
        f"extract: {statistics.median(ratios):.2f} of trafilatura's time for the same articles "
        f"({min(ratios):.2f} to {max(ratios):.2f} in {ROUNDS} rounds; target {TARGET_RATIO})"
    )
    print(f"extract: {_in_fresh_process('lexicons')}")
    print(f"extract: {_in_fresh_process('worker')}")


def lexicons() -> None:
    """Time to build all lexicons, in a process that has built none."""
    languages = sorted(path.stem for path in LEXICONS.glob("*.toml"))
    seconds = _cpu_seconds(lambda: [read_lexicon(language) for language in languages])
    print(f"{seconds * 1000:.0f} ms to load all lexicons ({', '.join(languages)})")


def worker() -> None:
    """Memory of a process that reads articles, after it has read one in each language."""
    before = psutil.Process().memory_info().rss
    reader = make_reader(read_settings(), ())
    for path in LEXICONS.glob("*.toml"):
        ClaimExtractor(_mission()).extract(Document("1", "", "Haiti MSS GSF. 400 officers arrived.", path.stem))
    after = psutil.Process().memory_info().rss
    del reader
    print(f"{after / 1e6:.0f} MB in a worker process, {(after - before) / 1e6:.0f} MB of them missions and lexicons")


def _mission() -> Mission:
    from extractors.seeds import read_mission  # noqa: PLC0415 - in the fresh processes only what is measured

    return read_mission(SEEDS / "missions" / "haiti")


def _cpu_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _in_fresh_process(function: str) -> str:
    command = [sys.executable, "-c", f"from benchmarks import extract; extract.{function}()"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
