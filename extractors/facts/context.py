"""Document -> Context: what every rule may look at."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.facts.lexicon import Lexicon
from extractors.facts.names import Names
from extractors.facts.quantities import Quantity, read_quantities
from extractors.facts.reading import Sentence, read_sentences
from extractors.records import Document, Mission


@dataclass(slots=True)
class Context:
    """A document as read for one mission; sentences of the body come first, then those of the title."""

    document: Document
    mission: Mission
    lexicon: Lexicon
    names: Names
    sentences: list[Sentence]
    quantities: list[list[Quantity]]


def read_context(document: Document, mission: Mission, lexicon: Lexicon, names: Names) -> Context:
    """Reads title and body."""
    sentences = read_sentences(document.text, lexicon, names, in_title=False)
    sentences += read_sentences(document.title, lexicon, names, in_title=True)
    quantities = [read_quantities(sentence, lexicon) for sentence in sentences]
    return Context(document, mission, lexicon, names, sentences, quantities)
