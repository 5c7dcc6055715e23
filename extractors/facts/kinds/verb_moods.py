"""Sentence and verb -> is the verb negated, refused, or hung on a promise."""

from __future__ import annotations

import itertools

from extractors.facts.reading import Sentence


def is_negated(sentence: Sentence, at: int) -> bool:
    """As in "has not sent any of the 2,000", "n'en a envoyé aucun": the people are told not to have come."""
    if is_restricted(sentence, at):
        return False
    if "negation" in sentence.tags(at + 1) or "negation" in sentence.tags(at):
        return True
    before = range(at - 1, max(-1, at - _NEGATION_REACH), -1)
    near = itertools.takewhile(lambda k: "break" not in sentence.tags(k) and sentence.low(k) != ",", before)
    return any(sentence.tags(k) & {"failing", "negation"} for k in near)


def is_restricted(sentence: Sentence, at: int) -> bool:
    """As in "n'a envoyé que 24 soldats": so many they were, if no more."""
    mark = sentence.marks[at]
    return mark is not None and "only" in sentence.tags(mark.j)


# "n'en a encore toujours pas envoyé": so many words may stand between the negation and its verb.
_NEGATION_REACH = 6


def is_refused(sentence: Sentence, at: int, *, even_doubtful: bool = False) -> bool:
    """True when the verb is negated ("has yet to deploy", "did not arrive")."""
    if is_restricted(sentence, at):
        return False
    for k in range(at - 1, max(-1, at - 5), -1):
        tags = sentence.tags(k)
        if tags & {"failing", "negation"} or ("condition" in tags and not even_doubtful):
            return True
        if "break" in sentence.tags(k) or sentence.low(k) == ",":
            return False
    return False


def is_promise(sentence: Sentence, at: int) -> bool:
    """As in "promised to send", "prometió entregar": the verb hangs on a promise right before it."""
    for k in range(at - 1, max(-1, at - 5), -1):
        mark = sentence.marks[k]
        if mark is None:
            continue
        if "pledging" in mark.entry.tags:
            return True
        if any(cue.kind == "pledge" and not cue.weak for cue in mark.entry.cues):
            return mark.j == at or bool(sentence.tags(mark.j) & {"to", "of", "future", "relative"})
        if mark.entry.tags & {"break", "have", "be"}:
            return False
    return False
