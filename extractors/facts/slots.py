"""Reading -> slots: who acts, when and where, for a trigger at a place in a sentence."""

from __future__ import annotations

from extractors.facts.acting import actor_of, acts, opens_clause, sends, state_behind
from extractors.facts.context import Context, Reading
from extractors.facts.date_mention import DateMention
from extractors.facts.drafts import Draft
from extractors.facts.people import Person
from extractors.facts.quantity import Quantity
from extractors.facts.reading import NOTHING, Mark, Sentence
from extractors.records import Actor, Span

__all__ = [
    "Found",
    "actor_of",
    "acts",
    "clause_date",
    "find_subjects",
    "gap",
    "is_future",
    "nearest_date",
    "opens_clause",
    "own_date",
    "put_actor",
    "put_date",
    "put_implied_actor",
    "resolve_focus",
    "state_behind",
]

# A date further from its verb belongs to another clause (in step costs of context.py).
_DATE_REACH = 14.0

Found = tuple[Actor, Mark, Sentence]


def gap(reading: Reading, first: int, last: int) -> float:
    """The cost of the tokens from `first` to `last` (half-open), 0 where they touch."""
    return reading.costs[last] - reading.costs[first] if last > first else 0.0


def find_subjects(
    context: Context, reading: Reading, stop: int, start: int = 0, *, senders: bool = False
) -> list[Found]:
    """The actors before token `stop` that act in its clause, a list ("Jamaica, Belize and Chad") as all its members.

    Args:
        senders: only states and the force, who have people to send.
    """
    sentence = reading.sentence
    k, has_pronoun = stop - 1, False
    while k >= start:
        mark = sentence.marks[k]
        tags = sentence.tags(k)
        person = next((p for p in reading.people if p.i <= k < p.j), None)
        if person is not None:
            named = _person_actor(context, person)
            if named is not None:
                return [(*named, sentence)]
        actor = state_behind(context, actor_of(mark))
        may_act = actor is not None and (not senders or sends(context, actor))
        if mark is not None and may_act and acts(context, sentence, mark):
            return _gather(context, sentence, mark)
        at = mark.i if mark is not None else k
        if "relative" in tags and at > start and (found := _antecedent(context, sentence, at)):
            return found
        if sentence.low(k) == ";" or (sentence.low(k) == ":" and not has_pronoun and not _opens_count(sentence, k + 1)):
            break
        if (force := _force_word(context, reading, k)) is not None:
            return [force]
        has_pronoun = has_pronoun or bool(tags & {"pronoun_group", "possessive"})
        k = at - 1
    return resolve_focus(reading) if has_pronoun and not start else []


def _opens_count(sentence: Sentence, k: int) -> bool:
    """As in "flies in two dozen: 20 soldiers and four police": the parts are the subject's own."""
    return sentence.entry(k).number is not None or sentence.low(k)[:1].isdigit()


def _force_word(context: Context, reading: Reading, k: int) -> Found | None:
    """As in "the mission", "the force" as a subject: the mission of the article."""
    sentence = reading.sentence
    mark = sentence.marks[k]
    if mark is None or "mission_word" not in mark.entry.tags or "force_noun" in mark.entry.tags:
        return None
    if "definite_after" in sentence.tags(mark.j):
        actor = context.actors.get(context.force)
        opens = mark.i == 0 or opens_clause(sentence, mark.i - 1)
        return (actor, mark, sentence) if actor is not None and opens else None
    first = mark.i - 1
    if sentence.marks[first] is None or sentence.tags(first) & {"more", "predecessor"}:
        first -= 1
    if first < 0 or "definite" not in sentence.tags(first):
        return None
    # "On Friday the mission had 416": a day may stand before its sentence.
    if not opens_clause(sentence, first - 1) and not any(mention.j == first for mention in reading.dates):
        return None
    actor = context.actors.get(context.force)
    return None if actor is None else (actor, mark, sentence)


