"""Document -> Context: what every rule may look at, and what a pronoun may stand for at each sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractors.facts.date_mention import Anchors, DateMention
from extractors.facts.datelines import end_of_dateline
from extractors.facts.dates import read_dates
from extractors.facts.lexicon import Lexicon
from extractors.facts.names import NameEntry, Names
from extractors.facts.people import Person, read_people
from extractors.facts.quantities import read_quantities
from extractors.facts.quantity import Quantity
from extractors.facts.quotes import Quote, read_quotes
from extractors.facts.reading import NOTHING, Mark, Sentence, read_sentences
from extractors.facts.role_phrases import find_roles
from extractors.facts.tokens import fold
from extractors.records import Actor, Document, Mission, Place

if TYPE_CHECKING:
    from extractors.facts.drafts import Draft
    from extractors.facts.place_mentions import PlaceMention


@dataclass(slots=True)
class Reading:
    """A sentence with its quantities, dates and people, and who and where was spoken of before it."""

    sentence: Sentence
    quantities: list[Quantity]
    dates: list[DateMention]
    people: list[Person]
    before: Reading | None = None
    focus: tuple[Sentence, Mark] | None = None
    dateline: int = 0
    places: list[PlaceMention] | None = None
    costs: list[float] = field(default_factory=list)
    governed: set[int] = field(default_factory=set)
    # The sums of this sentence read so far, with the claims they made.
    paid: list[tuple[Quantity, Any]] = field(default_factory=list)
    # Its sayings with their claimants (attribution.py), once somebody has asked for them.
    said: list[Any] | None = None


@dataclass(slots=True)
class Context:
    """A document as read for one mission: the sentences of its body, then those of its title."""

    document: Document
    mission: Mission
    lexicon: Lexicon
    names: Names
    readings: list[Reading]
    quotes: list[Quote]
    actors: dict[str, Actor]
    capital: Place | None
    force: str
    capital_text: str | None = None
    period: tuple[Sentence, DateMention] | None = None
    topic: str | None = None
    harm: Draft | None = None
    counted: Draft | None = None

    @property
    def adversary(self) -> str:
        """Whose people armed men are, and who holds the ground that the state has lost."""
        return self.mission.adversary or "armed_groups"

    def holds(self, sentence: Sentence, tokens: Iterable[int], tag: str) -> bool:
        """True where one of the tokens, taken alone, is of a word class, whatever phrase it is part of."""
        words = (self.lexicon.words.get(sentence.low(k)) for k in tokens)
        return any(word is not None and tag in word.tags for word in words)

    def is_force(self, actor: Actor | None) -> bool:
        """True for the mission itself under any of its names."""
        return actor is not None and actor.id in self.mission.forces

    def is_home(self, actor: Actor | None) -> bool:
        """True for the police and the army of the country that the mission works in."""
        return actor is not None and actor.type in ("police", "army") and actor.country == self.mission.theatre

    def is_contributor(self, actor: Actor | None) -> bool:
        """True for any state but the one the mission works in."""
        return actor is not None and actor.type == "state" and actor.id != self.mission.theatre


def read_context(document: Document, mission: Mission, lexicon: Lexicon, names: Names) -> Context:
    """Reads body and title."""
    surnames: set[str] = set()
    body = read_sentences(document.text, lexicon, names, in_title=False)
    title = read_sentences(document.title, lexicon, names, in_title=True)
    context = Context(
        document=document,
        mission=mission,
        lexicon=lexicon,
        names=names,
        readings=[],
        quotes=read_quotes(document.text),
        actors=names.actors,
        capital=names.capital,
        force=_find_force(mission, [*title, *body], document.published_on),
    )
    topic = _find_topic(context, [*title, *body]) or _find_service(context, [*title, *body])
    context.topic = _topic_id(topic)
    before: Reading | None = None
    anchors, published = Anchors(), document.published_on
    for sentence in [*body, *title]:
        people = read_people(sentence, names.posts, surnames)
        find_roles(sentence, people)
        topic = topic or _find_servant(context, sentence, people)
        context.topic = context.topic or _topic_id(topic)
        dateline = end_of_dateline(sentence)
        # A headline leans on nothing.
        if dateline:
            published = _day_of(read_dates(sentence, published), dateline, published)
        dates = read_dates(sentence, published, Anchors() if sentence.in_title else anchors)
        if dateline and dates:
            dates = [mention for mention in dates if mention.i >= dateline]
        reading = Reading(sentence, read_quantities(sentence, lexicon, mission.theatre), dates, people, before)
        reading.dateline = dateline
        # A headline stands before the body: nobody of the last paragraph is meant.
        is_first = before is None or (sentence.in_title and not before.sentence.in_title)
        reading.focus = topic if before is None or is_first else _move_focus(context, before)
        reading.focus = reading.focus or topic
        reading.costs = _prefix_costs(sentence)
        context.readings.append(reading)
        context.capital_text = context.capital_text or _spell_capital(context, sentence)
        before = reading
    return context


def _spell_capital(context: Context, sentence: Sentence) -> str | None:
    """The capital's name as the article spells it, in the letters of the gazetteer."""
    capital = context.capital
    for mark in sentence.each() if capital is not None else ():
        if capital is not None and mark.name is not None and mark.name.place is capital:
            text = fold(sentence.words(mark.i, mark.j))
            return next((name for name in (capital.name, *capital.aliases) if fold(name) == text), capital.name)
    return None


