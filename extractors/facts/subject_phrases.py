"""Verb of saying -> noun phrase: where the words of its subject begin and end, before the verb or behind it.

Days, adverbs, places and listeners that stand between a subject and its verb are passed over.
"""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.reading import Sentence
from extractors.facts.slots import actor_of

# They stand between a subject and its verb: "has also said", "l'a confirmé", "se quejó".
LIGHT = frozenset(["have", "modal", "adverb", "passing_adverb", "earlier", "more", "negation", "only", "do"])
_ADVERB_ENDINGS = ("ly", "ment", "mente")
# What a subject cannot reach across.
_WALLS = frozenset(["break", "complement", "relative", "said", "report_verb", "according"])
SIGNS = frozenset([",", ";", ":", ".", "!", "?", "–", "—", "“", "”", '"', "«", "»", "(", ")", "''", "``"])
_VERBS = frozenset(["be", "have", "modal", "negation"])


def has_verb(sentence: Sentence, i: int, j: int) -> bool:
    """True for a clause and not a noun phrase; what "who" opens belongs to the phrase."""
    relative = next((k for k in range(i, j) if "relative" in sentence.tags(k)), j)
    return any(sentence.tags(k) & _VERBS and "of" not in sentence.tags(k) for k in range(i + 1, relative))


def phrase_before(reading: Reading, at: int) -> tuple[int, int] | None:
    """The noun phrase that ends before a verb."""
    sentence, first = reading.sentence, reading.dateline
    k = _skip_back(reading, at - 1)
    if sentence.low(k) == ")":
        k = skip_to(sentence, k, "(") - 1
    end = k + 1
    if sentence.low(k) == ",":
        # "RNDDH, a rights group, told", "Le RNDDH, qui a enquêté sur place, dénombre"
        opened = skip_to(sentence, k, ",")
        if opened <= first or sentence.low(opened) != ",":
            return None
        is_named = any(person.i == opened + 1 and person.j == k for person in reading.people)
        k, end = opened - 1, k if is_named else opened
    k = next_wall(sentence, k, first)
    while k > first and "conjunction" in sentence.tags(k) and "possessive" in sentence.tags(k + 1):
        # "The UN and its partners"
        k = next_wall(sentence, k - 1, first)
    while k > first and "relative" in sentence.tags(k) and not starts_phrase(reading, k + 1):
        # "The family that runs the orphanage has confirmed"
        k = next_wall(sentence, k - 1, first)
    start = next((n for n in range(k + 1, end) if _may_start(reading, n, k + 1)), None)
    return None if start is None or start < first or has_verb(sentence, start, end) else (start, end)


def next_wall(sentence: Sentence, k: int, first: int) -> int:
    """The token before k that no subject reaches across; the one before `first` where there is none."""
    while k >= first and not _is_wall(sentence, k):
        k -= 1
    return k


def skip_to(sentence: Sentence, k: int, sign: str) -> int:
    """The last such sign before token k; the first token where there is none."""
    n = k - 1
    while n > 0 and sentence.low(n) != sign:
        n -= 1
    return n


def _is_wall(sentence: Sentence, k: int) -> bool:
    if sentence.low(k) in SIGNS:
        return True
    tags = sentence.tags(k)
    if "conjunction" in tags:
        # "the Ministry of Interior and National Coordination"
        after = k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].is_capital
        return not (k and sentence.tokens[k - 1].is_capital and after)
    return bool(tags & _WALLS) and not ("relative" in tags and "determiner" in tags and "complement" not in tags)


def _may_start(reading: Reading, n: int, first: int) -> bool:
    """The first token that opens a noun phrase, past "on Tuesday", "in Port-au-Prince"."""
    sentence = reading.sentence
    if any(mention.i <= n < mention.j for mention in reading.dates):
        return False
    if n == first and not sentence.tags(n) & {"preposition", "place_preposition"}:
        return sentence.tokens[n].is_word
    if n == first:
        return starts_phrase(reading, n)
    return starts_phrase(reading, n) and not sentence.tags(n - 1) & {"preposition", "place_preposition", "of"}


_OPENERS = frozenset(
    ["determiner", "article", "possessive", "definite", "police_word", "body_noun", "person_noun", "state_body",
     "source_anonymous", "source_mission", "source_un", "source_government", "source_police", "source_media",
     "source_ngo", "source_witness", "source_document", "mission_word", "role_modifier", "pronoun"]
)  # fmt: skip


def starts_phrase(reading: Reading, k: int) -> bool:
    """True where a noun phrase may begin: a determiner, a name, a post, a word for people or bodies that speak."""
    sentence = reading.sentence
    if not 0 <= k < len(sentence.tokens):
        return False
    tags, entry = sentence.tags(k), sentence.entry(k)
    if "complement" in tags:
        return False
    if tags & _OPENERS or entry.role is not None or entry.post is not None:
        return True
    if tags & {"preposition", "to"}:
        return False
    return actor_of(sentence.marks[k]) is not None or any(person.i == k for person in reading.people)


