"""Reading -> Sayings: every verb of saying with the words of its subject, and the words that it may speak of.

The subject stands before its verb ("..., police said", "the mission said that"), behind it where the verb follows its
words at once ("..., a indiqué la police"), or behind "according to". Who those words name it does not know
(claimant_phrases.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.facts.context import Reading
from extractors.facts.reading import Sentence
from extractors.facts.slots import actor_of


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying over tokens `at` to `behind`, with its subject over tokens i to j.

    Args:
        is_closing: the words that it speaks of stand before it ("..., police said").
        is_inner: it only speaks of the words behind it ("two days after the UN said that").
        is_agent: it only speaks of the words right before it ("the 1,000 promised by Ruto").
        is_plain: nothing but the words of a subject stands where the subject is, so that even an unknown noun is one.
    """

    way: str
    at: int
    behind: int
    i: int
    j: int
    is_closing: bool = False
    is_inner: bool = False
    is_agent: bool = False
    is_plain: bool = False


_SAYING = frozenset(["report_verb", "said", "denial", "putting", "promising"])
# They stand between a subject and its verb: "has also said", "l'a confirmé", "se quejó".
_LIGHT = frozenset(["have", "modal", "adverb", "earlier", "more", "negation", "only", "do", "pronoun_object"])
_ADVERB_ENDINGS = ("ly", "ment", "mente")
# What a subject cannot reach across.
_WALLS = frozenset(["break", "complement", "relative", "said", "report_verb", "according"])
_SIGNS = frozenset([",", ";", ":", ".", "!", "?", "–", "—", "“", "”", '"', "«", "»", "(", ")", "''", "``"])

def read_sayings(reading: Reading, quoted: frozenset[int] = frozenset()) -> list[Saying]:
    """The sayings of a sentence in the order of its text.

    Args:
        quoted: tokens between quotation marks: who speaks there is somebody else's witness.
    """
    found = (_read_saying(reading, mark.i, mark.j, mark.entry.tags) for mark in reading.sentence.each()
             if mark.i not in quoted and mark.i >= reading.dateline)  # fmt: skip
    return [saying for saying in found if saying is not None]


def _read_saying(reading: Reading, at: int, behind: int, tags: frozenset[str]) -> Saying | None:
    if "according" in tags or ("citing" in tags and "by" not in tags):
        return _read_according(reading, at, behind)
    if not tags & _SAYING:
        return None
    agent = _read_agent(reading, at, behind)
    if agent is not None:
        return agent
    is_inverted = "telling" not in tags and _follows_its_words(reading, at)
    ways = (_read_behind, _read_before) if is_inverted else (_read_before, _read_behind)
    return next((saying for way in ways if (saying := way(reading, at, behind, is_inverted)) is not None), None)


def _read_according(reading: Reading, at: int, behind: int) -> Saying | None:
    span = phrase_after(reading, behind)
    if span is None:
        return None
    is_closing = at > reading.dateline and reading.sentence.low(at - 1) not in ("", ";")
    return Saying("according_to", at, behind, *span, is_closing=is_closing, is_plain=True)


def _read_agent(reading: Reading, at: int, behind: int) -> Saying | None:
    """As in "promised by Ruto", "confirmada el martes por la ONU"."""
    k = _skip_days(reading, behind)
    if "by" not in reading.sentence.tags(k) or "denial" in reading.sentence.tags(at):
        return None
    span = phrase_after(reading, k + 1)
    return None if span is None else Saying("indirect_quote", at, behind, *span, is_closing=True, is_agent=True)


def _read_behind(reading: Reading, at: int, behind: int, is_inverted: bool) -> Saying | None:
    tags = reading.sentence.tags(behind)
    is_aside = bool(tags & {"preposition", "place_preposition"}) and not tags & {"determiner", "definite"}
    is_led = "relative" in reading.sentence.tags(at - 1)
    if not is_inverted and (is_aside or is_led or reading.sentence.tags(at) & {"denial", "promising", "putting"}):
        return None
    span = phrase_after(reading, behind, is_plain=is_inverted)
    if span is None or "denial" in reading.sentence.tags(at):
        return None
    is_opening = at <= reading.dateline or _opens_words(reading.sentence, span[1])
    return Saying("indirect_quote", at, behind, *span, is_closing=not is_opening, is_plain=is_inverted)


def _read_before(reading: Reading, at: int, behind: int, is_inverted: bool) -> Saying | None:
    span = _phrase_before(reading, at)
    if span is None:
        return None
    sentence, (i, j) = reading.sentence, span
    before = sentence.low(i - 1) if i > reading.dateline else ""
    is_closing = before in (",", "”", '"', "»") and not _opens_words(sentence, _skip_days(reading, behind))
    is_inner = "break" in sentence.tags(i - 1) and not _is_contrast(sentence, i - 1)
    is_plain = (is_closing and _ends_clause(reading, behind)) or (
        not before and _opens_words(sentence, _skip_days(reading, behind))
    )
    # "the 1,000 that the president promised"
    is_agent = "relative" in sentence.tags(i - 1) and i > reading.dateline and not _opens_words(sentence, behind)
    return Saying("indirect_quote", at, behind, i, j, is_closing or is_agent, is_inner, is_agent, is_plain)


