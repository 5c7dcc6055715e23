"""People of the mission -> actor: the nation whose they are, the force, or the Council that sets its size."""

from __future__ import annotations

from extractors.facts.acting import COUNCIL
from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.surroundings import is_pledged_noun
from extractors.facts.kinds.whole_force import force_meant, is_generic
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import Found, actor_of, put_actor, put_implied_actor


def put_force_actor(context: Context, reading: Reading, draft: Draft, actors: list[Found], quantity: Quantity) -> None:
    """Fills the actor of a draft, and the target of what the Council sets."""
    kind = draft.kind
    force = force_meant(context, reading, quantity.i)
    if kind == "mandate":
        is_council = any(a[0].id == COUNCIL for a in actors) or _is_set_by_council(reading)
        council = draft.fields["status"] == "done" or is_council
        put_implied_actor(context, draft, COUNCIL if council else force)
        if council:
            draft.put("target", None, target=force)
        return
    wanted = [f for f in actors if context.is_contributor(f[0])] or [f for f in actors if context.is_force(f[0])]
    if kind == "pledge" and is_pledged_noun(reading.sentence, quantity.i):
        # "Pledges for the force have reached 7,500": those of the nation spoken of last would be said to be its own.
        wanted = [found for found in wanted if _has_pledges(reading.sentence, found)]
    if (not wanted and _is_joint(reading, draft)) or (
        len({f[0].id for f in wanted}) > 1
        and (kind in ("pledge", "strength") or len(quantity.actors) > 1 or _is_shared(reading.sentence, quantity))
    ):
        put_implied_actor(context, draft, force)
    elif wanted and context.is_force(wanted[0][0]):
        _put_force(context, draft, wanted[0], force)
    elif wanted:
        put_actor(draft, wanted[0])
    elif kind in ("strength", "pledge"):
        put_implied_actor(context, draft, force)


def _is_shared(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "Jamaica and Belize have sent 26 people between them"."""
    return "together" in sentence.tags(quantity.j)


def _has_pledges(sentence: Sentence, found: Found) -> bool:
    """False for whoever only tells of the pledges, and for a nation of the sentences before."""
    if found[2] is not sentence:
        return False
    noun = next((m.i for m in sentence.each() if "pledge_noun" in m.entry.tags), 0)
    return not any(sentence.tags(k) & {"said", "complement"} for k in range(found[1].j, noun))


# "by the UN Security Council": so many tokens.
_AGENT_REACH = 4


def _is_set_by_council(reading: Reading) -> bool:
    """As in "the target set by the Security Council is 5,500"."""
    sentence = reading.sentence
    named = (m for m in sentence.each() if (a := actor_of(m)) is not None and a.id == COUNCIL)
    return any("by" in sentence.tags(k) for m in named for k in range(m.i - _AGENT_REACH, m.i))


def _put_force(context: Context, draft: Draft, found: Found, force: str) -> None:
    """The force that acts; "the mission" is the one that is meant here."""
    is_named = found[1].name is not None and not is_generic(found[2], found[1])
    meant = found[0] if is_named else context.actors.get(force, found[0])
    put_actor(draft, (meant, found[1], found[2]))


def _is_joint(reading: Reading, draft: Draft) -> bool:
    return draft.kind == "pledge" and any("contributors" in mark.entry.tags for mark in reading.sentence.each())
