"""Quantity -> who sends: the nation in the phrase, the subject, the agent, or whoever was spoken of last."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.governing import Bid, leaning_cue
from extractors.facts.kinds.agents import find_agent
from extractors.facts.kinds.bodies import OF_MISSION, find_nation_behind
from extractors.facts.kinds.whole_force import find_owning_force, is_force_phrase, topic_force
from extractors.facts.kinds.whose_people import find_none_of
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import Found, actor_of, acts, find_subjects, is_future, resolve_focus, state_behind


def find_senders(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> list[Found]:
    """The actors of a number of people, the likeliest place first; several for a list."""
    sentence = reading.sentence
    own = _in_phrase(context, reading, quantity, bid)
    found = own or find_none_of(context, reading, quantity) or _next_to(context, reading, quantity, bid)
    found = found or _behind(context, reading, quantity, bid) or _of_whole(context, reading, quantity)
    stop = min(bid.mark.i, quantity.i)
    of_size = bid.cue.kind in ("strength", "mandate")
    found = found or _abroad(context, reading, stop, of_size=of_size)
    if not found and (bid.mark.i <= quantity.i or _is_of_owner(sentence, quantity)):
        found = _abroad(context, reading, _end_of_owner(sentence, quantity), of_size=of_size)
    if found or any("contributors" in sentence.tags(k) for k in range(stop)):
        return found
    if bid.cue.kind == "pledge" and any("contributors" in tags for tags in sentence.classes):
        return []
    owner = _of_force(context, sentence, stop) if of_size else None
    if owner is not None:
        return [owner]
    if bid.cue.kind == "strength" and not _continues(context, reading, quantity, bid):
        return []
    # "So far 24 of them are there": of those told of last.
    is_part = any("of_them" in sentence.tags(k) for k in range(quantity.i, quantity.j + 1))
    joint = _joint(context, reading, bid, stop) if not is_part else []
    return joint or _in_clause_before(context, reading, stop) or _last_sender(reading)


def _last_sender(reading: Reading) -> list[Found]:
    return [found for found in resolve_focus(reading) if may_send(found[0].roles)]


def _joint(context: Context, reading: Reading, bid: Bid, stop: int) -> list[Found]:
    """The force, of sums, and of "The force was to have 2,500; today 785 are there"."""
    if bid.cue.name in _SERVING:
        found = topic_force(context, reading)
    else:
        found = _added_up(context, reading, stop) if bid.cue.name == "total" else None
    return [found] if found is not None else []


def _in_phrase(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> list[Found]:
    """The nation in the phrase of the number or said of it, or the force that the noun of its size names."""
    sentence = reading.sentence
    own = [(actor, mark, sentence) for mark in quantity.actors if (actor := state_behind(context, actor_of(mark)))]
    if not own and (behind := find_nation_behind(context, reading, quantity)) is not None:
        own = [behind]
    if own and bid.cue.kind == "strength" and _is_mostly(sentence, quantity):
        # "It has fewer than 1,000, most of them from Kenya": the number is that of the force.
        force = [f for f in _abroad(context, reading, quantity.i, of_size=True) if context.is_force(f[0])]
        own = force or _served_force(context, sentence, bid) or own
    if bid.cue.name in _SERVING and not own and bid.mark.i >= quantity.j:
        # "785 police and soldiers from six nations serve in the mission": the force behind the verb, or in the phrase.
        owner = find_owning_force(context, reading, quantity)
        own = [owner] if owner is not None else _served_force(context, sentence, bid)
        own = own * (not _names_nation(context, sentence, quantity.i))
    if bid.cue.name == "strong" and not own:
        # "the 2,500-strong mission": the noun behind it, not whoever leads it.
        nouns = (_force_noun(context, sentence, k) for k in range(quantity.j, quantity.j + 3))
        own = [noun for noun in nouns if noun is not None]
    if bid.cue.name == "size" and not own and says_force(context, bid, reading):
        known = context.actors.get(context.force)
        own = [(known, bid.mark, sentence)] if known is not None else []
    return own


def _names_nation(context: Context, sentence: Sentence, stop: int) -> bool:
    """As in "Kenya's 700-odd officers": whose they are stands before the number."""
    named = (sentence.marks[k] for k in range(stop))
    return any(context.is_contributor(actor_of(mark)) and not mark.is_compound for mark in named if mark is not None)


_SERVING = frozenset(["present", "on the ground"])


def is_share_of_force(context: Context, reading: Reading, quantity: Quantity) -> bool:
    """As in "Kenya contributes 720 of the force's 990 members"; not "has sent 400 of the force's planned 2,500"."""
    whole, sentence = quantity.whole, reading.sentence
    if whole is None or find_owning_force(context, reading, whole) is None:
        return False
    words = range(quantity.j, min(whole.j + _PLAN_REACH, len(sentence.tokens)))
    if any(cue.name == "planned size" or cue.kind == "pledge" for k in words for cue in sentence.entry(k).cues):
        return False
    subjects = find_subjects(context, reading, quantity.i, senders=True)
    return any(found[2] is sentence and context.is_contributor(found[0]) for found in subjects)


# "of the force's 2,500 planned officers", "that were planned": so many tokens behind the whole.
_PLAN_REACH = 5


def _next_to(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> list[Found]:
    """The force whose number it is by its place: "the mission, now with 416", "to 400 the strength of the force"."""
    sentence = reading.sentence
    if bid.cue.name == "have":
        k = bid.mark.i - 1
        while sentence.low(k) == "," or "at_present" in sentence.tags(k):
            k -= 1
        mark = sentence.marks[k] if k >= 0 else None
        return _as_force(context, sentence, mark) if k < bid.mark.i - 1 else []
    if bid.cue.name != "total":
        return []
    for k in range(quantity.j, min(quantity.j + _TOTAL_REACH, len(sentence.tokens))):
        if sentence.low(k) in (",", ";", ":"):
            break
        if "of" in sentence.tags(k) and (found := _as_force(context, sentence, _past_article(sentence, k + 1))):
            return found
    return _members(context, reading, bid.mark.i)


def _members(context: Context, reading: Reading, stop: int) -> list[Found]:
    """As in "los integrantes de la misión pasan de 400 a 550": the noun of those who rise in number holds the force."""
    known = context.actors.get(context.force)
    for mark in reading.sentence.each():
        is_unit = mark.j <= stop and mark.entry.unit is not None
        holds_force = is_unit and context.holds(reading.sentence, range(mark.i, mark.j), "mission_word")
        if holds_force and known is not None:
            return [(known, mark, reading.sentence)]
    return []


# "to 400 the number of officers of the multinational mission": so many tokens behind the total.
_TOTAL_REACH = 8


def _past_article(sentence: Sentence, k: int) -> Mark | None:
    if sentence.tags(k) & {"determiner", "definite"}:
        k += 1
    return sentence.marks[k] if k < len(sentence.marks) else None


def _as_force(context: Context, sentence: Sentence, mark: Mark | None) -> list[Found]:
    """The force that a mark names or stands for, if any."""
    actor = actor_of(mark)
    if mark is None or not (context.is_force(actor) or _is_force_word(mark)):
        return []
    known = actor or context.actors.get(context.force)
    return [(known, mark, sentence)] if known is not None else []


def _added_up(context: Context, reading: Reading, stop: int) -> Found | None:
    """As in "That makes 988 in all", "Today it falls short of 800": the force, not the nation named last."""
    if _is_noun_meant(reading.sentence, stop):
        return None
    known = context.actors.get(context.force)
    for mark in reading.sentence.each():
        is_sum = "together" in mark.entry.tags or (mark.i > stop and mark.entry.tags >= {"total", "ongoing_sum"})
        if is_sum and known is not None:
            return known, mark, reading.sentence
    return None if is_future(reading, stop) else topic_force(context, reading)


def _is_of_owner(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "some 700 of its police": the pronoun inside the phrase says whose they are."""
    return "possessive" in sentence.tags(quantity.figure[1])


