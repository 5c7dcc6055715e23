"""Labelled stories -> Readings in a ledger, and how well the facts that come of them agree with the labels."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from extractors.records import Article, Claim, MissionMatch, Reading, stable_id
from extractors.seeds import read_mission
from tests.warehouse.ledger import fresh_ledger, spool_records
from warehouse.connection import open_warehouse
from warehouse.lake import Address
from warehouse.load import load_spools
from warehouse.seeds import load_seeds

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
_DATES = ("event_start", "event_end", "as_of")
_OURS = ("fact", "part_of")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Labelled:
    """A set of stories: each story's reading, the fact of each claim, and what an analyst says of each fact."""

    readings: tuple[Reading, ...]
    fact_of: Mapping[str, str]
    facts: Mapping[str, Mapping[str, object]]
    sentences: Mapping[str, str]


def read_stories(name: str) -> Labelled:
    """The stories of a folder beside this file."""
    readings, fact_of, sentences = [], {}, {}
    for file in sorted((HERE / name / "stories").glob("*.json")):
        story = json.loads(file.read_text(encoding="utf-8"))
        reading = _reading(story)
        readings.append(reading)
        for claim, label in zip(reading.claims, story["claims"], strict=True):
            fact_of[claim.claim_id] = label["fact"]
            sentences[claim.claim_id] = f"{story['id']} {claim.sentence}"
    facts = json.loads((HERE / name / "facts.json").read_text(encoding="utf-8"))
    return Labelled(tuple(readings), fact_of, facts, sentences)


def _reading(story: Mapping) -> Reading:
    article_id = stable_id(story["url"])
    version_id = stable_id(article_id, story["title"], story["text"])
    published = datetime.fromisoformat(story["published"])
    ids = [stable_id(story["id"], number) for number in range(len(story["claims"]))]
    claims = tuple(
        _claim(label, ids[number], ids, article_id, version_id, story) for number, label in enumerate(story["claims"])
    )
    return Reading(
        article_id=article_id,
        url=story["url"],
        article=Article(
            url=story["url"],
            title=story["title"],
            text=story["text"],
            language=story["lang"],
            published_at=published,
            published_basis="json_ld",
        ),
        asked_url=story["url"],
        final_url=story["url"],
        fetched_at=published + timedelta(hours=1),
        outlet=story["outlet"],
        outlet_country=story["outlet_country"],
        agency=story.get("agency"),
        matches=(MissionMatch("haiti", 2.0, ("Haiti",)),),
        claims=claims,
    )


def _claim(
    label: Mapping, claim_id: str, ids: Sequence[str], article_id: str, version_id: str, story: Mapping
) -> Claim:
    slots = {name: value for name, value in label.items() if name not in _OURS and value is not None}
    slots |= {name: date.fromisoformat(slots[name]) for name in _DATES if name in slots}
    start = story["text"].index(label["sentence"])
    end = start + len(label["sentence"])
    return Claim(
        claim_id=claim_id,
        document=article_id,
        version_id=version_id,
        mission="haiti",
        rule="label",
        extractor_version="1",
        language=story["lang"],
        start=start,
        end=end,
        spans={"sentence": ((start, end),)},
        part_of=None if label.get("part_of") is None else ids[label["part_of"]],
        **slots,
    )


def load_stories(data: Path, readings: Sequence[Reading], *, size: int | None = None) -> Address:
    """Load readings into the ledger of a data folder, in batches of `size`, a minute apart; returns its address."""
    data.mkdir(exist_ok=True)
    file = fresh_ledger(data)
    with open_warehouse(file) as connection:
        load_seeds(connection, missions=[read_mission(SEEDS / "missions" / "haiti")], feeds=[], publishers=[])
    step = size or max(1, len(readings))
    for number, start in enumerate(range(0, len(readings), step)):
        batch = readings[start : start + step]
        spool = spool_records(data / "spool", *batch, run_id=f"run-{number:04d}")
        load_spools(file, [spool], recorded_at=NOW + timedelta(minutes=number))
    return file


def agreement(found: Mapping[str, str], labelled: Mapping[str, str]) -> tuple[float, float, float, float]:
    """B-cubed precision, recall and F1 of found facts, and how many facts there are for each labelled one.

    Source: Bagga and Baldwin, 1998.
    """
    found_in, labelled_in = _members(found), _members(labelled)
    precision = recall = 0.0
    for claim in labelled:
        shared = len(found_in[found[claim]] & labelled_in[labelled[claim]])
        precision += shared / len(found_in[found[claim]])
        recall += shared / len(labelled_in[labelled[claim]])
    precision, recall = precision / len(labelled), recall / len(labelled)
    return precision, recall, 2 * precision * recall / (precision + recall), len(found_in) / len(labelled_in)


def _members(facts: Mapping[str, str]) -> Mapping[str, set[str]]:
    members = defaultdict(set)
    for claim, fact in facts.items():
        members[fact].add(claim)
    return members


def facts_of(file: Address) -> dict[str, str]:
    """The fact of each claim, as a ledger has it."""
    with open_warehouse(file, read_only=True) as connection:
        rows = connection.execute("SELECT claim_id, fact_id FROM fact_claims WHERE relation <> 'part_of'").fetchall()
    return dict(rows)


def compare_facts(file: Address, found: Mapping[str, str], stories: Labelled) -> dict[str, float]:
    """In which share of the labelled facts a ledger says the same: best value, sources, agreement.

    A labelled fact is compared with the found one that has most of its claims.
    """
    names = ("value_best", "n_independent", "agreement")
    with open_warehouse(file, read_only=True) as connection:
        rows = connection.execute(f"SELECT fact_id, {', '.join(names)} FROM facts").fetchall()
    facts = {fact_id: values for fact_id, *values in rows}
    right: Counter[str] = Counter()
    for label, claims in _members(stories.fact_of).items():
        (fact, _), *_ = Counter(found[claim] for claim in sorted(claims)).most_common(1)
        right.update(
            name
            for name, value in zip(names, facts[fact], strict=True)
            if _plain(value) == stories.facts[label].get(name)
        )
    return {name: right[name] / len(stories.facts) for name in names}


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value