def _is_contrast(sentence: Sentence, k: int) -> bool:
    """As in "while the government insists": the clause stands beside the other, and does not say when."""
    return not sentence.tokens[k].is_word or "contrasting" in sentence.tags(k)


def _opens_words(sentence: Sentence, k: int) -> bool:
    """As in "said that", "a indiqué que", "said: ..."."""
    return bool(sentence.tags(k) & {"complement", "relative"}) or sentence.low(k) == ":"


def _ends_clause(reading: Reading, k: int) -> bool:
    """True where the verb is the last of its clause: days, places and listeners aside ("said on Monday in Geneva")."""
    sentence = reading.sentence
    k = _skip_days(reading, k)
    tags = sentence.tags(k)
    return sentence.low(k) in ("", ".", ",", ";", "”", '"', "»") or bool(tags & {"preposition", "break"})


def _follows_its_words(reading: Reading, at: int) -> bool:
    """As in "..., a indiqué la police", "“...”, dijo el alcalde": a comma or quote, and at once the verb."""
    sentence, k = reading.sentence, at - 1
    while k >= reading.dateline and sentence.tags(k) & _LIGHT and sentence.low(k) not in _SIGNS:
        k -= 1
    if sentence.low(k) == "," and _closes_apposition(reading, k):
        return False
    is_behind_words = sentence.low(k) in (",", "”", '"', "»", ";", "''") or "according" in sentence.tags(k)
    return k < reading.dateline or is_behind_words


def _closes_apposition(reading: Reading, k: int) -> bool:
    """As in "Roberto Alvarez, the foreign minister, | said": the clause begins with a name, then a comma."""
    sentence = reading.sentence
    opened = _skip_to(sentence, k, ",")
    if sentence.low(opened) != ",":
        return False
    start = _next_wall(sentence, opened - 1, reading.dateline) + 1
    is_name = actor_of(sentence.marks[opened - 1]) is not None or any(p.j == opened for p in reading.people)
    return is_name and not _has_verb(sentence, start, opened)


_VERBS = frozenset(["be", "have", "modal", "negation"])


def _has_verb(sentence: Sentence, i: int, j: int) -> bool:
    """True for a clause and not a noun phrase; what "who" opens belongs to the phrase."""
    relative = next((k for k in range(i, j) if "relative" in sentence.tags(k)), j)
    return any(sentence.tags(k) & _VERBS and "of" not in sentence.tags(k) for k in range(i + 1, relative))


def _phrase_before(reading: Reading, at: int) -> tuple[int, int] | None:
    """The noun phrase that ends before a verb."""
    sentence, first = reading.sentence, reading.dateline
    k = _skip_back(reading, at - 1)
    if sentence.low(k) == ")":
        k = _skip_to(sentence, k, "(") - 1
    end = k + 1
    if sentence.low(k) == ",":
        # "RNDDH, a rights group, told", "Le RNDDH, qui a enquêté sur place, dénombre"
        opened = _skip_to(sentence, k, ",")
        if opened <= first or sentence.low(opened) != ",":
            return None
        is_named = any(person.i == opened + 1 and person.j == k for person in reading.people)
        k, end = opened - 1, k if is_named else opened
    k = _next_wall(sentence, k, first)
    while k > first and "conjunction" in sentence.tags(k) and "possessive" in sentence.tags(k + 1):
        # "The UN and its partners"
        k = _next_wall(sentence, k - 1, first)
    while k > first and "relative" in sentence.tags(k) and not starts_phrase(reading, k + 1):
        # "The family that runs the orphanage has confirmed"
        k = _next_wall(sentence, k - 1, first)
    start = next((n for n in range(k + 1, end) if _may_start(reading, n, k + 1)), None)
    return None if start is None or start < first or _has_verb(sentence, start, end) else (start, end)


def _next_wall(sentence: Sentence, k: int, first: int) -> int:
    while k >= first and not _is_wall(sentence, k):
        k -= 1
    return k


def _skip_to(sentence: Sentence, k: int, sign: str) -> int:
    n = k - 1
    while n > 0 and sentence.low(n) != sign:
        n -= 1
    return n


def _is_wall(sentence: Sentence, k: int) -> bool:
    if sentence.low(k) in _SIGNS:
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
        elif sentence.tags(k) & _LIGHT or _is_adverb(sentence, k):
            k -= 1
        else:
            break
    return k


def _skip_days(reading: Reading, k: int) -> int:
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
    k = _skip_days(reading, k)
    while reading.sentence.tags(k) & {"adverb", "earlier", "more"} or _is_adverb(reading.sentence, k):
        k += 1
    return _skip_days(reading, k)


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