def _end_of_owner(sentence: Sentence, quantity: Quantity) -> int:
    return quantity.figure[1] + 1 if _is_of_owner(sentence, quantity) else quantity.i


def _of_force(context: Context, sentence: Sentence, stop: int) -> Found | None:
    """As in "les effectifs de la mission s'élèvent à 991": the force that the noun of size belongs to."""
    for mark in sentence.each():
        actor = actor_of(mark)
        if mark.j > stop or (context.is_contributor(actor) and acts(context, sentence, mark)):
            return None
        if context.is_force(actor) or is_force_phrase(sentence, mark):
            known = actor or context.actors.get(context.force)
            return (known, mark, sentence) if known is not None else None
    return None


def _is_force_word(mark: Mark) -> bool:
    return "mission_word" in mark.entry.tags and "force_noun" not in mark.entry.tags


def says_force(context: Context, bid: Bid, reading: Reading) -> bool:
    """As in "the force of about 1,000": the cue itself holds the noun."""
    return context.holds(reading.sentence, range(bid.mark.i, bid.mark.j), "mission_word")


def _force_noun(context: Context, sentence: Sentence, k: int) -> Found | None:
    mark = sentence.marks[k] if k < len(sentence.marks) else None
    actor = actor_of(mark)
    if mark is None or not (context.is_force(actor) or _is_force_word(mark)):
        return None
    known = actor or context.actors.get(context.force)
    return (known, mark, sentence) if known is not None else None


