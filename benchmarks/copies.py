"""Ledgers of 10,000 and of 1,000,000 articles -> what 500 more cost in either, and what part of it finding copies is.

The ledgers are generated: as many articles a day in both, each with a text, its sample of shingles, and one copy for
every ten. Half of the new articles are new stories, half are cut copies of stories of the last days.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import warehouse.load
from extractors.records import Article, Reading, stable_id
from extractors.similarity import sketch_text
from warehouse.connection import Connection, open_warehouse
from warehouse.load import load_spools
from warehouse.spool import Spool, waiting_spools

_SIZES = (10_000, 1_000_000)
_ARTICLES_A_DAY = 1000
_NEW = 500
_WORDS = 400
_LAST_DAY = datetime(2025, 6, 30, tzinfo=UTC)

# One article a row; the texts are numbers, which is all the same to a sample of hashes.
_GENERATE = """
CREATE TEMP TABLE made AS
SELECT
    n,
    sha256('article' || n) AS article_id,
    sha256('version' || n) AS version_id,
    sha256('text' || n) AS text_hash,
    ('0x' || left(sha256('text' || n), 16))::UBIGINT AS text_id,
    $last_day::TIMESTAMPTZ - INTERVAL 1 SECOND * ((($count - n) * 86400) // $a_day) AS published_at
FROM range($count) AS numbers(n);
INSERT INTO core.article BY NAME
SELECT article_id, 'https://news.example/' || n AS url, 'Outlet ' || n % 300 AS outlet, published_at AS recorded_at
FROM made ORDER BY n;
INSERT INTO core.article_version BY NAME
SELECT
    article_id, version_id, 1 AS revision, true AS is_newest, 'Title ' || n AS title,
    repeat('word ' || n || ' ', 100) AS text, text_hash, text_id, published_at::DATE AS out_on,
    false AS is_agency, 'en' AS language, published_at,
    'none' AS copy_role, published_at AS fetched_at, published_at AS recorded_at
FROM made ORDER BY n;
INSERT INTO raw.page BY NAME
SELECT
    'https://news.example/' || n AS asked_url, 'https://news.example/' || n AS final_url, article_id, version_id,
    published_at AS fetched_at, published_at AS recorded_at
FROM made ORDER BY n;
INSERT INTO core.text_sketch BY NAME
SELECT
    text_id, published_at::DATE AS out_on, 400 AS shingle_count, $reach::UBIGINT AS reach, published_at AS recorded_at
FROM made ORDER BY n;
INSERT INTO core.shingle BY NAME
SELECT md5_number_lower(n || '-' || k) // 6 AS hash, text_id, published_at::DATE AS out_on
FROM made, range(64) AS sample(k) ORDER BY n;
INSERT INTO core.copy_link BY NAME
SELECT text_id, lag(text_id) OVER (ORDER BY n) AS other_text_id, 60 AS shared_count, 0.9 AS ratio
FROM made QUALIFY n % 10 = 1;
INSERT INTO core.copy_link BY NAME
SELECT other_text_id AS text_id, text_id AS other_text_id, shared_count, ratio FROM core.copy_link;
"""


def main(sizes: Sequence[int] = _SIZES) -> None:
    """Print a line a size, and the ratio of the largest to the smallest; seconds are of processor time."""
    print(f"copies: {_NEW} new articles, {_ARTICLES_A_DAY} a day in the ledger")
    with TemporaryDirectory() as folder:
        measured = [_measure(Path(folder) / str(size), size) for size in sizes]
    for size, (whole, copies) in zip(sizes, measured, strict=True):
        print(f"  {size:>9,} articles: {whole:.2f} s a load, {copies:.2f} s of it finding copies")
    print(
        f"  ratio: {measured[-1][0] / measured[0][0]:.2f} a load, {measured[-1][1] / measured[0][1]:.2f} finding copies"
    )


def _measure(data: Path, size: int) -> tuple[float, float]:
    """Seconds of a load, and of finding copies in it: the median of three loads."""
    data.mkdir()
    with open_warehouse(data / "ledger.duckdb") as connection:
        _generate(connection, size)
    timings = sorted(_load(data, number) for number in range(3))
    (data / "ledger.duckdb").unlink()
    return timings[1]


def _generate(connection: Connection, count: int) -> None:
    values = {"count": count, "last_day": _LAST_DAY, "a_day": _ARTICLES_A_DAY, "reach": 2**64 // 6}
    for statement in _GENERATE.split(";"):
        used = {name: value for name, value in values.items() if f"${name}" in statement}
        if statement.strip():
            connection.execute(statement, used)


def _load(data: Path, number: int) -> tuple[float, float]:
    seconds = []

    def timed(connection: Connection, recorded_at: datetime) -> None:
        start = time.process_time()
        find_copies(connection, recorded_at)
        seconds.append(time.process_time() - start)

    find_copies, warehouse.load.find_copies = warehouse.load.find_copies, timed
    try:
        spool = Spool.create(data / "spool", "run", number)
        spool.add(*_readings(number))
        spool.finish()
        start = time.process_time()
        load_spools(data / "ledger.duckdb", waiting_spools(data / "spool"), recorded_at=_LAST_DAY)
        return time.process_time() - start, seconds[0]
    finally:
        warehouse.load.find_copies = find_copies


def _readings(number: int) -> Iterator[Reading]:
    rng = random.Random(number)
    for k in range(_NEW // 2):
        words = [f"w{rng.randrange(10_000)}" for _ in range(_WORDS)]
        published = _LAST_DAY - timedelta(hours=rng.randrange(72))
        for name, text in ((f"{number}-{k}", words), (f"{number}-{k}-copy", words[: _WORDS // 2])):
            url = f"https://new.example/{name}"
            article = Article(url, "Title", " ".join(text), language="en", published_at=published)
            yield Reading(
                article_id=stable_id(url),
                url=url,
                article=article,
                asked_url=url,
                final_url=url,
                fetched_at=_LAST_DAY,
                outlet="Outlet",
                sketch=sketch_text(article.text),
            )
