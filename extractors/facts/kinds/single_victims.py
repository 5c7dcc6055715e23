"""One person harmed -> casualty: by name ("Constable X was killed") or by noun ("the Kenyan policeman died").

No number stands in such a sentence: the name or the noun is what says one. Names in a row count as many as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.entry import Cue
from extractors.facts.governing import Bid
from extractors.facts.kinds.casualties import draft_casualty
from extractors.facts.noun_phrases import read_noun_phrase
from extractors.facts.people import Person
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import gap

# "The officer, who came from Kisii and had served for ten years, died": so far (in step costs) may a subject stand.
_SUBJECT_REACH = 14.0
_OBJECT_REACH = 3.0
_NAMED_REACH = 6.0
_NAMING_REACH = 5
_HARMS = frozenset(["killed", "injured", "kidnapped", "missing"])


def read_single_victims(context: Context) -> Iterator[Draft]:
    """A draft for each verb or noun of harm that no number belongs to, and that has one person beside it."""
    told: set[tuple[str, str]] = set()
    for reading in context.readings:
        # A headline's one dead is told again, with more of the circumstances, in the body.
        if reading.sentence.in_title:
            continue
        for mark, cue in reading.sentence.cues():
            if cue.kind != "casualty" or cue.subkind not in _HARMS or mark.i in reading.governed:
                continue
            victim = _find_victim(context, reading, mark, cue)
            if victim is None or (victim[1], cue.subkind or "") in told:
                continue
            told.add((victim[1], cue.subkind or ""))
            draft = draft_casualty(context, reading, victim[0], Bid(0.0, mark, cue))
            if draft is not None:
                reading.governed.add(mark.i)
                yield draft


def _find_victim(context: Context, reading: Reading, mark: Mark, cue: Cue) -> tuple[Quantity, str] | None:
    """The victim with a key that tells it from others."""
    is_passive = cue.takes == "either" or _is_passive(reading.sentence, mark)
    subject = _subject(context, reading, mark) if cue.takes == "subject" or is_passive else None
    return subject or (_object(context, reading, mark) if cue.takes != "subject" else None)


def _is_passive(sentence: Sentence, mark: Mark) -> bool:
    """After a form of "be", or as a participle behind its noun ("a constable killed in Haiti", "X, shot dead")."""
    k = mark.i - 1
    while k >= 0 and (sentence.tags(k) & {"earlier", "only", "negation"} or sentence.low(k).endswith(("ly", "mente"))):
        k -= 1
    if "be" in sentence.tags(k) or "be" in sentence.tags(mark.i):
        return True
    return sentence.low(k) == "," or sentence.entry(k).unit is not None


def _object(context: Context, reading: Reading, mark: Mark) -> tuple[Quantity, str] | None:
    """As in "gunmen killed Constable X", "the death of Corporal X", "la muerte del agente X"."""
    sentence = reading.sentence
    k = mark.j
    # "The dead man was named as Corporal X."
    is_named = any("naming" in sentence.tags(n) for n in range(mark.j, mark.j + _NAMING_REACH))
    reach = _NAMED_REACH if is_named else _OBJECT_REACH
    while k < len(sentence.tokens) and gap(reading, mark.j, k) <= reach:
        if sentence.low(k) in (",", ";", ":", ".", "(") or (sentence.entry(k).cues and not is_named):
            return None
        if (found := _victim_at(context, reading, k)) is not None:
            return found
        k += 1
    return None


def _subject(context: Context, reading: Reading, mark: Mark) -> tuple[Quantity, str] | None:
    sentence = reading.sentence
    for k in range(mark.i - 1, -1, -1):
        tags = sentence.tags(k)
        if gap(reading, k + 1, mark.i) > _SUBJECT_REACH or sentence.low(k) in (";", ":"):
            return None
        if "said" in tags or ("complement" in tags and sentence.tags(k - 1) & {"said", "denial", "report_verb"}):
            return None
        if "pronoun_person" in tags:
            return None
        found = _victim_at(context, reading, k)
        if found is not None and not _leans(sentence, found[0].i):
            return found
    return None


def _leans(sentence: Sentence, i: int) -> bool:
    """As in "in the car of the officer": what hangs on a preposition is no subject."""
    return "preposition" in sentence.tags(i - 1)


def _victim_at(context: Context, reading: Reading, k: int) -> tuple[Quantity, str] | None:
    """The person whose name or noun ends (or stands) at token k."""
    person = next((p for p in reading.people if p.i <= k < p.j), None)
    if person is not None:
        return _named(context, reading, person)
    entry = reading.sentence.entry(k)
    is_one = entry.unit is not None and "singular" in entry.tags and entry.unit.group in ("force", "gang", "civil")
    return _noun(context, reading, k) if is_one else None


# The title before a name: "Constable", "the Kenyan corporal".
_TITLE_REACH = 3


def _named(context: Context, reading: Reading, person: Person) -> tuple[Quantity, str] | None:
    """A name with a noun of the force, the gangs or the people beside it; officials in their posts are no victims."""
    if person.role_class in ("state", "force", "leader"):
        return None
    sentence = reading.sentence
    row = _row(reading, person)
    quantity = Quantity(row[0].i, row[-1].j, (row[0].i, row[-1].j), float(len(row)))
    noun = _title(context, reading, row[0]) or _apposition(context, reading, row[-1])
    if noun is not None:
        quantity.unit, quantity.unit_at, quantity.actors, quantity.group = (
            noun.unit,
            noun.unit_at,
            noun.actors,
            noun.group,
        )
    elif person.role_class == "gangs":
        quantity.group = "gang"
    elif not _is_among_officers(reading):
        return None
    if quantity.unit is None:
        known = context.lexicon.words.get(_PERSON_WORDS.get(context.lexicon.language, ""))
        quantity.unit = known.unit if known is not None else None
    return quantity, sentence.tokens[row[-1].j - 1].low


_PERSON_WORDS = {"en": "officer", "fr": "agent", "es": "agente"}


def _row(reading: Reading, last: Person) -> list[Person]:
    """The names of "A, B and C"."""
    row = [last]
    for person in reversed([p for p in reading.people if p.j <= last.i]):
        between = range(person.j, row[0].i)
        listed = all(reading.sentence.low(k) == "," or "conjunction" in reading.sentence.tags(k) for k in between)
        if not between or not listed or len(between) > 2:
            break
        row.insert(0, person)
    return row


def _title(context: Context, reading: Reading, person: Person) -> Quantity | None:
    for k in range(person.i - 1, max(-1, person.i - 1 - _TITLE_REACH), -1):
        if reading.sentence.low(k) in (";", ":", "."):
            return None
        unit = reading.sentence.entry(k).unit
        if unit is not None and "singular" in reading.sentence.tags(k):
            return _noun_quantity(context, reading, k)
    return None


def _apposition(context: Context, reading: Reading, person: Person) -> Quantity | None:
    """As in "X, a 28-year-old constable", "X, who was a corporal"."""
    if reading.sentence.low(person.j) != ",":
        return None
    for k in range(person.j + 1, min(person.j + 9, len(reading.sentence.tokens))):
        tags = reading.sentence.tags(k)
        if reading.sentence.low(k) in (";", ".") or reading.sentence.entry(k).cues or "said" in tags:
            return None
        if reading.sentence.entry(k).unit is not None and "singular" in tags:
            return _noun_quantity(context, reading, k)
    return None


def _is_among_officers(reading: Reading) -> bool:
    """True where the sentence, or the one before, speaks of officers: a bare name there is one of theirs."""
    near = [reading.sentence] + ([reading.before.sentence] if reading.before is not None else [])
    return any(
        mark.entry.unit is not None and mark.entry.unit.group == "force" and mark.entry.tags & {"singular", "fellow"}
        for sentence in near
        for mark in sentence.each()
    )


def _noun(context: Context, reading: Reading, k: int) -> tuple[Quantity, str] | None:
    """As in "the Kenyan policeman", "su compañero": one who was spoken of, in a phrase of its own."""
    quantity = _noun_quantity(context, reading, k)
    sentence = reading.sentence
    if sentence.low(quantity.j) == "'s" or any(
        q.i <= quantity.i < q.j and not q.is_article for q in reading.quantities
    ):
        return None
    opens = sentence.tags(quantity.i) | sentence.tags(quantity.i - 1)
    if not opens & {"determiner", "definite", "article", "possessive"}:
        return None
    return quantity, f"{sentence.index} {k}"


def _noun_quantity(context: Context, reading: Reading, k: int) -> Quantity:
    """The phrase around a noun: back over nationality and article, then as any number is read."""
    sentence, i = reading.sentence, k
    while i > 0 and (
        _is_nationality(sentence, i - 1) or sentence.tags(i - 1) & {"determiner", "definite", "article", "possessive"}
    ):
        i -= 1
    quantity = Quantity(i, i + 1, (i, i + 1), 1.0, is_article=True)
    if i == k:
        unit = sentence.entry(k).unit
        assert unit is not None
        quantity.unit, quantity.unit_at, quantity.group, quantity.j = unit, (k, k + 1), unit.group, k + 1
    else:
        read_noun_phrase(sentence, quantity, context.mission.theatre)
    return quantity


def _is_nationality(sentence: Sentence, k: int) -> bool:
    name = sentence.name(k)
    return name is not None and name.form == "adjective"