def may_send(roles: tuple[str, ...]) -> bool:
    """False for those who are known for something else only, as donors are."""
    return not roles or bool({"contributor", "lead"} & set(roles))


def _is_mostly(sentence: Sentence, quantity: Quantity) -> bool:
    return any("mostly" in sentence.tags(k) for k in range(quantity.figure[1], quantity.j))


# "now serve in a mission": so many tokens from the verb to the force.
_SERVED_REACH = 4


def _served_force(context: Context, sentence: Sentence, bid: Bid) -> list[Found]:
    """As in "Close to 800, most of them Kenyan, now serve in the mission": the force behind the verb."""
    nouns = (_force_noun(context, sentence, k) for k in range(bid.mark.j, bid.mark.j + _SERVED_REACH))
    return [noun for noun in nouns if noun is not None][:1]


def _in_clause_before(context: Context, reading: Reading, stop: int) -> list[Found]:
    """As in "Chad is to take over; an advance party of 400 is expected": whoever the clause before was about."""
    sentence = reading.sentence
    end = next((k for k in range(stop - 1, 0, -1) if sentence.low(k) in (";", ":")), None)
    subjects = find_subjects(context, reading, end, senders=True) if end is not None else []
    return [found for found in subjects if found[2] is sentence and context.is_contributor(found[0])]


