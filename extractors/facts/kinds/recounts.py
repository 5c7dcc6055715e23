"""A bare number -> the harm, flight or want told just before: "That figure has since risen: it is now over 30,000".

Such a number has neither noun nor verb of its own. What it counts is what was counted last, where a word says that it
is a count, and where it is of the same order.
"""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.entry import Cue
from extractors.facts.governing import Bid
from extractors.facts.kinds.casualties import draft_casualty
from extractors.facts.kinds.home_forces import home_force
from extractors.facts.kinds.values import new_draft
from extractors.facts.kinds.victims import draft_displacement, draft_need
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark

_KINDS = {"casualty": draft_casualty, "displacement": draft_displacement, "need": draft_need}
# The word that says it is a count stands so many tokens before the number ("the figure had by Sunday passed 3,000").
_REACH = 7
# A revised count is rarely more than so many times the first, or less than that part of it.
_SPREAD = 20.0
_SENTENCES = 1


def draft_recount(context: Context, reading: Reading, quantity: Quantity) -> Draft | None:
    """The same kind of claim as the last one, with the actor it had; None where nothing says that it goes on."""
    last = context.counted
    is_member = _is_member(reading, quantity, last)
    is_part = is_member or (quantity.group == "civil" and "of_them" in reading.sentence.tags(quantity.figure[1]))
    if (
        last is None
        or (quantity.group != "bare" and not is_part)
        or (quantity.is_article and not is_member)
        or last.kind not in (*_KINDS, "control")
    ):
        return None
    sentence = reading.sentence
    if sentence.in_title != last.sentence.in_title or sentence.index - last.sentence.index > _SENTENCES:
        return None
    mark = _recount_word(reading, quantity, is_ground=last.kind == "control") or _member_word(reading, quantity, last)
    if mark is None or not (is_member or _is_of_same_order(last, quantity)):
        return None
    if last.kind == "control":
        return _draft_share(reading, quantity, last, mark)
    cue = Cue(
        "recount",
        last.kind,
        "after",
        frozenset(["bare"]),
        subkind=last.get("subkind"),
        measure=_lasting(last),
        bare=True,
    )
    draft = _KINDS[last.kind](context, reading, quantity, Bid(0.0, mark, cue))
    if draft is not None:
        draft.fields.update({name: last.get(name) for name in ("actor", "actor_country")})
        if is_member and last.get("actor_country") == context.mission.theatre:
            # Of the theatre's people killed its officers are its police, all others its people.
            is_force = quantity.group == "force"
            draft.fields["actor"] = home_force(context, quantity) if is_force else context.mission.theatre
        draft.fields["actor_text"] = None
        draft.spans.pop("actor", None)
        draft.derived.add("actor")
    return draft


# "Four police officers and a nurse are among the victims", "329 have settled on two sites": so many tokens.
_MEMBER_REACH = 7


def _is_member(reading: Reading, quantity: Quantity, last: Draft | None) -> bool:
    """True for people that a word says to be of those harmed, or sheltered, just before."""
    if last is None or quantity.group not in ("force", "civil", "bare"):
        return False
    return _member_word(reading, quantity, last) is not None


def _member_word(reading: Reading, quantity: Quantity, last: Draft) -> Mark | None:
    sentence, wanted = reading.sentence, _MEMBER_WORDS.get(last.kind)
    before = range(max(0, quantity.i - _MEMBER_REACH), quantity.i) if last.kind == "casualty" else ()
    after = range(quantity.j, min(quantity.j + _MEMBER_REACH, len(sentence.tokens)))
    return next(
        (sentence.marks[k] for k in (*before, *after) if wanted is not None and wanted in sentence.tags(k)), None
    )


_MEMBER_WORDS = {"casualty": "among_harmed", "displacement": "shelter_noun"}


def _draft_share(reading: Reading, quantity: Quantity, last: Draft, mark: Mark) -> Draft | None:
    """As in "The gangs, which held 80 per cent of the capital, now hold 90": of the same place."""
    if quantity.value > _WHOLE:
        return None
    draft = new_draft("control", "control.share", reading, quantity, (mark.i, mark.j))
    draft.put("unit", None, unit="percent")
    same = ("actor", "actor_country", "subkind", "place_id", "country", "admin1", "admin2", "pcode")
    draft.fields.update({name: last.get(name) for name in same}, status="done", measure="share")
    draft.fields.update(place=last.get("place"), place_basis="inherited")
    draft.derived |= {"actor", "place"}
    return draft


_WHOLE = 100.0


def _lasting(last: Draft) -> str | None:
    measure = last.get("measure")
    return str(measure) if measure not in ("flow", None) else None


def _recount_word(reading: Reading, quantity: Quantity, *, is_ground: bool) -> Mark | None:
    sentence, wanted = reading.sentence, {"recount", "control_verb"} if is_ground else {"recount"}
    for k in range(quantity.figure[0] - 1, max(-1, quantity.figure[0] - 1 - _REACH), -1):
        mark = sentence.marks[k]
        if mark is not None and mark.entry.tags & wanted:
            return mark
        is_verb = mark is not None and mark.entry.cues and "sum_verb" not in mark.entry.tags
        if sentence.low(k) in (";", ".") or is_verb:
            break
    after = sentence.marks[quantity.j] if quantity.j < len(sentence.marks) else None
    return after if after is not None and after.entry.tags & _AFTER else None


# "60 of them", "27,000 of whom are children".
_AFTER = frozenset(["recount", "of_them", "partitive"])


def _is_of_same_order(last: Draft, quantity: Quantity) -> bool:
    value = last.get("value_best") or last.get("value_low") or last.get("value_high")
    return bool(value) and value / _SPREAD <= quantity.value <= value * _SPREAD
