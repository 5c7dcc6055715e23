"""Quote -> who speaks it: the subject of the verb of saying beside it, or whoever the words before point to.

The words behind a quote are asked first ("...", said X), then those before it (X said: "..."), then the speaker of the
quote before it.
"""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.kinds.persons_before import Speaker, earlier_person, find_holder
from extractors.facts.people import Person
from extractors.facts.quotes import Quote
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import actor_of

# "said on Thursday evening in Geneva the head of the office, X": the subject stands so many tokens behind its verb.
_SUBJECT_REACH = 18
# The verb stands so near behind a quote: ", the mayor of the town told reporters on Monday".
_VERB_REACH = 14
_NO_VERB = frozenset(
    ["conjunction", "preposition", "relative", "determiner", "article", "pronoun", "break", "definite", "possessive"]
)


def find_speaker(body: list[Reading], first: int, final: int, quote: Quote, others: list[Quote]) -> Speaker | None:
    """The speaker of a quote that begins in sentence `first` and ends in sentence `final`; None where nobody is."""
    tail = _outside(body[final].sentence, quote.outer_end, body[final].sentence.end, others)
    if not any(p.i in tail for p in body[final].people) and _is_anonymous(body[final], tail):
        return _nameless(body[final], tail)
    found = _behind(body, final, tail)
    if found is not None:
        return found
    head = _outside(body[first].sentence, body[first].sentence.start, quote.outer_start, others)
    return (_pointed_to(body, first, head) or _before(body, first, head)) if head else None


def is_alone(body: list[Reading], first: int, final: int, quote: Quote, others: list[Quote]) -> bool:
    """True for a quote that is its own sentence: nothing but marks stands around it."""
    head = _outside(body[first].sentence, body[first].sentence.start, quote.outer_start, others)
    tail = _outside(body[final].sentence, quote.outer_end, body[final].sentence.end, others)
    return not any(body[first].sentence.tokens[k].is_word for k in head) and not any(
        body[final].sentence.tokens[k].is_word for k in tail
    )


def _outside(sentence: Sentence, start: int, end: int, others: list[Quote]) -> range:
    """The tokens of a sentence between two offsets, up to the next quote (or from the one before)."""
    for other in others:
        if start <= other.outer_start < end:
            if other.outer_end <= end and other.outer_start <= start + 2:
                start = other.outer_end
            else:
                end = other.outer_start
        elif start < other.outer_end <= end:
            start = other.outer_end
    inside = [k for k, token in enumerate(sentence.tokens) if start <= token.start and token.end <= end]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _behind(body: list[Reading], number: int, tail: range) -> Speaker | None:
    """As in "...", said X; "...", X told reporters; "...", he added."""
    reading = body[number]
    sentence = reading.sentence
    verb = next((k for k in tail[:_VERB_REACH] if _says(sentence, k)), None)
    first = next((k for k in tail if sentence.tokens[k].is_word), None)
    if first is not None and _goes_on(sentence, first):
        return None
    if verb is None:
        # An unknown verb right behind the quote: "...", thundered the president, X.
        if first is None or first - tail[0] > 1 or sentence.tags(first) & _NO_VERB or sentence.name(first):
            return None
        verb = first
        if not any(_starts_there(p, verb + 1, tail) for p in reading.people):
            return None
    ahead = range(tail[0], verb)
    return (
        _pronoun(body, number, range(max(tail[0], verb - 2), min(verb + 3, tail[-1] + 1)))
        or (_subject(body, number, ahead) if any(sentence.tokens[k].is_word for k in ahead) else None)
        or _subject(body, number, range(verb + 1, min(verb + 1 + _SUBJECT_REACH, tail[-1] + 1)), follows=True)
        or _left_out(body, number, tail, verb)
    )


def _goes_on(sentence: Sentence, first: int) -> bool:
    """As in X called it "..." and said ...: what follows belongs to a clause that began before the quote."""
    tags = sentence.tags(first)
    return bool(tags & {"conjunction", "relative", "preposition"}) and not tags & {
        "according",
        "pronoun_person",
        "said",
    }


def _says(sentence: Sentence, k: int) -> bool:
    return bool(sentence.tags(k) & {"said", "according", "report_verb", "quoting"}) or _is_inverted(sentence, k)


