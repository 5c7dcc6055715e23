"""The twenty questions that are asked most, each of one view without a join, on the demo's published ledger.

What is expected is what the sample newsroom says, not what the extractors happen to read.
"""

import re

import duckdb
import pytest

from tests.docs.transcripts import COOKBOOK, PUBLISHED

FORCE = "Multinational Security Support mission"
PEOPLE = "kind = 'personnel' AND pledged IS NOT NULL"

# Question -> SQL, and rows that its answer must have.
QUESTIONS = {
    "Who is there now, and how many?": (
        (
            "SELECT actor_name, max_by(value_best, last_published_at)::INT FROM strength WHERE measure = 'stock' "
            "AND value_best IS NOT NULL AND agreement NOT IN ('denied', 'superseded') GROUP BY ALL"
        ),
        {(FORCE, 750), ("Kenya", 617), ("Guatemala", 75), ("Jamaica", 24), ("El Salvador", 8), ("Bahamas", 6)},
    ),
    "Who arrived when?": (
        "SELECT actor_name, value_best::INT, event_start::VARCHAR FROM deployments WHERE status = 'done'",
        {("Kenya", 217, "2025-01-18")},
    ),
    "Who went home?": (
        "SELECT actor_name, value_best::INT FROM withdrawals WHERE status = 'done'",
        {("Kenya", 12)},
    ),
    "Who promised people, and when?": (
        "SELECT actor_name, value_best::INT, first_published_at::DATE::VARCHAR FROM pledges WHERE status = 'pledged'",
        {("Kenya", 1000, "2025-01-18"), ("Benin", 2000, "2025-01-16"), ("Jamaica", 200, "2025-01-14")},
    ),
    "What was promised, what came, what is outstanding?": (
        f"SELECT contributor_name, pledged, delivered, outstanding, status FROM promises WHERE {PEOPLE}",
        {("Benin", 2000, 0, 2000, "unfulfilled"), ("Kenya", 1000, 617, 383, "partly")},
    ),
    "How many people were killed, injured or kidnapped, and where?": (
        (
            "SELECT subkind, value_best::INT, admin1 FROM casualties "
            "WHERE measure = 'flow' AND status = 'done' AND actor_name = 'Haiti'"
        ),
        {("killed", 17, "Artibonite"), ("injured", 9, "Artibonite"), ("killed", 115, "Artibonite")},
    ),
    "How many people are displaced, and where?": (
        "SELECT value_best::INT, place, unit FROM displacement WHERE measure = 'stock'",
        {(1_041_229, "Haiti", "person"), (84_000, "Artibonite", "person")},
    ),
    "How many people need aid?": (
        "SELECT value_best::INT, unit FROM needs",
        {(5_400_000, "person"), (3_900_000, "person"), (2_000_000, "person")},
    ),
    "Who pays or owes how much?": (
        "SELECT actor_name, status, value_best::BIGINT, currency FROM funding",
        {("Canada", "pledged", 15_000_000, "CAD"), ("France", "done", 3_000_000, "EUR")},
    ),
    "What may the mission do, until when, with how many?": (
        "SELECT subkind, actor_name, target_name, value_best::INT FROM mandates WHERE status = 'done'",
        {("authorise", "UN Security Council", FORCE, 2500), ("extend", "UN Security Council", FORCE, None)},
    ),
    "Who holds which place?": (
        "SELECT subkind, coalesce(actor_name, target_name), place, value_best::INT, unit FROM controls",
        {("held", "gangs", "Port-au-Prince", 85, "percent"), ("retaken", FORCE, "port", None, None)},
    ),
    "What equipment came, from whom, for whom?": (
        "SELECT actor_name, target_name, value_best::INT, unit FROM equipment WHERE status = 'done'",
        {("United States", FORCE, 18, "vehicle"), ("Canada", "Haitian National Police", 18, "vehicle")},
    ),
    "Who holds which post, since when, after whom?": (
        "SELECT actor_name, person, holds_from::VARCHAR, predecessor FROM posts WHERE holds_to IS NULL",
        {("Haiti", "Alix Didier Fils-Aimé", "2024-11-11", "Garry Conille")},
    ),
    "Who said what, in which words?": (
        "SELECT person, actor_name, left(sentence, 42) FROM statements",
        {("Kipchumba Murkomen", "Kenya", '"Nobody should doubt that Kenya will stay ')},
    ),
    "Where do sources contradict each other?": (
        "SELECT voice_name, value_low::INT, settled_value::INT, admin1 FROM disputes WHERE subkind = 'killed'",
        {
            ("a local rights group", 17, 17, "Artibonite"),
            ("mayor of petite-rivière-de-l'artibonite", 13, 17, "Artibonite"),
        },
    ),
    "Which sentence, outlet and link stand behind a fact?": (
        "SELECT outlet, relation, url, sentence FROM evidence WHERE kind = 'pledge' AND actor_name = 'Jamaica'",
        {
            (
                "Rift Courier",
                "corroborates",
                "http://rift-courier.example/who-promised-what-for-haiti",
                "Jamaica pledged 200 and has deployed 24.",
            )
        },
    ),
    "What does one outlet, or one source, say?": (
        "SELECT outlet, subkind, value_low::INT FROM claims WHERE source_name = 'UN Human Rights Office'",
        {("Assembly News", "killed", 5601)},
    ),
    "Which articles are there, of which outlet and language?": (
        "SELECT outlet, language, count(*) FROM articles GROUP BY ALL",
        {("Haïti Dépêche", "fr", 4), ("Quisqueya Diario", "es", 3), ("Assembly News", "en", 5)},
    ),
    "How many outlets ran the same text?": (
        "SELECT title, original_outlet, n_outlets FROM copy_groups",
        {("Gunmen kill at least 13 in Haitian town, mayor's office says", "Atlantic Wire", 3)},
    ),
    "What may we have missed?": (
        "SELECT outlet, articles_loaded, rejected FROM coverage WHERE rejected > 0",
        {("Monde Parallèle", 2, 1), ("Radyo Lakay", 0, 1)},
    ),
}

