"""A reader of what is published, as a process of its own: `python -m tests.flows.soak_reader KIND TARGET...`.

It asks until its standard input closes, sees to it that each answer is of a ledger between two runs, and prints one
line of JSON: how long each answer took, and what it saw last. What is wrong is said there too, and ends it at once.
"""

import json
import random
import sys
import threading
import time
from contextlib import contextmanager

import duckdb

from tests.flows.sql_clients import ask, attach, plain_client
from warehouse.connection import open_warehouse
from warehouse.lake import Lake

# People pause between two questions: without it, twenty readers would be twenty busy loops on two cores. A turn costs
# 0.08 s of a processor, so that they take half of one together, and leave the rest to the runs.
PAUSE_SECONDS = 3.0
# Of a lake each question asks the catalog some dozen times before it is answered.
LAKE_PAUSE_SECONDS = 12.0
# Loaded articles and claims are those that the runs say they loaded; each article has its claims, each claim its fact.
STATE = """
SELECT
    (SELECT count(*) FROM articles),
    (SELECT coalesce(sum(articles_loaded), 0)::BIGINT FROM runs),
    (SELECT count(*) FROM claims),
    (SELECT coalesce(sum(claims_new), 0)::BIGINT FROM runs),
    (SELECT count(*) FROM articles WHERE article_id NOT IN (SELECT article_id FROM claims)),
    (SELECT count(*) FROM claims WHERE claim_id NOT IN (SELECT claim_id FROM fact_claims)),
    (SELECT count(*) FROM runs WHERE state = 'completed')
"""
# What people ask besides; the rows do not matter, only that they come.
QUESTIONS = (
    "SELECT actor, sum(value_best) FROM deployments GROUP BY ALL",
    "SELECT kind, agreement, count(*) FROM facts GROUP BY ALL",
    "SELECT count(*) FROM facts_as_known_at('2030-01-01')",
    "SELECT sentence, outlet, url FROM claims ORDER BY recorded_at DESC LIMIT 20",
    "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal",
)


@contextmanager
def reading_file(target):
    """The file is opened for each question, as `missionwire sql` and a script do."""

    def answer(sql):
        with duckdb.connect(target, read_only=True, config={"threads": 1}) as connection:
            return connection.execute(sql).fetchall()

    yield answer


@contextmanager
def reading_quack(target):
    """One attached server for all questions, as a person at a prompt has it."""
    connection = attach(plain_client(), target)
    yield lambda sql: ask(connection, sql)
    connection.close()


@contextmanager
def reading_lake(catalog, data_path):
    """The lake itself, attached once for all questions."""
    with open_warehouse(Lake(catalog, data_path), read_only=True) as connection:
        connection.execute("SET threads = 1")
        yield lambda sql: connection.execute(sql).fetchall()


# Another way to what is published is another line here; the soak takes its readers from these.
KINDS = {"file": reading_file, "quack": reading_quack, "lake": reading_lake}


def read(kind, target, stop):
    """Ask until told to stop, and once more then; the figures of it.

    A lake shows a load as soon as it is whole, its run only when it has ended: what that run says comes later.
    """
    seconds, last, turn, is_over = [], (0,) * 7, 0, False
    pause = LAKE_PAUSE_SECONDS if kind == "lake" else PAUSE_SECONDS

    def timed(sql):
        started = time.perf_counter()
        rows = answer(sql)
        seconds.append(time.perf_counter() - started)
        return rows

    with KINDS[kind](*target) as answer:
        while not is_over:
            is_over = stop.wait(random.uniform(0, 2 * pause))
            [state] = timed(STATE)
            if problem := _problem(state, last, is_told_later=kind == "lake"):
                return {"problem": problem, "kind": kind, "state": state, "last": last}
            last = state
            timed(QUESTIONS[turn % len(QUESTIONS)])
            turn += 1
    return {"kind": kind, "seconds": seconds, "last": last}


def _problem(state, last, *, is_told_later):
    articles, articles_told, claims, claims_told, bare, loose, runs = state
    if (articles, claims) != (articles_told, claims_told) and not (is_told_later and articles > articles_told):
        return "rows are not those that the runs loaded"
    if bare or loose:
        return "articles without claims, or claims without a fact"
    if any(new < old for new, old in zip((articles, claims, runs), (last[0], last[2], last[6]), strict=True)):
        return "something was there before and is not now"
    return ""


def main(kind, *target):
    """Read until standard input closes."""
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    try:
        figures = read(kind, target, stop)
    except duckdb.Error as error:
        figures = {"problem": str(error)}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
