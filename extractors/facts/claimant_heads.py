"""Phrase -> its head: the name or the noun that says who speaks, past articles, adjectives and complements."""

from __future__ import annotations

from extractors.facts.acting import actor_of
from extractors.facts.claimant import Phrase
from extractors.facts.context import Context
from extractors.facts.reading import NOTHING, Mark, Sentence

# What a source is called that has no name of its own, by its word class.
UNNAMED = {
    "source_witness": "witness",
    "source_anonymous": "anonymous",
    "source_ngo": "ngo",
    "source_media": "media",
    "source_police": "police",
    "source_government": "government",
    "source_un": "un",
    "source_mission": "mission",
}
_CLASSES = frozenset(
    [*UNNAMED, "source_document", "source_self", "police_word", "mission_word", "state_body", "body_noun",
     "person_noun"]
)  # fmt: skip
_LEADING = frozenset(["determiner", "article", "possessive", "definite"])


def find_head(phrase: Phrase) -> Mark | None:
    """The noun that the phrase is about: in English the last that is known, elsewhere the first."""
    sentence, end = phrase.sentence, end_of_core(phrase.sentence, phrase.i, phrase.j)
    hidden = _find_hidden(phrase.context, sentence, phrase.i, phrase.j)
    marks = {id(mark): mark for mark in sentence.marks[phrase.i : end] if mark is not None and _is_known(mark)}
    known = list(marks.values())
    if hidden is not None or not known:
        return hidden
    is_head_last = bool(phrase.context.lexicon.settings.get("is_head_last", False))
    head = known[-1] if is_head_last else known[0]
    named = next((mark for mark in known if _is_named_body(sentence, mark)), None)
    if named is not None and head is not named and _is_title(head):
        return named
    if is_head_last and actor_of(head) is not None and _is_led_on(sentence, head.j, end):
        return None if sentence.name(head.j) is None else head
    return head


def end_of_core(sentence: Sentence, i: int, j: int) -> int:
    """The token at which complements begin: "Police | in Haiti", "le porte-parole | de l'armée"."""
    k = i
    while k < j and sentence.tags(k) & _LEADING:
        mark = sentence.marks[k]
        k = mark.j if mark is not None else k + 1
    k = max(k, i + 1)
    while k < j and not _opens_complement(sentence, k):
        k += 1
    return k


def is_noun(phrase: Phrase) -> bool:
    """An unknown noun with its determiner, or with a capital: "their congregation", "Antilles Watch"."""
    sentence, i = phrase.sentence, phrase.i
    head = end_of_core(sentence, i, phrase.j) - 1
    mark = sentence.marks[head]
    is_free = mark is None or not (mark.entry.cues or mark.entry.number or mark.entry.relative or mark.entry.month)
    is_led = bool(phrase.opening & _LEADING) and head > i
    is_name = sentence.tokens[i].is_capital and (mark is None or "organisation" in mark.entry.tags)
    return sentence.tokens[head].is_word and is_free and (is_led or is_name) and not sentence.tags(head) & _NO_NOUN


_NO_NOUN = frozenset(
    ["pronoun", "preposition", "place_preposition", "be", "have", "said", "negation", "event", "place_noun"]
)


def _find_hidden(context: Context, sentence: Sentence, i: int, j: int) -> Mark | None:
    """The name that a phrase of the lexicon hides: "Le Conseil | présidentiel de transition"."""
    mark = sentence.marks[i]
    if mark is None or mark.name is not None or mark.j - i != 2 or i + 1 >= j:
        return None
    beginning = context.names.begins(sentence.tokens[i + 1].text)
    found = context.names.find(sentence.tokens, i + 1, beginning.forms) if beginning is not None else None
    is_longer = found is not None and mark.j < found.end <= j
    return Mark(i + 1, found.end, NOTHING, found.entry) if found is not None and is_longer else None


def _opens_complement(sentence: Sentence, k: int) -> bool:
    tags = sentence.tags(k)
    if sentence.name(k) is not None or "source_document" in tags:
        return False
    return bool(tags & {"preposition", "place_preposition", "of", "relative"}) or sentence.low(k) == ","


def _is_known(mark: Mark) -> bool:
    if mark.is_compound:
        return False
    entry = mark.entry
    is_body = entry.unit is not None and entry.unit.actor is not None
    is_post = entry.role is not None or entry.post is not None
    return actor_of(mark) is not None or is_body or is_post or bool(entry.tags & _CLASSES)


def _is_named_body(sentence: Sentence, mark: Mark) -> bool:
    """A name that is no state's and no people's, and that owns nothing ("Haiti's")."""
    actor = actor_of(mark)
    if actor is None or mark.name is None or actor.type == "state":
        return False
    return mark.name.form != "adjective" and sentence.low(mark.j) != "'s"


def _is_title(head: Mark) -> bool:
    """As in "the rights group RNDDH", "la dernière analyse IPC": what the body is, beside its name."""
    tags = head.entry.tags
    is_body = bool(
        tags & {"body_noun", "source_document", "source_ngo", "source_media", "mission_word", "organisation"}
    )
    return is_body and head.entry.role is None and "state_body" not in tags


def _is_led_on(sentence: Sentence, k: int, end: int) -> bool:
    """As in "the US | embassy": the word behind a name is the head, even where nobody knows it."""
    return k < end and sentence.tokens[k].is_word and "conjunction" not in sentence.tags(k)
