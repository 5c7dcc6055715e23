"""`missionwire evaluate` from outside."""

import json
from pathlib import Path

from tests.flows.command import missionwire

CORPUS = Path(__file__).parents[1] / "corpus"


def test_scores_are_printed_per_kind_language_and_slot_with_baselines(tmp_path):
    done = missionwire("evaluate", str(CORPUS), "--misses", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for words in (
        "kind casualty",
        "language fr",
        "qualifier",
        "nearest number",
        "verb plus unit",
        "missed ",
        "made up",
    ):
        assert words in done.stdout


def test_scores_for_programs(tmp_path):
    done = missionwire("evaluate", str(CORPUS), "--json", "--misses", cwd=tmp_path)
    reports = json.loads(done.stdout)
    assert list(reports) == ["rules", "nearest number", "verb plus unit"]
    rules = reports["rules"]
    loose = rules["loose"]["all"]
    assert len(rules["missed"]) == loose["gold"] - loose["hits"]
    assert len(rules["made_up"]) == loose["made"] - loose["hits"]
    assert {"document", "kind"} <= rules["missed"][0].keys()


def test_a_folder_without_gold_documents_is_an_error(tmp_path):
    done = missionwire("evaluate", str(tmp_path), cwd=tmp_path)
    assert done.returncode == 2
    assert "no gold documents" in done.stderr
