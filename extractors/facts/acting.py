"""Mark -> does it act: names that are somebody who sends, pledges or has people, and not a place or a complement."""

from __future__ import annotations

from extractors.facts.context import Context
from extractors.facts.reading import Mark, Sentence
from extractors.records import Actor

# The Security Council, as the seeds name it: it sets the size of a force, and speaks in resolutions.
COUNCIL = "UNSC"


def actor_of(mark: Mark | None) -> Actor | None:
    """The actor that a mark names."""
    return mark.name.actor if mark is not None and mark.name is not None else None


def state_behind(context: Context, actor: Actor | None) -> Actor | None:
    """The state whose army or police is named ("Jamaica Defence Force"); others as they are."""
    if actor is None or actor.type not in ("police", "army") or actor.country in (None, context.mission.theatre):
        return actor
    return context.actors.get(str(actor.country), actor)


def sends(context: Context, actor: Actor) -> bool:
    """True for states and the force, who have people to send."""
    return actor.type == "state" or context.is_force(actor)


def opens_clause(sentence: Sentence, k: int) -> bool:
    """True where nothing or a word that opens a clause stands at token `k`, so that a subject follows."""
    return (
        k < 0
        or sentence.low(k) == ","
        or (bool(sentence.tags(k) & _OPENING) and "head_verb" not in sentence.tags(k))
        or bool(sentence.entry(k).relative)
    )


_OPENING = frozenset(["break", "conjunction", "said", "relative", "contributors", "pronoun", "earlier"])


def acts(context: Context, sentence: Sentence, mark: Mark) -> bool:
    """False for places, complements and parts of compounds ("in Kenya", "of Kenya", "Kenya-led")."""
    actor = actor_of(mark)
    assert actor is not None
    assert mark.name is not None
    if mark.is_compound or _is_hyphen(sentence, mark.j) or _is_hyphen(sentence, mark.i - 1) or _leads(sentence, mark):
        return False
    if not (sends(context, state_behind(context, actor) or actor) or actor.type in ("un", "regional", "government")):
        return False
    if mark.name.form == "adjective":
        return not ("preposition" in sentence.tags(mark.i - 1) and "of" not in sentence.tags(mark.i - 1))
    before = sentence.before_determiners(_past_owner(sentence, mark.i - 1))
    if "preposition" not in sentence.tags(before) or _starts_group(sentence, before):
        return True
    is_body = "of" in sentence.tags(before) and "institution" in sentence.tags(before - 1)
    if is_body or (context.is_force(actor) and _names_what(sentence, before)):
        return True
    # "With Benin offering 2,000 soldiers": the name is the subject of the participle right after it.
    return any(cue.kind in ("pledge", "deployment") for cue in sentence.entry(mark.j).cues)


def _leads(sentence: Sentence, mark: Mark) -> bool:
    """As in "La fuerza que lidera Kenia ronda los 550": what is led acts, not who leads it."""
    return {"headed_by", "relative"} <= sentence.tags(sentence.before_determiners(mark.i - 1))


def _past_owner(sentence: Sentence, k: int) -> int:
    """As in "to Haiti's Gang Suppression Force": what stands before the owner says how the name is meant."""
    if sentence.low(k) != "'s":
        return k
    owner = sentence.marks[k - 1] if k else None
    return owner.i - 1 if owner is not None and owner.name is not None else k


def _names_what(sentence: Sentence, before: int) -> bool:
    """As in "kikosi cha GSF", "the force of the GSF": the noun before "of" is the same body."""
    return "of" in sentence.tags(before) and "mission_word" in sentence.tags(before) | sentence.tags(before - 1)


def _is_hyphen(sentence: Sentence, k: int) -> bool:
    """True for the sign inside "Kenya-led", false for the dash of "18 January - Kenya adds 217"."""
    if sentence.low(k) != "-" or k + 1 >= len(sentence.tokens):
        return False
    sign = sentence.tokens[k]
    return sentence.tokens[k + 1].start == sign.end or (k > 0 and sentence.tokens[k - 1].end == sign.start)


def _starts_group(sentence: Sentence, before: int) -> bool:
    """As in "Soldiers from Jamaica", "police of Kenya": the origin of people acts with them."""
    return "from" in sentence.tags(before) and (
        sentence.entry(before - 1).unit is not None or bool(sentence.tags(before - 1) & {"force_noun", "contributors"})
    )
