"""The docs say what is so: links lead somewhere, and every command, setting, reason and view is told of."""

import re
from pathlib import Path

import pytest

from extractors.records import Reason
from flows.backfill.commands import backfill_app
from flows.cli import app
from flows.feed_commands import feeds_app
from flows.settings import PREFIX, Settings
from tests.docs.transcripts import COOKBOOK, recipes
from warehouse.connection import open_warehouse

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "seeds/README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("file", DOCS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(file):
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", file.read_text())
    missing = [target for target in targets if "://" not in target and not (file.parent / target).exists()]
    assert missing == []


def test_every_command_is_told_of():
    told = (ROOT / "docs/commands.md").read_text()
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    names += [f"feeds {command.name}" for command in feeds_app.registered_commands]
    names += [f"backfill {command.name}" for command in backfill_app.registered_commands]
    assert [name for name in names if f"`missionwire {name}" not in told] == []


def test_every_setting_is_told_of():
    told = (ROOT / "docs/commands.md").read_text()
    assert [name for name in Settings.model_fields if f"`{PREFIX}{name.upper()}` | `{name}`" not in told] == []


def test_every_reason_is_told_of_and_no_other():
    told = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/rejections.md").read_text(), re.MULTILINE)
    assert sorted(told) == sorted(reason.value for reason in Reason)


def test_every_view_is_named_in_the_readme(tmp_path):
    with open_warehouse(tmp_path / "ledger.duckdb") as connection:
        views = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal"
        ).fetchall()
    told = (ROOT / "README.md").read_text()
    internal = {"article_versions", "claim_history", "fact_claims", "reasons"}
    assert [name for (name,) in views if name not in internal and f"`{name}`" not in told] == []


def test_decisions_are_numbered_and_have_their_parts():
    files = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(file.name[:4]) for file in files]
    assert len(set(numbers)) == len(numbers)
    for file in files:
        assert all(part in file.read_text() for part in ("**Context.**", "**Choice.**", "change our mind"))


def test_the_cookbook_has_a_result_below_each_query():
    text = COOKBOOK.read_text()
    assert len(recipes(text)) == text.count("```sql") >= 25
