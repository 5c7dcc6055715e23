"""Folder of gold documents -> scores: what the rules find there, what two simple baselines find, and what is missed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from extractors.evaluation import GoldDocument, Report, read_gold, score_claims
from extractors.evaluation.baselines import BASELINES
from extractors.evaluation.scores import Score
from extractors.facts.confidence import write_confidence
from extractors.facts.extractor import ClaimExtractor
from extractors.records import Claim, Document
from flows.documents import claim_row
from flows.missions import named_missions
from flows.settings import Settings
from flows.tables import write_rows

Read = Callable[[Document], tuple[Claim, ...]]

_RULES = "rules"
_COLUMNS = ("group", "gold", "made", "precision", "recall", "strict F1", "loose F1")


def evaluate(
    settings: Settings, folder: Path, stream: TextIO, *, misses: bool, as_json: bool, confidence: Path | None = None
) -> None:
    """Score the extractors on gold documents, and say it on `stream`.

    Args:
        misses: list the facts without a claim and the claims without a fact as well.
        as_json: one JSON object instead of tables.
        confidence: write there how often each rule is right, for the column of that name.

    Raises:
        GoldError: the folder holds no gold documents, or one that cannot be read.
    """
    gold = read_gold(folder)
    reports = {name: _score(gold, read) for name, read in _readers(settings).items()}
    if confidence is not None:
        confidence.write_text(write_confidence(reports[_RULES].rules), encoding="utf-8")
    if as_json:
        stream.write(json.dumps({name: _as_json(report, misses) for name, report in reports.items()}, indent=1) + "\n")
        return
    _write_report(reports[_RULES], len(gold), stream)
    _write_baselines(reports, stream)
    if misses:
        stream.writelines(f"{line}\n" for line in _miss_lines(reports[_RULES]))


def _readers(settings: Settings) -> dict[str, Read]:
    """The rules, then the baselines; each reads a document for all missions named."""
    extractors = [ClaimExtractor(mission) for mission in named_missions(settings)]

    def joined(read: Callable[[ClaimExtractor, Document], tuple[Claim, ...]]) -> Read:
        return lambda document: tuple(claim for each in extractors for claim in read(each, document))

    return {_RULES: joined(ClaimExtractor.extract), **{name: joined(read) for name, read in BASELINES.items()}}


def _score(gold: tuple[GoldDocument, ...], read: Read) -> Report:
    return score_claims(gold, {each.document.id: read(each.document) for each in gold})


def _write_report(report: Report, documents: int, stream: TextIO) -> None:
    rows = [_row(group, report.strict[group], report.loose[group].f1) for group in sorted(report.strict)]
    stream.write(f"{documents} documents\n\n")
    write_rows(_COLUMNS, rows, stream)
    stream.write("\nSlots, of the facts that were found\n\n")
    slots = [(slot, score.wanted, _shown(score.recall)) for slot, score in report.slots.items()]
    write_rows(("slot", "compared", "right"), slots, stream)
    stream.write(f"\nClaims in documents that hold no fact: {report.in_empty}\n")


def _write_baselines(reports: Mapping[str, Report], stream: TextIO) -> None:
    stream.write("\nBeside them\n\n")
    rows = [_row(name, report.strict["all"], report.loose["all"].f1) for name, report in reports.items()]
    write_rows(("extractor", *_COLUMNS[1:]), rows, stream)


def _row(name: str, strict: Score, loose: float | None) -> tuple[str, ...]:
    counts = (str(strict.wanted), str(strict.made))
    return (name, *counts, *map(_shown, (strict.precision, strict.recall, strict.f1, loose)))


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _miss_lines(report: Report) -> Iterator[str]:
    """Facts without a claim, then claims without a fact, one line each."""
    yield ""
    for document, fact in report.missed:
        yield f"missed    {document}  {json.dumps(_filled(fact), ensure_ascii=False)}"
    for document, claim in report.spurious:
        yield f"made up   {document}  {claim.rule}  {claim.original_value or ''}  {claim.sentence!r}"


def _filled(fact: Any) -> dict[str, Any]:
    return {name: value for name in fact.__slots__ if (value := getattr(fact, name)) is not None}


def _as_json(report: Report, misses: bool) -> dict[str, Any]:  # noqa: FBT001 - handed on from the command line
    made = {
        "loose": {group: _score_row(score) for group, score in report.loose.items()},
        "strict": {group: _score_row(score) for group, score in report.strict.items()},
        "slots": {slot: score.recall for slot, score in report.slots.items()},
        "claims_in_documents_without_facts": report.in_empty,
    }
    if misses:
        made["missed"] = [{"document": document, **_filled(fact)} for document, fact in report.missed]
        made["made_up"] = [json.loads(json.dumps(claim_row(claim), default=str)) for _, claim in report.spurious]
    return made


def _score_row(score: Score) -> dict[str, Any]:
    return {
        "gold": score.wanted,
        "made": score.made,
        "hits": score.hits,
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
    }
