"""Document -> MissionMatch: whether an article is about a mission, by the words and names in it.

Four things speak: names of the mission's own story (the force, its adversary, its people), names of the theatre (the
country, its people and places), words of its theme (violence, flight, troops), and words of other stories, which speak
against it. Neither theatre nor theme alone settles it in a text of usual length: a match in the country is not about
the mission, nor is a shooting elsewhere. A brief has room for one or two words only, so each weighs more in it, if it
opens with a name that counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from extractors.facts.names import spellings
from extractors.facts.tokens import fold_text, unaccented
from extractors.records import Document, Mission, MissionMatch, Side, Term

# Below it a document is about something else.
SETTLED = 1.0
# What names of the theatre add up to at most, and what words of the theme do.
_THEATRE_ALONE = 0.75
_THEME_ALONE = 0.6
# What an entry of a feed must say of the theme: "gunmen", or "police" and "killed".
_SOME_THEME = 0.2
# A theatre that is named once, and not at the beginning, is named in passing: so much of its weight is left.
_PASSING = 0.6
# The name of another mission, and of the state it works in.
_OTHER_MISSION = 0.5
_OTHER_THEATRE = 0.4
# A place of the theatre, and each further one: whoever names five of them tells no more of the mission.
_PLACE = 0.4
_FURTHER_PLACE = 0.1
# Whoever holds a post in a body of the theatre or of the force.
_PERSON = 0.4
# A language that is written in the theatre alone.
_LANGUAGE = 0.3
# Characters of title and text. A shorter text is held to as much less, a very short one to no less than this part.
_USUAL_LENGTH = 800
_MOST_BREVITY = 2.5
# Where a brief says what it is about, and how much a word must weigh to say so.
_OPENING = 200
_SHORTEST_SENTENCE = 40
_SENTENCE_END = re.compile(r"[.!?»”\"]\s")
_TELLING = 0.3
# Longer words in capitals are shouted, not abbreviated.
_LONGEST_ACRONYM = 6


@dataclass(frozen=True, slots=True)
class _Sign:
    """A term that was found, where first, and how often."""

    term: Term
    start: int
    count: int


def _weight(terms: Iterable[Term], side: Side) -> float:
    return sum(term.weight for term in terms if term.side == side)


def _add_up(theatre: float, story: float, theme: float) -> float:
    return min(theatre, _THEATRE_ALONE) + story + min(theme, _THEME_ALONE)


class Relevance:
    """All that tells whether a document is about one mission; built once per process.

    Args:
        mission: as `extractors.seeds.read_mission` reads it.
    """

    def __init__(self, mission: Mission) -> None:
        self._mission = mission
        as_written, folded = list[Term](), list[Term]()
        for term in signs_of(mission):
            (as_written if _is_acronym(term) or term.side == "place" else folded).append(term)
        # Spanish and French outlets write long acronyms as names: "Binuh".
        as_names = [(t.text.capitalize(), t) for t in as_written if _is_acronym(t) and len(t.text) > 3]
        self._as_written = _Terms([*((unaccented(term.text), term) for term in as_written), *as_names])
        self._folded = _Terms([(fold_text(term.text), term) for term in folded])

    def match(self, document: Document) -> MissionMatch:
        """How strongly a document is about the mission; the terms that spoke for it."""
        text = f"{document.title}\n{document.text}"
        signs = self._find(text, document.language)
        terms = [sign.term for sign in signs]
        opening = _end_of_opening(document)
        ours = [sign for sign in signs if sign.term.side != "other"]
        is_opened = any(sign.start < opening and sign.term.weight >= _TELLING for sign in ours)
        theatre = min(self._weigh_theatre(terms, document.language), _THEATRE_ALONE)
        if not is_opened and sum(sign.count for sign in ours if sign.term.side in ("theatre", "place")) == 1:
            theatre *= _PASSING
        # Whoever has much to say of violence may speak of a storm, too.
        story, theme = _weight(terms, "story"), _weight(terms, "theme") - _weight(terms, "other")
        is_more_than_theatre = theme > 0 or story > 0
        brevity = min(max(_USUAL_LENGTH / len(text), 1.0), _MOST_BREVITY) if is_opened and is_more_than_theatre else 1.0
        score = max(_add_up(theatre, story, theme), 0.0) * brevity
        return MissionMatch(self._mission.name, round(score, 3), tuple(sorted({sign.term.text for sign in ours})))

    def find_against(self, document: Document) -> tuple[str, ...]:
        """The words of other stories in a document."""
        signs = self._find(f"{document.title}\n{document.text}", document.language)
        return tuple(sorted({sign.term.text for sign in signs if sign.term.side == "other"}))

    def may_concern(self, title: str, summary: str) -> bool:
        """True when a feed entry may lead to an article about the mission: a name will do, or a little of its theme."""
        terms = [sign.term for sign in self._find(f"{title}\n{summary}", None)]
        is_named = any(term.side not in ("theme", "other") for term in terms)
        return is_named or _weight(terms, "theme") >= _SOME_THEME

    def _weigh_theatre(self, terms: list[Term], language: str) -> float:
        named = _weight(terms, "theatre")
        places = len({term.names for term in terms if term.side == "place"})
        written = _LANGUAGE if language in self._mission.written_in else 0.0
        return named + written + (_PLACE + _FURTHER_PLACE * (places - 1) if places else 0.0)

    def _find(self, text: str, language: str | None) -> list[_Sign]:
        """Acronyms and places count as written ("MSS"), all other terms whatever their case and accents."""
        return [*self._as_written.find(unaccented(text), language), *self._folded.find(fold_text(text), language)]


def _end_of_opening(document: Document) -> int:
    """Title and first sentence, in characters of both together."""
    end = _SENTENCE_END.search(document.text, _SHORTEST_SENTENCE, _OPENING)
    return len(document.title) + (end.start() if end else _OPENING)


def signs_of(mission: Mission) -> tuple[Term, ...]:
    """All words that speak for or against a mission: its terms, the names of its places and people, other missions."""
    known = {fold_text(term.text) for term in mission.terms}
    names = (*_places(mission), *_people(mission), *_others(mission))
    named = (term for term in names if fold_text(term.text) not in known)
    return (*mission.terms, *dict.fromkeys(named))


def may_settle(terms: Iterable[Term]) -> bool:
    """False when no text with these terms, however short, is about the mission."""
    ours = [term for term in terms if term.side != "other"]
    theatre = _weight(ours, "theatre") + _weight(ours, "place") + _LANGUAGE
    most = _add_up(theatre, _weight(ours, "story"), _weight(ours, "theme"))
    return most * (_MOST_BREVITY if any(term.weight >= _TELLING for term in ours) else 1.0) >= SETTLED


def _places(mission: Mission) -> Iterator[Term]:
    shared = {fold_text(name) for name in mission.shared_place_names}
    for place in mission.places:
        if place.country == mission.theatre and place.kind != "country":
            for name in spellings(place.name, *place.aliases):
                if name[:1].isupper() and not {fold_text(name), fold_text(name).replace("-", " ")} & shared:
                    yield Term(name, None, _PLACE, "place", place.place_id)


def _people(mission: Mission) -> Iterator[Term]:
    """Of a minister of another country it is not told what the article is about."""
    home = {actor.id for actor in mission.actors if actor.id in mission.forces or actor.country == mission.theatre}
    for post in mission.posts:
        if post.actor in home:
            for name in (post.person, *post.aliases):
                if " " in name:
                    yield Term(name, None, _PERSON, "story", post.person)


def _others(mission: Mission) -> Iterator[Term]:
    for name in mission.others:
        yield Term(name.text, name.language, _OTHER_MISSION, "other")
    for actor in mission.actors:
        if actor.id in mission.other_theatres:
            for name in actor.names:
                if name.form == "name":
                    yield Term(name.text, name.language, _OTHER_THEATRE, "other", actor.id)


def _is_acronym(term: Term) -> bool:
    return term.text.isupper() and len(term.text) <= _LONGEST_ACRONYM


class _Terms:
    """An automaton over one set of terms; of a word that several languages share, a document's own weight counts."""

    def __init__(self, pairs: list[tuple[str, Term]]) -> None:
        forms: dict[str, list[Term]] = {}
        for text, term in pairs:
            forms.setdefault(text, []).append(term)
        self._terms = list(forms.values())
        self._automaton = AhoCorasick(list(forms), matchkind=MatchKind.Standard) if forms else None

    def find(self, text: str, language: str | None) -> list[_Sign]:
        """Each term once, where it stands first."""
        if self._automaton is None:
            return []
        # A lone surrogate is no character; the automaton, which reads UTF-8, takes "?" for it.
        text = text.encode("utf-8", "replace").decode("utf-8")
        matches = [
            (_of_language(self._terms[number], language), start, end)
            for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
        ]
        starts: dict[Term, list[int]] = {}
        for term, start, end in matches:
            if _counts_in(term, language) and not (term.side == "other" and _is_within(start, end, matches)):
                starts.setdefault(term, []).append(start)
        return [_Sign(term, places[0], len(places)) for term, places in starts.items()]


def _of_language(terms: list[Term], language: str | None) -> Term:
    return next((term for term in terms if term.language in (None, language)), terms[0])


def _counts_in(term: Term, language: str | None) -> bool:
    """Names are names in every language; words are not: "roman" is a novel in French only."""
    return term.side not in ("theme", "other") or language is None or term.language in (None, language)


def _is_within(start: int, end: int, matches: list[tuple[Term, int, int]]) -> bool:
    """Part of a longer term, which says what it means."""
    return any(first <= start and end <= last and last - first > end - start for _, first, last in matches)
