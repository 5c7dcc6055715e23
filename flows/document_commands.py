"""Command line -> documents that are read where they lie: `missionwire extract`, `clean` and `evaluate`."""

# ruff: noqa: PLC0415 - as in flows.cli, each command imports what it needs when it is called
# ruff: noqa: FBT002 - flags of the command line

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from extractors.errors import MissionwireError
from flows.faults import explain_fault
from flows.options import MissionNames
from flows.progress import log
from flows.settings import read_settings

Paths = Annotated[list[Path], typer.Argument(help="Files to read.", show_default=False)]
Urls = Annotated[Path | None, typer.Option(help="JSON Lines with file and url: where the pages came from.")]


def extract(
    paths: Paths,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of publication of .txt files; relative dates count from it."),
    ] = None,
    title: Annotated[str, typer.Option(help="Headline of .txt files.")] = "",
    mission: MissionNames = None,
    urls: Urls = None,
    html: Annotated[
        Path | None,
        typer.Option(help="Write a page to look at: every claim's spans in the text. For several documents a folder."),
    ] = None,
) -> None:
    """Read claims out of .txt, .html and .json documents: JSON Lines, one a claim. No warehouse is touched.

    A .json document is {"id", "title", "text", "published", "lang"}; published and lang may be null.
    """
    from flows.documents import claim_lines, read_document, read_urls
    from flows.extracting import DocumentReader, PageWriter

    reader = DocumentReader(read_settings(mission=mission))
    pages = PageWriter(html, reader, is_single=len(paths) == 1) if html else None
    day: date | None = published.date() if published else None
    known = read_urls(urls)

    def lines(file: Path) -> Iterator[str]:
        document = read_document(file, published=day, title=title, urls=known)
        claims = reader.read(document)
        if pages:
            pages.write(document, claims)
        return claim_lines(claims)

    _each(paths, lines)


def clean(paths: Paths, urls: Urls = None) -> None:
    """Find the articles in .html and .html.gz pages: JSON Lines, one an article."""
    from flows.documents import article_line, read_article, read_urls

    known = read_urls(urls)
    _each(paths, lambda file: iter([article_line(file, read_article(file, urls=known))]))


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder of gold documents (.json).", show_default=False)],
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed and what was made up.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")] = False,
    confidence: Annotated[
        Path | None, typer.Option(help="Write how often each rule is right to this file (make confidence).")
    ] = None,
    mission: MissionNames = None,
) -> None:
    """Score the extractors on gold documents: per kind, language and slot, with two simple baselines beside them.

    docs/evaluation.md says what a gold document is and how agreement is counted.
    """
    from flows.evaluating import evaluate as score

    score(read_settings(mission=mission), folder, sys.stdout, misses=misses, as_json=as_json, confidence=confidence)


def _each(paths: list[Path], lines: Callable[[Path], Iterator[str]]) -> None:
    """Print the lines of each file; a bad one is named on stderr and the others are done."""
    bad = 0
    for path in paths:
        try:
            for line in lines(path):
                sys.stdout.write(line + "\n")
        except BrokenPipeError:
            raise
        except MissionwireError as error:
            bad += 1
            log.error("%s", error)
        except Exception as error:  # noqa: BLE001 - our own fault in one file must not keep the others from being done
            bad += 1
            log.error("%s: a fault of missionwire's own, please report it: %s", path, explain_fault(error))
    sys.stdout.flush()
    if bad:
        raise typer.Exit(1)
