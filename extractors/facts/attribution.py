"""Draft -> who says so: the claimant named in the sentence, as apart from the outlet that prints it."""

from __future__ import annotations

from extractors.facts.claimant import Claimant, Phrase
from extractors.facts.claimant_phrases import read_claimant
from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.reading import Sentence
from extractors.facts.sayings import Saying, read_sayings
from extractors.facts.slots import actor_of

Said = tuple[Saying, Claimant]


# Posts that somebody holds or held are told by the way: nobody is quoted for them.
_KNOWN = frozenset(["holds", "former"])


def attribute(context: Context, reading: Reading, drafts: list[Draft]) -> None:
    """Fills source and attribution of every draft of one sentence that has none yet."""
    said = read_said(context, reading)
    for draft in drafts:
        if draft.get("attribution") is not None or draft.get("subkind") in _KNOWN:
            continue
        if any(q.outer_start <= draft.trigger[0] < q.outer_end for q in context.quotes) and not draft.sentence.in_title:
            draft.fields["attribution"] = "direct_quote"
        elif draft.sentence.in_title:
            draft.fields["attribution"] = "headline"
        found = _choose(reading.sentence, said, _token_of(draft))
        if found is not None:
            _put(draft, reading.sentence, found)


def read_said(context: Context, reading: Reading) -> list[Said]:
    """Every saying of a sentence with its claimant; states that promise or ask do so, and say nothing."""
    if reading.said is None:
        reading.said = _read_said(context, reading)
    return reading.said


def _read_said(context: Context, reading: Reading) -> list[Said]:
    found: list[Said] = []
    for saying in read_sayings(reading, _quoted(context, reading.sentence)):
        claimant = read_claimant(Phrase(context, reading, saying.i, saying.j), is_plain=saying.is_plain)
        claimant = claimant or _meant(context, reading, saying)
        if claimant is not None and not _is_act(context, reading.sentence, saying, claimant):
            found.append((saying, claimant))
    return found


def _quoted(context: Context, sentence: Sentence) -> frozenset[int]:
    if sentence.in_title or not context.quotes:
        return frozenset()
    inside = [q for q in context.quotes if q.start < sentence.end and q.end > sentence.start]
    return frozenset(
        k for k, token in enumerate(sentence.tokens) if any(q.start <= token.start < q.end for q in inside)
    )


def _is_act(context: Context, sentence: Sentence, saying: Saying, claimant: Claimant) -> bool:
    actor = context.actors.get(claimant.source or "")
    if saying.is_agent and actor is not None and actor.type == "gang":
        # "the attack launched by gangs"
        return True
    is_state = actor is not None and actor.type == "state"
    return is_state and saying.way != "according_to" and bool(sentence.tags(saying.at) & {"asking", "promising"})


# "It added", "he said": whom the pronoun stands for is told at most so many sentences before.
_PRONOUN_REACH = 3


def _meant(context: Context, reading: Reading, saying: Saying) -> Claimant | None:
    """Whom a pronoun stands for: the claimant before it, a person for "he" and "she"."""
    sentence = reading.sentence
    tags = sentence.tags(saying.i)
    if "pronoun" not in tags or saying.j - saying.i > 1 or "relative" in tags:
        return None
    before = reading.before
    for _ in range(_PRONOUN_REACH):
        if before is None or before.sentence.in_title != sentence.in_title:
            return None
        claimants = [claimant for _, claimant in read_said(context, before)]
        if claimants:
            return claimants[-1]
        before = before.before
    return None


def _token_of(draft: Draft) -> int:
    """The token where the words of a draft begin: its number, else its trigger."""
    spans = draft.spans.get("value") or [draft.trigger]
    start = spans[0][0]
    tokens = draft.sentence.tokens
    return next((k for k, token in enumerate(tokens) if token.end > start), len(tokens))


def _choose(sentence: Sentence, said: list[Said], at: int) -> Said | None:
    """The saying that speaks of the words at a token: of those of its own clause, else of the one before."""
    fitting = [one for one in said if _covers(sentence, one[0], at)]
    parts = _parts(sentence)
    own = [one for one in fitting if parts[one[0].at] == parts[min(at, len(parts) - 1)]]
    if not own:
        before = [one for one in fitting if one[0].at < at]
        own = before[-1:] or fitting[:1]
    cited = [one for one in own if "citing" in sentence.tags(one[0].at)]
    closing = [one for one in own if one[0].is_closing and one[0].at >= at]
    opening = [one for one in own if not one[0].is_closing and one[0].at <= at]
    nearest = [one for one in own if one[0].is_agent]
    return next(iter([*cited, *nearest, *closing, *opening, *own]), None)


def _covers(sentence: Sentence, saying: Saying, at: int) -> bool:
    if saying.is_inner:
        return at >= saying.behind
    if saying.is_agent:
        return at < saying.at and not any(sentence.low(k) in (",", ";") for k in range(at, saying.at))
    return True


def _parts(sentence: Sentence) -> list[int]:
    """The number of the part that each token is in: a semicolon or "while" opens another."""
    number, parts = 0, []
    for k in range(len(sentence.tokens)):
        number += int(sentence.low(k) == ";" or "contrasting" in sentence.tags(k))
        parts.append(number)
    return parts


def _put(draft: Draft, sentence: Sentence, found: Said) -> None:
    saying, claimant = found
    draft.fields.setdefault("attribution", saying.way)
    via = _find_via(sentence, claimant)
    if via is not None:
        draft.fields["via"] = via
    span = claimant.span if claimant.sentence.in_title == draft.sentence.in_title else None
    draft.put("source", span, source=claimant.source, source_text=claimant.text, source_type=claimant.type)


def _find_via(sentence: Sentence, claimant: Claimant) -> str | None:
    """The outlet that passes the claimant's words on: "Reuters, citing ...", "..., cité par l'AFP"."""
    if not any("citing" in mark.entry.tags for mark in sentence.each()):
        return None
    for mark in sentence.each():
        actor = actor_of(mark)
        if actor is not None and actor.type == "media" and actor.id != claimant.source:
            return actor.id
    return None
