"""Words -> span: where in a text somebody else's words stand, exactly, folded, or aligned token by token."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property

from extractors.facts.reading import Sentence
from extractors.facts.tokens import Token, fold
from extractors.records import Grounding, Span

# Of a passage's tokens so many must stand in the text in the same order, and of the text's as many in the passage.
ALIGNED = 0.75

_SAME_SIGNS = str.maketrans("’‘‚“”„«»–—‑‐−\u00a0\u202f\u2009", '\'\'\'"""""-----   ')


class Locator:
    """One text in which words are looked up."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The text without case, accents and kinds of quotes, dashes and spaces, and where each character came from."""
        signs: list[str] = []
        origins: list[int] = []
        for at, sign in enumerate(self.text):
            for plain in _fold_sign(sign):
                if plain == " " and signs[-1:] == [" "]:
                    continue
                signs.append(plain)
                origins.append(at)
        return "".join(signs), origins

    def find(self, words: str, within: Span | None = None) -> tuple[Span, Grounding] | None:
        """The first place of some words, as they stand or folded; None where there is none."""
        first, last = within or (0, len(self.text))
        words = words.strip()
        if not words:
            return None
        at = self.text.find(words, first, last)
        while at >= 0:
            if self._stands_alone(at, at + len(words)):
                return (at, at + len(words)), "exact"
            at = self.text.find(words, at + 1, last)
        return self._find_folded(words, first, last)

    def _stands_alone(self, start: int, end: int) -> bool:
        """False for a part of a word or number: "7" does not stand in "37"."""
        text = self.text
        is_cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        return not is_cut_before and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())

    def _find_folded(self, words: str, first: int, last: int) -> tuple[Span, Grounding] | None:
        folded, origins = self._folded
        wanted = "".join(plain for sign in words for plain in _fold_sign(sign))
        wanted = " ".join(wanted.split())
        at = folded.find(wanted) if wanted else -1
        while at >= 0:
            start, end = origins[at], origins[at + len(wanted) - 1] + 1
            # A letter that is several when folded must be there with all of them.
            is_whole = at + len(wanted) == len(origins) or origins[at + len(wanted)] >= end
            if first <= start and end <= last and is_whole and self._stands_alone(start, end):
                return (start, end), "folded"
            at = folded.find(wanted, at + 1)
        return None


def align(quote: Sequence[Token], sentences: Sequence[Sentence]) -> Span | None:
    """The stretch of one sentence, or of two that follow each other, that a passage is a loose rendering of."""
    best: tuple[float, Span] | None = None
    wanted = [fold(token.text) for token in quote]
    for number, sentence in enumerate(sentences):
        following = sentences[number + 1].tokens if number + 1 < len(sentences) else []
        for tokens in (sentence.tokens, [*sentence.tokens, *following]):
            found = _align_to(wanted, tokens)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best is not None else None


def _align_to(wanted: list[str], tokens: list[Token]) -> tuple[float, Span] | None:
    have = [fold(token.text) for token in tokens]
    blocks = [
        block for block in SequenceMatcher(None, wanted, have, autojunk=False).get_matching_blocks() if block.size
    ]
    if not blocks:
        return None
    matched = sum(block.size for block in blocks)
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    share = min(matched / len(wanted), matched / (last - first))
    return (share, (tokens[first].start, tokens[last - 1].end)) if share >= ALIGNED else None


def _fold_sign(sign: str) -> str:
    if sign.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", sign.translate(_SAME_SIGNS))
    return "".join(" " if c.isspace() else c for c in plain if not unicodedata.combining(c)).casefold()
