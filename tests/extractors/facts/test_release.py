"""The rules' version changes with every rule, word and seed, and with nothing else."""

import dataclasses
import shutil

import pytest

from extractors.facts.extractor import ClaimExtractor
from extractors.facts.release import _FOLDER, checksum_rules, extractor_version
from extractors.records import Document
from extractors.seeds import read_mission
from flows.settings import SEEDS


@pytest.fixture(scope="module")
def mission():
    return read_mission(SEEDS / "missions/haiti")


@pytest.mark.parametrize("file", ["lexicons/sw.toml", "kinds/values.py", "dates.py", "confidence.tsv"])
def test_a_change_of_any_file_of_the_rules_is_another_version(tmp_path, file):
    copied = shutil.copytree(_FOLDER, tmp_path / "facts", ignore=shutil.ignore_patterns("__pycache__"))
    assert checksum_rules(copied) == checksum_rules()
    with (copied / file).open("a") as stream:
        stream.write("\n")
    checksum_rules.cache_clear()
    assert checksum_rules(copied) != checksum_rules()


def test_a_word_of_the_mission_is_another_version(mission):
    word = dataclasses.replace(mission.words[0], text="the republic of mountains")
    other = dataclasses.replace(mission, words=(*mission.words, word))
    assert extractor_version(other) != extractor_version(mission)


def test_the_same_rules_and_seeds_are_the_same_version(mission):
    assert extractor_version(read_mission(SEEDS / "missions/haiti")) == extractor_version(mission)


def test_every_claim_has_it(mission):
    extractor = ClaimExtractor(mission)
    document = Document("d", "Haiti", "Kenya sent 150 police officers to the MSS in Haiti.", "en")
    claims = extractor.extract(document)
    assert {claim.extractor_version for claim in claims} == {extractor.version} == {extractor_version(mission)}
