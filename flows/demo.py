"""Sample newsroom -> warehouse of its own: the whole pipeline offline, twice, with an article edited in between."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from extractors.records import Run
from flows.fetch.addresses import Address
from flows.jobs import prefect_for, run_flow, summary
from flows.newsroom import Newsroom, NewsroomServer, read_newsroom
from flows.progress import log
from flows.settings import SEEDS, Settings, read_settings
from flows.tables import write_table
from warehouse.lake import Address as Ledger
from warehouse.query import run_query
from warehouse.sql import read_query

# The newsroom's fortnight ends on 26 January 2025; the demo's clock stands on the morning after it.
_EDITIONS = ((1, datetime(2025, 1, 27, 6, tzinfo=UTC)), (2, datetime(2025, 1, 27, 9, tzinfo=UTC)))

_FIGURES = (
    ("Sent and arrived, by day", "report_deployed"),
    ("Promised against delivered", "report_promises"),
    ("Killed, injured, kidnapped, and who says so", "report_casualties"),
    ("Driven from home, and who says so", "report_displacement"),
    ("Not loaded, and why", "report_rejections"),
)

_NEXT_STEPS = """
Go on with
  {data}/published/report.html        (the picture: open it in a browser)
  missionwire sql --data {data} "from promises"
  missionwire sql --data {data} "select sentence, outlet, url from claims where kind = 'casualty'"
  missionwire run        (your own feeds, into data/; 'missionwire feeds list' shows which)
"""


def run_demo(data: Path, *, wait: bool) -> int:
    """Run the pipeline on the sample newsroom; 0 when everything that failed was meant to fail, else 1."""
    newsroom = read_newsroom(SEEDS / "sample")
    runs = []
    # One Prefect server for both runs: its start is what takes longest.
    with NewsroomServer(newsroom) as server, prefect_for(demo_settings(data), wait=wait):
        connect_to = dict.fromkeys(server.hosts, server.address)
        for edition, now in _EDITIONS:
            log.info("edition %d of the sample newsroom, %d outlets on loopback", edition, len(newsroom.outlets))
            server.edition = edition
            runs.append(_run(data, now, connect_to, wait=wait))
    published = demo_settings(data).published_file
    _print_summary(published, runs, data)
    surprises = find_surprises(published, newsroom)
    for surprise in surprises:
        log.error("%s", surprise)
    return 1 if surprises else 0


def demo_settings(data: Path, now: datetime | None = None) -> Settings:
    """Settings of the demo, whatever the environment says of your own: it touches nothing outside its folder."""
    return read_settings(
        data=data,
        warehouse=data / "missionwire.duckdb",
        feeds=SEEDS / "sample" / "feeds.toml",
        seeds=SEEDS,
        mission="haiti",
        spacing_seconds=0,
        retry_seconds=0.1,
        allow_private_addresses=False,
        contact="demo@missionwire.example",
        now=now,
        report=True,
    )


def find_surprises(published: Ledger, newsroom: Newsroom) -> list[str]:
    """What differs from what the newsroom stages, one sentence each; empty when all is as meant."""
    seen = set(run_query(published, read_query("report_rejected_urls")).rows)
    staged = {(each.url, each.stage.value, each.reason.value) for each in newsroom.rejections}
    surprises = [f"not staged, but given up: {url} ({stage}, {reason})" for url, stage, reason in sorted(seen - staged)]
    surprises += [f"staged, but not seen: {url} ({stage}, {reason})" for url, stage, reason in sorted(staged - seen)]
    articles, _, revisions, *_ = run_query(published, read_query("report_totals")).rows[0]
    expected = newsroom.expected
    if (articles, revisions) != (expected.articles, expected.edited):
        surprises.append(
            f"expected {expected.articles} articles and {expected.edited} edited, found {articles} and {revisions}"
        )
    return surprises


def _run(data: Path, now: datetime, connect_to: Mapping[str, Address], *, wait: bool) -> Run:
    return run_flow(demo_settings(data, now), everything=True, wait=wait, connect_to=connect_to)


def _print_summary(published: Ledger, runs: list[Run], data: Path) -> None:
    out = sys.stdout
    for number, run in enumerate(runs, 1):
        out.write(f"Run {number}. {summary(run)}\n")
    out.write("\nIn the ledger\n")
    write_table(run_query(published, read_query("report_totals")), out)
    for title, query in _FIGURES:
        out.write(f"\n{title}\n")
        write_table(run_query(published, read_query(query)), out)
    out.write(_NEXT_STEPS.format(data=data))