# A story is printed within days of its dateline.
_PRINTED_WITHIN = timedelta(days=3)


def _day_of(dates: list[DateMention], dateline: int, published: date | None) -> date | None:
    """The day that a story counts from: that of its dateline, where it is given in full or lies near."""
    days = [m for m in dates if m.i < dateline and m.precision == "day" and m.basis != "weekday"]
    filed = days[0].past[0] if days else None
    if published is None:
        return filed if days and days[0].basis == "explicit" else None
    return filed if filed is not None and published - filed <= _PRINTED_WITHIN else published


def _find_force(mission: Mission, sentences: list[Sentence], published: date | None) -> str:
    """The mission's name in this document: the latest one met, for its predecessor is only recalled beside it.

    A force that nobody has decided on yet is only proposed: until then its predecessor is the mission.
    """
    counts = dict.fromkeys(mission.forces, 0)
    for sentence in sentences:
        for mark in sentence.each():
            if mark.name is not None and mark.name.actor is not None and mark.name.actor.id in counts:
                counts[mark.name.actor.id] += 1
    met = [force for force in mission.forces if counts[force]]
    found = met[-1] if met else next(iter(mission.forces), "")
    for succession in mission.successions:
        day = succession.decided_on
        if published is None or day is None:
            continue
        if succession.successor == found and published < day:
            return succession.predecessor
        if not met and succession.predecessor == found and published >= day:
            found = succession.successor
    return found


def _find_topic(context: Context, sentences: list[Sentence]) -> tuple[Sentence, Mark] | None:
    """The first state other than the theatre: whose people an article is about until another is named."""
    for sentence in sentences:
        for mark in sentence.each():
            stem = context.names.find_stem(sentence.tokens[mark.i])
            if stem is not None and _may_lead(context, stem.actor):
                return sentence, Mark(mark.i, mark.i + 1, NOTHING, stem, is_compound=True)
            if mark.name is not None and _may_lead(context, mark.name.actor):
                return sentence, mark
    return None


def _topic_id(topic: tuple[Sentence, Mark] | None) -> str | None:
    return topic[1].name.actor.id if topic is not None and topic[1].name and topic[1].name.actor else None


def _find_service(context: Context, sentences: list[Sentence]) -> tuple[Sentence, Mark] | None:
    """Where no state is named, the first police or army of one: "the National Police Service" is Kenya's."""
    for sentence in sentences:
        for mark in sentence.each():
            if mark.name is not None and (state := _served(context, mark.name.actor)) is not None:
                return sentence, replace(mark, name=replace(mark.name, actor=state))
    return None


def _find_servant(context: Context, sentence: Sentence, people: list[Person]) -> tuple[Sentence, Mark] | None:
    """Where neither is named, the first person known to serve a state that sends people."""
    for person in people:
        actor = context.actors.get(person.post.actor) if person.post is not None else None
        state = actor if _may_lead(context, actor) else _served(context, actor)
        if state is not None:
            return sentence, Mark(person.i, person.j, NOTHING, NameEntry(actor=state))
    return None


def _served(context: Context, actor: Actor | None) -> Actor | None:
    """The contributor whose police or army an actor is."""
    if actor is None or actor.type not in ("police", "army") or actor.country is None:
        return None
    state = context.actors.get(actor.country)
    return state if _may_lead(context, state) else None


def _may_lead(context: Context, actor: Actor | None) -> bool:
    return (
        context.is_contributor(actor)
        and actor is not None
        and (not actor.roles or "contributor" in actor.roles or "lead" in actor.roles)
    )


def _move_focus(context: Context, before: Reading) -> tuple[Sentence, Mark] | None:
    """The first contributor that the sentence before named as somebody who acts, or its own focus."""
    sentence = before.sentence
    for mark in sentence.each():
        if mark.name is None or mark.is_compound or not context.is_contributor(mark.name.actor):
            continue
        is_head = any(person.i <= mark.i < person.j for person in before.people) and _may_lead(context, mark.name.actor)
        if is_head or mark.name.form == "adjective" or "preposition" not in sentence.tags(mark.i - 1):
            return sentence, mark
    return before.focus


# The cost of passing one token between a number and the word that governs it.
_STEP = 1.0
_LIGHT_STEP = 0.3
_COMMA_STEP = 1.5
_BREAK_STEP = 4.0
_STOP_STEP = 12.0
_LIGHT = frozenset(
    ["be", "have", "modal", "determiner", "article", "pronoun", "relative", "future", "pledging", "earlier", "more",
     "of", "only", "negation", "possessive", "do"]
)  # fmt: skip


def _prefix_costs(sentence: Sentence) -> list[float]:
    """Sums of step costs, so that the cost of any gap is one subtraction."""
    total, costs = 0.0, [0.0]
    for token, mark in zip(sentence.tokens, sentence.marks, strict=True):
        step = _STEP if mark is None else _step_of(mark.entry.tags) if mark.name is None else _LIGHT_STEP
        text = token.text
        if text == ";":
            step = _STOP_STEP
        elif text == "," and step != _BREAK_STEP:
            step = _COMMA_STEP
        elif step == _STEP and (not text[0].isalpha() or token.low.endswith("ly")):
            step = _LIGHT_STEP
        total += step
        costs.append(total)
    return costs


@lru_cache(maxsize=4096)
def _step_of(tags: frozenset[str]) -> float:
    """The cost of a word of these classes."""
    if "break" in tags:
        return _BREAK_STEP
    return _LIGHT_STEP if tags & _LIGHT else _STEP
