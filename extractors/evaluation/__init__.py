"""Gold documents + claims -> scores: how far what was read can be trusted, per kind, language and slot."""

from extractors.evaluation.gold import GoldDocument, GoldFact, read_gold
from extractors.evaluation.scores import Report, score_claims

__all__ = ["GoldDocument", "GoldFact", "Report", "read_gold", "score_claims"]
