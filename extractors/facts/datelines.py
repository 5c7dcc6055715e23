"""Sentence -> dateline: the place and the day at which a story was filed, which are not those of what it tells."""

from __future__ import annotations

from extractors.facts.reading import Sentence

# "PORT-AU-PRINCE, Jan. 20, 2025 (Atlantic Wire) - ": a dateline is done within so many tokens.
_LONGEST = 16
_DASHES = frozenset(["-", "–", "—", "--", "---"])
_SIGNS = frozenset([",", ".", "(", ")", "/", "."])


def end_of_dateline(sentence: Sentence) -> int:
    """The token after a dateline, 0 where there is none."""
    if sentence.in_title or not _opens(sentence):
        return 0
    in_brackets = False
    for k in range(1, min(_LONGEST, len(sentence.tokens))):
        text = sentence.low(k)
        if text in _DASHES:
            return k + 1
        in_brackets = (in_brackets or text == "(") and text != ")"
        if not (in_brackets or text in _SIGNS or _may_stand(sentence, k)):
            return 0
    return 0


def _opens(sentence: Sentence) -> bool:
    first, name = sentence.tokens[0], sentence.name(0)
    return (first.text.isupper() and len(first.text) > 3) or (name is not None and name.place is not None)


def _may_stand(sentence: Sentence, k: int) -> bool:
    """Names, days and months; a word in small letters belongs to the story."""
    token, entry = sentence.tokens[k], sentence.entry(k)
    return token.is_capital or token.text.isdigit() or bool(entry.month) or entry.weekday >= 0 or _is_link(sentence, k)


def _is_link(sentence: Sentence, k: int) -> bool:
    return bool(sentence.tags(k) & {"date_link", "determiner", "of", "first_day", "ordinal_sign"})
