"""Document -> Sentences with every word looked up: the one pass over the text that all rules share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.facts.entry import Cue, Entry
from extractors.facts.lexicon import Lexicon
from extractors.facts.names import NameEntry, Names
from extractors.facts.sentences import split_sentences
from extractors.facts.tokens import Token, read_tokens

NOTHING = Entry()


@dataclass(slots=True)
class Mark:
    """A phrase of the lexicon or a name, over tokens i to j (half-open)."""

    i: int
    j: int
    entry: Entry
    name: NameEntry | None = None
    is_compound: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence and what its tokens mean; `marks` has one slot a token."""

    text: str
    start: int
    end: int
    index: int
    in_title: bool
    tokens: list[Token]
    marks: list[Mark | None]
    classes: list[frozenset[str]]
    found: list[Mark]

    def tags(self, i: int) -> frozenset[str]:
        """The word classes of token i."""
        return self.classes[i] if 0 <= i < len(self.classes) else NOTHING.tags

    def entry(self, i: int) -> Entry:
        """What the lexicon says of token i."""
        mark = self.marks[i] if 0 <= i < len(self.marks) else None
        return mark.entry if mark is not None else NOTHING

    def name(self, i: int) -> NameEntry | None:
        """The name that token i belongs to."""
        mark = self.marks[i] if 0 <= i < len(self.marks) else None
        return mark.name if mark is not None else None

    def low(self, i: int) -> str:
        """Token i in lower case, "" outside the sentence."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def token_at(self, offset: int) -> int | None:
        """The first token that begins at an offset of the text or behind it."""
        return next((k for k, token in enumerate(self.tokens) if token.start >= offset), None)

    def before_determiners(self, k: int, but: frozenset[str] = NOTHING.tags) -> int:
        """Token k, or the one before the determiners that end there; some are more than that ("du" is "of the")."""
        while "determiner" in self.tags(k) and not self.tags(k) & but:
            k -= 1
        return k

    def span(self, i: int, j: int) -> tuple[int, int]:
        """Offsets of tokens i to j."""
        return self.tokens[i].start, self.tokens[j - 1].end

    def words(self, i: int, j: int) -> str:
        """The text of tokens i to j, as it stands."""
        return self.text[self.tokens[i].start : self.tokens[j - 1].end]

    def each(self) -> list[Mark]:
        """Every mark once, in the order of the text."""
        return self.found

    def cues(self) -> Iterator[tuple[Mark, Cue]]:
        """Every cue with its mark."""
        for mark in self.found:
            for cue in mark.entry.cues:
                yield mark, cue


def read_sentences(text: str, lexicon: Lexicon, names: Names, *, in_title: bool) -> list[Sentence]:
    """The sentences of a text, in order."""
    sentences: list[Sentence] = []
    for start, end in split_sentences(text, lexicon.abbreviations, lexicon.openers):
        tokens = read_tokens(lexicon.pattern, text, start, end)
        if tokens:
            if lexicon.read_stem is not None:
                for token in tokens:
                    token.low = lexicon.read_stem(token.low)
            marks, found = _look_up(tokens, lexicon, names)
            classes = [NOTHING.tags if mark is None else mark.entry.tags for mark in marks]
            sentences.append(Sentence(text, start, end, len(sentences), in_title, tokens, marks, classes, found))
    return sentences


def _look_up(tokens: list[Token], lexicon: Lexicon, names: Names) -> tuple[list[Mark | None], list[Mark]]:
    marks: list[Mark | None] = [None] * len(tokens)
    found: list[Mark] = []
    i, count, begins = 0, len(tokens), names.begins
    while i < count:
        beginning = begins(tokens[i].text)
        if beginning is None:
            i += 1
            continue
        name = names.find(tokens, i, beginning.forms) if beginning.forms else None
        if name is not None and name.end - i == _SHORTEST_WITH_ARTICLE and _goes_on(tokens, i, name.end, names):
            name = None
        phrase = lexicon.find(tokens, i) if beginning.is_phrase else None
        if name is not None and (phrase is None or name.end > phrase[0] or _yields(name.end, phrase)):
            mark = Mark(i, name.end, NOTHING, name.entry)
        elif phrase is not None:
            mark = Mark(i, phrase[0], _as_written(phrase[1], tokens[i], is_first=not i))
        elif (stem := names.find_stem(tokens[i])) is not None:
            mark = Mark(i, i + 1, NOTHING, stem, is_compound=True)
        else:
            i += 1
            continue
        for k in range(mark.i, mark.j):
            marks[k] = mark
        found.append(mark)
        i = mark.j
    return marks, found


# "the UN": an article and a name.
_SHORTEST_WITH_ARTICLE = 2


def _goes_on(tokens: list[Token], i: int, end: int, names: Names) -> bool:
    """As in "the UN | migration agency": the name behind the article is that of a body of its own."""
    beginning = names.begins(tokens[i + 1].text) if not tokens[i].is_capital or not i else None
    longer = names.find(tokens, i + 1, beginning.forms) if beginning is not None and beginning.forms else None
    return longer is not None and longer.end > end


def _as_written(entry: Entry, token: Token, *, is_first: bool) -> Entry:
    """As in "As of 19 May": a month that is a verb in small letters says nothing of what may be."""
    is_month = bool(entry.month) and "condition" in entry.tags and token.is_capital and not is_first
    return replace(entry, tags=frozenset()) if is_month else entry


def _yields(end: int, phrase: tuple[int, Entry]) -> bool:
    """Of a name and a phrase of the same words the name wins, unless the phrase counts people ("gang members")."""
    return end == phrase[0] and phrase[1].unit is None
