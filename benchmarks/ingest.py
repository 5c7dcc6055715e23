"""A thousand pages end to end, beside bare trafilatura over the same pages.

The run happens in a process of its own. Its CPU time is that of its whole process tree, Prefect's temporary server and
the workers included; what Prefect needs to start, and for an empty flow, is measured first and printed apart.
"""

# ruff: noqa: PLC0415 - Prefect reads its environment when it is imported

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil

from benchmarks.pages import vary_stories
from benchmarks.servers import serving
from flows.newsroom import read_newsroom
from flows.newsroom.pages import render_feed, render_page
from flows.orchestration import prepare_prefect
from flows.prefect_server import prefect_server
from flows.settings import SEEDS, Settings, read_settings

ADDRESSES = [f"127.0.0.{number}" for number in range(2, 12)]
PORT = 8765
TARGET_RATIO = 1.5
MOST_TASK_RUNS = 30


def main(count: int = 1000) -> None:
    """Measure and print."""
    newsroom = read_newsroom(SEEDS / "sample")
    outlets, stories = vary_stories(newsroom, [f"{address}:{PORT}" for address in ADDRESSES], count)
    pages = {story.url: render_page(_outlet_of(outlets, story), story) for story in stories}
    answers = {_place(url): ("text/html", page) for url, page in pages.items()}
    feeds = []
    for outlet in outlets:
        own = [story for story in stories if story.outlet == outlet.host]
        feeds.append(outlet.feed_url)
        answers[_place(outlet.feed_url)] = ("application/xml", render_feed(outlet, own))
    with tempfile.TemporaryDirectory() as folder, serving(ADDRESSES, PORT, answers):
        run = _measured(["run", folder, *feeds])
        bare_seconds = _bare_seconds(Path(folder), pages)
    _report(run, bare_seconds, pages)


def _bare_seconds(folder: Path, pages: dict[str, bytes]) -> float:
    """CPU seconds of bare trafilatura with all cores at work, as in the run: busy cores slow each other."""
    cores = os.cpu_count() or 1
    urls = list(pages)
    with ThreadPoolExecutor(cores) as waiting:
        parts = [{url: pages[url] for url in urls[core::cores]} for core in range(cores)]
        files = [_dump(folder / f"pages-{core}.jsonl", part) for core, part in enumerate(parts)]
        return sum(done["cpu_seconds"] for done in waiting.map(lambda file: _measured(["bare", file]), files))


def _report(run: dict[str, Any], bare_seconds: float, pages: dict[str, bytes]) -> None:
    kilobytes = sum(map(len, pages.values())) / len(pages) / 1000
    ratio = run["cpu_seconds"] / bare_seconds
    print(f"ingest of {len(pages)} pages ({kilobytes:.1f} kB each) from {len(ADDRESSES)} loopback addresses, spacing 0")
    print(f"  {run['articles']} articles, {run['copies']} copies, {run['rejected']} rejected, {run['claims']} claims")
    print(f"  end to end           {run['articles'] / run['seconds']:8.1f} articles a second")
    print(f"  CPU of the run       {run['cpu_seconds']:8.2f} s    bare trafilatura {bare_seconds:.2f} s")
    print(f"  ratio                {ratio:8.2f}      (target: at most {TARGET_RATIO})")
    print(f"  cores used           {run['cpu_seconds'] / run['seconds']:8.2f}")
    print(f"  Prefect's start      {run['start_cpu_seconds']:8.2f} s CPU, {run['start_seconds']:.1f} s by the clock")
    print(f"  task runs            {run['task_runs']:8d}      (at most {MOST_TASK_RUNS} per 1,000 articles)")
    print(f"  peak memory          {run['peak_bytes'] / 1e6:8.0f} MB, all processes together")


def run_in_own_process(folder: str, *feeds: str) -> dict[str, Any]:
    """One run over these feeds, with what it cost."""
    feed_list = Path(folder) / "feeds.toml"
    feed_list.write_text("".join(f'[[feed]]\nurl = "{url}"\nfetch = "all"\n' for url in feeds))
    settings = read_settings(
        data=Path(folder) / "data", feeds=feed_list, spacing_seconds=0, allow_private_addresses=True, retry_seconds=0
    )
    prepare_prefect(settings)
    tree = _Tree()
    started = time.monotonic()
    with prefect_server(settings, is_temporary=True):
        from prefect import flow

        flow(lambda: None, name="empty")()
        start_seconds, start_cpu_seconds = time.monotonic() - started, tree.cpu_seconds()
        return {**_measured_run(settings, tree), "start_seconds": start_seconds, "start_cpu_seconds": start_cpu_seconds}


def _measured_run(settings: Settings, tree: _Tree) -> dict[str, Any]:
    from flows.ingest import ingest

    started, cpu_before = time.monotonic(), tree.cpu_seconds()
    run = ingest(settings)
    seconds = time.monotonic() - started
    return {
        "articles": run.articles_loaded,
        "copies": run.copies,
        "rejected": run.rejected,
        "claims": run.claims_new,
        "seconds": seconds,
        "cpu_seconds": tree.cpu_seconds() - cpu_before,
        "peak_bytes": tree.peak_bytes,
        "task_runs": _count_task_runs(),
    }


def bare_in_own_process(file: str) -> dict[str, Any]:
    """CPU seconds of bare trafilatura over the same pages, imports apart."""
    from trafilatura import bare_extraction

    pages = [json.loads(line) for line in Path(file).read_text().splitlines()]
    pages = [{**page, "html": base64.b64decode(page["html"])} for page in pages]
    bare_extraction(pages[0]["html"], url=pages[0]["url"], with_metadata=True, include_comments=False)
    started = time.process_time()
    for page in pages:
        bare_extraction(page["html"], url=page["url"], with_metadata=True, include_comments=False)
    return {"cpu_seconds": time.process_time() - started}


class _Tree:
    """CPU time and peak memory of this process and all that descends from it."""

    def __init__(self) -> None:
        self.peak_bytes = 0
        self._process = psutil.Process()
        self._ended: dict[int, float] = {}
        threading.Thread(target=self._watch, daemon=True).start()

    def cpu_seconds(self) -> float:
        """Of all living processes, and of those that they have waited for."""
        total = 0.0
        for process in (self._process, *self._process.children(recursive=True)):
            try:
                total += sum(process.cpu_times()[:4])
            except psutil.NoSuchProcess:
                continue
        return total

    def _watch(self) -> None:
        while True:
            total = 0
            for process in (self._process, *self._process.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.peak_bytes = max(self.peak_bytes, total)
            time.sleep(0.2)


def _count_task_runs() -> int:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return len(client.read_task_runs())


def _measured(arguments: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.ingest", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def _dump(file: Path, pages: dict[str, bytes]) -> str:
    lines = (json.dumps({"url": url, "html": base64.b64encode(page).decode()}) for url, page in pages.items())
    file.write_text("\n".join(lines))
    return str(file)


def _outlet_of(outlets: list[Any], story: Any) -> Any:
    return next(outlet for outlet in outlets if outlet.host == story.outlet)


def _place(url: str) -> tuple[str, str]:
    host, path = url.removeprefix("http://").split("/", 1)
    return host.split(":")[0], f"/{path}"


if __name__ == "__main__":
    job = {"run": run_in_own_process, "bare": bare_in_own_process}[sys.argv[1]]
    print(json.dumps(job(*sys.argv[2:])))
