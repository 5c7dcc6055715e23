"""Archived page -> Reading or Rejection, on a Dask cluster: the work of `flows.reading`, done by other machines.

Pages travel in the bytes of a task, because the workers need not see the archive; so do missions, publishers and feeds.
Dask is imported only where the setting `dask` names a scheduler.
"""

# ruff: noqa: PLC0415 - Dask costs a second to import, and only those who set it have it

from __future__ import annotations

import hashlib
import pickle
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from extractors.errors import MissionwireError, SettingsError
from extractors.records import Entry, Feed, Page, Reading, Rejection, Rereading, StoredText
from extractors.seeds import read_publishers
from flows.fetch.archive import read_archived
from flows.missions import named_missions
from flows.progress import log
from flows.reading import DIED, ArticleReader, ReadingPool, reject_dead_page, reject_text, reread_or_reject
from flows.settings import Settings

# A task passes through the scheduler's memory; Dask warns from 10 MB on.
_MOST_PAGES = 8
_MOST_BYTES = 4_000_000
_CONNECT_SECONDS = 20
# How often a wait looks whether there is still a worker, and how often it may find none in a row.
_LOOK_SECONDS = 15.0
_MOST_LOOKS = 8
# What decides a reading besides our own code.
_LIBRARIES = ("missionwire", "trafilatura", "lxml", "py3langid", "sentencex", "ahocorasick-rs")
_ROOT = Path(__file__).resolve().parent.parent

Item = tuple[Page, Entry | None] | StoredText


class ClusterPool:
    """The workers of a Dask cluster, with the methods of a `ReadingPool`.

    Raises:
        SettingsError: the extra is not installed, no scheduler answers, it has no worker, or one of another version.
    """

    def __init__(self, settings: Settings, feeds: Sequence[Feed]) -> None:
        self._settings = settings
        publishers = read_publishers(settings.seeds / "publishers.tsv")
        lists = named_missions(settings), publishers, {feed.url: feed for feed in feeds}
        self._lists = zlib.compress(pickle.dumps(lists))
        self._client = _connect(settings.dask)
        try:
            self._refuse_strangers()
        except BaseException:
            self.close()
            raise

    def read(self, places: Sequence[tuple[str, int]]) -> list[Reading | Rejection]:
        """Read the pages at these places (file, offset in bytes) of the archive, in order.

        A page that kills its workers becomes a rejection, and costs no other page.
        """
        pages = [read_archived(self._settings.archive_folder, *place) for place in places]
        return self._map(pages, lambda item: reject_dead_page(*item))

    def reread(self, texts: Sequence[StoredText]) -> list[Rereading | Rejection]:
        """Read stored texts anew, in order; a text that kills its workers, or trips a rule, becomes a rejection."""
        return self._map(texts, lambda text: reject_text(text, DIED))

    def close(self) -> None:
        """Leave the cluster; its workers stay."""
        self._client.close()

    def _map(self, items: Sequence[Any], give_up: Callable[[Any], Any]) -> list[Any]:
        chunks = list(_chunks(items))
        futures = [self._submit(chunk) for chunk in chunks]
        found: list[Any] = []
        for chunk, future in zip(chunks, futures, strict=True):
            results = self._result(future)
            if results is None:
                log.warning("workers of the cluster died while they read; %d articles are read one by one", len(chunk))
                results = [self._read_alone(item, give_up) for item in chunk]
            found += results
        return found

    def _read_alone(self, item: Any, give_up: Callable[[Any], Any]) -> Any:
        results = self._result(self._submit([item]))
        return give_up(item) if results is None else results[0]

    def _submit(self, chunk: Sequence[Item]) -> Any:
        return self._client.submit(read_chunk, self._lists, our_version(), chunk, pure=False)

    def _result(self, future: Any) -> list[Any] | None:
        """What a task came to; None if every worker that tried it died."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        looks = 0
        while True:
            try:
                return list(future.result(timeout=_LOOK_SECONDS))
            except KilledWorker:
                return None
            except TimeoutError:
                looks = 0 if self._client.scheduler_info(n_workers=-1)["workers"] else looks + 1
                if looks == _MOST_LOOKS:
                    raise _lost(self._settings.dask, "has no worker any more") from None
            except (CancelledError, FutureCancelledError, OSError) as error:
                raise _lost(self._settings.dask, "was lost") from error

    def _refuse_strangers(self) -> None:
        """Refuse workers of another version before anybody is asked for a page."""
        answers = self._client.run(our_version, on_error="return")
        if not answers:
            raise SettingsError(
                f"dask = {self._settings.dask!r}: the scheduler has no worker; right would be some, started with "
                f"`dask worker {self._settings.dask}`"
            )
        for worker, answer in sorted(answers.items()):
            if answer != our_version():
                raise SettingsError(
                    f"dask = {self._settings.dask!r}: worker {worker} has {answer}, this is {our_version()}; "
                    "install the same missionwire there, and start the worker anew"
                )


def open_pool(settings: Settings, feeds: Sequence[Feed]) -> ReadingPool | ClusterPool:
    """The workers that the settings name: those of a cluster, else processes of this machine."""
    return ClusterPool(settings, feeds) if settings.dask else ReadingPool(settings, feeds)


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"dask = {address!r}: {error.name} is not installed; right would be: pip install 'missionwire[team]'"
        ) from error
    try:
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False, asynchronous=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"dask = {address!r}: no scheduler answers there ({error}); right would be tcp://HOST:8786 of a running "
            "`dask scheduler`"
        ) from error


def _lost(address: str, what: str) -> MissionwireError:
    return MissionwireError(
        f"the Dask cluster at {address} {what}; what is in the archive is read by the next run, nobody is asked again"
    )


def _chunks(items: Sequence[Any]) -> Iterator[list[Any]]:
    """Parts of a batch, bounded in number and in bytes."""
    chunk: list[Any] = []
    weight = 0
    for item in items:
        size = len(item.text) if isinstance(item, StoredText) else len(item[0].body)
        if chunk and (len(chunk) == _MOST_PAGES or weight + size > _MOST_BYTES):
            yield chunk
            chunk, weight = [], 0
        chunk.append(item)
        weight += size
    if chunk:
        yield chunk


@lru_cache(maxsize=1)
def our_version() -> str:
    """The version of missionwire here, with a digest of all that decides how a page is read."""
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    ours = [file for file in (_ROOT / "extractors").rglob("*") if file.suffix in (".py", ".tsv", ".toml", ".txt")]
    for file in sorted([*ours, _ROOT / "flows" / "reading.py", _ROOT / "flows" / "cluster.py"]):
        digest.update(file.relative_to(_ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return f"missionwire {version('missionwire')} ({digest.hexdigest()[:12]})"


# A worker may have several threads; a reader is for one at a time.
_reading = threading.Lock()


@lru_cache(maxsize=1)
def _reader(lists: bytes) -> ArticleReader:
    """Made once in a worker process, and anew when missions, publishers or feeds have changed."""
    return ArticleReader(*pickle.loads(zlib.decompress(lists)))  # noqa: S301 - Dask's own messages are pickles, too


def read_chunk(lists: bytes, asker: str, chunk: Sequence[Item]) -> list[Reading | Rereading | Rejection]:
    """Read pages or stored texts, in a worker.

    Raises:
        SettingsError: this worker came later, and is of another version than the run.
    """
    if asker != our_version():
        raise SettingsError(f"a worker of the Dask cluster has {our_version()}, the run is of {asker}")
    with _reading:
        reader = _reader(lists)
        return [
            reread_or_reject(reader, item) if isinstance(item, StoredText) else reader.read(*item) for item in chunk
        ]
