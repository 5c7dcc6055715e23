"""One article from headline to last line: every fact in it, with its spans, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.records import Document

TITLE = "More police for the Haiti mission"
TEXT = """Kenya flew another group of police to Haiti to reinforce the Multinational Security Support Mission (MSS).

The third group of 217 officers took off from Nairobi on Saturday, January 18, 2025. Interior Cabinet Secretary \
Kipchumba Murkomen saw them off.

He told the officers that the government's ''resolve to see this through has not changed''.

''Neighbourhoods that were lost are opening their markets again,"

The group adds to the 400 that were deployed earlier, bringing the total to 617, and more are expected to join the \
mission in the coming days.

President William Ruto pledged 1,000 officers for the U.N.-backed mission.

Benin promised to send 2,000 police officers but has yet to do so.

The MSS has reclaimed several areas and key installations from the gangs.

Jimmy Chérizier, alias Barbecue, leads the largest gang.

More than 700,000 Haitians have been left homeless and sleep in makeshift shelters.

The U.N. Human Rights Office reported that more than 5,600 people were killed in Haiti last year, 20 percent more than \
in the year before.
"""


@pytest.fixture(scope="module")
def claims(extractor):
    return extractor.extract(Document("article", TITLE, TEXT, "en", date(2025, 1, 19)))


def _only(claims, **wanted):
    found = [c for c in claims if all(getattr(c, name) == value for name, value in wanted.items())]
    assert len(found) == 1, [(c.kind, c.actor, c.value_best, c.status) for c in claims]
    return found[0]


def _words(claim, slot):
    return [TEXT[start:end] for start, end in claim.spans[slot]]


def test_the_movement_has_its_day_and_its_people(claims):
    claim = _only(claims, kind="deployment", value_best=217.0)
    assert (claim.actor, claim.unit, claim.measure, claim.status) == ("KEN", "police", "flow", "done")
    assert (claim.event_start, claim.event_end) == (date(2025, 1, 18), date(2025, 1, 18))
    assert _words(claim, "value") == ["217"]
    assert _words(claim, "event") == ["Saturday, January 18, 2025"]


def test_those_before_are_a_stock_and_the_sum_with_the_new_a_total(claims):
    assert _only(claims, kind="strength", value_best=400.0).measure == "stock"
    total = _only(claims, kind="strength", value_best=617.0)
    assert (total.actor, total.measure, total.qualifier) == ("KEN", "cumulative", "exact")


def test_more_to_come_is_planned_and_has_no_number(claims):
    claim = _only(claims, kind="deployment", status="planned")
    assert (claim.actor, claim.value_best) == ("KEN", None)


def test_pledges_are_kept_apart_and_an_unkept_one_is_told(claims):
    assert _only(claims, kind="pledge", actor="KEN").status == "pledged"
    unkept = _only(claims, kind="pledge", actor="BEN")
    assert (unkept.value_best, unkept.status, unkept.unit_class) == (2000.0, "unfulfilled", "police")


def test_victims(claims):
    killed = _only(claims, kind="casualty")
    assert (killed.actor, killed.value_low, killed.qualifier, killed.measure) == (
        "HTI",
        5600.0,
        "more_than",
        "cumulative",
    )
    assert (killed.event_start, killed.event_end) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (killed.source, killed.source_type) == ("OHCHR", "un")
    driven_out = _only(claims, kind="displacement")
    assert (driven_out.value_low, driven_out.qualifier, driven_out.measure) == (700000.0, "more_than", "stock")


def test_ground_retaken_has_no_actor(claims):
    claim = _only(claims, kind="control")
    assert (claim.subkind, claim.actor, claim.target) == ("retaken", None, "MSS")


def test_posts(claims):
    roles = {claim.person: (claim.actor, claim.role) for claim in claims if claim.kind == "role"}
    assert roles["Kipchumba Murkomen"] == ("KEN", "Interior Cabinet Secretary")
    assert roles["William Ruto"] == ("KEN", "President")
    assert roles["Jimmy Chérizier"][0] == "gangs"


def test_quotes_belong_to_the_person_that_the_pronoun_stands_for(claims):
    spoken = [claim for claim in claims if claim.kind == "statement"]
    assert [claim.person for claim in spoken] == ["Kipchumba Murkomen", "Kipchumba Murkomen"]
    assert TEXT[slice(*spoken[0].spans["trigger"][0])] == "resolve to see this through has not changed"


def test_nothing_else_is_made_up(claims):
    assert len(claims) == 14