def _is_inverted(sentence: Sentence, k: int) -> bool:
    """As in "s'agace-t-elle", "poursuit-il": a verb with its pronoun tied behind it is one of saying."""
    return sentence.low(k).endswith(("-il", "-elle"))


def _starts_there(person: Person, first: int, tail: range) -> bool:
    start = min(person.i, person.role[0]) if person.role is not None else person.i
    return first <= start <= first + 4 and start in tail


def _subject(body: list[Reading], number: int, tokens: range, *, follows: bool = False) -> Speaker | None:
    """The person, holder of a post or body among these tokens; whoever is only spoken to is none."""
    reading = body[number]
    sentence = reading.sentence
    for person in reading.people:
        if person.i in tokens and not _is_addressed(sentence, person, tokens):
            if follows and _has_break(sentence, tokens[0], person):
                break
            return Speaker(reading, person)
    return find_holder(body, number, tokens) or _body_of(reading, tokens)


def _is_addressed(sentence: Sentence, person: Person, tokens: range) -> bool:
    """As in "told X", "à X": a preposition that is not "by" or "according to" stands before the person's phrase."""
    first = min(person.i, person.role[0]) if person.role is not None else person.i
    if first not in tokens:
        return False
    k = first - 1
    while sentence.tags(k) & {"determiner", "article"} and not sentence.tags(k) & {"of"}:
        k -= 1
    tags = sentence.tags(k)
    if tags & {"by", "according", "said"} or k < tokens[0]:
        return False
    if person.role is not None and not tags & {"place_preposition", "from"}:
        return False
    return bool(tags & {"preposition", "place_preposition"})


def _has_break(sentence: Sentence, first: int, person: Person) -> bool:
    start = min(person.i, person.role[0]) if person.role is not None else person.i
    return any(
        sentence.low(k) == ";" or (sentence.tags(k) & {"break", "relative"} and "determiner" not in sentence.tags(k))
        for k in range(first, start)
    )


def _is_anonymous(reading: Reading, tail: range) -> bool:
    """As in "...", said one diplomat who asked not to be named, "...", glisse une source policière."""
    sentence = reading.sentence
    first = next((k for k in tail if sentence.tokens[k].is_word), None)
    if first is not None and sentence.tags(first) & _NAMELESS and any(_says(sentence, k) for k in tail[:_PHRASE_REACH]):
        return True
    return any(_says(sentence, k) and (sentence.tags(k + 1) & _NAMELESS or sentence.entry(k + 1).number) for k in tail)


_NAMELESS = frozenset(["article", "source_anonymous", "source_police", "source_un"])


# "said a senior Kenyan police officer", "dit un officier de la police kényane": so many tokens of a phrase.
_PHRASE_REACH = 7


def _nameless(reading: Reading, tail: range) -> Speaker | None:
    """As in "...", said a Kenyan officer who asked not to be named: whose people they are is told all the same."""
    sentence = reading.sentence
    verb = next((k for k in tail if _says(sentence, k)), None)
    if verb is None:
        return None
    words = [k for k in tail if sentence.tokens[k].is_word and k < verb]
    is_before = bool(words) and bool(sentence.tags(words[0]) & _NAMELESS)
    for k in words if is_before else range(verb + 1, min(verb + _PHRASE_REACH, tail[-1] + 1)):
        mark = sentence.marks[k]
        actor = actor_of(mark)
        if sentence.low(k) == "," or "relative" in sentence.tags(k):
            return None
        is_body = actor is not None and (actor.type in ("state", "un", "force", "police"))
        if mark is not None and is_body and _is_of_speaker(sentence, mark):
            return Speaker(reading, None, mark)
    return None


def _is_of_speaker(sentence: Sentence, mark: Mark) -> bool:
    """As in "a Kenyan officer", "a UN official", "an officer of the mission"; not "an officer in Haiti"."""
    if mark.name is not None and mark.name.form == "adjective":
        return True
    before = sentence.before_determiners(mark.i - 1, frozenset(["of"]))
    return bool(sentence.tags(before) & {"article", "of"})


