"""Asked -> a backfill: what can be said before anything is read, then the flow, then what came of it."""

# ruff: noqa: PLC0415 - as in flows.jobs, the flow is imported after Prefect's environment is prepared

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from extractors.errors import FetchError, SettingsError
from extractors.records import stable_id
from extractors.url import canonicalize
from flows.backfill.asked import Asked
from flows.backfill.url_list import read_url_list
from flows.jobs import prefect_for
from flows.progress import log
from flows.settings import Settings

_NOUNS = {"warc": "records", "sitemap": "pages", "urls": "addresses"}


def run_backfill(settings: Settings, asked: Asked, *, wait: bool) -> int:
    """Run a backfill to its end, and say what came of it on stdout; 1 when a source could not be read wholly."""
    if not settings.contact and asked.source != "warc":
        log.warning("MISSIONWIRE_CONTACT is not set: publishers cannot reach you")
    key = asked.key(settings.mission, *_sizes(asked))
    with prefect_for(settings, wait=wait):
        from flows.backfill.flow import backfill

        tally = backfill(settings, asked, key)
    _remove_kept_list(settings, asked)
    sys.stdout.write(tally.summary(_NOUNS[asked.source]) + "\n")
    return 1 if tally.run.feeds_failed else 0


def find_warc_files(paths: Sequence[Path]) -> tuple[str, ...]:
    """The files that are named, and those in the folders that are, in the order of their names.

    Raises:
        SettingsError: one is not there, or a folder holds none.
    """
    files: list[Path] = []
    for path in paths:
        found = sorted(path.glob("**/*.warc*")) if path.is_dir() else [path]
        if not found or not all(file.is_file() for file in found):
            raise SettingsError(f"{path}: no WARC file is there; right would be a .warc.gz, or a folder of them")
        files += found
    return tuple(str(file.resolve()) for file in dict.fromkeys(files))


def read_addresses(addresses: Sequence[str]) -> tuple[str, ...]:
    """Absolute addresses; "example.org" is the site's.

    Raises:
        SettingsError: one is no web address.
    """
    absolute = [address if "//" in address else f"https://{address}" for address in addresses]
    for address in absolute:
        try:
            canonicalize(address)
        except FetchError as error:
            raise SettingsError(f"{address}: {error.detail}; right would be https://www.example.org") from error
    # A front page has a path, however it is written.
    return tuple(dict.fromkeys(url if urlsplit(url).path else f"{url}/" for url in absolute))


def keep_list(settings: Settings, file: Path) -> str:
    """The file of a list that can be read; what comes on stdin is kept in the data folder while the backfill is on.

    Raises:
        SettingsError: there is no such file, or a line of it cannot be read.
    """
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}") from error
    read_url_list(content, name=str(file), feed="urls:")
    if str(file) != "-":
        return str(file.resolve())
    kept = _kept_lists(settings) / stable_id(content.hex())[:16]
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    return str(kept)


def _kept_lists(settings: Settings) -> Path:
    return settings.data.resolve() / "backfill" / "stdin"


def _remove_kept_list(settings: Settings, asked: Asked) -> None:
    if Path(asked.names[0]).parent == _kept_lists(settings):
        Path(asked.names[0]).unlink(missing_ok=True)


def _sizes(asked: Asked) -> list[str]:
    """A file that has changed is another question; an offset in it would mean nothing."""
    return [] if asked.source == "sitemap" else [str(Path(name).stat().st_size) for name in asked.names]