# What the words of a comment are in columns; other grains are named by their columns.
GRAINS = {"fact": "fact_id", "claim": "claim_id", "article": "article_id", "run": "run_id"}


@pytest.fixture(scope="module")
def published(demo):
    """A connection to what a demo published, as any client opens it."""
    assert demo.returncode == 0, demo.stderr
    with duckdb.connect(str(demo.folder / PUBLISHED), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_common_question_needs_no_join(published, question):
    sql, expected = QUESTIONS[question]
    assert not re.search(r"\bJOIN\b|\bref\.|\bcore\.|,\s*\w+\s+WHERE", sql)
    assert expected <= set(published.execute(sql).fetchall())


def test_the_cookbook_begins_with_the_twenty_common_questions():
    listed = re.findall(r"^\| ([^|]+\?) \| `(\w+)` \|$", COOKBOOK.read_text(), re.MULTILINE)
    assert [question for question, _ in listed] == list(QUESTIONS)
    assert len(listed) == 20
    assert all(f"FROM {view}" in QUESTIONS[question][0] for question, view in listed)


def test_every_view_says_its_grain_and_keeps_it(published):
    views = published.execute(
        "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal"
    ).fetchall()
    for view, comment in views:
        told = re.fullmatch(r"One row per .*\. Grain: ([\w, ]+)\.", comment)
        assert told, view
        columns = [GRAINS.get(name, name) for name in re.split(r", | and ", told[1])]
        if columns == ["proposal"]:
            continue
        rows, things = published.execute(
            f"SELECT count(*), count(DISTINCT row({', '.join(columns)})) FROM {view}"
        ).fetchall()[0]
        assert rows == things, (view, columns)


def test_every_actor_of_the_demo_is_named(published):
    for view in ("facts", "claims", "claim_history", "posts", "evidence"):
        nameless = f"SELECT DISTINCT actor FROM {view} WHERE actor IS NOT NULL AND actor_name IS NULL"
        assert published.execute(nameless).fetchall() == [], view