def _antecedent(context: Context, sentence: Sentence, k: int) -> list[Found]:
    """As in "Kenya, which sent", "Kenia, país que ofreció": the name right before, whatever stands before it."""
    before = k - 2 if "contributors" in sentence.tags(k - 1) and sentence.low(k - 2) == "," else k - 1
    before -= sentence.low(before) == ","
    mark = sentence.marks[before] if before >= 0 else None
    actor = actor_of(mark)
    if mark is not None and "mission_word" in mark.entry.tags and "force_noun" not in mark.entry.tags:
        actor = context.actors.get(context.force)
    if mark is None or actor is None or not (actor.type == "state" or context.is_force(actor)):
        return []
    return [(actor, mark, sentence)]


def _person_actor(context: Context, person: Person) -> tuple[Actor, Mark] | None:
    """The state that a person acts for: the one named in the post, or that of the post the mission knows."""
    for mark in person.names:
        actor = actor_of(mark)
        if actor is not None and actor.type == "state":
            return actor, mark
    known = context.actors.get(person.post.actor) if person.post is not None else None
    if known is None or known.type != "state" or person.role is None:
        return None
    return known, Mark(person.i, person.j, NOTHING)


def _gather(context: Context, sentence: Sentence, last: Mark) -> list[Found]:
    found: list[Found] = []
    mark: Mark | None = last
    while mark is not None:
        actor = state_behind(context, actor_of(mark))
        if actor is not None and actor.id not in {known[0].id for known in found}:
            found.append((actor, mark, sentence))
        k = mark.i - 1
        steps = 0
        while (
            k >= 0 and sentence.tags(k) & {"list_sign", "conjunction", "determiner"} | _sign(sentence, k) and steps < 3
        ):
            k, steps = k - 1, steps + 1
        previous = sentence.marks[k] if k >= 0 and steps else None
        mark = previous if previous is not None and _listed(previous, last) else None
    return found[::-1]


def _sign(sentence: Sentence, k: int) -> set[str]:
    return {"list_sign"} if sentence.low(k) == "," else set()


def _listed(mark: Mark, last: Mark) -> bool:
    one, other = actor_of(mark), actor_of(last)
    return one is not None and other is not None and one.type == other.type and mark.name is not None


def resolve_focus(reading: Reading) -> list[Found]:
    """Who was last spoken of among the contributors, from the sentences before."""
    if reading.focus is None:
        return []
    sentence, mark = reading.focus
    actor = actor_of(mark)
    return [(actor, mark, sentence)] if actor is not None else []


def put_actor(draft: Draft, found: Found, *, slot: str = "actor") -> None:
    """Fills the actor: with its span where it stands in the text of the claim."""
    actor, mark, sentence = found
    inside = sentence.in_title == draft.sentence.in_title
    span: Span | None = sentence.span(mark.i, mark.j) if inside else None
    text = sentence.words(mark.i, mark.j)
    if slot == "target":
        draft.put("target", span, target=actor.id, target_text=text if inside else None)
    else:
        draft.put("actor", span, actor=actor.id, actor_text=text if inside else None, actor_country=actor.country)


def put_implied_actor(context: Context, draft: Draft, actor_id: str) -> None:
    """Fills an actor that no word names: the people of the theatre, the Security Council behind a resolution."""
    known = context.actors.get(actor_id)
    draft.put("actor", None, actor=actor_id, actor_country=known.country if known else None)


_MOVEMENTS = frozenset(["deployment", "pledge", "withdrawal"])


def clause_date(reading: Reading, at: int) -> DateMention | None:
    """The date of the clause around token `at`; one behind the next verb of a movement belongs to that verb."""
    stops = [m.i for m, cue in reading.sentence.cues() if cue.kind in _MOVEMENTS and cue.takes != "after" and m.i > at]
    stop = next((k for k in stops if _opens_next(reading.sentence, at + 1, k)), None)
    dates = [mention for mention in reading.dates if stop is None or mention.i < stop]
    if stop is not None and not dates:
        return None
    return _nearest(reading, dates, at, _DATE_REACH)


# "160 by mid-May", "250 not later than July 31": so many tokens between a number and its own day.
_OWN_DATE_REACH = 4
_BEFORE_DATE = frozenset(["preposition", "date_by", "date_edge", "date_end", "determiner", "negation", "until"])