def _pronoun(body: list[Reading], number: int, tokens: range) -> Speaker | None:
    sentence = body[number].sentence
    at = next((k for k in tokens if "pronoun_person" in sentence.tags(k) or _is_inverted(sentence, k)), None)
    if at is None:
        return None
    same = [p for p in body[number].people if p.j <= at and not _is_addressed(sentence, p, range(at))]
    return Speaker(body[number], same[-1]) if same else earlier_person(body, number)


def _left_out(body: list[Reading], number: int, tail: range, verb: int) -> Speaker | None:
    """As in "...", sostuvo: Spanish leaves the subject out, who is the one spoken of before."""
    sentence = body[number].sentence
    words = [k for k in tail if sentence.tokens[k].is_word]
    if "said" not in sentence.tags(verb) or not words or words[0] < verb - 1:
        return None
    follower = sentence.tags(verb + 1)
    if follower & {"article", "definite", "determiner"} and "place_preposition" not in follower:
        return None
    return earlier_person(body, number)


def _body_of(reading: Reading, tokens: range) -> Speaker | None:
    """A body that speaks as a whole: a named one, the host's government, a resolution."""
    sentence = reading.sentence
    for k in tokens:
        mark = sentence.marks[k]
        if mark is None or mark.i != k or not _can_speak(mark) or "article" in sentence.tags(k - 1):
            continue
        if "preposition" not in sentence.tags(k - 1) or "according" in sentence.tags(k - 1):
            return Speaker(reading, None, mark)
    return None


def _can_speak(mark: Mark) -> bool:
    actor = actor_of(mark)
    if actor is not None and mark.name is not None:
        return mark.name.form != "adjective" and actor.type != "gang" and not mark.is_compound
    return bool(mark.entry.tags & {"host_body", "resolution"})


def _before(body: list[Reading], number: int, head: range) -> Speaker | None:
    """As in X said: "..."; X condemned it as "..."; he spoke of "..."."""
    reading = body[number]
    sentence = reading.sentence
    if sentence.tags(head[-1]) & {"alias", "titling"} and not sentence.tags(head[-1]) <= {"said"}:
        return None
    verbs = [k for k in head if _says(sentence, k)]
    verb = verbs[-1] if verbs else head[-1] + 1
    people = [p for p in reading.people if p.i in head]
    subjects = [p for p in people if p.j <= verb and not _is_addressed(sentence, p, head)]
    pronouns = (k for k in reversed(head) if "pronoun_person" in sentence.tags(k) or _is_inverted(sentence, k))
    pronoun = next((k for k in pronouns if k <= verb), None)
    if pronoun is not None and not any(p.j > pronoun for p in subjects) and verb - pronoun <= _VERB_REACH:
        before = [p for p in subjects if p.j <= pronoun]
        return Speaker(reading, before[-1]) if before else earlier_person(body, number)
    if subjects:
        return Speaker(reading, subjects[-1])
    after = [p for p in people if p.i > verb and not _is_addressed(sentence, p, range(verb + 1, head[-1] + 1))]
    if after:
        return Speaker(reading, after[0])
    if not verbs and sentence.low(head[-1]) != ":":
        return None
    return find_holder(body, number, head) or _body_of(reading, head)


# "Conille, entonces de visita, quien agradeció": so many tokens between a person and "who", and from there to the verb.
_APPOSITION_REACH = 10
_RELATIVE_REACH = 4


def _pointed_to(body: list[Reading], number: int, head: range) -> Speaker | None:
    """As in "met X, who hailed ...", "The latter hailed ...": the person named last, even as an object."""
    reading = body[number]
    sentence = reading.sentence
    latter = next((k for k in head if "latter" in sentence.tags(k)), None)
    if latter is not None:
        before = [p for p in reading.people if p.j <= latter]
        earlier = body[number - 1] if number else None
        if before:
            return Speaker(reading, before[-1])
        return Speaker(earlier, earlier.people[-1]) if earlier is not None and earlier.people else None
    verb = next((k for k in reversed(head) if _says(sentence, k)), head[-1] + 1)
    near = range(max(head[0], verb - _RELATIVE_REACH), verb)
    relative = next((k for k in reversed(near) if "relative" in sentence.tags(k)), None)
    before = [p for p in reading.people if relative is not None and p.j <= relative and p.i in head]
    if relative is None or not before or relative - before[-1].j > _APPOSITION_REACH:
        return None
    return Speaker(reading, before[-1])
