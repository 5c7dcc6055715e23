"""Who says so, as one record: an actor, a person, or nothing but the words of the text."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.facts.context import Context, Reading
from extractors.facts.reading import Sentence
from extractors.records import Actor

_TYPES = {
    "state": "government",
    "government": "government",
    "army": "government",
    "court": "government",
    "force": "mission",
    "un": "un",
    "regional": "un",
    "ngo": "ngo",
    "police": "police",
    "gang": "gang",
    "media": "media",
}


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says so, over tokens i to j of a sentence: an actor's id, a person's name, or the words without an article.

    Witnesses and whoever wants no name have no source: those of one outlet are not those of another.
    """

    sentence: Sentence
    i: int
    j: int
    source: str | None
    type: str | None

    @property
    def text(self) -> str:
        """The words of the text."""
        return self.sentence.words(self.i, self.j)

    @property
    def span(self) -> tuple[int, int]:
        """Where they stand."""
        return self.sentence.span(self.i, self.j)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The noun phrase over tokens i to j of a sentence, as the subject of a verb of saying."""

    context: Context
    reading: Reading
    i: int
    j: int

    @property
    def sentence(self) -> Sentence:
        """The sentence that it stands in."""
        return self.reading.sentence

    @property
    def opening(self) -> frozenset[str]:
        """The word classes of its first token: "the", "its", "a"."""
        return self.sentence.tags(self.i)

    def named(self, actor: Actor) -> Claimant:
        """The claimant that the whole phrase is, where an actor is meant."""
        return Claimant(self.sentence, self.i, self.j, actor.id, type_of(actor))

    def worded(self, kind: str | None) -> Claimant:
        """The claimant that the whole phrase is, where only its words are known."""
        return Claimant(self.sentence, self.i, self.j, None if kind in _NAMELESS else self._bare_words(), kind)

    def _bare_words(self) -> str:
        """The words without their article, or the name alone that a noun leads: "the site Antilles Watch"."""
        sentence, i, j = self.sentence, self.i, self.j
        mark = sentence.marks[i]
        is_article = bool(self.opening & {"determiner", "article"}) and "possessive" not in self.opening
        is_led = is_article and mark is not None and mark.j == i + 1 < j
        named = next((k for k in range(i + 1, j) if self._is_unknown_name(k)), None)
        if is_led and named is not None and all(self._is_unknown_name(k) for k in range(named, j)):
            return sentence.words(named, j)
        return sentence.words(i + 1 if is_led else i, j)

    def _is_unknown_name(self, k: int) -> bool:
        return self.sentence.tokens[k].is_capital and self.sentence.name(k) is None


# Nobody's but the outlet's own: their word is that of the outlet.
_NAMELESS = frozenset(["witness", "anonymous"])


def type_of(actor: Actor | None) -> str | None:
    """What sort of source an actor is."""
    return None if actor is None else _TYPES.get(actor.type)
