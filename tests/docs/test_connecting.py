"""docs/connecting.md: what it marks as tried is tried, in one folder, from the first block to the last."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.command import clean_environment
from tests.warehouse.ledger import publish_two_stories

TEXT = (Path(__file__).resolve().parents[2] / "docs/connecting.md").read_text()
TRIED = re.findall(r"<!-- tried -->\n```(\w+)\n(.*?)```", TEXT, re.DOTALL)
RUN_BY = {
    "sh": ["bash", "-euo", "pipefail", "-c"],
    "sql": ["duckdb", "-bail", "-c"],
    "python": [sys.executable, "-W", "error", "-c"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return publish_two_stories(tmp_path_factory.mktemp("connecting"))


@pytest.mark.parametrize("number", range(len(TRIED)))
def test_what_is_marked_as_tried_works(folder, number):
    language, block = TRIED[number]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [*RUN_BY[language], block],
        cwd=folder,
        env=clean_environment() | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stderr
    assert done.stdout or ">" in block or "--parquet" in block


def test_each_way_is_tried():
    assert {language for language, _ in TRIED} == set(RUN_BY)
    assert len(TRIED) >= 8


def test_what_it_says_of_the_file_is_so(folder):
    asked = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'missionwire'"
    duckdb = Path(sys.executable).parent / "duckdb"
    file = folder / "data/published/missionwire.duckdb"
    command = [str(duckdb), "-readonly", "-noheader", "-list", str(file), "-c", asked]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "v1.0.0+"
