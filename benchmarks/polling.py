"""200 feeds of which 95 % are unchanged, beside a bare conditional GET of the same addresses.

Two runs: the first reads everything; in the second, a day later, 60 feeds answer 304, 65 send the same bytes, 65 the
same entries under another build date, and 10 have something new. The CPU time of polling is that of the process while
it polls; the bare client asks the same servers with the same validators, over httpx, and does nothing with the answers.
"""

# ruff: noqa: PLC0415 - Prefect reads its environment when it is imported

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from benchmarks.servers import Answers, Server, serving
from flows.orchestration import prepare_prefect
from flows.prefect_server import prefect_server
from flows.settings import Settings, read_settings

PORT = 8766
FEEDS = 200
ENTRIES = 30
ADDRESSES = [f"127.0.3.{number}" for number in range(1, FEEDS + 1)]
# By the place of a feed in the list.
BY_ETAG, SAME_BYTES, SAME_ENTRIES = range(60), range(60, 125), range(125, 190)
NOW = datetime(2025, 1, 20, 12, tzinfo=UTC)
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


def main() -> None:
    """Measure and print."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.polling"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ)
    _report(json.loads(done.stdout.splitlines()[-1]))


def _report(found: dict[str, Any]) -> None:
    print(f"polling: {FEEDS} feeds of {ENTRIES} entries, 95 % of them unchanged, each on a domain of its own")
    print(f"  outcomes             {found['unchanged']} unchanged, {found['changed']} changed")
    print(
        f"  parsed               {found['parsed']:8d}      {found['archived']} archived, new entries {found['entries']}"
    )
    print(f"  requests             {found['requests']:8d}      {found['robots']} robots.txt, {found['pages']} pages")
    print(f"  answers of 304       {found['not_modified']:8d}      connections at most {found['connections']} a domain")
    print(f"  forbidden by robots  {found['forbidden']:8d}      requests")
    print(f"  bytes sent to us     {found['bytes']:8d}      bare {found['bare_bytes']}")
    print(f"  CPU of polling       {found['poll_cpu']:8.2f} s    bare conditional GET {found['bare_cpu']:.2f} s")
    ratio = found["poll_cpu"] / found["bare_cpu"]
    print(f"  ratio                {ratio:8.2f}      whole run {found['run_cpu']:.2f} s CPU")


def measure(folder: Path) -> dict[str, Any]:
    """Two runs and a bare client, in this process."""
    feeds = "".join(f'[[feed]]\nurl = "{_url(address)}"\nfetch = "all"\n' for address in ADDRESSES)
    (folder / "feeds.toml").write_text(feeds)
    first = _settings(folder, NOW)
    prepare_prefect(first)
    with (
        prefect_server(first, is_temporary=True),
        serving(ADDRESSES, PORT, _answers(NOW), with_etag=frozenset(ADDRESSES[i] for i in BY_ETAG)) as server,
    ):
        from flows.ingest import ingest

        ingest(first)
        known = asyncio.run(_bare({}))
        later = NOW + timedelta(days=1)
        server.answer(_answers(later))
        run = _second_run(folder, later, server)
        server.answer(_answers(later))
        started = time.process_time()
        asyncio.run(_bare(known))
        return {
            **run,
            "bare_cpu": time.process_time() - started,
            "bare_bytes": server.counts().sent_bytes,
        }


def _second_run(folder: Path, later: datetime, server: Server) -> dict[str, Any]:
    from flows import feed_reading, ingest, polling

    spent: dict[str, float] = {"poll_cpu": 0.0, "parsed": 0}
    ask, parse = polling.poll_feeds, feed_reading.parse_feed

    async def timed(*arguments: Any, **options: Any) -> Any:
        started = time.process_time()
        polled = await ask(*arguments, **options)
        spent["poll_cpu"] += time.process_time() - started
        return polled

    def counted(*arguments: Any, **options: Any) -> Any:
        spent["parsed"] += 1
        return parse(*arguments, **options)

    ingest.poll_feeds, feed_reading.parse_feed = timed, counted
    started = time.process_time()
    run = ingest.ingest(_settings(folder, later))
    counts = server.counts()
    paths = [path for _, path in counts.paths]
    return {
        **spent,
        "run_cpu": time.process_time() - started,
        "unchanged": run.feeds_unchanged,
        "changed": run.feeds_polled - run.feeds_unchanged - run.feeds_failed,
        "entries": run.entries_new,
        "archived": _archived(folder, run.run_id),
        "requests": counts.requests,
        "robots": paths.count("/robots.txt"),
        "pages": len(paths) - paths.count("/robots.txt") - paths.count("/feed"),
        "forbidden": sum(path.startswith("/private/") for path in paths),
        "not_modified": counts.not_modified,
        "connections": max(counts.connections.values()),
        "bytes": counts.sent_bytes,
    }


def _archived(folder: Path, run_id: str) -> int:
    from flows.fetch.archive import archived_offsets

    return sum(len(list(archived_offsets(file))) for file in folder.rglob(f"{run_id}-feeds.warc.gz"))


async def _bare(known: dict[str, str]) -> dict[str, str]:
    """Ask every feed with what is known of it; what the servers say is known the next time."""
    import httpx

    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=40), trust_env=False) as client:

        async def ask(url: str) -> tuple[str, str]:
            answer = await client.get(url, headers={"If-None-Match": known[url]} if url in known else {})
            return url, answer.headers.get("ETag", "")

        answers = await asyncio.gather(*(ask(_url(address)) for address in ADDRESSES))
    return {url: etag for url, etag in answers if etag}


def _answers(moment: datetime) -> Answers:
    answers: dict[tuple[str, str], tuple[str, bytes]] = {}
    for place, address in enumerate(ADDRESSES):
        answers[address, "/robots.txt"] = ("text/plain", ROBOTS)
        answers[address, "/feed"] = ("application/rss+xml", _feed(place, moment))
    return answers


def _feed(place: int, moment: datetime) -> bytes:
    is_changed = place not in {*BY_ETAG, *SAME_BYTES, *SAME_ENTRIES} and moment > NOW
    made = f"<lastBuildDate>{format_datetime(moment)}</lastBuildDate>" if place in SAME_ENTRIES else ""
    numbers = range(ENTRIES + is_changed, is_changed, -1)
    # Links that robots.txt forbids cost no request; one page in a changed feed may be fetched.
    items = "".join(
        f"<item><title>Kenya police in Haiti {number}</title><guid>{number}</guid>"
        f"<link>http://{ADDRESSES[place]}:{PORT}/{'news' if number == ENTRIES + 1 else 'private'}/{number}</link>"
        f"<description>{'Officers of the mission patrolled the port. ' * 8}</description></item>"
        for number in numbers
    )
    return f'<rss version="2.0"><channel><title>Paper</title>{made}{items}</channel></rss>'.encode()


def _url(address: str) -> str:
    return f"http://{address}:{PORT}/feed"


def _settings(folder: Path, now: datetime) -> Settings:
    return read_settings(
        data=folder / "data",
        feeds=folder / "feeds.toml",
        spacing_seconds=0,
        allow_private_addresses=True,
        retry_seconds=0,
        workers=1,
        now=now,
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(measure(Path(scratch))))