def _continues(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """True where a strength without a subject goes on about those spoken of before, not about anybody's police."""
    sentence = reading.sentence
    stop = min(bid.mark.i, quantity.i)
    if names_others(context, sentence, stop):
        return False
    if bid.cue.name in OF_MISSION or any(sentence.tags(k) & {"earlier"} for k in range(len(sentence.tokens))):
        return True
    before = reading.before
    is_pronoun = any(sentence.tags(k) & {"pronoun_group", "possessive"} for k in range(stop))
    return is_pronoun and before is not None and reading.focus is not None and reading.focus[0] is before.sentence


def names_others(context: Context, sentence: Sentence, stop: int) -> bool:
    """As in "Caricom members have 32 people": somebody acts before token `stop`, so nobody spoken of earlier does."""
    named = (sentence.marks[k] for k in range(stop))
    return any(mark is not None and actor_of(mark) is not None and acts(context, sentence, mark) for mark in named)


def _abroad(context: Context, reading: Reading, stop: int, *, of_size: bool) -> list[Found]:
    """Whoever acts before token `stop`; for how many there are (`of_size`), "it" may be the force."""
    subjects = find_subjects(context, reading, stop, senders=True)
    home = context.mission.theatre
    while subjects and subjects[0][2] is reading.sentence and {found[0].id for found in subjects} == {home}:
        # "Ruto of Kenya, who met Haiti's prime minister, ...": whoever acts before the people of the theatre.
        subjects = find_subjects(context, reading, min(found[1].i for found in subjects), senders=True)
    if of_size and subjects and subjects[0][2] is not reading.sentence and not _is_noun_meant(reading.sentence, stop):
        # A pronoun: the force, where the sentence before was about it, rather than the last nation named.
        force = _force_before(context, reading, stop) or topic_force(context, reading)
        subjects = [force] if force is not None else subjects
    return [found for found in subjects if found[0].id != home]


def _force_before(context: Context, reading: Reading, stop: int) -> Found | None:
    """As in "The force is to have 5,500; in January it had 980": the force, if the clause before is about it."""
    sentence = reading.sentence
    end = next((k for k in range(stop - 1, 0, -1) if sentence.low(k) == ";"), None)
    subjects = find_subjects(context, reading, end, senders=True) if end is not None else []
    return next((found for found in subjects if found[2] is sentence and context.is_force(found[0])), None)


def _is_noun_meant(sentence: Sentence, stop: int) -> bool:
    """As in "the African country", "the contingent": no pronoun, and never the force."""
    marks = (sentence.marks[k] for k in range(stop))
    return any(m is not None and "pronoun_group" in m.entry.tags and m.j - m.i > 1 for m in marks)


def _behind(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> list[Found]:
    """The subject of a clause that leans on the number, or the agent of a passive."""
    if bid.mark.i < quantity.j:
        return []
    inside = find_subjects(context, reading, bid.mark.i, start=quantity.j, senders=True)
    if not inside and _leans_back(reading.sentence, quantity.j, bid.mark.i):
        inside = find_subjects(context, reading, quantity.i, senders=True) or resolve_focus(reading)
    return inside or _inverted(context, reading, quantity, bid) or find_agent(reading, bid)


# "que tiene hoy la misión", "qu'a déjà envoyés le Kenya": so many tokens between a verb and the subject behind it.
_INVERTED_REACH = 3


def _inverted(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> list[Found]:
    """As in "los 990 que tiene hoy la misión": in a relative clause the subject may stand right behind its verb."""
    sentence = reading.sentence
    if not any("relative" in sentence.tags(k) for k in range(quantity.j, bid.mark.i)):
        return []
    for k in range(bid.mark.j, min(bid.mark.j + _INVERTED_REACH, len(sentence.tokens))):
        mark = sentence.marks[k]
        if mark is None or sentence.tags(k) & {"preposition", "conjunction", "break"}:
            return []
        actor = actor_of(mark)
        if actor is not None and context.is_contributor(actor) and acts(context, sentence, mark):
            return [(actor, mark, sentence)]
        if found := _as_force(context, sentence, mark):
            return found
    return []


def _of_whole(context: Context, reading: Reading, quantity: Quantity) -> list[Found]:
    """As in "eight of the 78 that El Salvador promised": the part is sent by whoever the clause of the whole names."""
    whole = quantity.whole
    stop = leaning_cue(reading.sentence, whole) if whole is not None and whole.i >= quantity.j else None
    if whole is None or stop is None:
        return []
    return find_subjects(context, reading, stop, start=whole.j, senders=True)


def _leans_back(sentence: Sentence, first: int, last: int) -> bool:
    """As in "the 1,000 it had promised": the pronoun stands for the subject before the number."""
    return any("pronoun_group" in sentence.tags(k) for k in range(first, last))
