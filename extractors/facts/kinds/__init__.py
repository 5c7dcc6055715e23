"""Context -> Claims: the thirteen kinds."""

from __future__ import annotations

from extractors.facts.assertion import assess
from extractors.facts.attribution import attribute
from extractors.facts.carrying_on import carry_on
from extractors.facts.context import Context
from extractors.facts.drafts import Draft, ground
from extractors.facts.kinds.areas import read_areas
from extractors.facts.kinds.counted import read_counted
from extractors.facts.kinds.handovers import read_handovers
from extractors.facts.kinds.mandates import name_mandated, read_mandates
from extractors.facts.kinds.ordinals import read_ordinals
from extractors.facts.kinds.perpetrators import name_perpetrators
from extractors.facts.kinds.roles import read_roles
from extractors.facts.kinds.rosters import read_rosters
from extractors.facts.kinds.single_victims import read_single_victims
from extractors.facts.kinds.statements import read_statements
from extractors.facts.kinds.uncounted import read_uncounted
from extractors.facts.kinds.unpriced import read_unpriced
from extractors.facts.measures import settle_measures
from extractors.facts.merging import merge
from extractors.facts.places import settle_places
from extractors.facts.scenes import read_scenes
from extractors.facts.scope import keep_ours
from extractors.facts.timeline import settle_times
from extractors.facts.totals import link_totals
from extractors.records import Claim

RULES = (
    read_counted, read_single_victims, read_uncounted, read_rosters, read_areas, read_handovers, read_mandates,
    read_unpriced, read_ordinals, read_roles, read_statements,
)  # fmt: skip


def read_claims(context: Context, version: str) -> tuple[Claim, ...]:
    """The claims of a document, in the order of its text."""
    drafts = keep_ours(context, [draft for rule in RULES for draft in rule(context)])
    _qualify(context, drafts)
    name_mandated(context, drafts)
    merged = merge(context, drafts)
    scenes = read_scenes(context, merged)
    settle_times(context, merged, scenes)
    settle_measures(context, merged)
    settle_places(context, merged, scenes)
    name_perpetrators(context, merged)
    link_totals(context, merged)
    return ground(merged, context, version)


def _qualify(context: Context, drafts: list[Draft]) -> None:
    """Adds what holds for whole sentences: who says so, and how firmly."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(id(draft.sentence), []).append(draft)
    before: list[Draft] = []
    for reading in context.readings:
        found = by_sentence.get(id(reading.sentence), [])
        if found:
            attribute(context, reading, found)
            carry_on(context, reading, found, before)
        for draft in found:
            assess(reading, draft)
        before = found
