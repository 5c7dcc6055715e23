"""Money without an amount -> funding without a value: a fund that pays, who finances, what is to be met from gifts.

A sum tells more than its payer alone: `merging` leaves these out beside an amount of the same payer and status.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.bodies import is_elsewhere
from extractors.facts.kinds.verb_moods import is_promise, is_refused
from extractors.facts.kinds.whole_force import speaks_of_force
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import (
    Found,
    actor_of,
    find_subjects,
    is_future,
    nearest_date,
    put_actor,
    put_date,
    put_implied_actor,
)

_FUND_HOLDER = "UN"


def read_unpriced(context: Context) -> Iterator[Draft]:
    """At most one draft a sentence, and none where the sentence names a sum."""
    for reading in context.readings:
        if reading.sentence.in_title or is_elsewhere(context, reading):
            continue
        if any(quantity.group in ("money", "percent") for quantity in reading.quantities):
            continue
        draft = _read(context, reading)
        if draft is not None:
            yield draft


def _read(context: Context, reading: Reading) -> Draft | None:
    tags = {tag: mark for mark in reversed(reading.sentence.each()) for tag in mark.entry.tags & _TRIGGERS}
    if "voluntary" in tags:
        return _new(reading, tags["voluntary"], "needed")
    if "drawdown" in tags:
        return _drawn_down(context, reading, tags["drawdown"])
    if "secured" in tags and "money_noun" in tags:
        return _secured(context, reading, tags["money_noun"], tags["secured"])
    return _financed(context, reading, tags["finance"]) if "finance" in tags else None


_TRIGGERS = frozenset(["voluntary", "drawdown", "finance", "secured", "money_noun"])


def _drawn_down(context: Context, reading: Reading, mark: Mark) -> Draft | None:
    """As in "by signing a drawdown authority in April": the donor's government is who acts."""
    subjects = [f for f in find_subjects(context, reading, mark.i) if f[0].type in ("state", "government")]
    if not subjects:
        return None
    return _new(reading, mark, "done", subjects[0])


# "money has been approved", "secured funding for": so many tokens between the money and its verb.
_MONEY_REACH = 5


def _secured(context: Context, reading: Reading, money: Mark, verb: Mark) -> Draft | None:
    """As in "money has been approved for a first year": nobody is said to pay, the force has it."""
    sentence = reading.sentence
    if not 0 <= verb.i - money.j <= _MONEY_REACH or not sentence.tags(verb.i - 1) & {"be", "have"}:
        return None
    if is_refused(sentence, verb.i) or is_future(reading, verb.i) or not speaks_of_force(context, sentence):
        return None
    draft = _new(reading, verb, "done")
    put_implied_actor(context, draft, context.force)
    return draft


def _financed(context: Context, reading: Reading, verb: Mark) -> Draft | None:
    """As in "the mission is paid for by a UN trust fund", "Canada finances the mission"."""
    sentence = reading.sentence
    if is_refused(sentence, verb.i) or not speaks_of_force(context, sentence):
        return None
    is_passive = bool(sentence.tags(verb.j) & {"by"} or sentence.tags(verb.j - 1) & {"by"})
    status = "pledged" if is_future(reading, verb.i) or is_promise(sentence, verb.i) else "done"
    fund = next((m for m in sentence.each() if "trust_fund" in m.entry.tags), None)
    if fund is not None and (fund.i > verb.i) == is_passive:
        draft = _new(reading, verb, status)
        put_implied_actor(context, draft, _FUND_HOLDER)
        return draft
    found = _agent(context, sentence, verb) if is_passive else _donor(context, reading, verb)
    if found is None or not _is_of_force(context, sentence, verb, is_passive=is_passive):
        return None
    return _new(reading, verb, status, found)


# "paid for by the government of Canada", "finances the whole of the mission": so many tokens behind the verb.
_BEHIND = 5


def _agent(context: Context, sentence: Sentence, verb: Mark) -> Found | None:
    for k in range(verb.j, min(verb.j + _BEHIND, len(sentence.tokens))):
        mark = sentence.marks[k]
        actor = actor_of(mark)
        if mark is not None and actor is not None and actor.type == "state" and actor.id != context.mission.theatre:
            return actor, mark, sentence
    return None


def _donor(context: Context, reading: Reading, verb: Mark) -> Found | None:
    subjects = find_subjects(context, reading, verb.i)
    own = [f for f in subjects if f[2] is reading.sentence and f[0].type == "state"]
    return next((f for f in own if f[0].id != context.mission.theatre), None)


def _is_of_force(context: Context, sentence: Sentence, verb: Mark, *, is_passive: bool) -> bool:
    tokens = range(max(0, verb.i - _BEHIND), verb.i) if is_passive else range(verb.j, verb.j + _BEHIND)
    marks = (sentence.marks[k] for k in tokens if k < len(sentence.marks))
    return any(m is not None and (context.is_force(actor_of(m)) or "mission_word" in m.entry.tags) for m in marks)


# A date further away is that of another clause ("in place by October, and money has been approved").
_OWN_DATE = 6.0


def _new(reading: Reading, trigger: Mark, status: str, found: Found | None = None) -> Draft:
    draft = Draft("funding", "funding.unpriced", reading.sentence, reading.sentence.span(trigger.i, trigger.j))
    draft.fields.update(status=status, measure="requirement" if status == "needed" else "flow")
    if found is not None:
        put_actor(draft, found)
    mention = nearest_date(reading, trigger.i, reach=_OWN_DATE)
    if mention is not None:
        put_date(draft, mention, future=False)
    return draft