def own_date(reading: Reading, quantity: Quantity) -> DateMention | None:
    """The day right behind a number, nothing but small words between: that of a list in which each has its own."""
    before = next((m for m in reading.dates if m.j == quantity.i and _leads_to(reading.sentence, m)), None)
    if before is not None:
        return before
    mention = next((m for m in reading.dates if quantity.j <= m.i <= quantity.j + _OWN_DATE_REACH), None)
    if mention is None or mention.is_speech:
        return None
    between = range(quantity.j, mention.i)
    is_beside = all(reading.sentence.tags(k) & _BEFORE_DATE or reading.sentence.low(k) in _LATER for k in between)
    return mention if is_beside else None


def _leads_to(sentence: Sentence, mention: DateMention) -> bool:
    """As in "two days after 70 Salvadorans": the phrase dates what it names."""
    return bool(sentence.tags(mention.j - 1) & {"later_than", "earlier_than"}) and "break" in sentence.tags(
        mention.j - 1
    )


# "not later than", "no later than": words of no class of their own.
_LATER = frozenset(["later", "than"])


def _opens_next(sentence: Sentence, first: int, last: int) -> bool:
    """As in "and must send another 217 on Saturday": the verb is joined to the one before it."""
    k = last - 1
    while k >= first and (sentence.tags(k) & _BEFORE_VERB or sentence.low(k).endswith("ly")):
        k -= 1
    return k >= first and bool(sentence.tags(k) & {"conjunction", "break"})


_BEFORE_VERB = frozenset(
    ["have", "be", "modal", "pronoun", "negation", "future", "earlier", "pledging", "to", "more"]
) | {"preposition"}


def nearest_date(reading: Reading, at: int, *, reach: float = _DATE_REACH) -> DateMention | None:
    """The date of the clause around token `at`."""
    return _nearest(reading, reading.dates, at, reach)


def _nearest(reading: Reading, dates: list[DateMention], at: int, reach: float) -> DateMention | None:
    best, least = None, reach
    for mention in dates:
        cost = gap(reading, mention.j, at) if mention.j <= at else gap(reading, at + 1, mention.i)
        if mention.i == 0 or (mention.i <= 2 and cost > 6):
            cost = min(cost, reach - 0.5)
        if cost < least:
            best, least = mention, cost
    if best is None and len(dates) == 1 and reach >= _DATE_REACH:
        return dates[0]
    return best


def put_date(
    draft: Draft, mention: DateMention, *, future: bool, as_of: bool = False, sentence: Sentence | None = None
) -> None:
    """Fills event_start and event_end (as_of for a stock)."""
    start, end = mention.future if future else mention.past
    source = sentence or draft.sentence
    basis = mention.basis if source is draft.sentence else "inherited"
    draft.put(
        "event",
        source.span(mention.i, mention.j),
        event_start=start,
        event_end=end,
        date_precision=mention.precision,
        date_basis=basis,
    )
    if as_of and mention.precision == "day":
        draft.fields["as_of"] = end


def is_future(reading: Reading, at: int, *, back: int = 7) -> bool:
    """True when the verb at token `at` speaks of what is to come."""
    sentence = reading.sentence
    for k in range(max(0, at - back), at):
        if "break" in sentence.tags(k) or sentence.low(k) == ",":
            continue
        if "future" in sentence.tags(k) and not _is_attribute(sentence, k) and not _crosses_break(sentence, k, at):
            return True
    # A headline's infinitive: "Chad to send 800".
    if sentence.in_title and "to" in sentence.tags(at - 1) and sentence.name(at - 2) is not None:
        return True
    # "The team leaves at the weekend": told in the present, it has not left.
    return "future" in sentence.tags(at) or ("departs_soon" in sentence.tags(at) and not sentence.in_title)


def _is_attribute(sentence: Sentence, k: int) -> bool:
    """As in "1,000 of the 2,500 planned were sent": a participle that says which number, not when."""
    is_size = any(cue.name == "planned size" for cue in sentence.entry(k).cues)
    return is_size and "be" not in sentence.tags(k - 1)


def _crosses_break(sentence: Sentence, first: int, last: int) -> bool:
    return any("break" in sentence.tags(k) or sentence.low(k) == "," for k in range(first + 1, last))