def phrase_after(reading: Reading, k: int, *, is_plain: bool = True) -> tuple[int, int] | None:
    """The noun phrase behind a verb or "according to", days and places between them aside."""
    sentence = reading.sentence
    k = _skip_ahead(reading, k)
    if not starts_phrase(reading, k) and not (is_plain and _is_plain_word(sentence, k)):
        return None
    if "said" in sentence.tags(k) and sentence.entry(k).role is None:
        return None
    end = k + 1
    while end < len(sentence.tokens) and not _is_end(reading, end):
        end += 1
    return k, _with_name(reading, end)


def _is_plain_word(sentence: Sentence, k: int) -> bool:
    """A name, or behind "according to" any noun that no rule knows."""
    if not 0 <= k < len(sentence.tokens) or not sentence.tokens[k].is_word:
        return False
    is_known = bool(sentence.tags(k) & {"preposition", "place_preposition", "complement", "be", "have"})
    return not is_known and (sentence.tokens[k].is_capital or "according" in sentence.tags(k - 1))


def _with_name(reading: Reading, end: int) -> int:
    """As in "le porte-parole de la police, Garry Desrosiers": the name behind a comma belongs to the post."""
    if reading.sentence.low(end) != ",":
        return end
    named = next((person for person in reading.people if person.i == end + 1), None)
    return end if named is None else named.j


def _is_end(reading: Reading, k: int) -> bool:
    is_day = any(mention.i == k for mention in reading.dates)
    return is_day or _is_wall(reading.sentence, k) or "be" in reading.sentence.tags(k)


def _skip_back(reading: Reading, k: int) -> int:
    """Past what stands between a subject and its verb: "Canada on Monday also"."""
    sentence = reading.sentence
    while k > 0:
        day = next((mention for mention in reading.dates if mention.i <= k < mention.j), None)
        if day is not None:
            k = day.i - 1
            while k > 0 and sentence.tags(k) & {"preposition", "determiner"} and not sentence.tags(k) & {"of"}:
                k -= 1
        elif sentence.tags(k) & LIGHT or _is_adverb(sentence, k):
            k -= 1
        else:
            break
    return k


def skip_days(reading: Reading, k: int) -> int:
    """Past a day behind a verb, with its small words: "said on Tuesday that", "a indiqué ce mercredi"."""
    sentence = reading.sentence
    for n in (k, k + 1, k + 2):
        day = next((mention for mention in reading.dates if mention.i <= n < mention.j), None)
        if day is not None:
            return day.j
        if not sentence.tags(n) & {"preposition", "determiner", "article"}:
            break
    return k


# "a déclaré lundi à Genève le Haut-Commissaire", "a dit en français à l'AFP un élu": so many asides before the subject.
_MOST_ASIDES = 3


def _skip_ahead(reading: Reading, k: int) -> int:
    """Past days, adverbs, places, listeners and asides: "a dit mercredi à l'AFP", "informó en un comunicado"."""
    sentence = reading.sentence
    k = _skip_adverbs(reading, k)
    for _ in range(_MOST_ASIDES):
        tags = sentence.tags(k)
        is_preposition = bool(tags & {"place_preposition", "preposition", "of"})
        if not is_preposition or starts_phrase(reading, k) or tags & {"complement", "relative"}:
            break
        k = _skip_adverbs(reading, _end_of_aside(sentence, k))
    return k


def _is_adverb(sentence: Sentence, k: int) -> bool:
    """As in "officially", "officiellement": by its ending, where no rule knows the word."""
    return 0 <= k < len(sentence.tokens) and sentence.marks[k] is None and sentence.low(k).endswith(_ADVERB_ENDINGS)


def _skip_adverbs(reading: Reading, k: int) -> int:
    k = skip_days(reading, k)
    while reading.sentence.tags(k) & {"adverb", "earlier", "more"} or _is_adverb(reading.sentence, k):
        k += 1
    return skip_days(reading, k)


def _end_of_aside(sentence: Sentence, k: int) -> int:
    """The token behind a preposition with its noun or name."""
    n = k + 1
    while sentence.tags(n) & {"determiner", "article", "possessive", "definite"} and sentence.name(n) is None:
        n += 1
    mark = sentence.marks[n] if n < len(sentence.tokens) else None
    if mark is not None and mark.name is not None:
        return mark.j
    while n + 1 < len(sentence.tokens) and sentence.tokens[n].is_capital and sentence.tokens[n + 1].is_capital:
        n += 1
    return n + 1
